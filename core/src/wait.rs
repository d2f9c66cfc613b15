//! Waits: why the plan does not do more.

use core::fmt;

use crate::all::all;
use crate::desired::Ordinal;
use crate::time::Millis;

/// Why a range of ordinals is not at its goal and nothing is done for it now.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub struct Wait {
    /// The last ordinal that it covers; the first is [`Action::ordinal`](crate::Action::ordinal).
    pub through: Ordinal,
    /// All that blocks, not only the first.
    pub gates: Gates,
    /// What it waits for.
    pub on: On,
    /// Since when, where that is known.
    pub since: Option<Millis>,
    /// Until when, where time alone ends it.
    pub until: Option<Millis>,
}

/// What a wait waits for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum On {
    /// Nothing that the lists name.
    #[default]
    Nothing,
    /// An ordinal that has no pod yet.
    Ordinal(Ordinal),
    /// A pod, by index.
    Pod(u32),
    /// A claim, by index.
    Claim(u32),
    /// A node, by index.
    Node(u32),
    /// A disruption budget, by index.
    Budget(u32),
    /// A fresher view.
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

/// One gate: a condition that must hold before something is done.
///
/// Numbers and slugs are never renamed or reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
#[repr(u8)]
pub enum Gate {
    /// The view is older than one's own writes.
    StaleView = 0,
    /// The claims are not known.
    ClaimsUnknown = 1,
    /// The pod is terminating; its successor may not start before it is gone.
    PodTerminating = 2,
    /// The pod has not started.
    PodPending = 3,
    /// The pod does not run.
    PodNotRunning = 4,
    /// The pod is not ready.
    PodNotReady = 5,
    /// The pod has not been ready for long enough.
    PodNotAvailable = 6,
    /// The pod does not say since when it is ready, so a `min_ready` above 0 never ends.
    ReadySinceMissing = 7,
    /// Another ordinal comes first.
    Order = 8,
    /// A claim is terminating and must be gone before it can be created again.
    ClaimTerminating = 9,
    /// A claim has no volume.
    ClaimUnbound = 10,
    /// A claim still belongs to an earlier pod of the same name.
    ClaimStale = 11,
    /// As many pods are unavailable as `maxUnavailable` allows.
    MaxUnavailable = 12,
    /// Scale-in waits until all wanted pods are available.
    ReplicasNotAvailable = 13,
    /// The pod to leave is unhealthy, and another unhealthy one with a lower ordinal must recover first.
    UnhealthyLeaver = 14,
    /// The pod is broken and not at the update revision; `OrderedReady` never replaces it (kubernetes#67250).
    BrokenRevision = 15,
    /// The set is being deleted; somebody else takes its pods away.
    SetDeleting = 16,
    /// The strategy is not known under this profile.
    UnknownStrategy = 17,
    /// Pods of old revisions must all be gone first.
    OldPodsExist = 18,
    /// No volume fits the claim.
    NoVolume = 19,
    /// The claim's volume is chosen once its pod has a node.
    PodUnscheduled = 20,
    /// The volumes are not known.
    VolumesUnknown = 21,
    /// The nodes are not known, or the pod's own is not among them.
    NodesUnknown = 22,
    /// The pod's node does not report.
    NodeUnreachable = 23,
    /// The pod's node must be fenced first.
    NodeNotFenced = 24,
    /// The disruption budget allows nothing now.
    Budget = 25,
    /// Somebody deletes the claim; it is still there.
    ClaimRemains = 26,
    /// An object could not be read and was set aside.
    BadObject = 27,
    /// Something else occupies a name that the set needs.
    NameTaken = 28,
    /// No node at all is ready: it may be the observer that is cut off.
    NoNodeReady = 29,
    /// The disruption budgets are not known.
    BudgetsUnknown = 30,
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

    /// These and one more.
    #[must_use]
    pub const fn with(self, gate: Gate) -> Self {
        Self(self.0 | 1u64 << gate as u8)
    }

    /// These, and one more where `condition` holds.
    #[must_use]
    pub const fn with_if(self, condition: bool, gate: Gate) -> Self {
        if condition { self.with(gate) } else { self }
    }

    /// These and those.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `gate` is among them.
    pub const fn contains(self, gate: Gate) -> bool {
        self.0 & 1u64 << gate as u8 != 0
    }

    /// Whether there is none.
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
