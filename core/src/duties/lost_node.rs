//! Pods of lost nodes are replaced, but never while one of them may still run (rules L-1 to L-5).

use crate::action::{Do, Reason};
use crate::node::{Node, NodeState};
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::pod::Pod;
use crate::time::Millis;
use crate::wait::{Gate, Gates};

/// Asks the pods of unreachable nodes to go, and removes those that certainly do not run any more.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.desired.profile.lost_nodes.is_none() || facts.calm {
        return Flow::Continue(());
    }
    for (index, pod) in facts.roster.all().rev() {
        let Some((number, node)) = facts.node_of(pod) else {
            continue;
        };
        let what = match verdict(facts, pod, node) {
            Verdict::Remove => Do::ForceDeletePod {
                pod: index,
                node: Some(number),
            },
            Verdict::Ask => Do::DeletePod { pod: index },
            Verdict::Wait { .. } | Verdict::Fine => continue,
        };
        draft.open(Part::Duties, 0);
        draft.push(pod.ordinal, step::POD, Reason::NodeGone, what)?;
        draft.asked_to_go.push(index);
    }
    Flow::Continue(())
}

/// Why a pod's node keeps it from being replaced, and until when; nothing where the node is not in the way.
pub(crate) fn obstacle(facts: &Facts, pod: &Pod) -> Option<(Gates, Option<Millis>)> {
    match verdict(facts, pod, facts.node_of(pod)?.1) {
        Verdict::Wait { gates, until } => Some((gates, until)),
        Verdict::Remove | Verdict::Ask | Verdict::Fine => None,
    }
}

/// Whether something is to be done about the pod because of its node.
pub(crate) fn is_due(facts: &Facts, pod: &Pod) -> bool {
    let node = facts.node_of(pod);
    facts.desired.profile.lost_nodes.is_some()
        && node.is_some_and(|(_, node)| {
            matches!(verdict(facts, pod, node), Verdict::Ask | Verdict::Remove)
        })
}

/// The first moment at which a pod is asked to go because its node has been silent for long enough.
pub(crate) fn wake(facts: &Facts) -> Option<Millis> {
    let until = |(_, pod): (u32, &Pod)| obstacle(facts, pod)?.1;
    facts.desired.profile.lost_nodes?;
    facts.observed.nodes?;
    if facts.calm {
        return None;
    }
    facts.roster.all().filter_map(until).min()
}

enum Verdict {
    /// The node is not in the way.
    Fine,
    /// The pod may still run: it is only asked to go.
    Ask,
    /// The pod does not run any more, and its object may go.
    Remove,
    /// Something must be known, or done by somebody, or time must pass.
    Wait { gates: Gates, until: Option<Millis> },
}

fn verdict(facts: &Facts, pod: &Pod, node: &Node) -> Verdict {
    let unreachable = Gates::of(Gate::NodeUnreachable);
    let Some(knob) = facts.desired.profile.lost_nodes else {
        // Somebody else replaces it; what is known is said all the same.
        let stuck = pod.is_terminating()
            && node.state != NodeState::Ready
            && node.state != NodeState::NotReady;
        return if stuck {
            Verdict::Wait {
                gates: unreachable,
                until: None,
            }
        } else {
            Verdict::Fine
        };
    };
    match node.state {
        NodeState::Ready | NodeState::NotReady => Verdict::Fine,
        NodeState::Gone if knob.require_fence => Verdict::Wait {
            gates: Gates::of(Gate::NodeNotFenced),
            until: None,
        },
        NodeState::Gone | NodeState::Fenced => Verdict::Remove,
        NodeState::Unreachable if pod.is_terminating() => Verdict::Wait {
            gates: unreachable.with(Gate::NodeNotFenced),
            until: None,
        },
        NodeState::Unreachable if !some_node_is_ready(facts) => {
            // More likely it is the observer that is cut off.
            Verdict::Wait {
                gates: unreachable.with(Gate::NoNodeReady),
                until: None,
            }
        }
        NodeState::Unreachable => match node
            .since
            .map(|since| since.saturating_add(knob.unreachable_after))
        {
            Some(due) if due <= facts.now => Verdict::Ask,
            until => Verdict::Wait {
                gates: unreachable,
                until,
            },
        },
    }
}

fn some_node_is_ready(facts: &Facts) -> bool {
    facts
        .observed
        .nodes
        .unwrap_or_default()
        .iter()
        .any(|node| node.state == NodeState::Ready)
}
