//! What is published, whatever became of the actions.

use quickcheck::{Arbitrary, Gen};
use statefulset::{Next, Outcome, Status, Strategy};

use crate::{ensure, planned};
use statefulset_cases::{Case, check};

/// How each action went.
#[derive(Clone, Debug)]
struct Outcomes(Vec<Outcome>);

impl Arbitrary for Outcomes {
    fn arbitrary(g: &mut Gen) -> Self {
        let any = [
            Outcome::Done,
            Outcome::Done,
            Outcome::Done,
            Outcome::NotFound,
            Outcome::AlreadyExists,
            Outcome::Failed,
            Outcome::NotTried,
        ];
        Self(
            (0..16)
                .map(|_| *g.choose(&any).expect("a choice"))
                .collect(),
        )
    }
}

fn counters_hold(status: &Status) -> bool {
    let Status {
        replicas,
        ready,
        available,
        current,
        updated,
        ..
    } = *status;
    ready <= replicas && available <= ready && current <= replicas && updated <= replicas
}

/// What the API server checks too.
#[test]
fn counters_are_never_above_replicas() {
    check(10_000, |(case, Outcomes(outcomes)): (Case, Outcomes)| {
        let plan = planned(&case);
        let cut = outcomes.len().min(plan.actions.len());
        for outcomes in [&outcomes[..cut], &[]] {
            if let Some(status) = plan.conclude(outcomes).status {
                ensure(counters_hold(&status), || format!("{status:?}"))?;
            }
        }
        ensure(plan.status.as_ref().is_none_or(counters_hold), || {
            format!("{:?}", plan.status)
        })
    });
}

#[test]
fn the_status_of_the_plan_is_that_of_complete_success() {
    check(5_000, |case: Case| {
        let plan = planned(&case);
        let done = plan.conclude(&vec![Outcome::Done; plan.actions.len()]);
        ensure(done.status == plan.status, || {
            format!("{done:?}\n{:?}", plan.status)
        })
    });
}

#[test]
fn a_published_status_is_not_published_again() {
    check(5_000, |mut case: Case| {
        // Without a `rollingUpdate` block the published status is an input, and so are its times.
        if case.desired.strategy == Strategy::RollingUpdate(None) {
            return Ok(());
        }
        case.desired.policies.pace = None;
        case.desired.policies.deadline = None;
        let Some(status) = planned(&case).status else {
            return Ok(());
        };
        case.desired.published = Some(status);
        let again = planned(&case);
        ensure(again.status.is_none(), || format!("{:?}", again.status))
    });
}

#[test]
fn whatever_failed_is_tried_again() {
    check(5_000, |(case, Outcomes(outcomes)): (Case, Outcomes)| {
        let plan = planned(&case);
        let mut tried = plan
            .actions
            .iter()
            .zip(&outcomes)
            .filter(|(action, _)| !action.what.is_wait());
        let failed = tried.any(|(action, outcome)| match outcome {
            Outcome::NotFound => !action.what.is_delete() || action.must_exist,
            Outcome::AlreadyExists | Outcome::Failed => true,
            Outcome::Done | Outcome::NotTried => false,
            other => unreachable!("{other:?}: the test does not know it yet"),
        });
        let next = plan
            .conclude(&outcomes[..outcomes.len().min(plan.actions.len())])
            .next;
        ensure(!failed || next == Next::Retry, || {
            format!("{next:?} after {outcomes:?}")
        })
    });
}
