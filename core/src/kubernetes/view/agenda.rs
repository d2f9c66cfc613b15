//! Which sets to look at, and when.

use std::collections::BTreeSet;
use std::vec::Vec;

use indexmap::IndexMap;

use super::freshness::Awaited;
use crate::kubernetes::value::key::Key;
use crate::time::Millis;

/// The sets to plan for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Due {
    /// The sets to plan for now, in order of their names.
    pub sets: Vec<Key>,
    /// When the next set becomes due if nothing happens before, in milliseconds since the Unix epoch. `None` means that no
    /// set becomes due by time alone.
    pub next: Option<Millis>,
    /// Whether every set that becomes due by time alone is only retried after a failure.
    pub retrying: bool,
    /// What sets wait to see of the cluster before anything is decided for them; the first one of each
    /// kind. Most waits end within a moment. One that lasts may never end by itself: see [`Awaited::is_late`].
    pub awaited: Vec<Awaited>,
}

/// First pause after a failure; each further one doubles it.
const FIRST_PAUSE: Millis = 5;
/// The longest pause.
const LONGEST_PAUSE: Millis = 1_000_000;

/// A queue of the sets that are due, and a calendar of those that time alone makes due.
///
/// Each set has at most one place: it is in hand, ready, or in the calendar. So what is due is found without a look at
/// the others.
#[derive(Clone, Default, Debug)]
pub(crate) struct Agenda {
    /// Counts changes of the view.
    clock: u64,
    /// Only looked up, never gone through.
    turns: IndexMap<Key, Turn>,
    /// Handed out, and not finished since.
    in_hand: BTreeSet<Key>,
    /// Something happened to them.
    ready: BTreeSet<Key>,
    /// By the moment at which they become due.
    resting: BTreeSet<(Millis, Key)>,
    /// The same, after a failure.
    retrying: BTreeSet<(Millis, Key)>,
}

/// The state of a set's turn.
#[derive(Clone, Copy, Default, Debug)]
struct Turn {
    /// When something last happened to it, in changes of the view; `None` once that has been dealt with.
    touched: Option<u64>,
    wake: Option<Millis>,
    failures: u32,
    in_hand: bool,
}

/// Where a set stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    InHand,
    Ready,
    Resting(Millis),
    Retrying(Millis),
    Nowhere,
}

impl Turn {
    const fn place(&self) -> Place {
        match *self {
            Self { in_hand: true, .. } => Place::InHand,
            Self {
                touched: Some(_), ..
            } => Place::Ready,
            Self {
                wake: Some(wake),
                failures: 0,
                ..
            } => Place::Resting(wake),
            Self {
                wake: Some(wake), ..
            } => Place::Retrying(wake),
            Self { wake: None, .. } => Place::Nowhere,
        }
    }

    /// Everything up to `view` has been dealt with.
    fn deal_with(&mut self, view: u64) {
        self.touched = self.touched.filter(|&touched| touched > view);
    }
}

impl Agenda {
    pub(crate) const fn clock(&self) -> u64 {
        self.clock
    }

    /// The view has changed.
    pub(crate) const fn tick(&mut self) {
        self.clock += 1;
    }

    /// Something happened that may concern the set.
    pub(crate) fn touch(&mut self, set: &Key) {
        let clock = self.clock;
        self.change(set, |turn| turn.touched = Some(clock));
    }

    pub(crate) fn forget(&mut self, set: &Key) {
        if let Some(turn) = self.turns.swap_remove(set) {
            self.clear(turn.place(), set);
        }
    }

    /// The set has been finished: what happens to it from now on makes it due anew.
    pub(crate) fn put_down(&mut self, set: &Key) {
        if self.turns.contains_key(set) {
            self.change(set, |turn| turn.in_hand = false);
        }
    }

    /// The set has been dealt with as of `view`; later touches stay. It comes back at `wake`.
    pub(crate) fn rest(&mut self, set: &Key, view: u64, wake: Option<Millis>) {
        self.change(set, |turn| {
            turn.deal_with(view);
            turn.wake = wake;
            turn.failures = 0;
        });
    }

    /// How often the set has failed in a row.
    pub(crate) fn failures(&self, set: &Key) -> u32 {
        self.turns.get(set).map_or(0, |turn| turn.failures)
    }

    /// Something failed, after so many failures in a row before: the set comes back after a pause, or when something happens.
    pub(crate) fn retry(&mut self, set: &Key, view: u64, before: u32, now: Millis) {
        let pause = (FIRST_PAUSE << before.min(20)).min(LONGEST_PAUSE);
        self.change(set, |turn| {
            turn.deal_with(view);
            turn.wake = Some(now.saturating_add(pause));
            turn.failures = before.saturating_add(1);
        });
    }

    /// Changes a set's turn, and its place accordingly.
    fn change(&mut self, set: &Key, change: impl FnOnce(&mut Turn)) {
        let (before, after) = if let Some(turn) = self.turns.get_mut(set) {
            let before = turn.place();
            change(turn);
            (before, turn.place())
        } else {
            let mut turn = Turn::default();
            change(&mut turn);
            self.turns.insert(set.clone(), turn);
            (Place::Nowhere, turn.place())
        };
        if before != after {
            self.clear(before, set);
            self.occupy(after, set.clone());
        }
    }

    fn clear(&mut self, place: Place, set: &Key) {
        match place {
            Place::InHand => self.in_hand.remove(set),
            Place::Ready => self.ready.remove(set),
            Place::Resting(wake) => self.resting.remove(&(wake, set.clone())),
            Place::Retrying(wake) => self.retrying.remove(&(wake, set.clone())),
            Place::Nowhere => true,
        };
    }

    fn occupy(&mut self, place: Place, set: Key) {
        match place {
            Place::InHand => self.in_hand.insert(set),
            Place::Ready => self.ready.insert(set),
            Place::Resting(wake) => self.resting.insert((wake, set)),
            Place::Retrying(wake) => self.retrying.insert((wake, set)),
            Place::Nowhere => true,
        };
    }

    /// All that is due.
    pub(crate) fn due(&self, now: Millis) -> Due {
        let mut due = self.waiting(now);
        if !self.in_hand.is_empty() {
            due.sets.extend(self.in_hand.iter().cloned());
            due.sets.sort_unstable();
        }
        due
    }

    /// What is due and not in hand.
    pub(crate) fn waiting(&self, now: Millis) -> Due {
        let mut sets: Vec<Key> = self.ready.iter().cloned().collect();
        let in_time = sets.len();
        let mut wakes = [None, None];
        for (calendar, wake) in [&self.resting, &self.retrying].into_iter().zip(&mut wakes) {
            for (at, set) in calendar {
                if *at > now {
                    *wake = Some(*at);
                    break;
                }
                sets.push(set.clone());
            }
        }
        if sets.len() > in_time {
            sets.sort_unstable();
        }
        let [resting, retrying] = wakes;
        Due {
            sets,
            next: resting.into_iter().chain(retrying).min(),
            retrying: resting.is_none() && retrying.is_some(),
            awaited: Vec::new(),
        }
    }

    /// The set has been handed out.
    pub(crate) fn take(&mut self, set: &Key) {
        self.change(set, |turn| turn.in_hand = true);
    }
}

#[cfg(test)]
mod tests;
