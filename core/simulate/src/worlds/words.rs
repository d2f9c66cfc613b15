//! What the planner says: a word for each ordinal that is not at its goal, and a moment at which something changes.

use std::collections::BTreeSet;

use statefulset::kubernetes::{Key, Requests};
use statefulset::{Action, Do, Gate, Millis, Wait};

use super::goal;
use super::witness::Breach;
use crate::kind::Kind;
use crate::object::Fields;
use crate::world::World;

const COVER: &str = "each ordinal is explained";
const WAKE: &str = "nothing changes before the next wake, and something does then";

/// Asks the planner, if it has been told the truth. Gives whether it named a moment at which it wakes.
pub(super) fn check(world: &World, name: &str) -> Result<bool, Breach> {
    let Some(set) = world.store().get(Kind::StatefulSet, "default", name) else {
        return Ok(false);
    };
    let controller = world.controller();
    if !controller.view().is_true() {
        return Ok(false);
    }
    let plan = |at: Millis| {
        let key = Key::new("default", name);
        let plan = controller.cluster().plan(&key, at);
        plan.map_err(|error| Breach::of(COVER, error.to_string()))
    };
    let now = world.now();
    let requests = plan(now)?;
    let waits = || {
        requests
            .waits
            .iter()
            .filter_map(|action| match action.what {
                Do::Wait(wait) => Some((action.ordinal, wait)),
                _ => None,
            })
    };
    if !set
        .list("/metadata/finalizers")
        .iter()
        .any(|f| f == "orphan")
        && !requests.more
    {
        cover(&requests, waits(), &goal::astray(world, set))?;
    }
    if let Some(wake) = requests.next_wake {
        if wake <= now {
            return Err(Breach::of(
                WAKE,
                format!("{name} is to wake at {wake}, which is over"),
            ));
        }
        let before = plan(wake - 1)?;
        if deeds(&before) != deeds(&requests) {
            return Err(Breach::of(
                WAKE,
                format!("{name} does something else before {wake}"),
            ));
        }
        let then = plan(wake)?;
        if then.plan == requests.plan {
            return Err(Breach::of(
                WAKE,
                format!("{name} does nothing else at {wake}"),
            ));
        }
    }
    Ok(requests.next_wake.is_some())
}

/// Methods and paths, without what changes from view to view.
fn deeds(requests: &Requests) -> Vec<(&'static str, &str)> {
    let requests = requests.requests.iter();
    requests
        .map(|r| (r.method.name(), r.path.as_str()))
        .collect()
}

fn cover(
    requests: &Requests,
    waits: impl Iterator<Item = (u32, Wait)>,
    astray: &std::collections::BTreeMap<u32, &'static str>,
) -> Result<(), Breach> {
    let mut acted: BTreeSet<u32> = requests.plan.deeds().map(|action| action.ordinal).collect();
    let mut said = BTreeSet::new();
    for (first, wait) in waits {
        // Said in the place of an action that cannot succeed.
        if wait.gates.contains(Gate::NameTaken) || wait.gates.contains(Gate::BadObject) {
            acted.remove(&first);
        }
        for &ordinal in astray
            .range(first..=wait.through)
            .map(|(ordinal, _)| ordinal)
        {
            if !said.insert(ordinal) || acted.contains(&ordinal) {
                return Err(Breach::of(
                    COVER,
                    format!("ordinal {ordinal} is explained twice"),
                ));
            }
        }
    }
    let mut silent = astray
        .iter()
        .filter(|(ordinal, _)| !said.contains(ordinal) && !acted.contains(ordinal));
    match silent.next() {
        Some((ordinal, wrong)) => {
            let how = format!("nothing is said about ordinal {ordinal}: {wrong}");
            Err(Breach::of(COVER, how))
        }
        None => Ok(()),
    }
}

/// What a set waits for and upstream would wait for, too, until somebody takes a pod away: broken pods (rule W-4), and
/// one that keeps its claim from going.
const STUCK: [Gate; 3] = [
    Gate::BrokenRevision,
    Gate::UnhealthyLeaver,
    Gate::ClaimTerminating,
];

/// Pods that somebody must take away before their set can go on.
pub(super) fn stuck(world: &World, name: &str) -> Result<Vec<String>, Breach> {
    let key = Key::new("default", name);
    let requests = world.controller().cluster().plan(&key, world.now());
    let requests = requests.map_err(|error| Breach::of(COVER, error.to_string()))?;
    let is_stuck = |action: &&Action| match action.what {
        Do::Wait(wait) => STUCK.into_iter().any(|gate| wait.gates.contains(gate)),
        _ => false,
    };
    let stuck = requests.waits.iter().filter(is_stuck);
    let names = stuck.map(|action| format!("{name}-{}", action.ordinal));
    let exists = |pod: &String| world.store().get(Kind::Pod, "default", pod).is_some();
    Ok(names.filter(exists).collect())
}
