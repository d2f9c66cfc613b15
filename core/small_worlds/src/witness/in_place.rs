//! Rules U-9 to U-11: pods that are changed where they run.

use statefulset::{Action, Change, Do, InPlace, Paused, Prepared, Purposes, Reason};

use super::{Case, Verdict, ensure};
use crate::configuration::SEATS;
use crate::member::{Life, Member};

pub(super) fn check(case: &Case, action: &Action) -> Verdict {
    let ordinal = action.ordinal as usize;
    let Some(pod) = (ordinal < SEATS).then(|| case.pod(ordinal)).flatten() else {
        return Ok(());
    };
    match action.what {
        Do::UpdateInPlace { revision, .. } => {
            let right = revision.0 == u64::from(case.world.spec.update);
            ensure(right && action.reason == Reason::Rollout, || {
                format!("web-{ordinal} is changed to {revision:?}")
            })?;
            changed(case, ordinal, pod)
        }
        Do::DeletePod { .. } if action.reason == Reason::Rollout => made_again(case, ordinal, pod),
        _ => Ok(()),
    }
}

fn changed(case: &Case, ordinal: usize, pod: &Member) -> Verdict {
    let wrong = |what: &str| format!("web-{ordinal} is changed where it runs, {what}: {pod:?}");
    let means = case.means(pod);
    ensure(
        matches!(means, Some(Change::InPlace | Change::Nothing)),
        || wrong("and cannot be"),
    )?;
    ensure(case.world.is_wanted(ordinal) && !case.is_deleted(), || {
        wrong("and is not desired")
    })?;
    ensure(case.is_old(pod) && !pod.terminating, || {
        wrong("and is not to be")
    })?;
    ensure(case.c.way.is_rolling(), || wrong("and no rollout goes on"))?;
    ensure(!case.pauses(Paused::ROLLOUT), || {
        wrong("while that is paused")
    })?;
    ensure(
        case.is_ranked() || !case.is_below_partition(ordinal),
        || wrong("below the partition"),
    )?;
    ensure(!pod.hold(case.c).overlaps(Purposes::ROLLOUT), || {
        wrong("and is held")
    })?;
    let disturbs = means == Some(Change::InPlace);
    ensure(disturbs || pod.prepared == Prepared::No, || {
        wrong("and was asked")
    })
}

fn made_again(case: &Case, ordinal: usize, pod: &Member) -> Verdict {
    let rolls = case.c.way.is_rolling() && case.world.is_wanted(ordinal);
    let right = !rolls || case.means(pod) == Some(Change::Recreate);
    ensure(right, || {
        format!("web-{ordinal} is made again for a rollout, and need not or must not be: {pod:?}")
    })
}

/// Nothing is changed and taken away, or told something, in one pass.
pub(super) fn check_all(case: &Case) -> Verdict {
    let is_change = |action: &&Action| matches!(action.what, Do::UpdateInPlace { .. });
    for change in case.plan.deeds().filter(is_change) {
        let mut others = case.plan.deeds().filter(|other| {
            other.ordinal == change.ordinal
                && (matches!(other.what, Do::CancelPrepare { .. }) || case.takes_away(other))
        });
        let twice = others.find(|other| *other != change);
        ensure(twice.is_none(), || format!("{change:?} and {twice:?}"))?;
    }
    Ok(())
}

impl Case<'_> {
    /// How a rollout gets this old pod to the update revision; `None` if it does not.
    pub(crate) fn means(&self, pod: &Member) -> Option<Change> {
        let kind = self.c.kinds[usize::from(self.world.spec.update)];
        if self.c.in_place == InPlace::Off || pod.replace {
            Some(Change::Recreate)
        } else if pod.life != Life::Failed && kind != Change::Recreate {
            Some(kind)
        } else {
            (self.c.in_place == InPlace::IfPossible).then_some(Change::Recreate)
        }
    }

    /// Whether a rollout would take this old pod out of service.
    pub(super) fn is_disturbed(&self, pod: &Member) -> bool {
        matches!(self.means(pod), Some(Change::Recreate | Change::InPlace))
    }
}
