//! What a plan costs beside one plain pass over the same records: `cargo bench -p statefulset --bench plan [-- --tsv]`.
//!
//! The two run in turn, pair by pair, and processor time is counted, so that what else the machine does falls on both. A
//! ratio of 1.5 says that the plan takes half as long again as a loop that does nothing but read every field that a plan
//! depends on.

#[path = "../tests/counting/mod.rs"]
mod counting;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use counting::{Counting, counted};
use cpu_time::ThreadTime;
use statefulset::{
    Claim, ClaimTemplate, Desired, MAX_ORDINAL, Management, Millis, Observed, Pod, Revision, plan,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: Millis = 1_000_000;
const DATA: &[ClaimTemplate] = &[ClaimTemplate { name: "data" }];
/// Pairs of runs, and how long each run takes.
const PAIRS: usize = 15;
const RUN: Duration = Duration::from_millis(10);

/// What a plan may cost: so many passes.
const SETTLED: f64 = 1.5;
const CHANGING: f64 = 2.5;

struct Line {
    world: &'static str,
    state: &'static str,
    order: &'static str,
    pods: usize,
    /// Nanoseconds: the fastest run of each.
    pass: f64,
    plan: f64,
    /// Of all pairs, in ascending order.
    ratios: Vec<f64>,
    allocations: usize,
}

fn main() {
    let tsv = env::args().any(|argument| argument == "--tsv");
    print(tsv, &HEADS.map(String::from));
    for count in [3, 100, 1_000, 10_000, 100_000] {
        for state in ["settled", "rollout step", "one missing"] {
            for order in ["sorted", "shuffled"] {
                print(tsv, &pods(count, state, order).cells());
                print(tsv, &with_claims(count, state, order).cells());
            }
        }
    }
    print(tsv, &creates().cells());
}

fn pods(count: u32, state: &'static str, order: &'static str) -> Line {
    let (desired, pods) = world(count, state, order);
    line("pods", state, order, &desired, &Observed::pods(&pods))
}

fn with_claims(count: u32, state: &'static str, order: &'static str) -> Line {
    let (desired, pods) = world(count, state, order);
    let mut claims: Vec<Claim> = (0..count).map(|ordinal| Claim::bound(ordinal, 0)).collect();
    shuffle(&mut claims, order);
    let desired = Desired {
        templates: DATA,
        ..desired
    };
    let observed = Observed::pods(&pods).with_claims(&claims);
    line("pods, claims", state, order, &desired, &observed)
}

/// As many pods as there can be, none of them there. There is nothing to pass over.
fn creates() -> Line {
    let desired = Desired {
        management: Management::Parallel,
        ..Desired::new("web", MAX_ORDINAL, A)
    };
    line(
        "2147483647",
        "1011 creates",
        "",
        &desired,
        &Observed::pods(&[]),
    )
}

fn world(count: u32, state: &str, order: &str) -> (Desired<'static>, Vec<Pod>) {
    let mut pods: Vec<Pod> = (0..count).map(|ordinal| Pod::running(ordinal, A)).collect();
    let mut desired = Desired::new("web", count, A);
    match state {
        "rollout step" => desired.update = B,
        "one missing" => _ = pods.remove(pods.len() / 2),
        _ => {}
    }
    shuffle(&mut pods, order);
    (desired, pods)
}

/// Some other order, the same every time.
fn shuffle<T>(list: &mut [T], order: &str) {
    let mut state = 3u64;
    for i in (1..list.len()).rev().filter(|_| order == "shuffled") {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let bound = i as u64 + 1;
        list.swap(i, usize::try_from((state >> 33) % bound).expect("an index"));
    }
}

fn line(
    world: &'static str,
    state: &'static str,
    order: &'static str,
    desired: &Desired,
    observed: &Observed,
) -> Line {
    let plan = || {
        let plan = plan(black_box(desired), black_box(observed), black_box(NOW));
        drop(black_box(plan));
    };
    let pass = || _ = black_box(pass(black_box(desired), black_box(observed)));
    let ((), count) = counted(plan);
    let pairs: Vec<(f64, f64)> = (0..PAIRS).map(|_| (time(pass), time(plan))).collect();
    let mut ratios: Vec<f64> = pairs.iter().map(|(pass, plan)| plan / pass).collect();
    ratios.sort_by(f64::total_cmp);
    let fastest = |runs: &mut dyn Iterator<Item = f64>| runs.fold(f64::INFINITY, f64::min);
    Line {
        world,
        state,
        order,
        pods: observed.pods.len(),
        pass: fastest(&mut pairs.iter().map(|(pass, _)| *pass)),
        plan: fastest(&mut pairs.iter().map(|(_, plan)| *plan)),
        ratios,
        allocations: count.allocations,
    }
}

/// Reads what a plan depends on, once, in the order of the lists: every field of every pod, and of every claim what
/// matters while it has a volume.
fn pass(desired: &Desired, observed: &Observed) -> u64 {
    let at = |moment: Option<Millis>| moment.map_or(0, Millis::cast_unsigned);
    let index = |index: Option<u32>| index.map_or(0, u64::from);
    let pods = observed.pods.iter().map(|pod| {
        let flags = [pod.ready, pod.identity, pod.storage];
        let flags = flags.into_iter().map(u64::from).sum::<u64>();
        u64::from(pod.ordinal)
            ^ pod.phase as u64
            ^ flags
            ^ pod.revision.0
            ^ at(pod.ready_since)
            ^ at(pod.terminating_since)
            ^ index(pod.node)
            ^ index(pod.budget)
    });
    let claims = observed.claims.unwrap_or(&[]).iter().map(|claim| {
        u64::from(claim.ordinal)
            ^ u64::from(claim.template)
            ^ claim.phase as u64
            ^ at(claim.terminating_since)
            ^ claim.set_owner as u64
            ^ claim.pod_owner as u64
            ^ u64::from(claim.foreign_controller)
    });
    let sum = pods.fold(0, u64::wrapping_add);
    claims.fold(sum, u64::wrapping_add) ^ desired.update.0
}

/// Nanoseconds of processor time for one call.
fn time(mut call: impl FnMut()) -> f64 {
    let (begin, start) = (Instant::now(), ThreadTime::now());
    let mut calls = 0u32;
    while begin.elapsed() < RUN {
        // Few enough that a long call does not make the run much longer than meant.
        for _ in 0..4 {
            call();
        }
        calls += 4;
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

const HEADS: [&str; 11] = [
    "world",
    "state",
    "order",
    "pods",
    "ns/pass",
    "ns/plan",
    "fastest",
    "median",
    "goal",
    "holds",
    "allocations",
];

fn print(tsv: bool, row: &[String; 11]) {
    if tsv {
        println!("{}", row.join("\t"));
        return;
    }
    let [
        world,
        state,
        order,
        pods,
        pass,
        plan,
        best,
        median,
        goal,
        holds,
        allocations,
    ] = row;
    println!(
        "{world:<13} {state:<13} {order:<9} {pods:>7} {pass:>10} {plan:>10} {best:>8} {median:>7} {goal:>5} {holds:<5} {allocations:>11}"
    );
}

impl Line {
    fn goal(&self) -> Option<f64> {
        match self.state {
            "settled" => Some(SETTLED),
            "1011 creates" => None,
            _ => Some(CHANGING),
        }
    }

    fn cells(&self) -> [String; 11] {
        let (best, median) = (self.plan / self.pass, self.ratios[PAIRS / 2]);
        let (goal, holds) = match self.goal() {
            None => (String::new(), ""),
            Some(goal) => (goal.to_string(), if median <= goal { "yes" } else { "no" }),
        };
        [
            self.world.to_owned(),
            self.state.to_owned(),
            self.order.to_owned(),
            self.pods.to_string(),
            format!("{:.1}", self.pass),
            format!("{:.1}", self.plan),
            format!("{best:.2}"),
            format!("{median:.2}"),
            goal,
            holds.to_owned(),
            self.allocations.to_string(),
        ]
    }
}
