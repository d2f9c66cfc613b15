//! What stands in the way of an action and is none of the set's own objects: a name that is taken, an object that
//! cannot be read.

use std::collections::BTreeSet;
use std::vec::Vec;

use crate::action::{Action, Do, Reason};
use crate::desired::Ordinal;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::template;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::families::canonical_ordinal;
use crate::kubernetes::view::objects::Objects;
use crate::names::parse_pod_name;
use crate::plan::Plan;
use crate::wait::{Gate, Gates, On, Wait};

/// The obstacles to a plan.
pub(crate) struct Obstacles {
    /// Waits in the place of creations that cannot succeed. Trying would give an error for ever; the wait ends when the
    /// obstacle goes.
    barred: Vec<(usize, Action)>,
    /// Waits for objects of which nothing else is said.
    unreadable: Vec<Action>,
}

impl Obstacles {
    pub(crate) fn to(plan: &Plan, set: &StatefulSet, objects: &Objects) -> Self {
        let barred: Vec<_> = plan
            .actions
            .iter()
            .enumerate()
            .filter_map(|(place, action)| {
                let what = wait(action.ordinal, obstacle(set, objects, action)?);
                Some((place, Action { what, ..*action }))
            })
            .collect();
        Self {
            barred,
            unreadable: unreadable(plan, set, objects),
        }
    }

    pub(crate) const fn none() -> Self {
        Self {
            barred: Vec::new(),
            unreadable: Vec::new(),
        }
    }

    /// Places of the actions that cannot succeed.
    pub(crate) fn barred(&self) -> impl Iterator<Item = usize> {
        self.barred.iter().map(|&(place, _)| place)
    }

    /// Whether an action cannot succeed, or depends on one that cannot.
    pub(crate) fn bar(&self, action: &Action) -> bool {
        self.barred.iter().any(|(_, wait)| {
            let same_chain = (action.stage, action.ordinal) == (wait.stage, wait.ordinal);
            (same_chain && action.step >= wait.step) || action.stage > wait.stage
        })
    }

    /// The actions of a plan that nothing stands in the way of, then its waits and these.
    pub(crate) fn around(&self, plan: &Plan) -> impl Iterator<Item = Action> {
        let waits = self.barred.iter().map(|&(_, wait)| wait);
        plan.actions
            .iter()
            .copied()
            .filter(|action| action.what.is_wait() || !self.bar(action))
            .chain(waits)
            .chain(self.unreadable.iter().copied())
    }
}

fn obstacle(set: &StatefulSet, objects: &Objects, action: &Action) -> Option<Gate> {
    let namespace = &set.key.namespace;
    match action.what {
        Do::CreatePod { .. } => {
            let name = template::pod_name(set, action.ordinal);
            if objects.is_bad(Kind::Pod, namespace, &name) {
                Some(Gate::BadObject)
            } else {
                let there = objects.pods.get(namespace, &name);
                there.map(|_| Gate::NameTaken)
            }
        }
        Do::CreateClaim { template } => {
            let template = set.templates.get(usize::from(template))?;
            let name = template::claim_name(set, template, action.ordinal);
            let bad = objects.is_bad(Kind::PersistentVolumeClaim, namespace, &name);
            bad.then_some(Gate::BadObject)
        }
        _ => None,
    }
}

const fn wait(ordinal: Ordinal, gate: Gate) -> Do {
    Do::Wait(Wait {
        through: ordinal,
        gates: Gates::of(gate),
        on: On::Nothing,
        since: None,
        until: None,
    })
}

/// Pods and claims of the set that cannot be read, where the plan says nothing of their ordinal.
fn unreadable(plan: &Plan, set: &StatefulSet, objects: &Objects) -> Vec<Action> {
    let bad = objects.bad.keys();
    let ordinals: BTreeSet<Ordinal> = bad
        .filter(|(_, key)| key.namespace == set.key.namespace)
        .filter_map(|(kind, key)| {
            let (stem, ordinal) = parse_pod_name(&key.name)?;
            match kind {
                Kind::Pod if stem == set.key.name => ordinal,
                Kind::PersistentVolumeClaim if set.owns_claim_stem(stem) => {
                    canonical_ordinal(&key.name[stem.len() + 1..])
                }
                _ => None,
            }
        })
        .collect();
    let covered = |ordinal: Ordinal| {
        plan.actions.iter().any(|action| match action.what {
            Do::Wait(wait) => (action.ordinal..=wait.through).contains(&ordinal),
            _ => action.ordinal == ordinal,
        })
    };
    let stage = plan.actions.last().map_or(0, |action| action.stage);
    ordinals
        .into_iter()
        .filter(|&ordinal| !covered(ordinal))
        .map(|ordinal| {
            let wait = wait(ordinal, Gate::BadObject);
            Action::new(stage, ordinal, 0, Reason::Repair, wait)
        })
        .collect()
}
