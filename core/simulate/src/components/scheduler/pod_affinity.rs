//! Pods that must, or must not, be in the same part of the cluster.

use std::collections::{BTreeMap, BTreeSet};

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use super::pod_term::PodTerm;
use super::tally::Question;

/// The domains of a label in which there are pods that the term speaks of.
struct Peopled {
    topology: String,
    domains: BTreeMap<String, usize>,
}

impl Peopled {
    fn has(&self, room: &Room) -> bool {
        let domain = room.label(&self.topology);
        domain.is_some_and(|domain| self.domains.contains_key(domain))
    }
}

struct Company {
    /// Where the pods are that the pod must be beside.
    sought: Vec<Peopled>,
    /// Whether none of these is anywhere, and the pod itself is one of them: somebody has to be the first.
    is_first: bool,
    /// Where the pods are that the pod keeps away from.
    avoided: Vec<Peopled>,
    /// What other pods keep free of this one.
    kept_free: BTreeSet<(String, String)>,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, census: &mut Census) -> Box<dyn Filter + 'a> {
    let (pod, store) = (candidate.pod, candidate.store);
    let mut peopled = |term: &PodTerm, question: &Question| Peopled {
        topology: term.topology().to_owned(),
        domains: census.domains(question, term.topology()),
    };
    // One pod must be all that is sought, so the terms are one question.
    let terms = PodTerm::sought(pod);
    let question = Question {
        groups: terms.iter().map(|term| term.group(store)).collect(),
        terminating: true,
    };
    let sought: Vec<_> = terms.iter().map(|it| peopled(it, &question)).collect();
    let is_first = sought.iter().all(|it| it.domains.is_empty()) && question.is_about(pod);
    let avoided = PodTerm::kept_away(pod);
    let avoided: Vec<_> = avoided
        .iter()
        .map(|term| {
            let question = Question {
                groups: vec![term.group(store)],
                terminating: true,
            };
            peopled(term, &question)
        })
        .collect();
    let kept_free = census.kept_free(|term| term.group(store).has(pod));
    Box::new(Company {
        sought,
        is_first,
        avoided,
        kept_free,
    })
}

impl Filter for Company {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let beside = self.sought.iter().all(|it| it.has(room))
            || self.is_first
                && self
                    .sought
                    .iter()
                    .all(|it| room.label(&it.topology).is_some());
        if !beside {
            return Some(Refusal::of_node("node(s) didn't match pod affinity rules"));
        }
        if self.avoided.iter().any(|it| it.has(room)) {
            return Some(Refusal::for_others(
                "node(s) didn't match pod anti-affinity rules",
            ));
        }
        let kept_free = |(key, value): &(String, String)| room.label(key) == Some(value);
        self.kept_free.iter().any(kept_free).then(|| {
            Refusal::for_others("node(s) didn't satisfy existing pods anti-affinity rules")
        })
    }
}
