//! What a plan costs in time and allocations, beside its budget: `cargo bench -p statefulset [-- --tsv]`.

#[path = "../tests/counting/mod.rs"]
mod counting;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use counting::{Counting, counted};
use statefulset::{
    Claim, ClaimTemplate, Desired, MAX_ORDINAL, Management, Observed, Pod, Revision, plan,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: i64 = 1_000_000;
const DATA: &[ClaimTemplate] = &[ClaimTemplate { name: "data" }];
/// Runs that a median is taken of, and how long each takes.
const RUNS: usize = 9;
const RUN: Duration = Duration::from_millis(30);

/// How a line's budget is counted.
#[derive(Clone, Copy)]
enum Budget {
    /// Nanoseconds for the whole plan.
    Plan(f64),
    /// Nanoseconds for each pod, and allocations.
    Pod(f64, usize),
    /// None.
    Free,
}

struct Line {
    world: &'static str,
    state: &'static str,
    order: &'static str,
    pods: usize,
    nanoseconds: f64,
    allocations: usize,
    budget: Budget,
}

fn main() {
    let tsv = env::args().any(|argument| argument == "--tsv");
    let mut lines = Vec::new();
    for count in [3, 100, 1_000, 10_000, 100_000] {
        for state in ["settled", "rollout step", "one missing"] {
            for order in ["sorted", "shuffled"] {
                lines.push(pods(count, state, order));
                if count == 3 {
                    lines.push(with_claims(count, state, order));
                }
            }
        }
        if count > 3 {
            lines.push(with_claims(count, "settled", "sorted"));
        }
    }
    lines.push(creates());
    print(&lines, tsv);
}

fn pods(count: u32, state: &'static str, order: &'static str) -> Line {
    let (desired, pods) = world(count, state, order);
    let per_pod = if order == "sorted" {
        (8.0, 0)
    } else {
        (15.0, 1)
    };
    // The allocations that waits take are the actions', not the pods'.
    let budget = match (state, count) {
        (_, 3) => Budget::Free,
        ("settled", _) => Budget::Pod(per_pod.0, per_pod.1),
        _ => Budget::Pod(per_pod.0, usize::MAX),
    };
    line(
        "pods",
        state,
        order,
        &desired,
        &Observed::pods(&pods),
        budget,
    )
}

fn with_claims(count: u32, state: &'static str, order: &'static str) -> Line {
    let (desired, pods) = world(count, state, order);
    let mut claims: Vec<Claim> = (0..count).map(|ordinal| Claim::bound(ordinal, 0)).collect();
    shuffle(&mut claims, order);
    let desired = Desired {
        templates: DATA,
        ..desired
    };
    let budget = if count == 3 {
        Budget::Plan(100.0)
    } else {
        Budget::Free
    };
    let observed = Observed::pods(&pods).with_claims(&claims);
    line("pods, claims", state, order, &desired, &observed, budget)
}

/// As many pods as there can be, none of them there.
fn creates() -> Line {
    let desired = Desired {
        management: Management::Parallel,
        ..Desired::new("web", MAX_ORDINAL, A)
    };
    let observed = Observed::pods(&[]);
    line(
        "2147483647",
        "1011 creates",
        "",
        &desired,
        &observed,
        Budget::Plan(5_000.0),
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
    budget: Budget,
) -> Line {
    let once = || plan(black_box(desired), black_box(observed), black_box(NOW));
    let ((), count) = counted(|| drop(black_box(once())));
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| time(|| drop(black_box(once()))))
        .collect();
    runs.sort_by(f64::total_cmp);
    Line {
        world,
        state,
        order,
        pods: observed.pods.len(),
        nanoseconds: runs[RUNS / 2],
        allocations: count.allocations,
        budget,
    }
}

/// Nanoseconds for one call.
fn time(mut call: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut calls = 0u32;
    while start.elapsed() < RUN {
        for _ in 0..16 {
            call();
        }
        calls += 16;
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

fn print(lines: &[Line], tsv: bool) {
    let heads = [
        "world",
        "state",
        "order",
        "pods",
        "ns/plan",
        "ns/pod",
        "allocations",
        "budget",
        "kept",
    ];
    let rows = lines.iter().map(Line::cells);
    let rows: Vec<[String; 9]> = std::iter::once(heads.map(String::from))
        .chain(rows)
        .collect();
    for row in &rows {
        if tsv {
            println!("{}", row.join("\t"));
            continue;
        }
        let [
            world,
            state,
            order,
            pods,
            plan,
            pod,
            allocations,
            budget,
            kept,
        ] = row;
        println!(
            "{world:<13} {state:<13} {order:<9} {pods:>7} {plan:>12} {pod:>8} {allocations:>12}  {budget:<28} {kept}"
        );
    }
}

impl Line {
    fn cells(&self) -> [String; 9] {
        let per_pod = self.nanoseconds / f64::from(u32::try_from(self.pods.max(1)).expect("few"));
        let (budget, kept) = match self.budget {
            Budget::Free => (String::new(), true),
            Budget::Plan(most) => (format!("{most} ns"), self.nanoseconds <= most),
            Budget::Pod(most, usize::MAX) => (format!("{most} ns/pod"), per_pod <= most),
            Budget::Pod(most, allocations) => (
                format!("{most} ns/pod, {allocations} allocations"),
                per_pod <= most && self.allocations <= allocations,
            ),
        };
        [
            self.world.to_owned(),
            self.state.to_owned(),
            self.order.to_owned(),
            self.pods.to_string(),
            format!("{:.0}", self.nanoseconds),
            format!("{per_pod:.2}"),
            self.allocations.to_string(),
            budget.clone(),
            match (budget.is_empty(), kept) {
                (true, _) => String::new(),
                (false, true) => "yes".to_owned(),
                (false, false) => "NO".to_owned(),
            },
        ]
    }
}
