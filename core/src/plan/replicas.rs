//! The desired ordinals, lowest first: fill empty slots, recycle ended pods, wait, repair (rules O-1 to O-4, R-1 to R-7).

use core::ops::Range;

use crate::action::{Do, Reason};
use crate::claim::OwnerRef;
use crate::desired::{Keep, Ordinal};
use crate::plan::change;
use crate::plan::consent::Going;
use crate::plan::draft::{Draft, Flow, Held, Part, batch_of, step};
use crate::plan::facts::Facts;
use crate::plan::limits;
use crate::plan::repair;
use crate::plan::replacement;
use crate::plan::retention;
use crate::pod::{Phase, Pod};
use crate::policies::Paused;
use crate::wait::{Gate, On};

/// What looking at one slot came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    /// As it should be.
    Pass,
    /// `OrderedReady` goes no further.
    Stop,
    /// Upstream reports an error: `OrderedReady` goes no further, `Parallel` not beyond this batch.
    Fail,
}

/// Looks at every slot, in order.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.slots_are_sound() {
        return Flow::Continue(());
    }
    let mut pass = Pass {
        facts,
        draft,
        failure: None,
        limit: limits::ScaleOut::new(facts),
    };
    if facts.pauses(Paused::REPLACEMENT) {
        pass.draft.spared_from = Some(facts.slots.start);
    }
    // Nothing is to be done about these.
    let lead = if facts.claims_astray {
        0
    } else {
        facts.sound_lead
    };
    let mut next = facts.slots.start + lead;
    for (index, pod) in facts.roster.slots_after(lead) {
        pass.gap(next..pod.ordinal)?;
        next = pod.ordinal + 1;
        // Most pods are passed without a further look.
        if facts.claims_astray || !facts.is_sound(pod) {
            if pass.limit.is_reached() {
                pass.draft.spared_from.get_or_insert(pod.ordinal);
            }
            pass.slot(pod.ordinal, On::Pod(index), |facts, draft| {
                existing(facts, draft, index, pod)
            })?;
            pass.limit.count(facts, index, pod);
        }
    }
    pass.gap(next..facts.slots.end)?;
    match pass.failure {
        Some((_, on)) => draft.halt(Part::Replicas, facts.slots.end, Gate::Order, on),
        None => Flow::Continue(()),
    }
}

struct Pass<'f, 'a> {
    facts: &'f Facts<'a>,
    draft: &'f mut Draft,
    /// In `Parallel`: the batch in which something failed, and where.
    failure: Option<(u32, On)>,
    limit: limits::ScaleOut,
}

impl Pass<'_, '_> {
    #[inline]
    fn gap(&mut self, ordinals: Range<Ordinal>) -> Flow {
        // There is none before most pods.
        if ordinals.is_empty() {
            return Flow::Continue(());
        }
        for run in self.facts.slots.within(ordinals) {
            self.run(run)?;
        }
        Flow::Continue(())
    }

    /// Empty slots that are neighbours.
    fn run(&mut self, ordinals: Range<Ordinal>) -> Flow {
        if !self.facts.is_monotonic() {
            let each = u32::try_from(self.facts.desired.templates.len())
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            let pods = (ordinals.end - ordinals.start).min(self.limit.left());
            self.draft.expect(pods.saturating_mul(each));
        }
        for ordinal in ordinals.clone() {
            if let Some((gate, on)) = self.limit.obstacle(self.facts) {
                let first = self.draft.held.map_or(ordinal, |held| held.first);
                self.draft.held = Some(Held {
                    first,
                    last: ordinals.end - 1,
                    gate,
                    on,
                });
                self.limit.count_held(ordinal, ordinals.end - ordinal);
                break;
            }
            self.slot(ordinal, On::Ordinal(ordinal), |facts, draft| {
                create(facts, draft, ordinal)
            })?;
            self.limit.count_empty(ordinal);
        }
        Flow::Continue(())
    }

    fn slot(
        &mut self,
        ordinal: Ordinal,
        on: On,
        look: impl FnOnce(&Facts, &mut Draft) -> Flow<Verdict>,
    ) -> Flow {
        let place = self.facts.slots.place(ordinal);
        if self.facts.is_monotonic() {
            self.draft.open(Part::Replicas, place);
            let verdict = look(self.facts, self.draft)?;
            self.draft.failed |= verdict == Verdict::Fail;
            if verdict != Verdict::Pass {
                return self.draft.halt(Part::Replicas, ordinal, Gate::Order, on);
            }
        } else {
            let batch = batch_of(place);
            if let Some((_, on)) = self.failure.filter(|&(failed, _)| failed < batch) {
                return self
                    .draft
                    .halt(Part::Replicas, ordinal - 1, Gate::Order, on);
            }
            self.draft.open(Part::Replicas, batch);
            if look(self.facts, self.draft)? == Verdict::Fail {
                self.draft.failed = true;
                self.failure.get_or_insert((batch, on));
            }
        }
        Flow::Continue(())
    }
}

/// An empty slot gets its claims, then its pod (rules R-2, C-2 to C-6).
#[inline]
fn create(facts: &Facts, draft: &mut Draft, ordinal: Ordinal) -> Flow<Verdict> {
    let has_claims = !facts.desired.templates.is_empty();
    if has_claims {
        match prepare(facts, draft, ordinal)? {
            Verdict::Pass => {}
            verdict => return Flow::Continue(verdict),
        }
    }
    let revision = facts.revision_for(ordinal);
    draft.push(
        ordinal,
        step::POD,
        Reason::ScaleOut,
        Do::CreatePod { revision },
    )?;
    if has_claims {
        retention::align(facts, draft, ordinal, None, true, step::POD)?;
    }
    Flow::Continue(Verdict::Stop)
}

/// The claims of an empty slot; `Pass` if its pod may be created.
fn prepare(facts: &Facts, draft: &mut Draft, ordinal: Ordinal) -> Flow<Verdict> {
    if facts.lacks_claims() {
        return Flow::Continue(Verdict::Fail);
    }
    if has_stale_claim(facts, ordinal) {
        return Flow::Continue(Verdict::Stop);
    }
    create_claims(facts, draft, ordinal, Reason::ScaleOut)
}

/// Whether a claim still belongs to an earlier pod of this name and will be collected with it (rule C-5).
pub(crate) fn has_stale_claim(facts: &Facts, ordinal: Ordinal) -> bool {
    facts.desired.retention.when_scaled == Keep::Delete
        && facts
            .claims_of(ordinal)
            .any(|(_, claim)| claim.pod_owner != OwnerRef::Absent)
}

/// Makes the ordinal's missing claims. A terminating one is in the way, but does not keep the others from being made
/// (rules C-3 and C-4).
fn create_claims(
    facts: &Facts,
    draft: &mut Draft,
    ordinal: Ordinal,
    reason: Reason,
) -> Flow<Verdict> {
    let mut present = facts.claims_of(ordinal).peekable();
    let mut verdict = Verdict::Pass;
    for template in 0..u16::try_from(facts.desired.templates.len()).unwrap_or(u16::MAX) {
        match present.next_if(|(_, claim)| claim.template == template) {
            Some((_, claim)) if claim.is_terminating() => verdict = Verdict::Fail,
            Some(_) => {}
            None => draft.push(ordinal, step::CLAIMS, reason, Do::CreateClaim { template })?,
        }
    }
    Flow::Continue(verdict)
}

/// A slot that has a pod.
fn existing(facts: &Facts, draft: &mut Draft, index: u32, pod: &Pod) -> Flow<Verdict> {
    let ordinal = pod.ordinal;
    if pod.is_terminal() {
        if !pod.is_terminating() && draft.recycles(pod) {
            draft.delete_pod(ordinal, Reason::TerminalPod, index, Going::Now)?;
        }
        return Flow::Continue(Verdict::Stop);
    }
    let mut owners_aligned = false;
    if pod.phase == Phase::Pending {
        if facts.lacks_claims()
            || create_claims(facts, draft, ordinal, Reason::LostClaim)? == Verdict::Fail
        {
            return Flow::Continue(Verdict::Fail);
        }
        retention::align(facts, draft, ordinal, Some(index), true, step::OWNERS)?;
        owners_aligned = true;
    }
    if facts.is_monotonic() && !facts.is_steady(pod) {
        if !replacement::one(facts, draft, index, pod)? && !change::one(facts, draft, index, pod)? {
            repair::one(facts, draft, index, pod)?;
        }
        return Flow::Continue(Verdict::Stop);
    }
    repair(facts, draft, index, pod, owners_aligned)
}

/// Identity, storage and claim owners are corrected in place (rule R-7). Owners that this pass has aligned already are not
/// written a second time.
fn repair(
    facts: &Facts,
    draft: &mut Draft,
    index: u32,
    pod: &Pod,
    owners_aligned: bool,
) -> Flow<Verdict> {
    let owners_astray = !owners_aligned && retention::is_astray(facts, pod.ordinal);
    if pod.identity && pod.storage && !owners_astray {
        return Flow::Continue(Verdict::Pass);
    }
    if !pod.storage
        && pod.phase != Phase::Pending
        && (facts.lacks_claims()
            || create_claims(facts, draft, pod.ordinal, Reason::Repair)? == Verdict::Fail)
    {
        return Flow::Continue(Verdict::Fail);
    }
    if owners_astray {
        retention::align(facts, draft, pod.ordinal, Some(index), true, step::OWNERS)?;
    }
    // Upstream writes the pod even where only an owner reference was wrong.
    let reason = if pod.identity && pod.storage {
        Reason::Retention
    } else {
        Reason::Repair
    };
    draft.push(
        pod.ordinal,
        step::REPAIR,
        reason,
        Do::UpdatePod { pod: index },
    )?;
    Flow::Continue(Verdict::Pass)
}
