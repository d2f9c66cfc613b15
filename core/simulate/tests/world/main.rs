//! The machines of the cluster, seen from outside: objects go in, time passes, objects and processes are looked at.

mod cluster;
mod fixture;
mod in_place;
mod kubelet;
mod network;
mod preemption;
mod resize;
mod restoring;
mod scheduling;
mod storage;

use fixture::{pod, set};
use serde_json::{Value, json};
use statefulset::Profile;
use statefulset_simulate::{Fields, Kind, Options, Settled, World};

const HOUR: i64 = 3_600_000;

fn world() -> World {
    World::new(Options::default())
}

fn bare() -> World {
    World::new(Options {
        provisioner: false,
        ..Options::default()
    })
}

fn create(world: &mut World, kind: Kind, object: Value) {
    let made = world.store_mut().create(kind, "default", object);
    made.expect("the object is in order");
}

fn get(world: &World, kind: Kind, name: &str) -> Value {
    let namespace = if kind.is_namespaced() { "default" } else { "" };
    let object = world.store().get(kind, namespace, name);
    Value::clone(object.unwrap_or_else(|| panic!("{name} is not there")))
}

fn exists(world: &World, kind: Kind, name: &str) -> bool {
    world.store().get(kind, "default", name).is_some()
}

fn delete(world: &mut World, kind: Kind, name: &str) {
    let options = statefulset_simulate::DeleteOptions::default();
    let deleted = world.store_mut().delete(kind, "default", name, &options);
    deleted.expect("it can be deleted");
}

fn exec(world: &mut World, pod: &str, line: &str) -> (String, String, i32) {
    let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let exec = world.exec("default", pod, None, &argv);
    let exec = exec.unwrap_or_else(|error| panic!("{line}: {error}"));
    (exec.stdout, exec.stderr, exec.code)
}

/// Reasons and messages of the events about an object, oldest first.
fn events(world: &World, name: &str) -> Vec<String> {
    let events = world.store().list(Kind::Event, None);
    let mut events: Vec<_> = events
        .filter(|e| e.text("/involvedObject/name") == name)
        .map(|e| {
            let at = e.text("/metadata/resourceVersion").parse::<u64>();
            let text = format!("{} {}", e.text("/reason"), e.text("/message"));
            (at.expect("a number"), text)
        })
        .collect();
    events.sort();
    events.into_iter().map(|(_, text)| text).collect()
}

fn phase(world: &World, pod: &str) -> String {
    get(world, Kind::Pod, pod).text("/status/phase").to_owned()
}

fn is_ready(world: &World, pod: &str) -> bool {
    exists(world, Kind::Pod, pod) && get(world, Kind::Pod, pod).condition("Ready") == "True"
}
