//! Rules N and L: pods that go for their node's sake.

use statefulset::{Action, Do, Reason};

use super::{Case, Verdict, ensure, is_of_claim};
use crate::site::Signal;

pub(super) fn check(case: &Case, action: &Action) -> Verdict {
    let ordinal = action.ordinal as usize;
    if !action.what.is_delete() || is_of_claim(action) {
        return Ok(());
    }
    let Some(pod) = case.pod(ordinal) else {
        return Ok(());
    };
    let site = case.world.site_of(pod);
    let profile = &case.c.profile;
    let right = match (action.what, action.reason) {
        (Do::ForceDeletePod { .. }, reason) => {
            let fence = profile.lost_nodes.is_some_and(|lost| lost.require_fence);
            let dead = site.signal == Signal::Fenced || site.signal == Signal::Removed && !fence;
            reason == Reason::NodeGone && profile.lost_nodes.is_some() && dead
        }
        (Do::DeletePod { .. }, Reason::NodeGone) => {
            let some_report = case.world.sites.iter().any(|s| s.signal == Signal::Ready);
            profile.lost_nodes.is_some() && site.signal == Signal::Silent && some_report
        }
        (Do::EvictPod { .. }, reason) => {
            reason == Reason::Drain && profile.drain_nodes && site.draining
        }
        (_, Reason::Drain) => false,
        _ => true,
    };
    ensure(right, || {
        format!(
            "web-{ordinal} goes for its node's sake: {site:?} ({:?})",
            action.what
        )
    })
}

pub(super) fn check_all(case: &Case) -> Verdict {
    let moved = |case: &Case| {
        case.deleted(Reason::Drain).next().is_some()
            || case.deleted(Reason::NodeGone).next().is_some()
    };
    if moved(case) && case.c.way.is_rolling() {
        let also = case.deleted(Reason::Rollout).next().is_some()
            || case.c.is_ordered() && case.deleted(Reason::ScaleIn).next().is_some();
        ensure(!also, || {
            "a pass moves pods, and scales in or rolls out as well".into()
        })?;
    }
    if case.c.budget.is_some() {
        let evicted = case.plan.deeds().filter(|action| {
            let pod = case
                .world
                .pods
                .get(action.ordinal as usize)
                .copied()
                .flatten();
            matches!(action.what, Do::EvictPod { .. }) && pod.is_some_and(|pod| pod.ready)
        });
        let (spent, allowed) = (evicted.count(), usize::from(case.world.allowed(case.c)));
        ensure(spent <= allowed, || {
            format!("{spent} evictions, and the budget allows {allowed}")
        })?;
    }
    Ok(())
}
