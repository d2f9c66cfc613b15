//! Revisions, numbered for the facts tier.

use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

use indexmap::IndexMap;

use crate::revision::Revision;

/// Names of revisions, and how many pods have each; a [`Revision`] is an index. The first is empty, for "none".
#[derive(Default, Debug)]
pub(crate) struct Numbering(IndexMap<String, usize>);

/// The new numbers of old ones.
pub(crate) struct Places(Vec<Revision>);

impl Places {
    pub(crate) fn of(&self, old: Revision) -> Revision {
        let place = usize::try_from(old.0).unwrap_or(0);
        self.0.get(place).copied().unwrap_or_default()
    }
}

impl Numbering {
    /// All names, by number.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A revision that no pod has and the set does not name is like none.
    pub(crate) fn number(&self, name: &str) -> Revision {
        Revision(self.0.get_index_of(name).unwrap_or(0) as u64)
    }

    pub(crate) fn name(&self, revision: Revision) -> &str {
        let place = usize::try_from(revision.0).ok();
        let entry = place.and_then(|place| self.0.get_index(place));
        entry.map_or("", |(name, _)| name)
    }

    /// The names that pods have.
    pub(crate) fn in_use(&self) -> impl Iterator<Item = (&str, usize)> {
        let used = self.0.iter().filter(|(_, pods)| **pods > 0);
        used.map(|(name, pods)| (name.as_str(), *pods))
    }

    /// One more pod has this revision.
    pub(crate) fn take(&mut self, name: &str) -> Revision {
        let place = self.0.get_index_of(name);
        let place = place.unwrap_or_else(|| self.0.insert_full(name.into(), 0).0);
        self.0[place] += 1;
        Revision(place as u64)
    }

    /// One pod less has it.
    pub(crate) fn release(&mut self, revision: Revision) {
        if let Ok(place) = usize::try_from(revision.0) {
            self.0[place] -= 1;
        }
    }

    /// Numbers the revisions as if all had just been met for the first time: the set's two, then those of pods by name.
    /// `None` where that is how they are numbered already.
    pub(crate) fn renumber(&mut self, current: &str, update: &str) -> Option<Places> {
        let mut numbers: IndexMap<&str, usize> = IndexMap::with_capacity(self.0.len() + 3);
        for name in ["", current, update] {
            numbers.insert(name, 0);
        }
        // In order of names.
        let used: BTreeMap<&str, usize> = self.in_use().collect();
        numbers.extend(used);
        if numbers.keys().eq(self.0.keys()) {
            return None;
        }
        let place = |name: &String| numbers.get_index_of(&**name).unwrap_or(0);
        let places = self.0.keys().map(|name| Revision(place(name) as u64));
        let places = Places(places.collect());
        let owned = numbers.iter().map(|(name, pods)| (name.to_string(), *pods));
        self.0 = owned.collect();
        Some(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_depend_on_what_was_met_first() {
        let mut revisions = Numbering::default();
        let old = ["web-c", "web-a", "web-c", "web-b"].map(|name| revisions.take(name));
        let places = revisions.renumber("web-b", "web-d").expect("new numbers");
        let names: Vec<_> = revisions.names().collect();
        assert_eq!(names, ["", "web-b", "web-d", "web-a", "web-c"]);
        assert_eq!(old.map(|it| places.of(it).0), [4, 3, 4, 1]);
        assert!(revisions.renumber("web-b", "web-d").is_none());
        revisions.release(Revision(3));
        let places = revisions.renumber("web-d", "web-d").expect("new numbers");
        let names: Vec<_> = revisions.names().collect();
        assert_eq!(names, ["", "web-d", "web-b", "web-c"]);
        assert_eq!([4, 1].map(|it| places.of(Revision(it)).0), [3, 2]);
        let used: Vec<_> = revisions.in_use().collect();
        assert_eq!(used, [("web-b", 1), ("web-c", 2)]);
        assert_eq!(revisions.name(revisions.number("web-z")), "");
    }
}
