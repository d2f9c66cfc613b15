//! A set's pods and claims as the facts tier plans from them, kept up to date entry by entry.
//!
//! An event names an ordinal; the next plan looks at that ordinal's objects again, and at no others. Only a change of
//! what all entries depend on – the set's selector, a node that comes or goes – makes every entry anew, by the same steps.

use std::borrow::Cow;
use std::boxed::Box;
use std::cell::{RefCell, RefMut};
use std::collections::{BTreeMap, BTreeSet};
use std::string::{String, ToString};
use std::vec::Vec;

use smallvec::SmallVec;

use super::claiming::{self, Standing};
use super::entry;
use super::families::put;
use super::numbering::Numbering;
use super::objects::Objects;
use crate::claim::{Claim, ClaimPhase};
use crate::desired::{Deletion, NO_ORDINAL, Ordinal};
use crate::kubernetes::object::difference;
use crate::kubernetes::object::facts::PodFacts;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::template;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::Selector;
use crate::kubernetes::value::marks::MarkedBy;
use crate::kubernetes::value::policies::rank::RankBy;
use crate::names::parse_pod_name;
use crate::plan::parts::Parts;
use crate::pod::{Change, Phase, Pod};
use crate::policies::Ranked;
use crate::revision::Revision;

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
    revisions: Numbering,
    /// Pods of these ordinals are to be adopted or released.
    unclaimed: BTreeSet<Ordinal>,
    /// How old pods get to the update revision.
    ways: Ways,
    /// What the planner has found out about the entries: a memory that changes no answer.
    parts: RefCell<Parts>,
}

/// How pods of other revisions get to one revision, as far as somebody has asked.
#[derive(Default, Debug)]
struct Ways {
    update: String,
    from: BTreeMap<String, Change>,
}

impl Ways {
    fn to(update: &str) -> Self {
        Self {
            update: update.into(),
            from: BTreeMap::new(),
        }
    }

    /// A pod whose revision nobody has any more is made again.
    fn from(&mut self, name: &str, set: &StatefulSet, objects: &Objects, data: &[u8]) -> Change {
        if let Some(&change) = self.from.get(name) {
            return change;
        }
        let Some(old) = objects.revisions.get(&set.key.namespace, name) else {
            return Change::Recreate;
        };
        let change = difference::kind(&old.data, data, set.kubernetes);
        self.from.insert(name.into(), change);
        change
    }
}

/// What every entry depends on.
#[derive(PartialEq, Debug)]
struct Basis {
    uid: Uid,
    selector: Selector,
    templates: Vec<String>,
    /// What gives pods their ranks, where those count.
    rank_by: Option<RankBy>,
    marked_by: MarkedBy,
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
            rank_by: (set.policies.view().ranked != Ranked::Off)
                .then(|| set.policies.rank_by.clone()),
            marked_by: set.policies.marked_by,
            deletion: set.deletion,
            edition: objects.edition,
            listed: LISTS.map(|kind| objects.views.is_listed(kind)),
        }
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

    /// What the planner has found out about the entries, if all of them are in order.
    pub(crate) fn parts(&self) -> Option<RefMut<'_, Parts>> {
        self.parts
            .try_borrow_mut()
            .ok()
            .filter(|_| self.odd.is_empty())
    }

    /// The claims of one ordinal, by template.
    pub(crate) fn claims_of(&self, ordinal: Ordinal) -> &[Claim] {
        let from = self.claims.partition_point(|it| it.ordinal < ordinal);
        let length = self.claims[from..].partition_point(|it| it.ordinal == ordinal);
        &self.claims[from..from + length]
    }

    /// The claims that have no volume yet, with their indexes, to be told of volumes.
    pub(crate) fn pending(&mut self) -> impl Iterator<Item = (u32, &mut Claim)> {
        // Most of the time there are none, and no need to look for them.
        let all = if self.pending > 0 {
            self.claims.len()
        } else {
            0
        };
        let claims = (0..).zip(&mut self.claims[..all]);
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

    /// What the pod of an ordinal is called when its claims are seen to: pending and condemned pods by the name that they
    /// have, all others by the one that they are given.
    pub(crate) fn name_of(&self, set: &StatefulSet, ordinal: Ordinal) -> String {
        let (numbered, odd) = self.pods.split_at(self.numbered());
        let is_there = numbered.binary_search_by_key(&ordinal, |pod| pod.ordinal);
        let keeps = |pod: &Pod| pod.phase == Phase::Pending || !set.wants(ordinal);
        let keeper = |pod: &Pod| pod.ordinal == ordinal && keeps(pod);
        match odd.iter().position(keeper).filter(|_| is_there.is_err()) {
            Some(odd) => self.odd[odd].to_string(),
            None => template::pod_name(set, ordinal),
        }
    }

    /// How many pods have ordinary names.
    fn numbered(&self) -> usize {
        self.pods.len() - self.odd.len()
    }

    /// The revisions of its pods, and the set's own two.
    pub(crate) const fn revisions(&self) -> &Numbering {
        &self.revisions
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
        let basis = Some(Basis::of(set, objects));
        if self.basis != basis {
            *self = Self {
                basis,
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
        if let Some(places) = self.revisions.renumber(current, update) {
            for pod in &mut self.pods {
                pod.revision = places.of(pod.revision);
            }
            *self.parts.get_mut() = Parts::default();
        }
    }

    /// Finds out of each old pod how it can get to the update revision, which has these data (rule Y-12).
    pub(crate) fn classify(
        &mut self,
        set: &StatefulSet,
        objects: &Objects,
        update: &str,
        data: &[u8],
    ) {
        if self.ways.update != update {
            self.ways = Ways::to(update);
        }
        let mut known: SmallVec<[(Revision, Change); 4]> = SmallVec::new();
        for pod in &mut self.pods {
            let found = known.iter().find(|(revision, _)| *revision == pod.revision);
            let change = if let Some(&(_, change)) = found {
                change
            } else {
                let name = self.revisions.name(pod.revision);
                let change = self.ways.from(name, set, objects, data);
                known.push((pod.revision, change));
                change
            };
            if pod.change != change {
                pod.change = change;
                self.parts.get_mut().forget(pod.ordinal);
            }
        }
    }

    /// Looks at the objects of one ordinal again. Only while there are no odd ones.
    fn renew(&mut self, set: &StatefulSet, objects: &Objects, stems: &[String], ordinal: Ordinal) {
        self.parts.get_mut().forget(ordinal);
        let namespace = &*set.key.namespace;
        let name = template::pod_name(set, ordinal);
        let facts = objects.pods.member(namespace, &set.key.name, ordinal);
        let facts = facts.and_then(Option::as_deref);
        self.unclaimed.remove(&ordinal);
        let facts = facts.filter(|pod| {
            let standing = claiming::standing(set, &name, pod);
            if matches!(standing, Standing::Adopted | Standing::Released) {
                self.unclaimed.insert(ordinal);
            }
            matches!(standing, Standing::Claimed | Standing::Adopted)
        });
        let entry = facts.map(|pod| Pod {
            revision: self.revisions.take(&entry::revision(&name, pod)),
            ..entry::pod(set, objects, &name, ordinal, pod)
        });
        let gone = change(&mut self.pods, |pod| pod.ordinal, ordinal, entry);
        if let Some(gone) = gone {
            self.revisions.release(gone.revision);
        }
        let listed = objects.views.is_listed(Kind::PersistentVolumeClaim);
        for (template, stem) in (0..).zip(stems).filter(|_| listed) {
            let claim = objects.claims.member(namespace, stem, ordinal);
            let entry = claim.map(|claim| Claim {
                template,
                ..entry::claim(set, objects, &name, ordinal, claim, facts)
            });
            self.pending += usize::from(entry.is_some_and(|it| it.phase == ClaimPhase::Pending));
            let place = |claim: &Claim| (claim.ordinal, claim.template);
            let gone = change(&mut self.claims, place, (ordinal, template), entry);
            self.pending -= usize::from(gone.is_some_and(|it| it.phase == ClaimPhase::Pending));
        }
    }

    /// The pods whose names the set would not give, though they are its own. There are hardly ever any.
    fn see_odd(&mut self, set: &StatefulSet, objects: &Objects) {
        for (name, ordinal, pod) in odd_pods(set, objects) {
            let standing = claiming::standing(set, name, pod);
            if matches!(standing, Standing::Claimed | Standing::Adopted) {
                self.lend_claims(set, objects, name, ordinal, pod);
                let ordinal = ordinal.unwrap_or(NO_ORDINAL);
                self.pods.push(Pod {
                    identity: false,
                    revision: self.revisions.take(&entry::revision(name, pod)),
                    ..entry::pod(set, objects, name, ordinal, pod)
                });
                self.odd.push(name.into());
            }
        }
    }

    /// An ordinal's claims are those of the pod with the odd name, where there is no other.
    fn lend_claims(
        &mut self,
        set: &StatefulSet,
        objects: &Objects,
        pod_name: &str,
        ordinal: Option<Ordinal>,
        pod: &PodFacts,
    ) {
        let numbered = &self.pods[..self.numbered()];
        let Some(ordinal) = ordinal.filter(|it| {
            numbered
                .binary_search_by_key(it, |pod| pod.ordinal)
                .is_err()
        }) else {
            return;
        };
        // A pod that is put right has its new name before its claims are looked at.
        let keeps_name = pod.mold.phase == Phase::Pending || !set.wants(ordinal);
        let new_name = template::pod_name(set, ordinal);
        let pod_name = if keeps_name { pod_name } else { &new_name };
        for entry in self.claims.iter_mut().filter(|it| it.ordinal == ordinal) {
            let template = &set.templates[usize::from(entry.template)];
            let name = template::claim_name(set, template, ordinal);
            if let Some(claim) = objects.claims.get(&set.key.namespace, &name) {
                let owners = entry::claim(set, objects, pod_name, ordinal, claim, Some(pod));
                entry.pod_owner = owners.pod_owner;
                entry.foreign_controller = owners.foreign_controller;
            }
        }
    }

    fn drop_odd(&mut self) {
        for gone in self.pods.split_off(self.numbered()) {
            self.revisions.release(gone.revision);
            self.stale.insert(gone.ordinal);
        }
        self.odd.clear();
    }

    /// The pods that the set does not own as it should, and what they are to it: first those with the set's name at the
    /// beginning of their own.
    pub(crate) fn to_claim<'a>(
        &self,
        set: &'a StatefulSet,
        objects: &'a Objects,
    ) -> Vec<(String, &'a PodFacts, Standing)> {
        let (namespace, name) = (&*set.key.namespace, &*set.key.name);
        let numbered = self.unclaimed.iter().filter_map(|&ordinal| {
            let pod = objects.pods.member(namespace, name, ordinal)?.as_deref()?;
            Some((template::pod_name(set, ordinal), pod))
        });
        let odd = odd_pods(set, objects).map(|(name, _, pod)| (name.to_string(), pod));
        let strays = objects.strays_of(&set.key);
        let strays = strays.map(|(name, pod)| (name.to_string(), pod));
        let all = numbered.chain(odd).chain(strays);
        let mut all: Vec<_> = all
            .map(|(name, pod)| {
                let standing = claiming::standing(set, &name, pod);
                (name, pod, standing)
            })
            .collect();
        let prefix = [name, "-"].concat();
        all.sort_by(|(a, ..), (b, ..)| {
            let late = |name: &str| !name.starts_with(&prefix);
            (late(a), a).cmp(&(late(b), b))
        });
        all
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
