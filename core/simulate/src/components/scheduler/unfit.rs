//! What the scheduler says of a pod that no node can take.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::census::Room;
use super::filter::Refusal;
use super::preemption::Choice;
use crate::values::object::Fields;

/// The nodes that were looked at, and why each cannot take the pod.
#[derive(Debug)]
pub(super) struct Unfit {
    nodes: usize,
    reasons: BTreeMap<Cow<'static, str>, usize>,
    /// The nodes that might take the pod if others left them.
    pub(super) for_others: BTreeSet<String>,
}

/// What became of the attempt to make room for the pod.
#[derive(Debug)]
pub(super) enum Attempt {
    /// The pod may not ask for that, in words.
    Barred(&'static str),
    /// These are the nodes from which pods can be removed, and the one that is chosen.
    Found { best: Choice, all: Vec<Choice> },
    /// It would not help; so say the nodes that were tried.
    Useless(Vec<Refusal>),
}

impl Unfit {
    pub(super) const fn among(nodes: usize) -> Self {
        Self {
            nodes,
            reasons: BTreeMap::new(),
            for_others: BTreeSet::new(),
        }
    }

    /// One more node that cannot take the pod.
    pub(super) fn add(&mut self, room: &Room, refusal: Refusal) {
        if refusal.for_others {
            self.for_others.insert(room.node.name().to_owned());
        }
        count(&mut self.reasons, refusal);
    }

    /// Why the pod can be on no node at all, whatever the nodes are like.
    pub(super) fn anywhere(&self, why: &str) -> String {
        if self.nodes == 0 {
            return NO_NODES.to_owned();
        }
        // "not found" is what the real scheduler's attempt to make room answers here.
        format!("0/{} nodes are available: {why}. not found", self.nodes)
    }

    /// What is said after an attempt to make room.
    pub(super) fn told(&self, attempt: &Attempt) -> String {
        if self.nodes == 0 {
            return NO_NODES.to_owned();
        }
        let available = format!("0/{} nodes are available:", self.nodes);
        let reasons = told(&self.reasons);
        let room = match attempt {
            Attempt::Barred(why) => format!("{why}."),
            Attempt::Found { best, .. } => format!(
                "found a potential placement for pod on node {}, preempting {} victims",
                best.node,
                best.victims.len()
            ),
            Attempt::Useless(refusals) => {
                let mut reasons = BTreeMap::new();
                for refusal in refusals {
                    count(&mut reasons, refusal.clone());
                }
                let untried = self.nodes - refusals.len();
                if untried > 0 {
                    reasons.insert("Preemption is not helpful for scheduling".into(), untried);
                }
                format!("{available} {}.", told(&reasons))
            }
        };
        format!("{available} {reasons}. preemption: {room}")
    }
}

const NO_NODES: &str = "no nodes available to schedule pods";

fn count(reasons: &mut BTreeMap<Cow<'static, str>, usize>, refusal: Refusal) {
    for reason in refusal.reasons {
        *reasons.entry(reason).or_default() += 1;
    }
}

/// Counts and reasons in the order of their text, as the real scheduler has them.
fn told(reasons: &BTreeMap<Cow<'static, str>, usize>) -> String {
    let told = reasons.iter().map(|(why, count)| format!("{count} {why}"));
    let mut told: Vec<String> = told.collect();
    told.sort();
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use serde_json::json;

    use super::*;

    fn room(name: &str) -> Room {
        let mut room = Room::default();
        room.node = Rc::new(json!({"metadata": {"name": name}}));
        room
    }

    fn none_leaves() -> Refusal {
        Refusal::of_node("No preemption victims found for incoming pod")
    }

    #[test]
    fn reasons_are_counted_and_sorted_as_text() {
        let mut unfit = Unfit::among(12);
        for number in 0..10 {
            let node = room(&format!("n-{number}"));
            unfit.add(&node, Refusal::for_others("Too many pods"));
        }
        for _ in 0..2 {
            let refusal = Refusal::of_node("node(s) were unschedulable");
            unfit.add(&room("m"), refusal);
        }
        assert_eq!(unfit.for_others.len(), 10);
        let tried = unfit.for_others.iter().map(|_| none_leaves()).collect();
        assert_eq!(
            unfit.told(&Attempt::Useless(tried)),
            "0/12 nodes are available: 10 Too many pods, 2 node(s) were unschedulable. preemption: 0/12 nodes are \
             available: 10 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling."
        );
        let told = Unfit::among(0).told(&Attempt::Useless(Vec::new()));
        assert_eq!(told, "no nodes available to schedule pods");
    }

    #[test]
    fn what_became_of_the_attempt_is_told() {
        let mut unfit = Unfit::among(1);
        unfit.add(&room("n"), Refusal::for_others("Too many pods"));
        let begin = "0/1 nodes are available: 1 Too many pods. preemption: ";
        let barred = Attempt::Barred("not eligible due to preemptionPolicy=Never");
        let never = "not eligible due to preemptionPolicy=Never.";
        assert_eq!(unfit.told(&barred), format!("{begin}{never}"));
        let best = Choice {
            node: "n".into(),
            victims: vec![Rc::default()],
            violations: 0,
        };
        let found = Attempt::Found {
            all: vec![best.clone()],
            best,
        };
        let placement = "found a potential placement for pod on node n, preempting 1 victims";
        assert_eq!(unfit.told(&found), format!("{begin}{placement}"));
    }
}
