//! The worked traces: one snapshot, the actions of one pass, and the counters (rule T-1). `statefulset-cases` has the table.

use statefulset::{Do, Outcome, Plan, Pod, Revision, plan};
use statefulset_cases::{Case, TRACES, Trace};

const B: Revision = Revision(b'B' as u64);

fn planned(case: &Case) -> Plan {
    plan(&case.desired, &case.observed(), case.now).expect("a valid input")
}

fn actions(plan: &Plan, pods: &[Pod]) -> String {
    let letter = |r: Revision| char::from(u8::try_from(r.0).expect("a letter"));
    let words: Vec<String> = plan
        .deeds()
        .map(|action| match action.what {
            Do::CreatePod { revision } => format!("create {}@{}", action.ordinal, letter(revision)),
            Do::DeletePod { pod } => format!("delete {}", pods[pod as usize].ordinal),
            other => format!("{other:?}"),
        })
        .collect();
    words.join(", ")
}

/// What upstream writes, or would write if it differed from what is stored.
fn counters(plan: &Plan) -> String {
    let s = plan
        .status
        .expect("nothing was published before, so every status is news");
    format!(
        "{}/{}/{}/{}/{}",
        s.replicas, s.ready, s.available, s.current, s.updated
    )
}

#[test]
fn every_trace_comes_out_as_upstream_decides_it() {
    for trace in TRACES {
        let Trace {
            name,
            settings,
            snapshot,
            ..
        } = trace;
        let case = Case::drawn(settings, snapshot);
        let plan = planned(&case);
        assert_eq!(
            actions(&plan, &case.pods),
            trace.actions,
            "actions of {name}: {settings} | {snapshot}"
        );
        if case.desired.published.is_none() || !trace.counters.is_empty() {
            assert_eq!(
                counters(&plan),
                trace.counters,
                "counters of {name}: {settings} | {snapshot}"
            );
        }
    }
}

#[test]
fn completion_promotes_the_current_revision() {
    let promoted = |settings: &str, snapshot: &str| {
        let plan = planned(&Case::drawn(settings, snapshot));
        plan.status.expect("news").current_revision == B
    };
    for strategy in ["", "on-delete", "recreate"] {
        let settings = format!("M A/B {strategy}");
        assert!(promoted(&settings, "0:B+ 1:B+ 2:B+"), "{strategy}");
    }
    assert!(
        !promoted("M A/B partition=2", "0:A+ 1:A+ 2:B+"),
        "a partition keeps the rollout open"
    );
}

#[test]
fn only_successful_rolling_deletions_lower_the_counter() {
    let case = Case::drawn("B A/B gate n=5 max=3", "0:A- 1:A+ 2:A+ 3:A+ 4:A+");
    let plan = planned(&case);
    for (done, current) in [(3, 2), (2, 3), (1, 4), (0, 5)] {
        let mut outcomes = vec![Outcome::Done; done];
        outcomes.resize(3, Outcome::Failed);
        assert_eq!(
            plan.conclude(&outcomes).status.map(|s| s.current),
            Some(current),
            "{done} succeeded"
        );
    }
    let gone = plan
        .conclude(&[Outcome::NotFound; 3])
        .status
        .map(|s| s.current);
    assert_eq!(gone, Some(2), "not found is as good as deleted");
}
