//! Why the plan does not do more: each ordinal that is not up to date and that no action covers gets one wait
//! (rules W-1 to W-4).

use core::ops::{Range, RangeInclusive};

use smallvec::SmallVec;

use crate::action::{Action, Do};
use crate::desired::{Deletion, NO_ORDINAL, Ordinal};
use crate::plan::draft::{Draft, Ending};
use crate::plan::facts::Facts;
use crate::plan::participants::Participants;
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
    let stage = draft.wait_stage();
    let ending = draft.ending();
    let mut cover = Cover {
        facts,
        ending,
        covered: &covered,
        special: &special,
        draft,
        stage,
        open: None,
        waits_for_turn: false,
    };
    let (start, end) = (facts.slots.start, facts.slots.end);
    // Neither their nodes nor their claims are to be asked.
    let is_plain = facts.calm && !facts.claims_astray && facts.desired.deletion == Deletion::No;
    let lead = if is_plain { facts.settled_lead } else { 0 };
    // What is said of the first that waits for nothing but its turn in a rollout holds for all its neighbours that do.
    let turn_is_shared = is_plain && matches!(facts.participants, Participants::From(_));
    let mut next = start + lead;
    let mut pods = facts.roster.all_after(lead).peekable();
    while let Some((index, pod)) = pods.next() {
        if pod.ordinal == NO_ORDINAL && facts.desired.deletion == Deletion::No {
            break; // Only the end of the set is the end of these pods.
        }
        let reached = pod.ordinal.clamp(start, end);
        cover.gap(next..reached);
        next = reached.max(next);
        if facts.slots.contains(pod.ordinal) {
            next += 1;
        } else if matches!(pods.peek(), Some((_, twin)) if twin.ordinal == pod.ordinal) {
            // Condemned twins, and pods without an ordinal, share one wait, that of the one to go first.
            continue;
        }
        if cover.is_covered(pod.ordinal) {
            continue;
        }
        let only_old = turn_is_shared
            && facts.slots.contains(pod.ordinal)
            && facts.is_sound(pod)
            && !pod.hold.contains(Purposes::ROLLOUT);
        if only_old && (!facts.wants_rollout(pod) || cover.shares_turn(pod.ordinal)) {
            continue;
        }
        if let Some(why) = why::pod(facts, ending, index, pod) {
            cover.join(pod.ordinal..=pod.ordinal, why);
            cover.waits_for_turn = only_old;
        }
    }
    cover.gap(next..end);
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
    /// The wait that neighbours may still join.
    open: Option<(RangeInclusive<Ordinal>, Why)>,
    /// Whether that is the wait of pods that nothing ails but their revision.
    waits_for_turn: bool,
}

impl Cover<'_, '_> {
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

    /// Adds an ordinal to the open wait if it is a neighbour, and that wait is for a turn in the rollout.
    #[inline]
    fn shares_turn(&mut self, ordinal: Ordinal) -> bool {
        match &mut self.open {
            Some((range, _))
                if self.waits_for_turn && ordinal.checked_sub(1) == Some(*range.end()) =>
            {
                *range = *range.start()..=ordinal;
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
