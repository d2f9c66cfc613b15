//! Profiles: one value names the whole behaviour, each knob can still be set alone.

use crate::all::all;
use crate::time::Millis;

/// Which behaviour is wanted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Profile {
    /// Kubernetes' gate `MaxUnavailableStatefulSet`: honour `maxUnavailable`.
    pub max_unavailable: bool,
    /// Kubernetes' gate `StatefulSetRecreateStrategy`: accept [`Strategy::Recreate`](crate::Strategy::Recreate).
    pub recreate: bool,
    /// Kubernetes' gate `StatefulSetSemanticRevisionComparison`: a revision that only lacks the API's defaults is the
    /// same revision. For the kubernetes tier; to the facts tier a revision is a number.
    pub semantic_revisions: bool,
    /// Kubernetes' gate `StaleControllerConsistencyStatefulSet`: decide nothing until one's own writes have been seen.
    /// For the kubernetes tier; to the facts tier [`Observed::fresh`](crate::Observed::fresh) says it.
    pub read_your_writes: bool,
    /// At most so many actions in one plan, waits not counted. 0 is a dry run.
    pub max_actions: u32,
    /// Who shuts the pods down when the set is deleted.
    pub shutdown: Shutdown,
    /// How claims that a policy gives up are deleted.
    pub give_up: GiveUp,
    /// Whether the plan binds claims to volumes.
    pub bind_claims: bool,
    /// Whether the plan evicts pods from draining nodes.
    pub drain_nodes: bool,
    /// Whether, and how, the plan replaces pods of lost nodes.
    pub lost_nodes: Option<LostNodes>,
}

impl Profile {
    /// Kubernetes 1.37.0 with its default gates.
    pub const UPSTREAM: Self = Self {
        max_unavailable: true,
        recreate: false,
        semantic_revisions: true,
        read_your_writes: true,
        max_actions: 1011,
        shutdown: Shutdown::Background,
        give_up: GiveUp::OwnerReferences,
        bind_claims: false,
        drain_nodes: false,
        lost_nodes: None,
    };

    /// The same decisions, for hosts that have no controllers but the library.
    pub const STANDALONE: Self = Self {
        shutdown: Shutdown::Ordered,
        give_up: GiveUp::Delete,
        bind_claims: true,
        drain_nodes: true,
        lost_nodes: Some(LostNodes::after(300_000)),
        ..Self::UPSTREAM
    };
}

impl Default for Profile {
    fn default() -> Self {
        Self::UPSTREAM
    }
}

/// Who shuts the pods down when the set is deleted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Shutdown {
    /// Somebody else, in any order (Kubernetes' garbage collector).
    #[default]
    Background,
    /// The plan, highest ordinal first; a finalizer keeps the set until the last pod is gone.
    Ordered,
}

all!(
    /// All values.
    Shutdown {
        Background,
        Ordered,
    }
);

/// How claims that a retention policy gives up are deleted. Never both ways.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum GiveUp {
    /// Owner references on the claims, for a garbage collector to follow.
    #[default]
    OwnerReferences,
    /// [`DeleteClaim`](crate::Do::DeleteClaim).
    Delete,
}

all!(
    /// All values.
    GiveUp {
        OwnerReferences,
        Delete,
    }
);

/// How pods of lost nodes are replaced.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LostNodes {
    /// How long a node must have been unreachable before its pods are asked to go.
    pub unreachable_after: Millis,
    /// Whether a node that the operator removed must have been fenced as well.
    pub require_fence: bool,
}

impl LostNodes {
    /// Pods are replaced after their node has been unreachable for so long. The operator's word that a node is gone is
    /// enough.
    pub const fn after(unreachable_after: Millis) -> Self {
        Self {
            unreachable_after,
            require_fence: false,
        }
    }
}
