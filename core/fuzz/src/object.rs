//! Objects that are near to real ones: of a set and of what belongs to it, bent in a few places.

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};
use statefulset::kubernetes::Kind;

use crate::set;

/// An object of some kind. Most are in order.
pub fn draw(bytes: &mut Unstructured) -> Result<(Kind, Value)> {
    let kind = *bytes.choose(&Kind::ALL)?;
    let mut object = example(kind, bytes)?;
    object["apiVersion"] = kind.api_version().into();
    object["kind"] = kind.name().into();
    for _ in 0..bytes.int_in_range(0..=3)? {
        bend(&mut object, bytes)?;
    }
    Ok((kind, object))
}

fn example(kind: Kind, bytes: &mut Unstructured) -> Result<Value> {
    let ordinal = bytes.int_in_range(0..=4)?;
    let pod = format!("web-{ordinal}");
    let claim = format!("data-{pod}");
    let revision = bytes.int_in_range(1..=2)?;
    let node = format!("node-{}", bytes.int_in_range(1..=2)?);
    let is = |bytes: &mut Unstructured| Ok(*bytes.choose(&["True", "False", "Unknown"])?);
    Ok(match kind {
        Kind::StatefulSet => set::draw(bytes)?,
        Kind::Pod => {
            let mut metadata = metadata(&pod, bytes)?;
            metadata["labels"] = json!({
                "app": "web",
                "statefulset.kubernetes.io/pod-name": pod,
                "apps.kubernetes.io/pod-index": ordinal.to_string(),
                "controller-revision-hash": format!("web-{revision}"),
                "statefulset.dev/rank": bytes.choose(&["1", "2", "x"])?,
            });
            metadata["ownerReferences"] = json!([owner("StatefulSet", "web")]);
            let marks = [
                ("statefulset.dev/hold", "ScaleIn,Drain"),
                ("statefulset.dev/replace", "true"),
                ("statefulset.dev/prepare", "leave 2027-01-15T07:59:00Z"),
                ("statefulset.dev/prepared", "leave 2027-01-15T07:59:00Z"),
            ];
            if bytes.ratio(1, 4)? {
                let (name, value) = bytes.choose(&marks)?;
                metadata["annotations"] = json!({ *name: value });
            }
            json!({
                "metadata": metadata,
                "spec": {
                    "nodeName": node,
                    "containers": [{"name": "web", "image": format!("web:{revision}")}],
                    "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": claim}}],
                },
                "status": {
                    "phase": bytes.choose(&["Pending", "Running", "Succeeded", "Failed"])?,
                    "conditions": [
                        {"type": "Ready", "status": is(bytes)?, "lastTransitionTime": "2027-01-15T07:59:30Z"},
                        {"type": "PodScheduled", "status": "True"},
                    ],
                    "containerStatuses": [{
                        "name": "web", "image": "web:1", "restartCount": 3,
                        "state": bytes.choose(&[
                            json!({"running": {"startedAt": "2027-01-15T07:00:00Z"}}),
                            json!({"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}}),
                            json!({"waiting": {"reason": "ImagePullBackOff"}}),
                            json!({"terminated": {"exitCode": 137, "reason": "OOMKilled"}}),
                        ])?,
                    }],
                },
            })
        }
        Kind::PersistentVolumeClaim => json!({
            "metadata": metadata(&claim, bytes)?,
            "spec": {
                "accessModes": ["ReadWriteOnce"], "volumeName": format!("volume-{ordinal}"),
                "storageClassName": "fast", "resources": {"requests": {"storage": "1Gi"}},
            },
            "status": {"phase": bytes.choose(&["Pending", "Bound", "Lost"])?},
        }),
        Kind::ControllerRevision => {
            let mut metadata = metadata(&format!("web-{revision}"), bytes)?;
            metadata["ownerReferences"] = json!([owner("StatefulSet", "web")]);
            metadata["labels"] = json!({"app": "web"});
            json!({
                "metadata": metadata,
                "revision": revision,
                "data": {"spec": {"template": {"$patch": "replace", "metadata": {"labels": {"app": "web"}},
                    "spec": {"containers": [{"name": "web", "image": format!("web:{revision}")}]}}}},
            })
        }
        Kind::PersistentVolume => json!({
            "metadata": metadata(&format!("volume-{ordinal}"), bytes)?,
            "spec": {
                "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "fast",
                "claimRef": {"namespace": "default", "name": claim, "uid": format!("uid-of-{claim}")},
                "persistentVolumeReclaimPolicy": "Retain", "local": {"path": "/data"},
                "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [
                    {"key": "kubernetes.io/hostname", "operator": "In", "values": [node]}]}]}},
            },
            "status": {"phase": bytes.choose(&["Available", "Bound", "Released"])?},
        }),
        Kind::StorageClass => json!({
            "metadata": metadata("fast", bytes)?, "provisioner": "disks",
            "volumeBindingMode": bytes.choose(&["Immediate", "WaitForFirstConsumer"])?,
        }),
        Kind::Node => json!({
            "metadata": metadata(&node, bytes)?,
            "spec": {"unschedulable": bytes.arbitrary::<bool>()?, "taints": [
                {"key": bytes.choose(&["node.kubernetes.io/out-of-service", "statefulset.dev/draining"])?, "effect": "NoExecute"}]},
            "status": {"conditions": [{"type": "Ready", "status": is(bytes)?, "lastHeartbeatTime": "2027-01-15T07:50:00Z"}]},
        }),
        Kind::PodDisruptionBudget => json!({
            "metadata": metadata("web", bytes)?,
            "spec": {"selector": {"matchLabels": {"app": "web"}}, "maxUnavailable": 1},
            "status": {"disruptionsAllowed": bytes.int_in_range(0..=1)?, "currentHealthy": 2, "desiredHealthy": 1, "expectedPods": 3},
        }),
        // It is not watched, but it may be given.
        _ => json!({"metadata": metadata("web", bytes)?, "spec": {"clusterIP": "None"}}),
    })
}

pub(crate) fn metadata(name: &str, bytes: &mut Unstructured) -> Result<Value> {
    let mut metadata = json!({
        "name": name, "namespace": "default", "uid": format!("uid-of-{name}"),
        "resourceVersion": bytes.int_in_range(1..=200)?.to_string(), "generation": 2,
        "creationTimestamp": "2027-01-15T07:00:00Z",
    });
    if bytes.ratio(1, 6)? {
        metadata["deletionTimestamp"] = "2027-01-15T07:58:00Z".into();
        metadata["deletionGracePeriodSeconds"] = 30.into();
    }
    if bytes.ratio(1, 8)? {
        metadata["finalizers"] =
            json!([bytes.choose(&["example.com/keep", "statefulset.dev/shutdown"])?]);
    }
    Ok(metadata)
}

fn owner(kind: &str, name: &str) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": kind, "name": name, "uid": format!("uid-of-{name}"),
        "controller": true, "blockOwnerDeletion": true,
    })
}

/// Changes one place of the value, however deep.
pub fn bend(value: &mut Value, bytes: &mut Unstructured) -> Result<()> {
    if bytes.ratio(1, 8)? {
        *value = odd(value, bytes)?;
        return Ok(());
    }
    match value {
        Value::Object(members) if !members.is_empty() => {
            let index = bytes.choose_index(members.len())?;
            let key = members.keys().nth(index).cloned().unwrap_or_default();
            if bytes.ratio(1, 12)? {
                return bend_members(members, &key, bytes);
            }
            bend(members.entry(key).or_insert(Value::Null), bytes)
        }
        Value::Array(items) if !items.is_empty() => {
            let index = bytes.choose_index(items.len())?;
            if bytes.ratio(1, 8)? {
                let again = items[index].clone();
                items.push(again);
                return Ok(());
            }
            bend(&mut items[index], bytes)
        }
        value => {
            *value = odd(value, bytes)?;
            Ok(())
        }
    }
}

fn bend_members(
    members: &mut Map<String, Value>,
    key: &str,
    bytes: &mut Unstructured,
) -> Result<()> {
    let value = members.remove(key).unwrap_or_default();
    if bytes.arbitrary()? {
        members.insert(format!("{key}x"), value);
    }
    Ok(())
}

fn odd(was: &Value, bytes: &mut Unstructured) -> Result<Value> {
    const TEXTS: [&str; 14] = [
        "",
        "0",
        "web-1",
        "web-01",
        "web-2147483648",
        "data-web-3",
        "1Gi",
        "1e99Ei",
        "-5%",
        "150%",
        "True",
        "2027-01-15T08:00:00Z",
        "9999-12-31T23:59:59Z",
        "/",
    ];
    Ok(match bytes.int_in_range(0..=9)? {
        0 => Value::Null,
        1 => json!({}),
        2 => json!([]),
        3 => json!([was]),
        4 => json!({"name": was}),
        5 => bytes.arbitrary::<bool>()?.into(),
        6 => bytes
            .choose(&[
                -1_i64,
                0,
                1,
                2_147_483_647,
                2_147_483_648,
                i64::MAX,
                i64::MIN,
            ])?
            .to_owned()
            .into(),
        7 => bytes.choose(&[0.5, 2.0, 1e300])?.to_owned().into(),
        8 => bytes.arbitrary::<String>()?.into(),
        _ => (*bytes.choose(&TEXTS)?).into(),
    })
}
