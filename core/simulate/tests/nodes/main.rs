//! Nodes that fail, pods that have to go, and what is promised meanwhile: never two processes of one identity, save where
//! somebody forces it by hand.

mod budgets;
mod disks;
#[path = "../world/fixture.rs"]
mod fixture;
mod lost;
mod probes;
mod replaced;
mod taints;

use std::collections::BTreeMap;

use fixture::{pod, set};
use serde_json::{Value, json};
use statefulset::Profile;
use statefulset_simulate::{DeleteOptions, Failure, Fields, Kind, Options, Settled, World};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

const BOTH: [Profile; 2] = [Profile::UPSTREAM, Profile::STANDALONE];

fn cluster(profile: Profile, nodes: &[&str]) -> World {
    World::new(Options {
        profile,
        nodes: nodes.iter().map(ToString::to_string).collect(),
        ..Options::default()
    })
}

/// A cluster of two nodes in which `web-0`, of a set of one, runs on the node that is also given.
fn with_web(profile: Profile) -> (World, String) {
    let mut world = cluster(profile, &["a", "b"]);
    create(&mut world, Kind::StatefulSet, set("web", 1));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    let node = get(&world, Kind::Pod, "web-0")
        .text("/spec/nodeName")
        .to_owned();
    (world, node)
}

fn create(world: &mut World, kind: Kind, object: Value) {
    let made = world.store_mut().create(kind, "default", object);
    made.expect("the object is in order");
}

fn try_get(world: &World, kind: Kind, name: &str) -> Option<Value> {
    let object = world.store().get(kind, "default", name)?;
    Some(Value::clone(object))
}

fn get(world: &World, kind: Kind, name: &str) -> Value {
    try_get(world, kind, name).unwrap_or_else(|| panic!("{name} is not there"))
}

/// Lets `change` edit an object, and puts it back as a user does.
fn edit(world: &mut World, kind: Kind, name: &str, change: impl FnOnce(&mut Value)) {
    let mut object = get(world, kind, name);
    change(&mut object);
    world
        .store_mut()
        .update(kind, object)
        .expect("it can be changed");
}

fn delete(world: &mut World, kind: Kind, name: &str) {
    let deleted = world
        .store_mut()
        .delete(kind, "default", name, &DeleteOptions::default());
    deleted.expect("it can be deleted");
}

fn force_delete(world: &mut World, name: &str) {
    let options = DeleteOptions {
        grace_seconds: Some(0),
        ..DeleteOptions::default()
    };
    let deleted = world
        .store_mut()
        .delete(Kind::Pod, "default", name, &options);
    deleted.expect("it can be deleted");
}

/// The uids of the pods whose processes run under each name.
fn living(world: &World) -> BTreeMap<String, Vec<String>> {
    let mut living: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for process in world.processes() {
        let uids = living.entry(process.pod.to_owned()).or_default();
        uids.push(process.uid.to_owned());
    }
    living
}

/// Lets time pass; at no moment two processes of one identity run.
fn pass(world: &mut World, time: i64) {
    let until = world.now() + time;
    loop {
        let more = world.step(until);
        for (pod, uids) in living(world) {
            assert_eq!(
                uids.len(),
                1,
                "{pod} runs more than once at {}",
                world.now()
            );
        }
        if !more {
            return;
        }
    }
}

/// Whether the pod is being deleted.
fn terminates(world: &World, pod: &str) -> bool {
    get(world, Kind::Pod, pod).is_terminating()
}

fn is_ready(world: &World, pod: &str) -> bool {
    try_get(world, Kind::Pod, pod).is_some_and(|pod| pod.condition("Ready") == "True")
}

fn uid(world: &World, pod: &str) -> String {
    get(world, Kind::Pod, pod).uid().to_owned()
}

fn node_of(world: &World, pod: &str) -> String {
    get(world, Kind::Pod, pod).text("/spec/nodeName").to_owned()
}

/// Keys and effects of a node's taints.
fn taints(world: &World, node: &str) -> Vec<String> {
    let node = get(world, Kind::Node, node);
    let taints = node.list("/spec/taints").iter();
    let mut taints: Vec<_> = taints
        .map(|t| format!("{}:{}", t.text("/key"), t.text("/effect")))
        .collect();
    taints.sort();
    taints
}

/// Reasons and messages of the events about an object, as often as they were told.
fn events(world: &World, name: &str) -> Vec<String> {
    let events = world.store().list(Kind::Event, None);
    let about = events.filter(|e| e.text("/involvedObject/name") == name);
    about
        .map(|e| format!("{} {}", e.text("/reason"), e.text("/message")))
        .collect()
}

fn said(world: &World, name: &str, reason: &str) -> bool {
    events(world, name)
        .iter()
        .any(|event| event.starts_with(reason))
}

/// A pod of nobody, or of a DaemonSet.
fn stray(name: &str, node: &str, of_daemon_set: bool) -> Value {
    let mut pod = pod(name, &json!({"nodeName": node}));
    if of_daemon_set {
        pod["metadata"]["ownerReferences"] = json!([{
            "apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "uid": "d-1", "controller": true,
        }]);
    }
    pod
}
