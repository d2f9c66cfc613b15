//! What Kubernetes' own library makes of patches, in cases that a judge found (`core/conformance/cluster/patch`).

use serde_json::{Value, json};

use super::{PatchType, patched, three_way};
use crate::values::kind::Kind;

fn strategic(kind: Kind, object: &Value, patch: &Value) -> Result<Value, String> {
    patched(kind, object, patch, PatchType::Strategic).map_err(|e| e.message)
}

#[test]
fn a_list_that_is_not_there_yet_is_taken_as_it_is_but_for_directives() {
    let patch = json!({"metadata": {"finalizers": ["b", "b"]}, "spec": {
        "containers": [{"name": "a", "tty": null}, {"name": "b", "$patch": "delete"}],
        "overhead": {"$patch": "replace", "cpu": "1"},
    }});
    assert_eq!(
        strategic(Kind::Pod, &json!({}), &patch),
        Ok(
            json!({"metadata": {"finalizers": ["b", "b"]}, "spec": {"containers": [{"name": "a"}]}})
        )
    );
}

#[test]
fn an_item_that_says_replace_is_not_an_item() {
    let object = json!({"secrets": [{"name": "a"}]});
    let patch = json!({"secrets": [{"$patch": "replace", "name": "a"}]});
    let none = json!({"secrets": []});
    assert_eq!(strategic(Kind::ServiceAccount, &object, &patch), Ok(none));
}

#[test]
fn merging_a_list_or_an_object_cannot_be_asked_for() {
    for patch in [
        json!({"secrets": [{"$patch": "merge", "name": "a"}]}),
        json!({"metadata": {"$patch": "merge"}}),
    ] {
        let object = json!({"metadata": {}, "secrets": [{"name": "a"}]});
        let why = strategic(Kind::ServiceAccount, &object, &patch);
        let expected = "unknown patch type \"merge\": expected replace or delete";
        assert_eq!(why, Err(expected.into()));
    }
}

#[test]
fn items_stand_where_the_order_says_or_the_patch_is_refused() {
    let object = json!({"secrets": [{"name": "a"}, {"name": "x"}, {"name": "b"}]});
    let named =
        |names: &[&str]| -> Vec<Value> { names.iter().map(|name| json!({"name": name})).collect() };
    let patch = |items: &[&str], order: &[&str]| {
        let (items, order) = (named(items), named(order));
        json!({"secrets": items, "$setElementOrder/secrets": order})
    };
    let asked = |items: &[&str], order: &[&str]| {
        strategic(Kind::ServiceAccount, &object, &patch(items, order))
    };
    let names = |names: [&str; 4]| Ok(json!({"secrets": named(&names)}));
    assert_eq!(asked(&["c"], &["b", "c", "a"]), names(["x", "b", "c", "a"]));
    assert_eq!(asked(&["c"], &["c", "a", "b"]), names(["c", "a", "x", "b"]));
    assert!(asked(&["c"], &["a", "b"]).is_err());
    assert!(asked(&["b", "a"], &["a", "b"]).is_err());
    let unknown = json!({"$setElementOrder/nothing": []});
    assert!(strategic(Kind::ServiceAccount, &object, &unknown).is_err());
}

#[test]
fn the_order_of_before_is_looked_at_after_a_deletion() {
    let object = json!({"secrets": [{"name": "b"}, {"name": "c"}, {"name": "a"}]});
    let patch = json!({
        "$setElementOrder/secrets": [],
        "secrets": [{"$patch": "delete", "name": "b"}, {"name": "b"}, {"name": "c"}],
    });
    let result = json!({"secrets": [{"name": "c"}, {"name": "a"}, {"name": "b"}]});
    assert_eq!(strategic(Kind::ServiceAccount, &object, &patch), Ok(result));
}

#[test]
fn the_selector_of_a_budget_is_replaced() {
    let budget = |selector: Value| json!({"spec": {"selector": {"matchLabels": selector}}});
    let (before, patch) = (budget(json!({"a": "1"})), budget(json!({"b": "2"})));
    assert_eq!(
        strategic(Kind::PodDisruptionBudget, &before, &patch),
        Ok(patch.clone())
    );
    let applied = three_way(Kind::PodDisruptionBudget, &patch, &patch, &before);
    assert_eq!(applied, Ok(patch));
}

#[test]
fn webhooks_are_told_apart_by_name() {
    let kind = Kind::ValidatingWebhookConfiguration;
    let hooks = |hooks: Value| json!({"metadata": {"finalizers": ["f"]}, "webhooks": hooks});
    let before = hooks(json!([{"name": "a", "matchConditions": [{"name": "x"}]}]));
    let patch = json!({
        "metadata": {"finalizers": ["g"]},
        "webhooks": [{"name": "a", "matchConditions": [{"name": "y"}]}],
    });
    let mut after =
        hooks(json!([{"name": "a", "matchConditions": [{"name": "y"}, {"name": "x"}]}]));
    after["metadata"]["finalizers"] = json!(["g", "f"]);
    assert_eq!(strategic(kind, &before, &patch), Ok(after));
}

#[test]
fn lists_of_different_things_are_refused() {
    let object = json!({"metadata": {"finalizers": ["a"]}});
    let patch = json!({"metadata": {"finalizers": [1]}});
    assert!(strategic(Kind::Pod, &object, &patch).is_err());
}

#[test]
fn the_order_of_plain_values_is_applied_unless_the_new_one_is_sorted() {
    let finalizers = |list: &[&str]| json!({"metadata": {"finalizers": list}});
    let applied = |live: &[&str], wanted: &[&str]| {
        let wanted = finalizers(wanted);
        three_way(Kind::Pod, &wanted, &wanted, &finalizers(live))
    };
    assert_eq!(
        applied(&["a", "b"], &["b", "a"]),
        Ok(finalizers(&["b", "a"]))
    );
    assert_eq!(
        applied(&["b", "a"], &["a", "b"]),
        Ok(finalizers(&["b", "a"]))
    );
}

#[test]
fn a_claim_of_a_pod_loses_the_source_that_the_manifest_does_not_name() {
    let claims = |claim: Value| json!({"spec": {"resourceClaims": [claim]}});
    let before = claims(json!({"name": "a", "resourceClaimName": "x"}));
    let after = claims(json!({"name": "a", "resourceClaimTemplateName": "y"}));
    assert_eq!(
        three_way(Kind::Pod, &json!({}), &after, &before),
        Ok(after.clone())
    );
}

#[test]
fn lists_of_kinds_at_rest_are_merged_by_their_keys() {
    let lists = [
        ("Deployment", "apps/v1", "status", "conditions", "type"),
        ("DaemonSet", "apps/v1", "status", "conditions", "type"),
        ("ReplicaSet", "apps/v1", "status", "conditions", "type"),
        ("Job", "batch/v1", "status", "conditions", "type"),
        (
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            "status",
            "conditions",
            "type",
        ),
        ("CSINode", "storage.k8s.io/v1", "spec", "drivers", "name"),
        (
            "ValidatingAdmissionPolicy",
            "admissionregistration.k8s.io/v1",
            "spec",
            "variables",
            "name",
        ),
        (
            "ResourceClaim",
            "resource.k8s.io/v1",
            "status",
            "reservedFor",
            "uid",
        ),
        (
            "FlowSchema",
            "flowcontrol.apiserver.k8s.io/v1",
            "status",
            "conditions",
            "type",
        ),
    ];
    for (kind, version, part, list, key) in lists {
        let of = |names: &[&str]| -> Value {
            let items: Vec<Value> = names.iter().map(|name| json!({key: name})).collect();
            json!({part: {list: items}})
        };
        let kind = Kind::of_object(kind, version).unwrap();
        let after = strategic(kind, &of(&["a"]), &of(&["b"]));
        assert_eq!(after, Ok(of(&["b", "a"])), "{kind:?}");
    }
}

#[test]
fn a_deployment_that_is_applied_with_another_strategy_loses_what_the_first_one_said() {
    let of = |strategy: Value| json!({"spec": {"strategy": strategy}});
    let rolling = json!({"maxSurge": "25%"});
    let live = of(json!({"type": "RollingUpdate", "rollingUpdate": rolling}));
    let wanted = of(json!({"type": "Recreate"}));
    let kind = Kind::of_object("Deployment", "apps/v1").unwrap();
    let after = three_way(kind, &of(json!({"type": "RollingUpdate"})), &wanted, &live);
    assert_eq!(after, Ok(wanted));
}
