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
use super::request::Request;
use super::revision::REVISION_LABEL;
use super::stateful_set::StatefulSet;
use super::status;
use super::template::POD_NAME_LABEL;
use crate::claim::Claim;
use crate::desired::{ClaimTemplate, Desired, MAX_ORDINAL, NO_ORDINAL, Ordinal, Revision};
use crate::explain::Names;
use crate::names::parse_pod_name;
use crate::node::{Budget, Node};
use crate::observed::Observed;
use crate::pod::Pod;
use crate::profile::Profile;
use crate::volume::Volume;

/// The lists, and beside each entry the object that it stands for.
pub(crate) struct Snapshot<'a> {
    pub(crate) set: &'a StatefulSet,
    pub(super) profile: Profile,
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
    /// Where each node stands in that list.
    pub(crate) node_places: BTreeMap<&'a str, u32>,
    budgets: Option<Vec<Budget>>,
    budget_names: Vec<&'a str>,
    /// Adoptions and releases of pods.
    pub(crate) claiming: Vec<Request>,
}

/// A list of the facts tier with the name and the object of each entry.
pub(crate) struct Entries<'a, T, F> {
    pub(crate) list: Vec<T>,
    pub(crate) objects: Vec<(&'a str, Option<&'a F>)>,
}

impl<'a, T, F> Entries<'a, T, F> {
    pub(super) const fn new() -> Self {
        Self {
            list: Vec::new(),
            objects: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, name: &'a str, object: Option<&'a F>, entry: T) {
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
            node_places: BTreeMap::new(),
            budgets: None,
            budget_names: Vec::new(),
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
            let stored = |template: &String| {
                let claim = pod.claims.get(template);
                claim.is_some_and(|it| names_claim(set, template, it) == Some(ordinal))
            };
            let entry = Pod {
                ordinal,
                phase: pod.phase,
                ready: pod.ready,
                identity: is_rightful(name) && pod.labels.get(POD_NAME_LABEL) == Some(name),
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
        let mut places: BTreeMap<&'a str, u32> = BTreeMap::new();
        let names = self.pods.objects.iter().filter_map(|(_, pod)| {
            let name = pod.as_ref()?.node.as_deref()?;
            Some((name, objects.nodes.get("", name)?))
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
        self.node_places = places;
    }

    fn see_budgets(&mut self, objects: &'a Objects) {
        if !objects.views.is_listed(Kind::PodDisruptionBudget) {
            return;
        }
        let budgets: Vec<_> = objects.budgets.within(&self.set.key.namespace).collect();
        for (entry, (_, pod)) in self.pods.list.iter_mut().zip(&self.pods.objects) {
            let covers = |selector: &Selector| pod.is_some_and(|pod| selector.matches(&pod.labels));
            let place = budgets
                .iter()
                .position(|(_, budget)| budget.selector.as_ref().is_some_and(covers));
            entry.budget = place.map(index);
        }
        self.budget_names = budgets.iter().map(|(name, _)| *name).collect();
        self.budgets = Some(budgets.iter().map(|(_, budget)| budget.budget).collect());
    }
}

impl Names for Snapshot<'_> {
    fn node(&self, index: u32) -> Option<&str> {
        let nodes = self.nodes.as_ref()?;
        nodes.objects.get(index as usize).map(|(name, _)| *name)
    }

    fn volume(&self, index: u32) -> Option<&str> {
        let volumes = self.volumes.as_ref()?;
        volumes.objects.get(index as usize).map(|(name, _)| *name)
    }

    fn budget(&self, index: u32) -> Option<&str> {
        self.budget_names.get(index as usize).copied()
    }
}

/// Whether the ordinal at the end of a pod's name is spelled the one way that the set itself spells it.
pub(super) fn is_rightful(name: &str) -> bool {
    let digits = name.rsplit_once('-').map(|(_, digits)| digits);
    digits.and_then(canonical_ordinal).is_some()
}

/// The ordinal of the claim of a template that has this name.
fn names_claim(set: &StatefulSet, template: &str, name: &str) -> Option<Ordinal> {
    let rest = name.strip_prefix(template)?.strip_prefix('-')?;
    canonical_ordinal(rest.strip_prefix(&*set.key.name)?.strip_prefix('-')?)
}

/// The ordinal in a name, spelled the one way that the set itself spells it.
pub(crate) fn canonical_ordinal(digits: &str) -> Option<Ordinal> {
    let canonical = digits == "0" || !digits.starts_with(['0', '+']);
    let ordinal = digits.parse().ok()?;
    (canonical && ordinal <= MAX_ORDINAL).then_some(ordinal)
}

fn intern(names: &mut IndexSet<String>, name: &str) -> Revision {
    let place = names
        .get_index_of(name)
        .unwrap_or_else(|| names.insert_full(name.to_owned()).0);
    Revision(place as u64)
}

/// A place in a list of the facts tier.
pub(super) fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
