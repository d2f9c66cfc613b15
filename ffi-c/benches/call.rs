//! What a plan costs in C and Go, in both of its ways, on top of the same plan in Rust: `make bench-ffi`.
//!
//! Both run in turn, pair by pair, and processor time is counted, so that what else the machine does falls on both.

mod program;

use std::env;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use statefulset::{Claim, ClaimTemplate, Desired, Observed, Pod, Revision, plan};

const COUNTS: [u32; 3] = [3, 100, 1_000];
const PAIRS: usize = 15;
const RUN: Duration = Duration::from_millis(30);

/// A program that prints what one call costs for the number of pods in its argument, as the mean of one run. After that it
/// may print what the first call cost.
struct Language {
    name: &'static str,
    program: PathBuf,
    /// What a call may cost on top of the plan of a small set, in nanoseconds.
    goal: f64,
}

fn main() {
    let mut languages = vec![Language {
        name: "C",
        program: program::in_c("call"),
        goal: 100.0,
    }];
    // Who builds it knows how.
    for (name, variable, goal) in [("cgo", "CALL_IN_CGO", 200.0), ("Go", "CALL_IN_GO", 2_000.0)] {
        if let Some(program) = env::var_os(variable) {
            let program = program.into();
            languages.push(Language {
                name,
                program,
                goal,
            });
        }
    }
    println!("      pods  Rust ns  there ns   on top  on top, per pod  times  first ms  goal");
    for language in languages {
        for count in COUNTS {
            let name = language.name;
            let pairs = (0..PAIRS).map(|_| (in_rust(count), language.nanoseconds(count)));
            let pairs: Vec<(f64, [f64; 2])> = pairs.collect();
            let rust = median(pairs.iter().map(|(rust, _)| *rust));
            let there = median(pairs.iter().map(|(_, [there, _])| *there));
            let first = median(pairs.iter().map(|(_, [_, first])| first / 1e6));
            let top = median(pairs.iter().map(|(rust, [there, _])| there - rust));
            let times = median(pairs.iter().map(|(rust, [there, _])| there / rust));
            let per_pod = top / f64::from(count);
            let goal = language.told(count, top);
            println!(
                "{name:<4} {count:>5} {rust:>8.1} {there:>9.1} {top:>8.1} {per_pod:>16.2} {times:>6.2} {first:>9.1}  {goal}"
            );
        }
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

impl Language {
    /// For one call, and for the first.
    fn nanoseconds(&self, count: u32) -> [f64; 2] {
        let output = Command::new(&self.program).arg(count.to_string()).output();
        let output = output.expect("it was just built");
        assert!(output.status.success(), "{}", output.status);
        let text = String::from_utf8_lossy(&output.stdout);
        let mut numbers = text
            .split_whitespace()
            .map(|it| it.parse().expect("a number"));
        [
            numbers.next().expect("a mean"),
            numbers.next().unwrap_or(0.0),
        ]
    }

    /// The goal is for a small set.
    fn told(&self, count: u32, top: f64) -> String {
        let goal = self.goal;
        match count {
            3 if top <= goal => format!("at most {goal} ns on top: holds"),
            3 => format!("at most {goal} ns on top: does not hold"),
            _ => String::new(),
        }
    }
}

/// Nanoseconds for the plan of a settled set with a claim for each pod.
fn in_rust(count: u32) -> f64 {
    let revision = Revision(1);
    let desired = Desired {
        templates: &[ClaimTemplate { name: "" }],
        ..Desired::new("", count, revision)
    };
    let pods: Vec<Pod> = (0..count).map(|i| Pod::running(i, revision)).collect();
    let claims: Vec<Claim> = (0..count).map(|i| Claim::bound(i, 0)).collect();
    let observed = Observed::pods(&pods).with_claims(&claims);
    let once = || {
        plan(
            black_box(&desired),
            black_box(&observed),
            black_box(1_000_000),
        )
    };
    assert!(once().is_ok_and(|plan| plan.actions.is_empty()));
    time(|| drop(black_box(once())))
}

/// Nanoseconds of processor time for one call.
fn time(mut call: impl FnMut()) -> f64 {
    let (begin, start) = (Instant::now(), ThreadTime::now());
    let mut calls = 0u32;
    while begin.elapsed() < RUN {
        (0..16).for_each(|_| call());
        calls += 16;
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}
