//! Claims and volumes, as the facts tier plans from them.

use std::collections::BTreeMap;
use std::vec::Vec;

use indexmap::IndexSet;

use super::facts::{NodeFacts, PodFacts, VolumeFacts};
use super::kind::Kind;
use super::labels::Selector;
use super::objects::Objects;
use super::owner;
use super::snapshot::{Entries, Snapshot, canonical_ordinal, index, is_rightful};
use super::stateful_set::StatefulSet;
use super::template;
use crate::claim::{Binding, Claim};
use crate::desired::Ordinal;
use crate::node::Node;
use crate::volume::{Reserved, Volume, VolumePhase};

impl<'a> Snapshot<'a> {
    pub(super) fn see_claims(&mut self, objects: &'a Objects) {
        if !objects.views.is_listed(Kind::PersistentVolumeClaim) {
            return;
        }
        let set = self.set;
        let pods: BTreeMap<Ordinal, &PodFacts> = self
            .pods
            .list
            .iter()
            .zip(&self.pods.objects)
            .filter(|(_, (name, _))| is_rightful(name))
            .filter_map(|(entry, (_, pod))| Some((entry.ordinal, (*pod)?)))
            .collect();
        let mut claims = Entries::new();
        for (place, name) in set.templates.iter().enumerate() {
            let stem = [name.as_str(), "-", &set.key.name].concat();
            for (name, claim) in objects.claims.family(&set.key.namespace, &stem) {
                let Some(ordinal) = name.get(stem.len() + 1..).and_then(canonical_ordinal) else {
                    continue;
                };
                let pod = pods.get(&ordinal).copied();
                let class = claim.class.as_deref().unwrap_or("");
                let known = objects.classes.get("", class);
                let node = claim.selected_node.as_deref();
                let node = node.or_else(|| pod?.node.as_deref());
                let pod_name = template::pod_name(set, ordinal);
                let (set_uid, pod_uid) = (&set.version.uid, pod.map(|pod| &*pod.version.uid));
                let names_us = |owner: &owner::Owner| {
                    owner.names(Kind::StatefulSet, &set.key.name)
                        || owner.names(Kind::Pod, &pod_name)
                };
                let entry = Claim {
                    ordinal,
                    template: u16::try_from(place).unwrap_or(u16::MAX),
                    phase: claim.phase,
                    set_owner: owner::state(
                        &claim.owners,
                        Kind::StatefulSet,
                        &set.key.name,
                        Some(set_uid),
                    ),
                    pod_owner: owner::state(&claim.owners, Kind::Pod, &pod_name, pod_uid),
                    foreign_controller: claim
                        .owners
                        .iter()
                        .any(|owner| owner.controller && !names_us(owner)),
                    binding: if known.is_some_and(|class| class.waits_for_consumer) {
                        Binding::WaitForFirstConsumer
                    } else {
                        Binding::Immediate
                    },
                    modes: claim.modes,
                    volume_mode: claim.volume_mode,
                    // Set beside the volumes, without which neither means anything.
                    class: 0,
                    volume: None,
                    node: node.and_then(|node| self.node_places.get(node).copied()),
                    terminating_since: claim.terminating_since,
                    request: claim.request,
                };
                claims.push(name, Some(claim), entry);
            }
        }
        self.claims = Some(claims);
    }

    /// Volumes are only looked at by a profile that binds claims to them.
    pub(super) fn see_volumes(&mut self, objects: &'a Objects) {
        let listed = objects.views.is_listed(Kind::PersistentVolume);
        let Some(claims) = self
            .claims
            .as_mut()
            .filter(|_| self.profile.bind_claims && listed)
        else {
            return;
        };
        let mut classes: IndexSet<&str> = IndexSet::from([""]);
        for (entry, (_, claim)) in claims.list.iter_mut().zip(&claims.objects) {
            let class = claim.and_then(|claim| claim.class.as_deref());
            entry.class = index(classes.insert_full(class.unwrap_or("")).0);
        }
        let named: BTreeMap<&str, (u32, &str)> = (0..)
            .zip(&claims.objects)
            .filter_map(|(place, (name, claim))| Some((*name, (place, &*(*claim)?.version.uid))))
            .collect();
        let mut volumes = Entries::new();
        let mut places = BTreeMap::new();
        for (name, volume) in objects.volumes.within("") {
            places.insert(name, index(volumes.list.len()));
            let reserved = match &volume.reserved {
                None => Reserved::Nobody,
                Some((key, uid)) if key.namespace == self.set.key.namespace => {
                    let holder = named.get(&*key.name);
                    holder
                        .filter(|(_, holder)| uid.is_empty() || **holder == **uid)
                        .map_or(Reserved::Other, |&(place, _)| Reserved::Claim(place))
                }
                Some(_) => Reserved::Other,
            };
            let entry = Volume {
                capacity: volume.capacity,
                reserved,
                class: index(classes.insert_full(&volume.class).0),
                modes: volume.modes,
                volume_mode: volume.volume_mode,
                phase: volume.phase,
                terminating: volume.terminating,
                domain: self.nodes.as_ref().and_then(|nodes| domain(volume, nodes)),
                matches: matches(self.set, volume),
            };
            volumes.push(name, Some(volume), entry);
        }
        for (entry, (_, claim)) in claims.list.iter_mut().zip(&claims.objects) {
            let Some(name) = claim.and_then(|claim| claim.volume.as_deref()) else {
                continue;
            };
            entry.volume = Some(*places.entry(name).or_insert_with(|| {
                // The claim asks for a volume that is not there: no other will do.
                let place = index(volumes.list.len());
                let missing = Volume {
                    phase: VolumePhase::Pending,
                    reserved: Reserved::Other,
                    ..Volume::available(0, 0)
                };
                volumes.push(name, None, missing);
                place
            }));
        }
        self.volumes = Some(volumes);
    }
}

/// Stands for the place of a volume that can be reached from several nodes, but not from all: never bound by us.
const SEVERAL: u32 = u32::MAX;

/// The node that a volume is tied to.
fn domain(volume: &VolumeFacts, nodes: &Entries<'_, Node, NodeFacts>) -> Option<u32> {
    if volume.reach.is_empty() {
        return None;
    }
    let reached: Vec<_> = nodes
        .objects
        .iter()
        .enumerate()
        .filter(|(_, (_, node))| {
            let labels = node.map(|node| &node.labels);
            let reaches = |term: &Selector| labels.is_some_and(|labels| term.matches(labels));
            volume.reach.iter().any(reaches)
        })
        .collect();
    match *reached.as_slice() {
        [(place, _)] => Some(nodes.list[place].domain),
        ref some if some.len() == nodes.list.len() => None,
        _ => Some(SEVERAL),
    }
}

/// Which claim templates' selectors match a volume.
fn matches(set: &StatefulSet, volume: &VolumeFacts) -> u64 {
    let mut bits = u64::MAX;
    for (place, selector) in set.claim_selectors.iter().enumerate().take(64) {
        if selector
            .as_ref()
            .is_some_and(|it| !it.matches(&volume.labels))
        {
            bits &= !(1 << place);
        }
    }
    bits
}
