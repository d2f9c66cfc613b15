//! What the controller does to the pods, call by call: in order, and never more at once than it may. What counts is
//! what it has set in motion itself and can know of: from an answer, as long as it lives, or from what it has been shown.
//! One that dies unanswered and is then shown the past cannot know, nor could Kubernetes' own.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use statefulset::kubernetes::Method;
use statefulset::{Millis, Reason};

use super::breach::Breach;
use super::removal;
use super::wanted::{Wanted, identity};
use crate::controller::faults::{Call, Pass, Upset};
use crate::store::{Change, Happened};
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::Fields;

const ORDER: &str = "in order, one at a time";
const BUDGET: &str = "never below what the update allows";

#[derive(Debug)]
pub(super) struct Order {
    names: Vec<&'static str>,
    slots: BTreeMap<(&'static str, u32), Slot>,
}

/// What is known of an ordinal.
#[derive(Debug, Default)]
struct Slot {
    pod: Option<Pod>,
    /// The pod before.
    former: Option<Pod>,
    /// A rolling update has taken its pod, and there has been no available one since.
    rolled: Option<Done>,
}

/// Something that the controller has done.
#[derive(Clone, Copy, Debug)]
struct Done {
    version: u64,
    /// Whether it knows that without seeing it: it had an answer, and has not died since.
    remembered: bool,
}

impl Done {
    /// Whether a controller that sees the pods as of `seen` can know.
    const fn is_known(&self, seen: u64) -> bool {
        self.remembered || self.version <= seen
    }
}

#[derive(Debug)]
struct Pod {
    uid: String,
    /// Made by the controller.
    made: Option<Done>,
    /// Why the controller asked it to go.
    asked: Option<(Reason, Done)>,
    terminating: bool,
    turns: Vec<Turn>,
}

/// A pod becomes ready, or ceases to be.
#[derive(Clone, Copy, Debug)]
struct Turn {
    version: u64,
    at: Millis,
    ready_since: Option<Millis>,
}

impl Turn {
    fn is_available(&self, wanted: &Wanted, now: Millis) -> bool {
        let since = self.ready_since;
        since.is_some_and(|since| since.saturating_add(wanted.min_ready) <= now)
    }
}

impl Pod {
    /// Whether it is available, for all that somebody knows who sees the pods as of `seen`.
    fn is_available(&self, wanted: &Wanted, seen: u64, now: Millis) -> bool {
        let mut turns = self.turns.iter().rev();
        let turn = turns.find(|turn| turn.version <= seen);
        turn.is_some_and(|turn| turn.is_available(wanted, now))
    }

    /// Whether a rolling update has taken it.
    fn is_taken(&self) -> bool {
        matches!(self.asked, Some((Reason::Rollout, _)))
    }

    /// Whether it ever was available.
    fn was_available(&self, wanted: &Wanted, now: Millis) -> bool {
        let ends = self.turns.iter().skip(1).map(|turn| turn.at);
        let mut turns = self.turns.iter().zip(ends.chain([now]));
        turns.any(|(turn, end)| turn.is_available(wanted, end))
    }
}

/// What the controller has set in motion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Motion {
    /// It made the pod, which has never been available.
    Starts,
    /// It asked the pod to go.
    Stops(Reason),
}

impl Slot {
    /// Its pod goes.
    fn lose(&mut self, change: &Change) {
        let Some(mut pod) = self.pod.take() else {
            return;
        };
        pod.turns.push(Turn {
            version: change.version,
            at: change.at,
            ready_since: None,
        });
        self.former = Some(pod);
    }

    /// Those that a rolling update has not taken: the pod, and the one before, which somebody else may have taken away.
    fn successors(&self) -> impl Iterator<Item = &Pod> {
        let pods = self.pod.iter().chain(&self.former);
        pods.filter(|pod| !pod.is_taken())
    }

    /// Notices that the pod is available, or was.
    fn settle(&mut self, wanted: &Wanted, now: Millis) {
        let was_available = |pod: &Pod| pod.was_available(wanted, now);
        if self.successors().any(was_available) {
            self.rolled = None;
        }
        if let Some(pod) = self.pod.as_mut().filter(|pod| !pod.is_taken())
            && pod.was_available(wanted, now)
        {
            pod.made = None;
        }
    }

    /// What the controller has set in motion and can know of.
    fn motion(&self, wanted: &Wanted, seen: u64, now: Millis) -> Option<Motion> {
        let pod = self.pod.as_ref()?;
        match pod.asked.filter(|_| pod.terminating) {
            Some((Reason::Drain | Reason::NodeGone, _)) => None,
            Some((reason, done)) => done.is_known(seen).then_some(Motion::Stops(reason)),
            None => {
                let starts = !pod.terminating && pod.made?.is_known(seen);
                (starts && !pod.is_available(wanted, seen, now)).then_some(Motion::Starts)
            }
        }
    }

    /// Whether a rolling update has taken the pod, there is no available one, and the controller can know of both.
    fn is_rolled(&self, wanted: &Wanted, seen: u64, now: Millis) -> bool {
        let mut successors = self.successors();
        self.rolled.is_some_and(|done| done.is_known(seen))
            && !successors.any(|pod| pod.is_available(wanted, seen, now))
    }
}

impl Order {
    pub(super) const fn new(names: Vec<&'static str>) -> Self {
        Self {
            names,
            slots: BTreeMap::new(),
        }
    }

    pub(super) fn look(&mut self, news: &[Change], passes: &[Pass]) -> Result<(), Breach> {
        let mut news = news.iter().peekable();
        for pass in passes {
            for call in &pass.calls {
                removal::judge_refused(pass, call)?;
                while let Some(change) = news.next_if(|change| change.version <= call.versions.0) {
                    self.see(change);
                }
                while let Some(change) = news.next_if(|change| change.version <= call.versions.1) {
                    self.judge(pass, call, change)?;
                    self.see(change);
                    self.blame(call, change);
                }
                if call.upset == Some(Upset::Crash) {
                    self.forget();
                }
            }
        }
        news.for_each(|change| self.see(change));
        Ok(())
    }

    fn slot_of(&mut self, change: &Change) -> Option<&mut Slot> {
        if change.key.kind != Kind::Pod {
            return None;
        }
        let slot = identity(&self.names, &change.key.name)?;
        Some(self.slots.entry(slot).or_default())
    }

    fn see(&mut self, change: &Change) {
        let Some(slot) = self.slot_of(change) else {
            return;
        };
        let pod = &change.object;
        if change.happened == Happened::Deleted {
            slot.lose(change);
            return;
        }
        if slot.pod.as_ref().is_some_and(|old| old.uid != pod.uid()) {
            slot.lose(change);
        }
        let mut known = slot.pod.take().unwrap_or_else(|| Pod {
            uid: pod.uid().to_owned(),
            made: None,
            asked: None,
            terminating: false,
            turns: Vec::new(),
        });
        known.terminating = pod.is_terminating();
        let mut conditions = pod.list("/status/conditions").iter();
        let ready = conditions.find(|c| c.text("/type") == "Ready" && c.text("/status") == "True");
        let ready_since = ready.and_then(|c| instant::parse(c.text("/lastTransitionTime")));
        let last = known.turns.last();
        if last.is_none_or(|last| last.ready_since != ready_since) {
            known.turns.push(Turn {
                version: change.version,
                at: change.at,
                ready_since,
            });
        }
        slot.pod = Some(known);
    }

    /// The controller did this.
    fn blame(&mut self, call: &Call, change: &Change) {
        let Some(slot) = self.slot_of(change) else {
            return;
        };
        let done = Done {
            version: change.version,
            remembered: call.upset.is_none(),
        };
        if call.method == Method::Delete && call.reason == Some(Reason::Rollout) {
            slot.rolled = Some(done);
            // It may have gone at once.
            slot.former = None;
        }
        if let Some(pod) = &mut slot.pod {
            match call.method {
                Method::Post if change.happened == Happened::Added => pod.made = Some(done),
                Method::Delete => pod.asked = call.reason.map(|reason| (reason, done)),
                _ => {}
            }
        }
    }

    /// The controller has died: it remembers nothing that it did.
    pub(super) fn forget(&mut self) {
        for slot in self.slots.values_mut() {
            let pod = slot.pod.as_mut();
            let (made, asked) =
                pod.map_or((None, None), |pod| (pod.made.as_mut(), pod.asked.as_mut()));
            let asked = asked.map(|(_, done)| done);
            for done in [slot.rolled.as_mut(), made, asked].into_iter().flatten() {
                done.remembered = false;
            }
        }
    }

    /// Whether a call may do what it is about to do.
    fn judge(&mut self, pass: &Pass, call: &Call, change: &Change) -> Result<(), Breach> {
        removal::judge(call, change)?;
        let Some((set, ordinal)) = identity(&self.names, &change.key.name) else {
            return Ok(());
        };
        let Some(set_seen) = pass
            .seen
            .as_deref()
            .filter(|_| change.key.kind == Kind::Pod)
        else {
            return Ok(());
        };
        let wanted = Wanted::of(set_seen);
        let what = format!("{} {}", call.method.name(), change.key.name);
        let deed = Deed::of(call, change);
        let behind = pass.behind.iter().find(|(kind, _)| *kind == Kind::Pod);
        let seen = behind.map_or(u64::MAX, |(_, version)| *version);
        for ((_, other), slot) in self.slots.range_mut((set, 0)..=(set, u32::MAX)) {
            slot.settle(&wanted, pass.at);
            let blocks =
                |motion| *other != ordinal && deed.waits_for(ordinal, *other, motion, &wanted);
            if !wanted.parallel && slot.motion(&wanted, seen, pass.at).is_some_and(blocks) {
                let how = format!("{what} while {set}-{other} is in motion");
                return Err(Breach::of(ORDER, how));
            }
        }
        if deed != Deed::Rollout {
            return Ok(());
        }
        if wanted.holds(ordinal) || wanted.on_delete {
            let how = format!("{what}, which is not to be updated");
            return Err(Breach::of(BUDGET, how));
        }
        let slots = self.slots.range((set, 0)..=(set, u32::MAX));
        let slots = slots.filter(|((_, other), _)| wanted.wants(*other));
        let others = slots.filter(|((_, other), slot)| {
            *other != ordinal && slot.is_rolled(&wanted, seen, pass.at)
        });
        let rolled = 1 + others.count();
        let victim = self.slots.get(&(set, ordinal));
        let victim = victim.and_then(|slot| slot.pod.as_ref());
        // It may have recovered since it was last seen.
        let was_broken =
            victim.is_none_or(|pod| pod.terminating || !pod.is_available(&wanted, seen, pass.at));
        let allowed = usize::try_from(wanted.max_unavailable).unwrap_or(usize::MAX);
        if rolled > allowed && !(wanted.parallel && was_broken) {
            let how = format!("{what} makes {rolled} in motion of at most {allowed}");
            return Err(Breach::of(BUDGET, how));
        }
        Ok(())
    }
}

/// What the controller does to a pod.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Deed {
    /// It makes one, or takes one away that has ended.
    Fill,
    ScaleIn,
    Rollout,
    Shutdown,
    /// What does not go by the order: repairs, evictions, lost nodes.
    Other,
}

impl Deed {
    fn of(call: &Call, change: &Change) -> Self {
        match (change.happened, call.reason) {
            (Happened::Added, _) | (_, Some(Reason::TerminalPod)) => Self::Fill,
            (_, Some(Reason::ScaleIn)) => Self::ScaleIn,
            (_, Some(Reason::Rollout)) => Self::Rollout,
            (_, Some(Reason::Shutdown)) => Self::Shutdown,
            _ => Self::Other,
        }
    }

    /// Whether in a set that goes by the order this must wait for the motion of another ordinal. A slot is filled
    /// whatever becomes of those above it.
    fn waits_for(self, ordinal: u32, other: u32, motion: Motion, wanted: &Wanted) -> bool {
        match self {
            Self::Fill => other < ordinal && wanted.wants(other),
            Self::ScaleIn => {
                // Highest first, and those below the range last.
                let turn = |ordinal| (ordinal < wanted.start, Reverse(ordinal));
                wanted.wants(other)
                    || motion == Motion::Stops(Reason::ScaleIn) && turn(other) < turn(ordinal)
            }
            // How many stop at a time is a matter of the budget.
            Self::Rollout => wanted.wants(other) && motion == Motion::Starts,
            Self::Shutdown => motion == Motion::Stops(Reason::Shutdown),
            Self::Other => false,
        }
    }
}
