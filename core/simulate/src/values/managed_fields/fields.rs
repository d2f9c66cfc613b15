//! The fields that an object has.

use serde_json::{Map, Value};

use super::element::Element;
use super::part::{Part, Place};
use super::set::FieldSet;
use crate::values::schema::{self, Type};

/// All fields that a value names, down to those that have one owner.
pub(super) fn fields(place: Place, value: &Value) -> FieldSet {
    let mut set = FieldSet::default();
    collect(place, value, &mut Vec::new(), &mut set);
    set
}

fn collect(place: Place, value: &Value, path: &mut Vec<Element>, set: &mut FieldSet) {
    match (place.part(value), value) {
        (Part::Whole, _) => set.insert(path),
        (Part::Fields, Value::Object(map)) => {
            for (name, value) in map {
                path.push(Element::field(name));
                collect(place.inside(name), value, path, set);
                let is_hollow = value.is_null() || value.as_object().is_some_and(Map::is_empty);
                if is_hollow || !place.names(name) {
                    set.insert(path);
                }
                path.pop();
            }
        }
        (Part::Items(items), Value::Array(list)) => {
            // What is left of an item without anything in it still is an item.
            for (place, _) in (0..).zip(list).filter(|(_, it)| it.is_null()) {
                path.push(Element::Index(place));
                set.insert(path);
                path.pop();
            }
            let elements: Vec<_> = items.elements(Some(value)).collect();
            for (element, item) in &elements {
                let alike = elements.iter().filter(|(other, _)| other == element);
                let is_alone = alike.count() == 1;
                path.push(element.clone());
                // Of several that are alike nobody knows what belongs to whom.
                if is_alone {
                    collect(items.place, item, path, set);
                }
                set.insert(path);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Metadata that nobody manages.
const UNLISTED: &[&str] = &[
    "name",
    "namespace",
    "creationTimestamp",
    "selfLink",
    "uid",
    "clusterName",
    "generation",
    "managedFields",
    "resourceVersion",
];

/// Without what says which object it is, and what the API server keeps of it for itself.
pub(super) fn unlisted(fields: &FieldSet) -> FieldSet {
    let mut gone = FieldSet::default();
    for name in ["apiVersion", "kind", "metadata"] {
        gone.insert(&[Element::field(name)]);
    }
    for name in UNLISTED {
        gone.insert(&["metadata", name].map(Element::field));
    }
    fields.difference(&gone)
}

/// The value with all that an API server has in every object of this type.
pub(super) fn filled(place: Place, value: &Value) -> Value {
    let mut value = value.clone();
    fill(place, &mut value);
    value
}

fn fill(place: Place, value: &mut Value) {
    match (place.shape, &mut *value) {
        (Type::Struct(fields) | Type::Whole(fields) | Type::Open(fields), Value::Object(map)) => {
            let all = fields.names().flat_map(schema::never_absent);
            // Of two types of one name (the subjects of roles and of flows), each has fields of its own.
            for (name, nothing) in all.filter(|(name, _)| fields.field(name).is_some()) {
                map.entry(name)
                    .or_insert_with(|| nothing(place.inside(name).shape));
            }
            for (name, value) in map.iter_mut() {
                fill(place.inside(name), value);
            }
        }
        (Type::List(..), Value::Array(items)) => {
            for item in items {
                fill(place.item(), item);
            }
        }
        _ => {}
    }
}
