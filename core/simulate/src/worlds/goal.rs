//! What a set's goal is, in the plainest words: judged from the store alone.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::wanted::Wanted;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::world::World;

/// The ordinals of a set that are not at their goal, each with what is wrong with it.
pub(super) fn astray(world: &World, set: &Object) -> BTreeMap<u32, &'static str> {
    let wanted = Wanted::of(set);
    let name = set.name();
    let pods = world.store().list(Kind::Pod, Some("default"));
    let owned = pods.filter(|pod| {
        // One that nobody owns is about to be adopted, unless it or the set is on its way out.
        let is_leaving = || pod.is_terminating() || set.is_terminating();
        pod.controller().map_or_else(
            || pod.text("/metadata/labels/app") == name && !is_leaving(),
            |owner| owner.text("/uid") == set.uid(),
        )
    });
    let mut pods: BTreeMap<u32, &Rc<Object>> = owned
        .filter_map(|pod| Some((identity_in(name, pod.name())?, pod)))
        .collect();
    let mut astray = BTreeMap::new();
    for ordinal in wanted.ordinals() {
        let wrong = match pods.remove(&ordinal) {
            _ if set.is_terminating() => continue,
            None => Some("there is none"),
            Some(pod) => fault(world, set, &wanted, ordinal, pod),
        };
        astray.extend(wrong.map(|wrong| (ordinal, wrong)));
    }
    astray.extend(
        pods.into_keys()
            .map(|ordinal| (ordinal, "it is not wanted")),
    );
    astray
}

fn fault(
    world: &World,
    set: &Object,
    wanted: &Wanted,
    ordinal: u32,
    pod: &Object,
) -> Option<&'static str> {
    let conditions = pod.list("/status/conditions").iter();
    let mut ready =
        conditions.filter(|c| c.text("/type") == "Ready" && c.text("/status") == "True");
    let since = ready.find_map(|c| instant::parse(c.text("/lastTransitionTime")));
    let held = wanted.on_delete || wanted.holds(ordinal) || wanted.may_stay_old() > 0;
    let known = set.int("/status/observedGeneration") == set.int("/metadata/generation");
    let revision = pod.text("/metadata/labels/controller-revision-hash");
    if pod.is_terminating() {
        Some("it is terminating")
    } else if pod.text("/status/phase") != "Running" {
        Some("it does not run")
    } else if since.is_none_or(|since| since + wanted.min_ready > world.now()) {
        Some("it is not available")
    } else if known && !held && revision != set.text("/status/updateRevision") {
        Some("it is of an old revision")
    } else {
        None
    }
}

/// Broken pods of an old revision that only a hand may replace: those below the partition, and under `OnDelete` all.
pub(super) fn held(world: &World, set: &Object) -> Vec<String> {
    let wanted = Wanted::of(set);
    let astray = astray(world, set).into_keys();
    let held = astray.filter(|&ordinal| {
        wanted.wants(ordinal)
            && (wanted.on_delete || wanted.holds(ordinal) || wanted.may_stay_old() > 0)
    });
    let names = held.map(|ordinal| format!("{}-{ordinal}", set.name()));
    let is_old = |name: &String| {
        let pod = world.store().get(Kind::Pod, "default", name);
        let revision = pod.map(|pod| pod.text("/metadata/labels/controller-revision-hash"));
        revision.is_some_and(|revision| revision != set.text("/status/updateRevision"))
    };
    names.filter(is_old).collect()
}

/// What keeps a set from being up to date, its status included.
pub(super) fn unmet(world: &World, set: &Object) -> Vec<String> {
    let name = set.name();
    let astray = astray(world, set).into_iter();
    let mut unmet: Vec<_> = astray
        .map(|(ordinal, wrong)| format!("{name}-{ordinal}: {wrong}"))
        .collect();
    if set.is_terminating() {
        unmet.push("it is still being deleted".into());
    }
    let updated = set.int("/status/updatedReplicas").unwrap_or(0);
    let numbers = Wanted::of(set);
    let may_stay_old = numbers.may_stay_old().min(numbers.replicas);
    let least = i64::from(numbers.replicas - may_stay_old);
    if unmet.is_empty() && may_stay_old > 0 && !numbers.on_delete && updated < least {
        unmet.push(format!("only {updated} are updated"));
    }
    let wanted = set.int("/spec/replicas");
    for counter in ["replicas", "readyReplicas", "availableReplicas"] {
        let counted = set.int(&format!("/status/{counter}")).unwrap_or(0);
        if unmet.is_empty() && Some(counted) != wanted {
            unmet.push(format!("status.{counter} is {counted}"));
        }
    }
    unmet
}

fn identity_in(set: &str, pod: &str) -> Option<u32> {
    let ordinal = pod.strip_prefix(set)?.strip_prefix('-')?;
    ordinal.parse().ok()
}
