//! Sets that share disruptions, by the name that they give their group (rule Y-4).

use std::boxed::Box;
use std::collections::{BTreeMap, BTreeSet};
use std::vec::Vec;

use crate::kubernetes::value::key::Key;

/// A group is of one namespace. Its sets are in order of their names.
#[derive(Default, Debug)]
pub(crate) struct Groups {
    /// The names of each group's sets, by the namespace and the name of the group.
    members: BTreeMap<Key, BTreeSet<Box<str>>>,
    /// The groups of the sets that have one.
    groups: BTreeMap<Key, Box<str>>,
}

impl Groups {
    /// The set belongs to this group, and to no other.
    pub(crate) fn join(&mut self, set: &Key, group: Option<&str>) {
        if self.groups.get(set).map(|it| &**it) == group {
            return;
        }
        if let Some(before) = self.groups.remove(set) {
            let place = Key::new(&*set.namespace, before);
            if let Some(members) = self.members.get_mut(&place) {
                members.remove(&*set.name);
                if members.is_empty() {
                    self.members.remove(&place);
                }
            }
        }
        if let Some(group) = group {
            let place = Key::new(&*set.namespace, group);
            let members = self.members.entry(place).or_default();
            members.insert(set.name.as_str().into());
            self.groups.insert(set.clone(), group.into());
        }
    }

    /// The sets of the set's group, itself among them. None where it has no group.
    pub(crate) fn members(&self, set: &Key) -> Vec<Key> {
        let Some(group) = self.groups.get(set) else {
            return Vec::new();
        };
        let place = Key::new(&*set.namespace, group.clone());
        let members = self.members.get(&place).into_iter().flatten();
        members
            .map(|name| Key::new(&*set.namespace, &**name))
            .collect()
    }
}
