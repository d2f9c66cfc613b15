//! How many disks can be attached to a node.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

struct Attachable<'a> {
    pod: &'a Object,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    Box::new(Attachable { pod: candidate.pod })
}

fn disks(pod: &Object) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    claim_names(pod).map(|claim| (pod.namespace(), claim))
}

impl Filter for Attachable<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        disks(self.pod).next()?;
        let most = room
            .allocatable
            .iter()
            .filter(|(name, _)| name.starts_with("attachable-volumes-"))
            .map(|(_, milli)| milli / 1000)
            .min()?;
        let mut attached: BTreeSet<_> = room.pods.values().flat_map(|it| disks(it)).collect();
        let before = attached.len();
        attached.extend(disks(self.pod));
        let after = attached.len();
        let full = after > before && u64::try_from(after).is_ok_and(|after| after > most);
        full.then(|| Refusal::for_others("node(s) exceed max volume count"))
    }
}
