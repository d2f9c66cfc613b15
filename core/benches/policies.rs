//! What policies cost beside none: `cargo bench -p statefulset --bench policies`.
//!
//! Plans of one world run in turn: without policies, with policies that say nothing, and with all five. Processor time is
//! counted, so that what else the machine does falls on all of them. `growth` is the time of ten times as many pods.

#[path = "../tests/counting/mod.rs"]
mod counting;

use std::hint::black_box;
use std::time::{Duration, Instant};

use counting::{Counting, counted};
use cpu_time::ThreadTime;
use statefulset::{
    Desired, Exclusion, Limit, Management, Millis, Observed, Paused, Pod, Policies, Ranked, Repair,
    Revision, plan,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: Millis = 1_000_000;
const ROUNDS: usize = 15;
const RUN: Duration = Duration::from_millis(10);
const FEW: u32 = 1_000;
const MANY: u32 = 10_000;

/// What policies that say nothing may cost, and what ten times the pods may.
const NOTHING: f64 = 1.25;
const GROWTH: f64 = 15.0;

/// No limit, no moment and no exclusion is ever reached.
const SILENT: Policies = Policies {
    excluded: &[Exclusion::range(1_000_000, 2_000_000)],
    stand_in_first: true,
    scale_out_limit: Some(Limit::Count(u32::MAX)),
    scale_in_limit: Some(Limit::Count(u32::MAX)),
    allowance: Some(u32::MAX),
    repair: Some(Repair {
        after: Millis::MAX,
        beyond_budget: 0,
        ordered: true,
        pending: false,
    }),
    ..Policies::NONE
};

const ALL: Policies = Policies {
    excluded: &[
        Exclusion::range(3, 4),
        Exclusion::range(500, 509).keeping_claims(),
    ],
    stand_in_first: true,
    paused: Paused::REPLACEMENT,
    ranked: Ranked::Tiers,
    scale_out_limit: Some(Limit::Count(3)),
    scale_in_limit: Some(Limit::Count(3)),
    allowance: Some(5),
    repair: Some(Repair {
        after: 0,
        beyond_budget: 1,
        ordered: true,
        pending: true,
    }),
    ..Policies::NONE
};

/// One world, for each choice of policies.
struct World {
    desired: [Desired<'static>; 3],
    pods: Vec<Pod>,
}

impl World {
    /// As many pods as are desired, whatever is excluded.
    fn of(state: &str, count: u32) -> Self {
        let mut pods: Vec<Pod> = (0..count)
            .map(|ordinal| Pod {
                // Neighbours of different ranks would wait for different things, in a wait each.
                rank: ordinal * 3 / count,
                ..Pod::running(ordinal, A)
            })
            .collect();
        let mut desired = Desired {
            management: Management::Parallel,
            ..Desired::new("web", count, A)
        };
        match state {
            "rollout step" => {
                desired.current = A;
                desired.update = B;
            }
            "one missing" => _ = pods.remove(pods.len() / 2),
            _ => {}
        }
        Self {
            desired: [Policies::NONE, SILENT, ALL].map(|policies| Desired {
                policies,
                ..desired
            }),
            pods,
        }
    }

    /// Nanoseconds of processor time for a plan with each choice of policies: the fastest of all rounds, and how many times
    /// memory is asked for.
    fn measure(&self) -> [(f64, usize); 3] {
        let observed = Observed::pods(&self.pods);
        let call = |desired: &Desired| {
            drop(black_box(plan(
                black_box(desired),
                black_box(&observed),
                black_box(NOW),
            )));
        };
        let mut best = self.desired.each_ref().map(|desired| {
            let ((), count) = counted(|| call(desired));
            (f64::INFINITY, count.allocations)
        });
        for _ in 0..ROUNDS {
            for (desired, best) in self.desired.iter().zip(&mut best) {
                best.0 = best.0.min(time(|| call(desired)));
            }
        }
        best
    }
}

fn time(mut call: impl FnMut()) -> f64 {
    let (begin, start) = (Instant::now(), ThreadTime::now());
    let mut calls = 0u32;
    while begin.elapsed() < RUN {
        for _ in 0..4 {
            call();
        }
        calls += 4;
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

fn main() {
    println!("state         policies        ns/plan  to none  growth  allocations  holds");
    for state in ["settled", "rollout step", "one missing"] {
        let [few, many] = [FEW, MANY].map(|count| World::of(state, count).measure());
        for (i, policies) in ["none", "say nothing", "all five"].iter().enumerate() {
            let (few, before) = (few[i], few[0].0);
            let growth = many[i].0 / few.0;
            let ratio = few.0 / before;
            let holds = growth <= GROWTH && (i != 1 || ratio <= NOTHING) && few.1 == many[i].1;
            println!(
                "{state:<13} {policies:<13} {:>9.1} {ratio:>8.2} {growth:>7.1} {:>6} {:>5}  {}",
                few.0,
                few.1,
                many[i].1,
                if holds { "yes" } else { "no" }
            );
        }
    }
}
