//! Objects as JSON, and the few ways in which the simulator looks into them.

use serde_json::{Map, Value};

/// An API object.
pub type Object = Value;

/// Reading and writing by JSON pointer, with what is absent read as empty.
pub trait Fields {
    /// The text at `pointer`; empty where there is none.
    fn text(&self, pointer: &str) -> &str;
    /// The integer at `pointer`, if there is one.
    fn int(&self, pointer: &str) -> Option<i64>;
    /// The truth at `pointer`; false where there is none.
    fn flag(&self, pointer: &str) -> bool;
    /// The list at `pointer`; empty where there is none.
    fn list(&self, pointer: &str) -> &[Value];
    /// Puts `value` at `pointer`, making the objects on the way.
    fn put(&mut self, pointer: &str, value: Value);
    /// Takes what is at `pointer` away.
    fn take_away(&mut self, pointer: &str) -> Option<Value>;

    /// `metadata.name`
    fn name(&self) -> &str {
        self.text("/metadata/name")
    }
    /// `metadata.namespace`
    fn namespace(&self) -> &str {
        self.text("/metadata/namespace")
    }
    /// `metadata.uid`
    fn uid(&self) -> &str {
        self.text("/metadata/uid")
    }
    /// Whether `metadata.deletionTimestamp` is set.
    fn is_terminating(&self) -> bool {
        !self.text("/metadata/deletionTimestamp").is_empty()
    }
    /// The owner reference with `controller: true`.
    fn controller(&self) -> Option<&Value> {
        self.list("/metadata/ownerReferences")
            .iter()
            .find(|r| r.flag("/controller"))
    }
    /// The status (`True`, `False`, `Unknown`, or empty) of a condition.
    fn condition(&self, kind: &str) -> &str {
        self.list("/status/conditions")
            .iter()
            .find(|c| c.text("/type") == kind)
            .map_or("", |c| c.text("/status"))
    }
}

/// What `Value::pointer` gives, without its two copies of every part of a path.
fn at<'a>(object: &'a Value, pointer: &str) -> Option<&'a Value> {
    if pointer.contains('~') {
        return object.pointer(pointer);
    }
    let mut parts = pointer.split('/').skip(1);
    parts.try_fold(object, |at, part| match at {
        Value::Object(fields) => fields.get(part),
        Value::Array(list) => list.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

impl Fields for Value {
    fn text(&self, pointer: &str) -> &str {
        at(self, pointer).and_then(Self::as_str).unwrap_or("")
    }

    fn int(&self, pointer: &str) -> Option<i64> {
        at(self, pointer).and_then(Self::as_i64)
    }

    fn flag(&self, pointer: &str) -> bool {
        at(self, pointer).and_then(Self::as_bool).unwrap_or(false)
    }

    fn list(&self, pointer: &str) -> &[Value] {
        at(self, pointer)
            .and_then(Self::as_array)
            .map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, pointer: &str, value: Value) {
        let mut at = self;
        for part in pointer.split('/').skip(1) {
            let part = part.replace("~1", "/").replace("~0", "~");
            if !at.is_object() {
                *at = Self::Object(Map::new());
            }
            at = at
                .as_object_mut()
                .expect("made an object just above")
                .entry(part)
                .or_insert(Self::Null);
        }
        *at = value;
    }

    fn take_away(&mut self, pointer: &str) -> Option<Value> {
        let (parent, last) = pointer.rsplit_once('/')?;
        self.pointer_mut(parent)?
            .as_object_mut()?
            .remove(&last.replace("~1", "/").replace("~0", "~"))
    }
}

/// Whether all of `selector` (plain label pairs) is among the object's labels. An empty selector matches nothing.
pub(crate) fn matches_labels(selector: Option<&Value>, object: &Object) -> bool {
    let Some(pairs) = selector.and_then(Value::as_object) else {
        return false;
    };
    !pairs.is_empty()
        && pairs
            .iter()
            .all(|(k, v)| object.pointer("/metadata/labels").and_then(|l| l.get(k)) == Some(v))
}
