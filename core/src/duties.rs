//! What the `standalone` profile adds to Kubernetes' own decisions: the work that the cluster's other controllers would do.

pub mod binding;
pub(crate) mod drain;
pub(crate) mod give_up;
pub(crate) mod lost_node;
pub(crate) mod shutdown;

use crate::action::Reason;
use crate::desired::Desired;
use crate::node::{Node, NodeState};
use crate::observed::Observed;
use crate::plan::census::ClaimCensus;
use crate::plan::draft::{Draft, Flow};
use crate::plan::facts::Facts;
use crate::pod::Pod;
use crate::policies::Paused;
use crate::profile::{GiveUp, Profile, Shutdown};
use crate::time::Millis;
use crate::wait::{Gate, Gates, On};

/// Everything but the shutdown of a deleted set. Comes first in a pass: what it disturbs, the rest takes into account.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    binding::process(facts, draft)?;
    give_up::process(facts, draft)?;
    lost_node::process(facts, draft)?;
    drain::process(facts, draft)?;
    shutdown::hold(facts, draft)
}

/// Whether no node asks for anything to be done about its pods. Where that is nobody's duty here, none is looked at.
pub(crate) fn are_nodes_calm(desired: &Desired, observed: &Observed) -> bool {
    let Profile {
        drain_nodes,
        lost_nodes,
        ..
    } = desired.profile;
    let is_calm = |node: &Node| {
        !node.draining && matches!(node.state, NodeState::Ready | NodeState::NotReady)
    };
    !drain_nodes && lost_nodes.is_none() || observed.nodes.unwrap_or_default().iter().all(is_calm)
}

/// Whether no duty has anything to do where pods and nodes are as they should be.
pub(crate) fn are_idle(desired: &Desired, claims: &ClaimCensus) -> bool {
    let profile = &desired.profile;
    (desired.finalizer_held || profile.shutdown == Shutdown::Background)
        && !(claims.pending && profile.bind_claims)
        && !(claims.spare && profile.give_up == GiveUp::Delete)
}

/// Why a pod cannot stay where it is, and what keeps it from leaving.
pub(crate) struct Trouble {
    pub(crate) reason: Reason,
    pub(crate) gates: Gates,
    pub(crate) on: On,
    pub(crate) until: Option<Millis>,
}

/// The trouble that a pod has with its node, if any.
pub(crate) fn trouble(facts: &Facts, pod: &Pod) -> Option<Trouble> {
    if facts.calm && !pod.is_terminating() {
        return None;
    }
    let paused = |reason| Trouble {
        reason,
        gates: Gates::of(Gate::Paused),
        on: On::Nothing,
        until: None,
    };
    if facts.pauses(Paused::ALL) {
        if lost_node::is_due(facts, pod) {
            return Some(paused(Reason::NodeGone));
        }
        if drain::must_move(facts, pod) {
            return Some(paused(Reason::Drain));
        }
    }
    if let Some((gates, until)) = lost_node::obstacle(facts, pod) {
        let on = On::Node(pod.node?);
        return Some(Trouble {
            reason: Reason::NodeGone,
            gates,
            on,
            until,
        });
    }
    drain::must_move(facts, pod).then(|| {
        let (gate, on) = drain::obstacle(facts, pod);
        Trouble {
            reason: Reason::Drain,
            gates: Gates::of(gate),
            on,
            until: None,
        }
    })
}
