//! Why the plan does not do more: each ordinal that is not up to date and that no action covers gets one wait
//! (rules W-1 to W-4).

use core::ops::{Range, RangeInclusive};

use smallvec::SmallVec;

use crate::action::{Action, Do};
use crate::desired::{Deletion, NO_ORDINAL, Ordinal};
use crate::plan::draft::{Draft, Ending};
use crate::plan::facts::Facts;
use crate::plan::participants::Participants;
use crate::plan::parts::Stretch;
use crate::plan::replicas::has_stale_claim;
use crate::plan::why::{self, Why};
use crate::purpose::Purposes;
use crate::wait::Wait;

/// Adds the waits of everything that is left.
pub(crate) fn cover(facts: &Facts, draft: &mut Draft) {
    if facts.desired.deletion == Deletion::Orphan {
        return; // The pods are to stay.
    }
    let covered = ascending(draft.actions.iter().map(|action| action.ordinal));
    let in_the_way = facts
        .all_claims()
        .take_while(|_| facts.claims_in_the_way)
        .filter(|(_, claim)| claim.is_terminating() || has_stale_claim(facts, claim.ordinal))
        .map(|(_, claim)| claim.ordinal);
    let special = ascending(in_the_way.chain(covered.iter().copied()));
    // Neither their nodes nor their claims are to be asked.
    let is_plain = facts.calm && !facts.claims_astray && facts.desired.deletion == Deletion::No;
    let lead = if is_plain { facts.settled_lead } else { 0 };
    let turn_is_shared = is_plain && matches!(facts.participants, Participants::From(_));
    let stage = draft.wait_stage();
    let ending = draft.ending();
    let mut cover = Cover {
        facts,
        ending,
        covered: &covered,
        special: &special,
        draft,
        stage,
        next: facts.slots.start + lead,
        open: None,
        turn_is_shared,
        waits_for_turn: false,
    };
    for Stretch { positions, alike } in facts.stretches(lead) {
        let last = positions.end - 1;
        if turn_is_shared && alike.is_some() && !cover.covers_any(positions.start, last) {
            cover.pods(positions.start, last);
        } else {
            for position in positions {
                cover.pods(position, position);
            }
        }
    }
    cover.gap(cover.next..facts.slots.end);
    cover.close();
}

fn ascending(ordinals: impl Iterator<Item = Ordinal>) -> SmallVec<[Ordinal; 8]> {
    let mut ordinals: SmallVec<[Ordinal; 8]> = ordinals.collect();
    ordinals.sort_unstable();
    ordinals.dedup();
    ordinals
}

struct Cover<'f, 'a> {
    facts: &'f Facts<'a>,
    ending: Ending,
    /// Ordinals that actions are about and that have not been passed yet.
    covered: &'f [Ordinal],
    /// These, and those with a claim that is in the way of a new pod.
    special: &'f [Ordinal],
    draft: &'f mut Draft,
    stage: u32,
    /// The first slot that has not been passed yet.
    next: Ordinal,
    /// The wait that neighbours may still join.
    open: Option<(RangeInclusive<Ordinal>, Why)>,
    /// What is said of the first pod that waits for nothing but its turn in a rollout holds for all its neighbours that do.
    turn_is_shared: bool,
    /// Whether the open wait is that of such pods.
    waits_for_turn: bool,
}

impl Cover<'_, '_> {
    /// The pods from one position to another, of which all that is said of the first holds for the others, too.
    #[inline]
    fn pods(&mut self, first: usize, last: usize) {
        let facts = self.facts;
        let (index, pod) = facts.roster.at(first);
        if pod.ordinal == NO_ORDINAL && facts.desired.deletion == Deletion::No {
            return; // Only the end of the set is the end of these pods.
        }
        let through = facts.roster.at(last).1.ordinal;
        let reached = pod.ordinal.clamp(facts.slots.start, facts.slots.end);
        self.gap(self.next..reached);
        self.next = reached.max(self.next);
        if facts.slots.contains(pod.ordinal) {
            self.next = through + 1;
        } else if facts.roster.ordinal_at(last + 1) == Some(pod.ordinal) {
            // Condemned twins, and pods without an ordinal, share one wait, that of the one to go first.
            return;
        }
        if self.is_covered(pod.ordinal) {
            return;
        }
        let only_old = self.turn_is_shared
            && facts.slots.contains(pod.ordinal)
            && facts.is_sound(pod)
            && !pod.hold.contains(Purposes::ROLLOUT)
            && facts.unchangeable(pod).is_none();
        let ordinals = pod.ordinal..=through;
        if only_old && (!facts.wants_rollout(pod) || self.shares_turn(&ordinals)) {
            return;
        }
        if let Some(why) = why::pod(facts, self.ending, index, pod) {
            self.join(ordinals, why);
            self.waits_for_turn = only_old;
        }
    }

    /// Whether an action is about a pod from one position to another.
    fn covers_any(&self, first: usize, last: usize) -> bool {
        let ordinal = |position| self.facts.roster.at(position).1.ordinal;
        let (first, last) = (ordinal(first), ordinal(last));
        // The gap before these pods has not been passed yet.
        let next = self.covered.partition_point(|&ordinal| ordinal < first);
        self.covered
            .get(next)
            .is_some_and(|&ordinal| ordinal <= last)
    }

    /// Whether an action is about this ordinal. Asked in ascending order.
    fn is_covered(&mut self, ordinal: Ordinal) -> bool {
        while let [first, rest @ ..] = self.covered
            && *first < ordinal
        {
            self.covered = rest;
        }
        self.covered.first() == Some(&ordinal)
    }

    /// Empty slots. Those whose claims are in the way speak for themselves; the others wait together, however many.
    fn gap(&mut self, ordinals: Range<Ordinal>) {
        if ordinals.is_empty() || self.facts.desired.deletion != Deletion::No {
            return;
        }
        for run in self.facts.slots.within(ordinals) {
            self.run(run);
        }
    }

    /// Empty slots that are neighbours.
    fn run(&mut self, ordinals: Range<Ordinal>) {
        let from = self
            .special
            .partition_point(|&ordinal| ordinal < ordinals.start);
        let to = self
            .special
            .partition_point(|&ordinal| ordinal < ordinals.end);
        let mut next = ordinals.start;
        for &ordinal in &self.special[from..to] {
            self.add(
                next..ordinal,
                why::empty(self.facts, self.ending, None, ordinal.saturating_sub(1)),
            );
            next = ordinal + 1;
            if !self.is_covered(ordinal) {
                self.add(
                    ordinal..next,
                    why::empty(self.facts, self.ending, Some(ordinal), ordinal),
                );
            }
        }
        self.add(
            next..ordinals.end,
            why::empty(self.facts, self.ending, None, ordinals.end - 1),
        );
    }

    fn add(&mut self, ordinals: Range<Ordinal>, why: Why) {
        if !ordinals.is_empty() {
            self.join(ordinals.start..=ordinals.end - 1, why);
        }
    }

    /// Adds ordinals, of which there is at least one, to the open wait if it is their neighbour and for the same reason.
    #[inline]
    fn join(&mut self, ordinals: RangeInclusive<Ordinal>, why: Why) {
        match &mut self.open {
            Some((range, same))
                if ordinals.start().checked_sub(1) == Some(*range.end()) && *same == why =>
            {
                *range = *range.start()..=*ordinals.end();
            }
            _ => {
                self.close();
                self.open = Some((ordinals, why));
            }
        }
    }

    /// Adds ordinals to the open wait if they are its neighbours, and that wait is for a turn in the rollout.
    #[inline]
    fn shares_turn(&mut self, ordinals: &RangeInclusive<Ordinal>) -> bool {
        match &mut self.open {
            Some((range, _))
                if self.waits_for_turn && ordinals.start().checked_sub(1) == Some(*range.end()) =>
            {
                *range = *range.start()..=*ordinals.end();
                true
            }
            _ => false,
        }
    }

    fn close(&mut self) {
        self.waits_for_turn = false;
        let Some((ordinals, why)) = self.open.take() else {
            return;
        };
        let Why {
            reason,
            gates,
            on,
            since,
            until,
        } = why;
        let wait = Wait {
            through: *ordinals.end(),
            gates,
            on,
            since,
            until,
        };
        let what = Do::Wait(wait);
        let action = Action::new(self.stage, *ordinals.start(), 0, reason, what);
        self.draft.actions.push(action);
    }
}
