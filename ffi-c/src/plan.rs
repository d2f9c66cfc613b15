//! The call.

use crate::action::sts_action;
use crate::code::{STS_CODE_CAPACITY, sts_code};
use crate::desired::sts_desired;
use crate::fail::Fail;
use crate::guard::guard;
use crate::observed::sts_observed;
use crate::pointer::{Buffer, record};
use crate::report::{
    STS_LIST_DESIRED, STS_LIST_NONE, STS_LIST_OBSERVED, STS_LIST_OUT, STS_REPORT_MORE,
    STS_REPORT_NEXT_WAKE, STS_REPORT_STATUS, sts_report,
};

/// Decides what to do now, and why not more: writes the actions and waits to `out`, in order, and everything else to
/// `report`.
///
/// `desired`, `observed` and `report` may not be NULL; `out` may be NULL if `cap` is 0. `now_ms` is the present moment,
/// in milliseconds since the Unix epoch. If the plan has more than `cap` actions, the answer is STS_CODE_CAPACITY,
/// `report->action_count` says how many, and calling again with the same arguments and so much room succeeds. On any
/// code but STS_CODE_OK `out` is untouched. The report is always written, unless it is itself a bad pointer. Any thread
/// may call this at any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_plan(
    desired: *const sts_desired,
    observed: *const sts_observed,
    now_ms: i64,
    out: *mut sts_action,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its records.
        let (desired, lists, mut out) = unsafe {
            (
                record(STS_LIST_DESIRED, desired)?,
                record(STS_LIST_OBSERVED, observed)?.read()?,
                Buffer::new(STS_LIST_OUT, out, cap)?,
            )
        };
        let templates = desired.templates()?;
        let plan = statefulset::plan(&desired.read(&templates)?, &lists.observed(), now_ms)?;

        let count = plan.actions.len();
        report.action_count = count as u64;
        if count > out.room() {
            return Err(Fail {
                code: STS_CODE_CAPACITY,
                list: STS_LIST_NONE,
                index: 0,
                field: "",
                message: format!("the plan has {count} actions, out has room for {cap}"),
            });
        }
        if let Some(status) = plan.status {
            report.flags |= STS_REPORT_STATUS;
            report.status = status.into();
        }
        if let Some(next_wake) = plan.next_wake {
            report.flags |= STS_REPORT_NEXT_WAKE;
            report.next_wake_ms = next_wake;
        }
        if plan.more {
            report.flags |= STS_REPORT_MORE;
        }
        out.fill(plan.actions.iter().map(sts_action::from));
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
