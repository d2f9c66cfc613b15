//! One set and what concerns it, as the lists that the facts tier plans from.

use std::borrow::ToOwned;
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

use indexmap::IndexSet;

use super::claiming::{self, Standing};
use super::facts::{ClaimFacts, NodeFacts, PodFacts, VolumeFacts};
use super::history::History;
use super::kind::Kind;
use super::labels::Selector;
use super::objects::Objects;
use super::owner;
use super::request::Request;
use super::revision::REVISION_LABEL;
use super::stateful_set::StatefulSet;
use super::status;
use super::template::{self, POD_NAME_LABEL};
use crate::claim::{Binding, Claim};
use crate::desired::{ClaimTemplate, Desired, MAX_ORDINAL, NO_ORDINAL, Ordinal, Revision};
use crate::names::parse_pod_name;
use crate::node::{Budget, Node};
use crate::observed::Observed;
use crate::pod::Pod;
use crate::profile::Profile;
use crate::volume::{Reserved, Volume, VolumePhase};

/// The lists, and beside each entry the object that it stands for.
pub(crate) struct Snapshot<'a> {
    pub(crate) set: &'a StatefulSet,
    profile: Profile,
    fresh: bool,
    templates: Vec<ClaimTemplate<'a>>,
    /// Names of revisions; a [`Revision`] is an index. The first is empty, for "none".
    pub(crate) revisions: IndexSet<String>,
    current: Revision,
    update: Revision,
    pub(crate) pods: Entries<'a, Pod, PodFacts>,
    pub(crate) claims: Option<Entries<'a, Claim, ClaimFacts>>,
    /// A volume that a claim names and that does not exist has no object.
    pub(crate) volumes: Option<Entries<'a, Volume, VolumeFacts>>,
    pub(crate) nodes: Option<Entries<'a, Node, NodeFacts>>,
    budgets: Option<Vec<Budget>>,
    /// Adoptions and releases of pods.
    pub(crate) claiming: Vec<Request>,
}

/// A list of the facts tier with the name and the object of each entry.
pub(crate) struct Entries<'a, T, F> {
    pub(crate) list: Vec<T>,
    pub(crate) objects: Vec<(&'a str, Option<&'a F>)>,
}

impl<'a, T, F> Entries<'a, T, F> {
    const fn new() -> Self {
        Self {
            list: Vec::new(),
            objects: Vec::new(),
        }
    }

    fn push(&mut self, name: &'a str, object: Option<&'a F>, entry: T) {
        self.list.push(entry);
        self.objects.push((name, object));
    }

    /// Name and object of the entry that an action refers to.
    pub(crate) fn object(&self, index: u32) -> Option<(&'a str, &'a F)> {
        let (name, object) = self.objects.get(index as usize)?;
        object.map(|object| (*name, object))
    }
}

impl<'a> Snapshot<'a> {
    pub(crate) fn of(
        set: &'a StatefulSet,
        objects: &'a Objects,
        history: &History<'_>,
        profile: Profile,
        fresh: bool,
    ) -> Self {
        let mut revisions = IndexSet::from([String::new()]);
        let current = intern(&mut revisions, &history.current);
        let update = intern(&mut revisions, &history.update);
        let mut snapshot = Self {
            set,
            profile,
            fresh,
            templates: set
                .templates
                .iter()
                .map(|name| ClaimTemplate { name })
                .collect(),
            revisions,
            current,
            update,
            pods: Entries::new(),
            claims: None,
            volumes: None,
            nodes: None,
            budgets: None,
            claiming: Vec::new(),
        };
        snapshot.see_pods(objects);
        snapshot.see_nodes(objects);
        snapshot.see_budgets(objects);
        snapshot.see_claims(objects);
        snapshot.see_volumes(objects);
        snapshot
    }

    pub(crate) fn desired(&self) -> Desired<'_> {
        let published = self.set.status.as_ref();
        Desired {
            name: &self.set.key.name,
            generation: self.set.generation,
            replicas: self.set.replicas,
            start: self.set.start,
            management: self.set.management,
            strategy: self.set.strategy,
            min_ready: self.set.min_ready,
            templates: &self.templates,
            retention: self.set.retention,
            deletion: self.set.deletion,
            finalizer_held: self
                .set
                .finalizers
                .iter()
                .any(|name| name == super::FINALIZER),
            current: self.current,
            update: self.update,
            published: published.map(|it| status::published(it, |name| self.revision(name))),
            profile: self.profile,
        }
    }

    pub(crate) fn observed(&self) -> Observed<'_> {
        Observed {
            fresh: self.fresh,
            pods: &self.pods.list,
            claims: self.claims.as_ref().map(|it| &*it.list),
            volumes: self.volumes.as_ref().map(|it| &*it.list),
            nodes: self.nodes.as_ref().map(|it| &*it.list),
            budgets: self.budgets.as_deref(),
        }
    }

    /// A revision that no list knows is like none.
    fn revision(&self, name: &str) -> Revision {
        Revision(self.revisions.get_index_of(name).unwrap_or(0) as u64)
    }

    pub(crate) fn revision_name(&self, revision: Revision) -> &str {
        let index = usize::try_from(revision.0).unwrap_or(0);
        self.revisions.get_index(index).map_or("", String::as_str)
    }

    fn see_pods(&mut self, objects: &'a Objects) {
        let set = self.set;
        for (name, pod) in objects.pods_around(&set.key) {
            match claiming::standing(set, name, pod) {
                Standing::Foreign => continue,
                Standing::Released => {
                    self.claiming.push(claiming::release(set, name, pod));
                    continue;
                }
                Standing::Adopted => self.claiming.push(claiming::adopt(set, name, pod)),
                Standing::Claimed => {}
            }
            let revision = pod.labels.get(REVISION_LABEL).unwrap_or("");
            let revision = intern(&mut self.revisions, revision);
            let ordinal = parse_pod_name(name).and_then(|(_, ordinal)| ordinal);
            let ordinal = ordinal.unwrap_or(NO_ORDINAL);
            let rightful = name == template::pod_name(set, ordinal);
            let stored = |template: &String| {
                pod.claims.get(template) == Some(&template::claim_name(set, template, ordinal))
            };
            let entry = Pod {
                ordinal,
                phase: pod.phase,
                ready: pod.ready,
                identity: rightful && pod.labels.get(POD_NAME_LABEL) == Some(name),
                storage: set.templates.iter().all(stored),
                hold: 0,
                rank: 0,
                revision,
                ready_since: pod.ready_since,
                terminating_since: pod.terminating_since,
                node: None,
                budget: None,
            };
            self.pods.push(name, Some(pod), entry);
        }
    }

    fn see_nodes(&mut self, objects: &'a Objects) {
        if !objects.views.is_listed(Kind::Node) {
            return;
        }
        let mut nodes = Entries::new();
        let mut places = BTreeMap::new();
        let names = self.pods.objects.iter().filter_map(|(_, pod)| {
            let name = pod.as_ref()?.node.as_deref()?;
            objects.nodes.within("").find(|(node, _)| *node == name)
        });
        // Where volumes are tied to nodes, every node counts.
        let all = objects
            .nodes
            .within("")
            .filter(|_| self.profile.bind_claims);
        for (name, node) in names.chain(all) {
            places.entry(name).or_insert_with(|| {
                let place = index(nodes.list.len());
                let entry = Node {
                    state: node.state,
                    cordoned: node.cordoned,
                    draining: node.draining,
                    since: node.since,
                    domain: place,
                };
                nodes.push(name, Some(node), entry);
                place
            });
        }
        for (entry, (_, pod)) in self.pods.list.iter_mut().zip(&self.pods.objects) {
            let name = pod.and_then(|pod| pod.node.as_deref());
            entry.node = name.and_then(|name| places.get(name).copied());
        }
        self.nodes = Some(nodes);
    }

    fn see_budgets(&mut self, objects: &Objects) {
        if !objects.views.is_listed(Kind::PodDisruptionBudget) {
            return;
        }
        let budgets: Vec<_> = objects
            .budgets
            .within(&self.set.key.namespace)
            .map(|(_, budget)| budget)
            .collect();
        for (entry, (_, pod)) in self.pods.list.iter_mut().zip(&self.pods.objects) {
            let covers = |selector: &Selector| pod.is_some_and(|pod| selector.matches(&pod.labels));
            let place = budgets
                .iter()
                .position(|budget| budget.selector.as_ref().is_some_and(covers));
            entry.budget = place.map(index);
        }
        self.budgets = Some(budgets.iter().map(|budget| budget.budget).collect());
    }

    fn see_claims(&mut self, objects: &'a Objects) {
        if !objects.views.is_listed(Kind::PersistentVolumeClaim) {
            return;
        }
        let set = self.set;
        let pods: BTreeMap<Ordinal, &PodFacts> = self
            .pods
            .list
            .iter()
            .zip(&self.pods.objects)
            .filter(|(entry, (name, _))| *name == template::pod_name(set, entry.ordinal))
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
                let nodes = self.nodes.as_ref();
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
                    node: node.and_then(|node| {
                        let place = nodes?.objects.iter().position(|(name, _)| *name == node);
                        place.map(index)
                    }),
                    terminating_since: claim.terminating_since,
                    request: claim.request,
                };
                claims.push(name, Some(claim), entry);
            }
        }
        self.claims = Some(claims);
    }

    /// Volumes are only looked at by a profile that binds claims to them.
    fn see_volumes(&mut self, objects: &'a Objects) {
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
        let mut volumes = Entries::new();
        let mut places = BTreeMap::new();
        for (name, volume) in objects.volumes.within("") {
            places.insert(name, index(volumes.list.len()));
            let reserved = match &volume.reserved {
                None => Reserved::Nobody,
                Some((key, uid)) => claims
                    .objects
                    .iter()
                    .position(|(name, claim)| {
                        key.namespace == self.set.key.namespace
                            && key.name == **name
                            && (uid.is_empty() || claim.is_some_and(|it| it.version.uid == *uid))
                    })
                    .map_or(Reserved::Other, |place| Reserved::Claim(index(place))),
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

/// The ordinal in a claim's name, spelled the one way that the set itself spells it.
pub(crate) fn canonical_ordinal(digits: &str) -> Option<Ordinal> {
    let canonical = digits == "0" || !digits.starts_with(['0', '+']);
    let ordinal = digits.parse().ok()?;
    (canonical && ordinal <= MAX_ORDINAL).then_some(ordinal)
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

fn intern(names: &mut IndexSet<String>, name: &str) -> Revision {
    let place = names
        .get_index_of(name)
        .unwrap_or_else(|| names.insert_full(name.to_owned()).0);
    Revision(place as u64)
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
