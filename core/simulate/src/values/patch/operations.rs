//! JSON patch: a list of operations (RFC 6902), as Kubernetes' library carries them out.
//!
//! It is laxer than the RFC: an index may count from the end, a field that is not there may be replaced, and copied or
//! tested as null.

use serde_json::{Map, Value};

/// `object` after all of these, or what cannot be done.
pub(super) fn carry_out(
    object: &mut Value,
    operations: &[Map<String, Value>],
) -> Result<(), String> {
    operations
        .iter()
        .try_for_each(|operation| one(object, operation))
}

fn one(object: &mut Value, operation: &Map<String, Value>) -> Result<(), String> {
    let text = |name: &str| {
        let text = operation.get(name).and_then(Value::as_str);
        text.ok_or_else(|| format!("the operation has no {name}"))
    };
    let value = || operation.get("value").cloned().unwrap_or_default();
    let path = || text("path");
    match text("op")? {
        "add" => add(object, path()?, value()),
        "remove" => remove(object, path()?).map(drop),
        "replace" if path()?.is_empty() => {
            *object = value();
            if object.is_object() || object.is_array() {
                Ok(())
            } else {
                Err(format!("{object} cannot take the place of an object"))
            }
        }
        "replace" => replace(object, path()?, value()),
        "test" if path()?.is_empty() => same(object, &value()),
        "test" => same(&get(object, path()?)?, &value()),
        "copy" => {
            let copied = get(object, text("from")?)?;
            add(object, path()?, copied)
        }
        "move" => {
            let from = text("from")?;
            let moved = get(object, from)?;
            remove(object, from)?;
            add(object, path()?, moved)
        }
        other => Err(format!("unexpected kind of operation: {other}")),
    }
}

fn same(found: &Value, wanted: &Value) -> Result<(), String> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("found {found} instead of {wanted}"))
    }
}

/// What holds the last part of the path, and that part.
fn holder<'a>(object: &'a mut Value, path: &str) -> Result<(&'a mut Value, String), String> {
    let missing = || format!("there is nothing at {path:?}");
    let unescaped = |part: &str| part.replace("~1", "/").replace("~0", "~");
    let (parents, last) = path.rsplit_once('/').ok_or_else(missing)?;
    let parts = parents.split('/').skip(1).map(unescaped);
    let mut at = object;
    for part in parts {
        at = match at {
            Value::Object(fields) => fields.get_mut(&part).ok_or_else(missing)?,
            Value::Array(list) => {
                let place = place(&part, list.len(), list.len())?;
                &mut list[place]
            }
            _ => return Err(missing()),
        };
    }
    if at.is_object() || at.is_array() {
        Ok((at, unescaped(last)))
    } else {
        Err(missing())
    }
}

/// An index below `end`. One below zero counts from `from` downward.
fn place(part: &str, from: usize, end: usize) -> Result<usize, String> {
    let bad = || format!("{part:?} is no index of this list");
    let index: i64 = part.parse().map_err(|_| bad())?;
    let from = i64::try_from(from).map_err(|_| bad())?;
    let index = if index < 0 { index + from } else { index };
    let index = usize::try_from(index).map_err(|_| bad())?;
    if index < end { Ok(index) } else { Err(bad()) }
}

fn get(object: &mut Value, path: &str) -> Result<Value, String> {
    let (holder, last) = holder(object, path)?;
    Ok(match holder {
        Value::Array(list) => list[place(&last, list.len(), list.len())?].clone(),
        other => other.get(&last).cloned().unwrap_or_default(),
    })
}

fn add(object: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let (holder, last) = holder(object, path)?;
    match holder {
        Value::Array(list) if last == "-" => list.push(value),
        Value::Array(list) => {
            let end = list.len() + 1;
            list.insert(place(&last, end, end)?, value);
        }
        other => other[last] = value,
    }
    Ok(())
}

fn replace(object: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let (holder, last) = holder(object, path)?;
    match holder {
        Value::Array(list) => {
            let place = place(&last, list.len(), list.len())?;
            list[place] = value;
        }
        other => other[last] = value,
    }
    Ok(())
}

fn remove(object: &mut Value, path: &str) -> Result<Value, String> {
    let (holder, last) = holder(object, path)?;
    match holder {
        Value::Array(list) => {
            let place = place(&last, list.len(), list.len())?;
            Ok(list.remove(place))
        }
        other => other
            .as_object_mut()
            .and_then(|fields| fields.remove(&last))
            .ok_or_else(|| format!("there is nothing at {path:?}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn after(object: &Value, operations: &Value) -> Result<Value, String> {
        let mut object = object.clone();
        let operations: Vec<_> = operations
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_object().cloned())
            .collect();
        carry_out(&mut object, &operations).map(|()| object)
    }

    #[test]
    fn indices_count_from_both_ends() {
        let add = |path: &str| json!([{"op": "add", "path": path, "value": 9}]);
        let object = json!({"a": [1, 2]});
        for (path, list) in [
            ("/a/0", json!([9, 1, 2])),
            ("/a/2", json!([1, 2, 9])),
            ("/a/-", json!([1, 2, 9])),
            ("/a/-1", json!([1, 2, 9])),
            ("/a/-3", json!([9, 1, 2])),
        ] {
            assert_eq!(after(&object, &add(path)), Ok(json!({"a": list})), "{path}");
        }
        assert!(after(&object, &add("/a/3")).is_err());
        assert!(after(&object, &add("/a/x")).is_err());
        let last = json!([{"op": "remove", "path": "/a/-1"}]);
        assert_eq!(after(&object, &last), Ok(json!({"a": [1]})));
    }

    #[test]
    fn what_is_not_there_is_as_good_as_null_and_may_be_replaced() {
        let object = json!({"a": 1});
        let replace = json!([{"op": "replace", "path": "/b", "value": 2}]);
        assert_eq!(after(&object, &replace), Ok(json!({"a": 1, "b": 2})));
        let test = json!([{"op": "test", "path": "/b", "value": null}]);
        assert_eq!(after(&object, &test), Ok(object.clone()));
        let copy = json!([{"op": "copy", "from": "/b", "path": "/c"}]);
        assert_eq!(after(&object, &copy), Ok(json!({"a": 1, "c": null})));
        let remove = json!([{"op": "remove", "path": "/b"}]);
        assert!(after(&object, &remove).is_err());
    }

    #[test]
    fn nothing_moves_into_itself() {
        let object = json!({"a": {"b": 1}});
        let into = json!([
            {"op": "add", "path": "/x", "value": 1},
            {"op": "move", "from": "/a", "path": "/a/b"},
        ]);
        assert!(after(&object, &into).is_err());
    }
}
