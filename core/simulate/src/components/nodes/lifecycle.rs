//! The node life cycle: a node whose kubelet is not heard of for a while is unreachable, and marked so.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use statefulset::Millis;

use super::in_rhythm;
use super::lease::Leases;
use super::residents::Residents;
use super::zones::{Zones, zone};
use crate::components::recorder::record;
use crate::store::Store;
use crate::values::condition::{Condition, set_condition};
use crate::values::instant::rfc3339;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// So often the leases are looked at.
const MONITOR: Millis = 5000;
/// So old a lease may be.
const GRACE: Millis = 50_000;

const NOT_READY: &str = "node.kubernetes.io/not-ready";
const UNREACHABLE: &str = "node.kubernetes.io/unreachable";
const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

const SOURCE: &str = "node-controller";

/// The life cycle of nodes.
#[derive(Debug)]
pub(super) struct Lifecycle {
    begin: Millis,
    /// Whether something has changed since the last look.
    stale: bool,
    next: Option<Millis>,
    /// When a node of the zone last got a taint that drives its pods away.
    tainted: BTreeMap<String, Millis>,
}

impl Lifecycle {
    pub(super) const fn new(begin: Millis) -> Self {
        Self {
            begin,
            stale: true,
            next: None,
            tainted: BTreeMap::new(),
        }
    }

    pub(super) const fn look_again(&mut self) {
        self.stale = true;
    }

    pub(super) const fn next(&self) -> Option<Millis> {
        self.next
    }

    pub(super) fn act(&mut self, store: &mut Store, leases: &Leases, residents: &Residents) {
        let due = self.next.is_some_and(|at| at <= store.now());
        if !std::mem::take(&mut self.stale) && !due {
            return;
        }
        self.next = None;
        self.mark(store, leases, residents);
        self.taint(store);
    }

    fn wake(&mut self, at: Millis) {
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
    }

    /// Marks the nodes that have been silent for too long.
    fn mark(&mut self, store: &mut Store, leases: &Leases, residents: &Residents) {
        let now = store.now();
        let nodes: Vec<Rc<Object>> = store.list(Kind::Node, None).cloned().collect();
        for node in nodes {
            if node.condition("Ready") == "False" {
                // Its own kubelet has said so.
                for (namespace, pod) in residents.of(node.name()) {
                    mark_pod(store, namespace, pod);
                }
            }
            let Some(last) = leases.silent_since(node.name()) else {
                continue;
            };
            let ready = node.condition("Ready");
            if ready == "Unknown" {
                continue;
            }
            let due = in_rhythm(self.begin, MONITOR, last + GRACE + 1);
            if due > now {
                self.wake(due);
                continue;
            }
            let posted = leases.posted(node.name(), now).unwrap_or(last);
            store.edit(Kind::Node, "", node.name(), |node| {
                forget_conditions(node, posted, now);
            });
            if ready == "True" {
                let message = format!("Node {} status is now: NodeNotReady", node.name());
                tell(store, &node, "NodeNotReady", &message);
                for (namespace, pod) in residents.of(node.name()) {
                    mark_pod(store, namespace, pod);
                }
            }
        }
    }

    /// Brings the taints up to date. Those that keep pods from coming are set at once; those that drive pods away one by
    /// one in each zone, and not at all where no node is left.
    fn taint(&mut self, store: &mut Store) {
        let now = store.now();
        let nodes: Vec<Rc<Object>> = store.list(Kind::Node, None).cloned().collect();
        let zones = Zones::of(&nodes);
        for node in nodes {
            let wanted = match node.condition("Ready") {
                "Unknown" => Some(UNREACHABLE),
                "False" => Some(NOT_READY),
                _ => None,
            };
            let taints = node.list("/spec/taints");
            let driven = |t: &Value| is_ours(t) && t.text("/effect") == "NoExecute";
            let drive = wanted.filter(|_| !zones.all_lost()).filter(|_| {
                let zone = zone(&node);
                taints.iter().any(driven) || self.may_taint(&zones, zone, now)
            });
            let cordon = node.flag("/spec/unschedulable").then_some(UNSCHEDULABLE);
            let stays = |t: &&Value| {
                let key = t.text("/key");
                match t.text("/effect") {
                    "NoSchedule" if key == UNSCHEDULABLE => cordon.is_some(),
                    "NoSchedule" => !is_ours(t) || wanted == Some(key),
                    _ => !is_ours(t) || drive == Some(key),
                }
            };
            let mut after: Vec<Value> = taints.iter().filter(stays).cloned().collect();
            let all = [
                (wanted, "NoSchedule"),
                (cordon, "NoSchedule"),
                (drive, "NoExecute"),
            ];
            for (wanted, effect) in all {
                let there = |key: &str| {
                    let same = |t: &Value| t.text("/key") == key && t.text("/effect") == effect;
                    after.iter().any(same)
                };
                if let Some(key) = wanted.filter(|key| !there(key)) {
                    let taint = json!({"key": key, "effect": effect, "timeAdded": rfc3339(now)});
                    after.push(taint);
                }
            }
            if after != taints {
                store.edit(Kind::Node, "", node.name(), |node| {
                    if after.is_empty() {
                        node.take_away("/spec/taints");
                    } else {
                        node.put("/spec/taints", Value::Array(after));
                    }
                });
            }
        }
    }

    /// Whether one more node of the zone may lose its pods now.
    fn may_taint(&mut self, zones: &Zones, zone: String, now: Millis) -> bool {
        let Some(pace) = zones.pace(&zone) else {
            return false;
        };
        match self.tainted.get(&zone).map(|last| last + pace) {
            Some(at) if at > now => {
                self.wake(at);
                false
            }
            _ => {
                self.tainted.insert(zone, now);
                true
            }
        }
    }
}

/// Whether the taint is one of those that say how a node is.
fn is_ours(taint: &Value) -> bool {
    matches!(taint.text("/key"), NOT_READY | UNREACHABLE)
}

/// What was known of a node is not known any more.
fn forget_conditions(node: &mut Object, posted: Millis, now: Millis) {
    let conditions = node.list("/status/conditions").iter();
    let unknown = conditions.map(|condition| {
        json!({
            "type": condition.text("/type"),
            "status": "Unknown",
            "reason": "NodeStatusUnknown",
            "message": "Kubelet stopped posting node status.",
            "lastHeartbeatTime": rfc3339(posted),
            "lastTransitionTime": rfc3339(now),
        })
    });
    let unknown = unknown.collect();
    node.put("/status/conditions", Value::Array(unknown));
}

/// A pod on a node that is not ready is not ready either. What its containers last said stays.
fn mark_pod(store: &mut Store, namespace: &str, name: &str) {
    let Some(pod) = store.get(Kind::Pod, namespace, name).cloned() else {
        return;
    };
    if pod.condition("Ready") != "True" {
        return;
    }
    let now = store.now();
    store.edit(Kind::Pod, namespace, name, |pod| {
        let condition = Condition {
            kind: "Ready",
            holds: false,
            reason: "",
            message: "",
            generation: None,
        };
        set_condition(pod, condition, now);
    });
    let (kind, reason, message) = (Kind::Pod, "NodeNotReady", "Node is not ready");
    record(store, SOURCE, &pod, kind, false, reason, message);
}

/// Tells something about a node.
pub(super) fn tell(store: &mut Store, node: &Object, reason: &str, message: &str) {
    record(store, SOURCE, node, Kind::Node, true, reason, message);
}
