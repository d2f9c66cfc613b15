//! How fast the nodes of a zone may lose their pods: slowly at best, and not at all where so many are lost at once that
//! the observer is more likely to be cut off than they are.

use std::collections::BTreeMap;
use std::rc::Rc;

use statefulset::Millis;

use crate::values::object::{Fields, Object};

/// One node in so much time.
const PACE: Millis = 10_000;
/// The same, in a large zone in trouble.
const CAREFUL_PACE: Millis = 100_000;
/// A zone with more nodes is large.
const LARGE: usize = 50;

/// The zones at this moment.
#[derive(Debug, Default)]
pub(super) struct Zones {
    by_name: BTreeMap<String, Count>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    ready: usize,
    lost: usize,
}

impl Zones {
    pub(super) fn of<'a>(nodes: impl IntoIterator<Item = &'a Rc<Object>>) -> Self {
        let mut zones = Self::default();
        for node in nodes {
            let count = zones.by_name.entry(zone(node)).or_default();
            if node.condition("Ready") == "True" {
                count.ready += 1;
            } else {
                count.lost += 1;
            }
        }
        zones
    }

    /// Whether no node at all is ready.
    pub(super) fn all_lost(&self) -> bool {
        self.by_name.values().all(|zone| zone.ready == 0)
    }

    /// How much time has to pass from one lost node of the zone to the next; nothing where none may be touched.
    pub(super) fn pace(&self, zone: &str) -> Option<Millis> {
        let Count { ready, lost } = self.by_name.get(zone).copied().unwrap_or_default();
        let all = ready + lost;
        // A whole zone can be lost; most of one hardly.
        let in_trouble = ready > 0 && lost > 2 && lost * 100 >= all * 55;
        match in_trouble {
            false => Some(PACE),
            true if all > LARGE => Some(CAREFUL_PACE),
            true => None,
        }
    }
}

/// The zone of a node, with its region.
pub(super) fn zone(node: &Object) -> String {
    let label = |name| node.text(&format!("/metadata/labels/topology.kubernetes.io~1{name}"));
    format!("{}/{}", label("region"), label("zone"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn zones(ready: usize, lost: usize) -> Zones {
        let node = |status: &str| {
            Rc::new(json!({"status": {"conditions": [{"type": "Ready", "status": status}]}}))
        };
        let nodes = std::iter::repeat_n(node("True"), ready);
        let nodes: Vec<_> = nodes
            .chain(std::iter::repeat_n(node("Unknown"), lost))
            .collect();
        Zones::of(&nodes)
    }

    #[test]
    fn a_zone_in_trouble_is_left_alone() {
        assert_eq!(zones(1, 2).pace("/"), Some(PACE));
        assert_eq!(zones(2, 3).pace("/"), None);
        assert_eq!(zones(3, 3).pace("/"), Some(PACE));
        assert_eq!(zones(20, 40).pace("/"), Some(CAREFUL_PACE));
        assert_eq!(zones(0, 3).pace("/"), Some(PACE));
        assert!(zones(0, 3).all_lost() && !zones(1, 3).all_lost());
    }

    #[test]
    fn zones_have_names_of_their_own() {
        let node = json!({"metadata": {"labels": {"topology.kubernetes.io/zone": "a"}}});
        assert_eq!(zone(&node), "/a");
    }
}
