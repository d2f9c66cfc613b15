//! The scheduler: gives each pod a node.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::rc::Rc;

use serde_json::{Value, json};
use statefulset::{Millis, Version};

use crate::components::component::Component;
use crate::components::recorder::record;
use crate::store::{Change, Happened, Store};
use crate::values::condition::{Condition, set_condition};
use crate::values::demand::{self, Amounts};
use crate::values::generation::observed;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

mod census;
mod claims;
mod filter;
mod fitting;
mod node_affinity;
mod pod_affinity;
mod pod_term;
mod ports;
mod preemption;
mod resources;
mod spread;
mod taints;
mod tally;
#[cfg(test)]
mod tests;
mod unfit;
mod unschedulable;
mod volume_limits;
mod volume_restrictions;
mod volume_zones;

use census::Census;
pub(crate) use fitting::Verdict;
use fitting::{Fitting, Nowhere};
use pod_term::PodTerm;
use preemption::NOMINATED;
use unfit::Attempt;

const SOURCE: &str = "default-scheduler";

/// Namespace and name.
type Name = (String, String);

/// The scheduler. A pod that fits nowhere is looked at again when something changes that might help it.
#[derive(Debug)]
pub(crate) struct Scheduler {
    cursor: u64,
    /// Whether the library binds the claims of StatefulSets once their pod has a node.
    library_binds: bool,
    census: Census,
    /// Pods without a node.
    pending: BTreeMap<Name, Pending>,
    /// Those among them that may get a node because another pod has got one.
    helped_by_others: BTreeSet<Name>,
    /// The pods without a node that a node has been promised, by the node.
    promised: BTreeMap<String, BTreeSet<Name>>,
    /// The pods that use a claim.
    users: BTreeMap<Name, BTreeSet<String>>,
    /// Pods to look at, those of the highest priority first.
    due: BTreeSet<(Reverse<i64>, Name)>,
}

/// What is known of a pod without a node.
#[derive(Debug)]
struct Pending {
    /// The claims that it uses.
    claims: Vec<String>,
    priority: i64,
    /// The node that it has been promised; empty where it has not.
    promised: String,
}

impl Scheduler {
    pub(crate) fn new(library_binds: bool) -> Self {
        Self {
            cursor: 0,
            library_binds,
            census: Census::default(),
            pending: BTreeMap::new(),
            helped_by_others: BTreeSet::new(),
            promised: BTreeMap::new(),
            users: BTreeMap::new(),
            due: BTreeSet::new(),
        }
    }

    fn follow(&mut self, store: &Store) {
        for change in store.changes_since(self.cursor) {
            let exists = change.happened != Happened::Deleted;
            match change.key.kind {
                Kind::Pod => self.follow_pod(change, exists),
                Kind::PersistentVolumeClaim => {
                    let namespace = &change.key.namespace;
                    let claim = (namespace.clone(), change.key.name.clone());
                    let users = self.users.get(&claim).into_iter().flatten();
                    let users = users.map(|pod| (namespace.clone(), pod.clone()));
                    self.look_at(users.collect());
                }
                Kind::Node => {
                    let node = exists.then_some(&change.object);
                    self.census.see_node(&change.key.name, node);
                    self.look_at_all();
                }
                Kind::PersistentVolume | Kind::StorageClass | Kind::Namespace => {
                    self.look_at_all();
                }
                _ => {}
            }
        }
        self.cursor = store.version();
    }

    fn follow_pod(&mut self, change: &Change, exists: bool) {
        let Key {
            namespace, name, ..
        } = &change.key;
        let key = (namespace.clone(), name.clone());
        let pod = &change.object;
        let has_node = !pod.text("/spec/nodeName").is_empty();
        let finished = matches!(pod.text("/status/phase"), "Succeeded" | "Failed");
        self.follow_placed(&key, Some(pod).filter(|_| exists && has_node && !finished));

        let was = self.pending.remove(&key);
        if let Some(was) = &was
            && let Some(guests) = self.promised.get_mut(&was.promised)
        {
            guests.remove(&key);
            if guests.is_empty() {
                self.promised.remove(&was.promised);
            }
        }
        let is_new = was.is_none();
        for claim in was.into_iter().flat_map(|was| was.claims) {
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
        if exists && !has_node && !pod.is_terminating() && !finished && ours && !gated {
            let claims: Vec<String> = claim_names(pod).map(Cow::into_owned).collect();
            for claim in &claims {
                let users = self
                    .users
                    .entry((namespace.clone(), claim.clone()))
                    .or_default();
                users.insert(name.clone());
            }
            let priority = preemption::priority(pod);
            let promised = pod.text(NOMINATED).to_owned();
            // A pod that has been promised a node waits for those that leave it, and is not looked at for being told so.
            if is_new || promised.is_empty() {
                self.due.insert((Reverse(priority), key.clone()));
            }
            if !promised.is_empty() {
                let guests = self.promised.entry(promised.clone()).or_default();
                guests.insert(key.clone());
            }
            let pending = Pending {
                claims,
                priority,
                promised,
            };
            self.pending.insert(key, pending);
        }
    }

    /// Pods of these names will be looked at, if they have no node.
    fn look_at(&mut self, names: BTreeSet<Name>) {
        for name in names {
            if let Some(pending) = self.pending.get(&name) {
                self.due.insert((Reverse(pending.priority), name));
            }
        }
    }

    fn look_at_all(&mut self) {
        let all = self.pending.iter();
        self.due
            .extend(all.map(|(name, pending)| (Reverse(pending.priority), name.clone())));
    }

    /// Takes in how a pod stands that takes up room on its node; `None`: it does not, or no longer.
    fn follow_placed(&mut self, key: &Name, pod: Option<&Rc<Object>>) {
        let was = self.census.pod(key);
        if was.zip(pod).is_some_and(|(was, is)| is_alike(was, is)) {
            return;
        }
        let relabelled = was
            .zip(pod)
            .is_some_and(|(was, is)| !has_same_labels(was, is));
        let shrinks = was.zip(pod).is_some_and(|(was, is)| {
            let of = |pod: &Object| -> Amounts { demand::held(pod, "requests") };
            let (before, now) = (of(was), of(is));
            before
                .iter()
                .any(|(resource, amount)| now.get(resource).is_none_or(|now| now < amount))
        });
        let leaves = shrinks || was.is_some() && pod.is_none();
        if was.is_none() && pod.is_none() {
            return;
        }
        self.census.remove(key);
        if let Some(pod) = pod {
            self.census.place(key, pod);
        }
        if leaves || relabelled {
            // There is room again for what it took up, or for whom it was in the way of.
            self.look_at_all();
        } else {
            let helped = mem::take(&mut self.helped_by_others);
            self.look_at(helped);
        }
    }

    fn schedule(&mut self, store: &mut Store, name: &Name) {
        let Some(pod) = store.get(Kind::Pod, &name.0, &name.1).cloned() else {
            return;
        };
        match self.fitting(store, &pod, 1) {
            Ok(Fitting { best, delayed, .. }) => {
                if claims::prepare(store, &delayed, &best, self.library_binds) {
                    assign(store, &pod, &best);
                }
            }
            Err(Nowhere { message, attempt }) => {
                if spread::constraints(&pod).next().is_some() || !PodTerm::sought(&pod).is_empty() {
                    self.helped_by_others.insert(name.clone());
                }
                let promise = match &attempt {
                    Some(Attempt::Found { best, .. }) => &*best.node,
                    Some(Attempt::Useless(_)) => "",
                    Some(Attempt::Barred(_)) | None => pod.text(NOMINATED),
                };
                refuse(store, &pod, &message, promise);
                if let Some(Attempt::Found { best, .. }) = &attempt {
                    self.preempt(store, &pod, best);
                }
            }
        }
    }
}

/// Whether nothing has changed that matters to where other pods may be.
fn is_alike(was: &Object, is: &Object) -> bool {
    was.pointer("/spec") == is.pointer("/spec")
        && was.is_terminating() == is.is_terminating()
        && has_same_labels(was, is)
        && has_same_resources(was, is)
}

/// Whether nothing has changed of what the node has given it.
fn has_same_resources(was: &Object, is: &Object) -> bool {
    demand::is_infeasible(was) == demand::is_infeasible(is) && given(was).eq(given(is))
}

fn given(pod: &Object) -> impl Iterator<Item = [Option<&Value>; 2]> {
    let lists = ["/status/containerStatuses", "/status/initContainerStatuses"];
    let statuses = lists.into_iter().flat_map(|list| pod.list(list));
    statuses.map(|status| ["/resources", "/allocatedResources"].map(|field| status.pointer(field)))
}

fn has_same_labels(was: &Object, is: &Object) -> bool {
    was.pointer("/metadata/labels") == is.pointer("/metadata/labels")
}

impl Component for Scheduler {
    fn program(&self) -> &'static str {
        "kube-scheduler"
    }

    fn act(&mut self, store: &mut Store) {
        self.follow(store);
        while let Some((_, pod)) = self.due.pop_first() {
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
    // Before, the promise stayed although it had been kept.
    let clears = store.kubernetes >= Version::V1_35;
    store.edit(Kind::Pod, pod.namespace(), pod.name(), |pod| {
        pod.put("/spec/nodeName", json!(node));
        if clears {
            pod.take_away(NOMINATED);
        }
        let condition = Condition {
            kind: "PodScheduled",
            holds: true,
            reason: "",
            message: "",
            // The kubelet will say it.
            generation: None,
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

/// Says why the pod has no node, and which one it is promised, unless that has been said already.
fn refuse(store: &mut Store, pod: &Object, message: &str, promise: &str) {
    let said = pod
        .list("/status/conditions")
        .iter()
        .any(|c| c.text("/type") == "PodScheduled" && c.text("/message") == message);
    if said && pod.text(NOMINATED) == promise {
        return;
    }
    let now = store.now();
    let generation = observed(pod, store.kubernetes);
    store.edit(Kind::Pod, pod.namespace(), pod.name(), |pod| {
        let condition = Condition {
            kind: "PodScheduled",
            holds: false,
            reason: "Unschedulable",
            message,
            generation,
        };
        set_condition(pod, condition, now);
        if promise.is_empty() {
            pod.take_away(NOMINATED);
        } else {
            pod.put(NOMINATED, json!(promise));
        }
    });
    if said {
        return;
    }
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
