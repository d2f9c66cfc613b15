//! Which sets to look at, and when.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::vec::Vec;

use crate::kubernetes::value::key::Key;
use crate::time::Millis;

/// Sets to look at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Due {
    /// Now, in order of their names.
    pub sets: Vec<Key>,
    /// When the next one becomes due if nothing happens before.
    pub next: Option<Millis>,
    /// Whether that, and whatever comes later by time alone, is nothing but another try after a failure.
    pub retrying: bool,
}

/// First pause after a failure; each further one doubles it.
const FIRST_PAUSE: Millis = 5;
/// The longest pause.
const LONGEST_PAUSE: Millis = 1_000_000;

/// The state of each set's turn.
#[derive(Clone, Default, Debug)]
pub(crate) struct Agenda {
    /// Counts changes of the view.
    clock: u64,
    turns: BTreeMap<Key, Turn>,
}

#[derive(Clone, Copy, Default, Debug)]
struct Turn {
    /// When something last happened to it, in changes of the view; `None` once that has been dealt with.
    touched: Option<u64>,
    wake: Option<Millis>,
    failures: u32,
}

impl Turn {
    fn is_due(&self, now: Millis) -> bool {
        self.touched.is_some() || self.wake.is_some_and(|wake| wake <= now)
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
    pub(crate) fn touch(&mut self, set: Key) {
        self.turns.entry(set).or_default().touched = Some(self.clock);
    }

    pub(crate) fn forget(&mut self, set: &Key) {
        self.turns.remove(set);
    }

    /// The set has been dealt with as of `view`; later touches stay. It comes back at `wake`.
    pub(crate) fn rest(&mut self, set: &Key, view: u64, wake: Option<Millis>) {
        let turn = self.turn(set);
        turn.touched = turn.touched.filter(|&touched| touched > view);
        turn.wake = wake;
        turn.failures = 0;
    }

    /// How often the set has failed in a row.
    pub(crate) fn failures(&self, set: &Key) -> u32 {
        self.turns.get(set).map_or(0, |turn| turn.failures)
    }

    /// Something failed, after so many failures in a row before: the set comes back after a pause, or when something happens.
    pub(crate) fn retry(&mut self, set: &Key, view: u64, before: u32, now: Millis) {
        let turn = self.turn(set);
        turn.touched = turn.touched.filter(|&touched| touched > view);
        let pause = FIRST_PAUSE << before.min(20);
        turn.wake = Some(now.saturating_add(pause.min(LONGEST_PAUSE)));
        turn.failures = before.saturating_add(1);
    }

    fn turn(&mut self, set: &Key) -> &mut Turn {
        self.turns.entry(set.clone()).or_default()
    }

    pub(crate) fn due(&self, now: Millis) -> Due {
        let mut due = Due::default();
        let mut resting = false;
        for (set, turn) in &self.turns {
            if turn.is_due(now) {
                due.sets.push(set.clone());
            } else if let Some(wake) = turn.wake {
                due.next = Some(due.next.map_or(wake, |next| next.min(wake)));
                resting |= turn.failures == 0;
            }
        }
        due.retrying = due.next.is_some() && !resting;
        due
    }

    pub(crate) fn next_due(&self, from: Bound<&Key>, now: Millis) -> Option<&Key> {
        let mut turns = self.turns.range((from, Bound::Unbounded));
        let due = turns.find(|(_, turn)| turn.is_due(now));
        due.map(|(set, _)| set)
    }
}
