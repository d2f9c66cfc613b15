//! The worked traces: one snapshot, the actions of one pass, and the counters (rule T-1).
//!
//! `0:A+` is a running, ready pod of revision A; `-` not ready; `F` failed; `P` pending; a `T` behind it terminating.

use statefulset::{
    Desired, Limit, Management, Phase, Pod, Profile, Revision, Rolling, Status, Strategy,
};

use crate::case::{Case, NOW};

/// One trace, in the short words of its table.
#[derive(Clone, Copy, Debug)]
pub struct Trace {
    /// Its name.
    pub name: &'static str,
    /// The set.
    pub settings: &'static str,
    /// The pods.
    pub snapshot: &'static str,
    /// What is done.
    pub actions: &'static str,
    /// The counters of the status: replicas, ready, available, current, updated.
    pub counters: &'static str,
}

impl Trace {
    const fn new(
        name: &'static str,
        settings: &'static str,
        snapshot: &'static str,
        actions: &'static str,
        counters: &'static str,
    ) -> Self {
        Self {
            name,
            settings,
            snapshot,
            actions,
            counters,
        }
    }
}

impl Case {
    /// The case that these settings and these pods stand for.
    pub fn drawn(settings: &str, snapshot: &str) -> Self {
        Self {
            desired: desired(settings),
            fresh: true,
            pods: pods(snapshot),
            claims: None,
            volumes: None,
            nodes: None,
            reach: Vec::new(),
            budgets: None,
            now: NOW,
        }
    }
}

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

/// The traces.
#[rustfmt::skip]
pub const TRACES: &[Trace] = &[
    Trace::new("T1", "M A/A", "", "create 0@A", "0/0/0/0/0"),
    Trace::new("T2", "B A/A", "", "create 0@A, create 1@A, create 2@A", "0/0/0/0/0"),
    Trace::new("T3", "M A/A", "0:AP", "", "1/0/0/1/1"),
    Trace::new("T4", "M A/A", "0:A+", "create 1@A", "1/1/1/1/1"),
    Trace::new("T5", "M A/A", "0:A+ 2:A+", "create 1@A", "2/2/2/2/2"),
    Trace::new("T6", "M A/A", "1:A- 2:A+", "create 0@A", "2/1/1/2/2"),
    Trace::new("T7", "M A/A", "0:A+ 1:AF 2:A+", "delete 1", "3/2/2/3/3"),
    Trace::new("T8", "M A/A", "0:A- 1:A+ 2:AF", "", "3/1/1/3/3"),
    Trace::new("T9", "B A/A", "0:A- 1:A+ 2:AF", "delete 2", "3/1/1/3/3"),
    Trace::new("T10", "M A/A n=1", "0:A+ 1:A+ 2:A+", "delete 2", "3/3/3/3/3"),
    Trace::new("T11", "M A/A n=1", "0:A+ 1:A+ 2:A-", "delete 2", "3/2/2/3/3"),
    Trace::new("T12", "M A/A n=1", "0:A+ 1:A- 2:A+", "delete 2", "3/2/2/3/3"),
    Trace::new("T13", "M A/A n=1", "0:A+ 1:A- 2:A-", "", "3/1/1/3/3"),
    Trace::new("T14", "M A/A n=1", "0:A+ 1:AF 2:AF", "", "3/1/1/3/3"),
    Trace::new("T15", "M A/A n=1", "0:A- 1:A+ 2:A+", "", "3/2/2/3/3"),
    Trace::new("T16", "M A/A n=1", "0:A+ 1:A+ 2:A+T", "", "3/3/3/2/2"),
    Trace::new("T17", "B A/A n=1", "0:A- 1:AF 2:A+T 3:A+", "delete 3, delete 1", "4/2/2/3/3"),
    Trace::new("T18", "M A/A start=2", "0:A+ 1:A+", "create 2@A", "2/2/2/2/2"),
    Trace::new("T19", "M A/A start=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:A+", "delete 1", "5/5/5/5/5"),
    Trace::new("T20", "M A/B", "0:A+ 1:A+ 2:A+", "delete 2", "3/3/3/2/0"),
    Trace::new("T21", "M A/B", "0:A+ 1:A+ 2:A+T", "", "3/3/3/2/0"),
    Trace::new("T22", "M A/B", "0:A+ 1:A+", "create 2@B", "2/2/2/2/0"),
    Trace::new("T23", "M A/B", "0:A+ 1:A+ 2:B+", "delete 1", "3/3/3/1/1"),
    Trace::new("T24", "M A/B", "1:A+ 2:B+", "create 0@B", "2/2/2/1/1"),
    Trace::new("T25", "M A/B no-block=2", "1:A+ 2:B+", "create 0@A", "2/2/2/1/1"),
    Trace::new("T26", "M A/B", "0:B+ 1:B+ 2:B+", "", "3/3/3/3/3"),
    Trace::new("T27", "M A/B", "0:A+ 1:A+ 2:B-", "", "3/2/2/2/1"),
    Trace::new("T28", "M A/A", "0:A+ 1:A+ 2:B-", "", "3/2/2/2/2"),
    Trace::new("T29", "B A/A", "0:A+ 1:A+ 2:B-", "delete 2", "3/2/2/1/2"),
    Trace::new("T30", "M A/C partition=1", "0:A+ 1:B+ 2:B+", "delete 2", "3/3/3/0/0"),
    // Upstream computes −1 here, and the API server refuses it; ours stops at 0.
    Trace::new("T31", "M A/C", "0:B+ 1:B+ 2:B+", "delete 2", "3/3/3/0/0"),
    Trace::new("T32", "M A/B partition=2", "0:A+ 1:A+ 2:B+", "", "3/3/3/2/1"),
    Trace::new("T33", "M A/B partition=2", "1:A+ 2:B+", "create 0@A", "2/2/2/1/1"),
    Trace::new("T34", "M A/B partition=5 n=4", "0:A+ 1:A+ 2:A+", "create 3@A", "3/3/3/3/0"),
    Trace::new("T35", "B A/B", "0:A- 1:A- 2:A-", "delete 2", "3/0/0/2/0"),
    Trace::new("T35 gate", "B A/B gate", "0:A- 1:A- 2:A-", "delete 2, delete 1, delete 0", "3/0/0/0/0"),
    Trace::new("T36", "B A/B", "0:A- 1:A- 2:B-", "", "3/0/0/2/1"),
    Trace::new("T36 gate", "B A/B gate", "0:A- 1:A- 2:B-", "delete 1, delete 0", "3/0/0/0/1"),
    Trace::new("T37", "B A/B", "0:A+ 1:A+ 2:AF", "delete 2", "3/2/2/2/0"),
    Trace::new("T38", "M A/B on-delete", "0:A+ 1:A+ 2:A+", "", "3/3/3/3/0"),
    Trace::new("T39", "M A/B on-delete", "0:A+ 1:A+", "create 2@B", "2/2/2/2/0"),
    Trace::new("T40", "M A/B on-delete", "0:B+ 1:B+ 2:B+", "", "3/3/3/3/3"),
    Trace::new("T41 M", "M A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:A+ 5:A+", "delete 5, delete 4", "6/6/6/4/0"),
    Trace::new("T41 B", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:A+ 5:A+", "delete 5, delete 4", "6/6/6/4/0"),
    Trace::new("T42", "M A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+", "create 4@B", "4/4/4/4/0"),
    Trace::new("T43", "M A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:B+", "create 5@B", "5/5/5/4/1"),
    Trace::new("T44", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+", "create 4@B, create 5@B", "4/4/4/4/0"),
    Trace::new("T45", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A+ 2:A+ 3:A+ 4:B+ 5:B-", "delete 3", "6/5/5/3/2"),
    Trace::new("T46", "B A/B gate n=6 partition=3 max=2", "0:A+ 1:A- 2:A+ 3:A+ 4:A+ 5:A+", "delete 5", "6/5/5/5/0"),
    Trace::new("T47", "B A/B gate n=1 max=1", "0:A-", "delete 0", "1/0/0/0/0"),
    Trace::new("T48", "B A/B gate n=5 max=1", "0:A- 1:A- 2:A- 3:A+ 4:A+", "delete 2, delete 1, delete 0", "5/2/2/2/0"),
    Trace::new("T49", "B A/B gate n=5 max=3", "0:A- 1:A+ 2:A+ 3:A+ 4:A+", "delete 0, delete 4, delete 3", "5/4/4/2/0"),
    Trace::new("Recreate deletes all old pods first", "M A/B recreate", "0:A+ 1:A- 2:B+", "delete 0, delete 1", "3/2/2/2/1"),
    Trace::new("Recreate waits for old pods to be gone", "M A/B recreate", "0:A+T", "", "1/1/1/0/0"),
    Trace::new("Recreate then creates in order", "M A/B recreate", "", "create 0@B", "0/0/0/0/0"),
];
