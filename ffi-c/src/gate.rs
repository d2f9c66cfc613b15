//! Gates: what must hold before something is done.

use core::ffi::c_char;

use statefulset::Gate;

use crate::name::{Name, find, terminated};
use crate::total::unknown;

/// Your own writes have not been seen yet.
pub const STS_GATE_STALE_VIEW: u32 = 0;
/// The claims are not known.
pub const STS_GATE_CLAIMS_UNKNOWN: u32 = 1;
/// The pod is terminating; its successor may not start before it is gone.
pub const STS_GATE_POD_TERMINATING: u32 = 2;
/// The pod has not started.
pub const STS_GATE_POD_PENDING: u32 = 3;
/// The pod does not run.
pub const STS_GATE_POD_NOT_RUNNING: u32 = 4;
/// The pod is not ready.
pub const STS_GATE_POD_NOT_READY: u32 = 5;
/// The pod has not been ready for long enough.
pub const STS_GATE_POD_NOT_AVAILABLE: u32 = 6;
/// The pod does not say since when it is ready, so that a `min_ready_ms` above 0 never ends.
pub const STS_GATE_READY_SINCE_MISSING: u32 = 7;
/// Another ordinal comes first.
pub const STS_GATE_ORDER: u32 = 8;
/// A claim is terminating. It must be gone before it can be created again.
pub const STS_GATE_CLAIM_TERMINATING: u32 = 9;
/// A claim has no volume.
pub const STS_GATE_CLAIM_UNBOUND: u32 = 10;
/// A claim still belongs to an earlier pod of the same name.
pub const STS_GATE_CLAIM_STALE: u32 = 11;
/// As many pods are unavailable as maxUnavailable allows.
pub const STS_GATE_MAX_UNAVAILABLE: u32 = 12;
/// Scale-in waits until all desired pods are available.
pub const STS_GATE_REPLICAS_NOT_AVAILABLE: u32 = 13;
/// The pod to delete is unavailable, and an unavailable pod with a lower ordinal must recover first.
pub const STS_GATE_UNHEALTHY_LEAVER: u32 = 14;
/// The pod is broken and does not have the update revision. OrderedReady never replaces it (kubernetes#67250).
pub const STS_GATE_BROKEN_REVISION: u32 = 15;
/// The set is being deleted. Something else deletes its pods.
pub const STS_GATE_SET_DELETING: u32 = 16;
/// The strategy is not known under this profile.
pub const STS_GATE_UNKNOWN_STRATEGY: u32 = 17;
/// Pods of old revisions must all be gone first.
pub const STS_GATE_OLD_PODS_EXIST: u32 = 18;
/// No volume fits the claim.
pub const STS_GATE_NO_VOLUME: u32 = 19;
/// The claim's volume is chosen once its pod has a node.
pub const STS_GATE_POD_UNSCHEDULED: u32 = 20;
/// The volumes are not known.
pub const STS_GATE_VOLUMES_UNKNOWN: u32 = 21;
/// The nodes are not known.
pub const STS_GATE_NODES_UNKNOWN: u32 = 22;
/// The pod's node does not report.
pub const STS_GATE_NODE_UNREACHABLE: u32 = 23;
/// The pod's node must be fenced first.
pub const STS_GATE_NODE_NOT_FENCED: u32 = 24;
/// The disruption budget allows nothing now.
pub const STS_GATE_BUDGET: u32 = 25;
/// Somebody has deleted the claim, and it still exists.
pub const STS_GATE_CLAIM_REMAINS: u32 = 26;
/// An object could not be read and was set aside.
pub const STS_GATE_BAD_OBJECT: u32 = 27;
/// Another object has a name that the set needs.
pub const STS_GATE_NAME_TAKEN: u32 = 28;
/// No node at all is ready. The observer itself may be cut off.
pub const STS_GATE_NO_NODE_READY: u32 = 29;
/// The disruption budgets are not known.
pub const STS_GATE_BUDGETS_UNKNOWN: u32 = 30;
/// The pod's ordinal is excluded, and every desired pod must be available before it goes.
pub const STS_GATE_EXCLUDED: u32 = 31;
/// Pods of an earlier rank must be updated and available first.
pub const STS_GATE_EARLIER_RANK: u32 = 32;
/// Actions of this kind are paused.
pub const STS_GATE_PAUSED: u32 = 33;
/// As many pods are coming or leaving as the set's limits allow.
pub const STS_GATE_SCALE_LIMIT: u32 = 34;
/// The group that the set belongs to allows no more disruptions now.
pub const STS_GATE_GROUP: u32 = 35;
/// You do not let the pod go for this purpose now.
pub const STS_GATE_HELD: u32 = 36;
/// The pod was asked to prepare for its end, or is coming back into service after it was.
pub const STS_GATE_PREPARING: u32 = 37;
/// An available pod was taken away a short time ago, and the set's pace lets no other one go yet.
pub const STS_GATE_PACE: u32 = 38;
/// The set has gone too long without progress, and its rollout is held for that.
pub const STS_GATE_DEADLINE: u32 = 39;
/// The pod would have to be made again, and the set's policy lets a rollout change pods only where they run.
pub const STS_GATE_NOT_IN_PLACE: u32 = 40;
/// The pod was changed where it runs, and its containers do not run yet as they were told to.
pub const STS_GATE_POD_CHANGING: u32 = 41;

const COUNT: usize = Gate::ALL.len();

static NAMES: [Name; COUNT] = {
    let mut names = [[0; 32]; COUNT];
    let mut i = 0;
    while i < COUNT {
        // The table is looked up by number, and the set of gates is the planner's own word.
        assert!(number(Gate::ALL[i]) as usize == i && Gate::ALL[i] as usize == i);
        names[i] = terminated(Gate::ALL[i].slug());
        i += 1;
    }
    names
};

/// The name of a gate (of its number, not of its bit), such as "pod-not-ready"; "unknown" for any other number.
/// Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_gate_name(gate: u32) -> *const c_char {
    find(&NAMES, gate, STS_GATE_STALE_VIEW)
}

const fn number(gate: Gate) -> u32 {
    match gate {
        Gate::StaleView => STS_GATE_STALE_VIEW,
        Gate::ClaimsUnknown => STS_GATE_CLAIMS_UNKNOWN,
        Gate::PodTerminating => STS_GATE_POD_TERMINATING,
        Gate::PodPending => STS_GATE_POD_PENDING,
        Gate::PodNotRunning => STS_GATE_POD_NOT_RUNNING,
        Gate::PodNotReady => STS_GATE_POD_NOT_READY,
        Gate::PodNotAvailable => STS_GATE_POD_NOT_AVAILABLE,
        Gate::ReadySinceMissing => STS_GATE_READY_SINCE_MISSING,
        Gate::Order => STS_GATE_ORDER,
        Gate::ClaimTerminating => STS_GATE_CLAIM_TERMINATING,
        Gate::ClaimUnbound => STS_GATE_CLAIM_UNBOUND,
        Gate::ClaimStale => STS_GATE_CLAIM_STALE,
        Gate::MaxUnavailable => STS_GATE_MAX_UNAVAILABLE,
        Gate::ReplicasNotAvailable => STS_GATE_REPLICAS_NOT_AVAILABLE,
        Gate::UnhealthyLeaver => STS_GATE_UNHEALTHY_LEAVER,
        Gate::BrokenRevision => STS_GATE_BROKEN_REVISION,
        Gate::SetDeleting => STS_GATE_SET_DELETING,
        Gate::UnknownStrategy => STS_GATE_UNKNOWN_STRATEGY,
        Gate::OldPodsExist => STS_GATE_OLD_PODS_EXIST,
        Gate::NoVolume => STS_GATE_NO_VOLUME,
        Gate::PodUnscheduled => STS_GATE_POD_UNSCHEDULED,
        Gate::VolumesUnknown => STS_GATE_VOLUMES_UNKNOWN,
        Gate::NodesUnknown => STS_GATE_NODES_UNKNOWN,
        Gate::NodeUnreachable => STS_GATE_NODE_UNREACHABLE,
        Gate::NodeNotFenced => STS_GATE_NODE_NOT_FENCED,
        Gate::Budget => STS_GATE_BUDGET,
        Gate::ClaimRemains => STS_GATE_CLAIM_REMAINS,
        Gate::BadObject => STS_GATE_BAD_OBJECT,
        Gate::NameTaken => STS_GATE_NAME_TAKEN,
        Gate::NoNodeReady => STS_GATE_NO_NODE_READY,
        Gate::BudgetsUnknown => STS_GATE_BUDGETS_UNKNOWN,
        Gate::Excluded => STS_GATE_EXCLUDED,
        Gate::EarlierRank => STS_GATE_EARLIER_RANK,
        Gate::Paused => STS_GATE_PAUSED,
        Gate::ScaleLimit => STS_GATE_SCALE_LIMIT,
        Gate::Group => STS_GATE_GROUP,
        Gate::Held => STS_GATE_HELD,
        Gate::Preparing => STS_GATE_PREPARING,
        Gate::Pace => STS_GATE_PACE,
        Gate::Deadline => STS_GATE_DEADLINE,
        Gate::NotInPlace => STS_GATE_NOT_IN_PLACE,
        Gate::PodChanging => STS_GATE_POD_CHANGING,
        _ => unknown(),
    }
}
