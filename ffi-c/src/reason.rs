//! Reasons: why an action is taken.

use core::ffi::c_char;

use statefulset::Reason;

use crate::name::{Name, find, terminated};
use crate::total::unknown;

/// The set should have a pod with this ordinal, and there is none.
pub const STS_REASON_SCALE_OUT: u32 = 1;
/// The pod's ordinal is outside the desired range.
pub const STS_REASON_SCALE_IN: u32 = 2;
/// The pod does not have the revision that it should have.
pub const STS_REASON_ROLLOUT: u32 = 3;
/// The pod's containers have ended. It is replaced.
pub const STS_REASON_TERMINAL_POD: u32 = 4;
/// The pod exists and is not available yet.
pub const STS_REASON_HEALTH: u32 = 5;
/// A pod that has not started lacks a claim.
pub const STS_REASON_LOST_CLAIM: u32 = 6;
/// The claim's owners are not what the retention policy asks for.
pub const STS_REASON_RETENTION: u32 = 7;
/// The pod's identity or storage is not as it should be.
pub const STS_REASON_REPAIR: u32 = 8;
/// The claim needs a volume.
pub const STS_REASON_BINDING: u32 = 9;
/// The set is being deleted.
pub const STS_REASON_SHUTDOWN: u32 = 10;
/// The retention policy says that the claim is deleted.
pub const STS_REASON_GIVE_UP: u32 = 11;
/// The pod's node is being drained.
pub const STS_REASON_DRAIN: u32 = 12;
/// The pod's node is lost.
pub const STS_REASON_NODE_GONE: u32 = 13;
/// The lists are older than your own writes, so that nothing is decided.
pub const STS_REASON_STALE_VIEW: u32 = 14;
/// The pod is broken and at an old revision, and is replaced out of turn.
pub const STS_REASON_BROKEN_REVISION: u32 = 15;
/// Somebody asks for the pod to be replaced.
pub const STS_REASON_REQUESTED: u32 = 16;
/// The pod was asked to prepare for its end, and stays after all.
pub const STS_REASON_WANTED: u32 = 17;

const COUNT: usize = Reason::ALL.len();

static NAMES: [Name; COUNT] = {
    let mut names = [[0; 32]; COUNT];
    let mut i = 0;
    while i < COUNT {
        // The table is looked up by number.
        assert!(number(Reason::ALL[i]) as usize == i + 1);
        names[i] = terminated(Reason::ALL[i].slug());
        i += 1;
    }
    names
};

/// The name of a reason, such as "scale-out"; "unknown" for any other number. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_reason_name(reason: u32) -> *const c_char {
    find(&NAMES, reason, STS_REASON_SCALE_OUT)
}

pub(crate) const fn number(reason: Reason) -> u32 {
    match reason {
        Reason::ScaleOut => STS_REASON_SCALE_OUT,
        Reason::ScaleIn => STS_REASON_SCALE_IN,
        Reason::Rollout => STS_REASON_ROLLOUT,
        Reason::TerminalPod => STS_REASON_TERMINAL_POD,
        Reason::Health => STS_REASON_HEALTH,
        Reason::LostClaim => STS_REASON_LOST_CLAIM,
        Reason::Retention => STS_REASON_RETENTION,
        Reason::Repair => STS_REASON_REPAIR,
        Reason::Binding => STS_REASON_BINDING,
        Reason::Shutdown => STS_REASON_SHUTDOWN,
        Reason::GiveUp => STS_REASON_GIVE_UP,
        Reason::Drain => STS_REASON_DRAIN,
        Reason::NodeGone => STS_REASON_NODE_GONE,
        Reason::StaleView => STS_REASON_STALE_VIEW,
        Reason::BrokenRevision => STS_REASON_BROKEN_REVISION,
        Reason::Requested => STS_REASON_REQUESTED,
        Reason::Wanted => STS_REASON_WANTED,
        _ => unknown(),
    }
}
