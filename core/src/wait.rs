//! Waits: why the plan does not do more.

use core::fmt;

use crate::all::all;
use crate::desired::Ordinal;
use crate::time::Millis;

/// Why a range of ordinals is not up to date, and the planner does nothing for it now.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub struct Wait {
    /// The last ordinal that it covers; the first is [`Action::ordinal`](crate::Action::ordinal).
    pub through: Ordinal,
    /// All conditions that do not hold, not only the first.
    pub gates: Gates,
    /// The entry of the caller's lists that it waits for.
    pub on: On,
    /// Since when it waits, in milliseconds since the Unix epoch, or `None` if that is not known.
    pub since: Option<Millis>,
    /// The time at which it ends by itself, in milliseconds since the Unix epoch, or `None` if time alone does not end it.
    pub until: Option<Millis>,
}

/// What a wait waits for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum On {
    /// It waits for nothing that stands in the caller's lists.
    #[default]
    Nothing,
    /// An ordinal that has no pod yet.
    Ordinal(Ordinal),
    /// A pod, by its index in [`Observed::pods`](crate::Observed::pods).
    Pod(u32),
    /// A claim, by its index in [`Observed::claims`](crate::Observed::claims).
    Claim(u32),
    /// A node, by its index in [`Observed::nodes`](crate::Observed::nodes).
    Node(u32),
    /// A disruption budget, by its index in [`Observed::budgets`](crate::Observed::budgets).
    Budget(u32),
    /// A newer view of the cluster.
    View,
}

all!(
    /// One of each, with 0 for ordinals and indexes.
    On {
        Nothing,
        Ordinal(0),
        Pod(0),
        Claim(0),
        Node(0),
        Budget(0),
        View,
    }
);

/// A set of gates: bit `g` stands for the [`Gate`] with the number `g`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Gates(pub u64);

/// A gate: a condition that must hold before an action is allowed. Each value says how the condition fails. Gates have
/// nothing to do with Kubernetes' feature gates.
///
/// Numbers and slugs are never renamed or reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
#[repr(u8)]
pub enum Gate {
    /// The caller's view is older than the caller's own writes.
    StaleView = 0,
    /// The caller gave no list of claims.
    ClaimsUnknown = 1,
    /// The pod is terminating. Its successor may only be created once it is gone.
    PodTerminating = 2,
    /// The pod is pending: it has not started.
    PodPending = 3,
    /// The pod is not running.
    PodNotRunning = 4,
    /// The pod is not ready.
    PodNotReady = 5,
    /// The pod has not been ready for `min_ready` yet.
    PodNotAvailable = 6,
    /// It is not known since when the pod is ready, so a `min_ready` above 0 never ends by itself.
    ReadySinceMissing = 7,
    /// Another ordinal of the set must be dealt with first.
    Order = 8,
    /// A claim is terminating and must be gone before it can be created again.
    ClaimTerminating = 9,
    /// A claim is not bound to a volume.
    ClaimUnbound = 10,
    /// A claim is still owned by an earlier pod of the same name and is about to be garbage-collected.
    ClaimStale = 11,
    /// As many pods are unavailable as `maxUnavailable` allows.
    MaxUnavailable = 12,
    /// Scale-in waits until all desired pods are available.
    ReplicasNotAvailable = 13,
    /// The pod to be deleted by scale-in is unhealthy. It, or another unhealthy pod with a lower ordinal, must recover first
    /// (rule [D-3](crate::rules#D-3)).
    UnhealthyLeaver = 14,
    /// The pod is broken and not at the update revision; `OrderedReady` never replaces it (kubernetes#67250).
    BrokenRevision = 15,
    /// The set is being deleted, and the garbage collector deletes its pods.
    SetDeleting = 16,
    /// The update strategy is not switched on in this profile.
    UnknownStrategy = 17,
    /// All pods of old revisions must be gone first (`Recreate`).
    OldPodsExist = 18,
    /// No volume fits the claim.
    NoVolume = 19,
    /// The claim's volume is chosen only once its pod has a node.
    PodUnscheduled = 20,
    /// The caller gave no list of volumes.
    VolumesUnknown = 21,
    /// The caller gave no list of nodes, or the pod's node is not in it.
    NodesUnknown = 22,
    /// The pod's node does not report.
    NodeUnreachable = 23,
    /// The pod's node must be fenced or removed first.
    NodeNotFenced = 24,
    /// The disruption budget allows no disruption now.
    Budget = 25,
    /// A claim that is being deleted still exists.
    ClaimRemains = 26,
    /// An object of the set could not be read.
    BadObject = 27,
    /// Another object has a name that the set needs.
    NameTaken = 28,
    /// No node at all is ready. Perhaps only the observer's connection to the nodes is lost (rule [L-4](crate::rules#L-4)).
    NoNodeReady = 29,
    /// The caller gave no list of disruption budgets.
    BudgetsUnknown = 30,
    /// The pod's ordinal is excluded, and every desired pod must be available before it goes (rule [X-5](crate::rules#X-5)).
    Excluded = 31,
    /// Pods of an earlier rank must be updated and available first (rule [Q-4](crate::rules#Q-4)).
    EarlierRank = 32,
    /// Actions of this kind are paused (rule [Z-1](crate::rules#Z-1)).
    Paused = 33,
    /// As many pods are coming or leaving as the set's limits allow (rules [M-1](crate::rules#M-1) and [M-2](crate::rules#M-2)).
    ScaleLimit = 34,
    /// The group that the set belongs to allows no more disruptions now (rule [M-3](crate::rules#M-3)).
    Group = 35,
    /// The caller does not let the pod go for this purpose now (rule [J-2](crate::rules#J-2)).
    Held = 36,
    /// The pod was asked to prepare for its end, or is coming back into service after it was (rules [J-3](crate::rules#J-3)
    /// and [J-5](crate::rules#J-5)).
    Preparing = 37,
    /// An available pod was taken away a short time ago, and the set's pace lets no other one go yet (rule [M-5](crate::rules#M-5)).
    Pace = 38,
    /// The set has gone too long without progress, and its rollout is held for that (rule [M-7](crate::rules#M-7)).
    Deadline = 39,
    /// The pod would have to be made again, and the set's policy lets a rollout change pods only where they run (rule
    /// [U-10](crate::rules#U-10)).
    NotInPlace = 40,
    /// The pod was changed where it runs, and its containers do not run yet as they were told to (rule
    /// [A-2](crate::rules#A-2)).
    PodChanging = 41,
}

all!(
    /// All values, in order of their numbers.
    Gate {
        StaleView,
        ClaimsUnknown,
        PodTerminating,
        PodPending,
        PodNotRunning,
        PodNotReady,
        PodNotAvailable,
        ReadySinceMissing,
        Order,
        ClaimTerminating,
        ClaimUnbound,
        ClaimStale,
        MaxUnavailable,
        ReplicasNotAvailable,
        UnhealthyLeaver,
        BrokenRevision,
        SetDeleting,
        UnknownStrategy,
        OldPodsExist,
        NoVolume,
        PodUnscheduled,
        VolumesUnknown,
        NodesUnknown,
        NodeUnreachable,
        NodeNotFenced,
        Budget,
        ClaimRemains,
        BadObject,
        NameTaken,
        NoNodeReady,
        BudgetsUnknown,
        Excluded,
        EarlierRank,
        Paused,
        ScaleLimit,
        Group,
        Held,
        Preparing,
        Pace,
        Deadline,
        NotInPlace,
        PodChanging,
    }
);

impl Gate {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::StaleView => "stale-view",
            Self::ClaimsUnknown => "claims-unknown",
            Self::PodTerminating => "pod-terminating",
            Self::PodPending => "pod-pending",
            Self::PodNotRunning => "pod-not-running",
            Self::PodNotReady => "pod-not-ready",
            Self::PodNotAvailable => "pod-not-available",
            Self::ReadySinceMissing => "ready-since-missing",
            Self::Order => "order",
            Self::ClaimTerminating => "claim-terminating",
            Self::ClaimUnbound => "claim-unbound",
            Self::ClaimStale => "claim-stale",
            Self::MaxUnavailable => "max-unavailable",
            Self::ReplicasNotAvailable => "replicas-not-available",
            Self::UnhealthyLeaver => "unhealthy-leaver",
            Self::BrokenRevision => "broken-revision",
            Self::SetDeleting => "set-deleting",
            Self::UnknownStrategy => "unknown-strategy",
            Self::OldPodsExist => "old-pods-exist",
            Self::NoVolume => "no-volume",
            Self::PodUnscheduled => "pod-unscheduled",
            Self::VolumesUnknown => "volumes-unknown",
            Self::NodesUnknown => "nodes-unknown",
            Self::NodeUnreachable => "node-unreachable",
            Self::NodeNotFenced => "node-not-fenced",
            Self::Budget => "budget",
            Self::ClaimRemains => "claim-remains",
            Self::BadObject => "bad-object",
            Self::NameTaken => "name-taken",
            Self::NoNodeReady => "no-node-ready",
            Self::BudgetsUnknown => "budgets-unknown",
            Self::Excluded => "excluded",
            Self::EarlierRank => "earlier-rank",
            Self::Paused => "paused",
            Self::ScaleLimit => "scale-limit",
            Self::Group => "group",
            Self::Held => "held",
            Self::Preparing => "preparing",
            Self::Pace => "pace",
            Self::Deadline => "deadline",
            Self::NotInPlace => "not-in-place",
            Self::PodChanging => "pod-changing",
        }
    }
}

impl Gates {
    /// No gate.
    pub const NONE: Self = Self(0);

    /// The set of one gate.
    pub const fn of(gate: Gate) -> Self {
        Self(1u64 << gate as u8)
    }

    /// These gates and one more.
    #[must_use]
    pub const fn with(self, gate: Gate) -> Self {
        Self(self.0 | 1u64 << gate as u8)
    }

    /// These gates, and one more if `condition` holds.
    #[must_use]
    pub const fn with_if(self, condition: bool, gate: Gate) -> Self {
        if condition { self.with(gate) } else { self }
    }

    /// The gates of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set contains `gate`.
    pub const fn contains(self, gate: Gate) -> bool {
        self.0 & 1u64 << gate as u8 != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The gates, in order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Gate> {
        Gate::ALL
            .into_iter()
            .filter(move |&gate| self.contains(gate))
    }
}

const _: () = assert!(Gate::ALL.len() <= u64::BITS as usize);

/// Slugs, separated by commas.
impl fmt::Display for Gates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, gate) in self.iter().enumerate() {
            f.write_str(if i == 0 { "" } else { "," })?;
            f.write_str(gate.slug())?;
        }
        Ok(())
    }
}
