//! What a set costs that is created one pod after the other and then updated: in the simulated cluster a write to a set of
//! 1,000 pods beside one to a set of 100, and a cluster of 10,000 pods on 1,000 nodes beside one of a tenth of that.
//!
//! Each cluster is a process of its own, whose memory is its own, too. They run in turn, and processor time is counted,
//! so that what else the machine does falls on all of them.

use std::env;
use std::fs;
use std::process::Command;

use cpu_time::ThreadTime;
use serde_json::{Value, json};
use statefulset_simulate::{Fields, Kind, Options, Settled, World};

/// More than enough of the cluster's own time.
const LIMIT: i64 = 7 * 24 * 3_600_000;

/// A cluster, and in how many rounds it is measured.
struct Size {
    pods: u32,
    nodes: u32,
    rounds: usize,
}

/// A node takes 110 pods.
const SIZES: [Size; 4] = [
    Size::new(100, 10, 5),
    Size::new(1_000, 10, 5),
    Size::new(1_000, 100, 5),
    Size::new(10_000, 1_000, 1),
];

impl Size {
    const fn new(pods: u32, nodes: u32, rounds: usize) -> Self {
        Self {
            pods,
            nodes,
            rounds,
        }
    }
}

/// What one cluster cost.
struct Costs {
    /// Microseconds for one write.
    created: f64,
    updated: f64,
    /// Seconds.
    total: f64,
    /// Mebibytes at most.
    memory: f64,
}

fn main() {
    let args = env::args().skip(1).map(|it| it.parse::<u32>());
    // `cargo bench` adds a word of its own.
    let args: Vec<u32> = args.filter_map(Result::ok).collect();
    if let [pods, nodes] = args[..] {
        print!("{}", run(pods, nodes));
        return;
    }
    let mut measured = SIZES.map(|_| Vec::new());
    for round in 0..5 {
        for (size, costs) in SIZES.iter().zip(&mut measured) {
            if round < size.rounds {
                costs.push(measure(size));
            }
        }
    }
    println!("  pods  nodes  created, µs/write  updated, µs/write  seconds    MiB");
    let [few, many, sparse, vast] = measured.map(|costs| median(&costs));
    for (size, costs) in SIZES.iter().zip([&few, &many, &sparse, &vast]) {
        let Size { pods, nodes, .. } = size;
        let Costs {
            created,
            updated,
            total,
            memory,
        } = costs;
        println!(
            "{pods:>6}  {nodes:>5}  {created:>17.1}  {updated:>17.1}  {total:>7.1}  {memory:>5.0}"
        );
    }
    println!();
    let lines = [
        (
            "a write to 1,000 pods, beside 100: created",
            many.created / few.created,
            2.0,
        ),
        (
            "a write to 1,000 pods, beside 100: updated",
            many.updated / few.updated,
            2.0,
        ),
        ("MiB of 1,000 pods", many.memory, 250.0),
        (
            "seconds of ten times the pods and nodes",
            vast.total / sparse.total,
            15.0,
        ),
        (
            "MiB of ten times the pods and nodes",
            vast.memory / sparse.memory,
            10.0,
        ),
    ];
    for (what, is, most) in lines {
        let holds = if is <= most { "holds" } else { "does not hold" };
        println!("{what:<44}{is:>7.2}, at most {most}: {holds}");
    }
}

/// The median of each figure.
fn median(costs: &[Costs]) -> Costs {
    let of = |figure: fn(&Costs) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures[figures.len() / 2]
    };
    Costs {
        created: of(|costs| costs.created),
        updated: of(|costs| costs.updated),
        total: of(|costs| costs.total),
        memory: of(|costs| costs.memory),
    }
}

/// Runs one cluster in a process of its own.
fn measure(&Size { pods, nodes, .. }: &Size) -> Costs {
    let program = env::current_exe().expect("this program has a path");
    let output = Command::new(program)
        .args([pods.to_string(), nodes.to_string()])
        .output()
        .expect("this program can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let text = String::from_utf8(output.stdout).expect("figures");
    let figures: Vec<f64> = text
        .split_whitespace()
        .map(|it| it.parse().expect("a figure"))
        .collect();
    let &[created, updated, total, memory] = &figures[..] else {
        panic!("four figures: {text}");
    };
    Costs {
        created,
        updated,
        total,
        memory,
    }
}

/// Creates a set of so many pods, and updates it: the figures of [`Costs`].
fn run(pods: u32, nodes: u32) -> String {
    let mut world = World::new(Options {
        nodes: (1..=nodes).map(|number| format!("node-{number}")).collect(),
        ..Options::default()
    });
    let (created, first) = cost(&mut world, pods, "readyReplicas", |world| {
        for (kind, object) in [(Kind::Service, service()), (Kind::StatefulSet, set(pods))] {
            let made = world.store_mut().create(kind, "default", object);
            made.expect("an object in order");
        }
    });
    let (updated, second) = cost(&mut world, pods, "updatedReplicas", |world| {
        let set = world.store().get(Kind::StatefulSet, "default", "web");
        let mut set = Value::clone(set.expect("the set is there"));
        set["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        let updated = world.store_mut().update(Kind::StatefulSet, set);
        updated.expect("the set can be updated");
    });
    format!("{created} {updated} {} {}\n", first + second, peak())
}

/// Makes a change and lets the cluster come to rest: microseconds of processor time for one write, and seconds in all.
fn cost(
    world: &mut World,
    pods: u32,
    counter: &str,
    change: impl FnOnce(&mut World),
) -> (f64, f64) {
    let before = world.store().version();
    let start = ThreadTime::now();
    change(world);
    assert_eq!(world.settle(LIMIT), Settled::Quiet);
    let took = start.elapsed().as_secs_f64();
    let set = world.store().get(Kind::StatefulSet, "default", "web");
    let count = set.and_then(|set| set.int(&format!("/status/{counter}")));
    assert_eq!(count, Some(pods.into()), "{counter}");
    let writes = u32::try_from(world.store().version() - before).expect("not that many writes");
    (took * 1e6 / f64::from(writes), took)
}

/// The most memory that this process ever had, in mebibytes, as Linux tells it.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells of processes");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kibibytes.expect("the most memory") / 1024.0
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
