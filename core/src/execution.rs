//! Carrying a plan out: which of its actions may start now, as outcomes come in (rules E-1 to E-6).

mod drive;
mod place;

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

#[cfg(feature = "kubernetes")]
pub(crate) use self::drive::{carry_out, carry_out_async};
pub use self::place::Place;
pub(crate) use self::place::may_try;
use crate::outcome::Outcome;
use crate::plan::Plan;

/// A plan that is being carried out: it says which actions may start now, and takes their outcomes in any order.
///
/// It does nothing itself, so it serves threads, futures and plain loops alike:
///
/// ```
/// use statefulset::{Desired, Observed, Outcome, Revision, plan};
///
/// let plan = plan(&Desired::new("web", 3, Revision(1)), &Observed::pods(&[]), 0)?;
/// let mut execution = plan.execution();
/// while !execution.is_over() {
///     // Everything that is started here may run at the same time.
///     let batch: Vec<usize> = std::iter::from_fn(|| execution.start()).collect();
///     for index in batch {
///         // … do plan.actions[index] …
///         execution.end(index, Outcome::Done);
///     }
/// }
/// let conclusion = plan.conclude(&execution.outcomes());
/// # assert!(conclusion.status.is_some());
/// # Ok::<(), statefulset::PlanError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Execution {
    /// The actions in the order of their stages and chains. Inside a chain they have the order of the list.
    entries: Vec<Entry>,
    /// For each item of the list, its index in `entries`. `None` means that there is nothing to do for the item.
    spots: Vec<Option<usize>>,
    /// The index in `entries` at which the stages end that have begun.
    reached: usize,
    /// The indexes, in the list, of the items that may start now. The first in the list starts first.
    startable: BTreeSet<usize>,
    /// How many entries of the present stage have not ended.
    left: usize,
    /// Whether a failure keeps later stages from running.
    stopped: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Entry {
    index: usize,
    place: Place,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// It is not decided yet whether the entry may start.
    Open,
    Startable,
    Started,
    Ended(Outcome),
}

impl Entry {
    const fn outcome(&self) -> Option<Outcome> {
        match self.state {
            State::Ended(outcome) => Some(outcome),
            State::Open | State::Startable | State::Started => None,
        }
    }
}

impl Execution {
    /// An execution that has not begun, for a list whose items have these places. An item with `None` needs nothing
    /// done.
    pub fn of(places: impl IntoIterator<Item = Option<Place>>) -> Self {
        let mut entries = Vec::new();
        let mut spots = Vec::new();
        for (index, place) in places.into_iter().enumerate() {
            spots.push(None);
            entries.extend(place.map(|place| Entry {
                index,
                place,
                state: State::Open,
            }));
        }
        // The sort is stable, so inside a chain the order of the list stays.
        entries.sort_by_key(|entry| (entry.place.stage, entry.place.chain));
        for (spot, entry) in entries.iter().enumerate() {
            spots[entry.index] = Some(spot);
        }
        let mut execution = Self {
            entries,
            spots,
            reached: 0,
            startable: BTreeSet::new(),
            left: 0,
            stopped: false,
        };
        execution.advance();
        execution
    }

    /// Starts the first item of the list that may start now, and gives its index. `None` means that nothing may start
    /// before another outcome comes.
    pub fn start(&mut self) -> Option<usize> {
        let index = self.startable.pop_first()?;
        let spot = self.spots[index]?;
        self.entries[spot].state = State::Started;
        Some(index)
    }

    /// Takes in the outcome of an item that was started. [`Outcome::NotTried`] says that the caller did not try the
    /// item after all; then the items that depend on it are not tried either. If the item is not under way, the call
    /// changes nothing and gives false.
    pub fn end(&mut self, index: usize, outcome: Outcome) -> bool {
        let spot = self.spots.get(index).copied().flatten();
        let Some(spot) = spot.filter(|&spot| self.entries[spot].state == State::Started) else {
            return false;
        };
        self.settle(spot, outcome);
        let place = self.entries[spot].place;
        let before = self.entries[..spot].iter().rev();
        let before = before.take_while(|entry| entry.place.is_of_chain(&place));
        self.look_at_chain(spot - before.count());
        self.advance();
        true
    }

    /// Whether the execution is over: nothing is under way, and nothing will start any more.
    pub fn is_over(&self) -> bool {
        self.left == 0
    }

    /// The outcomes so far, parallel to the list. An item that has not ended has the outcome [`Outcome::NotTried`].
    pub fn outcomes(&self) -> Vec<Outcome> {
        let outcome = |spot: &Option<usize>| spot.and_then(|spot| self.entries[spot].outcome());
        let outcomes = self.spots.iter().map(outcome);
        outcomes
            .map(|outcome| outcome.unwrap_or(Outcome::NotTried))
            .collect()
    }

    fn settle(&mut self, spot: usize, outcome: Outcome) {
        let entry = &mut self.entries[spot];
        entry.state = State::Ended(outcome);
        self.left -= 1;
        self.stopped |= entry.place.stops(outcome);
    }

    /// Begins the next stage if the present one has ended and no failure stops the execution.
    fn advance(&mut self) {
        while self.left == 0 && !self.stopped && self.reached < self.entries.len() {
            let mut from = self.reached;
            let stage = self.entries[from].place.stage;
            let rest = self.entries[from..].iter();
            self.left = rest.take_while(|it| it.place.stage == stage).count();
            self.reached += self.left;
            while from < self.reached {
                from = self.look_at_chain(from);
            }
        }
    }

    /// Finds the entries that may start, and those that never will, in the chain that begins at `from`. Gives the end
    /// of the chain.
    fn look_at_chain(&mut self, from: usize) -> usize {
        let place = self.entries[from].place;
        let mut spot = from;
        while spot < self.entries.len() && self.entries[spot].place.is_of_chain(&place) {
            if self.entries[spot].state == State::Open {
                match self.verdict(from, spot) {
                    None => {}
                    Some(true) => {
                        self.entries[spot].state = State::Startable;
                        self.startable.insert(self.entries[spot].index);
                    }
                    Some(false) => self.settle(spot, Outcome::NotTried),
                }
            }
            spot += 1;
        }
        spot
    }

    /// Whether the entry at `spot` may start, given the entries before it in its chain. `None` means that this is not
    /// decided yet.
    fn verdict(&self, from: usize, spot: usize) -> Option<bool> {
        let later = &self.entries[spot].place;
        let mut clear = Some(true);
        for earlier in &self.entries[from..spot] {
            match earlier.place.lets(later, earlier.outcome()) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => clear = None,
            }
        }
        clear
    }
}

impl Plan {
    /// An execution of this plan that has not begun.
    pub fn execution(&self) -> Execution {
        Execution::of(self.actions.iter().map(crate::Action::place))
    }

    /// Whether the action with this index may be tried, given the outcomes of the actions before it. It is for callers
    /// that carry a plan out one action after the other. An action that may not be tried has the outcome
    /// [`Outcome::NotTried`].
    ///
    /// The answer is false for a wait, for an index that is out of range, and if the outcome of an action before it is
    /// missing.
    pub fn may_try(&self, index: usize, outcomes: &[Outcome]) -> bool {
        let place_of = |index: usize| self.actions.get(index).and_then(crate::Action::place);
        may_try(place_of, index, outcomes)
    }
}
