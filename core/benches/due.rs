//! What one event costs beside other sets: a pod's status changes, what is due is asked for, planned for and finished.
//!
//! Clusters of 10, of 1,000 and of 10,000 sets have their events in turn, and processor time is counted, so that what else
//! the machine does falls on all of them. Two ways of spreading the events are told apart: over the same ten sets in every
//! cluster, and over all sets, where the memory of a set has often left the processor's caches.

mod objects;

use std::time::Duration;

use cpu_time::ThreadTime;
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Key, Kind, Outcome};

const SETS: [usize; 3] = [10, 1_000, 10_000];
const ROUNDS: usize = 41;
const EVENTS: usize = 250;
const NOW: i64 = 1_800_000_000_000;
/// How much more an event may cost among more sets.
const GOAL: f64 = 1.2;

fn main() {
    println!("  sets  spread over  event µs  beside 10 sets");
    let mut clusters = SETS.map(Many::of);
    for over_all in [false, true] {
        let mut rounds: [Vec<f64>; 3] = [const { Vec::new() }; 3];
        for round in 0..=ROUNDS {
            for (many, costs) in clusters.iter_mut().zip(&mut rounds) {
                let spread = if over_all { many.keys.len() } else { SETS[0] };
                let cost = many.events(spread);
                // The first one warms up.
                if round > 0 {
                    costs.push(cost);
                }
            }
        }
        for (sets, costs) in SETS.iter().zip(&rounds) {
            let pairs = costs.iter().zip(&rounds[0]);
            let ratio = median(pairs.map(|(cost, few)| cost / few));
            let holds = if ratio <= GOAL {
                "holds"
            } else {
                "does not hold"
            };
            let spread = if over_all { "all" } else { "ten" };
            let cost = median(costs.iter().copied());
            println!(
                "{sets:>6}  {spread:<11}  {cost:>8.2}  {ratio:>14.2}  at most {GOAL}: {holds}"
            );
        }
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A cluster of settled sets with one pod each.
struct Many {
    cluster: Cluster,
    keys: Vec<Key>,
    /// The newest resource version of a pod.
    version: u64,
    /// Counts the sets that have had their events.
    next: usize,
}

/// The object with its namespace: each set lives in one of its own.
fn within(json: &str, namespace: &str) -> String {
    json.replace(
        "\"namespace\":\"default\"",
        &format!("\"namespace\":\"{namespace}\""),
    )
}

impl Many {
    fn of(count: usize) -> Self {
        let mut cluster = Cluster::new(Profile::UPSTREAM);
        let keys: Vec<Key> = (0..count)
            .map(|i| Key::new(format!("team-{i}"), "web"))
            .collect();
        let show = |cluster: &mut Cluster, kind, key: &Key, json: &str| {
            let json = within(json, &key.namespace);
            cluster.apply(kind, json.as_bytes()).expect("a good object");
        };
        let (set, pod, claim) = (objects::set(1), objects::pod(0, 1, true), objects::claim(0));
        for kind in Kind::ALL {
            cluster.begin_list(kind);
            for key in &keys {
                match kind {
                    Kind::StatefulSet => show(&mut cluster, kind, key, &set),
                    Kind::Pod => show(&mut cluster, kind, key, &pod),
                    Kind::PersistentVolumeClaim => show(&mut cluster, kind, key, &claim),
                    _ => {}
                }
            }
            cluster.end_list(kind, "1");
        }
        for key in &keys {
            let first = cluster.plan(key, NOW).expect("a plan");
            let revision = first.requests.first().expect("a new set has no revision");
            let mut revision: serde_json::Value =
                serde_json::from_slice(&revision.body).expect("JSON");
            revision["metadata"]["uid"] = "7f7b3f06-9c3b-4a53-a6b5-6a7f3ad4c1d0".into();
            revision["metadata"]["resourceVersion"] = "1".into();
            let revision = revision.to_string();
            show(&mut cluster, Kind::ControllerRevision, key, &revision);
            let settled = cluster.plan(key, NOW).expect("a plan");
            assert!(settled.requests.is_empty() && settled.waits.is_empty());
            cluster.finish(key, settled.id, &[] as &[Outcome], NOW);
        }
        assert!(cluster.take_due(NOW).sets.is_empty(), "all are settled");
        Self {
            cluster,
            keys,
            version: 1,
            next: 0,
        }
    }

    /// Microseconds for one event, spread over so many sets.
    fn events(&mut self, spread: usize) -> f64 {
        let mut took = Duration::ZERO;
        for event in 0..EVENTS {
            // A prime step: neighbours in order are not neighbours in time. Each pod fails and comes back.
            let ready = event % 2 == 1;
            let key = &self.keys[(self.next * 7_919) % spread];
            if ready {
                self.next += 1;
            }
            self.version += 1;
            let json = within(&objects::pod(0, self.version, ready), &key.namespace);
            let start = ThreadTime::now();
            self.cluster
                .apply(Kind::Pod, json.as_bytes())
                .expect("a good pod");
            let due = self.cluster.take_due(NOW);
            let [set] = &due.sets[..] else {
                panic!("one set is due, not {:?}", due.sets);
            };
            let requests = self.cluster.plan(set, NOW).expect("a plan");
            self.cluster
                .finish(set, requests.id, &[] as &[Outcome], NOW);
            took += start.elapsed();
        }
        took.as_secs_f64() * 1e6 / f64::from(u32::try_from(EVENTS).unwrap_or(1))
    }
}
