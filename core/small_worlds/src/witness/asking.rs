//! Rules J: pods that are asked before they go, held, or to be replaced.

use statefulset::{Action, Change, Departure, Do, Paused, Prepared, Purposes, Reason};

use super::{Case, Verdict, ensure};
use crate::configuration::{SEATS, Way};
use crate::member::{Life, Member};

pub(super) fn check(case: &Case, action: &Action) -> Verdict {
    let ordinal = action.ordinal as usize;
    let Some(pod) = (ordinal < SEATS).then(|| case.pod(ordinal)).flatten() else {
        return Ok(());
    };
    if let Do::CancelPrepare { .. } = action.what {
        return taken_back(case, ordinal, pod);
    }
    let wanted = case.world.is_wanted(ordinal);
    let Some(purpose) = purpose(action).filter(|_| case.takes_away(action)) else {
        return Ok(());
    };
    let purposes = if wanted {
        purpose
    } else {
        purpose.with(Purposes::SCALE_IN)
    };
    let wrong = |what: &str| format!("web-{ordinal} goes ({:?}) {what}: {pod:?}", action.reason);
    ensure(!pod.hold(case.c).overlaps(purposes), || {
        wrong("and is held")
    })?;
    let departure = if wanted {
        Departure::Restart
    } else {
        Departure::Leave
    };
    // Nothing of a pod that has ended runs, and it comes back.
    let ended = wanted && pod.life == Life::Failed;
    let returns =
        pod.prepared == Prepared::Returning || pod.prepared.asked() == Some(Departure::Leave);
    ensure(ended || !wanted || !returns, || {
        wrong("and is not back in service")
    })?;
    let must_ask = case.c.ask.overlaps(purposes) && !ended;
    let may = pod.prepared.may() == Some(departure);
    match action.what {
        Do::Prepare {
            departure: asked, ..
        } => {
            let news = pod.prepared.asked() != Some(asked);
            let right = must_ask && !may && news && asked == departure && !pod.terminating;
            ensure(right, || wrong("and is asked"))
        }
        _ => ensure(!must_ask || may, || wrong("without an answer")),
    }
}

/// Rule J-7: what somebody wants replaced counts against the limit of unavailable pods.
pub(super) fn check_all(case: &Case) -> Verdict {
    let replaced = case.deleted(Reason::Requested);
    let taken = replaced.filter(|(_, pod)| !case.is_down(Some(pod))).count();
    if taken == 0 {
        return Ok(());
    }
    let rolls = case.deleted(Reason::Rollout).next().is_some();
    ensure(!rolls, || "a rollout goes on beside a replacement".into())?;
    let down = case.slots().filter(|(_, pod)| case.is_down(*pod)).count();
    let most = match case.c.way {
        Way::Rolling(Some(limit)) if case.c.profile.max_unavailable => case.limit(limit),
        _ => 1,
    };
    ensure(down + taken <= most, || {
        format!("{taken} are replaced on request, {down} are unavailable, and {most} may be")
    })
}

fn purpose(action: &Action) -> Option<Purposes> {
    match action.reason {
        Reason::ScaleIn => Some(Purposes::SCALE_IN),
        Reason::Rollout | Reason::Requested => Some(Purposes::ROLLOUT),
        Reason::BrokenRevision | Reason::TerminalPod => Some(Purposes::REPAIR),
        Reason::Drain => Some(Purposes::DRAIN),
        _ => None,
    }
}

/// Whether a repair would replace the pod now (rule F-1).
fn rolls_and_is_broken(case: &Case, ordinal: usize, pod: &Member) -> bool {
    let meant = case.c.way.is_rolling() && !case.is_below_partition(ordinal);
    case.c.repair.is_some_and(|repair| {
        let over = repair.after == 0
            || repair.pending && pod.life == Life::Pending
            || pod.aged && !pod.ready;
        let in_turn = repair.ordered || !case.c.is_ordered();
        let labels = case.means(pod) == Some(Change::Nothing);
        meant && case.is_old(pod) && over && in_turn && !labels && !case.is_available(pod)
    })
}

/// Rule J-5.
fn taken_back(case: &Case, ordinal: usize, pod: &Member) -> Verdict {
    let draining = case.c.profile.drain_nodes && case.c.nodes && case.world.site_of(pod).draining;
    let rolled = case.is_old(pod)
        && match case.c.way {
            Way::OnDelete => false,
            Way::Recreate => true,
            _ => {
                let meant = case.is_ranked() || !case.is_below_partition(ordinal);
                meant && case.is_disturbed(pod)
            }
        };
    let repaired = rolls_and_is_broken(case, ordinal, pod);
    let drained = draining && pod.life != Life::Pending;
    let goes = pod.replace || drained || repaired || rolled && !case.is_ranked();
    let stays = match pod.prepared.asked() {
        Some(Departure::Leave) => true,
        Some(_) => !goes,
        None => false,
    };
    let right = stays && case.world.is_wanted(ordinal) && !case.pauses(Paused::ALL);
    ensure(right && !pod.terminating, || {
        format!("web-{ordinal} is told that it stays: {pod:?}")
    })
}
