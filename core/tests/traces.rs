//! The worked traces: one snapshot, the actions of one pass, and the counters (rule T-1).
//!
//! `0:A+` is a running, ready pod of revision A; `-` not ready; `F` failed; `P` pending; a `T` behind it terminating.

use statefulset::{
    Desired, Do, Limit, Management, Observed, Outcome, Phase, Plan, Pod, Profile, Revision,
    Rolling, Status, Strategy, plan,
};

const NOW: i64 = 1_000_000;

fn revision(letter: &str) -> Revision {
    Revision(u64::from(letter.as_bytes()[0]))
}

fn pods(snapshot: &str) -> Vec<Pod> {
    snapshot.split_whitespace().map(pod).collect()
}

fn pod(text: &str) -> Pod {
    let (ordinal, rest) = text.split_once(':').expect("ordinal:pod");
    let mut pod = Pod::running(ordinal.parse().expect("ordinal"), revision(&rest[..1]));
    for mark in rest[1..].chars() {
        match mark {
            '+' => {}
            '-' => pod.ready = false,
            'F' => (pod.phase, pod.ready) = (Phase::Failed, false),
            'P' => (pod.phase, pod.ready) = (Phase::Pending, false),
            'T' => pod.terminating_since = Some(NOW - 1000),
            _ => panic!("unknown mark {mark} in {text}"),
        }
    }
    pod
}

/// `M A/B n=3 start=2 partition=1 no-block=2 on-delete recreate gate max=2`
fn desired(settings: &str) -> Desired<'static> {
    let mut words = settings.split_whitespace();
    let management = match words.next() {
        Some("M") => Management::OrderedReady,
        Some("B") => Management::Parallel,
        other => panic!("M or B, not {other:?}"),
    };
    let (current, update) = words
        .next()
        .and_then(|w| w.split_once('/'))
        .expect("current/update");
    let mut desired = Desired {
        management,
        current: revision(current),
        update: revision(update),
        profile: Profile {
            max_unavailable: false,
            ..Profile::UPSTREAM
        },
        ..Desired::new("web", 3, revision(update))
    };
    let mut rolling = Rolling::default();
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or((word, "0"));
        let value: u32 = value.parse().expect("a number");
        match key {
            "n" => desired.replicas = value,
            "start" => desired.start = value,
            "partition" => rolling.partition = value,
            "max" => rolling.max_unavailable = Some(Limit::Count(value)),
            "gate" => desired.profile.max_unavailable = true,
            "no-block" => {
                desired.strategy = Strategy::RollingUpdate(None);
                desired.published = Some(Status {
                    current: value,
                    ..Status::default()
                });
            }
            "on-delete" => desired.strategy = Strategy::OnDelete,
            "recreate" => {
                desired.strategy = Strategy::Recreate;
                desired.profile.recreate = true;
            }
            _ => panic!("unknown setting {word}"),
        }
    }
    if desired.strategy == Strategy::RollingUpdate(Some(Rolling::default())) {
        desired.strategy = Strategy::RollingUpdate(Some(rolling));
    }
    desired
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

#[rustfmt::skip]
const TRACES: &[(&str, &str, &str, &str, &str)] = &[
    ("T1", "M A/A", "", "create 0@A", "0/0/0/0/0"),
    ("T2", "B A/A", "", "create 0@A, create 1@A, create 2@A", "0/0/0/0/0"),
    ("T3", "M A/A", "0:AP", "", "1/0/0/1/1"),
    ("T4", "M A/A", "0:A+", "create 1@A", "1/1/1/1/1"),
    ("T5", "M A/A", "0:A+ 2:A+", "create 1@A", "2/2/2/2/2"),
    ("T6", "M A/A", "1:A- 2:A+", "create 0@A", "2/1/1/2/2"),
    ("T7", "M A/A", "0:A+ 1:AF 2:A+", "delete 1", "3/2/2/3/3"),
    ("T8", "M A/A", "0:A- 1:A+ 2:AF", "", "3/1/1/3/3"),
    ("T9", "B A/A", "0:A- 1:A+ 2:AF", "delete 2", "3/1/1/3/3"),
    ("T10", "M A/A n=1", "0:A+ 1:A+ 2:A+", "delete 2", "3/3/3/3/3"),
    ("T11", "M A/A n=1", "0:A+ 1:A+ 2:A-", "delete 2", "3/2/2/3/3"),
    ("T12", "M A/A n=1", "0:A+ 1:A- 2:A+", "delete 2", "3/2/2/3/3"),
    ("T13", "M A/A n=1", "0:A+ 1:A- 2:A-", "", "3/1/1/3/3"),
    ("T14", "M A/A n=1", "0:A+ 1:AF 2:AF", "", "3/1/1/3/3"),
    ("T15", "M A/A n=1", "0:A- 1:A+ 2:A+", "", "3/2/2/3/3"),
    ("T16", "M A/A n=1", "0:A+ 1:A+ 2:A+T", "", "3/3/3/2/2"),
    ("T17", "B A/A n=1", "0:A- 1:AF 2:A+T 3:A+", "delete 3, delete 1", "4/2/2/3/3"),
    ("T18", "M A/A start=2", "0:A+ 1:A+", "create 2@A", "2/2/2/2/2"),
    ("T19", "M A/A start=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:A+", "delete 1", "5/5/5/5/5"),
    ("T20", "M A/B", "0:A+ 1:A+ 2:A+", "delete 2", "3/3/3/2/0"),
    ("T21", "M A/B", "0:A+ 1:A+ 2:A+T", "", "3/3/3/2/0"),
    ("T22", "M A/B", "0:A+ 1:A+", "create 2@B", "2/2/2/2/0"),
    ("T23", "M A/B", "0:A+ 1:A+ 2:B+", "delete 1", "3/3/3/1/1"),
    ("T24", "M A/B", "1:A+ 2:B+", "create 0@B", "2/2/2/1/1"),
    ("T25", "M A/B no-block=2", "1:A+ 2:B+", "create 0@A", "2/2/2/1/1"),
    ("T26", "M A/B", "0:B+ 1:B+ 2:B+", "", "3/3/3/3/3"),
    ("T27", "M A/B", "0:A+ 1:A+ 2:B-", "", "3/2/2/2/1"),
    ("T28", "M A/A", "0:A+ 1:A+ 2:B-", "", "3/2/2/2/2"),
    ("T29", "B A/A", "0:A+ 1:A+ 2:B-", "delete 2", "3/2/2/1/2"),
    ("T30", "M A/C partition=1", "0:A+ 1:B+ 2:B+", "delete 2", "3/3/3/0/0"),
    // Upstream computes −1 here, and the API server refuses it; ours stops at 0.
    ("T31", "M A/C", "0:B+ 1:B+ 2:B+", "delete 2", "3/3/3/0/0"),
    ("T32", "M A/B partition=2", "0:A+ 1:A+ 2:B+", "", "3/3/3/2/1"),
    ("T33", "M A/B partition=2", "1:A+ 2:B+", "create 0@A", "2/2/2/1/1"),
    ("T34", "M A/B partition=5 n=4", "0:A+ 1:A+ 2:A+", "create 3@A", "3/3/3/3/0"),
    ("T35", "B A/B", "0:A- 1:A- 2:A-", "delete 2", "3/0/0/2/0"),
    ("T35 gate", "B A/B gate", "0:A- 1:A- 2:A-", "delete 2, delete 1, delete 0", "3/0/0/0/0"),
    ("T36", "B A/B", "0:A- 1:A- 2:B-", "", "3/0/0/2/1"),
    ("T36 gate", "B A/B gate", "0:A- 1:A- 2:B-", "delete 1, delete 0", "3/0/0/0/1"),
    ("T37", "B A/B", "0:A+ 1:A+ 2:AF", "delete 2", "3/2/2/2/0"),
    ("T38", "M A/B on-delete", "0:A+ 1:A+ 2:A+", "", "3/3/3/3/0"),
    ("T39", "M A/B on-delete", "0:A+ 1:A+", "create 2@B", "2/2/2/2/0"),
    ("T40", "M A/B on-delete", "0:B+ 1:B+ 2:B+", "", "3/3/3/3/3"),
    ("T41 M", "M A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:A+ 5:A+", "delete 5, delete 4", "6/6/6/4/0"),
    ("T41 B", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:A+ 5:A+", "delete 5, delete 4", "6/6/6/4/0"),
    ("T42", "M A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+", "create 4@B", "4/4/4/4/0"),
    ("T43", "M A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:B+", "create 5@B", "5/5/5/4/1"),
    ("T44", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+", "create 4@B, create 5@B", "4/4/4/4/0"),
    ("T45", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:B+ 5:B-", "delete 3", "6/5/5/3/2"),
    ("T46", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A- 2:A+ 3:A+ 4:A+ 5:A+", "delete 5", "6/5/5/5/0"),
    ("T47", "B A/B gate n=1 max=1", "0:A-", "delete 0", "1/0/0/0/0"),
    ("T48", "B A/B gate n=5 max=1", "0:A- 1:A- 2:A- 3:A+ 4:A+", "delete 2, delete 1, delete 0", "5/2/2/2/0"),
    ("T49", "B A/B gate n=5 max=3", "0:A- 1:A+ 2:A+ 3:A+ 4:A+", "delete 0, delete 4, delete 3", "5/4/4/2/0"),
    ("Recreate deletes all old pods first", "M A/B recreate", "0:A+ 1:A- 2:B+", "delete 0, delete 1", "3/2/2/2/1"),
    ("Recreate waits for old pods to be gone", "M A/B recreate", "0:A+T", "", "1/1/1/0/0"),
    ("Recreate then creates in order", "M A/B recreate", "", "create 0@B", "0/0/0/0/0"),
];

#[test]
fn every_trace_comes_out_as_upstream_decides_it() {
    for (name, settings, snapshot, expected, status) in TRACES {
        let (desired, pods) = (desired(settings), pods(snapshot));
        let plan = plan(&desired, &Observed::pods(&pods), NOW).expect("a valid input");
        assert_eq!(
            actions(&plan, &pods),
            *expected,
            "actions of {name}: {settings} | {snapshot}"
        );
        if desired.published.is_none() || !status.is_empty() {
            assert_eq!(
                counters(&plan),
                *status,
                "counters of {name}: {settings} | {snapshot}"
            );
        }
    }
}

#[test]
fn completion_promotes_the_current_revision() {
    for strategy in ["", "on-delete", "recreate"] {
        let desired = desired(&format!("M A/B {strategy}"));
        let pods = pods("0:B+ 1:B+ 2:B+");
        let status = plan(&desired, &Observed::pods(&pods), NOW)
            .expect("valid")
            .status
            .expect("news");
        assert_eq!(status.current_revision, revision("B"), "{strategy}");
    }
    let desired = desired("M A/B partition=2");
    let pods = pods("0:A+ 1:A+ 2:B+");
    let status = plan(&desired, &Observed::pods(&pods), NOW)
        .expect("valid")
        .status
        .expect("news");
    assert_eq!(
        status.current_revision,
        revision("A"),
        "a partition keeps the rollout open"
    );
}

#[test]
fn only_successful_rolling_deletions_lower_the_counter() {
    let desired = desired("B A/B gate n=5 max=3");
    let pods = pods("0:A- 1:A+ 2:A+ 3:A+ 4:A+");
    let plan = plan(&desired, &Observed::pods(&pods), NOW).expect("valid");
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
