//! What one pod event costs beside one plain pass over its JSON, and what a cached pod costs in memory.
//!
//! The pass reads the text as JSON and keeps nothing of it (`IgnoredAny`). It, reading the pod into the cluster, and whole
//! events – read, planned for, finished – run in turn, round by round, and processor time is counted, so that what else
//! the machine does falls on all of them.

mod memory;
mod objects;

use std::hint::black_box;

use cpu_time::ThreadTime;
use serde::de::IgnoredAny;
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Key, Kind, Outcome};

use memory::{Counted, in_use};
use objects::{claim, pod, set};

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// Replicas, and how many passes an event may cost: the real controller's time for reading JSON and for one sync, divided by
/// the ratio that is asked for, where a pass takes 2.8 microseconds.
const SETS: [(u32, f64); 3] = [(3, 5.5), (1_000, 14.0), (10_000, 60.0)];
/// How many passes it may cost to read a pod.
const READ: f64 = 3.0;
/// Bytes for a cached pod and its claim.
const BYTES: usize = 400;
const ROUNDS: u32 = 41;
const EVENTS: u32 = 100;
const NOW: i64 = 1_800_000_000_000;

fn main() {
    println!(
        "  pods  pass µs  read, passes  at most    event, passes  at most           B/pod  at most"
    );
    for (replicas, goal) in SETS {
        let before = in_use();
        let mut cluster = cluster(replicas);
        let cached = (in_use() - before) / replicas as usize;
        let mut rounds: Vec<[f64; 3]> = Vec::new();
        for round in 0..=ROUNDS {
            let costs = costs(&mut cluster, replicas, round);
            // The first one warms up.
            if round > 0 {
                rounds.push(costs);
            }
        }
        let pass = median(rounds.iter().map(|[pass, _, _]| *pass));
        let read = median(rounds.iter().map(|[pass, read, _]| read / pass));
        let event = median(rounds.iter().map(|[pass, _, event]| event / pass));
        let bytes = match replicas {
            // Of three pods, most is the set's own JSON.
            3 => String::from("    -"),
            _ => format!("{cached:>5}  {}", told(cached <= BYTES, BYTES)),
        };
        println!(
            "{replicas:>6}  {pass:>7.2}  {read:>12.2}  {:<9}  {event:>13.2}  {:<16}  {bytes}",
            told(read <= READ, READ),
            told(event <= goal, goal),
        );
    }
    println!(
        "One event is a pod of {} bytes whose readiness changes.",
        pod(0, 1, true).len()
    );
}

fn told(holds: bool, goal: impl std::fmt::Display) -> String {
    format!("{goal} {}", if holds { "holds" } else { "does not hold" })
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
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

/// Microseconds for a pass over a pod's JSON, for reading it into the cluster, and for a whole event.
fn costs(cluster: &mut Cluster, replicas: u32, round: u32) -> [f64; 3] {
    // Everywhere in the set, one pod after the other failing and coming back.
    let texts = |first: u32| -> Vec<String> {
        let text = |event| {
            let ordinal = event / 2 * 7_919 % replicas;
            pod(ordinal, 2 + u64::from(event), event % 2 == 1)
        };
        (first..first + EVENTS).map(text).collect()
    };
    let first = 2 * round * EVENTS;
    let (read, planned) = (texts(first), texts(first + EVENTS));
    let pass = microseconds(&read, |json| {
        let ignored: IgnoredAny = serde_json::from_slice(black_box(json)).expect("JSON");
        black_box(ignored);
    });
    let reading = microseconds(&read, |json| {
        cluster.apply(Kind::Pod, json).expect("a good pod");
    });
    turn(cluster);
    let mut waits = 0;
    let event = microseconds(&planned, |json| {
        cluster.apply(Kind::Pod, json).expect("a good pod");
        waits += turn(cluster);
    });
    assert_eq!(waits, planned.len() / 2, "each failing pod is waited for");
    [pass, reading, event]
}

/// Plans and finishes. Says how many waits there are.
fn turn(cluster: &mut Cluster) -> usize {
    let requests = cluster.plan(&key(), NOW).expect("a plan");
    cluster.finish(&key(), requests.id, &[] as &[Outcome], NOW);
    requests.waits.len()
}

/// Microseconds of processor time for one of the texts.
fn microseconds(texts: &[String], mut each: impl FnMut(&[u8])) -> f64 {
    let start = ThreadTime::now();
    for text in texts {
        each(text.as_bytes());
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(EVENTS)
}
