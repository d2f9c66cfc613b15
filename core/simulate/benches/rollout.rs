//! What a write costs in a set of 1,000 pods beside one in a set of 100, while the set is created one pod after the other
//! and then updated.
//!
//! The two clusters run in turn, pair by pair, and processor time is counted, so that what else the machine does falls on
//! both.

use cpu_time::ThreadTime;
use serde_json::{Value, json};
use statefulset_simulate::{Fields, Kind, Options, Settled, World};

const FEW: u32 = 100;
const MANY: u32 = 1_000;
/// As many as the larger set needs: a node takes 110 pods.
const NODES: u32 = 10;
const PAIRS: usize = 5;
/// How much more a write may cost in the large set.
const GOAL: f64 = 2.0;
/// More than enough of the cluster's own time.
const LIMIT: i64 = 24 * 3_600_000;

/// What the two changes cost: microseconds for one write.
struct Costs {
    created: f64,
    updated: f64,
}

fn main() {
    println!("OrderedReady  100 pods, µs/write  1,000 pods, µs/write  times  goal");
    let pairs: Vec<(Costs, Costs)> = (0..PAIRS).map(|_| (costs(FEW), costs(MANY))).collect();
    let line = |what: &str, cost: fn(&Costs) -> f64| {
        let few = median(pairs.iter().map(|(few, _)| cost(few)));
        let many = median(pairs.iter().map(|(_, many)| cost(many)));
        let times = median(pairs.iter().map(|(few, many)| cost(many) / cost(few)));
        let holds = if times <= GOAL {
            "holds"
        } else {
            "does not hold"
        };
        println!("{what:<12}  {few:>18.1}  {many:>20.1}  {times:>5.2}  at most {GOAL}: {holds}");
    };
    line("created", |costs| costs.created);
    line("updated", |costs| costs.updated);
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Creates a set of so many pods, and updates it.
fn costs(pods: u32) -> Costs {
    let mut world = World::new(Options {
        nodes: (1..=NODES).map(|number| format!("node-{number}")).collect(),
        ..Options::default()
    });
    let created = cost(&mut world, pods, "readyReplicas", |world| {
        for (kind, object) in [(Kind::Service, service()), (Kind::StatefulSet, set(pods))] {
            let made = world.store_mut().create(kind, "default", object);
            made.expect("an object in order");
        }
    });
    let updated = cost(&mut world, pods, "updatedReplicas", |world| {
        let set = world.store().get(Kind::StatefulSet, "default", "web");
        let mut set = Value::clone(set.expect("the set is there"));
        set["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        let updated = world.store_mut().update(Kind::StatefulSet, set);
        updated.expect("the set can be updated");
    });
    Costs { created, updated }
}

/// Makes a change and lets the cluster come to rest: microseconds of processor time for one write.
fn cost(world: &mut World, pods: u32, counter: &str, change: impl FnOnce(&mut World)) -> f64 {
    let before = world.store().version();
    let start = ThreadTime::now();
    change(world);
    assert_eq!(world.settle(LIMIT), Settled::Quiet);
    let took = start.elapsed();
    let set = world.store().get(Kind::StatefulSet, "default", "web");
    let count = set.and_then(|set| set.int(&format!("/status/{counter}")));
    assert_eq!(count, Some(pods.into()), "{counter}");
    let writes = u32::try_from(world.store().version() - before).expect("not that many writes");
    took.as_secs_f64() * 1e6 / f64::from(writes)
}

fn service() -> Value {
    json!({
        "metadata": {"name": "nginx"},
        "spec": {"clusterIP": "None", "selector": {"app": "web"}, "ports": [{"port": 80}]},
    })
}

fn set(pods: u32) -> Value {
    json!({
        "metadata": {"name": "web"},
        "spec": {
            "serviceName": "nginx",
            "replicas": pods,
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
