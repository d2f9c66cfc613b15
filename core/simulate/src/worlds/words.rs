//! What the planner says: a word for each ordinal that is not up to date, and a moment at which something changes.

use std::collections::{BTreeMap, BTreeSet};

use statefulset::kubernetes::{Key, Requests};
use statefulset::{Do, Gate, Millis, Plan, Wait};

use super::breach::Breach;
use super::goal;
use super::pattern::Pattern;
use super::step::Step;
use crate::values::finalizer::{self, ORPHAN};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::world::World;

const COVER: &str = "each ordinal is explained";
const WAKE: &str = "nothing changes before the next wake, and something does then";

/// For so long nothing changes by time alone where no moment is named.
const LONG: Millis = 86_400_000;

/// Asks the planner, which must have been told the truth. What that provokes is noted. Gives until when the answer holds,
/// if time alone ends it.
pub(super) fn check(
    world: &World,
    name: &str,
    mut note: impl FnMut(Pattern),
) -> Result<Option<Millis>, Breach> {
    let Some(set) = world.store().get(Kind::StatefulSet, "default", name) else {
        return Ok(None);
    };
    let now = world.now();
    let requests = plan(world, name, now)?;
    if !finalizer::has(set, ORPHAN) && !requests.more {
        let astray = goal::astray(world, set);
        let waits: Vec<_> = waits(&requests).collect();
        cover(&requests, &waits, &astray)?;
        if name_nodes(world, name, &waits, set.uid(), astray.keys())? {
            note(Pattern::L1);
        }
    }
    wakes(world, name, &requests)?;
    if requests.next_wake.is_some() {
        note(Pattern::U2);
    }
    Ok(requests.next_wake)
}

fn plan(world: &World, name: &str, at: Millis) -> Result<Requests, Breach> {
    let key = Key::new("default", name);
    let plan = world.controller().cluster().plan(&key, at);
    plan.map_err(|error| Breach::of(COVER, error.to_string()))
}

/// The waits, each with its first ordinal.
fn waits(requests: &Requests) -> impl Iterator<Item = (u32, Wait)> {
    let waits = requests.waits.iter();
    waits.filter_map(|action| match action.what {
        Do::Wait(wait) => Some((action.ordinal, wait)),
        _ => None,
    })
}

/// Nothing changes before the moment that is named, and something does then. Where none is named, time changes nothing.
fn wakes(world: &World, name: &str, requests: &Requests) -> Result<(), Breach> {
    let now = world.now();
    let wake = requests.next_wake;
    let broken = |how: String| Err(Breach::of(WAKE, format!("{name} {how}")));
    if let Some(wake) = wake.filter(|&wake| wake <= now) {
        return broken(format!("is to wake at {wake}, which is over"));
    }
    if is_of_its_moment(&requests.plan, now) {
        return Ok(());
    }
    let last = wake.map_or(now + LONG, |wake| wake - 1);
    for at in [now + (last - now) / 2, last] {
        let then = plan(world, name, at)?;
        if then.plan != requests.plan || deeds(&then) != deeds(requests) {
            return broken(format!("does something else at {at}, before {wake:?}"));
        }
    }
    match wake {
        Some(wake) if plan(world, name, wake)?.plan == requests.plan => {
            broken(format!("does nothing else at {wake}"))
        }
        _ => Ok(()),
    }
}

/// Whether a plan is about the moment at which it was made: it takes a pod away and begins a pace with that, or it has seen for the
/// first time that a pod is missing (rules M-5 and M-6). Until that is done and published, each moment has a plan of its own.
fn is_of_its_moment(plan: &Plan, now: Millis) -> bool {
    plan.status
        .is_some_and(|status| [status.disrupted_at, status.progressed_at].contains(&Some(now)))
}

/// Where a pod on its way out was on a node of which the controller cannot know what became, its wait says so, and the
/// explanation names the node. Gives whether there is such a pod.
fn name_nodes<'o>(
    world: &World,
    name: &str,
    waits: &[(u32, Wait)],
    uid: &str,
    ordinals: impl Iterator<Item = &'o u32>,
) -> Result<bool, Breach> {
    let controller = world.controller();
    let mut found = false;
    for &ordinal in ordinals {
        let pod = format!("{name}-{ordinal}");
        let pod = world.store().get(Kind::Pod, "default", &pod);
        let is_own = |pod: &Object| pod.controller().is_some_and(|it| it.text("/uid") == uid);
        let Some(pod) = pod.filter(|pod| pod.is_terminating() && is_own(pod)) else {
            continue;
        };
        let node = pod.text("/spec/nodeName");
        let is_lost = is_homeless(world, pod);
        let is_unknown = is_lost && !controller.view().saw_removed(node);
        let covers = |(first, wait): &&(u32, Wait)| (*first..=wait.through).contains(&ordinal);
        let says = |(_, wait): &(u32, Wait)| wait.gates.contains(Gate::NodesUnknown);
        let said = waits.iter().find(covers).is_some_and(says);
        if is_unknown && !said || said && !is_lost {
            let how = format!("{name}-{ordinal}: whether {node} is unknown: {said}");
            return Err(Breach::of(COVER, how));
        }
        found |= said;
        let key = Key::new("default", name);
        let told = || controller.cluster().explain(&key, world.now());
        if said && !told().is_ok_and(|told| told.contains(node)) {
            let how = format!("{name}-{ordinal}: {node} is not named");
            return Err(Breach::of(COVER, how));
        }
    }
    Ok(found)
}

/// Whether the node that a pod is on has been taken away.
fn is_homeless(world: &World, pod: &Object) -> bool {
    let node = pod.text("/spec/nodeName");
    !node.is_empty() && world.store().get(Kind::Node, "", node).is_none()
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
    waits: &[(u32, Wait)],
    astray: &BTreeMap<u32, &'static str>,
) -> Result<(), Breach> {
    let mut acted: BTreeSet<u32> = requests.plan.deeds().map(|action| action.ordinal).collect();
    let mut said = BTreeSet::new();
    for &(first, wait) in waits {
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

/// What somebody must do before the set can go on: take pods away, by force where nobody knows what became of their node.
pub(super) fn stuck(world: &World, name: &str) -> Result<Vec<Step>, Breach> {
    let requests = plan(world, name, world.now())?;
    let stuck = waits(&requests).filter_map(|(ordinal, wait)| {
        let pod = format!("{name}-{ordinal}");
        let found = world.store().get(Kind::Pod, "default", &pod)?;
        // Nobody else can: not even its owner, who may be another set.
        if is_homeless(world, found) {
            return Some(Step::ForcePod(pod));
        }
        let is_stuck = STUCK.into_iter().any(|gate| wait.gates.contains(gate));
        is_stuck.then_some(Step::DeletePod(pod))
    });
    Ok(stuck.collect())
}
