//! Why the plan does not do more: each ordinal that is not at its goal and that no action covers gets one wait
//! (rules W-1 to W-4).

use core::ops::Range;

use smallvec::SmallVec;

use crate::action::{Action, Do, Reason};
use crate::claim::ClaimPhase;
use crate::desired::{Deletion, Management, Ordinal};
use crate::duties::{self, Trouble, binding};
use crate::plan::census::{is_sound, wants_rollout};
use crate::plan::claims::Claims;
use crate::plan::condemned::must_recover;
use crate::plan::draft::{Draft, Halt, Part};
use crate::plan::facts::Facts;
use crate::plan::replicas::has_stale_claim;
use crate::plan::retention;
use crate::pod::{Phase, Pod};
use crate::time::Millis;
use crate::wait::{Gate, Gates, On, Wait};

/// Adds the waits of everything that is left.
pub(crate) fn cover(facts: &Facts, draft: &mut Draft) {
    if facts.desired.deletion == Deletion::Orphan {
        return; // The pods are to stay.
    }
    let covered = ascending(draft.actions.iter().map(|action| action.ordinal));
    let claims = facts.claims.iter().flat_map(Claims::iter);
    let special = ascending(
        claims
            .filter(|(_, claim)| claim.is_terminating() || has_stale_claim(facts, claim.ordinal))
            .map(|(_, claim)| claim.ordinal)
            .chain(covered.iter().copied()),
    );
    let stage = draft.wait_stage();
    let rollout = Why::without_gates(Reason::Rollout);
    let mut cover = Cover {
        facts,
        halt: draft.halt,
        covered: &covered,
        special: &special,
        rollout: draft.halt.map_or(rollout, |halt| held(rollout, halt)),
        calm: facts.desired.deletion == Deletion::No
            && !facts.claims_astray
            && duties::nodes_are_calm(facts.observed),
        sound: facts.slots_are_sound(),
        draft,
        stage,
        run: None,
    };
    let (start, end) = (facts.desired.start, facts.end());
    let mut next = start;
    let mut placed = facts.roster.placed().peekable();
    while let Some((index, pod)) = placed.next() {
        let is_wanted = (start..end).contains(&pod.ordinal);
        if is_wanted {
            if next < pod.ordinal {
                cover.gap(next..pod.ordinal);
            }
            next = pod.ordinal + 1;
        } else if matches!(placed.peek(), Some((_, twin)) if twin.ordinal == pod.ordinal) {
            // Condemned twins share one wait, that of the one to go first.
            continue;
        } else if pod.ordinal >= end && next < end {
            cover.gap(next..end);
            next = end;
        }
        cover.pod(index, pod, is_wanted);
    }
    if next < end {
        cover.gap(next..end);
    }
    cover.end_run();
}

fn ascending(ordinals: impl Iterator<Item = Ordinal>) -> SmallVec<[Ordinal; 8]> {
    let mut ordinals: SmallVec<[Ordinal; 8]> = ordinals.collect();
    ordinals.sort_unstable();
    ordinals.dedup();
    ordinals
}

/// One wait in the making.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Why {
    reason: Reason,
    gates: Gates,
    on: On,
    since: Option<Millis>,
    until: Option<Millis>,
}

impl Why {
    const fn without_gates(reason: Reason) -> Self {
        Self {
            reason,
            gates: Gates::NONE,
            on: On::Nothing,
            since: None,
            until: None,
        }
    }
}

struct Cover<'f, 'a> {
    facts: &'f Facts<'a>,
    halt: Option<Halt>,
    /// Ordinals that actions are about.
    covered: &'f [Ordinal],
    /// These, and those with a claim that is in the way of a new pod.
    special: &'f [Ordinal],
    /// Why a sound pod of an old revision waits.
    rollout: Why,
    /// Nothing but the pods themselves, and the rollout, can keep pods in range from their goal.
    calm: bool,
    /// All pods in range are sound.
    sound: bool,
    draft: &'f mut Draft,
    stage: u32,
    /// The ordinals that wait together so far, and why.
    run: Option<(Range<Ordinal>, Why)>,
}

impl Cover<'_, '_> {
    #[inline]
    fn pod(&mut self, index: u32, pod: &Pod, is_wanted: bool) {
        let facts = self.facts;
        // Most pods are sound; those that are not old either are at their goal.
        let sound =
            self.calm && is_wanted && (self.sound || is_sound(pod, facts.is_available(pod)));
        let old = wants_rollout(pod, facts.desired);
        if sound && !old {
            return;
        }
        if self.covered.binary_search(&pod.ordinal).is_ok() {
            return;
        }
        if sound {
            return self.add(pod.ordinal..pod.ordinal + 1, self.rollout);
        }
        if let Some(trouble) = duties::trouble(facts, pod) {
            let own = own_trouble(facts, index, pod);
            let Trouble {
                reason,
                gates,
                on,
                until,
            } = trouble;
            let why = Why {
                reason,
                gates: own.gates.union(gates),
                on,
                since: own.since,
                until,
            };
            return self.add(pod.ordinal..pod.ordinal + 1, why);
        }
        let why = if !is_wanted {
            self.why_condemned(index, pod)
        } else if facts.desired.deletion == Deletion::No
            && is_sound(pod, facts.is_available(pod))
            && !old
            && !retention::is_astray(facts, pod.ordinal)
        {
            return;
        } else {
            self.why_wanted(index, pod)
        };
        self.add(pod.ordinal..pod.ordinal + 1, why);
    }

    /// Empty slots. Those whose claims are in the way speak for themselves; the others wait together, however many.
    fn gap(&mut self, ordinals: Range<Ordinal>) {
        if self.facts.desired.deletion != Deletion::No {
            return;
        }
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
                self.why_empty(None, ordinal.saturating_sub(1)),
            );
            next = ordinal + 1;
            if self.covered.binary_search(&ordinal).is_err() {
                self.add(ordinal..next, self.why_empty(Some(ordinal), ordinal));
            }
        }
        self.add(next..ordinals.end, self.why_empty(None, ordinals.end - 1));
    }

    /// Why slots up to `last` are empty; `of` is the one slot whose claims are to be looked at.
    fn why_empty(&self, of: Option<Ordinal>, last: Ordinal) -> Why {
        let facts = self.facts;
        let mut gates = Gates::NONE.with_if(facts.lacks_claims(), Gate::ClaimsUnknown);
        let (mut on, mut since) = (On::Nothing, None);
        if let Some(ordinal) = of {
            let stale = has_stale_claim(facts, ordinal);
            gates = gates.with_if(stale, Gate::ClaimStale);
            for (index, claim) in facts.claims_of(ordinal) {
                if claim.is_terminating() {
                    gates = gates.with(Gate::ClaimTerminating);
                    since = claim.terminating_since;
                }
                if on == On::Nothing && (claim.is_terminating() || stale) {
                    on = On::Claim(index);
                }
            }
        }
        if let Some(halt) = self.halt
            && (halt.part < Part::Replicas
                || (halt.part == Part::Replicas && (gates.is_empty() || last > halt.at)))
            && halt.on != On::Ordinal(last)
        {
            gates = gates.with(halt.gate);
            if on == On::Nothing {
                on = halt.on;
            }
        }
        Why {
            reason: Reason::ScaleOut,
            gates,
            on,
            since,
            until: None,
        }
    }

    /// Why a pod in range is not at its goal.
    fn why_wanted(&self, index: u32, pod: &Pod) -> Why {
        let facts = self.facts;
        let old = wants_rollout(pod, facts.desired);
        let mut why = own_trouble(facts, index, pod);
        if let Some(halt) = self.halt.filter(|halt| halt.part == Part::Shutdown) {
            why.reason = Reason::Shutdown;
            let is_next = halt.on == On::Pod(index);
            return if is_next { why } else { held(why, halt) };
        }
        if pod.is_terminating() {
            why.reason = if old { Reason::Rollout } else { Reason::Health };
            return why;
        }
        if pod.is_terminal() {
            why = Why::without_gates(Reason::TerminalPod);
        } else if old {
            why.reason = Reason::Rollout;
            let broken =
                facts.desired.management == Management::OrderedReady && !pod.is_running_and_ready();
            if broken && self.halt.is_none_or(|halt| halt.part == Part::Replicas) {
                why.gates = why.gates.with(Gate::BrokenRevision);
                return why;
            }
        } else if why.gates.is_empty() {
            why.reason = if pod.identity && pod.storage {
                Reason::Retention
            } else {
                Reason::Repair
            };
            if !pod.storage {
                repair_trouble(facts, pod, &mut why);
            }
        } else {
            return why;
        }
        let own = self.halt.is_some_and(|halt| halt.on == On::Pod(index));
        match self.halt {
            // What ended the pass here is said already.
            Some(halt) if !own || why.gates.is_empty() => held(why, halt),
            _ => why,
        }
    }

    /// Why a pod out of range is still there.
    fn why_condemned(&self, index: u32, pod: &Pod) -> Why {
        let facts = self.facts;
        let nothing = Why::without_gates(Reason::ScaleIn);
        let Some(halt) = self.halt.filter(|_| !pod.is_terminating()) else {
            return Why {
                reason: Reason::ScaleIn,
                ..own_trouble(facts, index, pod)
            };
        };
        match halt.part {
            Part::Shutdown => held(
                Why {
                    reason: Reason::Shutdown,
                    ..nothing
                },
                halt,
            ),
            Part::Replicas if facts.is_monotonic() => Why {
                gates: Gates::of(Gate::ReplicasNotAvailable),
                on: halt.on,
                ..nothing
            },
            Part::Condemned if halt.on == On::Pod(index) => {
                let other = must_recover(facts, index, pod).map_or(On::Nothing, On::Pod);
                let own = own_trouble(facts, index, pod);
                Why {
                    reason: Reason::ScaleIn,
                    gates: own.gates.with(Gate::UnhealthyLeaver),
                    on: other,
                    ..own
                }
            }
            _ => held(nothing, halt),
        }
    }

    /// Equal waits of neighbours are one wait.
    #[inline]
    fn add(&mut self, ordinals: Range<Ordinal>, why: Why) {
        match &mut self.run {
            _ if ordinals.is_empty() => {}
            Some((run, before)) if run.end == ordinals.start && *before == why => {
                run.end = ordinals.end;
            }
            _ => {
                self.end_run();
                self.run = Some((ordinals, why));
            }
        }
    }

    fn end_run(&mut self) {
        let Some((ordinals, why)) = self.run.take() else {
            return;
        };
        let wait = Wait {
            through: ordinals.end - 1,
            gates: why.gates,
            on: why.on,
            since: why.since,
            until: why.until,
        };
        self.draft.actions.push(Action {
            stage: self.stage,
            ordinal: ordinals.start,
            step: 0,
            reason: why.reason,
            what: Do::Wait(wait),
        });
    }
}

/// The same, and held up by what ended the pass.
fn held(why: Why, halt: Halt) -> Why {
    Why {
        gates: why.gates.with(halt.gate),
        on: if halt.on == On::Nothing {
            why.on
        } else {
            halt.on
        },
        ..why
    }
}

/// What keeps a pod itself from being available, and what ends that.
fn own_trouble(facts: &Facts, index: u32, pod: &Pod) -> Why {
    let mut why = Why::without_gates(Reason::Health);
    if pod.is_running_and_ready() && !facts.is_unavailable(pod) {
        return why;
    }
    why.on = On::Pod(index);
    if pod.is_terminating() {
        why.gates = Gates::of(Gate::PodTerminating);
        why.since = pod.terminating_since;
        return why;
    }
    let too_young = pod.ready && !facts.is_available(pod);
    why.gates = match pod.phase {
        Phase::Pending => Gates::of(Gate::PodPending),
        Phase::Running => Gates::NONE.with_if(!pod.ready, Gate::PodNotReady),
        Phase::Unknown | Phase::Failed | Phase::Succeeded => Gates::of(Gate::PodNotRunning),
    };
    if why.gates.is_empty() && too_young {
        why.until = pod.available_at(facts.desired.min_ready, facts.now);
    }
    why.gates = why.gates.with_if(too_young, Gate::PodNotAvailable).with_if(
        too_young && pod.ready_since.is_none(),
        Gate::ReadySinceMissing,
    );
    why.since = pod.ready_since;
    if pod.phase == Phase::Pending {
        claim_trouble(facts, pod, &mut why);
    }
    why
}

/// Storage is not put right while a claim is in the way, or none is known.
fn repair_trouble(facts: &Facts, pod: &Pod, why: &mut Why) {
    why.gates = why.gates.with_if(facts.lacks_claims(), Gate::ClaimsUnknown);
    let mut claims = facts.claims_of(pod.ordinal);
    if let Some((index, claim)) = claims.find(|(_, claim)| claim.is_terminating()) {
        why.gates = why.gates.with(Gate::ClaimTerminating);
        (why.on, why.since) = (On::Claim(index), claim.terminating_since);
    }
}

/// A pod that has not started may lack a claim's volume.
fn claim_trouble(facts: &Facts, pod: &Pod, why: &mut Why) {
    why.gates = why.gates.with_if(facts.lacks_claims(), Gate::ClaimsUnknown);
    for (index, claim) in facts.claims_of(pod.ordinal) {
        let unbound = claim.phase != ClaimPhase::Bound;
        if claim.is_terminating() || unbound {
            why.on = if matches!(why.on, On::Claim(_)) {
                why.on
            } else {
                On::Claim(index)
            };
            why.gates = why
                .gates
                .with_if(claim.is_terminating(), Gate::ClaimTerminating)
                .with_if(unbound, Gate::ClaimUnbound);
            if unbound && facts.desired.profile.bind_claims {
                why.gates = why.gates.with(binding::obstacle(claim, facts.observed));
            }
        }
    }
}
