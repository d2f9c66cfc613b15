//! Sets with any of their switches, and with what they may ask for beyond Kubernetes.

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::object;

/// A set. Whether its policies are read depends on the profile, so it may have them in each of the dialects.
pub fn draw(bytes: &mut Unstructured) -> Result<Value> {
    let mut set = json!({
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": object::metadata("web", bytes)?,
        "spec": {
            "replicas": bytes.int_in_range(0..=4)?,
            "serviceName": "web",
            "podManagementPolicy": bytes.choose(&["OrderedReady", "Parallel"])?,
            "minReadySeconds": bytes.choose(&[0, 0, 10])?,
            "revisionHistoryLimit": bytes.choose(&[10, 0, 1])?,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": bytes.choose(&["web:1", "web:2"])?}]},
            },
            "updateStrategy": bytes.choose(&[
                json!({"type": "OnDelete"}),
                json!({"type": "Recreate"}),
                json!({"type": "RollingUpdate"}),
                json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 1}}),
                json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 0, "maxUnavailable": "40%"}}),
            ])?,
        },
        "status": {"replicas": 2, "currentRevision": "web-1", "updateRevision": "web-2", "collisionCount": 0},
    });
    if bytes.ratio(1, 6)? {
        set["spec"]["ordinals"] = json!({"start": bytes.int_in_range(0..=2)?});
    }
    if bytes.ratio(1, 2)? {
        set["spec"]["volumeClaimTemplates"] = json!([{
            "metadata": {"name": "data"},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        }]);
        set["spec"]["persistentVolumeClaimRetentionPolicy"] =
            json!({"whenScaled": bytes.choose(&["Retain", "Delete"])?, "whenDeleted": "Delete"});
    }
    if bytes.ratio(1, 2)? {
        let policies = policies(bytes)?;
        match bytes.int_in_range(0..=2)? {
            0 => set["spec"]["policies"] = policies,
            1 => {
                set["metadata"]["annotations"] = json!({
                    "delete-slots": bytes.choose(&["[1]", "[0, 2]", "[]", "[1, 1]"])?,
                    "paused-reconcile": bytes.choose(&["true", "false"])?,
                });
            }
            _ => {
                set["metadata"]["annotations"] =
                    json!({"statefulset.dev/policies": policies.to_string()});
            }
        }
    }
    if bytes.ratio(1, 8)? {
        kruise(&mut set["spec"], bytes)?;
    }
    if bytes.ratio(1, 8)? {
        set["metadata"]["labels"] = json!({"app": "web", "rollout-group": "zone"});
    }
    Ok(set)
}

/// In the words of this library.
pub fn policies(bytes: &mut Unstructured) -> Result<Value> {
    const PURPOSES: [&str; 5] = ["ScaleIn", "Rollout", "Repair", "Drain", "All"];
    let mut policies = Map::new();
    for _ in 0..bytes.int_in_range(1..=4)? {
        let (name, value) = match bytes.int_in_range(0..=12)? {
            0 => {
                let first = bytes.int_in_range(0..=3)?;
                let excluded = json!([{"first": first, "last": bytes.int_in_range(first..=4)?, "keepClaims": bytes.arbitrary::<bool>()?}]);
                ("excluded", excluded)
            }
            1 => (
                "partitionBy",
                json!(bytes.choose(&["Rank", "Ordinal", "rank"])?),
            ),
            2 => ("standInFirst", json!(bytes.arbitrary::<bool>()?)),
            3 => {
                let kinds = [
                    "Creation",
                    "ScaleIn",
                    "Rollout",
                    "Repair",
                    "Replacement",
                    "All",
                ];
                ("paused", json!([bytes.choose(&kinds)?]))
            }
            4 => ("ranked", json!(bytes.choose(&["Off", "Order", "Tiers"])?)),
            5 => (
                "ties",
                json!(bytes.choose(&["HighestFirst", "LowestFirst"])?),
            ),
            6 => ("scaleOutLimit", limit(bytes)?),
            7 => ("scaleInLimit", limit(bytes)?),
            8 => ("group", json!(bytes.choose(&["zone", "other", ""])?)),
            9 => {
                let pods = [json!(0), json!(1), json!(u32::MAX - 1), json!("Unlimited")];
                let beyond = bytes.choose(&pods)?;
                let repair = json!({
                    "afterSeconds": bytes.choose(&[0, 30, i32::MAX])?, "beyondBudget": beyond,
                    "ordered": bytes.arbitrary::<bool>()?, "pending": bytes.arbitrary::<bool>()?,
                });
                ("repair", repair)
            }
            10 => ("paceSeconds", json!(bytes.choose(&[0, 1, 60, i32::MAX])?)),
            11 => {
                let then = bytes.choose(&["Report", "Halt", "Suggest"])?;
                let deadline =
                    json!({"afterSeconds": bytes.choose(&[1, 60, i32::MAX])?, "then": then});
                ("deadline", deadline)
            }
            _ => ("ask", json!([bytes.choose(&PURPOSES)?])),
        };
        policies.insert(name.into(), value);
    }
    Ok(policies.into())
}

fn limit(bytes: &mut Unstructured) -> Result<Value> {
    let limits = [
        json!(1),
        json!(2),
        json!("1%"),
        json!("100%"),
        json!(u32::MAX),
    ];
    Ok(bytes.choose(&limits)?.clone())
}

/// In those of OpenKruise.
fn kruise(spec: &mut Value, bytes: &mut Unstructured) -> Result<()> {
    spec["reserveOrdinals"] = bytes
        .choose(&[json!([0]), json!(["1-2", 2]), json!(["5-4"]), json!([])])?
        .clone();
    spec["scaleStrategy"] = json!({"maxUnavailable": limit(bytes)?});
    let ranks = [
        json!({"weightPriority": [{"weight": 100, "matchSelector": {"matchLabels": {"app": "web"}}}]}),
        json!({"orderPriority": [{"orderedKey": "tier"}]}),
    ];
    spec["updateStrategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {
        "paused": bytes.arbitrary::<bool>()?, "minReadySeconds": bytes.choose(&[0, 5])?,
        "unorderedUpdate": {"priorityStrategy": bytes.choose(&ranks)?},
    }});
    Ok(())
}
