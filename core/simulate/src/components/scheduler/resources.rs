//! What a pod asks for, beside what a node has left.

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::demand::{self, Amounts};

struct Enough {
    asked: Amounts,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    let mut asked = demand::of(candidate.pod, "requests");
    asked.retain(|_, amount| *amount > 0);
    Box::new(Enough { asked })
}

impl Filter for Enough {
    /// All that the node has too little of is named, and not only the first.
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let mut refusal = Refusal {
            reasons: Vec::new(),
            for_others: true,
        };
        let has = |name: &str| room.allocatable.get(name).copied().unwrap_or(0);
        let pods = u64::try_from(room.pods.len()).unwrap_or(u64::MAX);
        if pods.saturating_add(1).saturating_mul(1000) > has("pods") {
            refusal.reasons.push("Too many pods".into());
        }
        for (name, asked) in &self.asked {
            let used = room.requested.get(name).copied().unwrap_or(0);
            if used.saturating_add(*asked) > has(name) {
                let reason = format!("Insufficient {name}");
                refusal.reasons.push(reason.into());
                refusal.for_others &= *asked <= has(name);
            }
        }
        (!refusal.reasons.is_empty()).then_some(refusal)
    }
}
