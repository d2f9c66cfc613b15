//! Rules O, R, V, X, Z and M of pods that are created or replaced where they are.

use statefulset::{Action, Do, GiveUp, Keep, Paused, Purposes, Reason, Shutdown};

use super::{Case, Verdict, ensure};
use crate::configuration::{SEATS, Way};
use crate::member::Life;
use crate::storage::PodOwner;

pub(super) fn check(case: &Case, action: &Action) -> Verdict {
    match action.what {
        Do::CreatePod { revision } => created(case, action, revision.0),
        Do::DeletePod { .. } if action.reason == Reason::TerminalPod => replaced(case, action),
        Do::CreateClaim { .. } => {
            let paused = case.pauses(Paused::CREATION) && action.reason == Reason::ScaleOut;
            ensure(!paused, || "a claim is created while that is paused".into())
        }
        _ => Ok(()),
    }
}

fn created(case: &Case, action: &Action, revision: u64) -> Verdict {
    let Case { c, world, plan } = *case;
    let ordinal = action.ordinal as usize;
    let wrong = |what: &str| format!("web-{ordinal} is created {what}");
    ensure(world.is_wanted(ordinal), || wrong("and not desired"))?;
    ensure(case.pod(ordinal).is_none(), || wrong("and exists"))?;
    ensure(!case.is_deleted(), || wrong("for a set that is deleted"))?;
    ensure(!case.pauses(Paused::CREATION), || wrong("while paused"))?;
    let earlier = |what: fn(&Do) -> bool| {
        plan.deeds().any(|other| {
            what(&other.what)
                && (other.ordinal == action.ordinal || other.stage < action.stage)
                && (other.stage, other.step) < (action.stage, action.step)
        })
    };
    if c.claims {
        let claim = world.claims[ordinal];
        let ready = claim.is_some_and(|claim| !claim.terminating)
            || claim.is_none() && earlier(|what| matches!(what, Do::CreateClaim { .. }));
        ensure(ready, || wrong("without its claim"))?;
        let stale = claim.is_some_and(|claim| claim.owned_by_pod != PodOwner::Nobody);
        let collected = c.retention.when_scaled == Keep::Delete;
        ensure(!(stale && collected), || {
            wrong("beside a claim of an earlier pod")
        })?;
        let leaves = plan.deeds().any(|other| {
            matches!(other.what, Do::DeleteClaim { .. }) && other.ordinal == action.ordinal
        });
        ensure(!leaves || c.profile.give_up != GiveUp::Delete, || {
            wrong("and its claim deleted")
        })?;
    }
    let held = world.finalizer
        || plan
            .deeds()
            .any(|other| other.what == Do::HoldFinalizer && other.stage < action.stage);
    ensure(c.profile.shutdown != Shutdown::Ordered || held, || {
        wrong("before the finalizer is held")
    })?;
    if c.is_ordered() {
        let before = case.slots().take_while(|&(other, _)| other < ordinal);
        let mut before = before.map(|(_, pod)| pod);
        let steady = before.all(|pod| pod.is_some_and(|pod| case.is_steady(pod)));
        ensure(steady, || wrong("before its turn"))?;
    } else {
        within_scale_out(case, ordinal)?;
        if c.profile.kubernetes >= statefulset::Version::V1_38 {
            let later = case.deleted(Reason::ScaleIn).next().is_some()
                && !plan
                    .deeds()
                    .any(|other| other.reason == Reason::ScaleIn && other.stage < action.stage);
            ensure(!later, || wrong("before condemned pods go"))?;
        }
    }
    if c.way == Way::Recreate && !case.pauses(Paused::ROLLOUT) {
        let old = world.pods.iter().flatten().any(|pod| case.is_old(pod));
        ensure(!old, || wrong("while old pods exist"))?;
    }
    let (update, current) = (
        u64::from(world.spec.update),
        u64::from(world.published.current_revision),
    );
    let right = match c.way {
        Way::OnDelete | Way::Recreate => revision == update,
        _ if case.is_ranked() => revision == update || case.partition() > 0 && revision == current,
        Way::Rolling(_) if case.is_below_partition(ordinal) => revision == current,
        Way::Blockless if world.place(ordinal) < published(case) => revision == current,
        _ => revision == update,
    };
    ensure(right, || wrong("at the wrong revision"))
}

/// The published number of pods at the current revision, without those that only a policy keeps (rule V-2).
fn published(case: &Case) -> usize {
    let stored = usize::from(case.world.published.current);
    let missing = case.slots().any(|(_, pod)| case.is_down(pod));
    let stay = case.condemned().filter(|&(ordinal, pod)| {
        let waits = case.c.stand_in_first && missing && case.world.is_excluded(ordinal);
        let held = pod.hold(case.c).overlaps(Purposes::SCALE_IN);
        let kept = case.pauses(Paused::SCALE_IN) || waits || held;
        kept && pod.revision == case.world.published.current_revision && !pod.terminating
    });
    let held = case.slots().filter_map(|(_, pod)| pod).filter(|pod| {
        let counts = pod.revision == case.world.published.current_revision && !pod.terminating;
        let stays = pod.hold(case.c).overlaps(Purposes::ROLLOUT) || case.means(pod).is_none();
        counts && stays
    });
    stored.saturating_sub(stay.count() + held.count())
}

/// A pod that has ended.
fn replaced(case: &Case, action: &Action) -> Verdict {
    let ordinal = action.ordinal as usize;
    let wrong = |what: &str| format!("web-{ordinal} is replaced for having ended {what}");
    let ended = case
        .pod(ordinal)
        .is_some_and(|pod| pod.life == Life::Failed);
    ensure(ended, || wrong("and has not"))?;
    ensure(case.world.is_wanted(ordinal), || wrong("and not desired"))?;
    ensure(!case.pauses(Paused::REPLACEMENT), || wrong("while paused"))?;
    if case.c.is_ordered() {
        let mut before = case.slots().take_while(|&(other, _)| other < ordinal);
        // A slot that a pause keeps empty is passed.
        let steady = before
            .all(|(_, pod)| pod.map_or(case.pauses(Paused::CREATION), |pod| case.is_steady(pod)));
        ensure(steady, || wrong("before its turn"))
    } else {
        within_scale_out(case, ordinal)
    }
}

/// Rule M-1: the slots on their way to a new pod, up to this one.
fn within_scale_out(case: &Case, ordinal: usize) -> Verdict {
    let Some(limit) = case.c.scale_out_limit else {
        return Ok(());
    };
    let on_their_way = case
        .slots()
        .filter(|&(other, _)| other <= ordinal)
        .filter(|(_, pod)| {
            pod.is_none_or(|pod| {
                pod.life == Life::Failed || pod.terminating || !case.is_available(pod)
            })
        });
    let (count, limit) = (on_their_way.count(), case.limit(limit));
    ensure(count <= limit, || {
        format!("web-{ordinal} comes beside {count} slots, and {limit} are allowed")
    })
}

/// Rule O-3: slots are filled in batches of 1, 2, 4 …, one after the other.
fn in_batches(case: &Case) -> Verdict {
    let created = || {
        let creations = case
            .plan
            .deeds()
            .filter(|action| matches!(action.what, Do::CreatePod { .. }));
        creations.map(|action| {
            let place = case.world.place(action.ordinal as usize);
            ((place + 1).ilog2(), action)
        })
    };
    for (batch, action) in created() {
        let mut others = created();
        let astray = others.find(|(other, before)| {
            *other < batch && before.stage >= action.stage
                || *other == batch && before.stage != action.stage
        });
        ensure(astray.is_none(), || {
            format!("web-{} does not come in its batch", action.ordinal)
        })?;
    }
    Ok(())
}

/// Rule O-2: one pod changes at a time. Duties, a deleted set and the rollout have rules of their own.
pub(super) fn check_all(case: &Case) -> Verdict {
    if !case.c.is_ordered() {
        in_batches(case)?;
    }
    let mut seen = [false; SEATS];
    let mut changing = 0;
    for action in case.plan.deeds() {
        let is_creation = matches!(action.what, Do::CreatePod { .. });
        let is_deletion = case.takes_away(action);
        if !(is_creation || is_deletion) {
            continue;
        }
        let ordinal = action.ordinal as usize;
        ensure(!seen[ordinal], || format!("web-{ordinal} is changed twice"))?;
        seen[ordinal] = true;
        if case
            .pod(ordinal)
            .is_some_and(|pod| case.is_in_motion(ordinal, pod))
        {
            continue;
        }
        changing += usize::from(
            is_creation
                || matches!(
                    action.reason,
                    Reason::ScaleIn | Reason::TerminalPod | Reason::BrokenRevision
                ),
        );
    }
    let rolls = case.deleted(Reason::Rollout).next().is_some() && case.c.way != Way::Recreate;
    let alone = changing == 0 || changing == 1 && !rolls;
    ensure(!case.c.is_ordered() || alone, || {
        "several pods change at a time".into()
    })
}
