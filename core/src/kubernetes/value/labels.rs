//! Labels, and selectors over them.

use std::borrow::{Borrow, Cow};
use std::boxed::Box;
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

use serde::Deserialize;

use super::own;

/// The labels of an object as one text, with a line `key=value` for each label, in order of the keys. The text takes a
/// tenth of the memory of a map, and few labels are ever looked at. No key and no value may have a line break, and no
/// key an equals sign. Values that repeat the object's own name are hidden as [`own`] says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Labels(Box<str>);

impl Labels {
    /// Packs the labels of the object called `own`. If the name is empty, nothing is hidden.
    pub(crate) fn pack<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, own: &str) -> Self {
        let mut text = String::new();
        for (key, value) in pairs {
            text.push_str(key);
            text.push('=');
            own::hide(value, own, &mut text);
            text.push('\n');
        }
        Self(text.into())
    }

    /// Packs all labels of an object and hides nothing.
    pub(crate) fn plain(map: &LabelMap<'_>) -> Self {
        Self::of_map(map, "")
    }

    /// Packs all labels of the object called `own`.
    pub(crate) fn of_map(map: &LabelMap<'_>, own: &str) -> Self {
        Self::pack(map.iter().map(|(key, value)| (&*key.0, &*value.0)), own)
    }

    /// The labels as the object called `own` has them.
    pub(crate) const fn of<'a>(&'a self, own: &'a str) -> LabelsOf<'a> {
        LabelsOf { text: &self.0, own }
    }
}

/// The labels of one object.
#[derive(Clone, Copy)]
pub(crate) struct LabelsOf<'a> {
    text: &'a str,
    own: &'a str,
}

impl<'a> LabelsOf<'a> {
    pub(crate) fn get(self, key: &str) -> Option<Cow<'a, str>> {
        let mut lines = self.text.lines();
        let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
        Some(own::show(value, self.own))
    }
}

/// A string that borrows from the JSON that it is read from, also inside lists, maps and options.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Labels as they stand in the JSON of an object.
pub(crate) type LabelMap<'a> = BTreeMap<Text<'a>, Text<'a>>;

/// A label selector. An empty one matches everything.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Selector {
    #[serde(
        default,
        deserialize_with = "crate::kubernetes::value::input::or_default"
    )]
    pub(crate) match_labels: BTreeMap<String, String>,
    #[serde(
        default,
        deserialize_with = "crate::kubernetes::value::input::or_default"
    )]
    pub(crate) match_expressions: Vec<Requirement>,
}

/// One requirement of a selector.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub(crate) struct Requirement {
    pub(crate) key: String,
    pub(crate) operator: Operator,
    #[serde(
        default,
        deserialize_with = "crate::kubernetes::value::input::or_default"
    )]
    pub(crate) values: Vec<String>,
}

/// The condition that a requirement sets for its label.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub(crate) enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Selector {
    pub(crate) fn is_empty(&self) -> bool {
        self.match_labels.is_empty() && self.match_expressions.is_empty()
    }

    pub(crate) fn matches(&self, labels: LabelsOf<'_>) -> bool {
        self.match_labels
            .iter()
            .all(|(key, value)| labels.get(key).is_some_and(|it| it == **value))
            && self.match_expressions.iter().all(|it| it.holds(labels))
    }
}

impl Requirement {
    fn holds(&self, labels: LabelsOf<'_>) -> bool {
        let value = labels.get(&self.key);
        let listed = || {
            let value = value.as_deref();
            value.is_some_and(|value| self.values.iter().any(|v| v == value))
        };
        match self.operator {
            Operator::In => listed(),
            // A missing label has none of the values.
            Operator::NotIn => !listed(),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec;

    fn selects(selector: &str, labels: &[(&str, &str)]) -> bool {
        let selector: Selector = serde_json::from_str(selector).expect("a selector");
        selector.matches(Labels::pack(labels.iter().copied(), "").of(""))
    }

    #[test]
    fn selectors_are_judged_as_kubernetes_judges_them() {
        let web = [("app", "web"), ("tier", "front")];
        for (selector, expected) in [
            (r"{}", true),
            (r#"{"matchLabels":{"app":"web"}}"#, true),
            (r#"{"matchLabels":{"app":"we"}}"#, false),
            (r#"{"matchLabels":{"app":"web","x":"y"}}"#, false),
            (
                r#"{"matchExpressions":[{"key":"app","operator":"In","values":["a","web"]}]}"#,
                true,
            ),
            (
                r#"{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}"#,
                false,
            ),
            (
                r#"{"matchExpressions":[{"key":"none","operator":"NotIn","values":["web"]}]}"#,
                true,
            ),
            (
                r#"{"matchExpressions":[{"key":"tier","operator":"Exists"}]}"#,
                true,
            ),
            (
                r#"{"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]}"#,
                false,
            ),
        ] {
            assert_eq!(selects(selector, &web), expected, "{selector}");
        }
    }

    #[test]
    fn labels_survive_packing() {
        let pairs = vec![("a", ""), ("b/c", "d=e"), ("f", "g"), ("name", "web-0")];
        for own in ["", "web-0", "web-1"] {
            let labels = Labels::pack(pairs.iter().copied(), own);
            let labels = labels.of(own);
            for (key, value) in &pairs {
                assert_eq!(labels.get(key).as_deref(), Some(*value));
            }
            assert_eq!(labels.get("b"), None);
        }
    }
}
