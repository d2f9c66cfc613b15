//! The status, from the counters and from what became of the actions (rules S-1 to S-6).

use core::mem;

use smallvec::SmallVec;

use crate::action::{Action, Do};
use crate::desired::Strategy;
use crate::outcome::{Conclusion, Next, Outcome};
use crate::plan::census::{Census, Counters};
use crate::plan::draft::Draft;
use crate::plan::facts::Facts;
use crate::status::{Progress, Status};
use crate::time::Millis;

/// What the status depends on, apart from the outcomes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tail {
    /// `None` where upstream publishes nothing.
    basis: Option<Basis>,
    /// Rolling deletions, each as the number of actions that must have succeeded for it to count.
    rolled: SmallVec<[u32; 4]>,
    /// The actions that take available pods away, by their places in the list (rule M-5).
    disruptions: SmallVec<[u32; 4]>,
    /// The moment of the plan, if it takes any away; plans that do not are the same at any moment.
    disrupts_at: Option<Millis>,
    /// The `Progressing` condition, where there is one.
    progress: Option<Progress>,
    /// Upstream's pass would have ended in an error.
    failed: bool,
    more: bool,
    /// The set is let go: it may be gone afterwards.
    lets_go: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Basis {
    status: Status,
    published: Option<Status>,
    /// As many pods must be updated and ready for the update to be complete; it never is where this is `None`.
    goal: Option<u32>,
    recreates: bool,
}

impl Tail {
    /// Upstream fails before it computes a status.
    pub(crate) fn silent() -> Self {
        Self {
            basis: None,
            rolled: SmallVec::new(),
            disruptions: SmallVec::new(),
            disrupts_at: None,
            progress: None,
            failed: true,
            more: false,
            lets_go: false,
        }
    }

    pub(crate) fn new(
        facts: &Facts,
        census: &Census,
        draft: &mut Draft,
        progress: Option<Progress>,
    ) -> Self {
        let desired = facts.desired;
        let lets_go = draft
            .actions
            .iter()
            .any(|action| action.what == Do::ReleaseFinalizer);
        let Counters {
            replicas,
            ready,
            available,
            current,
            updated,
        } = census.counters;
        let status = Status {
            observed_generation: desired.generation,
            replicas,
            ready,
            available,
            current,
            updated,
            current_revision: desired.current,
            update_revision: desired.update,
            progressing: desired
                .published
                .and_then(|status| status.progressing)
                .filter(|it| desired.policies.deadline.is_some() || !it.is_of_a_deadline()),
            progressed_at: facts.progressed_at,
            disrupted_at: desired
                .published
                .filter(|_| desired.policies.pace.is_some())
                .and_then(|status| status.disrupted_at),
        };
        let recreates = desired.strategy == Strategy::Recreate && desired.profile.recreate;
        let version = desired.profile.kubernetes;
        let goal = if version.completes_against_desired() {
            desired.replicas
        } else {
            replicas
        };
        let basis = Basis {
            status,
            published: desired.published,
            goal: (version.completes(desired.strategy) && !census.changing).then_some(goal),
            recreates,
        };
        Self {
            basis: Some(basis),
            rolled: mem::take(&mut draft.rolled),
            disrupts_at: (!draft.disruptions.is_empty()).then_some(facts.now),
            disruptions: mem::take(&mut draft.disruptions),
            progress,
            failed: draft.failed,
            more: draft.more,
            lets_go,
        }
    }

    /// The status after the first `succeeded` actions succeeded and the next did not; all did where it is `None`.
    /// `disrupts` says whether any of those that take available pods away was done.
    pub(crate) fn status(&self, succeeded: Option<u32>, disrupts: bool) -> Option<Status> {
        // There may be nothing left to publish it on (rule H-4).
        let basis = self.basis.as_ref()?;
        if self.lets_go && succeeded.is_none() {
            return None;
        }
        let mut status = basis.status;
        let rolled = self
            .rolled
            .iter()
            .filter(|&&needs| succeeded.is_none_or(|s| needs <= s))
            .count();
        // Upstream's counter can fall below 0, which the API server refuses.
        status.current = status
            .current
            .saturating_sub(u32::try_from(rolled).unwrap_or(u32::MAX));
        // A deletion that failed keeps `Deleting` from being said; `Creating` is said before anything is created.
        let is_certain = |progress: Progress| {
            progress == Progress::Creating || progress.is_of_a_deadline() || succeeded.is_none()
        };
        status.progressing = self
            .progress
            .filter(|&it| is_certain(it))
            .or(status.progressing);
        let complete =
            |goal| status.updated == goal && status.ready == goal && status.replicas == goal;
        if basis.goal.is_some_and(complete) {
            status.current = status.updated;
            status.current_revision = status.update_revision;
            if basis.recreates && status.progressing.is_some() {
                status.progressing = Some(Progress::Completed);
            }
        }
        if disrupts {
            status.disrupted_at = self.disrupts_at;
        }
        let is_news = basis.published.is_none_or(|published| {
            // A status is never taken back to an older generation; otherwise every field counts.
            let generation = status
                .observed_generation
                .max(published.observed_generation);
            Status {
                observed_generation: generation,
                ..status
            } != published
        });
        is_news.then_some(status)
    }

    /// Whether an available pod is taken away, where these actions are done.
    pub(crate) fn disrupts(&self, is_done: impl Fn(u32) -> bool) -> bool {
        self.disruptions.iter().any(|&place| is_done(place))
    }

    pub(crate) fn conclude(&self, actions: &[Action], outcomes: &[Outcome]) -> Conclusion {
        let mut succeeded = None;
        let (mut refused, mut skipped) = (self.failed, false);
        for (i, action) in (0u32..).zip(actions) {
            if action.what.is_wait() {
                continue;
            }
            match outcomes
                .get(i as usize)
                .copied()
                .unwrap_or(Outcome::NotTried)
            {
                Outcome::Done => continue,
                Outcome::NotFound if action.may_be_gone() => continue,
                Outcome::NotTried => skipped = true,
                Outcome::NotFound | Outcome::AlreadyExists | Outcome::Failed => refused = true,
            }
            if !action.is_duty() {
                succeeded.get_or_insert(i);
            }
        }
        let next = match (refused, skipped || self.more) {
            (true, _) => Next::Retry,
            (false, true) => Next::Again,
            (false, false) => Next::Rest,
        };
        let disrupts = self.disrupts(|place| {
            let outcome = outcomes.get(place as usize);
            matches!(outcome, Some(Outcome::Done | Outcome::NotFound))
        });
        Conclusion {
            status: self.status(succeeded, disrupts),
            next,
        }
    }
}
