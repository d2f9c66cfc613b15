//! Demands of a pod that look at its own labels: the labels' values go into the selectors.

use serde_json::{Value, json};

use crate::values::object::{Fields, Object};

/// Makes `matchLabelKeys` and `mismatchLabelKeys` requirements of their selectors.
pub(super) fn apply(pod: &mut Object) {
    let labels = pod.pointer("/metadata/labels").cloned();
    let labels = labels.unwrap_or_default();
    for kind in ["podAffinity", "podAntiAffinity"] {
        let affinity = format!("/spec/affinity/{kind}");
        let required = format!("{affinity}/requiredDuringSchedulingIgnoredDuringExecution");
        for term in items(pod, &required) {
            extend(term, &labels);
        }
        let preferred = format!("{affinity}/preferredDuringSchedulingIgnoredDuringExecution");
        for weighted in items(pod, &preferred) {
            if let Some(term) = weighted.get_mut("podAffinityTerm") {
                extend(term, &labels);
            }
        }
    }
    for constraint in items(pod, "/spec/topologySpreadConstraints") {
        extend(constraint, &labels);
    }
}

fn items<'a>(pod: &'a mut Object, pointer: &str) -> impl Iterator<Item = &'a mut Value> {
    let list = pod.pointer_mut(pointer).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

fn extend(term: &mut Value, labels: &Value) {
    // A selector that is not there selects nothing, whatever is added.
    if !term.pointer("/labelSelector").is_some_and(Value::is_object) {
        return;
    }
    let mut requirements = term.list("/labelSelector/matchExpressions").to_vec();
    let before = requirements.len();
    for (keys, operator) in [("/matchLabelKeys", "In"), ("/mismatchLabelKeys", "NotIn")] {
        let keys = term.list(keys).iter().filter_map(Value::as_str);
        let pairs = keys.filter_map(|key| Some((key, labels.get(key)?)));
        requirements.extend(
            pairs.map(|(key, value)| json!({"key": key, "operator": operator, "values": [value]})),
        );
    }
    if requirements.len() > before {
        term.put("/labelSelector/matchExpressions", requirements.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_pods_own_labels_become_requirements() {
        let term = json!({
            "labelSelector": {"matchLabels": {"app": "web"}}, "matchLabelKeys": ["rev", "none"], "mismatchLabelKeys": ["team"],
        });
        let unselective = json!({"matchLabelKeys": ["rev"]});
        let mut pod = json!({
            "metadata": {"labels": {"rev": "1", "team": "a"}},
            "spec": {
                "affinity": {"podAntiAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": [term, unselective],
                    "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "podAffinityTerm": term}],
                }},
                "topologySpreadConstraints": [{"labelSelector": {}, "matchLabelKeys": ["rev"]}],
            },
        });
        apply(&mut pod);
        let rev = json!({"key": "rev", "operator": "In", "values": ["1"]});
        let team = json!({"key": "team", "operator": "NotIn", "values": ["a"]});
        let anti = &pod["spec"]["affinity"]["podAntiAffinity"];
        let required = &anti["requiredDuringSchedulingIgnoredDuringExecution"];
        let added = json!([rev, team]);
        assert_eq!(required[0]["labelSelector"]["matchExpressions"], added);
        assert_eq!(required[1], unselective);
        let preferred =
            &anti["preferredDuringSchedulingIgnoredDuringExecution"][0]["podAffinityTerm"];
        assert_eq!(preferred["labelSelector"]["matchExpressions"], added);
        let spread = &pod["spec"]["topologySpreadConstraints"][0];
        assert_eq!(spread["labelSelector"]["matchExpressions"], json!([rev]));
    }
}
