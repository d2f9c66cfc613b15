//! Actions and waits.

use core::ffi::c_char;
use core::mem::{offset_of, size_of};

use statefulset::{Action, ClaimOwner, Departure, Do, On, Reason, Wait};

use crate::name::{Name, find, terminated};
use crate::reason;
use crate::total::{total, unknown};

/// Create the ordinal's claim from template `template_index`. It is a failure if the claim exists.
pub const STS_ACTION_CREATE_CLAIM: u32 = 1;
/// Reserve `volume` for `claim`, then write the volume's name into the claim. Make the writes conditional on the
/// volume's version.
pub const STS_ACTION_BIND_CLAIM: u32 = 2;
/// Create the ordinal's pod from `revision`. It is a failure if the pod exists.
pub const STS_ACTION_CREATE_POD: u32 = 3;
/// Correct the name labels and the volumes of `pod` in place.
pub const STS_ACTION_UPDATE_POD: u32 = 4;
/// Remove every owner reference of `claim` that names the set or the pod. Then add the one that `owner` says, unless
/// another controller owns the claim.
pub const STS_ACTION_SET_CLAIM_OWNER: u32 = 5;
/// Delete `pod` gracefully, with its uid as a precondition. It counts as done if the pod is not found, unless
/// STS_ACTION_MUST_EXIST is set.
pub const STS_ACTION_DELETE_POD: u32 = 6;
/// Ask for the eviction of `pod` under its disruption budget.
pub const STS_ACTION_EVICT_POD: u32 = 7;
/// Delete `pod` with a grace period of 0, with its uid as a precondition. If the node is known, check that it is still
/// the same node in the same state.
pub const STS_ACTION_FORCE_DELETE_POD: u32 = 8;
/// Delete `claim`, with its uid as a precondition. It counts as done if the claim is not found.
pub const STS_ACTION_DELETE_CLAIM: u32 = 9;
/// Add the library's finalizer to the set.
pub const STS_ACTION_HOLD_FINALIZER: u32 = 10;
/// Remove the library's finalizer from the set.
pub const STS_ACTION_RELEASE_FINALIZER: u32 = 11;
/// Ask `pod` to prepare for its end, with its uid as a precondition, and see to it that nobody else asks it at the same
/// time. Say so in `prepared` of the pod from then on: STS_PREPARED_ASKED_TO_LEAVE if the flag STS_ACTION_FOR_GOOD is set, or
/// else STS_PREPARED_ASKED_TO_RESTART.
pub const STS_ACTION_PREPARE: u32 = 13;
/// Tell `pod` that it stays. It is STS_PREPARED_RETURNING from then on, until it is back in service.
pub const STS_ACTION_CANCEL_PREPARE: u32 = 14;
/// Change `pod` where it runs, so that it is one of `revision`, with its uid as a precondition. Say so in `revision` of the pod
/// from then on, and set STS_POD_CHANGING until its containers run as they were told to.
pub const STS_ACTION_UPDATE_IN_PLACE: u32 = 15;
/// Do nothing for the ordinals from `ordinal` to `through`. Show the user why (`gates`, `on`).
pub const STS_ACTION_WAIT: u32 = 12;

/// Neither the set nor the pod owns the claim.
pub const STS_CLAIM_OWNER_NOBODY: u32 = 0;
/// The set owns the claim.
pub const STS_CLAIM_OWNER_SET: u32 = 1;
/// `pod` owns the claim.
pub const STS_CLAIM_OWNER_POD: u32 = 2;

/// The wait is for nothing that the lists have.
pub const STS_ON_NOTHING: u32 = 0;
/// It is for an ordinal that has no pod yet: `on_index`.
pub const STS_ON_ORDINAL: u32 = 1;
/// It is for a pod: `on_index`.
pub const STS_ON_POD: u32 = 2;
/// It is for a claim: `on_index`.
pub const STS_ON_CLAIM: u32 = 3;
/// It is for a node: `on_index`.
pub const STS_ON_NODE: u32 = 4;
/// It is for a disruption budget: `on_index`.
pub const STS_ON_BUDGET: u32 = 5;
/// It is for newer lists: your own writes are not in them yet.
pub const STS_ON_VIEW: u32 = 6;

/// `pod` is present.
pub const STS_ACTION_HAS_POD: u32 = 1;
/// `claim` is present.
pub const STS_ACTION_HAS_CLAIM: u32 = 2;
/// `volume` is present.
pub const STS_ACTION_HAS_VOLUME: u32 = 4;
/// `node` is present.
pub const STS_ACTION_HAS_NODE: u32 = 8;
/// `on_index` is present.
pub const STS_ACTION_HAS_ON_INDEX: u32 = 16;
/// `since_ms` is present.
pub const STS_ACTION_HAS_SINCE: u32 = 32;
/// `until_ms` is present.
pub const STS_ACTION_HAS_UNTIL: u32 = 64;
/// DELETE_POD: it is a failure if the pod is not found. Only Kubernetes before 1.36 decides so.
pub const STS_ACTION_MUST_EXIST: u32 = 128;
/// PREPARE: the pod will not come back.
pub const STS_ACTION_FOR_GOOD: u32 = 256;

/// One action, or one wait. `kind` says which fields below it mean something. The others are 0.
///
/// The order is in the data. Stages run one after the other. Inside a stage each ordinal is a chain of its own, and
/// chains may run at the same time. A chain goes by `step`. Actions of one step may run together, except
/// SET_CLAIM_OWNER: it waits for everything that stands before it in its chain. When an action fails, its chain stops
/// at the end of its step, the rest of its stage still runs, and later stages are skipped. The failure of BIND_CLAIM,
/// EVICT_POD, FORCE_DELETE_POD, DELETE_CLAIM or CANCEL_PREPARE only stops its own chain. sts_carry_out() keeps these rules.
/// sts_may_start() keeps them for programs that run several actions at a time.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_action {
    /// STS_ACTION_CREATE_CLAIM … STS_ACTION_UPDATE_IN_PLACE
    pub kind: u32,
    /// STS_REASON_*
    pub reason: u32,
    /// The stage. A stage begins when the one before it has ended.
    pub stage: u32,
    /// The ordinal that the action is for. A wait covers the ordinals from this one to `through`. It is STS_NO_ORDINAL if
    /// the action is for the set itself, or for pods that have no ordinal.
    pub ordinal: u32,
    /// The place within the ordinal's chain.
    pub step: u32,
    /// STS_ACTION_HAS_*, STS_ACTION_MUST_EXIST, STS_ACTION_FOR_GOOD
    pub flags: u32,
    /// Index in `pods`. Optional.
    pub pod: u32,
    /// Index in `claims`. Optional.
    pub claim: u32,
    /// Index in `volumes`. Optional.
    pub volume: u32,
    /// Index in `nodes`. Optional.
    pub node: u32,
    /// CREATE_CLAIM: index of the template.
    pub template_index: u32,
    /// SET_CLAIM_OWNER: STS_CLAIM_OWNER_*
    pub owner: u32,
    /// WAIT: the last ordinal that it covers.
    pub through: u32,
    /// WAIT: STS_ON_*, what it waits for.
    pub on: u32,
    /// WAIT: index in the list that `on` says, or the ordinal. Optional.
    pub on_index: u32,
    /// 0.
    pub reserved32: u32,
    /// WAIT: bit g, from 0 to 63, is set for each condition STS_GATE_* g that is not met. All such bits are set, not
    /// only the first.
    pub gates: u64,
    /// CREATE_POD: the revision to create the pod from. UPDATE_IN_PLACE: the revision that the pod is of then.
    pub revision: u64,
    /// WAIT: since when it has to wait. Optional.
    pub since_ms: i64,
    /// WAIT: when it ends by itself, if nothing else happens. Optional.
    pub until_ms: i64,
}

const _: () = assert!(size_of::<sts_action>() == 96 && offset_of!(sts_action, gates) == 64);

impl From<&Action> for sts_action {
    fn from(action: &Action) -> Self {
        let common = Self {
            kind: kind(action.what),
            reason: reason::number(action.reason),
            stage: action.stage,
            ordinal: action.ordinal,
            step: action.step.into(),
            flags: if action.must_exist {
                STS_ACTION_MUST_EXIST
            } else {
                0
            },
            ..Self::default()
        };
        common.with(action.what)
    }
}

impl sts_action {
    const fn with(self, what: Do) -> Self {
        match what {
            Do::CreateClaim { template } => Self {
                template_index: template as u32,
                ..self
            },
            Do::BindClaim { claim, volume } => Self {
                flags: STS_ACTION_HAS_CLAIM | STS_ACTION_HAS_VOLUME,
                claim,
                volume,
                ..self
            },
            Do::CreatePod { revision } => Self {
                revision: revision.0,
                ..self
            },
            Do::UpdatePod { pod }
            | Do::DeletePod { pod }
            | Do::EvictPod { pod }
            | Do::CancelPrepare { pod } => self.with_pod(pod),
            Do::UpdateInPlace { pod, revision } => Self {
                revision: revision.0,
                ..self.with_pod(pod)
            },
            Do::Prepare { pod, departure } => self.with_pod(pod).with_departure(departure),
            Do::SetClaimOwner { claim, owner } => self.with_claim(claim).with_owner(owner),
            Do::ForceDeletePod { pod, node } => self.with_pod(pod).with_node(node),
            Do::DeleteClaim { claim } => self.with_claim(claim),
            Do::HoldFinalizer | Do::ReleaseFinalizer => self,
            Do::Wait(wait) => self.with_wait(wait),
            _ => unknown(),
        }
    }

    /// The action as far as its place in the order goes: indexes are left out. `None` for numbers without a meaning.
    pub(crate) fn read(&self) -> Option<Action> {
        let kind = usize::try_from(self.kind.checked_sub(STS_ACTION_CREATE_CLAIM)?).ok()?;
        let mut reasons = Reason::ALL.into_iter();
        let mut action = Action::new(
            self.stage,
            self.ordinal,
            u8::try_from(self.step).ok()?,
            reasons.find(|reason| reason::number(*reason) == self.reason)?,
            *Do::ALL.get(kind)?,
        );
        action.must_exist = self.flags & STS_ACTION_MUST_EXIST != 0;
        Some(action)
    }

    const fn with_pod(self, pod: u32) -> Self {
        Self {
            flags: self.flags | STS_ACTION_HAS_POD,
            pod,
            ..self
        }
    }

    const fn with_departure(self, departure: Departure) -> Self {
        match departure {
            Departure::Restart => self,
            Departure::Leave => Self {
                flags: self.flags | STS_ACTION_FOR_GOOD,
                ..self
            },
            _ => unknown(),
        }
    }

    const fn with_claim(self, claim: u32) -> Self {
        Self {
            flags: self.flags | STS_ACTION_HAS_CLAIM,
            claim,
            ..self
        }
    }

    const fn with_node(self, node: Option<u32>) -> Self {
        match node {
            Some(node) => Self {
                flags: self.flags | STS_ACTION_HAS_NODE,
                node,
                ..self
            },
            None => self,
        }
    }

    const fn with_owner(self, owner: ClaimOwner) -> Self {
        match owner {
            ClaimOwner::Nobody => Self {
                owner: STS_CLAIM_OWNER_NOBODY,
                ..self
            },
            ClaimOwner::Set => Self {
                owner: STS_CLAIM_OWNER_SET,
                ..self
            },
            ClaimOwner::Pod(pod) => Self {
                owner: STS_CLAIM_OWNER_POD,
                ..self.with_pod(pod)
            },
            _ => unknown(),
        }
    }

    const fn with_wait(self, wait: Wait) -> Self {
        let mut to = Self {
            through: wait.through,
            gates: wait.gates.0,
            ..self.with_on(wait.on)
        };
        if let Some(since) = wait.since {
            to.flags |= STS_ACTION_HAS_SINCE;
            to.since_ms = since;
        }
        if let Some(until) = wait.until {
            to.flags |= STS_ACTION_HAS_UNTIL;
            to.until_ms = until;
        }
        to
    }

    const fn with_on(self, on: On) -> Self {
        let (on, index) = match on {
            On::Nothing => (STS_ON_NOTHING, None),
            On::Ordinal(ordinal) => (STS_ON_ORDINAL, Some(ordinal)),
            On::Pod(pod) => (STS_ON_POD, Some(pod)),
            On::Claim(claim) => (STS_ON_CLAIM, Some(claim)),
            On::Node(node) => (STS_ON_NODE, Some(node)),
            On::Budget(budget) => (STS_ON_BUDGET, Some(budget)),
            On::View => (STS_ON_VIEW, None),
            _ => unknown(),
        };
        match index {
            Some(on_index) => Self {
                flags: self.flags | STS_ACTION_HAS_ON_INDEX,
                on,
                on_index,
                ..self
            },
            None => Self { on, ..self },
        }
    }
}

const BLANK: sts_action = sts_action {
    kind: 0,
    reason: 0,
    stage: 0,
    ordinal: 0,
    step: 0,
    flags: 0,
    pod: 0,
    claim: 0,
    volume: 0,
    node: 0,
    template_index: 0,
    owner: 0,
    through: 0,
    on: 0,
    on_index: 0,
    reserved32: 0,
    gates: 0,
    revision: 0,
    since_ms: 0,
    until_ms: 0,
};

const fn action(what: Do) -> sts_action {
    BLANK.with(what)
}

const fn owner(owner: ClaimOwner) -> sts_action {
    BLANK.with_owner(owner)
}

const fn departure(departure: Departure) -> sts_action {
    BLANK.with_departure(departure)
}

const fn on(on: On) -> sts_action {
    BLANK.with_on(on)
}

total!(action, Do);
total!(owner, ClaimOwner);
total!(on, On);
total!(departure, Departure);

const fn kind(what: Do) -> u32 {
    match what {
        Do::CreateClaim { .. } => STS_ACTION_CREATE_CLAIM,
        Do::BindClaim { .. } => STS_ACTION_BIND_CLAIM,
        Do::CreatePod { .. } => STS_ACTION_CREATE_POD,
        Do::UpdatePod { .. } => STS_ACTION_UPDATE_POD,
        Do::SetClaimOwner { .. } => STS_ACTION_SET_CLAIM_OWNER,
        Do::DeletePod { .. } => STS_ACTION_DELETE_POD,
        Do::EvictPod { .. } => STS_ACTION_EVICT_POD,
        Do::ForceDeletePod { .. } => STS_ACTION_FORCE_DELETE_POD,
        Do::DeleteClaim { .. } => STS_ACTION_DELETE_CLAIM,
        Do::HoldFinalizer => STS_ACTION_HOLD_FINALIZER,
        Do::ReleaseFinalizer => STS_ACTION_RELEASE_FINALIZER,
        Do::Wait(_) => STS_ACTION_WAIT,
        Do::Prepare { .. } => STS_ACTION_PREPARE,
        Do::CancelPrepare { .. } => STS_ACTION_CANCEL_PREPARE,
        Do::UpdateInPlace { .. } => STS_ACTION_UPDATE_IN_PLACE,
        _ => unknown(),
    }
}

const COUNT: usize = Do::ALL.len();

static NAMES: [Name; COUNT] = {
    let mut names = [[0; 32]; COUNT];
    let mut i = 0;
    while i < COUNT {
        // The table is looked up by number.
        assert!(kind(Do::ALL[i]) as usize == i + 1);
        names[i] = terminated(Do::ALL[i].slug());
        i += 1;
    }
    names
};

/// The name of an action's kind, such as "create-pod"; "unknown" for any other number. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_action_name(kind: u32) -> *const c_char {
    find(&NAMES, kind, STS_ACTION_CREATE_CLAIM)
}
