//! A node's object, as its kubelet registers it and keeps it up to date.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use statefulset::{Millis, Version};

use crate::components::recorder::record;
use crate::store::Store;
use crate::values::condition::{Condition, set_condition};
use crate::values::instant::rfc3339;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Type, status, reason and message of what a healthy node says of itself.
const HEALTHY: [(&str, &str, &str, &str); 4] = [
    (
        "MemoryPressure",
        "False",
        "KubeletHasSufficientMemory",
        "kubelet has sufficient memory available",
    ),
    (
        "DiskPressure",
        "False",
        "KubeletHasNoDiskPressure",
        "kubelet has no disk pressure",
    ),
    (
        "PIDPressure",
        "False",
        "KubeletHasSufficientPID",
        "kubelet has sufficient PID available",
    ),
    (
        "Ready",
        "True",
        "KubeletReady",
        "kubelet is posting ready status",
    ),
];

/// Makes the node's object where it is missing. A name that the API server would refuse makes none: the list of nodes
/// is the caller's word.
pub(crate) fn register(store: &mut Store, name: &str, addresses: &mut Addresses) {
    if store.get(Kind::Node, "", name).is_none() {
        let node = json!({
            "metadata": {
                "name": name,
                "labels": {
                    "kubernetes.io/arch": "amd64",
                    "kubernetes.io/hostname": name,
                    "kubernetes.io/os": "linux",
                },
            },
            "spec": {},
        });
        let _refused = store.create(Kind::Node, "", node);
    }
    report(store, name, addresses);
}

/// Says that the node is well.
pub(super) fn report(store: &mut Store, name: &str, addresses: &mut Addresses) {
    let Some(node) = store.get(Kind::Node, "", name).cloned() else {
        return;
    };
    if node.condition("Ready") == "True" {
        return;
    }
    let has_address = !node.list("/status/addresses").is_empty();
    let address = (!has_address).then(|| addresses.next(store));
    let (now, version) = (store.now(), store.kubernetes);
    store.edit(Kind::Node, "", name, |node| {
        if let Some(address) = address {
            let addresses = json!([
                {"type": "InternalIP", "address": address},
                {"type": "Hostname", "address": name},
            ]);
            node.put("/status/addresses", addresses);
        }
        let room =
            json!({"cpu": "8", "ephemeral-storage": "100Gi", "memory": "32Gi", "pods": "110"});
        for field in ["/status/allocatable", "/status/capacity"] {
            if node.pointer(field).is_none() {
                node.put(field, room.clone());
            }
        }
        node.put("/status/conditions", conditions(node, now));
        node.put("/status/nodeInfo", software(version));
    });
    if !node.condition("Ready").is_empty() {
        let message = format!("Node {name} status is now: NodeReady");
        record(
            store,
            "kubelet",
            &node,
            Kind::Node,
            true,
            "NodeReady",
            &message,
        );
    }
}

/// Says that nothing can be started or ended on the node.
pub(super) fn report_idle(store: &mut Store, name: &str) {
    let Some(node) = store.get(Kind::Node, "", name).cloned() else {
        return;
    };
    let now = store.now();
    store.edit(Kind::Node, "", name, |node| {
        let condition = Condition {
            kind: "Ready",
            holds: false,
            reason: "KubeletNotReady",
            message: "container runtime is down",
            generation: None,
        };
        set_condition(node, condition, now);
    });
    let message = format!("Node {name} status is now: NodeNotReady");
    let reason = "NodeNotReady";
    record(store, "kubelet", &node, Kind::Node, true, reason, &message);
}

/// A condition keeps its transition time unless its truth changes.
fn conditions(node: &Value, now: Millis) -> Value {
    let now = rfc3339(now);
    let old = node.list("/status/conditions");
    let conditions = HEALTHY.iter().map(|(kind, status, reason, message)| {
        let same = |c: &&Value| c.text("/type") == *kind && c.text("/status") == *status;
        let since = old.iter().find(same);
        let since = since.map_or(now.as_str(), |c| c.text("/lastTransitionTime"));
        json!({
            "type": kind, "status": status, "reason": reason, "message": message,
            "lastHeartbeatTime": now, "lastTransitionTime": since,
        })
    });
    conditions.collect()
}

/// Addresses that no node has, the lowest first. Nodes that register together share them, so that the cluster's other nodes
/// are asked once.
#[derive(Default)]
pub(crate) struct Addresses {
    /// Those that nodes had when the first one was asked for.
    taken: Option<BTreeSet<String>>,
    /// All lower ones are taken.
    next: u32,
}

impl Addresses {
    fn next(&mut self, store: &Store) -> String {
        let taken = self.taken.get_or_insert_with(|| {
            let nodes = store.list(Kind::Node, None);
            nodes
                .map(|node| internal_address(node).to_owned())
                .collect()
        });
        while self.next < 62_500 {
            let address = format!("192.168.{}.{}", self.next / 250, self.next % 250 + 1);
            self.next += 1;
            if !taken.contains(&address) {
                return address;
            }
        }
        String::new()
    }
}

/// A node's address inside the cluster.
pub(super) fn internal_address(node: &Value) -> &str {
    let addresses = node.list("/status/addresses").iter();
    let mut internal = addresses.filter(|a| a.text("/type") == "InternalIP");
    internal.next().map_or("", |a| a.text("/address"))
}

fn software(version: Version) -> Value {
    json!({
        "architecture": "amd64", "bootID": "", "containerRuntimeVersion": "simulate", "kernelVersion": "",
        "kubeProxyVersion": "", "kubeletVersion": release(version), "machineID": "", "operatingSystem": "linux",
        "osImage": "", "systemUUID": "",
    })
}

/// The first release of Kubernetes that decides as this version does, as a kubelet reports it.
fn release(version: Version) -> String {
    let name = version.name();
    let patches = (0..100).map(|patch| format!("{name}.{patch}"));
    let mut releases = [name.to_owned()].into_iter().chain(patches);
    let decides =
        |release: &String| release.matches('.').count() == 2 && release.parse() == Ok(version);
    releases
        .find(decides)
        .map_or_else(|| format!("v{name}"), |release| format!("v{release}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_of_its_version() {
        assert_eq!(release(Version::V1_37), "v1.37.0");
        assert_eq!(release(Version::V1_34_0), "v1.34.0");
        assert_eq!(release(Version::V1_34), "v1.34.2");
        for version in Version::ALL {
            assert_eq!(release(version).parse(), Ok(version));
        }
    }
}
