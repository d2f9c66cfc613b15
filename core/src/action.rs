//! Actions: what to do now, in order, each with its reason.

use crate::all::all;
use crate::desired::Ordinal;
use crate::revision::Revision;
use crate::wait::{Gates, On, Wait};

/// One thing to do, or one wait.
///
/// Order is in the data. Stages run one after the other. Inside a stage each ordinal is a chain of its own, so
/// different ordinals may run at the same time; a chain goes by `step`, and actions of one step may run together, but
/// [`Do::SetClaimOwner`], which waits for what stands before it in its chain. When an action fails, its chain stops at
/// the end of its step, the rest of its stage still runs, and later stages are skipped – unless the action
/// [is a duty](Action::is_duty), whose failure ends its own chain only. [`Plan::carry_out`](crate::Plan::carry_out) keeps
/// these rules (E-1 to E-6), and so does [`Execution`](crate::Execution) for those who start actions themselves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub struct Action {
    /// Stages are finished in this order.
    pub stage: u32,
    /// The ordinal it is done for.
    pub ordinal: Ordinal,
    /// Place within the ordinal's chain.
    pub step: u8,
    /// Why.
    pub reason: Reason,
    /// What.
    pub what: Do,
}

impl Action {
    /// An action as a plan holds it, for those who kept one in a form of their own.
    pub const fn new(stage: u32, ordinal: Ordinal, step: u8, reason: Reason, what: Do) -> Self {
        Self {
            stage,
            ordinal,
            step,
            reason,
            what,
        }
    }

    /// Whether this is beyond what Kubernetes' own controller does. The failure of a duty stops nothing but its chain.
    pub const fn is_duty(&self) -> bool {
        matches!(
            self.reason,
            Reason::Binding | Reason::GiveUp | Reason::Drain | Reason::NodeGone
        )
    }
}

/// What to do. Pods, claims, volumes and nodes are indexes into the caller's lists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Do {
    /// Make the ordinal's claim from a template. Already-exists is a failure.
    CreateClaim {
        /// Index of the template.
        template: u16,
    },
    /// Reserve a volume for a claim, then let the claim name it. Conditional on the volume's version.
    BindClaim {
        /// Index of the claim.
        claim: u32,
        /// Index of the volume.
        volume: u32,
    },
    /// Make the ordinal's pod. Already-exists is a failure.
    CreatePod {
        /// The revision to make it from.
        revision: Revision,
    },
    /// Put the pod's name labels, and its volumes, right in place.
    UpdatePod {
        /// Index of the pod.
        pod: u32,
    },
    /// Make the claim's owner references as wanted: drop every reference that names the set or the pod, then, unless a
    /// foreign controller is in the way, add the wanted one.
    SetClaimOwner {
        /// Index of the claim.
        claim: u32,
        /// Who is to own it.
        owner: ClaimOwner,
    },
    /// Delete the pod gracefully, on condition of its uid. Not-found counts as done.
    DeletePod {
        /// Index of the pod.
        pod: u32,
    },
    /// Ask for the pod's eviction under its disruption budget.
    EvictPod {
        /// Index of the pod.
        pod: u32,
    },
    /// Remove the pod object at once, on condition of its uid and of its node's identity and state.
    ForceDeletePod {
        /// Index of the pod.
        pod: u32,
        /// Index of its node, where the node is still known.
        node: Option<u32>,
    },
    /// Delete the claim, on condition of its uid. Not-found counts as done.
    DeleteClaim {
        /// Index of the claim.
        claim: u32,
    },
    /// Add the library's finalizer to the set.
    HoldFinalizer,
    /// Take the library's finalizer off the set.
    ReleaseFinalizer,
    /// Do nothing: show why.
    Wait(Wait),
}

all!(
    /// One of each, with 0 for indexes and revisions, and a wait for nothing.
    Do {
        CreateClaim { template: 0 },
        BindClaim { claim: 0, volume: 0 },
        CreatePod { revision: Revision(0) },
        UpdatePod { pod: 0 },
        SetClaimOwner { claim: 0, owner: ClaimOwner::Nobody },
        DeletePod { pod: 0 },
        EvictPod { pod: 0 },
        ForceDeletePod { pod: 0, node: None },
        DeleteClaim { claim: 0 },
        HoldFinalizer,
        ReleaseFinalizer,
        Wait(Wait {
            through: 0,
            gates: Gates::NONE,
            on: On::Nothing,
            since: None,
            until: None,
        }),
    }
);

impl Do {
    /// Whether this is a wait.
    pub const fn is_wait(self) -> bool {
        matches!(self, Self::Wait(_))
    }

    /// Whether not-found is success for this action.
    pub const fn is_delete(self) -> bool {
        matches!(
            self,
            Self::DeletePod { .. }
                | Self::EvictPod { .. }
                | Self::ForceDeletePod { .. }
                | Self::DeleteClaim { .. }
        )
    }

    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::CreateClaim { .. } => "create-claim",
            Self::BindClaim { .. } => "bind-claim",
            Self::CreatePod { .. } => "create-pod",
            Self::UpdatePod { .. } => "update-pod",
            Self::SetClaimOwner { .. } => "set-claim-owner",
            Self::DeletePod { .. } => "delete-pod",
            Self::EvictPod { .. } => "evict-pod",
            Self::ForceDeletePod { .. } => "force-delete-pod",
            Self::DeleteClaim { .. } => "delete-claim",
            Self::HoldFinalizer => "hold-finalizer",
            Self::ReleaseFinalizer => "release-finalizer",
            Self::Wait(_) => "wait",
        }
    }
}

/// Who is to own a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum ClaimOwner {
    /// Neither the set nor the pod.
    Nobody,
    /// The set.
    Set,
    /// The pod with this index.
    Pod(u32),
}

all!(
    /// One of each, with 0 for the index.
    ClaimOwner {
        Nobody,
        Set,
        Pod(0),
    }
);

/// Why an action is taken, or would be if the wait were over.
///
/// Numbers and slugs are never renamed or reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
#[repr(u8)]
pub enum Reason {
    /// The ordinal is wanted and has no pod.
    ScaleOut = 1,
    /// The ordinal is not wanted and has a pod.
    ScaleIn = 2,
    /// The pod is not at the revision it should be at.
    Rollout = 3,
    /// The pod's processes have ended; it is replaced.
    TerminalPod = 4,
    /// The pod is there and is not available yet.
    Health = 5,
    /// A pod that has not started lacks a claim.
    LostClaim = 6,
    /// The claim's owners are not what the retention policy asks for.
    Retention = 7,
    /// The pod's identity or storage is not as it should be.
    Repair = 8,
    /// The claim needs a volume.
    Binding = 9,
    /// The set is being deleted.
    Shutdown = 10,
    /// A policy gives the claim up.
    GiveUp = 11,
    /// The pod's node is being drained.
    Drain = 12,
    /// The pod's node is lost.
    NodeGone = 13,
    /// The view is too old to decide anything.
    StaleView = 14,
}

all!(
    /// All values, in order of their numbers.
    Reason {
        ScaleOut,
        ScaleIn,
        Rollout,
        TerminalPod,
        Health,
        LostClaim,
        Retention,
        Repair,
        Binding,
        Shutdown,
        GiveUp,
        Drain,
        NodeGone,
        StaleView,
    }
);

impl Reason {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ScaleOut => "scale-out",
            Self::ScaleIn => "scale-in",
            Self::Rollout => "rollout",
            Self::TerminalPod => "terminal-pod",
            Self::Health => "health",
            Self::LostClaim => "lost-claim",
            Self::Retention => "retention",
            Self::Repair => "repair",
            Self::Binding => "binding",
            Self::Shutdown => "shutdown",
            Self::GiveUp => "give-up",
            Self::Drain => "drain",
            Self::NodeGone => "node-gone",
            Self::StaleView => "stale-view",
        }
    }
}
