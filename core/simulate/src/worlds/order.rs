//! What the controller does to the pods, call by call: in order, and never more at once than it may. What counts is
//! what is really in motion, whatever the controller has seen of it.

use std::collections::BTreeMap;

use statefulset::kubernetes::Method;
use statefulset::{Millis, Reason};

use super::witness::{Breach, Wanted, identity};
use crate::faults::{Call, Pass};
use crate::instant;
use crate::kind::Kind;
use crate::object::Fields;
use crate::store::{Change, Happened};

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
    /// A rolling update has taken its pod, and there has been no available one since.
    rolled: bool,
}

#[derive(Debug)]
struct Pod {
    uid: String,
    /// Made by the controller.
    made: bool,
    /// Why the controller asked it to go.
    asked: Option<Reason>,
    terminating: bool,
    ready_since: Option<Millis>,
    /// The version at which it was last seen not ready.
    unready_at: u64,
}

impl Pod {
    fn is_available(&self, wanted: &Wanted, now: Millis) -> bool {
        !self.terminating
            && self
                .ready_since
                .is_some_and(|since| since.saturating_add(wanted.min_ready) <= now)
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
                while let Some(change) = news.next_if(|change| change.version <= call.versions.0) {
                    self.see(change);
                }
                while let Some(change) = news.next_if(|change| change.version <= call.versions.1) {
                    self.judge(pass, call, change)?;
                    self.see(change);
                    self.blame(call, change);
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
            slot.pod = None;
            return;
        }
        let same = slot.pod.take().filter(|old| old.uid == pod.uid());
        let mut known = same.unwrap_or_else(|| Pod {
            uid: pod.uid().to_owned(),
            made: false,
            asked: None,
            terminating: false,
            ready_since: None,
            unready_at: change.version,
        });
        known.terminating = pod.is_terminating();
        let mut conditions = pod.list("/status/conditions").iter();
        let ready = conditions.find(|c| c.text("/type") == "Ready" && c.text("/status") == "True");
        known.ready_since = ready.and_then(|c| instant::parse(c.text("/lastTransitionTime")));
        if known.ready_since.is_none() {
            known.unready_at = change.version;
        }
        slot.pod = Some(known);
    }

    /// The controller did this.
    fn blame(&mut self, call: &Call, change: &Change) {
        let Some(slot) = self.slot_of(change) else {
            return;
        };
        if call.method == Method::Delete && call.reason == Some(Reason::Rollout) {
            slot.rolled = true;
        }
        if let Some(pod) = &mut slot.pod {
            match call.method {
                Method::Post if change.happened == Happened::Added => pod.made = true,
                Method::Delete => pod.asked = call.reason,
                _ => {}
            }
        }
    }

    /// Whether a call may do what it is about to do.
    fn judge(&mut self, pass: &Pass, call: &Call, change: &Change) -> Result<(), Breach> {
        let Some((set, ordinal)) = identity(&self.names, &change.key.name) else {
            return Ok(());
        };
        let Some(seen) = pass
            .seen
            .as_deref()
            .filter(|_| change.key.kind == Kind::Pod)
        else {
            return Ok(());
        };
        let wanted = Wanted::of(seen);
        let others = self.slots.iter_mut();
        let others = others.filter(|((name, other), _)| *name == set && *other != ordinal);
        let mut rolled = 1;
        // A slot is filled whatever becomes of those above it.
        let fills = call.method == Method::Post || call.reason == Some(Reason::TerminalPod);
        let mut starting = None;
        let mut stopping = BTreeMap::new();
        for ((_, other), slot) in others {
            let available = slot
                .pod
                .as_ref()
                .is_some_and(|pod| pod.is_available(&wanted, pass.at));
            if available {
                slot.rolled = false;
                if let Some(pod) = &mut slot.pod {
                    pod.made = false;
                }
            }
            rolled += u32::from(slot.rolled && wanted.wants(*other));
            let Some(pod) = &slot.pod else { continue };
            if pod.made && !pod.terminating && wanted.wants(*other) && !(fills && *other > ordinal)
            {
                starting = Some(*other);
            }
            if let Some(reason) = pod.asked.filter(|_| pod.terminating) {
                stopping.insert(reason, *other);
            }
        }
        let what = format!("{} {}", call.method.name(), change.key.name);
        let breach = |promise, other: u32| {
            let how = format!("{what} while {set}-{other} is in motion");
            Err(Breach::of(promise, how))
        };
        if !wanted.parallel {
            let alone: &[Reason] = match (call.method, call.reason) {
                (Method::Post, _) | (_, Some(Reason::ScaleIn | Reason::TerminalPod)) => {
                    &[Reason::ScaleIn, Reason::TerminalPod]
                }
                (Method::Delete, Some(Reason::Shutdown)) => &[Reason::Shutdown],
                _ => &[],
            };
            if let Some(&other) = alone.iter().find_map(|reason| stopping.get(reason)) {
                return breach(ORDER, other);
            }
            let grows = call.method == Method::Post
                || matches!(
                    call.reason,
                    Some(Reason::ScaleIn | Reason::TerminalPod | Reason::Rollout)
                );
            if let Some(other) = starting.filter(|_| grows) {
                return breach(ORDER, other);
            }
        }
        if (call.method, call.reason) != (Method::Delete, Some(Reason::Rollout)) {
            return Ok(());
        }
        if ordinal < wanted.start + wanted.partition || wanted.on_delete {
            return Err(Breach::of(
                BUDGET,
                format!("{what}, which is not to be updated"),
            ));
        }
        let shown_up_to = pass.behind.iter().find(|(kind, _)| *kind == Kind::Pod);
        let victim = self
            .slots
            .get(&(set, ordinal))
            .and_then(|slot| slot.pod.as_ref());
        let was_broken = victim.is_none_or(|pod| {
            !pod.is_available(&wanted, pass.at)
                || shown_up_to.is_some_and(|(_, version)| pod.unready_at > *version)
        });
        if rolled > wanted.max_unavailable && !(wanted.parallel && was_broken) {
            let how = format!(
                "{what} makes {rolled} in motion of at most {}",
                wanted.max_unavailable
            );
            return Err(Breach::of(BUDGET, how));
        }
        Ok(())
    }
}
