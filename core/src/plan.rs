//! `plan()`: the phases in order, readable as the specification; one phase per file.

pub(crate) mod census;
pub(crate) mod change;
pub(crate) mod claims;
mod condemned;
pub(crate) mod consent;
mod contract;
pub(crate) mod deadline;
mod departure;
pub(crate) mod draft;
pub(crate) mod facts;
mod limits;
mod order;
pub(crate) mod participants;
#[cfg_attr(
    not(any(test, feature = "kubernetes")),
    expect(dead_code, reason = "only the kubernetes tier keeps lists")
)]
pub(crate) mod parts;
mod recreate;
mod repair;
mod replacement;
mod replicas;
mod retention;
mod revision;
mod rollout;
mod roster;
mod sequence;
pub(crate) mod slots;
mod tail;
mod waits;
mod why;

use smallvec::{SmallVec, smallvec};

use crate::action::{Action, Do, Reason};
use crate::desired::{Deletion, Desired, Strategy};
use crate::duties;
use crate::error::PlanError;
use crate::observed::Observed;
use crate::outcome::{Conclusion, Outcome};
use crate::plan::census::{Census, ClaimCensus};
use crate::plan::claims::Claims;
use crate::plan::draft::{Draft, Flow, Part};
use crate::plan::facts::Facts;
use crate::plan::participants::Participants;
#[cfg(any(test, feature = "kubernetes"))]
use crate::plan::parts::Parts;
use crate::plan::roster::Roster;
use crate::plan::slots::Slots;
use crate::plan::tail::Tail;
use crate::policies::Paused;
use crate::revision::Revision;
use crate::status::{Progress, Status};
use crate::time::Millis;
use crate::wait::{Gate, Gates, On, Wait};

/// The actions to take now, in order, and for every pod that is not up to date the reason why it has to wait.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// The actions in order, followed by the waits.
    pub actions: SmallVec<[Action; 4]>,
    /// The status to publish if every action succeeds, or `None` if it is the same as the published one. If an action
    /// fails, [`conclude`](Plan::conclude) gives the status instead.
    pub status: Option<Status>,
    /// The earliest moment at which the same snapshot gives another plan, in milliseconds since the Unix epoch. `None`
    /// means that time alone changes nothing.
    pub next_wake: Option<Millis>,
    /// The revision to go back to, where a set that is overdue [asks for one](crate::Overdue::Suggest): the last one that was
    /// rolled out in full. Whoever follows it makes it [`Desired::update`](crate::Desired::update).
    pub suggests: Option<Revision>,
    /// Whether the plan was cut at [`max_actions`](crate::Profile::max_actions). A cut plan has no waits, because what
    /// follows the cut is not known yet.
    pub more: bool,
    tail: Tail,
}

/// Decides what to do now, given the desired set and the cluster as it was last seen. `now` is the present time, in
/// milliseconds since the Unix epoch.
///
/// The same input always gives the same plan, in whatever order the lists are. Nothing is kept between calls.
///
/// Every input gives a plan or a [`PlanError`]. An error means that the input breaks rule [I-1](crate::rules#I-1): it names the list, the index
/// and the field, and nothing is planned.
/// ```
/// use statefulset::{Desired, Do, Observed, Pod, Revision, plan};
///
/// let (v1, v2) = (Revision(1), Revision(2));
/// // Three pods of the old revision are ready: the rollout begins at the highest ordinal.
/// let web = Desired { current: v1, ..Desired::new("web", 3, v2) };
/// let pods = [0, 1, 2].map(|ordinal| Pod::running(ordinal, v1));
///
/// let plan = plan(&web, &Observed::pods(&pods), 0)?;
/// let first = &plan.actions[0];
/// assert!(matches!(first.what, Do::DeletePod { .. }));
/// assert_eq!(first.ordinal, 2);
/// # Ok::<(), statefulset::PlanError>(())
/// ```
pub fn plan(desired: &Desired, observed: &Observed, now: Millis) -> Result<Plan, PlanError> {
    let slots = contract::slots(desired, observed)?;
    let censuses = taken(desired, &slots, observed, now)?;
    Ok(decide(Look::of(desired, &slots, observed, censuses, now)?))
}

/// The same for a caller that keeps its lists from one plan to the next, if they are in order: it then costs less, and says
/// the same.
#[cfg(any(test, feature = "kubernetes"))]
pub(crate) fn plan_kept(
    desired: &Desired,
    observed: &Observed,
    parts: Option<&mut Parts>,
    now: Millis,
) -> Result<Plan, PlanError> {
    let Some(parts) = parts else {
        return plan(desired, observed, now);
    };
    let slots = contract::slots(desired, observed)?;
    let censuses = parts.take(desired, &slots, observed, now)?;
    let mut look = Look::of(desired, &slots, observed, censuses, now)?;
    look.facts.parts = look.census.ascending.then_some(parts);
    Ok(decide(look))
}

/// A census of each list.
fn taken(
    desired: &Desired,
    slots: &Slots,
    observed: &Observed,
    now: Millis,
) -> Result<(Census, ClaimCensus), PlanError> {
    let pods = Census::take(desired, slots, observed, now)?;
    Ok((pods, ClaimCensus::take(desired, slots, observed)?))
}

fn decide(look: Look) -> Plan {
    let Look {
        mut facts,
        census,
        claim_census,
    } = look;
    let (desired, now) = (facts.desired, facts.now);
    if !facts.observed.fresh {
        return Plan::refusal(facts.slots, Reason::StaleView, Gate::StaleView, On::View);
    }
    if desired.strategy == Strategy::Recreate && !desired.profile.recreate {
        return Plan::refusal(
            facts.slots,
            Reason::Rollout,
            Gate::UnknownStrategy,
            On::Nothing,
        );
    }
    let mut draft = Draft::new(desired, now);
    // A set that is up to date has nothing in any phase; most calls are about one.
    let idle = census.is_settled(desired)
        && !claim_census.astray
        && desired.deletion == Deletion::No
        && facts.calm
        && duties::are_idle(desired, &claim_census);
    let mut wake = census.wake;
    if !idle || desired.policies.deadline.is_some() {
        facts.find_rollout();
    }
    if !idle {
        let others = [
            duties::lost_node::wake(&facts),
            repair::wake(&facts),
            deadline::wake(&facts),
        ];
        wake = wake.into_iter().chain(others.into_iter().flatten()).min();
        // A break only says where the pass ended; the draft knows why.
        let _: Flow = phases(&facts, &mut draft);
        if !draft.more {
            let _: Flow = departure::process(&facts, &mut draft);
        }
        if !draft.more {
            waits::cover(&facts, &mut draft);
            wake = wake.into_iter().chain(draft.pace_ends()).min();
        }
    }
    let progress = progress(&facts, &draft);
    let tail = Tail::new(&facts, &census, &mut draft, progress);
    Plan {
        status: tail.status(None, tail.disrupts(|_| true)),
        next_wake: wake,
        suggests: deadline::suggestion(&facts),
        more: draft.more,
        actions: draft.actions,
        tail,
    }
}

/// One look at everything.
struct Look<'a> {
    facts: Facts<'a>,
    census: Census,
    claim_census: ClaimCensus,
}

impl<'a> Look<'a> {
    fn of(
        desired: &'a Desired<'a>,
        slots: &'a Slots<'a>,
        observed: &'a Observed<'a>,
        (mut census, claim_census): (Census, ClaimCensus),
        now: Millis,
    ) -> Result<Self, PlanError> {
        let ascending = census.ascending;
        let roster = Roster::new(observed, slots, ascending);
        let claims = observed
            .claims
            .map(|claims| Claims::new(claims, desired.templates.len(), claim_census.ascending))
            .transpose()?;
        // Pods that lost their slot to a duplicate pod, or have no place, count only while the set is being deleted (rule S-1).
        if !roster.is_complete() && desired.deletion == Deletion::No {
            let placed = roster.placed().map(|(_, pod)| pod);
            census = Census::of(placed, desired, slots, now);
        }
        let (sound_lead, settled_lead) = if ascending {
            census.leads(slots)
        } else {
            (0, 0)
        };
        let facts = Facts {
            desired,
            observed,
            slots,
            roster,
            claims,
            claims_astray: claim_census.astray,
            claims_pending: claim_census.pending,
            claims_in_the_way: claim_census.in_the_way,
            calm: duties::are_nodes_calm(desired, observed),
            participants: Participants::From(slots.rolled_from),
            old: census.old(),
            kept_until: slots.kept_until,
            unavailable: desired.replicas - census.up.min(desired.replicas),
            marked: census.marked,
            sound: census.sound,
            progressed_at: None,
            sound_lead,
            settled_lead: if desired.is_ranked() { 0 } else { settled_lead },
            #[cfg(any(test, feature = "kubernetes"))]
            parts: None,
            now,
        };
        Ok(Self {
            facts,
            census,
            claim_census,
        })
    }
}

/// Looks at a set without planning anything.
pub(crate) fn with_facts<T>(
    desired: &Desired,
    observed: &Observed,
    now: Millis,
    look: impl FnOnce(&Facts) -> T,
) -> Result<T, PlanError> {
    let slots = contract::slots(desired, observed)?;
    let censuses = taken(desired, &slots, observed, now)?;
    let mut facts = Look::of(desired, &slots, observed, censuses, now)?.facts;
    facts.find_rollout();
    Ok(look(&facts))
}

/// One pass. The order of the phases is upstream's; each may end the pass.
fn phases(facts: &Facts, draft: &mut Draft) -> Flow {
    let desired = facts.desired;
    if facts.pauses(Paused::ALL) {
        return draft.halt(Part::Duties, facts.slots.start, Gate::Paused, On::Nothing);
    }
    if desired.deletion != Deletion::No {
        return duties::shutdown::process(facts, draft);
    }
    duties::process(facts, draft)?;
    departure::take_back(facts, draft)?;
    if desired.strategy == Strategy::Recreate {
        recreate::process(facts, draft)?;
    }
    if facts.condemned_go_first() {
        retention::process(facts, draft)?;
        condemned::process(facts, draft)?;
        replicas::process(facts, draft)?;
    } else {
        replicas::process(facts, draft)?;
        retention::process(facts, draft)?;
        condemned::process(facts, draft)?;
    }
    replacement::process(facts, draft)?;
    match desired.strategy {
        Strategy::RollingUpdate(_) => rollout::process(facts, draft),
        Strategy::OnDelete | Strategy::Recreate => Flow::Continue(()),
    }
}

/// The `Progressing` condition that the pass sets if its actions succeed (rules [U-6](crate::rules#U-6) and
/// [M-7](crate::rules#M-7)).
fn progress(facts: &Facts, draft: &Draft) -> Option<Progress> {
    let desired = facts.desired;
    if desired.deletion != Deletion::No {
        return None;
    }
    let of_deadline = deadline::progress(facts);
    if desired.strategy != Strategy::Recreate || of_deadline == Some(Progress::Overdue) {
        return of_deadline;
    }
    let deleting = if draft.more {
        draft.part()
    } else {
        draft.halt.map(|halt| halt.part)
    };
    // A pause leaves out actions; the old pods are there all the same.
    let paused = facts.pauses(Paused::ROLLOUT)
        && facts
            .roster
            .placed()
            .any(|(_, pod)| pod.revision != desired.update);
    if paused {
        return Some(Progress::Deleting);
    }
    if deleting == Some(Part::Recreate) {
        return Some(Progress::Deleting);
    }
    (desired.current != desired.update).then_some(Progress::Creating)
}

impl Plan {
    /// One wait for the whole set, and no status: upstream fails before it computes one.
    fn refusal(slots: &Slots, reason: Reason, gate: Gate, on: On) -> Self {
        let through = slots.end.saturating_sub(1).max(slots.start);
        let wait = Wait {
            through,
            gates: Gates::of(gate),
            on,
            since: None,
            until: None,
        };
        let action = Action::new(0, slots.start, 0, reason, Do::Wait(wait));
        Self {
            actions: smallvec![action],
            status: None,
            suggests: None,
            next_wake: None,
            more: false,
            tail: Tail::silent(),
        }
    }

    /// The status to publish after the actions went as `outcomes` say, and when to plan again.
    ///
    /// `outcomes` is parallel to [`Plan::actions`]; what is missing at its end was not tried. Outcomes of waits are ignored.
    /// ```
    /// use statefulset::{Desired, Next, Observed, Outcome, Revision, plan};
    ///
    /// let web = Desired::new("web", 3, Revision(1));
    /// let plan = plan(&web, &Observed::pods(&[]), 0)?;
    /// // The API server refuses the pod: the status does not count it, and the set is tried again.
    /// let conclusion = plan.conclude(&[Outcome::Failed]);
    /// assert_eq!(conclusion.status.map(|status| status.replicas), Some(0));
    /// assert_eq!(conclusion.next, Next::Retry);
    /// # Ok::<(), statefulset::PlanError>(())
    /// ```
    #[must_use]
    pub fn conclude(&self, outcomes: &[Outcome]) -> Conclusion {
        self.tail.conclude(&self.actions, outcomes)
    }

    /// The waits among the actions.
    pub fn waits(&self) -> impl Iterator<Item = (&Action, &Wait)> {
        self.actions.iter().filter_map(|action| match &action.what {
            Do::Wait(wait) => Some((action, wait)),
            _ => None,
        })
    }

    /// The actions without the waits.
    pub fn deeds(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| !action.what.is_wait())
    }
}
