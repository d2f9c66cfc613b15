//! What a set may ask for beyond Kubernetes, rule by rule (X, Z, M, Q, F, J, U-8 to U-11), and what users of other systems complain about.

mod complaints;
mod deadline;
mod disagreements;
mod exclusions;
mod in_place;
mod limits;
mod pace;
mod pausing;
mod questions;
mod ranks;
mod repairs;
mod walk;

use statefulset::{
    Change, Claim, ClaimTemplate, Deadline, Departure, Desired, Do, Exclusion, Gate, InPlace, Keep,
    Limit, Management, Member, Node, NodeState, Observed, Outcome, Overdue, OwnerRef, PartitionBy,
    Paused, Phase, Plan, Pod, Policies, Prepared, Profile, Progress, Purposes, Ranked, Reason,
    Repair, Retention, Revision, Rolling, Status, Strategy, Ties, Version, allot, explain, plan,
};

const OLD: Revision = Revision(1);
const NEW: Revision = Revision(2);
const NOW: i64 = 1_000_000;

/// Three parallel pods that are to get from the old revision to the new one.
fn set(policies: Policies<'_>) -> Desired<'_> {
    Desired {
        management: Management::Parallel,
        current: OLD,
        policies,
        ..Desired::new("db", 3, NEW)
    }
}

fn rolling(partition: u32, max_unavailable: u32) -> Strategy {
    Strategy::RollingUpdate(Some(Rolling {
        partition,
        max_unavailable: Some(Limit::Count(max_unavailable)),
    }))
}

fn planned(desired: &Desired, pods: &[Pod]) -> Plan {
    plan(desired, &Observed::pods(pods), NOW).expect("the input keeps the contract")
}

/// What is done, such as `create 3` and `delete 1`, in order.
fn deeds(plan: &Plan) -> Vec<String> {
    let words = plan.deeds().map(|action| match action.what {
        Do::CreatePod { revision } if revision == OLD => format!("create {} old", action.ordinal),
        Do::CreatePod { .. } => format!("create {}", action.ordinal),
        Do::DeletePod { .. } => format!("delete {}", action.ordinal),
        Do::EvictPod { .. } => format!("evict {}", action.ordinal),
        other => format!("{} {}", other.slug(), action.ordinal),
    });
    words.collect()
}

/// What waits, such as `1-2 paused`.
fn waits(plan: &Plan) -> Vec<String> {
    let words = plan.waits().map(|(action, wait)| {
        let through = wait.through;
        match action.ordinal {
            first if first == through => format!("{first} {}", wait.gates),
            first => format!("{first}-{through} {}", wait.gates),
        }
    });
    words.collect()
}

fn running(ordinals: &[u32], revision: Revision) -> Vec<Pod> {
    let pods = ordinals
        .iter()
        .map(|&ordinal| Pod::running(ordinal, revision));
    pods.collect()
}

fn broken(ordinal: u32, revision: Revision) -> Pod {
    Pod {
        ready: false,
        ready_since: Some(NOW - 60_000),
        ..Pod::running(ordinal, revision)
    }
}

fn starting(ordinal: u32, revision: Revision) -> Pod {
    Pod {
        phase: Phase::Pending,
        ready: false,
        ..Pod::running(ordinal, revision)
    }
}

fn excluding(excluded: &[Exclusion]) -> Policies<'_> {
    Policies {
        excluded,
        ..Policies::NONE
    }
}
