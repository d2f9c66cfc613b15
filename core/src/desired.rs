//! What someone wants: one StatefulSet, reduced to what decisions need.

use crate::all::all;
use crate::profile::Profile;
use crate::revision::Revision;
use crate::status::Status;
use crate::time::Millis;

/// A pod's number within its set.
pub type Ordinal = u32;

/// The largest ordinal: 2³¹−1, as in Kubernetes.
pub const MAX_ORDINAL: Ordinal = i32::MAX as u32;

/// Stands for "the name has digits, but they exceed [`MAX_ORDINAL`]": such a pod is counted while the set is being
/// deleted and ignored otherwise (rule P-3).
pub const NO_ORDINAL: Ordinal = u32::MAX;

/// The desired set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Desired<'a> {
    /// Name of the set; used by [`explain`](crate::explain()) only.
    pub name: &'a str,
    /// Version of the specification; the status repeats it.
    pub generation: i64,
    /// Number of pods wanted, at most 2³¹−1.
    pub replicas: u32,
    /// The first ordinal (`spec.ordinals.start`). `start + replicas − 1` may not exceed [`MAX_ORDINAL`].
    pub start: Ordinal,
    /// Whether order matters (`spec.podManagementPolicy`).
    pub management: Management,
    /// How a new revision reaches existing pods (`spec.updateStrategy`).
    pub strategy: Strategy,
    /// How long a pod must have been ready to count as available (`spec.minReadySeconds`), 0 or more.
    pub min_ready: Millis,
    /// One entry for each claim that every pod gets (`spec.volumeClaimTemplates`).
    pub templates: &'a [ClaimTemplate<'a>],
    /// What becomes of claims (`spec.persistentVolumeClaimRetentionPolicy`).
    pub retention: Retention,
    /// Whether the set is being deleted, and how.
    pub deletion: Deletion,
    /// Whether the set carries the library's finalizer, which ordered shutdown needs.
    pub finalizer_held: bool,
    /// The revision that was last rolled out in full.
    pub current: Revision,
    /// The revision of the set's template now.
    pub update: Revision,
    /// The status as it stands published. An input: `published.current` decides a re-created pod's revision where the
    /// strategy has no `rollingUpdate` block.
    pub published: Option<Status>,
    /// Which behaviour: Kubernetes' own, or more duties.
    pub profile: Profile,
    /// Reserved: ordinals that get no pod. Must be empty.
    pub excluded: &'a [Exclusion],
    /// Reserved: how many pods may be in the making at a time. Must be `None`.
    pub scale_out_limit: Option<Limit>,
    /// Reserved: how many pods may be leaving at a time. Must be `None`.
    pub scale_in_limit: Option<Limit>,
    /// Reserved: how many more available pods may be disturbed now, by the word of a group of sets. Must be `None`.
    pub allowance: Option<u32>,
    /// Reserved: phases that are passed over, one bit each. Must be 0.
    pub paused: u8,
}

impl<'a> Desired<'a> {
    /// A set of `replicas` pods at one revision, with the defaults of the Kubernetes API for everything else.
    pub const fn new(name: &'a str, replicas: u32, revision: Revision) -> Self {
        Self {
            name,
            generation: 1,
            replicas,
            start: 0,
            management: Management::OrderedReady,
            strategy: Strategy::RollingUpdate(Some(Rolling::DEFAULT)),
            min_ready: 0,
            templates: &[],
            retention: Retention::RETAIN,
            deletion: Deletion::No,
            finalizer_held: false,
            current: revision,
            update: revision,
            published: None,
            profile: Profile::UPSTREAM,
            excluded: &[],
            scale_out_limit: None,
            scale_in_limit: None,
            allowance: None,
            paused: 0,
        }
    }
}

/// Whether pods start and stop one after the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Management {
    /// One at a time, each only when all before it are available ("monotonic").
    #[default]
    OrderedReady,
    /// All at once ("burst").
    Parallel,
}

all!(
    /// All values.
    Management {
        OrderedReady,
        Parallel,
    }
);

/// How a new revision reaches existing pods.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Strategy {
    /// The planner replaces pods, highest ordinal first. An absent block is not a default one: it changes which
    /// revision a pod that is re-created in mid-rollout gets (rule V-2).
    RollingUpdate(Option<Rolling>),
    /// Pods are replaced when somebody deletes them.
    OnDelete,
    /// All pods of old revisions go before the first new one comes.
    Recreate,
}

/// The `rollingUpdate` block.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Rolling {
    /// Pods whose index (ordinal − start) is below this keep their revision. May exceed `replicas`.
    pub partition: u32,
    /// How many pods may be unavailable during a rollout. `None` is 1.
    pub max_unavailable: Option<Limit>,
}

impl Rolling {
    /// The block as the Kubernetes API fills it in: every pod is updated, one at a time.
    pub const DEFAULT: Self = Self {
        partition: 0,
        max_unavailable: None,
    };
}

/// A number of pods, or a share of `replicas`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Limit {
    /// So many pods.
    Count(u32),
    /// Per cent of `replicas`, rounded down.
    Percent(u32),
}

impl Limit {
    /// The limit in pods for a set of `replicas`: rounded down, and at least 1 (rule U-2).
    pub fn resolve(self, replicas: u32) -> u32 {
        let pods = match self {
            Self::Count(n) => u64::from(n),
            Self::Percent(p) => u64::from(p) * u64::from(replicas) / 100,
        };
        u32::try_from(pods).unwrap_or(u32::MAX).max(1)
    }
}

/// One claim that every pod of the set gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClaimTemplate<'a> {
    /// Name of the template; used by [`explain`](crate::explain()) only.
    pub name: &'a str,
}

impl<'a> ClaimTemplate<'a> {
    /// A template with this name.
    pub const fn named(name: &'a str) -> Self {
        Self { name }
    }
}

/// Ordinals that get no pod, from the first to the last. Reserved.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Exclusion {
    /// The first one.
    pub first: Ordinal,
    /// The last one.
    pub last: Ordinal,
    /// Whether their claims stay, whatever the retention policy says.
    pub keep_claims: bool,
}

impl Exclusion {
    /// From `first` to `last`; what becomes of their claims is the retention policy's business.
    pub const fn range(first: Ordinal, last: Ordinal) -> Self {
        Self {
            first,
            last,
            keep_claims: false,
        }
    }
}

/// What becomes of claims that are no longer needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Retention {
    /// When the set is deleted.
    pub when_deleted: Keep,
    /// When the set is scaled in.
    pub when_scaled: Keep,
}

impl Retention {
    /// Every claim stays.
    pub const RETAIN: Self = Self {
        when_deleted: Keep::Retain,
        when_scaled: Keep::Retain,
    };
}

/// Keep the claim, or give it up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Keep {
    /// The claim stays.
    #[default]
    Retain,
    /// The claim goes.
    Delete,
}

all!(
    /// All values.
    Keep {
        Retain,
        Delete,
    }
);

/// Whether the set is being deleted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Deletion {
    /// It is not.
    #[default]
    No,
    /// It is, and its pods go with it.
    WithPods,
    /// It is, and its pods are to stay (`--cascade=orphan`).
    Orphan,
}

all!(
    /// All values.
    Deletion {
        No,
        WithPods,
        Orphan,
    }
);
