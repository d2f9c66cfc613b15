//! Why a slot or a pod is not up to date: its own trouble, and what ended the pass before its turn (rules W-1, W-2).

use crate::action::Reason;
use crate::claim::ClaimPhase;
use crate::desired::{Deletion, Management, Ordinal};
use crate::duties::{self, binding};
use crate::node::UNLISTED;
use crate::plan::condemned::{self, must_recover};
use crate::plan::consent;
use crate::plan::departure;
use crate::plan::draft::{Ending, Halt, Part};
use crate::plan::facts::Facts;
use crate::plan::repair;
use crate::plan::replicas::has_stale_claim;
use crate::plan::retention;
use crate::pod::{Phase, Pod};
use crate::policies::Paused;
use crate::purpose::{Prepared, Purposes};
use crate::time::Millis;
use crate::wait::{Gate, Gates, On};

/// One wait in the making.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Why {
    pub(super) reason: Reason,
    pub(super) gates: Gates,
    pub(super) on: On,
    pub(super) since: Option<Millis>,
    pub(super) until: Option<Millis>,
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

    /// The same with one more gate, if there is one.
    fn gated(self, gate: Option<Gate>) -> Self {
        let gates = gate.map_or(self.gates, |gate| self.gates.with(gate));
        Self { gates, ..self }
    }

    /// The same with the time at which it ends, where nothing else is in the way of a pod that is taken away too soon.
    fn timed(self, ending: Ending) -> Self {
        let refusal = ending.refusal.filter(|it| self.gates == Gates::of(it.gate));
        Self {
            until: refusal.and_then(|it| it.until).or(self.until),
            ..self
        }
    }

    /// The same, and held up by what ended the pass.
    fn held(self, halt: Halt) -> Self {
        let on = if halt.on == On::Nothing {
            self.on
        } else {
            halt.on
        };
        Self {
            gates: self.gates.with(halt.gate),
            on,
            ..self
        }
    }
}

/// Why slots up to `last` are empty; `of` is the one slot whose claims are to be looked at.
pub(super) fn empty(facts: &Facts, ending: Ending, of: Option<Ordinal>, last: Ordinal) -> Why {
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
    if let Some(held) = ending.held
        && last >= held.first
    {
        gates = gates.with(held.gate);
        on = held.on;
    }
    if let Some(halt) = ending.halt
        && (halt.is_before_slots(facts)
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

/// Why a pod is not up to date, if it is not.
#[inline]
pub(super) fn pod(facts: &Facts, ending: Ending, index: u32, pod: &Pod) -> Option<Why> {
    if let Some(trouble) = duties::trouble(facts, pod) {
        let own = own_trouble(facts, index, pod);
        return Some(Why {
            reason: trouble.reason,
            gates: own.gates.union(trouble.gates),
            on: trouble.on,
            since: own.since,
            until: trouble.until,
        });
    }
    if !facts.slots.contains(pod.ordinal) {
        return Some(condemned(facts, ending, index, pod).timed(ending));
    }
    if facts.desired.deletion != Deletion::No {
        return Some(shut_down(facts, ending.halt, index, pod));
    }
    if !facts.is_sound(pod) || retention::is_astray(facts, pod.ordinal) {
        return Some(wanted(facts, ending, index, pod).timed(ending));
    }
    // Nothing ails it but its revision.
    facts.wants_rollout(pod).then(|| {
        let why = Why::without_gates(Reason::Rollout);
        let gates = why
            .gates
            .with_if(pod.hold.contains(Purposes::ROLLOUT), Gate::Held)
            .with_if(facts.participants.are_before(pod), Gate::EarlierRank);
        let why = Why { gates, ..why }
            .gated(facts.unchangeable(pod))
            .gated(facts.rollout_pause())
            .gated(ending.refusal.map(|it| it.gate));
        ending.halt.map_or(why, |halt| why.held(halt)).timed(ending)
    })
}

/// Why a pod of a set that is being deleted is still there.
fn shut_down(facts: &Facts, halt: Option<Halt>, index: u32, pod: &Pod) -> Why {
    let why = Why {
        reason: Reason::Shutdown,
        ..own_trouble(facts, index, pod)
    };
    match halt {
        Some(halt) if halt.on != On::Pod(index) => why.held(halt),
        _ => why,
    }
}

/// Why a desired pod is not up to date.
fn wanted(facts: &Facts, ending: Ending, index: u32, pod: &Pod) -> Why {
    let halt = ending.halt;
    let old = facts.wants_rollout(pod);
    let mut why = own_trouble(facts, index, pod);
    if pod.is_terminating() {
        why.reason = if old { Reason::Rollout } else { Reason::Health };
        return why;
    }
    if pod.is_terminal() {
        why = Why::without_gates(Reason::TerminalPod);
        let paused = facts.pauses(Paused::REPLACEMENT);
        let spared = ending.spared_from.is_some_and(|first| first <= pod.ordinal);
        why.gates = why
            .gates
            .with_if(pod.hold.contains(Purposes::REPAIR), Gate::Held)
            // Under `Recreate` it would go for being old before it goes for having ended.
            .with_if(
                old && halt.is_some_and(|halt| halt.part == Part::Recreate)
                    && pod.hold.contains(Purposes::ROLLOUT),
                Gate::Held,
            )
            .with_if(paused, Gate::Paused)
            .with_if(!paused && spared, Gate::ScaleLimit);
    } else if pod.prepared != Prepared::No {
        return questioned(facts, pod, why);
    } else if pod.replace {
        why.reason = Reason::Requested;
        let held = pod.hold.contains(Purposes::ROLLOUT);
        why.gates = why.gates.with_if(held, Gate::Held);
        why = why
            .gated(facts.rollout_pause())
            .gated(ending.refusal.map(|it| it.gate));
        if why.gates.is_empty() && halt.is_none_or(|halt| halt.part >= Part::Replacement) {
            why.gates = Gates::of(Gate::MaxUnavailable);
            return why;
        }
    } else if old {
        why.reason = Reason::Rollout;
        why.gates = why
            .gates
            .with_if(pod.hold.contains(Purposes::ROLLOUT), Gate::Held);
        why = why.gated(facts.unchangeable(pod));
        if broken(facts, halt, index, pod, &mut why) {
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
    match halt {
        None => why,
        // What ended the pass here is said already.
        Some(halt) if halt.on == On::Pod(index) && !why.gates.is_empty() => why,
        Some(halt) => why.held(halt),
    }
}

/// Why a pod in range that was asked to prepare for a restart is still there, or that is coming back into service.
fn questioned(facts: &Facts, pod: &Pod, own: Why) -> Why {
    let (reason, paused) = departure::obstacle(facts, pod);
    let held = consent::given(facts, pod, Purposes::ROLLOUT).err();
    Why { reason, ..own }
        .gated(paused.map(|_| Gate::Paused))
        .gated(held)
}

/// Why an old pod that is not available has not been replaced, and whether that is all there is to say.
fn broken(facts: &Facts, halt: Option<Halt>, index: u32, pod: &Pod, why: &mut Why) -> bool {
    let ordered = facts.desired.management == Management::OrderedReady;
    if repair::is_due(facts, pod) {
        let paused = facts.pauses(Paused::REPAIR);
        let held = pod.hold.contains(Purposes::REPAIR);
        let turn = !ordered || halt.is_some_and(|halt| halt.on == On::Pod(index));
        why.gates = why
            .gates
            .with_if(paused, Gate::Paused)
            .with_if(held, Gate::Held)
            .with_if(turn && !paused && !held, Gate::MaxUnavailable);
        return turn;
    }
    let due = repair::due(facts, pod);
    let never = ordered
        && !pod.is_running_and_ready()
        && halt.is_none_or(|halt| halt.part == Part::Replicas);
    if never || due.is_some() {
        why.gates = why.gates.with(Gate::BrokenRevision);
        why.until = due;
    }
    never
}

/// Why a pod that is not desired is still there.
fn condemned(facts: &Facts, ending: Ending, index: u32, pod: &Pod) -> Why {
    let nothing = Why::without_gates(Reason::ScaleIn);
    let halt = ending.halt;
    if facts.desired.deletion == Deletion::No
        && !pod.is_terminating()
        && let Some(why) = leaving(facts, pod, nothing)
    {
        return why;
    }
    if facts.desired.deletion == Deletion::No
        && !pod.is_terminating()
        && halt.is_none_or(|halt| !halt.is_before_condemned(facts))
        && let Some(gate) = condemned::obstacle(facts, ending.refusal, pod)
    {
        return Why {
            gates: Gates::of(gate),
            ..nothing
        };
    }
    let Some(halt) = halt.filter(|_| !pod.is_terminating()) else {
        return Why {
            reason: Reason::ScaleIn,
            ..own_trouble(facts, index, pod)
        };
    };
    match halt.part {
        Part::Shutdown => Why {
            reason: Reason::Shutdown,
            ..nothing
        }
        .held(halt),
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
        Part::Recreate => {
            let old = pod.revision != facts.desired.update;
            let held = old && pod.hold.contains(Purposes::ROLLOUT);
            let gates = nothing.gates.with_if(held, Gate::Held);
            Why { gates, ..nothing }.held(halt)
        }
        _ => nothing.held(halt),
    }
}

/// Why a condemned pod that was asked to leave, or that must not leave, is still there.
fn leaving(facts: &Facts, pod: &Pod, nothing: Why) -> Option<Why> {
    let asked = departure::is_in_motion(facts, pod);
    let obstacle = consent::given(facts, pod, Purposes::SCALE_IN).err();
    let paused = facts.pauses(Paused::SCALE_IN);
    let gates = obstacle.map_or(Gates::NONE, Gates::of);
    let gates = gates.with_if(paused, Gate::Paused);
    (asked || obstacle.is_some()).then_some(Why { gates, ..nothing })
}

/// What keeps a pod itself from being available, and what ends that.
fn own_trouble(facts: &Facts, index: u32, pod: &Pod) -> Why {
    let mut why = Why::without_gates(Reason::Health);
    if facts.is_steady(pod) {
        return why;
    }
    why.on = On::Pod(index);
    if pod.is_terminating() {
        // Nobody can say whether it still runs.
        let astray = pod.node == Some(UNLISTED);
        why.gates = Gates::of(Gate::PodTerminating).with_if(astray, Gate::NodesUnknown);
        why.since = pod.terminating_since;
        return why;
    }
    let too_young = pod.ready && !pod.changing && !facts.is_available(pod);
    why.gates = match pod.phase {
        Phase::Pending => Gates::of(Gate::PodPending),
        Phase::Running => Gates::NONE.with_if(!pod.ready, Gate::PodNotReady),
        Phase::Unknown | Phase::Failed | Phase::Succeeded => Gates::of(Gate::PodNotRunning),
    };
    if why.gates.is_empty() && too_young {
        why.until = pod.available_at(facts.desired.ready_for(), facts.now);
    }
    why.gates = why.gates.with_if(too_young, Gate::PodNotAvailable).with_if(
        too_young && pod.ready_since.is_none(),
        Gate::ReadySinceMissing,
    );
    why.gates = why.gates.with_if(pod.changing, Gate::PodChanging);
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
