//! What changes in place promise (rules U-9 and U-10).

use statefulset::{Action, Change, Deletion, Do, InPlace, Phase, Plan, Policies, Reason, Strategy};

use crate::{ensure, planned};
use statefulset_cases::{Case, check};

fn with(case: &Case, in_place: InPlace) -> Plan {
    let mut case = case.clone();
    let policies = case.desired.policies;
    case.desired.policies = Policies {
        in_place,
        ..policies
    };
    planned(&case)
}

/// Where no pod goes with labels alone, a change takes the place of a deletion, and nothing else is different: not what waits,
/// not what is published.
#[test]
fn a_change_takes_the_place_of_a_deletion() {
    check(10_000, |mut case: Case| {
        for pod in &mut case.pods {
            pod.changing = false;
            if pod.change == Change::Nothing {
                pod.change = Change::InPlace;
            }
        }
        let revision = case.desired.update;
        let rolls = matches!(case.desired.strategy, Strategy::RollingUpdate(_));
        let gently = |action: &Action| {
            let mut action = *action;
            if let Do::DeletePod { pod: index } = action.what {
                let pod = &case.pods[index as usize];
                let ended = matches!(pod.phase, Phase::Succeeded | Phase::Failed);
                let stays = case.slots().contains(&pod.ordinal);
                let runs = pod.change == Change::InPlace && !ended && !pod.replace;
                if action.reason == Reason::Rollout && rolls && stays && runs {
                    action.what = Do::UpdateInPlace {
                        pod: index,
                        revision,
                    };
                }
            }
            action
        };
        let (off, on) = (with(&case, InPlace::Off), with(&case, InPlace::IfPossible));
        let expected: Vec<Action> = off.actions.iter().map(gently).collect();
        ensure(on.actions[..] == expected[..], || {
            format!("{:?}\nnot {expected:?}", on.actions)
        })?;
        ensure(
            on.status == off.status && on.next_wake == off.next_wake,
            || format!("{on:?}\nnot {off:?}"),
        )
    });
}

#[test]
fn in_place_only_deletes_nothing_for_a_rollout() {
    check(10_000, |case: Case| {
        if case.desired.strategy == Strategy::Recreate || case.desired.deletion != Deletion::No {
            return Ok(());
        }
        let plan = with(&case, InPlace::Only);
        let deleted = plan.deeds().find(|action| {
            let Do::DeletePod { pod } = action.what else {
                return false;
            };
            action.reason == Reason::Rollout && !case.pods[pod as usize].replace
        });
        ensure(deleted.is_none(), || format!("{deleted:?}"))
    });
}

#[test]
fn nothing_is_changed_and_taken_away_in_one_pass() {
    check(10_000, |case: Case| {
        let plan = planned(&case);
        let changed = plan.deeds().filter_map(|action| match action.what {
            Do::UpdateInPlace { pod, .. } => Some(pod),
            _ => None,
        });
        for index in changed {
            let touching = plan.deeds().filter(|action| match action.what {
                Do::DeletePod { pod }
                | Do::EvictPod { pod }
                | Do::ForceDeletePod { pod, .. }
                | Do::UpdateInPlace { pod, .. }
                | Do::Prepare { pod, .. }
                | Do::CancelPrepare { pod } => pod == index,
                _ => false,
            });
            let count = touching.count();
            ensure(count == 1, || format!("{index}: {:?}", plan.actions))?;
        }
        Ok(())
    });
}

/// Only a pod of another revision is changed, and only to the update revision.
#[test]
fn what_is_changed_was_old() {
    check(10_000, |case: Case| {
        let odd = planned(&case)
            .actions
            .into_iter()
            .find(|action| match action.what {
                Do::UpdateInPlace { pod, revision } => {
                    revision != case.desired.update
                        || case.pods[pod as usize].revision == revision
                        || case.desired.policies.in_place == InPlace::Off
                }
                _ => false,
            });
        ensure(odd.is_none(), || format!("{odd:?}"))
    });
}
