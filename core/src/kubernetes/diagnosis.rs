//! The state of a set, for people: what is done now, what is waited for, why, and what ends that.
//!
//! This room reads what a turn has found, and looks at the evidence for what the turn does not need to know. It decides
//! nothing. Causes are found by what they lie with: `gates` and `choices` (the set's own rules), `policies` (what it asks for beyond Kubernetes), `claims` with `lack`,
//! `terminating_claims`, `nodes`, `refusal` with `quota` (what is due and not done), `pods` with `scheduling`, `starting`, `creating`,
//! `configuration`, `volumes`, `running` and `terminating` (a pod that is waited for), `restarts`, `deletion`, and `remarks`.

mod case;
mod cause;
mod choices;
mod claims;
mod configuration;
mod creating;
mod cure;
mod deletion;
mod evidence;
mod finding;
mod gates;
mod in_place;
mod lack;
mod line;
mod name;
mod nodes;
mod pods;
mod policies;
mod questions;
mod quota;
mod refusal;
mod remarks;
mod restarts;
mod running;
mod scheduling;
mod starting;
mod tempo;
mod terminating;
mod terminating_claims;
mod text;
mod volumes;

use std::string::String;
use std::vec::Vec;

use serde::{Serialize, Serializer};

use self::case::Case;
pub use self::cause::{Cause, ObjectName, Proof, Weight};
pub use self::cure::Cure;
pub use self::evidence::Evidence;
pub use self::finding::{Fate, Finding};
pub use self::name::CauseName;
use super::turn::Turn;
use super::value::key::Key;
use crate::all::all;
use crate::desired::Deletion;
use crate::plan::Plan;
use crate::time::Millis;
use crate::wait::Gate;

/// How long something may last before it counts as stuck, in milliseconds, where nobody says otherwise: 10 minutes.
pub const PATIENCE: Millis = 600_000;

/// The state of a set.
///
/// In JSON, the names of the fields are in camel case, times are milliseconds since the Unix epoch, and verdict, reasons,
/// gates and names of causes are their slugs. As text ([`Display`](core::fmt::Display)) it is what `sts explain` prints.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Diagnosis {
    /// The namespace of the set.
    pub namespace: String,
    /// The name of the set.
    pub name: String,
    /// How the set stands.
    pub verdict: Verdict,
    /// Since when it has stood so, as far as that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// Whether the set is up to date: there is nothing to do, and nothing to wait for but the end of a pause.
    pub at_goal: bool,
    /// The desired number of pods.
    pub wanted: u32,
    /// How many pods are ready.
    pub ready: u32,
    /// How many pods are at the update revision.
    pub updated: u32,
    /// The revisions of the pods that are not at the update revision, each once, in the order of their names.
    #[serde(skip)]
    pub(crate) other_revisions: Vec<String>,
    /// The revision that was last rolled out in full.
    pub current_revision: String,
    /// The revision of the set's template now.
    pub update_revision: String,
    /// What the planner would do now, in order. Neighbouring ordinals for which the same is done are one finding.
    pub actions: Vec<Finding>,
    /// What pods wait for, by ordinal.
    pub waits: Vec<Finding>,
    /// Why the set is not as it is wanted, with what ends that; then what somebody wants so (a partition, `OnDelete`); then
    /// what is worth knowing.
    pub causes: Vec<Cause>,
    /// Whether there is more to do than one plan may hold.
    pub more: bool,
    /// The moment that all this is about.
    pub now: Millis,
}

/// How a set stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Verdict {
    /// There is nothing to do, and nothing to wait for but the end of a pause.
    UpToDate,
    /// It is on its way.
    InProgress,
    /// It stays as it is until somebody acts.
    Stuck,
}

all!(
    /// All values.
    Verdict {
        UpToDate,
        InProgress,
        Stuck,
    }
);

impl Verdict {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::UpToDate => "up-to-date",
            Self::InProgress => "in-progress",
            Self::Stuck => "stuck",
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

impl Diagnosis {
    pub(crate) fn of(
        turn: &Turn<'_>,
        evidence: &Evidence<'_>,
        now: Millis,
        patience: Millis,
    ) -> Self {
        let Key { namespace, name } = turn.set.key.clone();
        let plan = turn.unobstructed();
        let case = Case {
            turn,
            plan: &plan,
            evidence,
            now,
            patience,
        };
        let fates = refusal::of(&case);
        let actions = actions(&case, &fates);
        let waits = finding::waits(turn, &plan, now);
        let causes = causes(&case, fates.causes);
        let status = turn.status();
        // A pause or a hold is somebody's wish, and the set stands as it is wanted while all its pods are there and ready. Whatever
        // else waits for its end is not stuck.
        let paused = |finding: &Finding| {
            let mut gates = finding.gates.iter();
            gates.all(|gate| [Gate::Paused.slug(), Gate::Held.slug()].contains(gate))
        };
        let serves = status.ready >= turn.set.replicas && turn.set.deletion == Deletion::No;
        let chosen = |finding: &Finding| serves && paused(finding);
        let is_busy = !actions.is_empty() || !waits.iter().all(chosen);
        let at_goal = !is_busy && !plan.more;
        // A wait that time alone ends is on its way, however long it takes.
        let lasting = waits
            .iter()
            .filter(|wait| !paused(wait) && wait.until.is_none_or(|until| until <= now));
        let lasting: Vec<Millis> = lasting.filter_map(|wait| wait.since).collect();
        let is_stuck = causes.iter().any(|cause| cause.is_stuck(now, patience))
            || lasting
                .iter()
                .any(|since| now.saturating_sub(*since) > patience);
        let hindrances = causes
            .iter()
            .filter(|cause| cause.weight == Weight::Hindrance);
        let since = hindrances
            .filter_map(|cause| cause.since)
            .chain(lasting)
            .min();
        Self {
            namespace,
            name,
            verdict: match (is_stuck, at_goal) {
                (true, _) => Verdict::Stuck,
                (false, true) => Verdict::UpToDate,
                (false, false) => Verdict::InProgress,
            },
            since,
            at_goal,
            wanted: turn.set.replicas,
            ready: status.ready,
            updated: status.updated,
            other_revisions: other_revisions(turn),
            current_revision: turn.history.current.clone(),
            update_revision: turn.history.update.clone(),
            actions,
            waits,
            causes,
            more: plan.more,
            now,
        }
    }

    /// Whether the set is stuck.
    pub fn is_stuck(&self) -> bool {
        self.verdict == Verdict::Stuck
    }
}

fn other_revisions(turn: &Turn<'_>) -> Vec<String> {
    let roster = turn.snapshot.roster;
    let others = roster.revisions().in_use().map(|(name, _)| name);
    let others = others.filter(|name| *name != turn.history.update && !name.is_empty());
    let mut others: Vec<String> = others.map(Into::into).collect();
    others.sort_unstable();
    others.dedup();
    others
}

/// What is due, with what becomes of it.
fn actions(case: &Case<'_>, fates: &refusal::Fates) -> Vec<Finding> {
    let plan: &Plan = case.plan;
    let places = plan.actions.iter().enumerate();
    let deeds = places.filter(|(_, action)| !action.what.is_wait());
    finding::together(deeds.map(|(place, action)| Finding {
        fate: fates.of(place),
        ..finding::finding(case.turn, plan, action, case.now)
    }))
}

/// All causes: what holds the set back first, by ordinal.
fn causes(case: &Case<'_>, refused: Vec<Cause>) -> Vec<Cause> {
    let mut found = refused;
    found.extend(gates::of(case));
    found.extend(deletion::of(case));
    let mut claims = claims::of(case);
    claims.extend(terminating_claims::of(case));
    found.extend(pods::of(case, &claims));
    found.extend(claims);
    found.extend(restarts::of(case));
    found.extend(nodes::of(case));
    found.extend(choices::of(case));
    found.extend(policies::of(case));
    found.extend(tempo::of(case));
    found.extend(in_place::of(case));
    found.extend(questions::of(case));
    found.extend(remarks::of(case));
    found.sort_by_key(|it| (it.weight, it.first, it.last));
    let mut causes: Vec<Cause> = Vec::new();
    for next in found.into_iter().map(Cause::on_one_line) {
        let alike = |it: &&mut Cause| {
            (it.name, it.weight) == (next.name, next.weight)
                && (it.object == next.object
                    || (it.object.kind == "Pod" && next.object.kind == "Pod"))
                && next.first.checked_sub(1) == Some(it.last)
        };
        // A claim and its pod are refused for one reason.
        let same = |it: &Cause| {
            (it.name, it.first, it.last, &it.text) == (next.name, next.first, next.last, &next.text)
        };
        if causes.iter().any(same) {
            continue;
        }
        match causes.iter_mut().find(alike) {
            Some(cause) => cause.absorb(next),
            None => causes.push(next),
        }
    }
    causes
}
