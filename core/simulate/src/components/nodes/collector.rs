//! The pod collector: takes pods out of the API whose node cannot say any more that they are gone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use statefulset::Millis;

use super::residents::Residents;
use super::{Name, in_rhythm};
use crate::store::{DeleteOptions, Store};
use crate::values::condition::{Condition, set_condition};
use crate::values::generation::observed;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::taint::is_out_of_service;

/// So often it makes its round.
const PERIOD: Millis = 20_000;
/// For so long a node must have been missing.
const QUARANTINE: Millis = 40_000;

/// The pod collector.
#[derive(Debug)]
pub(super) struct Collector {
    begin: Millis,
    /// Whether something has changed since it was last looked for work.
    stale: bool,
    /// The next round, where there is anything to do.
    next: Option<Millis>,
    /// Nodes that may be missing or shut down, with pods that may have to be taken away.
    doubtful: BTreeSet<String>,
    /// Nodes that are missing, and since which round.
    missing: BTreeMap<String, Millis>,
}

/// Why a pod is taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    /// Its node is missing.
    Orphaned,
    /// Somebody vouches that its node is shut down.
    OutOfService,
}

impl Collector {
    pub(super) const fn new(begin: Millis) -> Self {
        Self {
            begin,
            stale: false,
            next: None,
            doubtful: BTreeSet::new(),
            missing: BTreeMap::new(),
        }
    }

    /// Something has changed about a node, or about a pod on it.
    pub(super) fn changed(&mut self, node: &str) {
        self.stale = true;
        if !self.doubtful.contains(node) {
            self.doubtful.insert(node.to_owned());
        }
    }

    pub(super) const fn next(&self) -> Option<Millis> {
        self.next
    }

    /// `ours` says which pods are the cluster's to collect.
    pub(super) fn act(
        &mut self,
        store: &mut Store,
        residents: &Residents,
        ours: impl Fn(&Object) -> bool,
    ) {
        let now = store.now();
        let round = self.next.is_some_and(|at| at <= now);
        if !std::mem::take(&mut self.stale) && !round {
            return;
        }
        let work = self.work(store, residents, ours);
        let is_missing = |node: &str| store.get(Kind::Node, "", node).is_none();
        self.missing.retain(|node, _| is_missing(node));
        let from = if round { now + 1 } else { now };
        self.next = (!work.is_empty()).then(|| in_rhythm(self.begin, PERIOD, from));
        if !round {
            return;
        }
        for (node, pod, why) in work {
            if why == Why::Orphaned && now < *self.missing.entry(node).or_insert(now) + QUARANTINE {
                continue;
            }
            collect(store, &pod, why);
        }
    }

    /// What there is to collect, sooner or later. Nodes that are in order, or without pods, are not doubtful any more.
    fn work(
        &mut self,
        store: &Store,
        residents: &Residents,
        ours: impl Fn(&Object) -> bool,
    ) -> Vec<(String, Name, Why)> {
        let mut work = Vec::new();
        self.doubtful.retain(|name| {
            let why = match store.get(Kind::Node, "", name) {
                None => Why::Orphaned,
                Some(node) if node.condition("Ready") != "True" && is_out_of_service(node) => {
                    Why::OutOfService
                }
                Some(_) => return false,
            };
            let mut pods = residents.of(name).peekable();
            let has_pods = pods.peek().is_some();
            for pod in pods {
                let object = store.get(Kind::Pod, &pod.0, &pod.1);
                let due = object.is_some_and(|object| {
                    ours(object) && (why == Why::Orphaned || object.is_terminating())
                });
                if due {
                    work.push((name.to_owned(), pod.clone(), why));
                }
            }
            has_pods
        });
        work
    }
}

fn collect(store: &mut Store, (namespace, name): &Name, why: Why) {
    let (now, version) = (store.now(), store.kubernetes);
    store.edit(Kind::Pod, namespace, name, |pod| {
        let generation = observed(pod, version);
        if !matches!(pod.text("/status/phase"), "Succeeded" | "Failed") {
            pod.put("/status/phase", json!("Failed"));
            if let Some(generation) = generation {
                pod.put("/status/observedGeneration", json!(generation));
            }
        }
        if why == Why::Orphaned {
            let condition = Condition {
                kind: "DisruptionTarget",
                holds: true,
                reason: "DeletionByPodGC",
                message: "PodGC: node no longer exists",
                generation,
            };
            set_condition(pod, condition, now);
        }
    });
    let options = DeleteOptions {
        grace_seconds: Some(0),
        ..DeleteOptions::default()
    };
    // Gone already is as good.
    let _ = store.delete(Kind::Pod, namespace, name, &options);
}
