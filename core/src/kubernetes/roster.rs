//! A set's pods and claims as the facts tier plans from them, kept up to date entry by entry.
//!
//! An event names an ordinal; the next plan looks at that ordinal's objects again, and at no others. Only a change of
//! what all entries depend on – the set's selector, a node that comes or goes – makes every entry anew, by the same steps.

use std::borrow::Cow;
use std::boxed::Box;
use std::collections::{BTreeMap, BTreeSet};
use std::string::{String, ToString};
use std::vec::Vec;

use indexmap::IndexMap;

use super::claiming::{self, Standing};
use super::facts::{ClaimFacts, PodFacts};
use super::families::{canonical_ordinal, put};
use super::kind::Kind;
use super::labels::Selector;
use super::objects::Objects;
use super::owner::{self, Owner};
use super::request::Request;
use super::revision::REVISION_LABEL;
use super::stateful_set::StatefulSet;
use super::template::{self, POD_NAME_LABEL};
use super::version::Uid;
use crate::claim::{Binding, Claim, ClaimPhase};
use crate::desired::{Deletion, NO_ORDINAL, Ordinal, Revision};
use crate::names::parse_pod_name;
use crate::pod::Pod;

/// The lists of one set.
#[derive(Default, Debug)]
pub(crate) struct Roster {
    /// What the entries were made by; `None` before the first time.
    basis: Option<Basis>,
    /// Ordinals whose pod or claims have changed since.
    stale: BTreeSet<Ordinal>,
    /// In order of their ordinals, then those with odd names.
    pods: Vec<Pod>,
    /// The odd names, such as `web-01`. All others follow from the ordinal.
    odd: Vec<Box<str>>,
    /// In order of ordinal and template.
    claims: Vec<Claim>,
    /// How many claims have no volume yet.
    pending: usize,
    /// Names of revisions, and how many pods have each; a [`Revision`] is an index. The first is empty, for "none".
    revisions: IndexMap<String, usize>,
    /// Pods of these ordinals are to be adopted or released.
    unclaimed: BTreeMap<Ordinal, Standing>,
}

/// What every entry depends on.
#[derive(PartialEq, Debug)]
struct Basis {
    uid: Uid,
    selector: Selector,
    templates: Vec<String>,
    deletion: Deletion,
    /// Of nodes, budgets and classes.
    edition: u64,
    /// Whether claims, nodes and budgets are known.
    listed: [bool; 3],
}

impl Basis {
    fn of(set: &StatefulSet, objects: &Objects) -> Self {
        Self {
            uid: set.version.uid.clone(),
            selector: set.selector.clone(),
            templates: set.templates.clone(),
            deletion: set.deletion,
            edition: objects.edition,
            listed: LISTS.map(|kind| objects.views.is_listed(kind)),
        }
    }

    /// The same without a copy of anything.
    fn still_holds(&self, set: &StatefulSet, objects: &Objects) -> bool {
        self.edition == objects.edition
            && self.listed == LISTS.map(|kind| objects.views.is_listed(kind))
            && self.deletion == set.deletion
            && self.uid == set.version.uid
            && self.selector == set.selector
            && self.templates == set.templates
    }
}

const LISTS: [Kind; 3] = [
    Kind::PersistentVolumeClaim,
    Kind::Node,
    Kind::PodDisruptionBudget,
];

impl Roster {
    pub(crate) fn pods(&self) -> &[Pod] {
        &self.pods
    }

    pub(crate) fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// The claims that have no volume yet, with their indexes, to be told of volumes.
    pub(crate) fn pending(&mut self) -> impl Iterator<Item = (u32, &mut Claim)> {
        let any = self.pending > 0;
        let claims = (0..).zip(&mut self.claims).filter(move |_| any);
        claims.filter(|(_, claim)| claim.phase == ClaimPhase::Pending)
    }

    /// The claim with this index names the volume with that one.
    pub(crate) fn names_volume(&mut self, claim: u32, volume: u32) {
        if let Some(claim) = self.claims.get_mut(claim as usize) {
            claim.volume = Some(volume);
        }
    }

    /// Something of this ordinal has changed.
    pub(crate) fn note(&mut self, ordinal: Ordinal) {
        self.stale.insert(ordinal);
    }

    /// The name of the pod with this index.
    pub(crate) fn pod_name(&self, set: &StatefulSet, index: u32) -> Option<Cow<'_, str>> {
        let index = index as usize;
        let pod = self.pods.get(index)?;
        Some(match index.checked_sub(self.numbered()) {
            Some(odd) => Cow::Borrowed(self.odd.get(odd)?),
            None => Cow::Owned(template::pod_name(set, pod.ordinal)),
        })
    }

    /// How many pods have ordinary names.
    fn numbered(&self) -> usize {
        self.pods.len() - self.odd.len()
    }

    /// Names of revisions, by [`Revision`].
    pub(crate) fn revisions(&self) -> impl Iterator<Item = &str> {
        self.revisions.keys().map(String::as_str)
    }

    /// A revision that no pod has and the set does not name is like none.
    pub(crate) fn revision(&self, name: &str) -> Revision {
        Revision(self.revisions.get_index_of(name).unwrap_or(0) as u64)
    }

    pub(crate) fn revision_name(&self, revision: Revision) -> &str {
        let entry = usize::try_from(revision.0).ok();
        let entry = entry.and_then(|index| self.revisions.get_index(index));
        entry.map_or("", |(name, _)| name)
    }

    /// The names of revisions that pods have.
    pub(crate) fn revisions_in_use(&self) -> Vec<&str> {
        let used = self.revisions.iter().filter(|(_, pods)| **pods > 0);
        used.map(|(name, _)| name.as_str()).collect()
    }

    /// Brings all entries up to date. The set's two revisions come first among the revisions.
    pub(crate) fn refresh(
        &mut self,
        set: &StatefulSet,
        objects: &Objects,
        current: &str,
        update: &str,
    ) {
        let (namespace, name) = (&*set.key.namespace, &*set.key.name);
        let stems: Vec<String> = set
            .templates
            .iter()
            .map(|it| [it, "-", name].concat())
            .collect();
        let basis = self.basis.as_ref();
        if !basis.is_some_and(|basis| basis.still_holds(set, objects)) {
            *self = Self {
                basis: Some(Basis::of(set, objects)),
                ..Self::default()
            };
            let pods = objects.pods.family(namespace, name).iter();
            self.stale.extend(pods.map(|(ordinal, _)| *ordinal));
            for stem in &stems {
                let claims = objects.claims.family(namespace, stem).iter();
                self.stale.extend(claims.map(|(ordinal, _)| *ordinal));
            }
        }
        self.drop_odd();
        for ordinal in std::mem::take(&mut self.stale) {
            self.renew(set, objects, &stems, ordinal);
        }
        self.see_odd(set, objects);
        self.number_revisions(current, update);
    }

    /// Looks at the objects of one ordinal again. Only while there are no odd ones.
    fn renew(&mut self, set: &StatefulSet, objects: &Objects, stems: &[String], ordinal: Ordinal) {
        let namespace = &*set.key.namespace;
        let name = template::pod_name(set, ordinal);
        let facts = objects.pods.member(namespace, &set.key.name, ordinal);
        let facts = facts.and_then(Option::as_deref);
        self.unclaimed.remove(&ordinal);
        let facts = facts.filter(|pod| {
            let standing = claiming::standing(set, &name, pod);
            if matches!(standing, Standing::Adopted | Standing::Released) {
                self.unclaimed.insert(ordinal, standing);
            }
            matches!(standing, Standing::Claimed | Standing::Adopted)
        });
        let entry = facts.map(|pod| self.pod(set, objects, &name, ordinal, pod));
        let gone = change(&mut self.pods, |pod| pod.ordinal, ordinal, entry);
        if let Some(gone) = gone {
            self.release(gone.revision);
        }
        let listed = objects.views.is_listed(Kind::PersistentVolumeClaim);
        for (template, stem) in (0..).zip(stems).filter(|_| listed) {
            let claim = objects.claims.member(namespace, stem, ordinal);
            let entry = claim.map(|claim| Claim {
                template,
                ..claim_entry(set, objects, &name, ordinal, claim, facts)
            });
            self.pending += usize::from(entry.is_some_and(|it| it.phase == ClaimPhase::Pending));
            let place = |claim: &Claim| (claim.ordinal, claim.template);
            let gone = change(&mut self.claims, place, (ordinal, template), entry);
            self.pending -= usize::from(gone.is_some_and(|it| it.phase == ClaimPhase::Pending));
        }
    }

    fn pod(
        &mut self,
        set: &StatefulSet,
        objects: &Objects,
        name: &str,
        ordinal: Ordinal,
        pod: &PodFacts,
    ) -> Pod {
        let labels = pod.mold.labels.of(name);
        let claims = pod.mold.claims.of(name);
        let stored = |template: &String| {
            let claim = claims.get(template);
            claim.is_some_and(|it| claim_ordinal(set, template, &it) == Some(ordinal))
        };
        let covers = |selector: &Selector| selector.matches(labels);
        let [_, nodes, budgets] = LISTS.map(|kind| objects.views.is_listed(kind));
        let mut budgets = objects
            .budgets
            .within(&set.key.namespace)
            .filter(|_| budgets);
        let budget = budgets.position(|(_, it)| it.selector.as_ref().is_some_and(covers));
        let node = pod.node.as_deref().filter(|_| nodes);
        let revision = labels.get(REVISION_LABEL).unwrap_or_default();
        Pod {
            ordinal,
            phase: pod.mold.phase,
            ready: pod.mold.ready,
            identity: labels.get(POD_NAME_LABEL).is_some_and(|it| it == name),
            storage: set.templates.iter().all(stored),
            hold: 0,
            rank: 0,
            revision: self.take(&revision),
            ready_since: pod.ready_since,
            terminating_since: pod.mold.terminating_since,
            node: node.and_then(|name| objects.nodes.place(name)),
            budget: budget.and_then(|place| u32::try_from(place).ok()),
        }
    }

    /// The pods whose names the set would not give, though they are its own. There are hardly ever any.
    fn see_odd(&mut self, set: &StatefulSet, objects: &Objects) {
        for (name, ordinal, pod) in odd_pods(set, objects) {
            let standing = claiming::standing(set, name, pod);
            if matches!(standing, Standing::Claimed | Standing::Adopted) {
                let ordinal = ordinal.unwrap_or(NO_ORDINAL);
                let entry = self.pod(set, objects, name, ordinal, pod);
                self.pods.push(Pod {
                    identity: false,
                    ..entry
                });
                self.odd.push(name.into());
            }
        }
    }

    fn drop_odd(&mut self) {
        for gone in self.pods.split_off(self.numbered()) {
            self.release(gone.revision);
        }
        self.odd.clear();
    }

    /// One more pod has this revision.
    fn take(&mut self, name: &str) -> Revision {
        let place = self.revisions.get_index_of(name);
        let place = place.unwrap_or_else(|| self.revisions.insert_full(name.into(), 0).0);
        self.revisions[place] += 1;
        Revision(place as u64)
    }

    /// One pod less has it.
    fn release(&mut self, revision: Revision) {
        if let Ok(place) = usize::try_from(revision.0) {
            self.revisions[place] -= 1;
        }
    }

    /// Numbers the revisions as if all had just been met for the first time: the set's two, then those of pods by name.
    fn number_revisions(&mut self, current: &str, update: &str) {
        let mut numbers: IndexMap<&str, usize> = IndexMap::with_capacity(self.revisions.len() + 3);
        for name in ["", current, update] {
            numbers.insert(name, 0);
        }
        let used = self.revisions.iter().filter(|(_, pods)| **pods > 0);
        let used: BTreeMap<&str, usize> = used.map(|(name, pods)| (&**name, *pods)).collect();
        numbers.extend(used);
        if numbers.keys().eq(self.revisions.keys()) {
            return;
        }
        let place = |name: &String| numbers.get_index_of(&**name).unwrap_or(0) as u64;
        let places: Vec<u64> = self.revisions.keys().map(place).collect();
        for pod in &mut self.pods {
            let old = usize::try_from(pod.revision.0).unwrap_or(0);
            pod.revision = Revision(places[old]);
        }
        let owned = numbers
            .into_iter()
            .map(|(name, pods)| (name.to_string(), pods));
        self.revisions = owned.collect();
    }

    /// Adoptions and releases of pods: first those with the set's name at the beginning of their own.
    pub(crate) fn claiming(&self, set: &StatefulSet, objects: &Objects) -> Vec<Request> {
        let (namespace, name) = (&*set.key.namespace, &*set.key.name);
        let numbered = self.unclaimed.keys().filter_map(|&ordinal| {
            let pod = objects.pods.member(namespace, name, ordinal)?.as_deref()?;
            Some((template::pod_name(set, ordinal), pod))
        });
        let odd = odd_pods(set, objects).map(|(name, _, pod)| (name.to_string(), pod));
        let strays = objects.strays_of(&set.key);
        let strays = strays.map(|(name, pod)| (name.to_string(), pod));
        let mut all: Vec<(String, &PodFacts)> = numbered.chain(odd).chain(strays).collect();
        let prefix = [name, "-"].concat();
        all.sort_by(|(a, _), (b, _)| {
            let late = |name: &str| !name.starts_with(&prefix);
            (late(a), a).cmp(&(late(b), b))
        });
        let requests =
            all.iter()
                .filter_map(|(name, pod)| match claiming::standing(set, name, pod) {
                    Standing::Released => Some(claiming::release(set, name, pod)),
                    Standing::Adopted => Some(claiming::adopt(set, name, pod)),
                    Standing::Claimed | Standing::Foreign => None,
                });
        requests.collect()
    }
}

/// Pods of which only the spelling of the ordinal is not the set's, or the ordinal is beyond all limits.
fn odd_pods<'a>(
    set: &'a StatefulSet,
    objects: &'a Objects,
) -> impl Iterator<Item = (&'a str, Option<Ordinal>, &'a PodFacts)> {
    let odd = objects.pods.odd(&set.key.namespace, &set.key.name);
    odd.into_iter().filter_map(|(name, pod)| {
        let (_, ordinal) = parse_pod_name(name).filter(|(stem, _)| *stem == set.key.name)?;
        Some((name, ordinal, pod.as_deref()?))
    })
}

/// The ordinal of the claim of a template that has this name.
fn claim_ordinal(set: &StatefulSet, template: &str, name: &str) -> Option<Ordinal> {
    let rest = name.strip_prefix(template)?.strip_prefix('-')?;
    canonical_ordinal(rest.strip_prefix(&*set.key.name)?.strip_prefix('-')?)
}

/// A claim, but for its template. `pod` is the set's pod of the same ordinal, called `pod_name`.
fn claim_entry(
    set: &StatefulSet,
    objects: &Objects,
    pod_name: &str,
    ordinal: Ordinal,
    claim: &ClaimFacts,
    pod: Option<&PodFacts>,
) -> Claim {
    let mold = &claim.mold;
    let known = objects.classes.get("", mold.class.as_deref().unwrap_or(""));
    let node = claim.selected_node.as_deref();
    let node = node.or_else(|| pod?.node.as_deref());
    let node = node.filter(|_| objects.views.is_listed(Kind::Node));
    let (set_uid, pod_uid) = (&set.version.uid, pod.map(|pod| &pod.version.uid));
    let set_name = &*set.key.name;
    let names_us = |owner: &Owner| {
        owner.names(Kind::StatefulSet, set_name) || owner.names(Kind::Pod, pod_name)
    };
    let mut owners = mold.owners.iter();
    Claim {
        ordinal,
        template: 0,
        phase: mold.phase,
        set_owner: owner::state(&mold.owners, Kind::StatefulSet, set_name, Some(set_uid)),
        pod_owner: owner::state(&mold.owners, Kind::Pod, pod_name, pod_uid),
        foreign_controller: owners.any(|owner| owner.controller && !names_us(owner)),
        binding: if known.is_some_and(|class| class.waits_for_consumer) {
            Binding::WaitForFirstConsumer
        } else {
            Binding::Immediate
        },
        modes: mold.modes,
        volume_mode: mold.volume_mode,
        // Set beside the volumes, without which neither means anything.
        class: 0,
        volume: None,
        node: node.and_then(|node| objects.nodes.place(node)),
        terminating_since: mold.terminating_since,
        request: mold.request,
    }
}

/// Puts an entry in its place, or takes the one that is there away. Gives that one.
fn change<T, K: Ord + Copy>(
    list: &mut Vec<T>,
    key: impl Fn(&T) -> K,
    place: K,
    entry: Option<T>,
) -> Option<T> {
    if let Some(entry) = entry {
        return put(list, key, entry);
    }
    let index = list.binary_search_by_key(&place, key).ok()?;
    Some(list.remove(index))
}
