//! What has become of the fields of an object.

use std::collections::BTreeMap;

use serde_json::Value;

use super::element::Element;
use super::part::{Items, Part, Place, is_empty};
use super::set::FieldSet;

/// The fields in which two objects differ.
#[derive(Clone, Default, Debug)]
pub(super) struct Comparison {
    pub(super) added: FieldSet,
    pub(super) modified: FieldSet,
    pub(super) removed: FieldSet,
}

impl Comparison {
    /// What has become of `old` in `new`.
    pub(super) fn of(place: Place, old: &Value, new: &Value) -> Self {
        let mut found = Self::default();
        found.compare(place, Some(old), Some(new), &mut Vec::new());
        found
    }

    /// Without a field of the whole object.
    pub(super) fn without(self, field: &str) -> Self {
        Self {
            added: self.added.without(field),
            modified: self.modified.without(field),
            removed: self.removed.without(field),
        }
    }

    fn compare(
        &mut self,
        place: Place,
        old: Option<&Value>,
        new: Option<&Value>,
        path: &mut Vec<Element>,
    ) {
        let Some(shown) = new.filter(|it| !it.is_null()).or(old).or(new) else {
            return;
        };
        match place.part(shown) {
            // With nothing inside they are compared as they are: null is not the same as empty.
            _ if is_empty(old) && is_empty(new) => return self.compare_whole(old, new, path),
            Part::Whole => return self.compare_whole(old, new, path),
            Part::Fields => {
                let names = |value: Option<&Value>| {
                    let fields = value.and_then(Value::as_object);
                    fields.map_or_else(Vec::new, |it| it.keys().cloned().collect())
                };
                let mut all: Vec<String> = names(old);
                all.extend(names(new));
                all.sort();
                all.dedup();
                for name in all {
                    let field =
                        |value: Option<&'_ Value>| value.and_then(|it| it.get(&name)).cloned();
                    let (old, new) = (field(old), field(new));
                    path.push(Element::field(&name));
                    self.compare(place.inside(&name), old.as_ref(), new.as_ref(), path);
                    path.pop();
                }
            }
            Part::Items(items) => self.compare_items(items, old, new, path),
        }
        if old.is_none() {
            self.added.insert(path);
        } else if new.is_none() {
            self.removed.insert(path);
        }
    }

    fn compare_whole(&mut self, old: Option<&Value>, new: Option<&Value>, path: &[Element]) {
        match (old, new) {
            (None, _) => self.added.insert(path),
            (_, None) => self.removed.insert(path),
            (Some(old), Some(new)) if old != new => self.modified.insert(path),
            _ => {}
        }
    }

    /// Items that are alike are compared as one thing: nobody knows which is which.
    fn compare_items(
        &mut self,
        items: Items,
        old: Option<&Value>,
        new: Option<&Value>,
        path: &mut Vec<Element>,
    ) {
        let mut all: BTreeMap<Element, [Vec<&Value>; 2]> = BTreeMap::new();
        for (side, list) in [old, new].into_iter().enumerate() {
            for (element, item) in items.elements(list) {
                all.entry(element).or_default()[side].push(item);
            }
        }
        for (element, [old, new]) in all {
            path.push(element);
            match (old.len(), new.len()) {
                (0 | 1, 0 | 1) => {
                    let (old, new) = (old.first().copied(), new.first().copied());
                    self.compare(items.place, old, new, path);
                }
                (0 | 1, _) => {
                    if let Some(old) = old.first() {
                        self.compare(items.place, Some(old), None, path);
                    }
                    self.added.insert(path);
                }
                (_, 0 | 1) => {
                    if let Some(new) = new.first() {
                        self.compare(items.place, None, Some(new), path);
                    }
                    self.removed.insert(path);
                }
                _ if old != new => self.modified.insert(path),
                _ => {}
            }
            path.pop();
        }
    }
}
