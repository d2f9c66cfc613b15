//! Asking before a pod goes, and letting it stay (rules J).

use statefulset::{
    Action, Change, Deletion, Departure, Do, Management, NO_ORDINAL, Ordinal, Paused, Pod,
    Prepared, Purposes, Reason, Strategy,
};

use crate::world::World;
use crate::{departing, ensure, holder, is_available, is_wanted, planned};
use statefulset_cases::{Case, check};

/// What pods go for by this action (rule J-1).
fn purposes(case: &Case, action: &Action) -> Purposes {
    let own = match action.reason {
        Reason::ScaleIn => Purposes::SCALE_IN,
        Reason::Rollout | Reason::Requested => Purposes::ROLLOUT,
        Reason::BrokenRevision | Reason::TerminalPod => Purposes::REPAIR,
        Reason::Drain => Purposes::DRAIN,
        _ => return Purposes::NONE,
    };
    if is_wanted(case, action.ordinal) {
        own
    } else {
        own.with(Purposes::SCALE_IN)
    }
}

fn departure(case: &Case, ordinal: Ordinal) -> Departure {
    if is_wanted(case, ordinal) {
        Departure::Restart
    } else {
        Departure::Leave
    }
}

#[test]
fn nothing_goes_that_must_be_asked_and_is_not_prepared() {
    check(20_000, |case: Case| {
        for (action, pod) in departing(&case, &planned(&case)) {
            let asks = case.desired.policies.ask.overlaps(purposes(&case, &action));
            // Nothing of a pod that has ended runs, and it comes back.
            let ended = is_wanted(&case, pod.ordinal) && pod.is_terminal();
            // Nor does anything of one restart that only gets new labels.
            let labels =
                matches!(action.what, Do::UpdateInPlace { .. }) && pod.change == Change::Nothing;
            let prepared = pod.prepared.may() == Some(departure(&case, pod.ordinal));
            let question = matches!(action.what, Do::Prepare { .. });
            ensure(!asks || ended || labels || prepared || question, || {
                format!("{action:?}")
            })?;
            ensure(asks || !question, || format!("for nothing: {action:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn nothing_goes_or_is_asked_that_is_held() {
    check(20_000, |case: Case| {
        for (action, pod) in departing(&case, &planned(&case)) {
            let held = pod.hold.overlaps(purposes(&case, &action));
            ensure(!held, || format!("{action:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn no_pod_is_asked_what_it_was_asked_before() {
    check(20_000, |case: Case| {
        for (action, pod) in departing(&case, &planned(&case)) {
            if let Do::Prepare { departure, .. } = action.what {
                ensure(pod.prepared.asked() != Some(departure), || {
                    format!("{action:?}")
                })?;
                // What is on its way back is asked for its end alone.
                let returns = pod.prepared == Prepared::Returning;
                ensure(!returns || departure == Departure::Leave, || {
                    format!("{action:?}")
                })?;
            }
        }
        Ok(())
    });
}

/// More holds, fewer pods that go: none of those that are held, and in their place at most as many others.
#[test]
fn holding_a_pod_never_lets_more_go() {
    check(20_000, |(mut case, which, bits): (Case, u8, u8)| {
        // Which of two twins fills a slot depends on all that is known of them (rule P-2).
        case.pods.sort_by_key(|pod| pod.ordinal);
        case.pods.dedup_by_key(|pod| pod.ordinal);
        // A drain holds up everything else (rule N-4).
        case.desired.profile.drain_nodes = false;
        // Which pods an allowance or a pace lets go depends on which ones are to go.
        case.desired.policies.allowance = None;
        case.desired.policies.pace = None;
        // A walk ends at the first pod that may not go for its limit, and passes over one that is held.
        case.desired.profile.walk = false;
        // A rollout begins in the pass after that of a requested replacement (rule J-7), or at once without one.
        for pod in &mut case.pods {
            pod.replace = false;
        }
        let Some(index) = (which as usize).checked_rem(case.pods.len()) else {
            return Ok(());
        };
        let before = departing(&case, &planned(&case)).len();
        let mut held = case.clone();
        let hold = &mut held.pods[index].hold;
        let more = Purposes::from_bits(bits & Purposes::ALL.bits()).expect("known bits");
        *hold = hold.with(more);
        let after = departing(&held, &planned(&held)).len();
        ensure(after <= before, || {
            format!("{after} in the place of {before}")
        })
    });
}

/// In `OrderedReady` there is one pod on its way, wherever its limit of unavailable pods does not allow more.
#[test]
fn ordered_ready_never_asks_a_second_pod() {
    check(20_000, |mut case: Case| {
        case.desired.management = Management::OrderedReady;
        case.desired.profile.max_unavailable = false;
        case.desired.policies.paused = Paused::NOTHING;
        if case.desired.strategy == Strategy::Recreate || case.desired.deletion != Deletion::No {
            return Ok(());
        }
        let asked = |pod: &&Pod| {
            let prepared = if is_wanted(&case, pod.ordinal) {
                let fills = holder(&case, pod.ordinal) == Some(*pod);
                fills && pod.prepared != Prepared::No
            } else {
                pod.prepared.asked() == Some(Departure::Leave)
            };
            prepared && pod.ordinal != NO_ORDINAL
        };
        let before = case.pods.iter().filter(asked).count();
        let plan = planned(&case);
        let questions = plan.deeds().filter(|action| {
            matches!(action.what, Do::Prepare { .. }) && action.reason != Reason::Drain
        });
        // A pod at which the pass ends holds everything up, whatever else is under way (rules F-3 and J-7).
        let questions = questions.filter(|action| {
            let is_steady = |pod: &Pod| pod.is_running_and_ready() && is_available(&case, pod);
            !is_wanted(&case, action.ordinal)
                || holder(&case, action.ordinal).is_some_and(is_steady)
        });
        let more = questions.count();
        ensure(more == 0 || before + more == 1, || {
            format!("{before} and {more} more: {:?}", plan.actions)
        })
    });
}

/// From every state that questions can be in, whatever is changed on the way: in a kind world each is answered or taken back.
#[test]
fn no_question_stays() {
    check(2_000, |(case, flips): (Case, Vec<u8>)| {
        let mut world = World::new(case);
        world.case.desired.deletion = Deletion::No;
        for flip in flips.iter().take(8) {
            let desired = &mut world.case.desired;
            match flip % 4 {
                0 => desired.replicas = u32::from(flip / 4) % 6,
                1 => std::mem::swap(&mut desired.current, &mut desired.update),
                2 => {
                    let bits = (flip / 4) & Purposes::ALL.bits();
                    desired.policies.ask = Purposes::from_bits(bits).expect("known bits");
                }
                _ => {}
            }
            world.act(|_| flip % 3 != 0);
            world.turn();
        }
        for _ in 0..80 {
            world.act(|_| true);
            world.turn();
        }
        let plan = planned(&world.case);
        // Scale-in may wait for ever, as in Kubernetes (rule D-3); what such a pod was asked before does not matter any more.
        let is_left = |pod: &&Pod| {
            let asked = if is_wanted(&world.case, pod.ordinal) {
                pod.prepared != Prepared::No
            } else {
                pod.prepared.asked() == Some(Departure::Leave)
            };
            asked && pod.ordinal != NO_ORDINAL && !pod.is_terminal()
        };
        let left = world.case.pods.iter().find(is_left);
        ensure(left.is_none(), || format!("{left:?}: {plan:?}"))
    });
}
