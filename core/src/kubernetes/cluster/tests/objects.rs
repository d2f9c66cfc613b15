//! Objects to tell a cluster of: few names, so that they meet, and much that is odd.

use std::format;
use std::string::String;
use std::vec::Vec;

use serde_json::{Value, json};

use crate::kubernetes::defaults::default_stateful_set;

pub(super) const SETS: [&str; 2] = ["web", "web-foo"];
pub(super) const PODS: [&str; 12] = [
    "web-0",
    "web-0",
    "web-0",
    "web-1",
    "web-1",
    "web-1",
    "web-10",
    "web-01",
    "web-99999999999",
    "web-foo-0",
    "web",
    "other-0",
];
pub(super) const CLAIMS: [&str; 6] = [
    "www-web-0",
    "www-web-0",
    "www-web-1",
    "www-web-01",
    "log-web-0",
    "www-web-foo-0",
];
pub(super) const NODES: [&str; 2] = ["node-1", "node-2"];
pub(super) const NAMES: [&str; 2] = ["a", "b"];

/// Takes one of several choices out of a number.
pub(super) struct Dice(pub(super) u32);

impl Dice {
    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let count = u32::try_from(of.len()).expect("a short list");
        let face = self.0 % count;
        self.0 = (self.0 / count).wrapping_mul(2_654_435_761) ^ self.0.rotate_left(7);
        &of[face as usize]
    }

    pub(super) fn is(&mut self, one_in: u32) -> bool {
        let faces: Vec<u32> = (0..one_in).collect();
        *self.one(&faces) == 0
    }
}

/// The set `default/web`: two replicas, each with a claim.
pub(super) fn web() -> Value {
    let claim =
        json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
    let mut set = json!({
        "metadata": {"name": "web", "namespace": "default", "uid": "set-1", "generation": 1},
        "spec": {
            "replicas": 2,
            "serviceName": "nginx",
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{"name": "nginx", "image": "nginx:1.12"}]},
            },
            "volumeClaimTemplates": [{"metadata": {"name": "www"}, "spec": claim}],
        },
    });
    default_stateful_set(&mut set, &crate::Profile::UPSTREAM);
    set
}

pub(super) fn owner(kind: &str, name: &str, uid: &str) -> Value {
    let version = if kind == "Pod" { "v1" } else { "apps/v1" };
    json!({"apiVersion": version, "kind": kind, "name": name, "uid": uid, "controller": true})
}

pub(super) fn set(name: &str, dice: &mut Dice) -> Value {
    let mut set = web();
    let meta = &mut set["metadata"];
    meta["uid"] = (if dice.is(8) { "set-2" } else { "set-1" }).into();
    if dice.is(4) {
        meta["deletionTimestamp"] = "2026-11-21T07:37:00Z".into();
        meta["finalizers"] = dice.one(&[json!([]), json!(["orphan"])]).clone();
    }
    let spec = &mut set["spec"];
    spec["revisionHistoryLimit"] = (*dice.one(&[0, 10])).into();
    spec["replicas"] = (*dice.one(&[2, 2, 3, 0, 11])).into();
    spec["podManagementPolicy"] = (*dice.one(&["OrderedReady", "Parallel"])).into();
    spec["template"]["spec"]["priority"] = (*dice.one(&[0, 0, 1, 2])).into();
    if dice.is(6) {
        let mut second = spec["volumeClaimTemplates"][0].clone();
        second["metadata"]["name"] = "log".into();
        let templates = spec["volumeClaimTemplates"].as_array_mut().expect("a list");
        let place = *dice.one(&[0, 1]);
        templates.insert(place, second);
    }
    if dice.is(6) {
        spec["selector"] =
            json!({"matchLabels": {"statefulset.kubernetes.io/pod-name": format!("{name}-1")}});
    }
    if dice.is(20) {
        spec["replicas"] = "many".into();
    }
    set
}

pub(super) fn some_pod(name: &str, revisions: &[String], dice: &mut Dice) -> Value {
    let revision = dice.one(revisions);
    let mut pod = json!({
        "metadata": {
            "namespace": "default",
            "uid": format!("uid-of-{name}-{}", dice.one(&[1, 1, 2])),
            "labels": {
                "app": "web",
                "apps.kubernetes.io/pod-index": name.rsplit('-').next(),
                "controller-revision-hash": revision,
                "statefulset.kubernetes.io/pod-name": name,
            },
        },
        "spec": {},
        "status": {"conditions": [{"type": "Ready", "lastTransitionTime": "2026-11-21T07:37:00Z"}]},
    });
    let meta = &mut pod["metadata"];
    if dice.is(6) {
        meta["labels"]["app"] = "no".into();
    }
    if dice.is(6) {
        meta["labels"]["statefulset.kubernetes.io/pod-name"] = "web-1".into();
    }
    let owner = match dice.one(&[0, 0, 0, 0, 1, 2, 3, 4, 4]) {
        0 => owner("StatefulSet", "web", "set-1"),
        1 => owner("StatefulSet", "web-foo", "set-1"),
        2 => owner("StatefulSet", "web", "set-2"),
        3 => owner("ReplicaSet", "web", "rs-1"),
        _ => Value::Null,
    };
    meta["ownerReferences"] = if owner.is_null() {
        owner
    } else {
        json!([owner])
    };
    if dice.is(6) {
        meta["deletionTimestamp"] = "2026-11-21T07:37:00Z".into();
    }
    let claim = format!("www-{}", dice.one(&[name, name, name, "web-0"]));
    pod["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": claim}}]);
    pod["spec"]["nodeName"] = (*dice.one(&["node-1", "node-2", "node-2", ""])).into();
    pod["status"]["phase"] =
        (*dice.one(&["Running", "Running", "Running", "Pending", "Failed"])).into();
    pod["status"]["conditions"][0]["status"] = (*dice.one(&["True", "True", "False"])).into();
    if dice.is(20) {
        pod["status"]["phase"] = "Dreaming".into();
    }
    pod
}

pub(super) fn some_claim(name: &str, dice: &mut Dice) -> Value {
    let mut claim = json!({
        "metadata": {"namespace": "default", "uid": format!("claim-{name}-{}", dice.one(&[1, 1, 2]))},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        "status": {},
    });
    claim["metadata"]["ownerReferences"] = match dice.one(&[0, 0, 1, 2, 3]) {
        0 => Value::Null,
        1 => json!([owner("StatefulSet", "web", "set-1")]),
        2 => json!([owner("Pod", "web-1", "uid-of-web-1-1")]),
        _ => json!([owner("Backup", "nightly", "backup-1")]),
    };
    let spec = &mut claim["spec"];
    spec["storageClassName"] = (*dice.one(&["standard", "slow"])).into();
    if dice.is(4) {
        spec["volumeName"] = (*dice.one(&["a", "b", "nowhere"])).into();
    }
    claim["status"]["phase"] = (*dice.one(&["Bound", "Pending", "Lost"])).into();
    if dice.is(3) {
        let node = *dice.one(&NODES);
        claim["metadata"]["annotations"] = json!({"volume.kubernetes.io/selected-node": node});
    }
    if dice.is(6) {
        claim["metadata"]["deletionTimestamp"] = "2026-11-21T07:37:00Z".into();
    }
    if dice.is(20) {
        claim["spec"]["resources"]["requests"]["storage"] = "much".into();
    }
    claim
}

pub(super) fn node(dice: &mut Dice) -> Value {
    json!({
        "metadata": {
            "uid": "node",
            "labels": {"zone": dice.one(&["x", "y"])},
            "annotations": {"statefulset.dev/draining": dice.one(&["true", "false"])},
        },
        "spec": {"unschedulable": dice.is(3)},
        "status": {"conditions": [{
            "type": "Ready",
            "status": dice.one(&["True", "True", "True", "Unknown"]),
            "lastTransitionTime": "2026-11-21T07:37:00Z",
        }]},
    })
}

pub(super) fn budget(dice: &mut Dice) -> Value {
    json!({
        "metadata": {"namespace": "default", "uid": "budget"},
        "spec": {"selector": {"matchLabels": dice.one(&[
            json!({"app": "web"}),
            json!({"app": "no"}),
            json!({"apps.kubernetes.io/pod-index": "1"}),
        ])}},
        "status": {"disruptionsAllowed": dice.one(&[0, 1]), "currentHealthy": 2, "desiredHealthy": 2},
    })
}

pub(super) fn class(dice: &mut Dice) -> Value {
    json!({
        "metadata": {"uid": "class"},
        "volumeBindingMode": dice.one(&["Immediate", "WaitForFirstConsumer"]),
    })
}

pub(super) fn volume(dice: &mut Dice) -> Value {
    let claim = *dice.one(&CLAIMS);
    let zone = json!([{"key": "zone", "operator": "In", "values": [dice.one(&["x", "y", "z"])]}]);
    json!({
        "metadata": {"uid": "volume"},
        "spec": {
            "capacity": {"storage": dice.one(&["1Gi", "2Gi", "1Mi"])},
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": dice.one(&["standard", "slow"]),
            "claimRef": dice.one(&[
                Value::Null,
                Value::Null,
                json!({"namespace": "default", "name": claim}),
                json!({"namespace": "default", "name": claim, "uid": format!("claim-{claim}-1")}),
                json!({"namespace": "other", "name": claim}),
            ]),
            "nodeAffinity": dice.one(&[
                Value::Null,
                json!({"required": {"nodeSelectorTerms": [{"matchExpressions": zone}]}}),
            ]),
        },
        "status": {"phase": dice.one(&["Available", "Available", "Bound", "Released"])},
    })
}
