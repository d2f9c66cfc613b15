//! A node, and a disruption budget, as observed.

use statefulset::NodeState;

use crate::field::{Int, ZERO};
use crate::moment::{Moment, When};
use crate::value::value_class;
use crate::word::Word;

value_class! {
    /// One node. It counts as gone only if its state says so. A node that is missing from the list does not.
    Node in "nodes" {
        /// Its state. "unreachable": its processes may still run. "fenced": somebody has confirmed that they do not.
        /// "gone": the operator removed the node.
        state: &str = "ready" => Word<NodeState>,
        /// Whether no new pod is placed there.
        cordoned: bool = false => bool,
        /// Whether its pods are to be moved elsewhere.
        draining: bool = false => bool,
        /// Since when it is in its state; None if that is not known.
        since: Option<When> = None => Option<Moment>,
    }
}

impl Node {
    pub(crate) fn fact(&self) -> statefulset::Node {
        statefulset::Node {
            state: self.state.0,
            cordoned: self.cordoned,
            draining: self.draining,
            since: self.since.map(|moment| moment.0),
        }
    }
}

value_class! {
    /// One disruption budget. Other pods may share it, so the eviction has to check it again, as the eviction API does.
    Budget in "budgets" {
        /// How many more pods may be disrupted now.
        allowed: Int => u32,
        /// How many pods are healthy.
        healthy: Int = ZERO => u32,
        /// How many must stay healthy.
        desired_healthy: Int = ZERO => u32,
        /// Whether a pod that is not ready may always be evicted (`unhealthyPodEvictionPolicy: AlwaysAllow`).
        unhealthy_always: bool = false => bool,
    }
}

impl Budget {
    pub(crate) const fn fact(&self) -> statefulset::Budget {
        statefulset::Budget {
            allowed: self.allowed,
            healthy: self.healthy,
            desired_healthy: self.desired_healthy,
            unhealthy_always: self.unhealthy_always,
        }
    }
}
