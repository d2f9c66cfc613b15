//! What is not known, or known too late, does no harm.

use statefulset::{Do, Gate, Gates, On};

use crate::case::{Case, check};
use crate::{deeds, ensure, planned};

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
    check(10_000, |case: Case| {
        let informed = destruction(&case);
        let forgetters: [fn(&mut Case); 4] = [
            Case::forget_claims,
            Case::forget_volumes,
            Case::forget_nodes,
            |case| case.fresh = false,
        ];
        for (i, forget) in forgetters.into_iter().enumerate() {
            let mut ignorant = case.clone();
            forget(&mut ignorant);
            let more: Vec<Do> = destruction(&ignorant)
                .into_iter()
                .filter(|what| !informed.contains(what))
                .collect();
            ensure(more.is_empty(), || format!("without {i}: {more:?}"))?;
        }
        Ok(())
    });
}

/// What is destroyed: pods by ordinal, because of equal twins any may go.
fn destruction(case: &Case) -> Vec<Do> {
    let destroys = |what: &Do| what.is_delete() || *what == Do::ReleaseFinalizer;
    let deeds = deeds(&planned(case)).into_iter();
    let by_ordinal = deeds.map(|action| match action.what {
        Do::DeletePod { .. } => Do::DeletePod {
            pod: action.ordinal,
        },
        other => other,
    });
    by_ordinal.filter(destroys).collect()
}
