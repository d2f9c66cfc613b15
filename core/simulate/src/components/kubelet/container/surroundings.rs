//! What a container finds around it, and what it has to tell.

use std::collections::{BTreeMap, BTreeSet};

use statefulset::Millis;

use crate::components::kubelet::files::Tree;

/// Something to be told about the pod, as an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::components::kubelet) struct Note {
    pub(in crate::components::kubelet) normal: bool,
    pub(in crate::components::kubelet) reason: &'static str,
    pub(in crate::components::kubelet) message: String,
}

/// What the containers of a pod lack.
#[derive(Clone, Copy)]
pub(in crate::components::kubelet) struct Lacks<'a> {
    /// Images that cannot be pulled.
    pub(in crate::components::kubelet) images: &'a BTreeSet<String>,
    /// Secrets, ConfigMaps and keys of them, by container, in the kubelet's words.
    pub(in crate::components::kubelet) settings: &'a BTreeMap<String, String>,
    /// Whether no address can be had.
    pub(in crate::components::kubelet) address: bool,
}

/// What a container finds around it.
pub(in crate::components::kubelet) struct Surroundings<'a> {
    pub(in crate::components::kubelet) now: Millis,
    pub(in crate::components::kubelet) lacks: Lacks<'a>,
    /// Whether the pod's probes fail.
    pub(in crate::components::kubelet) failing: bool,
    pub(in crate::components::kubelet) disks: &'a mut BTreeMap<String, Tree>,
    pub(in crate::components::kubelet) scratch: &'a mut BTreeMap<String, Tree>,
    /// The pod's.
    pub(in crate::components::kubelet) uid: &'a str,
    /// `web-0_default(uid)`
    pub(in crate::components::kubelet) pod: &'a str,
    /// Grace period, for a container that has to be killed.
    pub(in crate::components::kubelet) grace: Millis,
    pub(in crate::components::kubelet) notes: &'a mut Vec<Note>,
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
