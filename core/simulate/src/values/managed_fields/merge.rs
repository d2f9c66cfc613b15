//! An applied configuration laid over an object, and fields taken out of one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::element::Element;
use super::part::{Items, Part, Place, is_empty};
use super::set::FieldSet;

/// What comes of `config` laid over `live`. Nothing goes: what the configuration does not name stays.
pub(super) fn merged(place: Place, live: &Value, config: &Value) -> Value {
    merge(place, Some(live), Some(config)).unwrap_or(Value::Null)
}

fn merge(place: Place, live: Option<&Value>, config: Option<&Value>) -> Option<Value> {
    let shown = config.filter(|it| !it.is_null()).or(live).or(config)?;
    let newest = || config.or(live).cloned();
    if is_empty(live) && is_empty(config) {
        return newest();
    }
    match place.part(shown) {
        Part::Whole => newest(),
        Part::Fields => {
            let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
            let (mut live, config) = (
                fields(live).unwrap_or_default(),
                fields(config).unwrap_or_default(),
            );
            let mut all = Map::new();
            for (name, wanted) in &config {
                let old = live.remove(name);
                if let Some(value) = merge(place.inside(name), old.as_ref(), Some(wanted)) {
                    all.insert(name.clone(), value);
                }
            }
            all.extend(live);
            Some(Value::Object(all))
        }
        Part::Items(items) => Some(merge_items(items, live, config).into()),
    }
}

/// Items of both lists. Those that only the object has keep their place among those of the configuration, as far as the order of
/// the configuration lets them.
fn merge_items(items: Items, live: Option<&Value>, config: Option<&Value>) -> Vec<Value> {
    let live: Vec<_> = items.elements(live).collect();
    let config: Vec<_> = items.elements(config).collect();
    let mut old: BTreeMap<&Element, &Value> = BTreeMap::new();
    for (element, item) in &live {
        // Of several that are alike none can be merged: the configuration's takes their place.
        let known = old.entry(element);
        known.and_modify(|it| *it = &Value::Null).or_insert(item);
    }
    let wanted: BTreeMap<&Element, &Value> = config.iter().map(|(e, item)| (e, *item)).collect();
    let mut shared = config
        .iter()
        .map(|(e, _)| e)
        .filter(|e| old.contains_key(*e));
    let mut next_shared = shared.next();
    let mut done = BTreeSet::new();
    let mut all = Vec::new();
    let mut add = |live: Option<&Value>, config: Option<&Value>| {
        all.extend(merge(items.place, live, config));
    };
    let (mut of_live, mut of_config) = (live.iter().peekable(), config.iter().peekable());
    loop {
        let new = of_config.peek().map(|(element, _)| element);
        match (of_live.peek(), new) {
            (None, None) => break,
            (Some((element, item)), _) if !wanted.contains_key(element) => {
                add(Some(item), None);
                of_live.next();
                continue;
            }
            (Some((element, _)), Some(new)) if element == new => {
                of_live.next();
            }
            // It has come before, or it comes later.
            (Some((element, _)), Some(_)) if next_shared.is_some_and(|next| next != element) => {
                of_live.next();
                continue;
            }
            (Some((element, _)), _) if done.contains(element) => {
                of_live.next();
            }
            _ => {}
        }
        let Some((element, item)) = of_config.next() else {
            continue;
        };
        done.insert(element);
        add(old.get(element).copied(), Some(item));
        if next_shared == Some(element) {
            next_shared = shared.next();
        }
    }
    all
}

/// The value without these fields. What loses all that is in it is null.
pub(super) fn without(place: Place, value: &Value, gone: &FieldSet) -> Value {
    match (place.part(value), value) {
        (Part::Fields, Value::Object(map)) => {
            let mut rest = Map::new();
            for (name, value) in map {
                let element = Element::field(name);
                if gone.has_member(&element) {
                    continue;
                }
                let value = match gone.within(&element) {
                    Some(gone) => without(place.inside(name), value, gone),
                    None => value.clone(),
                };
                rest.insert(name.clone(), value);
            }
            if rest.is_empty() {
                Value::Null
            } else {
                Value::Object(rest)
            }
        }
        (Part::Items(items), Value::Array(_)) => {
            let mut rest = Vec::new();
            for (element, item) in items.elements(Some(value)) {
                if gone.has_member(&element) {
                    continue;
                }
                rest.push(match gone.within(&element) {
                    Some(gone) => without(items.place, item, gone),
                    None => item.clone(),
                });
            }
            if rest.is_empty() {
                Value::Null
            } else {
                Value::Array(rest)
            }
        }
        (Part::Whole, Value::Array(_) | Value::Object(_)) => Value::Null,
        _ => value.clone(),
    }
}
