//! What pods ask of a node, added up.

use statefulset::kubernetes::quantity;

use crate::values::demand;
use crate::values::object::Object;

/// The columns of a node's pods: requests or limits, and of what.
pub(super) const COLUMNS: [(&str, &str); 4] = [
    ("requests", "cpu"),
    ("limits", "cpu"),
    ("requests", "memory"),
    ("limits", "memory"),
];

/// An amount, in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Sum(u64);

impl Sum {
    /// What a pod asks for.
    pub(super) fn of(pod: &Object, of: &str, resource: &str) -> Self {
        Self(demand::of(pod, of).get(resource).copied().unwrap_or(0))
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `100m (1%)`, as a part of what the node has to give.
    pub(super) fn shown(self, node: &Object, resource: &str) -> String {
        let all = demand::amounts(node.pointer("/status/allocatable"));
        let all = all.get(resource).copied().unwrap_or(0);
        let percent = (u128::from(self.0) * 100)
            .checked_div(u128::from(all))
            .unwrap_or(0);
        let whole = self.0 / 1000;
        let text = match resource {
            "memory" if whole > 0 && whole.is_multiple_of(1024) => format!("{}Ki", whole / 1024),
            _ => format!("{}m", self.0),
        };
        let text = quantity::canonical(&text).unwrap_or(text);
        format!("{text} ({percent}%)")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Sum;

    #[test]
    fn amounts_are_added_and_compared_with_the_node() {
        let node = json!({"status": {"allocatable": {"cpu": "8", "memory": "32Gi"}}});
        let pod = json!({"spec": {
            "containers": [
                {"resources": {"requests": {"cpu": "250m", "memory": "1Gi"}}},
                {"resources": {"requests": {"cpu": 1, "memory": "512Mi"}}},
                {},
            ],
            "initContainers": [{"resources": {"requests": {"cpu": "2"}}}],
        }});
        let cpu = Sum::of(&pod, "requests", "cpu");
        assert_eq!(cpu.shown(&node, "cpu"), "2 (25%)");
        assert_eq!(cpu.plus(Sum(500)).shown(&node, "cpu"), "2500m (31%)");
        let memory = Sum::of(&pod, "requests", "memory");
        assert_eq!(memory.shown(&node, "memory"), "1536Mi (4%)");
        assert_eq!(Sum::of(&pod, "limits", "cpu").shown(&node, "cpu"), "0 (0%)");
    }
}
