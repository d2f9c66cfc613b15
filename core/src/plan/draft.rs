//! The plan while it is being made.

use core::ops::ControlFlow;

use smallvec::SmallVec;

use crate::action::{Action, Do, Reason};
use crate::desired::{Desired, Ordinal};
use crate::plan::consent::Going;
use crate::plan::facts::Facts;
use crate::pod::Pod;
use crate::profile::Profile;
use crate::purpose::Purposes;
use crate::time::Millis;
use crate::wait::{Gate, On};

/// `Break` ends the phases: the plan is full, or upstream's pass would end here.
pub(crate) type Flow<T = ()> = ControlFlow<(), T>;

/// Steps of an ordinal's chain.
pub(crate) mod step {
    /// Its claims are made.
    pub(crate) const CLAIMS: u8 = 0;
    /// Its pod is made, or deleted; owner references after a creation share this step (rule C-6).
    pub(crate) const POD: u8 = 1;
    /// Its claims get their owners.
    pub(crate) const OWNERS: u8 = 2;
    /// Its pod is put right.
    pub(crate) const REPAIR: u8 = 3;
}

/// Which part of the pass an action belongs to. Parts, and batches within them, are stages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Part {
    Duties,
    Finalizer,
    Recreate,
    Replicas,
    Retention,
    Condemned,
    Replacement,
    Relabelling,
    Rollout,
    Departures,
    Shutdown,
}

/// Where the pass ended before everything was done, and therefore what holds the rest up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Halt {
    /// The part that was not finished; later parts were not begun.
    pub(crate) part: Part,
    /// Of [`Part::Replicas`]: ordinals above this one were not looked at.
    pub(crate) at: Ordinal,
    /// The gate that the rest waits at.
    pub(crate) gate: Gate,
    /// What it waits for.
    pub(crate) on: On,
}

impl Halt {
    /// Whether the slots were not reached.
    pub(crate) fn is_before_slots(&self, facts: &Facts) -> bool {
        match self.part {
            Part::Duties | Part::Finalizer | Part::Recreate => true,
            Part::Retention | Part::Condemned => facts.condemned_go_first(),
            Part::Replicas
            | Part::Replacement
            | Part::Relabelling
            | Part::Rollout
            | Part::Departures
            | Part::Shutdown => false,
        }
    }

    /// Whether condemned pods were not reached.
    pub(crate) fn is_before_condemned(&self, facts: &Facts) -> bool {
        match self.part {
            Part::Replacement | Part::Relabelling | Part::Rollout | Part::Departures => false,
            Part::Replicas => !facts.condemned_go_first(),
            _ => true,
        }
    }
}

/// Empty slots that this pass leaves empty although nothing is the matter with them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Held {
    /// The lowest of them. Every empty slot above it is held, too.
    pub(crate) first: Ordinal,
    /// The highest of them.
    pub(crate) last: Ordinal,
    /// The gate that they wait at.
    pub(crate) gate: Gate,
    /// What they wait for.
    pub(crate) on: On,
}

/// What the pass left undone, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ending {
    pub(crate) halt: Option<Halt>,
    pub(crate) held: Option<Held>,
    /// What lets no other available pod be taken away, if anything does.
    pub(crate) refusal: Option<Refusal>,
    /// Ended pods from this ordinal on were not replaced for that.
    pub(crate) spared_from: Option<Ordinal>,
}

/// Why no other available pod may be taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Refusal {
    pub(crate) gate: Gate,
    /// When it ends by itself.
    pub(crate) until: Option<Millis>,
}

/// The plan while it is being made.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) actions: SmallVec<[Action; 4]>,
    /// Rolling deletions, each as the number of actions that must have succeeded for it to count (rule S-3).
    pub(crate) rolled: SmallVec<[u32; 4]>,
    /// Pods that duties and rules J have taken away in this pass.
    pub(crate) asked_to_go: SmallVec<[u32; 4]>,
    /// The plan was cut.
    pub(crate) more: bool,
    /// Upstream's pass would have ended in an error here.
    pub(crate) failed: bool,
    pub(crate) halt: Option<Halt>,
    pub(crate) held: Option<Held>,
    /// Ended pods from this ordinal on are not replaced for that (rules Z-1 and M-1).
    pub(crate) spared_from: Option<Ordinal>,
    /// The actions that take available pods away, by their places in the list (rule M-5).
    pub(crate) disruptions: SmallVec<[u32; 4]>,
    /// How many more available pods may be taken away (rule M-3).
    allowance: Option<u32>,
    /// No available pod is taken away before this moment (rule M-5).
    paced_until: Option<Millis>,
    /// Whether an available pod stays for that.
    was_refused: bool,
    profile: Profile,
    stage: u32,
    open: Option<(Part, u32)>,
    /// The open stage has no action yet.
    untouched: bool,
}

impl Draft {
    pub(crate) fn new(desired: &Desired, now: Millis) -> Self {
        let last = desired.published.and_then(|status| status.disrupted_at);
        let policies = &desired.policies;
        let next = last
            .zip(policies.pace)
            .map(|(last, pace)| last.saturating_add(pace));
        Self {
            actions: SmallVec::new(),
            rolled: SmallVec::new(),
            asked_to_go: SmallVec::new(),
            more: false,
            failed: false,
            halt: None,
            held: None,
            spared_from: None,
            disruptions: SmallVec::new(),
            allowance: policies.allowance,
            paced_until: next.filter(|&at| at > now),
            was_refused: false,
            profile: desired.profile,
            stage: 0,
            open: None,
            untouched: true,
        }
    }

    fn capacity(&self) -> usize {
        self.profile.max_actions as usize
    }

    /// What follows belongs to this stage.
    pub(crate) fn open(&mut self, part: Part, batch: u32) {
        if self.open != Some((part, batch)) {
            self.open = Some((part, batch));
            self.untouched = true;
        }
    }

    /// The part that is being worked on.
    pub(crate) fn part(&self) -> Option<Part> {
        self.open.map(|(part, _)| part)
    }

    /// Adds an action, or breaks where the plan is full.
    #[inline]
    pub(crate) fn push(&mut self, ordinal: Ordinal, step: u8, reason: Reason, what: Do) -> Flow {
        if self.actions.len() >= self.capacity() {
            self.more = true;
            return ControlFlow::Break(());
        }
        if self.untouched {
            self.untouched = false;
            self.stage += u32::from(!self.actions.is_empty());
        }
        let mut action = Action::new(self.stage, ordinal, step, reason, what);
        // What upstream leaves to others does not have its ways of failing.
        action.must_exist = matches!(reason, Reason::ScaleIn | Reason::TerminalPod)
            && matches!(what, Do::DeletePod { .. })
            && !self.profile.kubernetes.takes_gone_for_deleted();
        self.actions.push(action);
        ControlFlow::Continue(())
    }

    /// Deletes a pod, or asks it to prepare for that, unless an earlier phase of this pass has taken it away already.
    pub(crate) fn delete_pod(
        &mut self,
        ordinal: Ordinal,
        reason: Reason,
        pod: u32,
        going: Going,
    ) -> Flow {
        self.take(ordinal, reason, pod, going.deed(pod, Do::DeletePod { pod }))
    }

    /// Does something that takes a pod out of service, unless an earlier phase of this pass has taken it away already.
    pub(crate) fn take(&mut self, ordinal: Ordinal, reason: Reason, pod: u32, deed: Do) -> Flow {
        if self.asked_to_go.contains(&pod) {
            return ControlFlow::Continue(());
        }
        self.push(ordinal, step::POD, reason, deed)
    }

    /// What is left undone.
    pub(crate) fn ending(&self) -> Ending {
        Ending {
            halt: self.halt,
            held: self.held,
            refusal: self.refusal(),
            spared_from: self.spared_from,
        }
    }

    /// Whether a pod with this ordinal that has ended is not replaced for that.
    pub(crate) fn spares(&self, ordinal: Ordinal) -> bool {
        self.spared_from.is_some_and(|first| first <= ordinal)
    }

    /// Whether the pod has ended and is deleted for that (rule R-1), so that nothing else is to be done about it.
    pub(crate) fn recycles(&self, pod: &Pod) -> bool {
        pod.is_terminal() && !self.spares(pod.ordinal) && !pod.hold.contains(Purposes::REPAIR)
    }

    /// Why no other available pod may be taken away, if that is so.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        if self.allowance == Some(0) {
            let (gate, until) = (Gate::Group, None);
            return Some(Refusal { gate, until });
        }
        let (gate, until) = (Gate::Pace, self.paced_until);
        until.map(|_| Refusal { gate, until })
    }

    /// Asks a pod to go that nothing forces to. To take an available one away is a disruption, unless it was asked to prepare
    /// before, or an earlier phase of this pass has taken it away; where no more is allowed, it stays, and this is `false`.
    pub(crate) fn disturb(
        &mut self,
        facts: &Facts,
        (index, pod): (u32, &Pod),
        ask: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow<bool> {
        let is_asked = pod.prepared.asked().is_some() || self.asked_to_go.contains(&index);
        let costs = facts.is_available(pod) && !pod.is_terminating() && !is_asked;
        if costs && let Some(refusal) = self.refusal() {
            self.was_refused |= refusal.gate == Gate::Pace;
            return Flow::Continue(false);
        }
        let place = u32::try_from(self.actions.len()).unwrap_or(u32::MAX);
        ask(self)?;
        if costs {
            self.allowance = self.allowance.map(|left| left - 1);
            if let Some(pace) = facts.desired.policies.pace {
                self.disruptions.push(place);
                self.paced_until =
                    Some(facts.now.saturating_add(pace)).filter(|&at| at > facts.now);
            }
        }
        Flow::Continue(true)
    }

    /// When available pods may be taken away again, where some stay for that.
    pub(crate) fn pace_ends(&self) -> Option<Millis> {
        let mut actions = self.actions.iter();
        let waits = actions.any(|action| match action.what {
            Do::Wait(wait) => wait.gates.contains(Gate::Pace),
            _ => false,
        });
        self.paced_until.filter(|_| waits || self.was_refused)
    }

    /// Room for as many more actions as will come, within the plan's capacity.
    pub(crate) fn expect(&mut self, more: u32) {
        let room = self.capacity().saturating_sub(self.actions.len());
        self.actions.reserve(room.min(more as usize));
    }

    /// Counts a rolling deletion: the last action, or one that a duplicate suppresses.
    pub(crate) fn count_rolled(&mut self) {
        self.rolled
            .push(u32::try_from(self.actions.len()).unwrap_or(u32::MAX));
    }

    /// Ends the pass; the rest waits.
    pub(crate) fn halt<T>(&mut self, part: Part, at: Ordinal, gate: Gate, on: On) -> Flow<T> {
        self.halt = Some(Halt { part, at, gate, on });
        ControlFlow::Break(())
    }

    /// The stage that waits are put into: after all actions.
    pub(crate) fn wait_stage(&self) -> u32 {
        self.stage + u32::from(!self.actions.is_empty())
    }
}

/// Upstream works through long lists in batches of 1, 2, 4 … up to 500 entries; a failure ends the pass after its
/// batch (rule O-3). This is the number of the batch that an entry falls into.
pub(crate) fn batch_of(index: u32) -> u32 {
    const DOUBLING: u32 = 511; // 1 + 2 + … + 256
    const LARGEST: u32 = 500;
    if index < DOUBLING {
        (index + 1).ilog2()
    } else {
        9 + (index - DOUBLING) / LARGEST
    }
}

#[cfg(test)]
mod tests {
    use super::batch_of;

    #[test]
    fn batches_double_up_to_500() {
        let mut sizes = std::vec![0u32; 11];
        for index in 0..(511 + 500 + 500) {
            sizes[batch_of(index) as usize] += 1;
        }
        assert_eq!(sizes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 500, 500]);
    }
}
