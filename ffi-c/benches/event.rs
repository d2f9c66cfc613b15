//! What one event costs beside other sets, in C and Go: `make bench-ffi`.
//!
//! A program has clusters of 10, of 1,000 and of 10,000 sets. They have their events in turn, and processor time is counted,
//! so that what else the machine does falls on all of them.

#[path = "../../core/benches/objects/mod.rs"]
mod objects;
mod program;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Key, Kind};

/// How much more an event may cost among more sets.
const GOAL: f64 = 1.2;

fn main() {
    let folder = templates();
    let mut languages = vec![("C", program::in_c("event"))];
    // Who builds it knows how.
    for (name, variable) in [("cgo", "EVENT_IN_CGO"), ("Go", "EVENT_IN_GO")] {
        if let Some(program) = env::var_os(variable) {
            languages.push((name, program.into()));
        }
    }
    println!("      sets  spread over  event µs  beside 10 sets");
    for (name, program) in languages {
        let output = Command::new(&program).arg(&folder).output();
        let output = output.expect("it was just built");
        assert!(
            output.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        table(name, &String::from_utf8_lossy(&output.stdout));
    }
}

/// Each line of `text` is a round: over how many of the sets the events are spread, and what one costs among 10, 1,000 and
/// 10,000 sets, in nanoseconds.
fn table(name: &str, text: &str) {
    let rounds: Vec<(&str, [f64; 3])> = text.lines().filter_map(round).collect();
    for spread in ["ten", "all"] {
        let rounds = || rounds.iter().filter(|(over, _)| *over == spread);
        for (index, sets) in [10, 1_000, 10_000].into_iter().enumerate() {
            let cost = median(rounds().map(|(_, costs)| costs[index])) / 1e3;
            let ratio = median(rounds().map(|(_, costs)| costs[index] / costs[0]));
            let holds = if ratio <= GOAL {
                "holds"
            } else {
                "does not hold"
            };
            println!(
                "{name:<3} {sets:>6}  {spread:<11}  {cost:>8.2}  {ratio:>14.2}  at most {GOAL}: {holds}"
            );
        }
    }
}

fn round(line: &str) -> Option<(&str, [f64; 3])> {
    let mut words = line.split(' ');
    let spread = words.next()?;
    let costs: Vec<f64> = words.map(|it| it.parse().expect("a number")).collect();
    Some((spread, costs.try_into().expect("three numbers")))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The objects of one set in files. In them, the byte 1 stands for the namespace and the byte 2 for the resource version of
/// a pod, so that a program makes as many sets of them as it likes.
fn templates() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("objects");
    fs::create_dir_all(&folder).expect("a folder");
    let set = objects::set(1);
    let files = [
        ("revision", revision(&set)),
        ("set", set),
        ("claim", objects::claim(0)),
        ("ready", objects::pod(0, 0, true)),
        ("failing", objects::pod(0, 0, false)),
    ];
    for (name, json) in files {
        let json = json
            .replace("\"namespace\":\"default\"", "\"namespace\":\"\u{1}\"")
            .replace("\"resourceVersion\":\"0\"", "\"resourceVersion\":\"\u{2}\"");
        fs::write(folder.join(format!("{name}.json")), json).expect("a file");
    }
    folder
}

/// The revision that the set has once its first plan is carried out.
fn revision(set: &str) -> String {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    for kind in Kind::ALL {
        cluster.begin_list(kind);
        if kind == Kind::StatefulSet {
            cluster.apply(kind, set.as_bytes()).expect("a good set");
        }
        cluster.end_list(kind, "1");
    }
    let plan = cluster.plan(&Key::new("default", "web"), 0);
    let plan = plan.expect("a plan");
    let request = plan.requests.first().expect("a new set has no revision");
    let mut revision: serde_json::Value = serde_json::from_slice(&request.body).expect("JSON");
    revision["metadata"]["uid"] = "7f7b3f06-9c3b-4a53-a6b5-6a7f3ad4c1d0".into();
    revision["metadata"]["resourceVersion"] = "1".into();
    revision.to_string()
}
