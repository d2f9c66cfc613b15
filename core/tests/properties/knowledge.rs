//! What is not known, or known too late, does no harm.

use statefulset::{Action, Do, Gate, Gates, On, Reason};

use crate::{deeds, ensure, planned};
use statefulset_cases::{Case, check};

#[test]
fn a_stale_view_gives_one_wait_and_nothing_else() {
    check(5_000, |mut case: Case| {
        case.fresh = false;
        let plan = planned(&case);
        let [action] = plan.actions[..] else {
            return Err(format!("{plan:?}"));
        };
        let Do::Wait(wait) = action.what else {
            return Err(format!("{action:?}"));
        };
        let silent = plan.status.is_none() && plan.next_wake.is_none() && !plan.more;
        let says_so = wait.gates == Gates::of(Gate::StaleView) && wait.on == On::View;
        ensure(silent && says_so, || format!("{plan:?}"))
    });
}

#[test]
fn less_knowledge_never_means_more_destruction() {
    check(10_000, |mut case: Case| {
        // What a node's drain or loss holds back, a rollout or scale-in may do where nodes and budgets are not known.
        type Forget = fn(&mut Case);
        type Needs = fn(&Action) -> bool;
        let forgetters: [(Forget, Needs); 5] = [
            (Case::forget_claims, destroys),
            (Case::forget_volumes, destroys),
            (|case| case.fresh = false, destroys),
            (Case::forget_nodes, destroys_for_good),
            (Case::forget_budgets, destroys_for_good),
        ];
        // Where not all may go, which ones do depends on all that is known.
        case.desired.policies.allowance = None;
        case.desired.policies.pace = None;
        for (i, (forget, counts)) in forgetters.into_iter().enumerate() {
            let mut ignorant = case.clone();
            forget(&mut ignorant);
            let informed = destruction(&case, counts);
            let more: Vec<Do> = destruction(&ignorant, counts)
                .into_iter()
                .filter(|what| !informed.contains(what))
                .collect();
            ensure(more.is_empty(), || format!("without {i}: {more:?}"))?;
        }
        Ok(())
    });
}

fn destroys(action: &Action) -> bool {
    action.what.is_delete() || action.what == Do::ReleaseFinalizer
}

/// Or for a node's sake, which nobody can know who knows no nodes.
fn destroys_for_good(action: &Action) -> bool {
    let graceful = matches!(action.what, Do::DeletePod { .. });
    destroys(action) && (!graceful || action.reason == Reason::NodeGone)
}

/// What is destroyed: pods by ordinal, because of equal twins any may go.
fn destruction(case: &Case, counts: fn(&Action) -> bool) -> Vec<Do> {
    let deeds = deeds(&planned(case)).into_iter().filter(counts);
    let by_ordinal = deeds.map(|action| match action.what {
        Do::DeletePod { .. } => Do::DeletePod {
            pod: action.ordinal,
        },
        Do::EvictPod { .. } => Do::EvictPod {
            pod: action.ordinal,
        },
        Do::ForceDeletePod { .. } => Do::ForceDeletePod {
            pod: action.ordinal,
            node: None,
        },
        other => other,
    });
    by_ordinal.collect()
}
