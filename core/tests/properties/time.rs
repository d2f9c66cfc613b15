//! `next_wake` and `max_actions`: how far a plan reaches.

use statefulset::{Phase, Plan, Status};

use crate::{deeds, ensure, planned};
use statefulset_cases::{Case, check};

/// All of a plan but what it would conclude.
fn same(one: &Plan, two: &Plan) -> bool {
    one.actions == two.actions && one.status == two.status && one.next_wake == two.next_wake
}

/// The same case, of which the published status says already when something happened that has no other record.
fn with_known_times(mut case: Case) -> Case {
    let before = case.desired.published;
    let Some(status) = planned(&case).status else {
        return case;
    };
    let disrupted_at = before.and_then(|it| it.disrupted_at);
    if status.disrupted_at == Some(case.now) {
        case.desired.policies.pace = None;
    }
    if status.progressed_at == Some(case.now) {
        case.desired.published = Some(Status {
            disrupted_at,
            ..status
        });
    }
    case
}

#[test]
fn nothing_changes_before_the_next_wake_and_something_does_then() {
    check(10_000, |mut case: Case| {
        // A pod that claims to be ready without running changes nothing when it becomes available.
        for pod in &mut case.pods {
            pod.ready &= pod.phase == Phase::Running;
        }
        // A twin that is ignored, likewise.
        case.pods.sort_unstable();
        case.pods.dedup_by_key(|pod| pod.ordinal);
        case.keep_contract();
        let case = with_known_times(case);
        let plan = planned(&case);
        let later = |now| {
            planned(&Case {
                now,
                ..case.clone()
            })
        };
        let Some(wake) = plan.next_wake else {
            let for_ever = [case.now + 1, case.now + 1_000, i64::MAX];
            let changes = for_ever.into_iter().find(|&t| !same(&plan, &later(t)));
            return ensure(changes.is_none(), || format!("{plan:?} at {changes:?}"));
        };
        ensure(wake > case.now, || format!("{wake} is not in the future"))?;
        for t in [case.now, case.now + (wake - case.now) / 2, wake - 1] {
            ensure(same(&plan, &later(t)), || format!("{plan:?} at {t}"))?;
        }
        ensure(!same(&plan, &later(wake)), || {
            format!("{plan:?} at its wake {wake}")
        })
    });
}

#[test]
fn without_a_minimum_of_readiness_or_lost_nodes_no_clock_matters() {
    check(5_000, |(mut case, now): (Case, i64)| {
        case.desired.min_ready = 0;
        case.desired.profile.lost_nodes = None;
        case.desired.policies.repair = None;
        case.desired.policies.pace = None;
        case.desired.policies.deadline = None;
        let plan = planned(&case);
        case.now = now;
        let other = planned(&case);
        ensure(same(&plan, &other), || format!("{plan:?}\n{other:?}"))
    });
}

#[test]
fn a_limited_plan_is_a_prefix_of_the_full_one() {
    check(5_000, |mut case: Case| {
        let full = planned(&case);
        let all = deeds(&full);
        for limit in 0..=all.len() + 1 {
            case.desired.profile.max_actions = u32::try_from(limit).expect("few");
            let plan = planned(&case);
            let cut = limit < all.len();
            ensure(plan.more == cut, || {
                format!("{limit}: more is {}", plan.more)
            })?;
            if cut {
                let prefix = plan.actions[..] == all[..limit];
                ensure(prefix, || format!("{limit}: {:?} of {all:?}", plan.actions))?;
            } else {
                ensure(same(&plan, &full), || format!("{limit}: {plan:?}"))?;
            }
        }
        Ok(())
    });
}
