//! Eviction by taints: a pod that does not tolerate a `NoExecute` taint of its node for longer has to go.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use statefulset::Millis;

use super::Name;
use super::residents::Residents;
use crate::components::recorder::record;
use crate::components::timers::{Timers, Urgency};
use crate::store::{DeleteOptions, Store};
use crate::values::condition::{Condition, set_condition};
use crate::values::generation::observed;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::taint::toleration;

const SOURCE: &str = "taint-eviction-controller";

/// Pods whose time on their node is running out.
#[derive(Debug, Default)]
pub(super) struct TaintEviction {
    nodes: BTreeSet<String>,
    pods: BTreeSet<Name>,
    timers: Timers<Name>,
    /// By pod with a timer: its uid.
    meant: BTreeMap<Name, String>,
}

/// How long a pod bears the taints of its node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Patience {
    Endless,
    For(Millis),
    None,
}

impl TaintEviction {
    pub(super) fn node_changed(&mut self, node: &str) {
        self.nodes.insert(node.to_owned());
    }

    pub(super) fn pod_changed(&mut self, pod: &Name) {
        self.pods.insert(pod.clone());
    }

    pub(super) fn next(&self) -> Option<Millis> {
        self.timers.next()
    }

    /// `ours` says which pods are the cluster's to evict.
    pub(super) fn act(
        &mut self,
        store: &mut Store,
        residents: &Residents,
        ours: impl Fn(&Object) -> bool,
    ) {
        for node in std::mem::take(&mut self.nodes) {
            self.pods.extend(residents.of(&node).cloned());
        }
        while let Some(name) = self.timers.pop_due(store.now()) {
            let meant = self.meant.remove(&name);
            let pod = store.get(Kind::Pod, &name.0, &name.1);
            if pod.is_some_and(|pod| Some(pod.uid()) == meant.as_deref()) {
                evict(store, &name);
            }
        }
        for name in std::mem::take(&mut self.pods) {
            self.look_at(store, &name, &ours);
        }
    }

    fn look_at(&mut self, store: &mut Store, name: &Name, ours: &impl Fn(&Object) -> bool) {
        let pod = store.get(Kind::Pod, &name.0, &name.1).cloned();
        let pod = pod.filter(|pod| !pod.is_terminating() && ours(pod));
        let Some(pod) = pod else {
            self.timers.clear(name);
            self.meant.remove(name);
            return;
        };
        if self.meant.get(name).is_some_and(|uid| uid != pod.uid()) {
            self.timers.clear(name);
            self.meant.remove(name);
        }
        let node = store.get(Kind::Node, "", pod.text("/spec/nodeName"));
        match node.map_or(Patience::Endless, |node| patience(&pod, node)) {
            Patience::Endless => {
                if self.meant.remove(name).is_some() {
                    self.timers.clear(name);
                    tell(store, &pod, "Cancelling deletion of Pod");
                }
            }
            Patience::None => {
                self.timers.clear(name);
                self.meant.remove(name);
                evict(store, name);
            }
            // A clock that runs is not set anew.
            Patience::For(time) => {
                if !self.meant.contains_key(name) {
                    self.meant.insert(name.clone(), pod.uid().to_owned());
                    self.timers.set(name, store.now() + time, Urgency::Busy);
                }
            }
        }
    }
}

fn patience(pod: &Object, node: &Object) -> Patience {
    let drives = |t: &&Value| t.text("/effect") == "NoExecute";
    let mut taints = node.list("/spec/taints").iter().filter(drives);
    let least = taints.try_fold(None, |least: Option<i64>, taint| {
        let seconds = toleration(pod, taint)?.int("/tolerationSeconds");
        Some(match (least, seconds) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        })
    });
    match least {
        None => Patience::None,
        Some(None) => Patience::Endless,
        Some(Some(seconds)) if seconds <= 0 => Patience::None,
        Some(Some(seconds)) => Patience::For(seconds.saturating_mul(1000)),
    }
}

fn evict(store: &mut Store, (namespace, name): &Name) {
    let Some(pod) = store.get(Kind::Pod, namespace, name).cloned() else {
        return;
    };
    tell(store, &pod, "Marking for deletion Pod");
    let now = store.now();
    let generation = observed(&pod, store.kubernetes);
    store.edit(Kind::Pod, namespace, name, |pod| {
        let condition = Condition {
            kind: "DisruptionTarget",
            holds: true,
            reason: "DeletionByTaintManager",
            message: "Taint manager: deleting due to NoExecute taint",
            generation,
        };
        set_condition(pod, condition, now);
    });
    // Gone already is as good.
    let _ = store.delete(Kind::Pod, namespace, name, &DeleteOptions::default());
}

fn tell(store: &mut Store, pod: &Object, what: &str) {
    let message = format!("{what} {}/{}", pod.namespace(), pod.name());
    let reason = "TaintManagerEviction";
    record(store, SOURCE, pod, Kind::Pod, true, reason, &message);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn patience_is_the_least_of_all() {
        let node = |taints: &[&str]| {
            let taints = taints
                .iter()
                .map(|key| json!({"key": key, "effect": "NoExecute"}));
            json!({"spec": {"taints": taints.collect::<Vec<_>>()}})
        };
        let pod = json!({"spec": {"tolerations": [
            {"key": "a", "operator": "Exists", "tolerationSeconds": 300},
            {"key": "b", "operator": "Exists", "tolerationSeconds": 10},
            {"key": "c", "operator": "Exists"},
            {"key": "d", "operator": "Exists", "tolerationSeconds": -1},
        ]}});
        let of = |taints: &[&str]| patience(&pod, &node(taints));
        assert_eq!(of(&[]), Patience::Endless);
        assert_eq!(of(&["c"]), Patience::Endless);
        assert_eq!(of(&["a", "c"]), Patience::For(300_000));
        assert_eq!(of(&["a", "b", "c"]), Patience::For(10_000));
        assert_eq!(of(&["a", "d"]), Patience::None);
        assert_eq!(of(&["a", "e"]), Patience::None);
    }
}
