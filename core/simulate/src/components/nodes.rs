//! The node controllers: which nodes are lost, and what becomes of their pods.

use std::collections::BTreeSet;

use statefulset::{Millis, Profile};

use crate::components::component::Component;
use crate::store::{Happened, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

mod collector;
mod lease;
mod lifecycle;
mod residents;
mod taint_eviction;
mod zones;

use collector::Collector;
use lease::Leases;
use lifecycle::Lifecycle;
use residents::Residents;
use taint_eviction::TaintEviction;

/// Namespace and name.
type Name = (String, String);

/// The node controllers: life cycle, eviction by taints, collection of pods without a node.
#[derive(Debug)]
pub(crate) struct Nodes {
    cursor: u64,
    /// Whether the pods of StatefulSets are the library's to take away, and nobody else's: two parties must not decide
    /// over one pod for two reasons.
    library_replaces: bool,
    leases: Leases,
    residents: Residents,
    lifecycle: Lifecycle,
    taint_eviction: TaintEviction,
    collector: Collector,
}

impl Nodes {
    /// `begin` sets the rhythm of what is done from time to time.
    pub(crate) fn new(begin: Millis, profile: Profile) -> Self {
        Self {
            cursor: 0,
            library_replaces: profile.lost_nodes.is_some(),
            leases: Leases::default(),
            residents: Residents::default(),
            lifecycle: Lifecycle::new(begin),
            taint_eviction: TaintEviction::default(),
            collector: Collector::new(begin),
        }
    }

    /// The kubelet of this node is not heard any more.
    pub(crate) fn fall_silent(&mut self, node: &str, now: Millis) {
        self.leases.fall_silent(node, now);
        self.lifecycle.look_again();
    }

    /// The kubelet of this node is heard again.
    pub(crate) fn resume(&mut self, node: &str, now: Millis) {
        self.leases.resume(node, now);
        self.lifecycle.look_again();
    }

    /// When the kubelet of a node was last heard of.
    pub(crate) fn last_heard(&self, node: &str, now: Millis) -> Option<Millis> {
        self.leases.renewed(node, now)
    }

    fn follow(&mut self, store: &mut Store) {
        let mut went = Vec::new();
        for change in store.changes_since(self.cursor) {
            let gone = change.happened == Happened::Deleted;
            match change.key.kind {
                Kind::Node => {
                    match change.happened {
                        Happened::Added => self.leases.begin(&change.key.name, change.at),
                        Happened::Deleted => went.push(change.object.clone()),
                        Happened::Modified => {}
                    }
                    self.lifecycle.look_again();
                    self.taint_eviction.node_changed(&change.key.name);
                    self.collector.changed(&change.key.name);
                }
                Kind::Pod => {
                    let pod = (change.key.namespace.clone(), change.key.name.clone());
                    self.residents.follow(&pod, &change.object, gone);
                    self.taint_eviction.pod_changed(&pod);
                    let node = change.object.text("/spec/nodeName");
                    if !node.is_empty() {
                        self.collector.changed(node);
                    }
                }
                _ => {}
            }
        }
        self.cursor = store.version();
        for node in went {
            let name = node.name();
            let message = format!("Node {name} event: Removing Node {name} from Controller");
            lifecycle::tell(store, &node, "RemovingNode", &message);
        }
    }
}

impl Component for Nodes {
    fn act(&mut self, store: &mut Store) {
        self.follow(store);
        self.lifecycle.act(store, &self.leases, &self.residents);
        self.follow(store);
        let library = self.library_replaces;
        let ours = |pod: &Object| !(library && is_of_stateful_set(pod));
        self.taint_eviction.act(store, &self.residents, ours);
        self.collector.act(store, &self.residents, ours);
    }

    fn next(&self) -> Option<Millis> {
        let moments = [
            self.lifecycle.next(),
            self.taint_eviction.next(),
            self.collector.next(),
        ];
        moments.into_iter().flatten().min()
    }
}

fn is_of_stateful_set(pod: &Object) -> bool {
    let controller = pod.controller();
    controller.is_some_and(|it| it.text("/kind") == "StatefulSet")
}

/// The names of the pods on a node.
type Pods = BTreeSet<Name>;

/// The first moment not before `at` in a rhythm.
fn in_rhythm(begin: Millis, period: Millis, at: Millis) -> Millis {
    at + (begin - at).rem_euclid(period)
}
