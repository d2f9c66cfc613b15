//! The scheduler: gives each pod a node.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use statefulset::Millis;

use crate::components::component::Component;
use crate::components::recorder::record;
use crate::store::{Change, Happened, Store};
use crate::values::condition::{Condition, set_condition};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

mod claims;
mod fit;

use claims::Delayed;

const SOURCE: &str = "default-scheduler";

/// Namespace and name.
type Name = (String, String);

/// The scheduler. A pod that fits nowhere is looked at again when something changes that might help it.
#[derive(Debug)]
pub(crate) struct Scheduler {
    cursor: u64,
    /// Whether the library binds the claims of StatefulSets once their pod has a node.
    library_binds: bool,
    /// Where each pod is that takes up room.
    placed: BTreeMap<Name, String>,
    /// How many those are on each node.
    load: BTreeMap<String, usize>,
    /// Pods without a node, with the claims they use.
    pending: BTreeMap<Name, Vec<String>>,
    /// The pods that use a claim.
    users: BTreeMap<Name, BTreeSet<String>>,
    /// Pods to look at.
    due: BTreeSet<Name>,
}

impl Scheduler {
    pub(crate) const fn new(library_binds: bool) -> Self {
        Self {
            cursor: 0,
            library_binds,
            placed: BTreeMap::new(),
            load: BTreeMap::new(),
            pending: BTreeMap::new(),
            users: BTreeMap::new(),
            due: BTreeSet::new(),
        }
    }

    fn follow(&mut self, store: &Store) {
        for change in store.changes_since(self.cursor) {
            match change.key.kind {
                Kind::Pod => self.follow_pod(change),
                Kind::PersistentVolumeClaim => {
                    let namespace = &change.key.namespace;
                    let claim = (namespace.clone(), change.key.name.clone());
                    let users = self.users.get(&claim).into_iter().flatten();
                    self.due
                        .extend(users.map(|pod| (namespace.clone(), pod.clone())));
                }
                Kind::Node | Kind::PersistentVolume | Kind::StorageClass => {
                    self.due.extend(self.pending.keys().cloned());
                }
                _ => {}
            }
        }
        self.cursor = store.version();
    }

    fn follow_pod(&mut self, change: &Change) {
        let Key {
            namespace, name, ..
        } = &change.key;
        let key = (namespace.clone(), name.clone());
        let pod = &change.object;
        let node = pod.text("/spec/nodeName");
        let exists = change.happened != Happened::Deleted;
        let finished = matches!(pod.text("/status/phase"), "Succeeded" | "Failed");

        if let Some(node) = self.placed.remove(&key)
            && let Some(load) = self.load.get_mut(&node)
        {
            *load -= 1;
            if !exists || finished {
                // There is room again for what it took up.
                self.due.extend(self.pending.keys().cloned());
            }
        }
        if exists && !node.is_empty() && !finished {
            *self.load.entry(node.to_owned()).or_default() += 1;
            self.placed.insert(key.clone(), node.to_owned());
        }

        for claim in self.pending.remove(&key).into_iter().flatten() {
            let claim = (namespace.clone(), claim);
            if let Some(users) = self.users.get_mut(&claim) {
                users.remove(name);
                if users.is_empty() {
                    self.users.remove(&claim);
                }
            }
        }
        let ours = matches!(pod.text("/spec/schedulerName"), "" | "default-scheduler");
        let gated = !pod.list("/spec/schedulingGates").is_empty();
        if exists && node.is_empty() && !pod.is_terminating() && !finished && ours && !gated {
            let claims: Vec<String> = claim_names(pod).map(str::to_owned).collect();
            for claim in &claims {
                let users = self
                    .users
                    .entry((namespace.clone(), claim.clone()))
                    .or_default();
                users.insert(name.clone());
            }
            self.pending.insert(key.clone(), claims);
            self.due.insert(key);
        }
    }

    fn schedule(&mut self, store: &mut Store, (namespace, name): &Name) {
        let Some(pod) = store.get(Kind::Pod, namespace, name).cloned() else {
            return;
        };
        match self.choose(store, &pod) {
            Ok((node, delayed)) => {
                if claims::prepare(store, &delayed, &node, self.library_binds) {
                    assign(store, &pod, &node);
                }
            }
            Err(message) => refuse(store, &pod, &message),
        }
    }

    /// Why no more of the pod's disks can be attached to the node.
    fn full(&self, store: &Store, pod: &Object, node: &Object) -> Option<&'static str> {
        let most = fit::most_disks(node)?;
        let mut disks: BTreeSet<(&str, &str)> = BTreeSet::new();
        let here = self.placed.iter().filter(|(_, at)| *at == node.name());
        for ((namespace, name), _) in here {
            let pod = store.get(Kind::Pod, namespace, name);
            let claims = pod.into_iter().flat_map(|pod| claim_names(pod));
            disks.extend(claims.map(|claim| (namespace.as_str(), claim)));
        }
        let before = disks.len();
        disks.extend(claim_names(pod).map(|claim| (pod.namespace(), claim)));
        let full = disks.len() > before && disks.len() > most;
        full.then_some("node(s) exceed max volume count")
    }

    /// The node with the fewest pods among those that can take the pod; or why there is none.
    fn choose(&self, store: &Store, pod: &Object) -> Result<(String, Delayed), String> {
        let nodes: Vec<_> = store.list(Kind::Node, None).collect();
        if nodes.is_empty() {
            return Err("no nodes available to schedule pods".into());
        }
        let available = format!("0/{} nodes are available: ", nodes.len());
        // "not found" is what the real scheduler's preemption answers here.
        let claims =
            claims::of(store, pod).map_err(|why| format!("{available}{why}. not found"))?;
        let mut refusals: BTreeMap<&str, usize> = BTreeMap::new();
        let mut best: Option<(usize, &str)> = None;
        for node in &nodes {
            let why = fit::refusal(pod, node)
                .or_else(|| self.full(store, pod, node))
                .or_else(|| claims.refusal(store, node));
            if let Some(why) = why {
                *refusals.entry(why).or_default() += 1;
                continue;
            }
            let rank = (
                self.load.get(node.name()).copied().unwrap_or(0),
                node.name(),
            );
            if best.is_none_or(|best| rank < best) {
                best = Some(rank);
            }
        }
        if let Some((_, node)) = best {
            return Ok((node.to_owned(), claims.delayed));
        }
        let mut reasons: Vec<String> = refusals
            .iter()
            .map(|(why, count)| format!("{count} {why}"))
            .collect();
        reasons.sort();
        Err(format!(
            "{available}{}. no new claims to deallocate, preemption: {available}{} Preemption is not helpful for \
             scheduling.",
            reasons.join(", "),
            nodes.len()
        ))
    }
}

impl Component for Scheduler {
    fn act(&mut self, store: &mut Store) {
        self.follow(store);
        while let Some(pod) = self.due.pop_first() {
            if self.pending.contains_key(&pod) {
                self.schedule(store, &pod);
                // The next choice counts this one.
                self.follow(store);
            }
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}

fn assign(store: &mut Store, pod: &Object, node: &str) {
    let now = store.now();
    store.edit(Kind::Pod, pod.namespace(), pod.name(), |pod| {
        pod.put("/spec/nodeName", json!(node));
        let condition = Condition {
            kind: "PodScheduled",
            holds: true,
            reason: "",
            message: "",
        };
        set_condition(pod, condition, now);
    });
    let message = format!(
        "Successfully assigned {}/{} to {node}",
        pod.namespace(),
        pod.name()
    );
    record(store, SOURCE, pod, Kind::Pod, true, "Scheduled", &message);
}

/// Says why the pod has no node, unless that has been said already.
fn refuse(store: &mut Store, pod: &Object, message: &str) {
    let said = pod
        .list("/status/conditions")
        .iter()
        .any(|c| c.text("/type") == "PodScheduled" && c.text("/message") == message);
    if said {
        return;
    }
    let now = store.now();
    store.edit(Kind::Pod, pod.namespace(), pod.name(), |pod| {
        let condition = Condition {
            kind: "PodScheduled",
            holds: false,
            reason: "Unschedulable",
            message,
        };
        set_condition(pod, condition, now);
    });
    record(
        store,
        SOURCE,
        pod,
        Kind::Pod,
        false,
        "FailedScheduling",
        message,
    );
}
