//! Sets that belong together.

use alloc::vec::Vec;
use core::mem::size_of;

use statefulset::{Member, allot};

use crate::code::sts_code;
use crate::desired::sts_desired;
use crate::guard::guard;
use crate::observed::sts_observed;
use crate::pointer::{Buffer, records_of};
use crate::report::{STS_LIST_ARGUMENT, sts_report};
use crate::snapshot::Snapshot;

/// A set of a group, as far as the others are concerned.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_member {
    /// How many of its desired pods are unavailable, missing ones among them.
    pub unavailable: u32,
    /// How many of its pods a rollout or a scale-in is going to take away.
    pub outdated: u32,
}

const _: () = assert!(size_of::<sts_member>() == 8);

/// Writes the member that a set is. The codes are those of sts_plan().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_member_of(
    desired: *const sts_desired,
    observed: *const sts_observed,
    now_ms: i64,
    member: *mut sts_member,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its records.
        let (snapshot, mut out) = unsafe {
            (
                Snapshot::read(desired, observed)?,
                Buffer::only("member", member)?,
            )
        };
        let desired = snapshot.desired()?;
        let member = Member::of(&desired, &snapshot.lists.observed(), now_ms)?;
        out.copy(
            0,
            &[sts_member {
                unavailable: member.unavailable,
                outdated: member.outdated,
            }],
        );
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Shares a group's disruptions between its sets: writes `count` allowances, in the order of the members. The set that may
/// be disturbed gets 4294967295, and its own limits apply; the others get 0. Set STS_DESIRED_ALLOWANCE and `allowance` with
/// it in the next call of sts_plan().
///
/// If pods of one set are unavailable, that set is the one. If pods of several sets are, none is. If there are none, it is
/// the first that has pods to take away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_allot(
    members: *const sts_member,
    count: usize,
    allowances: *mut u32,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its records.
        let (members, mut out) = unsafe {
            (
                records_of("members", members, count)?,
                Buffer::new(STS_LIST_ARGUMENT, allowances, count)?,
            )
        };
        let members = members
            .iter()
            .map(|member| Member::new(member.unavailable, member.outdated));
        out.fill(allot(&members.collect::<Vec<_>>()));
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
