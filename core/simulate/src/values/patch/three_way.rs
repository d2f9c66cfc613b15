//! What `kubectl apply` makes of three versions of an object.

use serde_json::{Map, Value};

use crate::values::kind::Kind;
use crate::values::schema::{self, Merge, Type};

use super::strategic::{in_order, key_of};

/// The live object after `kubectl apply`: what `modified` says is set, what `last_applied` said and `modified` no longer
/// says is taken away, and what others have put there stays.
pub fn three_way(kind: Kind, last_applied: &Value, modified: &Value, live: &Value) -> Value {
    merged(schema::of(kind), last_applied, modified, live)
}

fn merged(kind: &Type, last: &Value, modified: &Value, live: &Value) -> Value {
    match (kind, modified, live) {
        (_, Value::Object(modified), live) => {
            let empty = Map::new();
            let last = last.as_object().unwrap_or(&empty);
            let live = live.as_object().unwrap_or(&empty);
            Value::Object(merged_map(kind, last, modified, live))
        }
        (Type::List(item, how), Value::Array(modified), live) if *how != Merge::Atomic => {
            let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
            Value::Array(merged_list(item, *how, &list(last), modified, &list(live)))
        }
        _ => modified.clone(),
    }
}

fn merged_map(
    kind: &Type,
    last: &Map<String, Value>,
    modified: &Map<String, Value>,
    live: &Map<String, Value>,
) -> Map<String, Value> {
    let mut result = live.clone();
    result.retain(|name, _| modified.contains_key(name) || !last.contains_key(name));
    for (name, wanted) in modified {
        if wanted.is_null() {
            result.remove(name);
            continue;
        }
        let of = |map: &Map<String, Value>| map.get(name).cloned().unwrap_or(Value::Null);
        let value = merged(kind.field(name), &of(last), wanted, &of(live));
        result.insert(name.clone(), value);
    }
    result
}

fn merged_list(
    item: &Type,
    how: Merge,
    last: &[Value],
    modified: &[Value],
    live: &[Value],
) -> Vec<Value> {
    let [last, modified_items, live] = [last, modified, live].map(|list| identified(list, how));
    let find = |list: &[Item<'_>], wanted: &Item<'_>| {
        let found = list.iter().find(|(identity, _)| *identity == wanted.0);
        found.map(|(_, value)| (*value).clone())
    };
    let kept = live
        .iter()
        .filter(|have| find(&modified_items, have).is_some() || find(&last, have).is_none());
    let mut result: Vec<(Identity<'_>, Value)> = kept
        .map(|(identity, value)| (*identity, (*value).clone()))
        .collect();
    for wanted in &modified_items {
        let before = find(&last, wanted).unwrap_or(Value::Null);
        match result
            .iter_mut()
            .find(|(identity, _)| *identity == wanted.0)
        {
            Some((_, have)) => {
                let mut value = merged(item, &before, wanted.1, have);
                if matches!(how, Merge::KeyRetaining(_)) && value != *have {
                    retain(&mut value, wanted.1);
                }
                *have = value;
            }
            None => result.push((wanted.0, merged(item, &Value::Null, wanted.1, &Value::Null))),
        }
    }
    let mut result: Vec<Value> = result.into_iter().map(|(_, value)| value).collect();
    in_order(&mut result, modified, how);
    result
}

/// What tells an item of a list from the others: its key, and how many before it have the same one. A port may be there for
/// TCP and for UDP, and the key of ports is their number alone.
type Identity<'a> = (Option<&'a Value>, usize);
type Item<'a> = (Identity<'a>, &'a Value);

fn identified(list: &[Value], how: Merge) -> Vec<Item<'_>> {
    fn key(item: &Value, how: Merge) -> Option<&Value> {
        match key_of(how) {
            Some(key) => item.get(key),
            None => Some(item),
        }
    }
    let item = |(index, value)| {
        let own = key(value, how);
        let before = list[..index].iter().filter(|it| key(it, how) == own);
        ((own, before.count()), value)
    };
    list.iter().enumerate().map(item).collect()
}

fn retain(value: &mut Value, wanted: &Value) {
    if let Some(map) = value.as_object_mut() {
        map.retain(|name, _| wanted.get(name).is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_manifest_no_longer_says_goes_and_what_others_said_stays() {
        let last = json!({"metadata": {"labels": {"a": "1", "b": "2"}}, "spec": {"replicas": 3, "minReadySeconds": 5}});
        let modified = json!({"metadata": {"labels": {"a": "3"}}, "spec": {"replicas": 4}});
        let live = json!({
            "metadata": {"labels": {"a": "1", "b": "2", "by-hand": "x"}, "uid": "u"},
            "spec": {"replicas": 9, "minReadySeconds": 5, "serviceName": "kept"},
            "status": {"replicas": 9},
        });
        assert_eq!(
            three_way(Kind::StatefulSet, &last, &modified, &live),
            json!({
                "metadata": {"labels": {"a": "3", "by-hand": "x"}, "uid": "u"},
                "spec": {"replicas": 4, "serviceName": "kept"},
                "status": {"replicas": 9},
            })
        );
    }

    #[test]
    fn a_field_that_was_scaled_by_hand_and_is_not_in_the_manifest_stays() {
        let manifest = json!({"spec": {"serviceName": "s"}});
        let live = json!({"spec": {"serviceName": "s", "replicas": 5}});
        assert_eq!(
            three_way(Kind::StatefulSet, &manifest, &manifest, &live),
            live
        );
    }

    #[test]
    fn containers_are_merged_by_name_in_the_manifests_order() {
        let of =
            |containers: Value| json!({"spec": {"template": {"spec": {"containers": containers}}}});
        let last = of(json!([{"name": "a", "image": "1", "tty": true}, {"name": "gone"}]));
        let modified = of(json!([{"name": "new"}, {"name": "a", "image": "2"}]));
        let live = of(json!([
            {"name": "a", "image": "1", "tty": true, "imagePullPolicy": "Always"},
            {"name": "injected"},
            {"name": "gone"},
        ]));
        assert_eq!(
            three_way(Kind::StatefulSet, &last, &modified, &live),
            of(json!([
                {"name": "new"},
                {"name": "a", "image": "2", "imagePullPolicy": "Always"},
                {"name": "injected"},
            ]))
        );
    }

    #[test]
    fn a_port_may_be_there_for_tcp_and_for_udp() {
        let of = |ports: Value| json!({"spec": {"ports": ports}});
        let tcp = json!({"port": 53, "protocol": "TCP", "name": "a"});
        let udp = json!({"port": 53, "protocol": "UDP", "name": "b"});
        let both = of(json!([tcp, udp]));
        assert_eq!(three_way(Kind::Service, &both, &both, &both), both);
        let one = of(json!([tcp]));
        assert_eq!(three_way(Kind::Service, &both, &one, &both), one);
        assert_eq!(three_way(Kind::Service, &one, &both, &one), both);
    }

    #[test]
    fn a_volume_changes_its_source_whole() {
        let of = |volume: Value| json!({"spec": {"volumes": [volume]}});
        let defaulted = of(json!({"name": "v", "emptyDir": {}}));
        let plain = of(json!({"name": "v"}));
        assert_eq!(three_way(Kind::Pod, &plain, &plain, &defaulted), defaulted);
        let changed = of(json!({"name": "v", "hostPath": {"path": "/d"}}));
        assert_eq!(three_way(Kind::Pod, &plain, &changed, &defaulted), changed);
    }

    #[test]
    fn null_takes_away_and_finalizers_are_a_set() {
        let last = json!({"metadata": {"finalizers": ["a", "b"]}});
        let modified = json!({"metadata": {"finalizers": ["b", "c"]}, "spec": {"nodeName": null}});
        let live =
            json!({"metadata": {"finalizers": ["other", "a", "b"]}, "spec": {"nodeName": "n"}});
        assert_eq!(
            three_way(Kind::Pod, &last, &modified, &live),
            json!({"metadata": {"finalizers": ["other", "b", "c"]}, "spec": {}})
        );
    }
}
