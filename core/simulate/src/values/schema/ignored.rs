//! What of an object nothing here acts on.

use serde_json::Value;

use super::uses::{UNUSUAL, USES, USUAL, Use};
use super::{Struct, Type, of};
use crate::values::kind::Kind;
use crate::values::object::Object;

/// The fields of an object on which nothing acts, as paths: `spec.template.spec.dnsConfig`.
pub(crate) fn ignored(kind: Kind, object: &Object) -> Vec<String> {
    let mut found = Vec::new();
    if !kind.is_at_rest() {
        look(of(kind), object, "", &mut found);
    }
    found
}

/// What is done with a field of a type.
fn use_of(holder: &str, field: &str) -> Option<Use> {
    let names = |(name, fields): &(&str, &str)| {
        *name == holder && fields.split_whitespace().any(|it| it == field)
    };
    let mut uses = USES.iter();
    let found = uses.find(|(_, fields)| fields.iter().any(names))?;
    Some(found.0)
}

fn look(shape: &Type, value: &Value, path: &str, found: &mut Vec<String>) {
    match (shape, value) {
        (Type::Struct(fields) | Type::Whole(fields) | Type::Open(fields), Value::Object(map)) => {
            for (name, value) in map {
                let path = match path {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                field(fields, name, value, &path, found);
            }
        }
        (Type::List(item, _), Value::Array(list)) => {
            for (i, value) in list.iter().enumerate() {
                look(item, value, &format!("{path}[{i}]"), found);
            }
        }
        _ => {}
    }
}

fn field(fields: &Struct, name: &str, value: &Value, path: &str, found: &mut Vec<String>) {
    // What there is no such field of has been refused.
    let Some((inlined, shape)) = fields.place(name) else {
        return;
    };
    let holder = if inlined.is_empty() {
        fields.name
    } else {
        inlined
    };
    let says = |of: &str| value.as_str() == Some(of);
    let is_usual = || {
        let mut usual = USUAL.iter();
        usual.any(|(h, f, values)| (*h, *f) == (holder, name) && values.iter().any(|it| says(it)))
    };
    let is_unusual = || {
        let mut unusual = UNUSUAL.iter();
        unusual.any(|(h, f, it)| (*h, *f) == (holder, name) && says(it))
    };
    match use_of(holder, name) {
        Some(Use::Idle) if !says_nothing(value) && !is_usual() => found.push(path.into()),
        Some(Use::Acts) if is_unusual() => {
            found.push(format!("{path}: {}", value.as_str().unwrap_or("")));
        }
        Some(Use::Acts) => look(shape, value, path, found),
        _ => {}
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(is) => !is,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::json;

    use super::*;

    /// All fields of all shapes of kinds on which something acts, by the names of their types.
    fn stored() -> BTreeSet<(&'static str, &'static str)> {
        fn visit(
            shape: &'static Type,
            seen: &mut BTreeMap<&'static str, bool>,
            all: &mut BTreeSet<(&'static str, &'static str)>,
        ) {
            match shape {
                Type::List(item, _) => visit(item, seen, all),
                Type::Struct(fields) | Type::Whole(fields) | Type::Open(fields) => {
                    visit_struct(fields, seen, all);
                }
                _ => {}
            }
        }
        fn visit_struct(
            fields: &'static Struct,
            seen: &mut BTreeMap<&'static str, bool>,
            all: &mut BTreeSet<(&'static str, &'static str)>,
        ) {
            if seen.insert(fields.name, true).is_some() {
                return;
            }
            for (name, shape) in fields.fields {
                all.insert((fields.name, name));
                visit(shape, seen, all);
            }
            for inlined in fields.inline {
                visit_struct(inlined, seen, all);
            }
        }
        let mut all = BTreeSet::new();
        let mut seen = BTreeMap::new();
        for kind in Kind::built_in().filter(|kind| !kind.is_at_rest()) {
            visit(of(kind), &mut seen, &mut all);
        }
        all
    }

    #[test]
    fn every_field_is_acted_on_or_harmless_or_told_of() {
        let mut listed = BTreeMap::new();
        for (_, fields) in USES {
            for (holder, names) in *fields {
                for name in names.split_whitespace() {
                    *listed.entry((*holder, name)).or_insert(0) += 1;
                }
            }
        }
        let stored = stored();
        let lacking: Vec<_> = stored
            .iter()
            .filter(|it| !listed.contains_key(*it))
            .collect();
        assert!(
            lacking.is_empty(),
            "in the shapes and not in the table: {lacking:?}"
        );
        let twice: Vec<_> = listed.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "more than once in the table: {twice:?}");
        let unknown: Vec<_> = listed.keys().filter(|it| !stored.contains(*it)).collect();
        assert!(
            unknown.is_empty(),
            "in the table and in no shape: {unknown:?}"
        );
        for (holder, field) in USUAL.iter().map(|it| (it.0, it.1)) {
            assert_eq!(use_of(holder, field), Some(Use::Idle), "{holder}.{field}");
        }
        for (holder, field, _) in UNUSUAL {
            assert_eq!(use_of(holder, field), Some(Use::Acts), "{holder}.{field}");
        }
    }

    #[test]
    fn paths_name_what_is_said_and_not_acted_on() {
        let spread = json!([{"whenUnsatisfiable": "ScheduleAnyway"}, {"whenUnsatisfiable": "DoNotSchedule"}]);
        let template = json!({"spec": {
            "dnsPolicy": "None",
            "dnsConfig": {"nameservers": ["1.1.1.1"]},
            "setHostnameAsFQDN": false,
            "topologySpreadConstraints": spread,
            "containers": [{"name": "c"}, {"name": "d", "lifecycle": {"stopSignal": "SIGINT"}, "command": ["x"]}],
        }});
        let set =
            json!({"metadata": {"name": "web"}, "spec": {"replicas": 1, "template": template}});
        let expected = [
            "spec.template.spec.containers[1].lifecycle.stopSignal",
            "spec.template.spec.dnsConfig",
            "spec.template.spec.dnsPolicy",
            "spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable: ScheduleAnyway",
        ];
        assert_eq!(ignored(Kind::StatefulSet, &set), expected);
    }
}
