//! The report: everything that a call says besides its actions.

use core::ffi::{CStr, c_char};
use core::mem::{offset_of, size_of};

use statefulset::{Revision, Status};

use crate::code::{STS_CODE_OK, sts_code};
use crate::fail::Details;
use crate::status::sts_status;

/// The failure is not about an argument.
pub const STS_LIST_NONE: u32 = 0;
/// It is about `desired`.
pub const STS_LIST_DESIRED: u32 = 1;
/// It is about `observed`.
pub const STS_LIST_OBSERVED: u32 = 2;
/// It is about `observed.pods`.
pub const STS_LIST_PODS: u32 = 3;
/// It is about `observed.claims`.
pub const STS_LIST_CLAIMS: u32 = 4;
/// It is about `observed.volumes`.
pub const STS_LIST_VOLUMES: u32 = 5;
/// It is about `observed.nodes`.
pub const STS_LIST_NODES: u32 = 6;
/// It is about `observed.budgets`.
pub const STS_LIST_BUDGETS: u32 = 7;
/// It is about `out`.
pub const STS_LIST_OUT: u32 = 8;

/// It is about the argument that `field` names.
pub const STS_LIST_ARGUMENT: u32 = 9;
/// It is about `observed.reach`.
pub const STS_LIST_REACH: u32 = 10;
/// `exclusions` of the desired set.
pub const STS_LIST_EXCLUSIONS: u32 = 11;

/// `status` is present.
pub const STS_REPORT_STATUS: u32 = 1;
/// `next_wake_ms` is present.
pub const STS_REPORT_NEXT_WAKE: u32 = 2;
/// The plan was cut at `max_actions`.
pub const STS_REPORT_MORE: u32 = 4;
/// The request may be sent.
pub const STS_REPORT_MAY_TRY: u32 = 8;
/// `next_wake_ms` is only the time of the next attempt after a failure.
pub const STS_REPORT_RETRYING: u32 = 16;
/// Sets wait until the cluster has been shown something. sts_cluster_awaited() says what.
pub const STS_REPORT_AWAITED: u32 = 32;
/// The entry number `index` may start.
pub const STS_REPORT_MAY_START: u32 = 64;
/// Everything has ended.
pub const STS_REPORT_OVER: u32 = 128;
/// `suggested_revision` is present.
pub const STS_REPORT_SUGGESTS: u32 = 256;

/// The name of a plan that a cluster made.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_plan_id {
    /// How many changes the cluster had been told of.
    pub view: u64,
    /// The moment that the plan was made for.
    pub now_ms: i64,
}

/// What a call says besides what it writes to `out`. It need not be initialised.
///
/// After STS_CODE_OK the call has filled the fields that its description names. After STS_CODE_CAPACITY it has filled
/// `action_count` or `size`, and `message`. After any other code it has filled `list`, `index`, `field` and `message`,
/// and `kind` with STS_CODE_BAD_OBJECT. Everything else is 0.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_report {
    /// The code that the call returned.
    pub code: sts_code,
    /// STS_REPORT_*
    pub flags: u32,
    /// STS_NEXT_*: when to plan again. It is 0 where a call does not say.
    pub next: u32,
    /// STS_KIND_* of the object that cannot be read, or 0.
    pub kind: u32,
    /// How many actions and waits the plan has. Where a cluster made the plan, how many requests it has. For
    /// sts_cluster_due(), how many sets are due.
    pub action_count: u64,
    /// How many bytes the text has. `out` needs room for one more, the NUL.
    pub size: u64,
    /// The earliest moment at which the same snapshot gives another plan. Optional.
    pub next_wake_ms: i64,
    /// The name of the plan, for sts_cluster_finish() and the calls around it.
    pub plan: sts_plan_id,
    /// The status to publish. Optional.
    pub status: sts_status,
    /// STS_LIST_*: which argument is wrong.
    pub list: u32,
    /// 0.
    pub reserved32: u32,
    /// The index of the wrong entry in that list; or, with MAY_START, of the entry that may start.
    pub index: u64,
    /// The wrong field, NUL-terminated UTF-8. It is empty if the whole entry is wrong.
    pub field: [c_char; 32],
    /// What was expected, for people: NUL-terminated UTF-8. It is cut if it is too long.
    pub message: [c_char; 512],
    /// The revision to go back to, where a set that is overdue asks for one. Optional.
    pub suggested_revision: u64,
    /// 0.
    pub reserved: u64,
}

const _: () = assert!(
    size_of::<sts_report>() == 696
        && offset_of!(sts_report, status) == 56
        && offset_of!(sts_report, field) == 136
        && size_of::<sts_plan_id>() == 16
);

impl sts_report {
    pub(crate) const BLANK: Self = Self {
        code: STS_CODE_OK,
        flags: 0,
        next: 0,
        kind: 0,
        action_count: 0,
        size: 0,
        next_wake_ms: 0,
        plan: sts_plan_id { view: 0, now_ms: 0 },
        status: sts_status {
            observed_generation: 0,
            replicas: 0,
            ready: 0,
            available: 0,
            current: 0,
            updated: 0,
            progressing: 0,
            current_revision: 0,
            update_revision: 0,
            progressed_at_ms: 0,
            disrupted_at_ms: 0,
        },
        list: STS_LIST_NONE,
        reserved32: 0,
        index: 0,
        field: [0; 32],
        message: [0; 512],
        suggested_revision: 0,
        reserved: 0,
    };

    pub(crate) fn publish(&mut self, status: Option<Status>) {
        if let Some(status) = status {
            self.flags |= STS_REPORT_STATUS;
            self.status = status.into();
        }
    }

    pub(crate) const fn wake(&mut self, next_wake: Option<i64>, more: bool) {
        if let Some(next_wake) = next_wake {
            self.flags |= STS_REPORT_NEXT_WAKE;
            self.next_wake_ms = next_wake;
        }
        if more {
            self.flags |= STS_REPORT_MORE;
        }
    }

    pub(crate) const fn suggest(&mut self, revision: Option<Revision>) {
        if let Some(Revision(number)) = revision {
            self.flags |= STS_REPORT_SUGGESTS;
            self.suggested_revision = number;
        }
    }

    /// The report of a failure. The counts and the kind are kept: the call has set them for this failure.
    pub(crate) fn failed(&self, fail: &Details) -> Self {
        Self {
            code: fail.code,
            kind: self.kind,
            action_count: self.action_count,
            size: self.size,
            list: fail.list,
            index: fail.index as u64,
            field: text(fail.field),
            message: text(&fail.message),
            ..Self::BLANK
        }
    }
}

/// `text` and at least one NUL, cut between characters.
fn text<const N: usize>(text: &str) -> [c_char; N] {
    let mut room = [0; N];
    let mut end = text.len().min(N - 1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    for (to, &from) in room.iter_mut().zip(&text.as_bytes()[..end]) {
        *to = c_char::from_ne_bytes([from]);
    }
    room
}

/// The name of an STS_LIST_*, such as "pods"; "unknown" for any other number. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_list_name(list: u32) -> *const c_char {
    name(list).unwrap_or(c"unknown").as_ptr()
}

const fn name(list: u32) -> Option<&'static CStr> {
    Some(match list {
        STS_LIST_NONE => c"none",
        STS_LIST_DESIRED => c"desired",
        STS_LIST_OBSERVED => c"observed",
        STS_LIST_PODS => c"pods",
        STS_LIST_CLAIMS => c"claims",
        STS_LIST_VOLUMES => c"volumes",
        STS_LIST_NODES => c"nodes",
        STS_LIST_BUDGETS => c"budgets",
        STS_LIST_OUT => c"out",
        STS_LIST_ARGUMENT => c"argument",
        STS_LIST_REACH => c"reach",
        STS_LIST_EXCLUSIONS => c"exclusions",
        _ => return None,
    })
}

/// As error messages spell it.
pub(crate) fn list_name(list: u32) -> &'static str {
    name(list).and_then(|name| name.to_str().ok()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters_and_always_ends() {
        let bytes = |room: [c_char; 4]| room.map(|c| c.to_ne_bytes()[0]);
        assert_eq!(bytes(text("abc")), *b"abc\0");
        assert_eq!(bytes(text("abcd")), *b"abc\0");
        assert_eq!(bytes(text("ab…")), *b"ab\0\0");
    }
}
