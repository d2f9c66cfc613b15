//! Which nodes an object asks for: label selectors and terms.

use serde_json::Value;

use super::object::{Fields, Object};

/// Whether a `nodeSelector` (plain label pairs) admits the node. An absent one admits all.
pub(crate) fn selector_admits(selector: Option<&Value>, node: &Object) -> bool {
    let pairs = selector.and_then(Value::as_object);
    pairs.is_none_or(|pairs| {
        pairs
            .iter()
            .all(|(key, value)| label(node, key) == value.as_str())
    })
}

/// Whether one of the `nodeSelectorTerms` of a required node affinity admits the node. An absent affinity admits all.
pub(crate) fn affinity_admits(required: Option<&Value>, node: &Object) -> bool {
    let field = |key: &str| (key == "metadata.name").then(|| node.name());
    some_term(required, |term| {
        has_labels(term, node)
            && term
                .list("/matchFields")
                .iter()
                .all(|r| requirement_holds(r, field(r.text("/key"))))
    })
}

/// Whether the `nodeAffinity` of a volume admits the node. Kubernetes shows it the node's labels alone, and a requirement
/// about a field that is not shown holds.
pub(crate) fn volume_reaches(volume: &Object, node: &Object) -> bool {
    some_term(volume.pointer("/spec/nodeAffinity/required"), |term| {
        has_labels(term, node)
    })
}

/// Whether one of the `nodeSelectorTerms` holds. A term without requirements does not.
fn some_term(required: Option<&Value>, holds: impl Fn(&Value) -> bool) -> bool {
    let Some(required) = required.filter(|it| !it.is_null()) else {
        return true;
    };
    required.list("/nodeSelectorTerms").iter().any(|term| {
        let empty =
            term.list("/matchExpressions").is_empty() && term.list("/matchFields").is_empty();
        !empty && holds(term)
    })
}

fn has_labels(term: &Value, node: &Object) -> bool {
    term.list("/matchExpressions")
        .iter()
        .all(|r| requirement_holds(r, label(node, r.text("/key"))))
}

/// Whether a label selector admits the object. An absent or empty one admits all.
pub(crate) fn label_selector_admits(selector: Option<&Value>, object: &Object) -> bool {
    selector.is_none_or(|selector| {
        selector_admits(selector.pointer("/matchLabels"), object)
            && selector
                .list("/matchExpressions")
                .iter()
                .all(|r| requirement_holds(r, label(object, r.text("/key"))))
    })
}

fn label<'a>(node: &'a Object, key: &str) -> Option<&'a str> {
    node.pointer("/metadata/labels")?.get(key)?.as_str()
}

fn requirement_holds(requirement: &Value, found: Option<&str>) -> bool {
    let values = requirement.list("/values");
    let listed = found.is_some_and(|found| values.iter().any(|v| v.as_str() == Some(found)));
    let number = |text: Option<&str>| text.and_then(|t| t.parse::<i64>().ok());
    let bound = number(values.first().and_then(Value::as_str));
    match requirement.text("/operator") {
        "In" => listed,
        "NotIn" => !listed,
        "Exists" => found.is_some(),
        "DoesNotExist" => found.is_none(),
        "Gt" => matches!((number(found), bound), (Some(n), Some(b)) if n > b),
        "Lt" => matches!((number(found), bound), (Some(n), Some(b)) if n < b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn node() -> Object {
        json!({"metadata": {"name": "n1", "labels": {"disk": "ssd", "cores": "8"}}})
    }

    #[test]
    fn terms_are_alternatives_and_requirements_are_not() {
        let term = |key: &str, operator: &str, values: &[&str]| json!({"matchExpressions": [{"key": key, "operator": operator, "values": values}]});
        let admits = |terms: Vec<Value>| {
            affinity_admits(Some(&json!({"nodeSelectorTerms": terms})), &node())
        };
        assert!(admits(vec![term("disk", "In", &["hdd", "ssd"])]));
        assert!(!admits(vec![term("disk", "NotIn", &["ssd"])]));
        assert!(admits(vec![
            term("zone", "In", &["a"]),
            term("cores", "Gt", &["4"])
        ]));
        assert!(!admits(vec![term("cores", "Lt", &["8"])]));
        assert!(!admits(vec![json!({})]));
        assert!(!admits(vec![]));
        let field =
            json!({"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["n1"]}]});
        assert!(admits(vec![field]));
        let field =
            json!({"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["n2"]}]});
        assert!(!admits(vec![field.clone()]));
        let volume =
            json!({"spec": {"nodeAffinity": {"required": {"nodeSelectorTerms": [field]}}}});
        assert!(volume_reaches(&volume, &node()));
        assert!(affinity_admits(None, &node()));
    }

    #[test]
    fn selectors_want_every_pair() {
        assert!(selector_admits(Some(&json!({"disk": "ssd"})), &node()));
        assert!(!selector_admits(
            Some(&json!({"disk": "ssd", "zone": "a"})),
            &node()
        ));
        assert!(selector_admits(None, &node()));
    }
}
