//! Strategic merge: an object laid over another, with lists merged item by item where their kind has a merge key.

use serde_json::{Map, Value};

use crate::values::schema::{Merge, Type};

const DIRECTIVE: &str = "$patch";
const RETAIN: &str = "$retainKeys";
const ORDER: &str = "$setElementOrder/";
const DELETE_PLAIN: &str = "$deleteFromPrimitiveList/";

/// Lays `patch` over `value`. An error says what of the patch makes no sense.
pub(super) fn merge(kind: &Type, value: &mut Value, patch: &Value) -> Result<(), String> {
    match (patch, &mut *value) {
        (Value::Object(patch), Value::Object(map)) => merge_map(kind, map, patch),
        (Value::Object(patch), other) => {
            let mut map = Map::new();
            merge_map(kind, &mut map, patch)?;
            *other = Value::Object(map);
            Ok(())
        }
        (plain, other) => {
            *other = plain.clone();
            Ok(())
        }
    }
}

fn merge_map(
    kind: &Type,
    map: &mut Map<String, Value>,
    patch: &Map<String, Value>,
) -> Result<(), String> {
    match patch.get(DIRECTIVE).map(Value::as_str) {
        None | Some(Some("merge")) => {}
        Some(Some("replace")) => {
            map.clone_from(patch);
            map.remove(DIRECTIVE);
            return Ok(());
        }
        Some(Some("delete")) => {
            map.clear();
            return Ok(());
        }
        Some(_) => return Err(unknown_directive(patch)),
    }
    if let Some(retained) = patch.get(RETAIN) {
        let retained = retained
            .as_array()
            .ok_or_else(|| format!("{RETAIN} must be a list, found {retained}"))?;
        if let Some(name) = patch
            .keys()
            .find(|name| !name.starts_with('$') && !retained.contains(&Value::from(name.as_str())))
        {
            return Err(format!(
                "{RETAIN} does not list {name}, which the patch sets"
            ));
        }
        map.retain(|name, _| retained.contains(&Value::from(name.as_str())));
    }
    for (name, wanted) in patch {
        if let Some(field) = name.strip_prefix(DELETE_PLAIN) {
            let gone = wanted
                .as_array()
                .ok_or_else(|| format!("{name} must be a list, found {wanted}"))?;
            if let Some(list) = map.get_mut(field).and_then(Value::as_array_mut) {
                list.retain(|item| !gone.contains(item));
            }
        } else if name.starts_with('$') {
            // Read above, or (the order of elements) below.
        } else if wanted.is_null() {
            map.remove(name);
        } else {
            let field = kind.field(name);
            let value = map.entry(name.as_str()).or_insert(Value::Null);
            match (field, wanted) {
                (Type::List(item, how), Value::Array(patch)) if *how != Merge::Atomic => {
                    if !value.is_array() {
                        *value = Value::Array(Vec::new());
                    }
                    if let Value::Array(list) = value {
                        merge_list(item, *how, list, patch)?;
                    }
                }
                _ => merge(field, value, wanted)?,
            }
        }
    }
    for (name, order) in patch {
        let Some(field) = name.strip_prefix(ORDER) else {
            continue;
        };
        let order = order
            .as_array()
            .ok_or_else(|| format!("{name} must be a list, found {order}"))?;
        if let (Type::List(_, how), Some(Value::Array(list))) =
            (kind.field(field), map.get_mut(field))
        {
            in_order(list, order, *how);
        }
    }
    Ok(())
}

fn merge_list(
    item: &Type,
    how: Merge,
    list: &mut Vec<Value>,
    patch: &[Value],
) -> Result<(), String> {
    let Some(key) = key_of(how) else {
        for wanted in patch {
            if !list.contains(wanted) {
                list.push(wanted.clone());
            }
        }
        return Ok(());
    };
    let directive = |v: &Value, d: &str| v.get(DIRECTIVE).and_then(Value::as_str) == Some(d);
    if patch.iter().any(|wanted| directive(wanted, "replace")) {
        list.clear();
    }
    for wanted in patch {
        // An item that only says `$patch: replace` speaks about the list.
        if directive(wanted, "replace") && wanted.get(key).is_none() {
            continue;
        }
        let Some(name) = wanted.get(key) else {
            return Err(format!(
                "{wanted} does not contain declared merge key: {key}"
            ));
        };
        let place = list.iter().position(|have| have.get(key) == Some(name));
        if directive(wanted, "delete") {
            list.retain(|have| have.get(key) != Some(name));
        } else if let Some(place) = place {
            merge(item, &mut list[place], wanted)?;
        } else {
            let mut new = Value::Null;
            merge(item, &mut new, wanted)?;
            list.push(new);
        }
    }
    Ok(())
}

/// The field by which a list's items are told apart; none for plain values.
pub(super) const fn key_of(how: Merge) -> Option<&'static str> {
    match how {
        Merge::Key(key) | Merge::KeyRetaining(key) => Some(key),
        Merge::Atomic | Merge::Set => None,
    }
}

/// Sorts the items that `order` names as it names them; each other item stays behind the item that it was behind.
pub(super) fn in_order(list: &mut Vec<Value>, order: &[Value], how: Merge) {
    let name = |item: &Value| match key_of(how) {
        Some(key) => item.get(key).cloned(),
        None => Some(item.clone()),
    };
    let wanted: Vec<Option<Value>> = order.iter().map(name).collect();
    let mut rank = None;
    let mut ranked: Vec<(Option<usize>, Value)> = std::mem::take(list)
        .into_iter()
        .map(|item| {
            let own = wanted.iter().position(|w| *w == name(&item));
            rank = own.or(rank);
            (rank, item)
        })
        .collect();
    // Stable, so an unnamed item stays behind its neighbour.
    ranked.sort_by_key(|(rank, _)| *rank);
    list.extend(ranked.into_iter().map(|(_, item)| item));
}

fn unknown_directive(patch: &Map<String, Value>) -> String {
    format!(
        "unknown patch type {}: expected merge, replace or delete",
        patch.get(DIRECTIVE).unwrap_or(&Value::Null)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::kind::Kind;
    use serde_json::json;

    fn after(kind: Kind, object: &Value, patch: &Value) -> Result<Value, String> {
        let mut result = object.clone();
        merge(crate::values::schema::of(kind), &mut result, patch).map(|()| result)
    }

    fn pod() -> Value {
        json!({
            "metadata": {"name": "p", "finalizers": ["a", "b"], "ownerReferences": [{"uid": "1", "name": "x"}]},
            "spec": {
                "containers": [
                    {"name": "web", "image": "nginx:1.12", "env": [{"name": "A", "value": "1"}],
                     "ports": [{"containerPort": 80}]},
                    {"name": "side", "image": "curl"},
                ],
                "volumes": [{"name": "data", "emptyDir": {}}],
                "tolerations": [{"key": "a"}],
                "nodeName": "n",
            },
        })
    }

    #[test]
    fn lists_are_merged_by_their_key() {
        let patch = json!({"spec": {"containers": [
            {"name": "web", "image": "nginx:1.13", "env": [{"name": "B", "value": "2"}],
             "ports": [{"containerPort": 80, "name": "http"}, {"containerPort": 81}]},
            {"name": "new", "image": "x"},
        ]}});
        let result = after(Kind::Pod, &pod(), &patch).unwrap();
        assert_eq!(
            result["spec"]["containers"],
            json!([
                {"name": "web", "image": "nginx:1.13", "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
                 "ports": [{"containerPort": 80, "name": "http"}, {"containerPort": 81}]},
                {"name": "side", "image": "curl"},
                {"name": "new", "image": "x"},
            ])
        );
    }

    #[test]
    fn a_service_tells_its_ports_apart_by_number() {
        let service = json!({"spec": {"ports": [{"port": 80, "name": "a"}]}});
        let patch = json!({"spec": {"ports": [{"port": 80, "targetPort": 8080}]}});
        assert_eq!(
            after(Kind::Service, &service, &patch),
            Ok(json!({"spec": {"ports": [{"port": 80, "name": "a", "targetPort": 8080}]}}))
        );
    }

    #[test]
    fn lists_without_a_key_are_replaced() {
        let patch = json!({"spec": {"tolerations": [{"key": "b"}]}});
        let result = after(Kind::Pod, &pod(), &patch).unwrap();
        assert_eq!(result["spec"]["tolerations"], json!([{"key": "b"}]));
    }

    #[test]
    fn finalizers_and_owners_are_added_and_taken_away() {
        let patch = json!({"metadata": {
            "finalizers": ["c", "a"],
            "$deleteFromPrimitiveList/finalizers": ["b"],
            "ownerReferences": [{"uid": "1", "$patch": "delete"}, {"uid": "2", "name": "y"}],
        }});
        let result = after(Kind::Pod, &pod(), &patch).unwrap();
        assert_eq!(result["metadata"]["finalizers"], json!(["a", "c"]));
        assert_eq!(
            result["metadata"]["ownerReferences"],
            json!([{"uid": "2", "name": "y"}])
        );
    }

    #[test]
    fn directives_replace_delete_retain_and_order() {
        let patch = json!({"spec": {
            "containers": [{"$patch": "replace"}, {"name": "only", "image": "z"}],
            "volumes": [{"name": "data", "$retainKeys": ["name", "hostPath"], "hostPath": {"path": "/d"}}],
            "nodeName": null,
        }});
        let result = after(Kind::Pod, &pod(), &patch).unwrap();
        assert_eq!(
            result["spec"]["containers"],
            json!([{"name": "only", "image": "z"}])
        );
        assert_eq!(
            result["spec"]["volumes"],
            json!([{"name": "data", "hostPath": {"path": "/d"}}])
        );
        assert_eq!(result["spec"].get("nodeName"), None);

        let patch = json!({"spec": {
            "$setElementOrder/containers": [{"name": "side"}, {"name": "web"}],
            "containers": [{"name": "web", "image": "i"}],
        }});
        let result = after(Kind::Pod, &pod(), &patch).unwrap();
        assert_eq!(result["spec"]["containers"][0]["name"], "side");

        let set = json!({"spec": {"updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 1}}}});
        let patch = json!({"spec": {"updateStrategy": {"$patch": "replace", "type": "OnDelete"}}});
        assert_eq!(
            after(Kind::StatefulSet, &set, &patch),
            Ok(json!({"spec": {"updateStrategy": {"type": "OnDelete"}}}))
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let tried = |patch| after(Kind::Pod, &pod(), &patch).unwrap_err();
        assert_eq!(
            tried(json!({"spec": {"containers": [{"image": "x"}]}})),
            "{\"image\":\"x\"} does not contain declared merge key: name"
        );
        assert_eq!(
            tried(json!({"spec": {"$patch": "mangle"}})),
            "unknown patch type \"mangle\": expected merge, replace or delete"
        );
        assert_eq!(
            tried(
                json!({"spec": {"volumes": [{"name": "data", "$retainKeys": ["name"], "nfs": {}}]}})
            ),
            "$retainKeys does not list nfs, which the patch sets"
        );
    }
}
