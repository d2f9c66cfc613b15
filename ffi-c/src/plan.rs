//! The plan: what to do now, and what follows from how that went.

use alloc::format;

use crate::action::sts_action;
use crate::code::{STS_CODE_CAPACITY, STS_CODE_NO_SUCH_ENTRY, sts_code};
use crate::desired::sts_desired;
use crate::fail::{self, Fail};
use crate::guard::guard;
use crate::observed::sts_observed;
use crate::outcome;
use crate::pointer::{Buffer, record, records_of, sizes};
use crate::report::{STS_LIST_DESIRED, STS_LIST_OBSERVED, STS_LIST_OUT, sts_report};
use crate::snapshot::Snapshot;

/// Decides what to do now. Writes the actions and waits to `out`, in order. Writes to `report`: `action_count`, MORE,
/// `next_wake_ms`, `suggested_revision`, and the `status` to publish if every action succeeds.
///
/// `desired`, `observed` and `report` may not be NULL. `out` may be NULL if `cap` is 0. `now_ms` is the present moment,
/// in milliseconds since the Unix epoch. If the plan has more than `cap` actions, the code is STS_CODE_CAPACITY, and
/// `report->action_count` says how many it has. Call again with the same arguments and that much room, or ask
/// sts_action_bound() for room that always suffices. On any code but STS_CODE_OK `out` is untouched. The report is
/// always written, unless it is itself a bad pointer.
///
/// Records that break the contract give UNKNOWN_NUMBER, RESERVED, TOO_LARGE, OVERFLOW, NEGATIVE, NO_SUCH_ENTRY,
/// DUPLICATE, TOO_MANY or BAD_SIZE, with the list, the index and the field.
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
        let (snapshot, out) = unsafe {
            (
                Snapshot::read(desired, observed)?,
                Buffer::new(STS_LIST_OUT, out, cap)?,
            )
        };
        // SAFETY: a snapshot's sizes have been checked.
        let mut out = unsafe { out.of_records(snapshot.sizes.action) };
        let plan = snapshot.plan(now_ms)?;
        let count = plan.actions.len();
        report.action_count = count as u64;
        if count > out.room() {
            let message = format!("the plan has {count} actions, out has room for {cap}");
            return Err(Fail::of_nothing(STS_CODE_CAPACITY, message));
        }
        report.publish(plan.status);
        report.wake(plan.next_wake, plan.more);
        report.suggest(plan.suggests);
        out.fill(plan.actions.iter().map(sts_action::from));
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Says what follows from how the actions went: the `status` to publish, if there is one, and `next`, when to plan
/// again. Where an action failed, the status promises less than that of sts_plan().
///
/// The first three arguments are those of the sts_plan() call that gave the actions. `outcomes` has `count`
/// STS_OUTCOME_*, one for each action and wait, in their order. Outcomes that are missing at the end count as
/// NOT_TRIED. Outcomes of waits are ignored. UNKNOWN_NUMBER for an outcome without a meaning, NO_SUCH_ENTRY for more
/// outcomes than actions, and the codes of sts_plan().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_conclude(
    desired: *const sts_desired,
    observed: *const sts_observed,
    now_ms: i64,
    outcomes: *const u32,
    count: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its records.
        let (snapshot, outcomes) = unsafe {
            (
                Snapshot::read(desired, observed)?,
                records_of("outcomes", outcomes, count)?,
            )
        };
        let outcomes = outcome::read(outcomes)?;
        let plan = snapshot.plan(now_ms)?;
        let actions = plan.actions.len();
        if count > actions {
            let problem = format!("has {count} entries, the plan {actions} actions");
            return Err(fail::argument(STS_CODE_NO_SUCH_ENTRY, "outcomes", &problem));
        }
        let conclusion = plan.conclude(&outcomes);
        report.publish(conclusion.status);
        report.next = outcome::next(conclusion.next);
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// The largest number of actions and waits that any plan for these arguments can have, so that one allocation always
/// suffices. It grows with the lists and with `replicas`. `profile.max_actions` limits it. Only numbers are read, not
/// the lists. It is 0 if a pointer is NULL or misaligned, or if the sizes are bad.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_action_bound(
    desired: *const sts_desired,
    observed: *const sts_observed,
) -> usize {
    // SAFETY: what the header asks of the caller: each pointer is NULL or good for its record.
    let records = unsafe {
        sizes(STS_LIST_OBSERVED, observed).and_then(|sizes| {
            let desired = record(STS_LIST_DESIRED, desired, sizes.desired)?;
            Ok((
                desired,
                record(STS_LIST_OBSERVED, observed, sizes.observed)?,
            ))
        })
    };
    let Ok((desired, observed)) = records else {
        return 0;
    };
    let entries = observed.pod_count.saturating_add(observed.claim_count);
    let [replicas, templates, most] = [
        desired.replicas,
        desired.template_count,
        desired.profile.max_actions,
    ]
    .map(|number| usize::try_from(number).unwrap_or(usize::MAX));
    // Of each wanted ordinal the claims and the pod are made; with each entry there is at most one thing to do for each
    // of four reasons; and the finalizer.
    let deeds = replicas
        .saturating_mul(templates.saturating_add(1))
        .saturating_add(entries.saturating_mul(4))
        .saturating_add(1)
        .min(most);
    // No two waits are about one ordinal, and what has no pod, no claim and no action waits together with its neighbours,
    // as far as the next exclusion.
    let apart = entries
        .saturating_add(deeds)
        .saturating_mul(2)
        .saturating_add(desired.exclusion_count);
    let waits = apart
        .saturating_add(1)
        .min(replicas.saturating_add(entries).saturating_add(1));
    deeds.saturating_add(waits)
}
