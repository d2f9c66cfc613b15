//! Claims that one pod at a time may use (`ReadWriteOncePod`).

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

struct Unused {
    taken: bool,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, census: &mut Census) -> Box<dyn Filter + 'a> {
    let namespace = candidate.pod.namespace();
    let taken = claim_names(candidate.pod).any(|name| {
        let kind = Kind::PersistentVolumeClaim;
        let claim = candidate.store.get(kind, namespace, &name);
        claim.is_some_and(|claim| is_for_one_pod(claim)) && census.is_used(namespace, &name)
    });
    Box::new(Unused { taken })
}

fn is_for_one_pod(claim: &Object) -> bool {
    let mut modes = claim.list("/spec/accessModes").iter();
    modes.any(|mode| mode.as_str() == Some("ReadWriteOncePod"))
}

impl Filter for Unused {
    fn refusal(&self, _: &Room) -> Option<Refusal> {
        self.taken.then(|| {
            Refusal::for_others(
                "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by \
                 another pod",
            )
        })
    }
}
