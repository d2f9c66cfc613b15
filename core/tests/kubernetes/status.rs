//! The status as it is written.

use serde_json::json;
use statefulset::Profile;
use statefulset::kubernetes::{Kind, Outcome, Tail};

use crate::world::{NOW, World, body, done, key, line, pod, web};

#[test]
fn a_status_is_written_when_it_changes_and_only_then() {
    let mut set = web();
    set["spec"]["replicas"] = json!(1);
    let (mut world, revision) = World::with_set(&set);
    world.see(Kind::Pod, &pod("web-0", &revision));
    let requests = world.plan();
    let Tail { requests, .. } = world.finish(&requests, &done());
    assert_eq!(
        line(&requests[0]),
        "PATCH /apis/apps/v1/statefulsets/web/status"
    );
    let written = body(&requests[0]);
    assert_eq!(
        written,
        json!({
            "metadata": {"uid": "set-1"},
            "status": {
                "availableReplicas": 1,
                "collisionCount": 0,
                "currentReplicas": 1,
                "currentRevision": revision,
                "observedGeneration": 1,
                "readyReplicas": 1,
                "replicas": 1,
                "updateRevision": revision,
                "updatedReplicas": 1,
            },
        })
    );
    set["status"] = written["status"].clone();
    set["status"]["conditions"] = json!([{"type": "Other", "status": "True"}]);
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    let requests = world.plan();
    assert_eq!(requests.requests, []);
    assert_eq!(world.finish(&requests, &done()).requests, []);
}

#[test]
fn counters_that_are_zero_are_left_out_where_kubernetes_leaves_them_out() {
    let (mut world, _) = World::with_set(&web());
    let requests = world.plan();
    let tail = world.finish(&requests, &done());
    let status = body(&tail.requests[0])["status"].clone();
    for field in ["readyReplicas", "currentReplicas", "updatedReplicas"] {
        assert_eq!(status[field], json!(null), "{field}");
    }
    assert_eq!(
        (&status["replicas"], &status["availableReplicas"]),
        (&json!(0), &json!(0))
    );
}

#[test]
fn recreating_is_a_condition_beside_the_others() {
    let mut set = web();
    set["spec"]["replicas"] = json!(1);
    set["spec"]["updateStrategy"] = json!({"type": "Recreate"});
    let profile = Profile {
        recreate: true,
        ..Profile::UPSTREAM
    };
    let (mut world, first) = World::with_profile(profile, &set);
    world.see(Kind::Pod, &pod("web-0", &first));
    set["spec"]["template"]["metadata"]["annotations"] = json!({"restarted": "now"});
    set["status"] = json!({
        "replicas": 1, "currentRevision": first,
        "conditions": [{"type": "Other", "status": "True"}],
    });
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    let requests = world.plan();
    let lines: Vec<_> = requests.requests.iter().map(line).collect();
    assert_eq!(lines[1..], ["DELETE pods/web-0"]);
    let tail = world.finish(&requests, &done());
    let written = body(&tail.requests[0]);
    assert_eq!(written["metadata"]["resourceVersion"], "11");
    assert_eq!(
        written["status"]["conditions"],
        json!([
            {"type": "Other", "status": "True"},
            {
                "lastTransitionTime": "2027-01-15T08:00:00Z",
                "message": "Deleting old revision pods",
                "reason": "RecreateInProgress",
                "status": "True",
                "type": "Progressing",
            },
        ])
    );
}

#[test]
fn a_status_that_is_refused_again_and_again_is_tried_less_and_less_often() {
    let (mut world, revision) = World::with_set(&web());
    let refused = [Outcome::Failed("boom".into())];
    let mut now = NOW;
    // A failure of the plan and one of its status are one, and a plan without a failure ends no row of them by itself.
    for (pause, outcome) in [
        (5, done()),
        (10, done()),
        (20, refused[0].clone()),
        (40, done()),
    ] {
        let plan = world.cluster.plan(&key(), now).expect("a good set");
        let outcomes = vec![outcome; plan.requests.len()];
        let tail = world.cluster.finish(&key(), plan.id, &outcomes, now);
        assert_eq!(tail.requests.len(), 1);
        world.cluster.settle(&key(), plan.id, &refused, now);
        let due = world.cluster.due(now);
        assert_eq!((due.sets, due.next), (vec![], Some(now + pause)));
        now += pause;
    }
    // What is seen while the status is under way has not been dealt with.
    let plan = world.cluster.plan(&key(), now).expect("a good set");
    world.finish(&plan, &done());
    world.see(Kind::Pod, &pod("web-0", &revision));
    world.cluster.settle(&key(), plan.id, &refused, now);
    assert_eq!(world.cluster.due(now).sets, [key()]);
}
