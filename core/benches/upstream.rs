//! The same scenes as the real controller, without another language between: `make bench-upstream` writes them to this
//! program, one object a line after its kind, and a last line that says what to measure. It answers nanoseconds,
//! allocations and bytes, each time.

mod counting;

use std::io::{self, BufRead};
use std::time::Instant;

use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Key, Kind, Outcome};

use counting::{Counted, counts};

#[global_allocator]
static ALLOCATOR: Counted = Counted;

fn main() {
    let mut lines = io::stdin().lock().lines().map_while(Result::ok).peekable();
    if lines.peek().is_none() {
        println!("This is for make bench-upstream, which writes to it.");
        return;
    }
    let mut objects = Vec::new();
    let mut events = Vec::new();
    for line in lines {
        let (word, rest) = line.split_once(' ').expect("a word and what follows it");
        let words: Vec<_> = rest.split(' ').collect();
        match word {
            "Event" => events.push(rest.to_string()),
            "now" => {
                let now = rest.parse().expect("milliseconds");
                let mut scene = Scene::new(&objects, now);
                let cost = scene.cost(&events);
                println!("{} {} {}", cost.0, cost.1, cost.2);
                return;
            }
            "turns" => objects.push((None, rest.to_string())),
            "memory" => {
                memory(&objects, words[0].parse().expect("a count"));
                return;
            }
            kind => {
                let kind = Kind::from_name(kind).expect("a kind");
                objects.push((Some(kind), rest.to_string()));
            }
        }
    }
}

/// Objects by kind; without a kind it is what to measure: how often, and the pod that something is done to.
type Objects = [(Option<Kind>, String)];

struct Scene {
    cluster: Cluster,
    key: Key,
    now: i64,
    times: u32,
    victim: String,
    /// The victim, if it is there, and where its version stands.
    pod: Option<String>,
    version: u64,
}

/// The text with another value after the first mention of a field.
fn with(json: &str, field: &str, value: &str) -> String {
    let at = json.find(field).expect("a field") + field.len();
    let end = at + json[at..].find('"').expect("an end");
    format!("{}{value}{}", &json[..at], &json[end..])
}

impl Scene {
    fn new(objects: &Objects, now: i64) -> Self {
        let mut cluster = Cluster::new(Profile::UPSTREAM);
        for kind in Kind::ALL {
            cluster.begin_list(kind);
            for (_, json) in objects.iter().filter(|(of, _)| *of == Some(kind)) {
                cluster.apply(kind, json.as_bytes()).expect("a good object");
            }
            cluster.end_list(kind, "1000");
        }
        let turns = objects.iter().find(|(kind, _)| kind.is_none());
        let (_, turns) = turns.expect("what to measure");
        let (times, victim) = turns.split_once(' ').unwrap_or((turns, ""));
        let name = format!("\"name\":\"{victim}\"");
        let pod = objects
            .iter()
            .find(|(kind, json)| *kind == Some(Kind::Pod) && json.contains(&name));
        Self {
            cluster,
            key: Key::new("default", "web"),
            now,
            times: times.parse().expect("how often"),
            victim: victim.into(),
            pod: pod.map(|(_, json)| json.clone()),
            version: 200_000,
        }
    }

    /// Plans and finishes. Everything succeeds.
    fn turn(&mut self) {
        let plan = self.cluster.plan(&self.key, self.now).expect("a plan");
        let done = Outcome::Done {
            resource_version: self.version.to_string(),
        };
        let outcomes = vec![done; plan.requests.len()];
        let tail = self.cluster.finish(&self.key, plan.id, &outcomes, self.now);
        std::hint::black_box(tail);
    }

    /// Shows the scene as it was before the turn.
    fn restore(&mut self) {
        if self.victim.is_empty() {
            return;
        }
        self.version += 1;
        self.cluster.remove(Kind::Pod, "default", &self.victim, "");
        if let Some(pod) = &self.pod {
            // Another pod each time: one that was deleted does not come back.
            let version = self.version.to_string();
            let pod = with(
                &with(pod, "\"resourceVersion\":\"", &version),
                "\"uid\":\"",
                &version,
            );
            self.cluster
                .apply(Kind::Pod, pod.as_bytes())
                .expect("a good pod");
        }
        self.cluster.bookmark(Kind::Pod, &self.version.to_string());
    }

    fn cost(&mut self, events: &[String]) -> (f64, f64, f64) {
        let mut times = Vec::new();
        let (mut allocations, mut bytes) = (0, 0);
        // The first ones fill what is kept.
        for round in 0..self.times + 3 {
            let event = events.get(round as usize % events.len().max(1));
            self.version += 1;
            let before = counts();
            let begin = Instant::now();
            if let Some(event) = event {
                self.cluster
                    .apply(Kind::Pod, event.as_bytes())
                    .expect("a good pod");
            }
            self.turn();
            if round >= 3 {
                times.push(begin.elapsed());
                let after = counts();
                allocations += after.0 - before.0;
                bytes += after.1 - before.1;
            }
            self.restore();
        }
        // On a busy machine some turns wait for a processor in their middle: the one in the middle of all does not.
        times.sort();
        let median = times[times.len() / 2];
        let each = |sum: f64| sum / f64::from(self.times);
        (
            median.as_secs_f64() * 1e9,
            each(float(allocations)),
            each(float(bytes)),
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "no run counts as far as 2^53")]
const fn float(count: usize) -> f64 {
    count as f64
}

/// Bytes of a cached pod with its claim: so many of them, all like the given ones.
fn memory(objects: &Objects, count: u32) {
    let before = counts().2;
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    for kind in Kind::ALL {
        cluster.begin_list(kind);
        for (_, json) in objects.iter().filter(|(of, _)| *of == Some(kind)) {
            let many = matches!(kind, Kind::Pod | Kind::PersistentVolumeClaim);
            for ordinal in 0..if many { count } else { 1 } {
                let json = if many {
                    // The uid's last part, too: no two are the same.
                    json.replace("web-0", &format!("web-{ordinal}"))
                        .replace("000000000000", &format!("{ordinal:012}"))
                } else {
                    json.clone()
                };
                cluster.apply(kind, json.as_bytes()).expect("a good object");
            }
        }
        cluster.end_list(kind, "1000");
    }
    let key = Key::new("default", "web");
    std::hint::black_box(cluster.plan(&key, 1_900_000_000_000).expect("a plan"));
    let bytes = counts().2 - before;
    println!("{} 0 0", float(bytes) / f64::from(count));
}
