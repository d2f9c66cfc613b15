//! What stands in the way of an action and is none of the set's own objects: a name that is taken, an object that
//! cannot be read.

use std::collections::BTreeSet;
use std::vec::Vec;

use super::kind::Kind;
use super::objects::Objects;
use super::snapshot::canonical_ordinal;
use super::stateful_set::StatefulSet;
use super::template;
use crate::action::{Action, Do, Reason};
use crate::desired::Ordinal;
use crate::names::parse_pod_name;
use crate::plan::Plan;
use crate::wait::{Gate, Gates, On, Wait};

/// Puts a wait in the place of each creation that cannot succeed, and takes out what would have depended on it. Trying
/// would give an error for ever; the wait ends when the obstacle goes.
pub(crate) fn place(set: &StatefulSet, objects: &Objects, plan: &mut Plan) {
    let blocked: Vec<(usize, Gate)> = plan
        .actions
        .iter()
        .enumerate()
        .filter_map(|(place, action)| Some((place, obstacle(set, objects, action)?)))
        .collect();
    for &(place, gate) in &blocked {
        plan.actions[place].what = wait(plan.actions[place].ordinal, gate);
    }
    let waits: Vec<Action> = blocked
        .iter()
        .map(|&(place, _)| plan.actions[place])
        .collect();
    plan.actions.retain(|action| {
        waits.iter().all(|wait| {
            let same_chain = (action.stage, action.ordinal) == (wait.stage, wait.ordinal);
            let depends = if same_chain {
                action.step >= wait.step && action != wait
            } else {
                action.stage > wait.stage
            };
            !depends
        })
    });
    show_unreadable(set, objects, plan);
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

/// Shows the pods and claims of the set that cannot be read, where nothing else is said of their ordinal.
fn show_unreadable(set: &StatefulSet, objects: &Objects, plan: &mut Plan) {
    let unreadable = objects
        .bad
        .keys()
        .filter(|(_, key)| key.namespace == set.key.namespace);
    let ordinals: BTreeSet<Ordinal> = unreadable
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
    let stage = plan.actions.last().map_or(0, |action| action.stage);
    for ordinal in ordinals {
        let covers = |action: &Action| match action.what {
            Do::Wait(wait) => (action.ordinal..=wait.through).contains(&ordinal),
            _ => action.ordinal == ordinal,
        };
        if !plan.actions.iter().any(covers) {
            plan.actions.push(Action {
                stage,
                ordinal,
                step: 0,
                reason: Reason::Repair,
                what: wait(ordinal, Gate::BadObject),
            });
        }
    }
}
