//! Two planners, written apart from each other, decide the same (rule T-2).

mod naive;

use std::collections::BTreeMap;

use naive::{Verdict, judge};
use quickcheck::{Arbitrary, Gen};
use statefulset::{
    ClaimOwner, Do, Management, Next, Outcome, PartitionBy, Paused, Phase, Plan, Pod, Policies,
    Prepared, Progress, Purposes, Ranked, Reason, Ties, plan,
};
use statefulset_cases::{Case, check};

#[test]
fn the_naive_planner_agrees() {
    check(20_000, |mut case: Case| {
        // The naive planner knows nothing of nodes (their duties have tests of their own).
        case.desired.profile.drain_nodes = false;
        case.desired.profile.lost_nodes = None;
        let observed = case.observed();
        let plan = plan(&case.desired, &observed, case.now).map_err(|error| error.to_string())?;
        let planned = one_of_equal_twins(verdict(&plan), &case);
        let naive = one_of_equal_twins(judge(&case.desired, &observed, case.now), &case);
        if planned == naive {
            return Ok(());
        }
        Err(format!("\nplan : {planned:?}\nnaive: {naive:?}\n"))
    });
}

/// Agreement says little where nothing happens.
#[test]
fn the_cases_reach_every_kind_of_decision() {
    let mut reached: BTreeMap<&str, u32> = BTreeMap::new();
    let mut g = Gen::from_size_and_seed(8, 1);
    for _ in 0..75_000 {
        let case = Case::arbitrary(&mut g);
        let plan = plan(&case.desired, &case.observed(), case.now).expect("a valid case");
        let mut count = |what| *reached.entry(what).or_default() += 1;
        for action in plan.deeds() {
            count(action.what.slug());
            count(action.reason.slug());
        }
        let status = plan.status.unwrap_or_default();
        let completes = status.current_revision != case.desired.current;
        let pending = case.pods.iter().any(|pod| pod.phase == Phase::Pending);
        let failed = plan.conclude(&vec![Outcome::Done; plan.actions.len()]).next == Next::Retry;
        for what in bites(&case, &plan) {
            count(what);
        }
        for (happened, what) in [
            (plan.actions.is_empty(), "nothing to do"),
            (plan.status.is_some() && completes, "a rollout completes"),
            (failed && pending, "a pending pod fails the pass"),
            (status.progressing == Some(Progress::Completed), "recreated"),
        ] {
            if happened {
                count(what);
            }
        }
    }
    let reasons = Reason::ALL.into_iter().map(Reason::slug);
    let expected = [
        "create-claim",
        "bind-claim",
        "create-pod",
        "update-pod",
        "set-claim-owner",
        "delete-pod",
        "delete-claim",
        "evict-pod",
        "force-delete-pod",
        "prepare",
        "cancel-prepare",
        "hold-finalizer",
        "release-finalizer",
        "nothing to do",
        "a rollout completes",
        "a pending pod fails the pass",
        "recreated",
        "an excluded ordinal is condemned",
        "a broken pod is repaired in order",
        "a broken pod is repaired in parallel",
    ];
    let policies = OFF.iter().map(|(what, _)| *what);
    let marks = UNMARKED.iter().map(|(what, _)| *what);
    for what in reasons.chain(expected).chain(policies).chain(marks) {
        // Those that only a wait has.
        let waits_only = ["health", "stale-view"].contains(&what);
        if !waits_only {
            let times = reached.get(what).copied().unwrap_or(0);
            assert!(times >= 100, "{what}: only {times} in {reached:?}");
        }
    }
}

/// How a policy is turned off.
type TurnOff = fn(&mut Policies);

/// Each policy, and how it is turned off.
const OFF: [(&str, TurnOff); 20] = [
    ("excluded ordinals", |policies| policies.excluded = &[]),
    ("a partition by ordinals", |policies| {
        policies.partition_by = PartitionBy::Rank;
    }),
    ("a stand-in that stays", |policies| {
        policies.stand_in_first = false;
    }),
    ("paused creation", |policies| {
        without(policies, Paused::CREATION);
    }),
    ("paused scale-in", |policies| {
        without(policies, Paused::SCALE_IN);
    }),
    ("paused rollout", |policies| {
        without(policies, Paused::ROLLOUT);
    }),
    ("paused repair", |policies| {
        without(policies, Paused::REPAIR);
    }),
    ("paused replacement", |policies| {
        without(policies, Paused::REPLACEMENT);
    }),
    ("ranks", |policies| policies.ranked = Ranked::Off),
    ("tiers", |policies| {
        if policies.ranked == Ranked::Tiers {
            policies.ranked = Ranked::Order;
        }
    }),
    ("ties", |policies| policies.ties = Ties::HighestFirst),
    ("a limit of scale-out", |policies| {
        policies.scale_out_limit = None;
    }),
    ("a limit of scale-in", |policies| {
        policies.scale_in_limit = None;
    }),
    ("an allowance", |policies| policies.allowance = None),
    ("a pace", |policies| policies.pace = None),
    ("a deadline", |policies| policies.deadline = None),
    ("repair beyond the budget", |policies| {
        if let Some(repair) = &mut policies.repair {
            repair.beyond_budget = 0;
        }
    }),
    ("asking before scale-in", |policies| {
        unasked(policies, Purposes::SCALE_IN);
    }),
    ("asking before a rollout", |policies| {
        unasked(policies, Purposes::ROLLOUT);
    }),
    ("asking before a repair", |policies| {
        unasked(policies, Purposes::REPAIR);
    }),
];

/// How what is said of a pod is left out.
type LeaveOut = fn(&mut Pod);

/// What is said of pods beyond Kubernetes, and how it is left out.
const UNMARKED: [(&str, LeaveOut); 3] = [
    ("a pod that is held", |pod| pod.hold = Purposes::NONE),
    ("a pod that is to be replaced", |pod| pod.replace = false),
    ("what was said to a pod", |pod| pod.prepared = Prepared::No),
];

fn without(policies: &mut Policies, kind: Paused) {
    let fewer = policies.paused.bits() & !kind.bits();
    policies.paused = Paused::from_bits(fewer).expect("some of its kinds");
}

fn unasked(policies: &mut Policies, purpose: Purposes) {
    let fewer = policies.ask.bits() & !purpose.bits();
    policies.ask = Purposes::from_bits(fewer).expect("some of the four");
}

/// The policies without which other things would be done, and what they lead to.
fn bites(case: &Case, plan: &Plan) -> Vec<&'static str> {
    let policies = case.desired.policies;
    let mut bites = Vec::new();
    let matters = |other: &Case| {
        let observed = other.observed();
        let other = statefulset::plan(&other.desired, &observed, other.now).expect("a valid case");
        !plan.deeds().eq(other.deeds())
    };
    for (what, turn_off) in OFF {
        let mut other = case.clone();
        turn_off(&mut other.desired.policies);
        if other.desired.policies != policies && matters(&other) {
            bites.push(what);
        }
    }
    for (what, leave_out) in UNMARKED {
        let mut other = case.clone();
        other.pods.iter_mut().for_each(leave_out);
        if other.pods != case.pods && matters(&other) {
            bites.push(what);
        }
    }
    let is_excluded = |ordinal: u32| {
        let mut excluded = policies.excluded.iter();
        excluded.any(|out| (out.first..=out.last).contains(&ordinal))
    };
    if plan
        .deeds()
        .any(|action| action.reason == Reason::ScaleIn && is_excluded(action.ordinal))
    {
        bites.push("an excluded ordinal is condemned");
    }
    if plan
        .deeds()
        .any(|action| action.reason == Reason::BrokenRevision)
    {
        bites.push(match case.desired.management {
            Management::OrderedReady => "a broken pod is repaired in order",
            _ => "a broken pod is repaired in parallel",
        });
    }
    bites
}

/// A plan in the naive planner's words: without waits, reasons, and numbers of stages and steps.
fn verdict(plan: &Plan) -> Verdict {
    let mut stages: BTreeMap<u32, BTreeMap<u32, BTreeMap<u8, Vec<Do>>>> = BTreeMap::new();
    let mut bindings = Vec::new();
    for action in plan.deeds() {
        let ordinal = match action.what {
            Do::BindClaim { .. } => {
                bindings.push(action.what);
                continue;
            }
            Do::HoldFinalizer | Do::ReleaseFinalizer => 0,
            _ => action.ordinal,
        };
        let stage = stages.entry(action.stage).or_default();
        let step = stage
            .entry(ordinal)
            .or_default()
            .entry(action.step)
            .or_default();
        step.push(action.what);
        step.sort();
    }
    bindings.sort();
    let chain = |(ordinal, steps): (u32, BTreeMap<u8, _>)| (ordinal, steps.into_values().collect());
    let outcomes = vec![Outcome::Done; plan.actions.len()];
    Verdict {
        stages: stages
            .into_values()
            .map(|stage| stage.into_iter().map(chain).collect())
            .collect(),
        bindings,
        status: plan.status,
        advice: plan.suggests,
        failed: plan.conclude(&outcomes).next == Next::Retry,
    }
}

/// Which of two twins that are equal in every respect is meant makes no difference.
fn one_of_equal_twins(mut verdict: Verdict, case: &Case) -> Verdict {
    let chains = verdict.stages.iter_mut().flat_map(BTreeMap::values_mut);
    for step in chains.flatten() {
        for what in step.iter_mut() {
            if let Do::DeletePod { pod }
            | Do::Prepare { pod, .. }
            | Do::CancelPrepare { pod }
            | Do::UpdatePod { pod }
            | Do::SetClaimOwner {
                owner: ClaimOwner::Pod(pod),
                ..
            } = what
            {
                *pod = case.first_alike(*pod);
            }
        }
        step.sort();
    }
    verdict
}
