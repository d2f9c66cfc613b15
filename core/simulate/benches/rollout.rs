//! How long a set of 1,000 pods takes to be created one pod after the other, and then to be updated; beside the budget.

use std::time::Instant;

use serde_json::{Value, json};
use statefulset_simulate::{Fields, Kind, Options, Settled, World};

const PODS: u32 = 1_000;
/// Seconds for each.
const BUDGET: f64 = 5.0;
/// More than enough of the cluster's own time.
const LIMIT: i64 = 24 * 3_600_000;

fn main() {
    println!(
        "{:<28} {:>9} {:>9} {:>9}",
        "1,000 pods, OrderedReady", "seconds", "budget", "writes"
    );
    let mut world = World::new(Options::default());
    timed("created", &mut world, "readyReplicas", |world| {
        for (kind, object) in [(Kind::Service, service()), (Kind::StatefulSet, set())] {
            let made = world.store_mut().create(kind, "default", object);
            made.expect("an object in order");
        }
    });
    timed("updated", &mut world, "updatedReplicas", |world| {
        let set = world.store().get(Kind::StatefulSet, "default", "web");
        let mut set = Value::clone(set.expect("the set is there"));
        set["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        let updated = world.store_mut().update(Kind::StatefulSet, set);
        updated.expect("the set can be updated");
    });
}

/// Makes a change and lets the cluster come to rest.
fn timed(what: &str, world: &mut World, counter: &str, change: impl FnOnce(&mut World)) {
    let before = world.store().version();
    let begin = Instant::now();
    change(world);
    assert_eq!(world.settle(LIMIT), Settled::Quiet);
    let seconds = begin.elapsed().as_secs_f64();
    let writes = world.store().version() - before;
    println!("{what:<28} {seconds:>9.2} {BUDGET:>9.1} {writes:>9}");
    let set = world.store().get(Kind::StatefulSet, "default", "web");
    let count = set.and_then(|set| set.int(&format!("/status/{counter}")));
    assert_eq!(count, Some(PODS.into()), "{counter}");
}

fn service() -> Value {
    json!({
        "metadata": {"name": "nginx"},
        "spec": {"clusterIP": "None", "selector": {"app": "web"}, "ports": [{"port": 80}]},
    })
}

fn set() -> Value {
    json!({
        "metadata": {"name": "web"},
        "spec": {
            "serviceName": "nginx",
            "replicas": PODS,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{
                    "name": "nginx", "image": "nginx:1.12",
                    "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                }]},
            },
            "volumeClaimTemplates": [{
                "metadata": {"name": "data"},
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
            }],
        },
    })
}
