//! What one pod event costs, read from JSON and planned for, and what a cached pod costs in memory; beside the budgets.

mod memory;
mod objects;

use std::time::{Duration, Instant};

use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Key, Kind, Outcome};

use memory::{Counted, in_use};
use objects::{claim, pod, set};

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// Replicas, and what one event may cost in microseconds: the real controller's time for reading JSON and for one sync,
/// divided by the ratio that is asked for.
const BUDGETS: [(u32, f64); 3] = [
    (3, (33.0 + 125.0) / 10.0),
    (1_000, (33.0 + 4_000.0) / 100.0),
    (10_000, (33.0 + 52_000.0) / 300.0),
];
/// Bytes for a cached pod and its claim.
const BYTES: usize = 400;
const NOW: i64 = 1_800_000_000_000;

fn main() {
    println!(
        "{:>7} {:>9} {:>9} {:>9} {:>9} {:>10} {:>9} {:>9}",
        "pods", "read µs", "plan µs", "event µs", "budget", "events/s", "B/pod", "budget"
    );
    for (replicas, budget) in BUDGETS {
        let before = in_use();
        let mut cluster = cluster(replicas);
        let cached = (in_use() - before) / replicas as usize;
        let (read, plan) = event(&mut cluster, replicas);
        let whole = read + plan;
        println!(
            "{replicas:>7} {read:>9.2} {plan:>9.2} {whole:>9.2} {budget:>9.1} {:>10.0} {:>9} {BYTES:>9}",
            1e6 / whole,
            // Of three pods, most is the set's own JSON.
            if replicas < 100 {
                "-".into()
            } else {
                cached.to_string()
            },
        );
    }
    println!(
        "One event is a pod of {} bytes whose readiness changes.",
        pod(0, 1, true).len()
    );
}

fn key() -> Key {
    Key::new("default", "web")
}

/// A settled cluster of one set.
fn cluster(replicas: u32) -> Cluster {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let show = |cluster: &mut Cluster, kind, json: &str| {
        cluster.apply(kind, json.as_bytes()).expect("a good object");
    };
    for kind in Kind::ALL {
        cluster.begin_list(kind);
        match kind {
            Kind::StatefulSet => show(&mut cluster, kind, &set(replicas)),
            Kind::Pod => (0..replicas).for_each(|i| show(&mut cluster, kind, &pod(i, 1, true))),
            Kind::PersistentVolumeClaim => {
                (0..replicas).for_each(|i| show(&mut cluster, kind, &claim(i)));
            }
            _ => {}
        }
        cluster.end_list(kind, "1");
    }
    let first = cluster.plan(&key(), NOW).expect("a plan");
    let revision = first.requests.first().expect("a new set has no revision");
    let mut revision: serde_json::Value = serde_json::from_slice(&revision.body).expect("JSON");
    assert_eq!(
        revision["metadata"]["name"],
        objects::REVISION,
        "as the pods are labelled"
    );
    revision["metadata"]["uid"] = "7f7b3f06-9c3b-4a53-a6b5-6a7f3ad4c1d0".into();
    revision["metadata"]["resourceVersion"] = "1".into();
    show(
        &mut cluster,
        Kind::ControllerRevision,
        &revision.to_string(),
    );
    let settled = cluster.plan(&key(), NOW).expect("a plan");
    assert!(
        settled.requests.is_empty() && settled.waits.is_empty(),
        "the set is settled"
    );
    cluster
}

/// Microseconds that an event takes to be read, and to be planned for.
fn event(cluster: &mut Cluster, replicas: u32) -> (f64, f64) {
    let rounds = 4_000_u32;
    let (mut read, mut planned) = (Duration::ZERO, Duration::ZERO);
    for round in 0..rounds {
        // Everywhere in the set, one pod after the other failing and coming back.
        let ordinal =
            u32::try_from(u64::from(round / 2) * 7_919 % u64::from(replicas)).unwrap_or(0);
        let json = pod(ordinal, 2 + u64::from(round), round % 2 == 1);
        let begin = Instant::now();
        cluster
            .apply(Kind::Pod, json.as_bytes())
            .expect("a good pod");
        let middle = Instant::now();
        let requests = cluster.plan(&key(), NOW).expect("a plan");
        planned += middle.elapsed();
        read += middle - begin;
        assert_eq!(requests.waits.len(), usize::from(round % 2 == 0));
        cluster.finish(&key(), requests.id, &[] as &[Outcome], NOW);
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(rounds);
    (micros(read), micros(planned))
}
