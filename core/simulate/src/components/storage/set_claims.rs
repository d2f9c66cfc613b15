//! Which claims belong to a StatefulSet.

use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Whether a set of the claim's namespace uses it: by name, for a claim that outlives its set carries no other mark.
pub(crate) fn owned_by_set(store: &Store, claim: &Object) -> bool {
    let mut sets = store.list(Kind::StatefulSet, Some(claim.namespace()));
    sets.any(|set| {
        let mut templates = set.list("/spec/volumeClaimTemplates").iter();
        templates.any(|template| {
            claim
                .name()
                .strip_prefix(template.name())
                .and_then(|rest| rest.strip_prefix('-'))
                .and_then(|rest| rest.strip_prefix(set.name()))
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        })
    })
}
