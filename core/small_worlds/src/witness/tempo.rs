//! Rules M-5 to M-8: what a pace and a deadline hold back.

use statefulset::{Deletion, Overdue, Paused, Prepared, Progress, Reason};

use super::{Case, Verdict, ensure};
use crate::configuration::Way;
use crate::member::Member;
use crate::world::Lasting;

pub(super) fn check(case: &Case) -> Verdict {
    paced(case)?;
    let Some(status) = case.plan.status.filter(|_| case.c.deadline.is_some()) else {
        return Ok(());
    };
    let waits = case.waits();
    let said = status.progressed_at;
    ensure(said.is_some() == (waits != Lasting::No), || {
        format!("the set waits {waits:?}, and the status says {said:?}")
    })?;
    let counts = case.counts();
    let overdue = status.progressing == Some(Progress::Overdue);
    ensure(!counts || overdue == (waits == Lasting::Long), || {
        format!(
            "the set waits {waits:?}, and the condition is {:?}",
            status.progressing
        )
    })?;
    let may_suggest = case.c.deadline == Some(Overdue::Suggest)
        && waits == Lasting::Long
        && case.world.published.current_revision != case.world.spec.update;
    ensure(case.plan.suggests.is_some() == may_suggest, || {
        format!("{:?} is suggested", case.plan.suggests)
    })
}

/// At most one available pod goes, and none too soon.
fn paced(case: &Case) -> Verdict {
    if !case.c.paced {
        return Ok(());
    }
    let taken = case.plan.deeds().filter(|action| {
        let voluntary = matches!(
            action.reason,
            Reason::ScaleIn | Reason::Rollout | Reason::Requested | Reason::Drain
        );
        let counts = |pod: &Member| case.is_available(pod) && pod.prepared.asked().is_none();
        voluntary
            && case.takes_away(action)
            && case.pod(action.ordinal as usize).is_some_and(counts)
    });
    let (taken, most) = (taken.count(), usize::from(!case.world.published.disrupted));
    ensure(taken <= most, || {
        format!("{taken} available pods go, and {most} may")
    })
}

impl Case<'_> {
    /// Whether somebody waits for a pod at all.
    fn counts(&self) -> bool {
        let paused = self.pauses(Paused::CREATION) || self.pauses(Paused::ROLLOUT);
        self.world.spec.deletion == Deletion::No && !paused
    }

    /// For how long a pod has been waited for, after this look at the world.
    fn waits(&self) -> Lasting {
        let serves = |pod: &Member| self.is_available(pod) && !pod.terminating;
        let is_missed = |pod: Option<&Member>| {
            pod.is_none_or(|pod| !serves(pod) && pod.prepared == Prepared::No)
        };
        if !self.counts() || !self.slots().any(|(_, pod)| is_missed(pod)) {
            return Lasting::No;
        }
        let before = self.world.published.waits;
        let has_come = |(ordinal, pod): (usize, Option<&Member>)| {
            pod.is_some_and(|pod| serves(pod) && !pod.aged && !self.is_to_be_replaced(ordinal, pod))
        };
        if before == Lasting::Long && !self.slots().any(has_come) {
            Lasting::Long
        } else {
            Lasting::Short
        }
    }

    fn is_to_be_replaced(&self, ordinal: usize, pod: &Member) -> bool {
        let meant = match self.c.way {
            Way::OnDelete => false,
            Way::Recreate => true,
            Way::Rolling(_) | Way::Blockless => !self.is_below_partition(ordinal),
        };
        meant && self.is_old(pod)
    }

    /// Whether no rollout is begun because the set is overdue.
    pub(super) fn is_held_for_its_deadline(&self) -> bool {
        let holds = matches!(self.c.deadline, Some(Overdue::Halt | Overdue::Suggest));
        holds && self.c.way != Way::Recreate && self.waits() == Lasting::Long
    }
}
