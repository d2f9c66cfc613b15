//! Objects that are numbered: pods, and claims.

use std::boxed::Box;
use std::collections::BTreeMap;
use std::format;
use std::ops::Bound;
use std::vec::Vec;

use indexmap::IndexMap;

use crate::desired::{MAX_ORDINAL, Ordinal};
use crate::kubernetes::value::key::Key;

/// A map from namespace and name, in which a name `<stem>-<ordinal>` costs no more than the ordinal: the stem is kept
/// once for all its members.
#[derive(Debug)]
pub(crate) struct Families<T> {
    namespaces: IndexMap<Box<str>, Namespace<T>>,
}

#[derive(Debug)]
struct Namespace<T> {
    /// Members by stem, in order of their ordinals.
    families: BTreeMap<Box<str>, Vec<(Ordinal, T)>>,
    /// Everything whose name does not end in an ordinal, or spells it in an odd way.
    others: BTreeMap<Box<str>, T>,
}

impl<T> Default for Families<T> {
    fn default() -> Self {
        Self {
            namespaces: IndexMap::new(),
        }
    }
}

impl<T> Default for Namespace<T> {
    fn default() -> Self {
        Self {
            families: BTreeMap::new(),
            others: BTreeMap::new(),
        }
    }
}

impl<T> Families<T> {
    /// The object with this name.
    pub(crate) fn get(&self, namespace: &str, name: &str) -> Option<&T> {
        match numbered(name) {
            Some((stem, ordinal)) => self.member(namespace, stem, ordinal),
            None => self.namespaces.get(namespace)?.others.get(name),
        }
    }

    /// The object called `<stem>-<ordinal>`.
    pub(crate) fn member(&self, namespace: &str, stem: &str, ordinal: Ordinal) -> Option<&T> {
        let family = self.family(namespace, stem);
        let place = place(family, ordinal).ok()?;
        Some(&family[place].1)
    }

    /// The objects called `<stem>-<ordinal>`, in order of their ordinals.
    pub(crate) fn family(&self, namespace: &str, stem: &str) -> &[(Ordinal, T)] {
        let families = self.namespaces.get(namespace).map(|it| &it.families);
        families
            .and_then(|families| families.get(stem))
            .map_or(&[], Vec::as_slice)
    }

    /// The objects whose names begin with `<stem>-` and a digit and are not of the family, by name.
    pub(crate) fn odd(&self, namespace: &str, stem: &str) -> Vec<(&str, &T)> {
        let others = self.namespaces.get(namespace).map(|it| &it.others);
        let Some(others) = others.filter(|others| !others.is_empty()) else {
            return Vec::new();
        };
        // The colon follows the digits.
        let (first, end) = (format!("{stem}-0"), format!("{stem}-:"));
        let range = (Bound::Included(&*first), Bound::Excluded(&*end));
        let odd = others.range::<str, _>(range);
        odd.map(|(name, value)| (&**name, value)).collect()
    }

    pub(crate) fn insert(&mut self, namespace: &str, name: &str, value: T) {
        if !self.namespaces.contains_key(namespace) {
            self.namespaces
                .insert(namespace.into(), Namespace::default());
        }
        let Some(names) = self.namespaces.get_mut(namespace) else {
            return;
        };
        let Some((stem, ordinal)) = numbered(name) else {
            names.others.insert(name.into(), value);
            return;
        };
        if !names.families.contains_key(stem) {
            names.families.insert(stem.into(), Vec::new());
        }
        if let Some(family) = names.families.get_mut(stem) {
            put(family, |it| it.0, (ordinal, value));
        }
    }

    pub(crate) fn remove(&mut self, namespace: &str, name: &str) -> Option<T> {
        let names = self.namespaces.get_mut(namespace)?;
        let removed = match numbered(name) {
            None => names.others.remove(name),
            Some((stem, ordinal)) => {
                let family = names.families.get_mut(stem)?;
                let place = place(family, ordinal).ok()?;
                let (_, removed) = family.remove(place);
                if family.is_empty() {
                    names.families.remove(stem);
                }
                Some(removed)
            }
        };
        if names.families.is_empty() && names.others.is_empty() {
            self.namespaces.swap_remove(namespace);
        }
        removed
    }

    /// All objects, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.namespaces.values().flat_map(|names| {
            let numbered = names.families.values().flatten().map(|(_, value)| value);
            numbered.chain(names.others.values())
        })
    }

    /// The keys of all objects, in no order that means anything.
    pub(crate) fn all_keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for (namespace, names) in &self.namespaces {
            for (stem, family) in &names.families {
                let members = family.iter();
                keys.extend(
                    members.map(|(ordinal, _)| Key::new(&**namespace, format!("{stem}-{ordinal}"))),
                );
            }
            keys.extend(
                names
                    .others
                    .keys()
                    .map(|name| Key::new(&**namespace, &**name)),
            );
        }
        keys
    }
}

fn place<T>(family: &[(Ordinal, T)], ordinal: Ordinal) -> Result<usize, usize> {
    family.binary_search_by_key(&ordinal, |(ordinal, _)| *ordinal)
}

/// Puts an entry into a list that is in order of its keys, in place of the one with the same key. Gives that one.
pub(crate) fn put<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K, entry: T) -> Option<T> {
    match list.binary_search_by_key(&key(&entry), key) {
        Ok(place) => Some(std::mem::replace(&mut list[place], entry)),
        Err(place) => {
            if list.len() == list.capacity() {
                // Doubling would leave half of the memory unused for ever: sets rarely grow.
                list.reserve_exact(list.len() / 8 + 4);
            }
            list.insert(place, entry);
            None
        }
    }
}

/// Stem and ordinal of a name that spells its ordinal the one way that a set itself spells it.
fn numbered(name: &str) -> Option<(&str, Ordinal)> {
    let (stem, digits) = name.rsplit_once('-')?;
    Some((stem, canonical_ordinal(digits)?))
}

/// The ordinal in a name, spelled the one way that a set itself spells it.
pub(crate) fn canonical_ordinal(digits: &str) -> Option<Ordinal> {
    let canonical = digits == "0" || !digits.starts_with(['0', '+']);
    let ordinal = digits.parse().ok()?;
    (canonical && ordinal <= MAX_ORDINAL).then_some(ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::vec;

    #[test]
    fn every_name_is_kept_apart_from_every_other() {
        let names = [
            "web-0",
            "web-2",
            "web-10",
            "web-01",
            "web-2147483647",
            "web-2147483648",
            "web-00",
            "web",
            "web-",
            "web-x",
            "web-+1",
            "web-1-0",
            "webs-0",
            "-0",
            "",
        ];
        let mut families = Families::default();
        for name in names {
            families.insert("a", name, name);
        }
        families.insert("b", "web-0", "other");
        for name in names {
            assert_eq!(families.get("a", name), Some(&name));
        }
        let ordinals = |stem| {
            let family: &[(Ordinal, &str)] = families.family("a", stem);
            family.iter().map(|it| it.0).collect::<Vec<_>>()
        };
        assert_eq!(ordinals("web"), [0, 2, 10, 2_147_483_647]);
        assert_eq!(ordinals("web-1"), [0]);
        let odd: Vec<_> = families
            .odd("a", "web")
            .into_iter()
            .map(|it| it.0)
            .collect();
        assert_eq!(odd, ["web-00", "web-01", "web-2147483648"]);
        let keys: BTreeSet<_> = families.all_keys().into_iter().collect();
        assert_eq!(keys.len(), names.len() + 1);
        assert_eq!(families.iter().count(), names.len() + 1);
        families.insert("a", "web-2", "again");
        assert_eq!(families.remove("a", "web-2"), Some("again"));
        for name in names {
            families.remove("a", name);
        }
        assert_eq!(families.all_keys(), vec![Key::new("b", "web-0")]);
    }
}
