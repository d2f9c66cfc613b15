//! Good JSON, and what becomes of it in bad hands.

use serde_json::{Value, json};

use crate::dice::Dice;

const SETS: [&str; 2] = ["web", "db"];

/// A name that some set may care for.
pub(crate) fn pod_name(dice: &mut Dice) -> String {
    format!("{}-{}", dice.one(&SETS), dice.below(5))
}

pub(crate) fn set_name(dice: &mut Dice) -> String {
    dice.one(&SETS).to_string()
}

fn meta(dice: &mut Dice, name: &str, namespaced: bool) -> Value {
    let mut meta = json!({
        "name": name,
        "uid": format!("uid-{}", dice.below(3)),
        "resourceVersion": dice.below(1000).to_string(),
        "labels": {"app": "web", "controller-revision-hash": "web-1"},
    });
    if namespaced {
        meta["namespace"] = "default".into();
    }
    if dice.one_in(8) {
        meta["deletionTimestamp"] = "2026-11-21T07:37:00Z".into();
    }
    if dice.one_in(2) {
        meta["ownerReferences"] = json!([{
            "apiVersion": "apps/v1", "kind": "StatefulSet", "name": set_name(dice),
            "uid": format!("uid-{}", dice.below(3)), "controller": dice.one_in(2),
        }]);
    }
    meta
}

/// An object of a kind that `statefulset.h` has a number for.
pub(crate) fn object(kind: u32, dice: &mut Dice) -> Value {
    use statefulset_c::*;
    let pods = json!({"metadata": {"labels": {"app": "web"}},
                      "spec": {"containers": [{"name": "c", "image": "i"}]}});
    let phase = |dice: &mut Dice, of: &[&str]| -> Value { dice.one(of).into() };
    match kind {
        STS_KIND_STATEFUL_SET => {
            let name = set_name(dice);
            let templates = json!([{"metadata": {"name": "www"}, "spec": {"accessModes": ["ReadWriteOnce"],
                "resources": {"requests": {"storage": "1Gi"}}}}]);
            json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": meta(dice, &name, true), "spec": {
                "replicas": dice.below(5), "serviceName": "web", "revisionHistoryLimit": dice.below(3),
                "podManagementPolicy": phase(dice, &["OrderedReady", "Parallel"]),
                "selector": {"matchLabels": {"app": "web"}},
                "updateStrategy": {"type": phase(dice, &["RollingUpdate", "OnDelete"]), "rollingUpdate": {"partition": 0}},
                "template": pods,
                "volumeClaimTemplates": if dice.one_in(2) { templates } else { json!([]) },
            }})
        }
        STS_KIND_POD => {
            let name = pod_name(dice);
            json!({"apiVersion": "v1", "kind": "Pod", "metadata": meta(dice, &name, true),
                "spec": {"nodeName": "n1", "containers": [],
                         "volumes": [{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]},
                "status": {"phase": phase(dice, &["Pending", "Running", "Failed"]),
                           "conditions": [{"type": "Ready", "status": phase(dice, &["True", "False"]),
                                           "lastTransitionTime": "2026-11-21T07:37:00Z"}]}})
        }
        STS_KIND_PERSISTENT_VOLUME_CLAIM => {
            let name = format!("www-{}", pod_name(dice));
            json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": meta(dice, &name, true),
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}},
                         "storageClassName": "slow"},
                "status": {"phase": phase(dice, &["Pending", "Bound"])}})
        }
        STS_KIND_PERSISTENT_VOLUME => {
            json!({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": meta(dice, "v1", false),
                "spec": {"capacity": {"storage": "2Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "slow"},
                "status": {"phase": phase(dice, &["Available", "Bound"])}})
        }
        STS_KIND_STORAGE_CLASS => {
            json!({"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": meta(dice, "slow", false),
                "volumeBindingMode": "WaitForFirstConsumer"})
        }
        STS_KIND_NODE => {
            json!({"apiVersion": "v1", "kind": "Node", "metadata": meta(dice, "n1", false),
                "spec": {"taints": [{"key": "node.kubernetes.io/out-of-service"}]},
                "status": {"conditions": [{"type": "Ready", "status": phase(dice, &["True", "False", "Unknown"])}]}})
        }
        STS_KIND_POD_DISRUPTION_BUDGET => {
            json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": meta(dice, "b", true),
                "spec": {"selector": {"matchLabels": {"app": "web"}}}, "status": {"disruptionsAllowed": 1}})
        }
        STS_KIND_CONTROLLER_REVISION => {
            let name = format!("web-{}", dice.below(3));
            json!({"apiVersion": "apps/v1", "kind": "ControllerRevision", "metadata": meta(dice, &name, true),
                "revision": dice.below(4), "data": {"spec": {"template": pods}}})
        }
        _ => json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}}),
    }
}

pub(crate) fn event(kind: u32, dice: &mut Dice) -> Value {
    let what = dice.one(&[
        "ADDED", "MODIFIED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR",
    ]);
    json!({"type": what, "object": object(kind, dice)})
}

/// What a diagnosis may look at: an array of objects, lists and events.
pub(crate) fn evidence(dice: &mut Dice) -> Value {
    let one = |dice: &mut Dice| match dice.below(4) {
        0 => {
            let reason = dice.one(&[
                "Failed",
                "FailedCreate",
                "FailedScheduling",
                "FailedMount",
                "Unhealthy",
                "ProvisioningFailed",
            ]);
            let (kind, name) = if dice.one_in(2) {
                ("Pod", pod_name(dice))
            } else {
                ("StatefulSet", set_name(dice))
            };
            json!({"apiVersion": "v1", "kind": "Event", "reason": reason, "type": "Warning", "count": dice.below(9),
                "involvedObject": {"kind": kind, "namespace": "default", "name": name},
                "message": dice.one(&["exceeded quota: q", "0/3 nodes are available: 3 Insufficient cpu.", "denied"]),
                "lastTimestamp": "2026-11-21T07:37:00Z"})
        }
        1 => {
            let mut pod = object(statefulset_c::STS_KIND_POD, dice);
            let state = match dice.below(4) {
                0 => json!({"waiting": {"reason": "ImagePullBackOff", "message": "no such image"}}),
                1 => json!({"waiting": {"reason": "CrashLoopBackOff"}}),
                2 => json!({"terminated": {"exitCode": 137, "reason": "OOMKilled"}}),
                _ => json!({"running": {"startedAt": "2026-11-21T07:37:00Z"}}),
            };
            pod["spec"]["containers"] = json!([{"name": "c", "image": "i"}]);
            pod["status"]["containerStatuses"] =
                json!([{"name": "c", "restartCount": dice.below(9), "state": state}]);
            pod
        }
        2 => {
            let kind = dice.one(&["Secret", "Service", "ResourceQuota", "Event"]);
            json!({"kind": format!("{kind}List"), "items": [{"metadata": {"namespace": "default", "name": "web"}}]})
        }
        _ => {
            let kind = statefulset_c::STS_KIND_STATEFUL_SET + dice.small(9);
            object(kind, dice)
        }
    };
    (0..dice.below(6)).map(|_| one(dice)).collect()
}

pub(crate) fn outcomes(dice: &mut Dice) -> Value {
    let outcome = |dice: &mut Dice| match dice.below(5) {
        0 => json!({"status": dice.one(&["not-found", "already-exists", "conflict", "not-tried"])}),
        1 => json!({"status": "failed", "message": "down"}),
        2 => {
            let code = [200, 201, 404, 409, 422, 500][dice.below(6)];
            json!({"http": code, "body": {"reason": "AlreadyExists"}})
        }
        _ => json!({"status": "done", "resourceVersion": dice.below(2000).to_string()}),
    };
    (0..dice.below(8)).map(|_| outcome(dice)).collect()
}

/// The text of a value, spoilt in its structure or in its bytes, or not at all.
pub(crate) fn spoilt(mut value: Value, dice: &mut Dice) -> Vec<u8> {
    if dice.one_in(3) {
        let mut nodes = count(&value);
        for _ in 0..=dice.below(2) {
            let mut place = dice.below(nodes);
            replace(&mut value, &mut place, dice);
            nodes = count(&value);
        }
    }
    let mut text = value.to_string().into_bytes();
    if dice.one_in(8) {
        for _ in 0..=dice.below(3) {
            spoil_bytes(&mut text, dice);
        }
    }
    text
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Puts something else at a place, counted from the root.
fn replace(value: &mut Value, place: &mut usize, dice: &mut Dice) {
    if *place == 0 {
        *value = odd(dice);
    }
    *place = place.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, place, dice)),
        Value::Object(fields) => {
            for field in fields.values_mut() {
                replace(field, place, dice);
            }
        }
        _ => {}
    }
}

fn odd(dice: &mut Dice) -> Value {
    match dice.below(16) {
        0 => Value::Null,
        1 => true.into(),
        2 => dice.odd().into(),
        3 => dice.odd_signed().into(),
        4 => 1e300.into(),
        5 => (-0.5).into(),
        6 => "".into(),
        7 => "x".repeat(dice.below(300)).into(),
        8 => "web-2147483648".into(),
        9 => "2026-11-21T07:37:00Z".into(),
        10 => "50%".into(),
        11 => json!([]),
        12 => json!({}),
        13 => json!([[[{"a": null}]]]),
        14 => "\u{0}\u{fffd}/\n\"".into(),
        _ => 2_147_483_647.into(),
    }
}

fn spoil_bytes(text: &mut Vec<u8>, dice: &mut Dice) {
    if text.is_empty() {
        return;
    }
    let at = dice.below(text.len());
    match dice.below(6) {
        0 => text[at] = dice.byte(),
        1 => text.truncate(at),
        2 => drop(text.remove(at)),
        3 => text.insert(at, dice.byte()),
        4 => {
            let to = (at + dice.below(40)).min(text.len());
            let piece = text[at..to].to_vec();
            let at = dice.below(text.len());
            text.splice(at..at, piece);
        }
        _ => {
            let deep = "[".repeat(dice.below(2000));
            let words: [&[u8]; 6] = [
                b"\\ud800",
                b"\xff\xfe",
                b"1e999",
                b"{\"a\":",
                deep.as_bytes(),
                b"\0",
            ];
            let word = dice.one(&words);
            text.splice(at..at, word.iter().copied());
        }
    }
}
