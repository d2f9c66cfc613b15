//! Ports of the node itself: one pod at a time can have each.

use serde_json::Value;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::object::{Fields, Object};

/// A port of a node, at one of its addresses or at all.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct HostPort {
    number: i64,
    protocol: String,
    address: String,
}

const EVERYWHERE: &str = "0.0.0.0";

impl HostPort {
    fn of(port: &Value) -> Option<Self> {
        let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
        Some(Self {
            number: port.int("/hostPort").filter(|&number| number > 0)?,
            protocol: or(port.text("/protocol"), "TCP"),
            address: or(port.text("/hostIP"), EVERYWHERE),
        })
    }

    fn conflicts(&self, other: &Self) -> bool {
        (self.number, &self.protocol) == (other.number, &other.protocol)
            && (self.address == other.address
                || self.address == EVERYWHERE
                || other.address == EVERYWHERE)
    }
}

/// The ports that a pod has for as long as it runs: those of its containers and sidecars.
pub(super) fn of(pod: &Object) -> Vec<HostPort> {
    let sidecars = pod.list("/spec/initContainers").iter();
    let sidecars = sidecars.filter(|it| it.text("/restartPolicy") == "Always");
    sidecars
        .chain(pod.list("/spec/containers"))
        .flat_map(|container| container.list("/ports"))
        .filter_map(HostPort::of)
        .collect()
}

struct Free(Vec<HostPort>);

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    Box::new(Free(of(candidate.pod)))
}

impl Filter for Free {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let taken = |wanted: &HostPort| room.ports().any(|port| wanted.conflicts(port));
        self.0.iter().any(taken).then(|| {
            Refusal::for_others("node(s) didn't have free ports for the requested pod ports")
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_takes_a_port_from_all_and_all_from_each() {
        let port = |port: Value| HostPort::of(&port).expect("a port of the host");
        let all = port(json!({"hostPort": 80}));
        let one = port(json!({"hostPort": 80, "hostIP": "10.0.0.1", "protocol": "TCP"}));
        let other = port(json!({"hostPort": 80, "hostIP": "10.0.0.2"}));
        let udp = port(json!({"hostPort": 80, "protocol": "UDP"}));
        assert!(all.conflicts(&one) && one.conflicts(&all) && all.conflicts(&all));
        assert!(!one.conflicts(&other) && !udp.conflicts(&all));
        assert_eq!(HostPort::of(&json!({"containerPort": 80})), None);
    }

    #[test]
    fn sidecars_keep_their_ports_and_init_containers_do_not() {
        let ports = json!([{"containerPort": 1, "hostPort": 1}]);
        let pod = |policy: &str| json!({"spec": {"initContainers": [{"restartPolicy": policy, "ports": ports}]}});
        assert_eq!(of(&pod("Always")).len(), 1);
        assert_eq!(of(&pod("")).len(), 0);
    }
}
