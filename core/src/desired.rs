//! The desired state: one StatefulSet, reduced to the fields that decisions depend on.

use crate::all::all;
use crate::policies::{Policies, Ranked};
use crate::profile::Profile;
use crate::revision::Revision;
use crate::status::Status;
use crate::time::Millis;

/// A pod's number within its set.
pub type Ordinal = u32;

/// The largest ordinal: 2³¹−1, as in Kubernetes.
pub const MAX_ORDINAL: Ordinal = i32::MAX as u32;

/// The ordinal of a pod whose name ends in digits that exceed [`MAX_ORDINAL`]. Such a pod is counted while the set is
/// being deleted, and ignored otherwise (rule [P-3](crate::rules#P-3)).
pub const NO_ORDINAL: Ordinal = u32::MAX;

/// The desired set.
/// ```
/// use statefulset::{Desired, Limit, Management, Revision, Rolling, Strategy};
///
/// let web = Desired {
///     management: Management::Parallel,
///     strategy: Strategy::RollingUpdate(Some(Rolling {
///         partition: 2,
///         max_unavailable: Some(Limit::Percent(50)),
///     })),
///     min_ready: 10_000,
///     current: Revision(1),
///     ..Desired::new("web", 5, Revision(2))
/// };
/// # let _ = web;
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Desired<'a> {
    /// Name of the set; used by [`explain`](crate::explain()) only.
    pub name: &'a str,
    /// Version of the specification; the status repeats it.
    pub generation: i64,
    /// The desired number of pods, at most 2³¹−1.
    pub replicas: u32,
    /// The first ordinal (`spec.ordinals.start`). The last desired ordinal may not exceed [`MAX_ORDINAL`].
    pub start: Ordinal,
    /// Whether order matters (`spec.podManagementPolicy`).
    pub management: Management,
    /// How a new revision reaches existing pods (`spec.updateStrategy`).
    pub strategy: Strategy,
    /// How long a pod must have been ready to count as available (`spec.minReadySeconds`), 0 or more.
    pub min_ready: Millis,
    /// One entry for each claim that every pod gets (`spec.volumeClaimTemplates`).
    pub templates: &'a [ClaimTemplate<'a>],
    /// Whether claims are kept or deleted (`spec.persistentVolumeClaimRetentionPolicy`).
    pub retention: Retention,
    /// Whether the set is being deleted, and how.
    pub deletion: Deletion,
    /// Whether the set carries the library's finalizer, which ordered shutdown needs.
    pub finalizer_held: bool,
    /// The revision that was last rolled out in full.
    pub current: Revision,
    /// The revision of the set's template now.
    pub update: Revision,
    /// The status that the caller published last, or `None`. The planner reads it: where the strategy has no
    /// `rollingUpdate` block, `published.current` decides from which revision a pod is created again (rule [V-2](crate::rules#V-2)).
    pub published: Option<Status>,
    /// Whether the planner only does what Kubernetes' controller does, or more tasks as well.
    pub profile: Profile,
    /// What the set asks for beyond Kubernetes.
    pub policies: Policies<'a>,
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
            policies: Policies::NONE,
        }
    }

    /// The partition of the `rollingUpdate` block; 0 without one.
    pub(crate) const fn partition(&self) -> u32 {
        match self.strategy {
            Strategy::RollingUpdate(Some(rolling)) => rolling.partition,
            _ => 0,
        }
    }

    /// Whether the strategy replaces pods in the order of their ranks (rule Q-1).
    pub(crate) const fn is_ranked(&self) -> bool {
        matches!(self.strategy, Strategy::RollingUpdate(_))
            && !matches!(self.policies.ranked, Ranked::Off)
    }

    /// How long a pod must have been ready by now. Times are whole milliseconds, so what must be over is over one later
    /// (rule A-2).
    #[inline]
    pub(crate) const fn ready_for(&self) -> Millis {
        if self.min_ready == 0 || self.profile.kubernetes.counts_the_last_moment() {
            self.min_ready
        } else {
            self.min_ready.saturating_add(1)
        }
    }
}

/// Whether pods start and stop one after the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Management {
    /// Pods start one at a time, each only when all pods before it are available. Kubernetes' code calls this "monotonic".
    #[default]
    OrderedReady,
    /// Pods start and stop without waiting for each other. Kubernetes' code calls this "burst".
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
    /// The planner replaces pods, highest ordinal first. `None` means that the manifest has no `rollingUpdate` block.
    /// This is not the same as an empty block: without the block, a pod that is re-created during a rollout may get the
    /// old revision (rule [V-2](crate::rules#V-2)).
    RollingUpdate(Option<Rolling>),
    /// The planner replaces no pod for a new revision. A pod gets the new revision when somebody deletes it.
    OnDelete,
    /// The planner deletes all pods of old revisions before it creates the first new one.
    Recreate,
}

/// The `rollingUpdate` block.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Rolling {
    /// Pods whose index (ordinal − start) is below this number keep their revision. It may exceed `replicas`.
    pub partition: u32,
    /// How many pods may be unavailable during a rollout. `None` means 1.
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
    /// This number of pods.
    Count(u32),
    /// A percentage of `replicas`, rounded down.
    Percent(u32),
}

impl Limit {
    /// The limit in pods for a set of `replicas`: rounded down, and at least 1 (rule [U-2](crate::rules#U-2)).
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

/// Whether claims that are no longer needed are kept or deleted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Retention {
    /// Applies when the set is deleted.
    pub when_deleted: Keep,
    /// Applies when the set is scaled in.
    pub when_scaled: Keep,
}

impl Retention {
    /// Every claim stays.
    pub const RETAIN: Self = Self {
        when_deleted: Keep::Retain,
        when_scaled: Keep::Retain,
    };
}

/// Whether to keep a claim or to delete it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Keep {
    /// The claim is kept.
    #[default]
    Retain,
    /// The claim is deleted.
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
    /// The set is not being deleted.
    #[default]
    No,
    /// The set is being deleted together with its pods.
    WithPods,
    /// The set is being deleted, and its pods stay (`--cascade=orphan`).
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
