//! Strategic merge: an object laid over another, with lists merged item by item where their kind has a merge key.
//!
//! What is laid over an object may be laid over a patch, too: `kubectl apply` makes its patch of two. Directives then stay
//! for whoever carries the patch out.

use serde_json::{Map, Value};

use super::list::{self, Rules};
use crate::values::schema::{Merge, Type};

pub(super) const DIRECTIVE: &str = "$patch";
pub(super) const RETAIN: &str = "$retainKeys";
pub(super) const ORDER: &str = "$setElementOrder/";
pub(super) const DELETE_PLAIN: &str = "$deleteFromPrimitiveList/";

/// What a patch is laid over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Over {
    Object,
    Patch,
}

/// Lays `patch` over `object`. An error says what of the patch makes no sense.
pub(super) fn merge(
    kind: &Type,
    object: &mut Map<String, Value>,
    mut patch: Map<String, Value>,
    over: Over,
) -> Result<(), String> {
    if let Some(directive) = patch.remove(DIRECTIVE) {
        *object = match directive.as_str() {
            Some("replace") => patch,
            Some("delete") => Map::new(),
            _ => return Err(unknown_directive(&directive)),
        };
        return Ok(());
    }
    if let Some(retained) = patch.remove(RETAIN) {
        retain(object, &patch, &retained, over)?;
    }
    put_in_order(kind, object, &mut patch, over)?;
    for (name, wanted) in patch {
        if let Some(field) = name.strip_prefix(DELETE_PLAIN) {
            if over == Over::Patch {
                object.insert(name, wanted);
            } else if let (Some(Value::Array(list)), Value::Array(gone)) =
                (object.get_mut(field), wanted)
            {
                list::delete(list, &gone)?;
            }
            continue;
        }
        merge_field(kind, object, name, wanted, over)?;
    }
    Ok(())
}

fn merge_field(
    kind: &Type,
    object: &mut Map<String, Value>,
    name: String,
    wanted: Value,
    over: Over,
) -> Result<(), String> {
    if wanted.is_null() {
        object.remove(&name);
        if over == Over::Patch {
            object.insert(name, Value::Null);
        }
        return Ok(());
    }
    let merged = match (object.get_mut(&name), wanted) {
        (Some(Value::Object(fields)), Value::Object(patch)) => {
            let field = kind.field(&name);
            if !matches!(field, Type::Whole(_)) {
                return merge(field, fields, patch, over);
            }
            *fields = patch;
            return Ok(());
        }
        (Some(Value::Array(list)), Value::Array(patch)) => {
            *list = match Rules::of(kind.field(&name)) {
                Some(rules) => rules.merge(std::mem::take(list), patch, over)?,
                None => patch,
            };
            return Ok(());
        }
        (_, mut wanted) => {
            if over == Over::Object {
                discard_nulls(&mut wanted);
            }
            without_directives(wanted)
        }
    };
    match merged {
        Some(value) => object.insert(name, value),
        None => object.remove(&name),
    };
    Ok(())
}

/// Takes away what the patch does not retain.
fn retain(
    object: &mut Map<String, Value>,
    patch: &Map<String, Value>,
    retained: &Value,
    over: Over,
) -> Result<(), String> {
    if over == Over::Patch {
        let before = object.entry(RETAIN).or_insert_with(|| retained.clone());
        return if before == retained {
            Ok(())
        } else {
            Err(format!("{RETAIN} is {before} and {retained} at once"))
        };
    }
    let Value::Array(names) = retained else {
        return Err(format!("{RETAIN} must be a list, found {retained}"));
    };
    let is_retained = |name: &str| names.iter().any(|it| it == name);
    let is_list = |name: &str| name.starts_with(DELETE_PLAIN) || name.starts_with(ORDER);
    let mut set = patch.iter().filter(|(_, value)| !value.is_null());
    if let Some((name, _)) = set.find(|(name, _)| !is_list(name) && !is_retained(name)) {
        return Err(format!(
            "{RETAIN} does not list {name}, which the patch sets"
        ));
    }
    object.retain(|name, _| is_retained(name));
    Ok(())
}

/// Merges the lists whose order the patch sets, and takes them out of the patch.
fn put_in_order(
    kind: &Type,
    object: &mut Map<String, Value>,
    patch: &mut Map<String, Value>,
    over: Over,
) -> Result<(), String> {
    let names: Vec<String> = patch
        .keys()
        .filter(|name| name.starts_with(ORDER))
        .cloned()
        .collect();
    for name in names {
        let order = patch.remove(&name).unwrap_or_default();
        let field = &name[ORDER.len()..];
        if over == Over::Patch {
            let before = object.entry(&*name).or_insert_with(|| order.clone());
            if *before != order {
                return Err(format!("{name} is {before} and {order} at once"));
            }
        }
        let order = as_list(&name, Some(order))?.unwrap_or_default();
        let live = as_list(field, object.get(field).cloned())?;
        let wanted = as_list(field, patch.remove(field))?;
        let Some(rules) = Rules::of_list(kind, field) else {
            return Err(format!("{name}: there is no list {field}"));
        };
        rules.check_order(wanted.as_deref().unwrap_or_default(), &order)?;
        if live.is_none() && wanted.is_none() {
            continue;
        }
        let list = rules.ordered(live, wanted, &order, over)?;
        object.insert(field.to_owned(), Value::Array(list));
    }
    Ok(())
}

fn as_list(name: &str, value: Option<Value>) -> Result<Option<Vec<Value>>, String> {
    match value {
        None => Ok(None),
        Some(Value::Array(list)) => Ok(Some(list)),
        Some(other) => Err(format!("{name} must be a list, found {other}")),
    }
}

fn discard_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(discard_nulls);
        }
        Value::Array(list) => list.iter_mut().for_each(discard_nulls),
        _ => {}
    }
}

/// The value without what only says how to merge; nothing where that is all.
pub(super) fn without_directives(value: Value) -> Option<Value> {
    Some(match value {
        Value::Object(fields) => {
            if fields.contains_key(DIRECTIVE) {
                return None;
            }
            let kept = fields.into_iter().filter_map(|(name, value)| {
                let value = without_directives(value)?;
                Some((name, value))
            });
            Value::Object(kept.collect())
        }
        Value::Array(list) => {
            Value::Array(list.into_iter().filter_map(without_directives).collect())
        }
        plain => plain,
    })
}

pub(super) fn unknown_directive(directive: &Value) -> String {
    format!("unknown patch type {directive}: expected replace or delete")
}

/// The field by which a list's items are told apart; none for plain values.
pub(super) const fn key_of(how: Merge) -> Option<&'static str> {
    match how {
        Merge::Key(key) | Merge::KeyRetaining(key) => Some(key),
        Merge::Atomic | Merge::Set => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::kind::Kind;
    use crate::values::schema;
    use serde_json::json;

    fn after(kind: Kind, object: &Value, patch: &Value) -> Result<Value, String> {
        let mut result = object.as_object().cloned().unwrap_or_default();
        let patch = patch.as_object().cloned().unwrap_or_default();
        merge(schema::of(kind), &mut result, patch, Over::Object)?;
        Ok(Value::Object(result))
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
                {"name": "web", "image": "nginx:1.13", "env": [{"name": "B", "value": "2"}, {"name": "A", "value": "1"}],
                 "ports": [{"containerPort": 80, "name": "http"}, {"containerPort": 81}]},
                {"name": "new", "image": "x"},
                {"name": "side", "image": "curl"},
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
        assert_eq!(result["metadata"]["finalizers"], json!(["c", "a"]));
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
            "unknown patch type \"mangle\": expected replace or delete"
        );
        assert_eq!(
            tried(
                json!({"spec": {"volumes": [{"name": "data", "$retainKeys": ["name"], "nfs": {}}]}})
            ),
            "$retainKeys does not list nfs, which the patch sets"
        );
    }
}
