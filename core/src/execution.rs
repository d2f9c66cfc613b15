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
    /// By stage and chain, within a chain in the order of the list.
    entries: Vec<Entry>,
    /// Where in `entries` each thing of the list is. `None`: there is nothing to do for it.
    spots: Vec<Option<usize>>,
    /// The stages that have begun end here.
    reached: usize,
    /// Indexes of what may start now: what comes first in the list starts first.
    startable: BTreeSet<usize>,
    /// How many of the present stage have not ended.
    left: usize,
    /// Something failed, so no later stage runs.
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
    /// It is not clear yet whether it runs.
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
    /// One that has not begun, of a list of which this is known. `None` stands for what there is nothing to do for.
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
        // Stable: within a chain the order of the list stays.
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

    /// Starts the next one that may start now, the first in the list, and gives its index. `None`: nothing may, before
    /// another outcome comes.
    pub fn start(&mut self) -> Option<usize> {
        let index = self.startable.pop_first()?;
        let spot = self.spots[index]?;
        self.entries[spot].state = State::Started;
        Some(index)
    }

    /// Takes in how one that was started went. [`Outcome::NotTried`] is for one that was not begun after all: what
    /// depends on it is not tried either. Changes nothing, and gives false, if it is not under way.
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

    /// Whether all has ended: nothing is under way and nothing will start.
    pub fn is_over(&self) -> bool {
        self.left == 0
    }

    /// The outcomes so far, parallel to the list; what has not ended is [`Outcome::NotTried`].
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

    /// Begins the next stage if the present one has ended, unless a failure ends it all.
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

    /// Finds what may start in the chain that begins here, and what never will. Gives the chain's end.
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

    /// Whether the entry may start, given those before it in its chain; `None` where that is not clear yet.
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
    /// Begins to carry the plan out.
    pub fn execution(&self) -> Execution {
        Execution::of(self.actions.iter().map(crate::Action::place))
    }

    /// Whether the action with this index may be tried, given the outcomes of those before it; for those who carry a plan
    /// out one by one. What may not has the outcome [`Outcome::NotTried`].
    ///
    /// False for a wait, for an index that is out of range, or if an outcome before it is missing.
    pub fn may_try(&self, index: usize, outcomes: &[Outcome]) -> bool {
        let place_of = |index: usize| self.actions.get(index).and_then(crate::Action::place);
        may_try(place_of, index, outcomes)
    }
}
