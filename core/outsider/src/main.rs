//! Uses every open record, every enum and what comes out, and keeps to the rules of the library's front page ("What
//! grows"). It compiles, and prints the same, whatever has been added to the library meanwhile.

use statefulset::kubernetes::{
    Cause, CauseName, Change, Cluster, Cure, Diagnosis, Due, Effect, EventType, Evidence, Fate,
    Finding, Key, Kind, Method, ObjectError, ObjectName, PATIENCE, Proof, Request, Requests,
    Upgrade, Verdict, Weight,
};
use statefulset::{
    AccessModes, Action, Binding, Budget, Claim, ClaimOwner, ClaimPhase, ClaimTemplate, Conclusion,
    Deletion, Desired, Do, Exclusion, Gate, GiveUp, Keep, Limit, List, LostNodes, Management, Next,
    Node, NodeState, Observed, On, Outcome, OwnerRef, PartitionBy, Paused, Phase, Plan, PlanError,
    Pod, Policies, Problem, Profile, Progress, Ranked, Reason, Repair, Reserved, Retention,
    Revision, Rolling, Shutdown, Status, Strategy, Ties, Version, Volume, VolumeMode, VolumePhase,
    Wait, plan,
};

const OLD: Revision = Revision(1);
const NEW: Revision = Revision(2);
const TEMPLATES: &[ClaimTemplate] = &[ClaimTemplate::named("data")];

const PROFILE: Profile = Profile {
    max_actions: 7,
    shutdown: Shutdown::Ordered,
    give_up: GiveUp::Delete,
    lost_nodes: Some(LostNodes {
        require_fence: true,
        ..LostNodes::after(1000)
    }),
    ..Profile::STANDALONE
};

const EXCLUDED: &[Exclusion] = &[Exclusion {
    keep_claims: true,
    ..Exclusion::range(7, 9)
}];

const DESIRED: Desired = Desired {
    management: Management::Parallel,
    strategy: Strategy::RollingUpdate(Some(Rolling {
        max_unavailable: Some(Limit::Percent(50)),
        ..Rolling::DEFAULT
    })),
    templates: TEMPLATES,
    retention: Retention {
        when_scaled: Keep::Delete,
        ..Retention::RETAIN
    },
    deletion: Deletion::No,
    update: NEW,
    profile: PROFILE,
    policies: Policies {
        excluded: EXCLUDED,
        ranked: Ranked::Tiers,
        ties: Ties::LowestFirst,
        partition_by: PartitionBy::Ordinal,
        paused: Paused::REPLACEMENT,
        repair: Some(Repair {
            pending: true,
            ..Repair::after(1000)
        }),
        ..Policies::NONE
    },
    ..Desired::new("web", 3, OLD)
};

const PODS: &[Pod] = &[
    Pod {
        node: Some(0),
        budget: Some(0),
        ..Pod::running(0, OLD)
    },
    Pod {
        phase: Phase::Pending,
        ready: false,
        ..Pod::running(1, OLD)
    },
];

const CLAIMS: &[Claim] = &[
    Claim::bound(0, 0),
    Claim {
        phase: ClaimPhase::Pending,
        binding: Binding::Immediate,
        set_owner: OwnerRef::Absent,
        modes: AccessModes::READ_WRITE_ONCE,
        request: 5,
        ..Claim::bound(1, 0)
    },
];

const VOLUMES: &[Volume] = &[Volume {
    phase: VolumePhase::Available,
    reserved: Reserved::Nobody,
    volume_mode: VolumeMode::Filesystem,
    ..Volume::available(10, 0)
}];

fn main() {
    let nodes = [Node {
        state: NodeState::Ready,
        cordoned: true,
        ..Node::default()
    }];
    let budgets = [Budget {
        allowed: 1,
        ..Budget::default()
    }];
    let published = Status {
        ready: 2,
        current_revision: OLD,
        progressing: Some(Progress::Creating),
        ..Status::default()
    };
    let desired = Desired {
        published: Some(published),
        ..DESIRED
    };
    let observed = Observed {
        volumes: Some(VOLUMES),
        nodes: Some(&nodes),
        budgets: Some(&budgets),
        ..Observed::pods(PODS).with_claims(CLAIMS)
    };
    let made = plan(&desired, &observed, 0).expect("a plan");
    tell(&made);
    conclude(made.conclude(&[Outcome::Done, Outcome::Failed]));

    let broken = Desired {
        replicas: u32::MAX,
        ..desired
    };
    refuse(plan(&broken, &observed, 0).expect_err("too many"));
    one_set();
}

fn tell(made: &Plan) {
    for &Action {
        ordinal,
        reason,
        what,
        ..
    } in &made.actions
    {
        let why = match reason {
            Reason::ScaleOut => "it is missing",
            Reason::Rollout => "it is old",
            _ => "something else",
        };
        let what = match what {
            Do::CreatePod { revision } => format!("create at {}", revision.0),
            Do::SetClaimOwner {
                owner: ClaimOwner::Nobody,
                ..
            } => "disown".into(),
            Do::Wait(Wait { gates, on, .. }) => {
                let first = gates.iter().next().map(Gate::slug);
                let on = match on {
                    On::Pod(pod) => format!("pod {pod}"),
                    _ => "something else".into(),
                };
                format!("wait: {first:?}, {on}")
            }
            other => other.slug().into(),
        };
        println!("{ordinal}: {what}, {why}");
    }
    println!("{:?} {}", made.next_wake, made.more);
}

fn conclude(Conclusion { status, next, .. }: Conclusion) {
    let next = match next {
        Next::Retry => "retry",
        _ => "later",
    };
    println!("{next}, {:?}", status.map(|status| status.updated));
}

fn refuse(error: PlanError) {
    let PlanError {
        list,
        field,
        problem,
        ..
    } = error;
    let list = match list {
        List::Desired => "the set",
        _ => "a list",
    };
    let problem = match problem {
        Problem::TooLarge => "too large",
        _ => "wrong",
    };
    println!("{list}: {field} is {problem}: {error}");
}

fn one_set() {
    let set = br#"{"metadata":{"name":"web","namespace":"default","uid":"1","resourceVersion":"1","generation":1},
        "spec":{"replicas":1,"serviceName":"web","revisionHistoryLimit":10,"podManagementPolicy":"OrderedReady",
        "selector":{"matchLabels":{"app":"web"}},
        "updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},
        "template":{"metadata":{"labels":{"app":"web"}},
        "spec":{"containers":[{"name":"web","image":"nginx"}]}}}}"#;
    let mut cluster = Cluster::new(Profile {
        max_actions: 5,
        ..Profile::UPSTREAM
    });
    for kind in [
        Kind::StatefulSet,
        Kind::Pod,
        Kind::PersistentVolumeClaim,
        Kind::ControllerRevision,
    ] {
        cluster.begin_list(kind);
        match kind {
            Kind::StatefulSet => cluster.apply(kind, set).expect("a good set"),
            Kind::Pod => {
                let ObjectError { path, .. } = cluster.apply(kind, b"1").expect_err("no object");
                println!("unreadable at {path}");
            }
            _ => {}
        }
        cluster.end_list(kind, "1");
    }
    let Due { sets, .. } = cluster.due(0);
    for key in &sets {
        let Requests { requests, .. } = cluster.plan(key, 0).expect("a plan");
        for Request { method, path, .. } in &requests {
            let verb = match method {
                Method::Post => "make",
                _ => "change",
            };
            println!("{verb} {path}");
        }
        let mut evidence = Evidence::new();
        evidence.add(b"[]").expect("good evidence");
        evidence.complete("Event");
        let diagnosis = cluster.diagnose(key, &evidence, 0, PATIENCE);
        tell_of(&diagnosis.expect("a diagnosis"));
        let Upgrade { changes, .. } = cluster
            .upgrade(key, Version::V1_33, Version::LATEST, 0)
            .expect("an outlook");
        for Change { effect, cause, .. } in &changes {
            let restarts = match effect {
                Effect::Restarts => true,
                _ => false,
            };
            println!("{cause}: {restarts}");
        }
    }
    let good = |kind: EventType| match kind {
        EventType::Normal => true,
        _ => false,
    };
    println!(
        "{}",
        good(EventType::Warning) || sets != [Key::new("default", "web")]
    );
}

fn tell_of(diagnosis: &Diagnosis) {
    let Diagnosis {
        verdict,
        wanted,
        actions,
        causes,
        ..
    } = diagnosis;
    let stands = match verdict {
        Verdict::Stuck => "stuck",
        _ => "not stuck",
    };
    println!("{wanted} wanted, {stands}");
    for Finding { text, fate, .. } in actions {
        let fails = match fate {
            Fate::Refused => true,
            _ => false,
        };
        println!("{text}: {fails}");
    }
    for Cause {
        name,
        weight,
        object,
        evidence,
        cures,
        ..
    } in causes
    {
        let is_wanted = match (name, weight) {
            (CauseName::Partition | CauseName::OnDelete, _) | (_, Weight::Choice) => true,
            _ => false,
        };
        let ObjectName { kind, .. } = object;
        println!("{kind}: {is_wanted}");
        for Proof { field, .. } in evidence {
            println!("{field}");
        }
        for Cure { text, warning, .. } in cures {
            println!("{text}: {}", warning.is_some());
        }
    }
}
