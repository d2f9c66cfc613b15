//! Volumes that say in which zone or region they are, by their labels.

use std::rc::Rc;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::object::Object;

const ZONE: &str = "topology.kubernetes.io/zone";
const REGION: &str = "topology.kubernetes.io/region";

/// Each label, and the one that took its place.
const LABELS: [(&str, &str); 4] = [
    ("failure-domain.beta.kubernetes.io/zone", ZONE),
    ("failure-domain.beta.kubernetes.io/region", REGION),
    (ZONE, ZONE),
    (REGION, REGION),
];

struct InReach<'a> {
    volumes: &'a [Rc<Object>],
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    let volumes = &candidate.claims.volumes;
    Box::new(InReach { volumes })
}

/// A label's values: a volume may be in several zones.
fn values(label: &str) -> impl Iterator<Item = &str> {
    label.split("__").map(str::trim)
}

impl Filter for InReach<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        // A node that says nothing is taken for one of a cluster with a single zone.
        LABELS.iter().find_map(|(label, _)| room.label(label))?;
        let elsewhere = self.volumes.iter().any(|volume| {
            LABELS.iter().any(|(label, newer)| {
                let asked = volume
                    .pointer("/metadata/labels")
                    .and_then(|it| it.get(label));
                let asked = asked.and_then(|it| it.as_str());
                let here = room.label(label).or_else(|| room.label(newer));
                // A label with an empty value among its values is not understood.
                asked
                    .filter(|asked| values(asked).all(|it| !it.is_empty()))
                    .is_some_and(|asked| {
                        !here.is_some_and(|here| values(asked).any(|it| it == here))
                    })
            })
        });
        elsewhere.then(|| Refusal::of_node("node(s) had no available volume zone"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refuses(volume: &str, node: &serde_json::Value) -> bool {
        let volumes = [Rc::new(json!({"metadata": {"labels": {ZONE: volume}}}))];
        let mut room = Room::default();
        room.node = Rc::new(json!({"metadata": {"name": "n", "labels": node}}));
        InReach { volumes: &volumes }.refusal(&room).is_some()
    }

    #[test]
    fn a_volume_may_be_in_one_zone_or_in_several() {
        assert!(!refuses("a", &json!({ZONE: "a"})));
        assert!(refuses("a", &json!({ZONE: "b"})));
        assert!(!refuses("a__b", &json!({ZONE: "b"})));
        assert!(refuses("a", &json!({REGION: "r"})));
        assert!(!refuses("a", &json!({})));
        assert!(!refuses("a__", &json!({ZONE: "b"})));
    }
}
