//! Which pods are the set's: those it controls, orphans it may adopt, and those it must let go of.

use std::string::ToString;

use crate::desired::{Deletion, Ordinal};
use crate::kubernetes::object::facts::PodFacts;
use crate::kubernetes::object::owner::Controller;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::names::parse_pod_name;

/// What a pod is to a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// It is the set's.
    Claimed,
    /// Nobody's; it becomes the set's.
    Adopted,
    /// The set's, though it should not be: it is let go.
    Released,
    /// Not the set's concern.
    Foreign,
}

/// What a pod is to a set.
pub(crate) fn standing(set: &StatefulSet, name: &str, pod: &PodFacts) -> Standing {
    let matches = parse_pod_name(name).is_some_and(|(stem, ordinal)| {
        stem == set.key.name && (!set.kubernetes.wants_plain_ordinals() || is_plain(name, ordinal))
    }) && set.selector.matches(pod.mold.labels.of(name));
    let deleting = set.deletion != Deletion::No;
    match &pod.mold.controller {
        Some(owner) if owner.is(&set.key.name, &set.version.uid) => match (matches, deleting) {
            (true, _) => Standing::Claimed,
            (false, false) => Standing::Released,
            (false, true) => Standing::Foreign,
        },
        None if matches && !deleting && pod.mold.terminating_since.is_none() => Standing::Adopted,
        _ => Standing::Foreign,
    }
}

/// Whether this is how the ordinal that a name ends in is written.
fn is_plain(name: &str, ordinal: Option<Ordinal>) -> bool {
    let digits = name.rsplit('-').next();
    ordinal.is_some_and(|ordinal| digits == Some(&*ordinal.to_string()))
}

/// The name of the StatefulSet that controls a pod whose own name is not one that this set would give.
pub(crate) fn strays_from<'a>(name: &str, pod: &'a PodFacts) -> Option<&'a str> {
    let stem = parse_pod_name(name).map(|(stem, _)| stem);
    match &pod.mold.controller {
        Some(Controller::Set { name: owner, .. }) if stem != Some(owner) => Some(owner),
        _ => None,
    }
}
