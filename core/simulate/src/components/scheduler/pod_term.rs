//! One demand of a pod about other pods: which ones, and within which part of the cluster.

use std::collections::BTreeSet;

use serde_json::Value;

use super::tally::Group;
use crate::store::Store;
use crate::values::affinity::label_selector_admits;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";

/// A term of a required affinity or anti-affinity, written so that equal terms of different pods are equal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct PodTerm {
    namespaces: BTreeSet<String>,
    /// Selectors as JSON. `None` selects nothing.
    namespace_selector: Option<String>,
    selector: Option<String>,
    topology: String,
}

impl PodTerm {
    /// The pods that this pod must be beside.
    pub(super) fn sought(pod: &Object) -> Vec<Self> {
        Self::all(pod, "podAffinity")
    }

    /// The pods that this pod keeps away.
    pub(super) fn kept_away(pod: &Object) -> Vec<Self> {
        Self::all(pod, "podAntiAffinity")
    }

    fn all(pod: &Object, kind: &str) -> Vec<Self> {
        let terms = pod.list(&format!("/spec/affinity/{kind}/{REQUIRED}"));
        terms.iter().map(|term| Self::of(pod, term)).collect()
    }

    fn of(pod: &Object, term: &Value) -> Self {
        let json = |field: &str| {
            let value = term.pointer(field).filter(|it| !it.is_null());
            value.map(Value::to_string)
        };
        let names = term.list("/namespaces").iter().filter_map(Value::as_str);
        let mut namespaces: BTreeSet<String> = names.map(str::to_owned).collect();
        let namespace_selector = json("/namespaceSelector");
        if namespaces.is_empty() && namespace_selector.is_none() {
            namespaces.insert(pod.namespace().to_owned());
        }
        Self {
            namespaces,
            namespace_selector,
            selector: json("/labelSelector"),
            topology: term.text("/topologyKey").to_owned(),
        }
    }

    /// The label of nodes whose values divide the cluster.
    pub(super) fn topology(&self) -> &str {
        &self.topology
    }

    /// The pods that it speaks of, as the namespaces are labelled now.
    pub(super) fn group(&self, store: &Store) -> Group {
        let selector = read(self.namespace_selector.as_ref());
        let everywhere = selector.as_ref().is_some_and(selects_all);
        let mut namespaces = self.namespaces.clone();
        if selector.is_some() && !everywhere {
            let all = store.list(Kind::Namespace, None);
            let asked = all.filter(|it| label_selector_admits(selector.as_ref(), it));
            namespaces.extend(asked.map(|it| it.name().to_owned()));
        }
        Group {
            namespaces: (!everywhere).then_some(namespaces),
            selector: read(self.selector.as_ref()),
        }
    }
}

fn read(json: Option<&String>) -> Option<Value> {
    serde_json::from_str(json?).ok()
}

/// Whether a selector asks for nothing.
pub(super) fn selects_all(selector: &Value) -> bool {
    let pairs = selector.pointer("/matchLabels").and_then(Value::as_object);
    pairs.is_none_or(serde_json::Map::is_empty) && selector.list("/matchExpressions").is_empty()
}
