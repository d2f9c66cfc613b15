//! Sets of fields, as a tree.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::element::Element;
use super::part::Place;

/// Fields of an object. A field may be in the set while nothing in it is, and the reverse.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct FieldSet {
    members: BTreeSet<Element>,
    children: BTreeMap<Element, Self>,
}

impl FieldSet {
    /// Whether it has no field.
    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty() && self.children.values().all(Self::is_empty)
    }

    /// Adds the field at a path. The whole object is no field.
    pub(super) fn insert(&mut self, path: &[Element]) {
        match path {
            [] => {}
            [last] => {
                self.members.insert(last.clone());
            }
            [first, rest @ ..] => self.children.entry(first.clone()).or_default().insert(rest),
        }
    }

    /// Whether the field at a path is in it.
    pub(super) fn has(&self, path: &[Element]) -> bool {
        match path {
            [] => false,
            [last] => self.members.contains(last),
            [first, rest @ ..] => self.children.get(first).is_some_and(|it| it.has(rest)),
        }
    }

    /// Whether an element is in it by itself.
    pub(super) fn has_member(&self, element: &Element) -> bool {
        self.members.contains(element)
    }

    /// What of it lies in an element, if anything does.
    pub(super) fn within(&self, element: &Element) -> Option<&Self> {
        self.children.get(element).filter(|it| !it.is_empty())
    }

    /// What is in either.
    pub(super) fn union(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.add(other);
        all
    }

    /// Adds all of another set.
    pub(super) fn add(&mut self, other: &Self) {
        self.members.extend(other.members.iter().cloned());
        for (element, fields) in &other.children {
            self.children
                .entry(element.clone())
                .or_default()
                .add(fields);
        }
    }

    /// What is in both.
    pub(super) fn intersection(&self, other: &Self) -> Self {
        let members = self.members.intersection(&other.members).cloned();
        let children = self.children.iter().filter_map(|(element, fields)| {
            let both = fields.intersection(other.children.get(element)?);
            (!both.is_empty()).then(|| (element.clone(), both))
        });
        Self {
            members: members.collect(),
            children: children.collect(),
        }
    }

    /// What is in it and not in the other. A field in it stays if only what is around or inside of it is in the other.
    pub(super) fn difference(&self, other: &Self) -> Self {
        let members = self.members.difference(&other.members).cloned();
        let children = self.children.iter().filter_map(|(element, fields)| {
            let rest = match other.children.get(element) {
                Some(other) => fields.difference(other),
                None => fields.clone(),
            };
            (!rest.is_empty()).then(|| (element.clone(), rest))
        });
        Self {
            members: members.collect(),
            children: children.collect(),
        }
    }

    /// Without a field of the whole object, and without all that is in it.
    pub(super) fn without(mut self, field: &str) -> Self {
        let element = Element::field(field);
        self.members.remove(&element);
        self.children.remove(&element);
        self
    }

    /// With the named fields on the way to its fields, as long as their types give them names. Entries of maps and items of
    /// lists have none.
    pub(super) fn with_named(&self, place: Place) -> Self {
        let mut members = self.members.clone();
        let mut children = BTreeMap::new();
        for (element, fields) in &self.children {
            if let Element::Field(name) = element
                && place.names(name)
            {
                members.insert(element.clone());
            }
            let fields = match place.at(element) {
                Some(below) => fields.with_named(below),
                None => fields.clone(),
            };
            children.insert(element.clone(), fields);
        }
        Self { members, children }
    }

    /// All paths: of each object first its own fields, and then what is inside of them.
    pub(super) fn paths(&self) -> Vec<Vec<Element>> {
        let mut paths = Vec::new();
        self.collect(&mut Vec::new(), &mut paths);
        paths
    }

    fn collect(&self, path: &mut Vec<Element>, paths: &mut Vec<Vec<Element>>) {
        for member in &self.members {
            let mut own = path.clone();
            own.push(member.clone());
            paths.push(own);
        }
        for (element, fields) in &self.children {
            path.push(element.clone());
            fields.collect(path, paths);
            path.pop();
        }
    }

    /// As `fieldsV1` has it.
    pub(super) fn written(&self) -> Value {
        Value::Object(self.fields())
    }

    fn fields(&self) -> Map<String, Value> {
        let mut written = Map::new();
        for member in &self.members {
            written.insert(member.written(), json!({}));
        }
        for (element, fields) in self.children.iter().filter(|(_, it)| !it.is_empty()) {
            let mut below = fields.fields();
            if self.members.contains(element) {
                below.insert(".".into(), json!({}));
            }
            written.insert(element.written(), Value::Object(below));
        }
        written
    }

    /// The reverse; None where it is no such set.
    pub(super) fn read(written: &Value) -> Option<Self> {
        let mut set = Self::default();
        for (text, below) in written.as_object()? {
            if text == "." {
                continue;
            }
            let element = Element::read(text)?;
            let fields = below.as_object()?;
            if fields.is_empty() || fields.contains_key(".") {
                set.members.insert(element.clone());
            }
            let below = Self::read(below)?;
            if !below.is_empty() {
                set.children.insert(element, below);
            }
        }
        Some(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_written_and_read_back() {
        let written = json!({
            "f:metadata": {"f:labels": {".": {}, "f:app": {}}},
            "f:spec": {"f:containers": {"k:{\"name\":\"web\"}": {".": {}, "f:image": {}}}},
        });
        let set = FieldSet::read(&written).unwrap();
        assert_eq!(set.written(), written);
        assert_eq!(FieldSet::read(&json!({"f:a": 1})), None);
        let spec = FieldSet::read(&json!({"f:spec": written["f:spec"]})).unwrap();
        assert_eq!(set.intersection(&spec), spec);
        assert_eq!(set.difference(&spec).union(&spec), set);
        let shown: Vec<String> = spec
            .paths()
            .iter()
            .map(|path| path.iter().map(Element::to_string).collect())
            .collect();
        let item = ".spec.containers[name=\"web\"]";
        assert_eq!(shown, [item.to_owned(), format!("{item}.image")]);
    }
}
