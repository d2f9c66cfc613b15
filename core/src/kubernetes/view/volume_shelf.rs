//! The volumes, and which of them may become a claim's.
//!
//! In a cluster that has run for a while nearly all volumes are somebody's. A plan that looks for a claim's volume does not
//! look at those.

use std::boxed::Box;
use std::collections::BTreeSet;
use std::vec::Vec;

use super::store::{Shelf, Store};
use crate::kubernetes::object::facts::VolumeFacts;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::key::Key;

/// All volumes, by name.
#[derive(Default, Debug)]
pub(crate) struct VolumeShelf {
    all: Store<VolumeFacts>,
    /// Names of those that no claim of a known uid has.
    open: BTreeSet<Box<str>>,
    /// Names of the others, by the uid of the claim that has them.
    held: BTreeSet<(Uid, Box<str>)>,
}

impl VolumeShelf {
    pub(crate) fn get(&self, name: &str) -> Option<&VolumeFacts> {
        self.all.get("", name)
    }

    /// All of them, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &VolumeFacts)> {
        self.all.within("")
    }

    /// Those that no claim of a known uid has, and those of these claims, by name.
    pub(crate) fn open_to<'a>(
        &'a self,
        claims: &BTreeSet<&Uid>,
    ) -> Vec<(&'a str, &'a VolumeFacts)> {
        let mut names: BTreeSet<&str> = self.open.iter().map(|name| &**name).collect();
        for &claim in claims {
            let first = (claim.clone(), Box::from(""));
            let held = self.held.range(first..);
            let held = held.take_while(|(holder, _)| holder == claim);
            names.extend(held.map(|(_, name)| &**name));
        }
        let names = names.into_iter();
        names
            .filter_map(|name| Some((name, self.get(name)?)))
            .collect()
    }

    /// Stores a volume, unless it is older than what is known. Says whether anything but its version has changed.
    pub(crate) fn put(&mut self, key: &Key, new: VolumeFacts, listing: bool) -> bool {
        let before = self.get(&key.name).map(holder);
        let changed = self.all.put(key, new, listing);
        if let Some(before) = before {
            self.forget(&key.name, before);
        }
        match self.get(&key.name).map(holder) {
            Some(Some(claim)) => self.held.insert((claim, key.name.as_str().into())),
            Some(None) => self.open.insert(key.name.as_str().into()),
            None => false,
        };
        changed
    }

    fn forget(&mut self, name: &str, holder: Option<Uid>) {
        match holder {
            Some(claim) => self.held.remove(&(claim, name.into())),
            None => self.open.remove(name),
        };
    }
}

/// The uid of the claim that has the volume, where it is known.
fn holder(volume: &VolumeFacts) -> Option<Uid> {
    let (_, uid) = volume.reserved.as_ref()?;
    (!uid.is_empty()).then(|| uid.clone())
}

impl Shelf for VolumeShelf {
    fn keys(&self) -> Vec<Key> {
        self.all.all_keys()
    }

    fn uid(&self, namespace: &str, name: &str) -> Option<&Uid> {
        self.all.uid(namespace, name)
    }

    fn drop(&mut self, namespace: &str, name: &str) -> bool {
        if let Some(holder) = self.get(name).map(holder) {
            self.forget(name, holder);
        }
        Shelf::drop(&mut self.all, namespace, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubernetes::object::facts::Pools;
    use crate::kubernetes::object::fields;
    use crate::kubernetes::value::kind::Kind;
    use std::format;
    use std::string::String;
    use std::vec;

    fn put(shelf: &mut VolumeShelf, name: &str, version: u64, claim: &str) {
        let json = format!(
            r#"{{"metadata": {{"name": "{name}", "uid": "v-{name}", "resourceVersion": "{version}"}},
                 "spec": {{"capacity": {{"storage": "1Gi"}}, "accessModes": ["ReadWriteOnce"]{claim}}}}}"#
        );
        let volume: fields::VolumeObject<'_> =
            fields::read(Kind::PersistentVolume, json.as_bytes()).expect("a volume");
        let facts = VolumeFacts::of(&volume, &mut Pools::default());
        shelf.put(&Key::new("", name), facts, false);
    }

    fn of(uid: &str) -> String {
        format!(r#", "claimRef": {{"namespace": "default", "name": "data", "uid": "{uid}"}}"#)
    }

    fn open(shelf: &VolumeShelf, claims: &[&str]) -> Vec<String> {
        let claims: Vec<Uid> = claims.iter().map(|uid| Uid::from(*uid)).collect();
        let open = shelf.open_to(&claims.iter().collect());
        open.into_iter().map(|(name, _)| name.into()).collect()
    }

    #[test]
    fn what_is_open_to_a_claim_follows_the_volumes() {
        let mut shelf = VolumeShelf::default();
        put(&mut shelf, "d", 1, "");
        put(&mut shelf, "a", 2, &of("one"));
        put(&mut shelf, "c", 3, &of(""));
        put(&mut shelf, "b", 4, &of("two"));
        assert_eq!(open(&shelf, &["one", "three"]), ["a", "c", "d"]);
        assert_eq!(open(&shelf, &["one", "two"]), ["a", "b", "c", "d"]);
        assert_eq!(shelf.iter().count(), 4);

        put(&mut shelf, "d", 5, &of("two"));
        put(&mut shelf, "a", 6, "");
        assert_eq!(open(&shelf, &["one"]), ["a", "c"]);
        assert_eq!(open(&shelf, &["two"]), ["a", "b", "c", "d"]);

        // What is older than what is known changes nothing.
        put(&mut shelf, "a", 1, &of("one"));
        assert_eq!(open(&shelf, &[]), ["a", "c"]);

        assert!(Shelf::drop(&mut shelf, "", "a") && Shelf::drop(&mut shelf, "", "b"));
        assert_eq!(open(&shelf, &["two"]), ["c", "d"]);
        assert_eq!(open(&shelf, &[]), vec!["c"]);
    }
}
