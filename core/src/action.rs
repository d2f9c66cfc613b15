//! Actions: what to do now, in order, each with its reason.

use crate::all::all;
use crate::desired::Ordinal;
use crate::purpose::Departure;
use crate::revision::Revision;
use crate::wait::{Gates, On, Wait};

/// One thing to do, or one wait.
///
/// The fields `stage`, `ordinal` and `step` give the order. Stages run one after the other. Inside a stage each ordinal is
/// a chain of its own, and different chains may run at the same time. Inside a chain the steps run one after the other,
/// and actions of one step may run at the same time. [`Do::SetClaimOwner`] is the exception: it waits for everything that
/// stands before it in its chain. When an action fails, its chain stops at the end of its step, the rest of its stage
/// still runs, and later stages are skipped. The failure of a [duty](Action::is_duty) ends only its own chain.
///
/// [`Plan::carry_out`](crate::Plan::carry_out) keeps these rules ([E-1](crate::rules#E-1) to [E-6](crate::rules#E-6)). [`Execution`](crate::Execution) keeps them for
/// callers that start actions themselves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub struct Action {
    /// The stage. Lower stages are finished first.
    pub stage: u32,
    /// The ordinal that the action is for. It is [`NO_ORDINAL`](crate::NO_ORDINAL) if the action is for the set itself, or
    /// for pods that have no ordinal.
    pub ordinal: Ordinal,
    /// The place within the ordinal's chain. Lower steps come first.
    pub step: u8,
    /// Whether a deletion fails if its object does not exist. Kubernetes before 1.36 decides so for some pods; otherwise
    /// [`Outcome::NotFound`](crate::Outcome::NotFound) is a success for a deletion (rule [E-3](crate::rules#E-3)).
    pub must_exist: bool,
    /// Why the action is taken.
    pub reason: Reason,
    /// What to do.
    pub what: Do,
}

impl Action {
    /// An action with these fields, for callers that store actions in another form and read them back.
    /// What it deletes [need not exist](Self::must_exist).
    pub const fn new(stage: u32, ordinal: Ordinal, step: u8, reason: Reason, what: Do) -> Self {
        Self {
            stage,
            ordinal,
            step,
            must_exist: false,
            reason,
            what,
        }
    }

    /// Whether this is a duty: a task that Kubernetes' StatefulSet controller leaves to others, and the library does only in
    /// `standalone`, or a question that is taken back (rule [J-5](crate::rules#J-5)). The failure of a duty stops only its own chain.
    pub const fn is_duty(&self) -> bool {
        matches!(
            self.reason,
            Reason::Binding | Reason::GiveUp | Reason::Drain | Reason::NodeGone | Reason::Wanted
        )
    }
}

/// What to do. Pods, claims, volumes and nodes are indexes into the caller's lists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Do {
    /// Create the ordinal's claim from a template. Already-exists is a failure.
    CreateClaim {
        /// Index of the template.
        template: u16,
    },
    /// Reserve a volume for a claim, then write the volume's name into the claim. The first write must be conditional on
    /// the volume's resource version.
    BindClaim {
        /// Index of the claim.
        claim: u32,
        /// Index of the volume.
        volume: u32,
    },
    /// Create the ordinal's pod. Already-exists is a failure.
    CreatePod {
        /// The revision to create it from.
        revision: Revision,
    },
    /// Correct the pod's name labels and its volumes, without replacing the pod.
    UpdatePod {
        /// Index of the pod.
        pod: u32,
    },
    /// Correct the claim's owner references: drop every reference that names the set or the pod. Then add the desired one,
    /// unless the claim has a foreign controller.
    SetClaimOwner {
        /// Index of the claim.
        claim: u32,
        /// The desired owner.
        owner: ClaimOwner,
    },
    /// Delete the pod gracefully, on condition of its uid. Not-found counts as done.
    DeletePod {
        /// Index of the pod.
        pod: u32,
    },
    /// Request the pod's eviction, which its disruption budget may refuse.
    EvictPod {
        /// Index of the pod.
        pod: u32,
    },
    /// Delete the pod object at once, without waiting for its kubelet, on condition of the pod's uid and of its node's
    /// identity and state.
    ForceDeletePod {
        /// Index of the pod.
        pod: u32,
        /// Index of its node, or `None` if the node is not in the list.
        node: Option<u32>,
    },
    /// Ask the pod to prepare for its end, on condition of its uid and of what was said to it before. The pod is then
    /// [asked](crate::Pod::prepared), until the caller's program answers or the planner takes the question back.
    Prepare {
        /// Index of the pod.
        pod: u32,
        /// What it is to prepare for.
        departure: Departure,
    },
    /// Tell the pod that it stays, on condition of its uid and of what was said to it before. The pod is then
    /// [returning](crate::Prepared::Returning) until it is back in service.
    CancelPrepare {
        /// Index of the pod.
        pod: u32,
    },
    /// Change the pod where it runs, so that it is one of the revision, on condition that it has not changed since it was seen. Until its containers run as they were told to it is [being changed](crate::Pod::changing).
    UpdateInPlace {
        /// Index of the pod.
        pod: u32,
        /// The revision that it then is of.
        revision: Revision,
    },
    /// Delete the claim, on condition of its uid. Not-found counts as done.
    DeleteClaim {
        /// Index of the claim.
        claim: u32,
    },
    /// Add the library's finalizer to the set.
    HoldFinalizer,
    /// Remove the library's finalizer from the set.
    ReleaseFinalizer,
    /// Do nothing. The wait says why.
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
        Prepare { pod: 0, departure: Departure::Restart },
        CancelPrepare { pod: 0 },
        UpdateInPlace { pod: 0, revision: Revision(0) },
    }
);

impl Do {
    /// Whether this is a wait.
    pub const fn is_wait(self) -> bool {
        matches!(self, Self::Wait(_))
    }

    /// Whether something is deleted, or evicted.
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
            Self::Prepare { .. } => "prepare",
            Self::CancelPrepare { .. } => "cancel-prepare",
            Self::UpdateInPlace { .. } => "update-in-place",
            Self::DeleteClaim { .. } => "delete-claim",
            Self::HoldFinalizer => "hold-finalizer",
            Self::ReleaseFinalizer => "release-finalizer",
            Self::Wait(_) => "wait",
        }
    }
}

/// The desired owner of a claim.
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
    /// The ordinal is desired and has no pod.
    ScaleOut = 1,
    /// The ordinal has a pod and is not desired.
    ScaleIn = 2,
    /// The pod is not at the desired revision.
    Rollout = 3,
    /// The pod's containers have ended, and the pod is replaced.
    TerminalPod = 4,
    /// The pod exists and is not available yet.
    Health = 5,
    /// A pod that has not started lacks a claim.
    LostClaim = 6,
    /// The claim's owners do not agree with the retention policy.
    Retention = 7,
    /// The pod's name labels or its volumes are wrong.
    Repair = 8,
    /// The claim needs a volume.
    Binding = 9,
    /// The set is being deleted.
    Shutdown = 10,
    /// The retention policy says to delete the claim.
    GiveUp = 11,
    /// The pod's node is being drained.
    Drain = 12,
    /// The pod's node is lost.
    NodeGone = 13,
    /// The caller's view is older than the caller's own writes, so nothing is decided.
    StaleView = 14,
    /// The pod is broken and at an old revision, and is replaced out of turn (rule [F-1](crate::rules#F-1)).
    BrokenRevision = 15,
    /// Somebody asks for the pod to be replaced (rule [J-7](crate::rules#J-7)).
    Requested = 16,
    /// The pod was asked to prepare for its end, and stays after all (rule [J-5](crate::rules#J-5)).
    Wanted = 17,
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
        BrokenRevision,
        Requested,
        Wanted,
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
            Self::BrokenRevision => "broken-revision",
            Self::Requested => "requested",
            Self::Wanted => "wanted",
        }
    }
}
