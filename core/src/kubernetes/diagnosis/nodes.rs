//! Nodes: silent ones, closed ones, and those that a volume can be reached from.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::case::Case;
use super::cause::{Cause, ObjectName, Weight};
use super::claims::some;
use super::cure::Cure;
use super::name::CauseName;
use crate::desired::Ordinal;
use crate::duties::drain;
use crate::explain::{Length, Names};
use crate::kubernetes::object::fields::NodeSelector;
use crate::kubernetes::view::reach;
use crate::node::{Node, NodeState};
use crate::pod::Pod;
use crate::wait::Gate;

/// A node that a pod might run on.
pub(super) struct Near<'a> {
    pub(super) name: &'a str,
    node: Node,
}

impl Near<'_> {
    /// Whether it takes pods.
    pub(super) fn is_open(&self) -> bool {
        self.closed().is_none()
    }

    /// Why it takes no pods.
    fn closed(&self) -> Option<&'static str> {
        match self.node.state {
            NodeState::Ready => self.node.cordoned.then_some("cordoned"),
            NodeState::NotReady => Some("not ready"),
            NodeState::Fenced => Some("out of service"),
            _ => Some("not reporting"),
        }
    }
}

/// All nodes, by name.
pub(super) fn all<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (u32, Near<'a>)> {
    let nodes = case.turn.objects.nodes.list();
    (0u32..).zip(nodes).filter_map(|(place, node)| {
        let (name, _) = case.turn.snapshot.node(place)?;
        Some((place, Near { name, node: *node }))
    })
}

/// The nodes that a volume with this affinity can be reached from.
pub(super) fn within<'a>(case: &'a Case<'_>, reach: &NodeSelector) -> Vec<Near<'a>> {
    let near = all(case).filter(|(place, near)| {
        let facts = case.turn.snapshot.node(*place);
        near.node.state != NodeState::Gone
            && facts.is_some_and(|(_, facts)| reach::admits(reach, facts.labels.of("")))
    });
    near.map(|(_, near)| near).collect()
}

/// Nodes, each with what closes it.
pub(super) fn told(nodes: &[Near<'_>]) -> String {
    let told: Vec<String> = nodes
        .iter()
        .map(|it| match it.closed() {
            Some(why) => format!("{} ({why})", it.name),
            None => it.name.to_string(),
        })
        .collect();
    some(&told)
}

/// What makes one of these nodes take pods again.
pub(super) fn opening(nodes: &[Near<'_>]) -> Vec<Cure> {
    let cordoned = nodes.iter().find(|it| it.closed() == Some("cordoned"));
    Vec::from([match cordoned {
        Some(it) => Cure::new(format!("let {} take pods again", it.name))
            .run(format!("kubectl uncordon {}", it.name)),
        None => Cure::new("bring one of these nodes back"),
    }])
}

/// The causes and the remarks about nodes that the set's pods are on.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (near, pods) in populated(case) {
        match near.node.state {
            NodeState::Unreachable => causes.push(silent(case, &near, &pods)),
            NodeState::Ready if near.node.cordoned || near.node.draining => {
                causes.push(cordoned(case, &near, &pods));
                causes.extend(blocked_drains(case, near.name, &pods));
            }
            _ => {}
        }
    }
    causes
}

/// The nodes that pods of the set are on, with these.
fn populated<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (Near<'a>, Vec<(&'a Pod, String)>)> {
    let roster = case.turn.snapshot.roster;
    all(case).filter_map(move |(place, near)| {
        let here: Vec<_> = (0..)
            .zip(roster.pods())
            .filter(|(_, pod)| pod.node == Some(place))
            .filter_map(|(i, pod)| Some((pod, case.turn.snapshot.pod(i)?.0.into_owned())))
            .collect();
        (!here.is_empty()).then_some((near, here))
    })
}

fn ordinals(pods: &[(&Pod, String)]) -> (Ordinal, Ordinal) {
    let all = || pods.iter().map(|(pod, _)| pod.ordinal);
    (all().min().unwrap_or(0), all().max().unwrap_or(0))
}

fn names(pods: &[(&Pod, String)]) -> String {
    let names: Vec<&str> = pods.iter().map(|(_, name)| &**name).collect();
    names.join(", ")
}

fn silent(case: &Case<'_>, near: &Near<'_>, pods: &[(&Pod, String)]) -> Cause {
    let name = near.name;
    let since = case.ago(near.node.since);
    let since = since.map_or(String::new(), |ago| format!(" (for {})", Length(ago)));
    let mut text = format!(
        "node {name} does not report{since}: {} may still run there, and a pod that may still run is not replaced, since \
         two pods of one identity could run then",
        names(pods)
    );
    let range = ordinals(pods);
    let cure = Cure::new("bring the node back");
    let object = ObjectName::new("Node", name);
    let nodes = case.turn.objects.nodes.list();
    let is_lonely = nodes.iter().all(|node| node.state != NodeState::Ready);
    if is_lonely {
        text.push_str(
            "; no node at all is ready, so perhaps only the connection to the nodes is lost",
        );
    }
    let cause = Cause::new(CauseName::UnreachableNode, range, object, text)
        .since(near.node.since)
        .seen("status.conditions[type=Ready].status", "Unknown")
        .cure(cure);
    if is_lonely {
        return cause;
    }
    let fence = format!(
        "kubectl taint node {name} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"
    );
    let warning = "only if it is certain that the node is off: else two pods of one identity may run, on one disk";
    let off = Cure::new("say that the node is off: its pods are replaced elsewhere");
    cause.cure(off.but(warning).run(fence))
}

fn cordoned(case: &Case<'_>, near: &Near<'_>, pods: &[(&Pod, String)]) -> Cause {
    let name = near.name;
    let text = format!(
        "node {name} is cordoned: {} {} there, and would have to start elsewhere once replaced",
        names(pods),
        if pods.len() == 1 { "stays" } else { "stay" }
    );
    let drained = case.turn.snapshot.desired().profile.drain_nodes && near.node.draining;
    let cause = Cause::new(
        CauseName::CordonedNode,
        ordinals(pods),
        ObjectName::new("Node", name),
        text,
    )
    .seen("spec.unschedulable", "true");
    if drained {
        return cause;
    }
    cause.cure(Cure::new("let it take pods again").run(format!("kubectl uncordon {name}")))
}

/// Budgets that allow no eviction from a node that is being emptied. Where a person does that, it is only a remark.
fn blocked_drains(case: &Case<'_>, node: &str, pods: &[(&Pod, String)]) -> Vec<Cause> {
    let budgets = case.turn.snapshot.observed().budgets.unwrap_or_default();
    let waits: Vec<Ordinal> = case
        .plan
        .waits()
        .filter(|(_, wait)| wait.gates.contains(Gate::Budget))
        .map(|(action, _)| action.ordinal)
        .collect();
    // Those that are missing already count, too.
    let missing = case.set().replicas.saturating_sub(case.turn.status().ready);
    let mut causes = Vec::new();
    for (pod, name) in pods {
        let Some((index, budget)) = pod
            .budget
            .and_then(|it| Some((it, budgets.get(it as usize)?)))
        else {
            continue;
        };
        if pod.is_terminating() || budget.allowed > 0 || !drain::spends(pod, budget) {
            continue;
        }
        let called = Names::budget(&case.turn.snapshot, index).unwrap_or_default();
        let text = format!(
            "node {node} is cordoned, and disruption budget {called} does not allow {name} to be evicted: {} healthy, {} \
             must stay",
            budget.healthy, budget.desired_healthy
        );
        let weight = if waits.contains(&pod.ordinal) {
            Weight::Hindrance
        } else {
            Weight::Remark
        };
        let place = ObjectName::new("PodDisruptionBudget", called);
        causes.push(
            Cause::new(CauseName::BlockedDrain, (pod.ordinal, pod.ordinal), place, text)
                .weighing(weight)
                .seen("status.disruptionsAllowed", "0")
                .cure(Cure::new("bring the other pods of the budget back"))
                .cure(
                    Cure::new("let the budget allow one more")
                        .but("while the pod moves, fewer of its kind run than the budget asks for")
                        .run(format!(
                            "kubectl patch pdb {called} -n {} --type=merge -p '{{\"spec\":{{\"minAvailable\":null,\"maxUnavailable\":{}}}}}'",
                            case.namespace(),
                            missing.saturating_add(1)
                        )),
                ),
        );
    }
    causes
}
