//! Volumes that claims may be bound to, as the facts tier plans from them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::string::String;
use std::vec::Vec;

use indexmap::IndexSet;

use super::objects::Objects;
use super::reach::Reaches;
use super::roster::Roster;
use crate::kubernetes::object::facts::VolumeFacts;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::template;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::kind::Kind;
use crate::volume::{Reach, Reserved, Volume, VolumePhase};

/// The volumes that the set's claims may be bound to now. Put together for each plan, because other sets take from them,
/// too; but only while some claim has no volume, and without those that are reserved for somebody else.
#[derive(Default)]
pub(crate) struct Volumes<'a> {
    list: Vec<Volume>,
    /// A volume that a claim names and that does not exist has no object.
    objects: Vec<(Cow<'a, str>, Option<&'a VolumeFacts>)>,
    /// From which of the nodes that claims refer to.
    reach: Vec<Reach>,
}

impl<'a> Volumes<'a> {
    /// The list, and the roster's claims told of it. `None` where volumes are not known.
    pub(crate) fn around(
        set: &StatefulSet,
        objects: &'a Objects,
        roster: &mut Roster,
    ) -> Option<Self> {
        if !objects.views.is_listed(Kind::PersistentVolume) {
            return None;
        }
        let mut volumes = Self::default();
        let mut classes: IndexSet<&str> = IndexSet::from([""]);
        let mut unbound = BTreeMap::new();
        let mut of_templates = Vec::new();
        let mut nodes = BTreeSet::new();
        let mut wanted: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (place, entry) in roster.pending() {
            let template = set.templates.get(usize::from(entry.template));
            let name = template::claim_name(set, template?, entry.ordinal);
            let claim = objects.claims.get(&set.key.namespace, &name)?;
            let class = claim.mold.class.as_deref().unwrap_or("");
            entry.class = index(classes.insert_full(class).0);
            entry.volume = None;
            if let Some(volume) = claim.volume() {
                wanted.entry(volume).or_default().push(place);
            }
            let attributes = &*claim.mold.attributes;
            of_templates.push((entry.template, attributes));
            unbound.insert(name, (place, &claim.version.uid, attributes));
            nodes.extend(entry.node);
        }
        if unbound.is_empty() {
            return Some(volumes);
        }
        let mut named = Vec::new();
        let mut reaches = Reaches::default();
        let holders: BTreeSet<&Uid> = unbound.values().map(|(_, uid, _)| *uid).collect();
        // What a claim asks for by name may be anybody's.
        let near = if wanted.is_empty() {
            objects.volumes.open_to(&holders)
        } else {
            objects.volumes.iter().collect()
        };
        for (name, volume) in near {
            let reserved = match &volume.reserved {
                None => Reserved::Nobody,
                Some((key, uid)) if key.namespace == set.key.namespace => unbound
                    .get(&*key.name)
                    .filter(|(_, holder, attributes)| {
                        // With other attributes it is nobody's, not even its own claim's.
                        (uid.is_empty() || *holder == uid) && *attributes == &*volume.attributes
                    })
                    .map_or(Reserved::Other, |&(place, ..)| Reserved::Claim(place)),
                Some(_) => Reserved::Other,
            };
            let claims = wanted.remove(name);
            if reserved == Reserved::Other && claims.is_none() {
                continue;
            }
            named.extend(claims.map(|claims| (claims, index(volumes.list.len()))));
            let entry = Volume {
                capacity: volume.capacity,
                reserved,
                class: index(classes.insert_full(&volume.class).0),
                modes: volume.modes,
                volume_mode: volume.volume_mode,
                phase: volume.phase,
                terminating: volume.terminating,
                reach: volume.reach.as_deref().map(|it| reaches.group(it)),
                matches: matches(set, volume, &of_templates),
            };
            volumes.push(name.into(), Some(volume), entry);
        }
        for (name, claims) in wanted {
            // The claim asks for a volume that is not there: no other will do.
            named.push((claims, index(volumes.list.len())));
            let missing = Volume {
                phase: VolumePhase::Pending,
                reserved: Reserved::Other,
                ..Volume::available(0, 0)
            };
            volumes.push(name.into(), None, missing);
        }
        volumes.reach = reaches.from(&nodes, &objects.nodes);
        for (claims, volume) in named {
            for claim in claims {
                roster.names_volume(claim, volume);
            }
        }
        Some(volumes)
    }

    fn push(&mut self, name: Cow<'a, str>, object: Option<&'a VolumeFacts>, entry: Volume) {
        self.list.push(entry);
        self.objects.push((name, object));
    }

    pub(crate) fn list(&self) -> &[Volume] {
        &self.list
    }

    pub(crate) fn reach(&self) -> &[Reach] {
        &self.reach
    }

    /// Name and object of the entry that an action refers to.
    pub(crate) fn object(&self, index: u32) -> Option<(&str, &'a VolumeFacts)> {
        let (name, object) = self.objects.get(index as usize)?;
        object.map(|object| (&**name, object))
    }

    pub(crate) fn name(&self, index: u32) -> Option<&str> {
        self.objects.get(index as usize).map(|(name, _)| &**name)
    }
}

/// A place in a list of the facts tier.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Which claim templates' selectors match a volume. `claims` are the templates of claims without a volume, with the class
/// of attributes that each asks for.
fn matches(set: &StatefulSet, volume: &VolumeFacts, claims: &[(u16, &str)]) -> u64 {
    let mut bits = u64::MAX;
    for (template, attributes) in claims {
        if *attributes != &*volume.attributes && *template < 64 {
            bits &= !(1 << template);
        }
    }
    for (place, selector) in set.claim_selectors.iter().enumerate().take(64) {
        if selector
            .as_ref()
            .is_some_and(|it| !it.matches(volume.labels.of("")))
        {
            bits &= !(1 << place);
        }
    }
    bits
}
