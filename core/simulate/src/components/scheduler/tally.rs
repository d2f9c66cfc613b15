//! How many pods with certain labels are on each node.
//!
//! The pods of a set ask the same question one after the other. So its answer is kept, and each pod that comes or goes
//! changes it by one, instead of all pods being looked at for each pod that is to get a node.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::census::count_down;
use crate::values::affinity::label_selector_admits;
use crate::values::object::{Fields, Object};

/// So many answers are kept. Each of them costs something with every pod that comes or goes.
const MOST: usize = 64;

/// Pods with certain labels in certain namespaces.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Group {
    /// `None`: all.
    pub(super) namespaces: Option<BTreeSet<String>>,
    /// `None`: no pod.
    pub(super) selector: Option<Value>,
}

impl Group {
    pub(super) fn has(&self, pod: &Object) -> bool {
        let here = self.namespaces.as_ref();
        here.is_none_or(|here| here.contains(pod.namespace()))
            && self.selector.is_some()
            && label_selector_admits(self.selector.as_ref(), pod)
    }
}

/// How many pods are in all of these groups at once?
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Question {
    pub(super) groups: Vec<Group>,
    /// Whether pods that are being deleted count, too.
    pub(super) terminating: bool,
}

impl Question {
    pub(super) fn is_about(&self, pod: &Object) -> bool {
        (self.terminating || !pod.is_terminating())
            && !self.groups.is_empty()
            && self.groups.iter().all(|group| group.has(pod))
    }
}

/// The answers, by node.
#[derive(Debug, Default)]
pub(super) struct Tallies(IndexMap<Question, BTreeMap<String, usize>>);

impl Tallies {
    /// A pod has come to a node.
    pub(super) fn come(&mut self, pod: &Object, node: &str) {
        for (question, counts) in &mut self.0 {
            if question.is_about(pod) {
                *counts.entry(node.to_owned()).or_default() += 1;
            }
        }
    }

    /// A pod, as it was seen last, has left its node.
    pub(super) fn go(&mut self, pod: &Object, node: &String) {
        for (question, counts) in &mut self.0 {
            if question.is_about(pod) {
                count_down(counts, node);
            }
        }
    }

    /// The answer. `pods` are all that there are, with their nodes: they are looked at when a question is new.
    pub(super) fn counts<'a>(
        &mut self,
        question: &Question,
        pods: impl Iterator<Item = (&'a str, &'a Object)>,
    ) -> &BTreeMap<String, usize> {
        if !self.0.contains_key(question) {
            if self.0.len() == MOST {
                self.0.shift_remove_index(0);
            }
            let mut counts = BTreeMap::<String, usize>::new();
            for (node, _) in pods.filter(|(_, pod)| question.is_about(pod)) {
                *counts.entry(node.to_owned()).or_default() += 1;
            }
            self.0.insert(question.clone(), counts);
        }
        &self.0[question]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn question(selector: Value) -> Question {
        Question {
            groups: vec![Group {
                namespaces: Some(BTreeSet::from(["default".into()])),
                selector: Some(selector),
            }],
            terminating: false,
        }
    }

    fn pod(app: &str, namespace: &str) -> Object {
        json!({"metadata": {"name": "p", "namespace": namespace, "labels": {"app": app}}})
    }

    #[test]
    fn an_answer_follows_the_pods() {
        let mut tallies = Tallies::default();
        let web = question(json!({"matchLabels": {"app": "web"}}));
        let (here, other, elsewhere) = (
            pod("web", "default"),
            pod("db", "default"),
            pod("web", "far"),
        );
        let mut going = here.clone();
        going["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
        let all = [
            ("a", &here),
            ("a", &other),
            ("b", &elsewhere),
            ("b", &going),
        ];
        let answer = tallies.counts(&web, all.into_iter()).clone();
        assert_eq!(answer, BTreeMap::from([("a".into(), 1)]));
        tallies.come(&here, "b");
        tallies.come(&other, "b");
        tallies.go(&here, &"a".into());
        let answer = tallies.counts(&web, std::iter::empty());
        assert_eq!(*answer, BTreeMap::from([("b".into(), 1)]));
    }

    #[test]
    fn the_oldest_answer_makes_room() {
        let mut tallies = Tallies::default();
        for number in 0..=MOST {
            let asked = question(json!({"matchLabels": {"app": number.to_string()}}));
            let _answer = tallies.counts(&asked, std::iter::empty());
        }
        assert_eq!(tallies.0.len(), MOST);
    }
}
