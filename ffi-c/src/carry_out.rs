//! Carrying out a plan with a function of the caller's, one action after the other.

use core::ffi::c_void;

use statefulset::Outcome;

use crate::action::sts_action;
use crate::code::{STS_CODE_BAD_POINTER, sts_code};
use crate::desired::sts_desired;
use crate::fail;
use crate::guard::guard;
use crate::observed::sts_observed;
use crate::outcome;
use crate::report::sts_report;
use crate::snapshot::Snapshot;

/// Your function that does one action and returns how it went: STS_OUTCOME_*. `index` is the action's place in the
/// plan. `action` is valid only during the call. NOT_TRIED keeps back everything that depends on the action. A number
/// without a meaning counts as FAILED. The function may call the library. It may not leave by an exception or by
/// longjmp.
pub type sts_act =
    Option<unsafe extern "C" fn(user: *mut c_void, action: *const sts_action, index: usize) -> u32>;

/// Makes the plan that sts_plan() makes, calls `act` for each action that may be tried, and says what sts_conclude()
/// says. It calls `act` for one action after the other, and never for a wait.
///
/// The report has `action_count`, MORE and `next_wake_ms` of the plan; the `status` to publish, if there is one; and
/// `next`, when to plan again.
///
/// `user` is passed to `act` as it is. The other arguments are read before the first call of `act`. `act` may not be
/// NULL. The codes are those of sts_plan(). On any of them but STS_CODE_OK, `act` has not been called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_carry_out(
    desired: *const sts_desired,
    observed: *const sts_observed,
    now_ms: i64,
    act: sts_act,
    user: *mut c_void,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        let act = act.ok_or_else(|| fail::argument(STS_CODE_BAD_POINTER, "act", "is NULL"))?;
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its records.
        let snapshot = unsafe { Snapshot::read(desired, observed)? };
        let plan = snapshot.plan(now_ms)?;
        let mut execution = plan.execution();
        while let Some(index) = execution.start() {
            let action = sts_action::from(&plan.actions[index]);
            // SAFETY: what the header asks of the caller: a function of this kind.
            let number = unsafe { act(user, &raw const action, index) };
            execution.end(index, outcome::ended(number).unwrap_or(Outcome::Failed));
        }
        let conclusion = plan.conclude(&execution.outcomes());
        report.action_count = plan.actions.len() as u64;
        report.wake(plan.next_wake, plan.more);
        report.suggest(plan.suggests);
        report.publish(conclusion.status);
        report.next = outcome::next(conclusion.next);
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
