//! Rules D and H, and what X, Z and M say of pods that are asked to go.

use statefulset::{Action, Deletion, Do, Paused, Reason, Shutdown};

use super::{Case, Verdict, ensure};
use crate::configuration::{SEATS, Way};
use crate::member::Member;

pub(super) fn check(case: &Case, action: &Action) -> Verdict {
    let ordinal = action.ordinal as usize;
    if !case.takes_away(action) {
        return Ok(());
    }
    let wrong = |what: &str| format!("web-{ordinal} is asked to go {what} ({:?})", action.reason);
    let Some(pod) = (ordinal < SEATS).then(|| case.pod(ordinal)).flatten() else {
        return Err(wrong("and does not exist"));
    };
    let by_force = matches!(action.what, Do::ForceDeletePod { .. });
    ensure(by_force || !pod.terminating, || wrong("a second time"))?;
    let takes = matches!(
        action.reason,
        Reason::ScaleIn | Reason::Rollout | Reason::Drain
    );
    ensure(
        !(takes
            && case.group_holds()
            && case.is_available(pod)
            && !case.is_in_motion(ordinal, pod)
            && pod.prepared.asked().is_none()),
        || wrong("while the group allows none"),
    )?;
    let wanted = case.world.is_wanted(ordinal);
    // What was asked goes on in spite of a deadline (rule M-7).
    let overdue = case.is_held_for_its_deadline() && pod.prepared.asked().is_none();
    let rolls = !case.pauses(Paused::ROLLOUT) && !overdue;
    let right = match action.reason {
        Reason::Shutdown => {
            case.world.spec.deletion == Deletion::WithPods
                && case.c.profile.shutdown == Shutdown::Ordered
        }
        Reason::NodeGone => true,
        _ if case.is_deleted() => false,
        Reason::ScaleIn => !wanted && !case.pauses(Paused::SCALE_IN),
        Reason::Rollout => {
            let meant = wanted && case.c.way.is_rolling() || case.c.way == Way::Recreate;
            case.is_old(pod) && meant && rolls
        }
        Reason::Requested => wanted && pod.replace && rolls,
        Reason::BrokenRevision => wanted && case.is_old(pod) && !case.pauses(Paused::REPAIR),
        Reason::TerminalPod | Reason::Drain => true,
        _ => false,
    };
    ensure(right, || wrong("for no good reason"))
}

pub(super) fn check_all(case: &Case) -> Verdict {
    shutdown(case)?;
    let leaving: Vec<usize> = case.deleted(Reason::ScaleIn).map(|(o, _)| o).collect();
    let Some(&first) = leaving.first() else {
        return Ok(());
    };
    let wrong = |what: &str| Err(format!("web-{first} leaves {what}"));
    let excluded = leaving.iter().any(|&o| case.world.is_excluded(o));
    let mut slots = case.slots();
    let all_up = slots.all(|(_, pod)| !case.is_down(pod));
    if case.c.stand_in_first && excluded && !all_up {
        return wrong("before its stand-in is there");
    }
    if case.c.is_ordered() {
        let mut all = (0..SEATS).filter_map(|o| Some((o, case.pod(o)?)));
        if all.any(|(o, pod)| case.is_in_motion(o, pod)) {
            return wrong("beside a pod that was asked");
        }
        // Those above the range go first, then excluded ones.
        let highest = case.condemned().next_back().map(|(o, _)| o);
        let last = case.world.wanted().last();
        let above = case
            .condemned()
            .rfind(|&(o, _)| last.is_none_or(|last| o > last))
            .map(|(o, _)| o);
        if Some(first) != above.or(highest) {
            return wrong("before its turn");
        }
        let mut slots = case.slots();
        let steady = slots
            .all(|(_, pod)| pod.map_or(case.pauses(Paused::CREATION), |pod| case.is_steady(pod)));
        if !steady {
            return wrong("before all slots are available");
        }
        let healthy = case.pod(first).is_some_and(|pod| case.is_steady(pod));
        let mut lower = case.condemned().filter(|&(o, _)| o < first);
        if !healthy && lower.any(|(_, pod)| case.is_unhealthy(pod)) {
            return wrong("although a lower one is unhealthy");
        }
    } else if let Some(limit) = case.c.scale_in_limit {
        let leaves = |&(o, pod): &(usize, &Member)| pod.terminating || case.is_in_motion(o, pod);
        let terminating = case.condemned().filter(leaves).count();
        if terminating + leaving.len() > case.limit(limit) {
            return wrong("beyond the limit of scale-in");
        }
    }
    Ok(())
}

/// Rule H-2.
fn shutdown(case: &Case) -> Verdict {
    let leaving: Vec<usize> = case.deleted(Reason::Shutdown).map(|(o, _)| o).collect();
    if !case.c.is_ordered() || leaving.is_empty() {
        return Ok(());
    }
    let highest = (0..SEATS).rev().find(|&o| case.pod(o).is_some());
    ensure(
        leaving.len() == 1 && leaving.first().copied() == highest,
        || format!("{leaving:?} are shut down, and not the highest alone"),
    )
}
