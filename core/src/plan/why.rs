//! Why a slot or a pod is not up to date: its own trouble, and what ended the pass before its turn (rules W-1, W-2).

use crate::action::Reason;
use crate::claim::ClaimPhase;
use crate::desired::{Deletion, Management, Ordinal};
use crate::duties::{self, binding};
use crate::node::UNLISTED;
use crate::plan::census::{is_in_range, wants_rollout};
use crate::plan::condemned::must_recover;
use crate::plan::draft::{Halt, Part};
use crate::plan::facts::Facts;
use crate::plan::replicas::has_stale_claim;
use crate::plan::retention;
use crate::pod::{Phase, Pod};
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
pub(super) fn empty(facts: &Facts, halt: Option<Halt>, of: Option<Ordinal>, last: Ordinal) -> Why {
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
    if let Some(halt) = halt
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
pub(super) fn pod(facts: &Facts, halt: Option<Halt>, index: u32, pod: &Pod) -> Option<Why> {
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
    if !is_in_range(pod, facts.desired) {
        return Some(condemned(facts, halt, index, pod));
    }
    if facts.desired.deletion != Deletion::No {
        return Some(shut_down(facts, halt, index, pod));
    }
    if !facts.is_sound(pod) || retention::is_astray(facts, pod.ordinal) {
        return Some(wanted(facts, halt, index, pod));
    }
    // Nothing ails it but its revision.
    wants_rollout(pod, facts.desired).then(|| {
        let why = Why::without_gates(Reason::Rollout);
        halt.map_or(why, |halt| why.held(halt))
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

/// Why a pod in range is not up to date.
fn wanted(facts: &Facts, halt: Option<Halt>, index: u32, pod: &Pod) -> Why {
    let old = wants_rollout(pod, facts.desired);
    let mut why = own_trouble(facts, index, pod);
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
        if broken && halt.is_none_or(|halt| halt.part == Part::Replicas) {
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
    match halt {
        None => why,
        // What ended the pass here is said already.
        Some(halt) if halt.on == On::Pod(index) && !why.gates.is_empty() => why,
        Some(halt) => why.held(halt),
    }
}

/// Why a pod out of range is still there.
fn condemned(facts: &Facts, halt: Option<Halt>, index: u32, pod: &Pod) -> Why {
    let nothing = Why::without_gates(Reason::ScaleIn);
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
        _ => nothing.held(halt),
    }
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
    let too_young = pod.ready && !facts.is_available(pod);
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
