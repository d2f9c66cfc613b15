//! What the scheduler says of a pod that no node can take.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::census::Room;
use super::filter::Refusal;
use crate::values::object::{Fields, Object};

/// The nodes that were looked at, and why each cannot take the pod.
#[derive(Debug)]
pub(super) struct Unfit {
    nodes: usize,
    reasons: BTreeMap<Cow<'static, str>, usize>,
    /// How many nodes might take the pod if others left them.
    for_others: usize,
    /// Whether the pod never wants others to leave.
    modest: bool,
    priority: i64,
    /// Whether some of these others have a lower priority. The real scheduler might remove them.
    removable: bool,
}

impl Unfit {
    pub(super) fn among(nodes: usize, pod: &Object) -> Self {
        Self {
            nodes,
            reasons: BTreeMap::new(),
            for_others: 0,
            modest: pod.text("/spec/preemptionPolicy") == "Never",
            priority: priority(pod),
            removable: false,
        }
    }

    /// One more node that cannot take the pod.
    pub(super) fn add(&mut self, room: &Room, refusal: Refusal) {
        self.for_others += usize::from(refusal.for_others);
        let mut others = room.pods.values();
        self.removable |= refusal.for_others && others.any(|it| priority(it) < self.priority);
        for reason in refusal.reasons {
            *self.reasons.entry(reason).or_default() += 1;
        }
    }

    /// Why the pod can be on no node at all, whatever the nodes are like.
    pub(super) fn anywhere(&self, why: &str) -> String {
        if self.nodes == 0 {
            return self.to_string();
        }
        // "not found" is what the real scheduler's attempt to make room answers here.
        format!("0/{} nodes are available: {why}. not found", self.nodes)
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nodes == 0 {
            return f.write_str("no nodes available to schedule pods");
        }
        let available = format!("0/{} nodes are available: ", self.nodes);
        let reasons = self.reasons.iter().map(|(why, count)| (*count, &**why));
        if self.modest {
            let why = "not eligible due to preemptionPolicy=Never";
            return write!(f, "{available}{}. preemption: {why}.", told(reasons));
        }
        if self.removable {
            let why = "the simulator removes no pod to make room for one of a higher priority";
            return write!(f, "{available}{}. preemption: {why}.", told(reasons));
        }
        let room = [
            (
                self.for_others,
                "No preemption victims found for incoming pod",
            ),
            (
                self.nodes - self.for_others,
                "Preemption is not helpful for scheduling",
            ),
        ];
        let room = room.into_iter().filter(|(count, _)| *count > 0);
        write!(
            f,
            "{available}{}. preemption: {available}{}.",
            told(reasons),
            told(room)
        )
    }
}

fn priority(pod: &Object) -> i64 {
    pod.int("/spec/priority").unwrap_or(0)
}

/// Counts and reasons in the order of their text, as the real scheduler has them.
fn told<'a>(reasons: impl Iterator<Item = (usize, &'a str)>) -> String {
    let told = reasons.map(|(count, why)| format!("{count} {why}"));
    let mut told: Vec<String> = told.collect();
    told.sort();
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reasons_are_counted_and_sorted_as_text() {
        let mut unfit = Unfit::among(12, &json!({}));
        for _ in 0..10 {
            unfit.add(&Room::default(), Refusal::for_others("Too many pods"));
        }
        for _ in 0..2 {
            unfit.add(
                &Room::default(),
                Refusal::of_node("node(s) were unschedulable"),
            );
        }
        assert_eq!(
            unfit.to_string(),
            "0/12 nodes are available: 10 Too many pods, 2 node(s) were unschedulable. preemption: 0/12 nodes are \
             available: 10 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling."
        );
        assert_eq!(
            Unfit::among(0, &json!({})).to_string(),
            "no nodes available to schedule pods"
        );
    }

    #[test]
    fn a_pod_may_want_nobody_to_leave() {
        let pod = json!({"spec": {"preemptionPolicy": "Never"}});
        let mut unfit = Unfit::among(1, &pod);
        unfit.add(&Room::default(), Refusal::for_others("Too many pods"));
        assert_eq!(
            unfit.to_string(),
            "0/1 nodes are available: 1 Too many pods. preemption: not eligible due to preemptionPolicy=Never."
        );
    }

    #[test]
    fn who_might_be_removed_is_told_of() {
        let of = |priority: i64| json!({"spec": {"priority": priority}});
        let mut room = Room::default();
        let name = ("default".to_owned(), "p".to_owned());
        room.pods.insert(name, of(5).into());
        let told = |priority: i64, refusal: Refusal| {
            let mut unfit = Unfit::among(1, &of(priority));
            unfit.add(&room, refusal);
            unfit.to_string()
        };
        let removes =
            "preemption: the simulator removes no pod to make room for one of a higher priority.";
        assert!(told(6, Refusal::for_others("Too many pods")).ends_with(removes));
        assert!(!told(5, Refusal::for_others("Too many pods")).contains(removes));
        assert!(!told(6, Refusal::of_node("node(s) were unschedulable")).contains(removes));
    }
}
