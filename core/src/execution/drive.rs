//! Loops around an [`Execution`]: one action after the other, or several at a time as futures. They need no async
//! runtime.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll};

use super::Execution;
use crate::action::Action;
use crate::outcome::{Conclusion, Outcome};
use crate::plan::Plan;

/// Carries the items out one after the other. `act` carries one out and gives its outcome.
pub(crate) fn carry_out(execution: &mut Execution, mut act: impl FnMut(usize) -> Outcome) {
    while let Some(index) = execution.start() {
        let outcome = act(index);
        execution.end(index, outcome);
    }
}

/// Carries the items out, at most `width` at a time. `end` turns the output of an item's future into an outcome.
pub(crate) async fn carry_out_async<F: Future>(
    execution: &mut Execution,
    width: usize,
    mut act: impl FnMut(usize) -> F,
    mut end: impl FnMut(usize, F::Output) -> Outcome,
) {
    let mut under_way: Vec<(usize, Pin<Box<F>>)> = Vec::new();
    loop {
        while under_way.len() < width.max(1) {
            let Some(index) = execution.start() else {
                break;
            };
            under_way.push((index, Box::pin(act(index))));
        }
        if under_way.is_empty() {
            return;
        }
        let (index, output) = poll_fn(|context| first(&mut under_way, context)).await;
        let outcome = end(index, output);
        execution.end(index, outcome);
    }
}

/// The output of the first future that is ready. Every future is polled, whichever of them woke the task: they are few.
fn first<F: Future>(
    under_way: &mut Vec<(usize, Pin<Box<F>>)>,
    context: &mut Context<'_>,
) -> Poll<(usize, F::Output)> {
    for at in 0..under_way.len() {
        let (index, future) = &mut under_way[at];
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            let index = *index;
            drop(under_way.swap_remove(at));
            return Poll::Ready((index, output));
        }
    }
    Poll::Pending
}

impl Plan {
    /// Carries the plan out, one action after the other, and says what follows. `act` is called for each action that
    /// may be tried, and gives its outcome. It is never called for a wait. If it gives [`Outcome::NotTried`], the
    /// actions and stages that depend on this action are not tried either.
    ///
    /// ```
    /// use statefulset::{Desired, Do, Next, Observed, Outcome, Revision, plan};
    ///
    /// let plan = plan(&Desired::new("web", 3, Revision(1)), &Observed::pods(&[]), 0)?;
    /// let conclusion = plan.carry_out(|action| match action.what {
    ///     Do::CreatePod { .. } => Outcome::Done, // … make the pod of action.ordinal …
    ///     _ => Outcome::NotTried,
    /// });
    /// assert_eq!(conclusion.next, Next::Rest);
    /// # Ok::<(), statefulset::PlanError>(())
    /// ```
    pub fn carry_out(&self, mut act: impl FnMut(&Action) -> Outcome) -> Conclusion {
        let mut execution = self.execution();
        carry_out(&mut execution, |index| act(&self.actions[index]));
        self.conclude(&execution.outcomes())
    }

    /// Does the same with actions that are futures. As many of them run at a time as the order allows, and at most
    /// `width`; a `width` of 0 counts as 1. They run inside the future that this call gives, on the runtime that polls
    /// it. If that future is dropped, they are dropped, too.
    ///
    /// ```
    /// use statefulset::{Action, Desired, Next, Observed, Outcome, Plan, Revision, plan};
    ///
    /// async fn act(action: &Action) -> Outcome {
    ///     Outcome::Done // … await what the action asks for …
    /// }
    ///
    /// async fn turn(plan: &Plan) {
    ///     let conclusion = plan.carry_out_async(32, act).await;
    ///     assert_eq!(conclusion.next, Next::Rest);
    /// }
    /// # let plan = plan(&Desired::new("web", 3, Revision(1)), &Observed::pods(&[]), 0)?;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(turn(&plan)).poll(&mut context).is_ready());
    /// # Ok::<(), statefulset::PlanError>(())
    /// ```
    pub async fn carry_out_async<'p, F>(
        &'p self,
        width: usize,
        mut act: impl FnMut(&'p Action) -> F,
    ) -> Conclusion
    where
        F: Future<Output = Outcome>,
    {
        let mut execution = self.execution();
        carry_out_async(
            &mut execution,
            width,
            |index| act(&self.actions[index]),
            |_, outcome| outcome,
        )
        .await;
        self.conclude(&execution.outcomes())
    }
}
