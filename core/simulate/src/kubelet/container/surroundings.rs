//! What a container finds around it, and what it has to tell.

use std::collections::{BTreeMap, BTreeSet};

use statefulset::Millis;

use crate::kubelet::files::Tree;

/// Something to be told about the pod, as an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::kubelet) struct Note {
    pub(in crate::kubelet) normal: bool,
    pub(in crate::kubelet) reason: &'static str,
    pub(in crate::kubelet) message: String,
}

/// What a container finds around it.
pub(in crate::kubelet) struct Surroundings<'a> {
    pub(in crate::kubelet) now: Millis,
    /// Images that cannot be pulled.
    pub(in crate::kubelet) broken: &'a BTreeSet<String>,
    /// Whether the pod's probes fail.
    pub(in crate::kubelet) failing: bool,
    pub(in crate::kubelet) disks: &'a mut BTreeMap<String, Tree>,
    pub(in crate::kubelet) scratch: &'a mut BTreeMap<String, Tree>,
    /// `web-0_default(uid)`
    pub(in crate::kubelet) pod: &'a str,
    /// Grace period, for a container that has to be killed.
    pub(in crate::kubelet) grace: Millis,
    pub(in crate::kubelet) notes: &'a mut Vec<Note>,
}

impl Surroundings<'_> {
    pub(super) fn note(&mut self, normal: bool, reason: &'static str, message: String) {
        self.notes.push(Note {
            normal,
            reason,
            message,
        });
    }
}
