//! The patch that makes one object of another.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::list::{Rules, alike};
use super::strategic::{DELETE_PLAIN, DIRECTIVE, ORDER, RETAIN};
use crate::values::schema::{Merge, Type};

/// Which half of a difference is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Half {
    /// What is not there any more.
    Deletions,
    /// What is new or another.
    Changes,
}

/// Half of what leads from `old` to `new`.
pub(super) fn between(
    kind: &Type,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    half: Half,
) -> Result<Map<String, Value>, String> {
    maps(kind, old, new, half, false)
}

fn maps(
    kind: &Type,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    half: Half,
    retains: bool,
) -> Result<Map<String, Value>, String> {
    let mut patch = Map::new();
    for (name, wanted) in new {
        match (old.get(name), wanted) {
            (Some(Value::Object(_)), Value::Object(_))
                if matches!(kind.field(name), Type::Whole(_)) && half == Half::Changes =>
            {
                patch.insert(name.clone(), wanted.clone());
            }
            (Some(Value::Object(_)), Value::Object(_))
                if matches!(kind.field(name), Type::Whole(_)) => {}
            (Some(Value::Object(old)), Value::Object(wanted)) => {
                let field = kind.field(name);
                let change = maps(field, old, wanted, half, field.retains())?;
                if !change.is_empty() {
                    patch.insert(name.clone(), Value::Object(change));
                }
            }
            (Some(Value::Array(before)), Value::Array(after)) => {
                let field = kind.field(name);
                if let Some(rules) = Rules::of(field) {
                    let retains = matches!(field, Type::List(_, Merge::KeyRetaining(_)));
                    let Lists { add, delete, order } = lists(rules, before, after, half, retains)?;
                    for (prefix, list) in [("", add), (DELETE_PLAIN, delete), (ORDER, order)] {
                        if !list.is_empty() {
                            patch.insert(format!("{prefix}{name}"), Value::Array(list));
                        }
                    }
                } else if half == Half::Changes && before != after {
                    patch.insert(name.clone(), wanted.clone());
                }
            }
            (before, _) if half == Half::Changes && before != Some(wanted) => {
                patch.insert(name.clone(), wanted.clone());
            }
            _ => {}
        }
    }
    if half == Half::Deletions {
        let gone = old.keys().filter(|name| !new.contains_key(*name));
        patch.extend(gone.map(|name| (name.clone(), Value::Null)));
    }
    let mut retained: Vec<&String> = new
        .iter()
        .filter(|(_, value)| retains && !value.is_null())
        .map(|(name, _)| name)
        .collect();
    retained.sort();
    let loses = |(name, value): (&String, &Value)| !value.is_null() && !new.contains_key(name);
    if !retained.is_empty() && (!patch.is_empty() || old.iter().any(loses)) {
        patch.insert(RETAIN.into(), json!(retained));
    }
    Ok(patch)
}

/// What a patch says of a list.
#[derive(Default)]
struct Lists {
    add: Vec<Value>,
    delete: Vec<Value>,
    order: Vec<Value>,
}

fn lists(
    rules: Rules,
    old: &[Value],
    new: &[Value],
    half: Half,
    retains: bool,
) -> Result<Lists, String> {
    if old.is_empty() {
        let add = if half == Half::Changes { new } else { &[] };
        return Ok(Lists {
            add: add.to_vec(),
            ..Lists::default()
        });
    }
    if !alike([old, new])?.is_object() {
        return Ok(plain(rules, old, new, half));
    }
    let key = rules.require_key()?;
    let names = |list: &[Value]| -> Result<Vec<Value>, String> {
        list.iter().map(|item| rules.name(item).cloned()).collect()
    };
    let (old_names, new_names) = (names(old)?, names(new)?);
    let mut add = Vec::new();
    let mut deleted = Vec::new();
    pairs(
        &by_text(old, &old_names),
        &by_text(new, &new_names),
        |pair| {
            match pair {
                (Some(before), Some(after)) => {
                    if let (Value::Object(before), Value::Object(after)) = (before, after) {
                        let mut change = maps(rules.item(), before, after, half, retains)?;
                        if !change.is_empty() {
                            change.insert(key.into(), after[key].clone());
                            add.push(Value::Object(change));
                        }
                    }
                }
                (None, Some(after)) if half == Half::Changes => add.push(after.clone()),
                (Some(before), None) if half == Half::Deletions => {
                    deleted.push(json!({key: before[key], DIRECTIVE: "delete"}));
                }
                _ => {}
            }
            Ok(())
        },
    )?;
    rules.sort(&mut add, &new_names.iter().collect::<Vec<_>>())?;
    add.extend(deleted);
    let reordered = half == Half::Changes && old_names != new_names;
    let order = if !add.is_empty() || reordered {
        new_names.iter().map(|name| json!({key: name})).collect()
    } else {
        Vec::new()
    };
    Ok(Lists {
        add,
        delete: Vec::new(),
        order,
    })
}

fn plain(rules: Rules, old: &[Value], new: &[Value], half: Half) -> Lists {
    let (sorted_old, sorted_new) = (by_text(old, old), by_text(new, new));
    let mut add = Vec::new();
    let mut delete = Vec::new();
    let compared = pairs(&sorted_old, &sorted_new, |pair| {
        match pair {
            (None, Some(after)) if half == Half::Changes => add.push(after.clone()),
            (Some(before), None) if half == Half::Deletions && !delete.contains(before) => {
                delete.push(before.clone());
            }
            _ => {}
        }
        Ok(())
    })
    .and_then(|()| rules.sort(&mut add, &new.iter().collect::<Vec<_>>()));
    debug_assert!(
        compared.is_ok(),
        "plain values have no key that could be missing"
    );
    // kubectl has sorted the older list by then, and compares that with the newer one as it stands.
    let sorted: Vec<&Value> = sorted_old.iter().map(|(_, item)| *item).collect();
    let changed = sorted != new.iter().collect::<Vec<_>>();
    let asks = match half {
        Half::Changes => changed,
        Half::Deletions => !delete.is_empty(),
    };
    Lists {
        add,
        delete,
        order: if asks { new.to_vec() } else { Vec::new() },
    }
}

/// Items in the order of their names' texts; of several with one name, the last comes first, as kubectl's sorting has it.
fn by_text<'a>(list: &'a [Value], names: &[Value]) -> Vec<(String, &'a Value)> {
    let text = |name: &Value| match name {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut all: Vec<_> = names.iter().map(text).zip(list).rev().collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all
}

/// Goes through two sorted lists side by side.
fn pairs<'a>(
    old: &[(String, &'a Value)],
    new: &[(String, &'a Value)],
    mut each: impl FnMut((Option<&'a Value>, Option<&'a Value>)) -> Result<(), String>,
) -> Result<(), String> {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
        };
        let before = if order == Ordering::Greater {
            None
        } else {
            old.next()
        };
        let after = if order == Ordering::Less {
            None
        } else {
            new.next()
        };
        each((before.map(|it| it.1), after.map(|it| it.1)))?;
    }
}
