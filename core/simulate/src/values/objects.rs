//! All the objects that there are, by kind, namespace and name.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::key::Key;
use super::kind::Kind;
use super::object::{Fields, Object};

/// The objects of a cluster at one moment. Each kind has its namespaces (kinds without have one of no name), so that to find
/// an object compares its name with others of its own kind and namespace only.
#[derive(Debug, Default)]
pub(crate) struct Objects {
    all: BTreeMap<Kind, BTreeMap<String, Named>>,
    /// Names of the volumes that are reserved for a claim of this namespace and name, or (`None`) for nobody.
    volumes: BTreeMap<Reserved, BTreeSet<String>>,
}

/// Objects by name.
type Named = BTreeMap<String, Rc<Object>>;

/// Namespace and name of the claim that a volume is reserved for.
type Reserved = Option<(String, String)>;

impl Objects {
    /// The object of this key.
    pub(crate) fn get(&self, key: &Key) -> Option<&Rc<Object>> {
        self.find(key.kind, &key.namespace, &key.name)
    }

    /// The object of this kind, namespace and name; the namespace does not matter for kinds that have none.
    pub(crate) fn find(&self, kind: Kind, namespace: &str, name: &str) -> Option<&Rc<Object>> {
        let namespace = if kind.is_namespaced() { namespace } else { "" };
        self.all.get(&kind)?.get(namespace)?.get(name)
    }

    /// All objects of a kind, in one namespace or in all (`None`), by namespace and name.
    pub(crate) fn list<'a>(
        &'a self,
        kind: Kind,
        namespace: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Rc<Object>> {
        let namespace = namespace.filter(|_| kind.is_namespaced());
        let namespaces = self.all.get(&kind).into_iter().flatten();
        let (one, all) = match namespace {
            Some(namespace) => (self.all.get(&kind).and_then(|it| it.get(namespace)), None),
            None => (None, Some(namespaces.map(|(_, named)| named))),
        };
        one.into_iter()
            .chain(all.into_iter().flatten())
            .flat_map(BTreeMap::values)
    }

    /// The kinds of which there are objects.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        self.all.keys().copied().collect()
    }

    /// The volumes that are reserved for a claim of this namespace and name, and those that are for nobody, by name.
    pub(crate) fn volumes_for(&self, namespace: &str, claim: &str) -> Vec<&Rc<Object>> {
        let claim = Some((namespace.to_owned(), claim.to_owned()));
        let names = [self.volumes.get(&claim), self.volumes.get(&None)];
        let names: BTreeSet<&String> = names.into_iter().flatten().flatten().collect();
        let volumes = names.into_iter();
        volumes
            .filter_map(|name| self.find(Kind::PersistentVolume, "", name))
            .collect()
    }

    /// Puts an object there, in the place of the one that was there.
    pub(crate) fn insert(&mut self, key: Key, object: Rc<Object>) {
        let Key {
            kind,
            namespace,
            name,
        } = key;
        let volume = (kind == Kind::PersistentVolume).then(|| (name.clone(), reserved(&object)));
        let namespaces = self.all.entry(kind).or_default();
        let old = namespaces
            .entry(namespace)
            .or_default()
            .insert(name, object);
        if let Some((name, whose)) = volume {
            if let Some(old) = old {
                self.forget_volume(&name, &old);
            }
            self.volumes.entry(whose).or_default().insert(name);
        }
    }

    /// Takes an object away.
    pub(crate) fn remove(&mut self, key: &Key) -> Option<Rc<Object>> {
        let namespaces = self.all.get_mut(&key.kind)?;
        let named = namespaces.get_mut(&key.namespace)?;
        let removed = named.remove(&key.name)?;
        if named.is_empty() {
            namespaces.remove(&key.namespace);
        }
        if namespaces.is_empty() {
            self.all.remove(&key.kind);
        }
        if key.kind == Kind::PersistentVolume {
            self.forget_volume(&key.name, &removed);
        }
        Some(removed)
    }

    fn forget_volume(&mut self, name: &str, volume: &Object) {
        let whose = reserved(volume);
        if let Some(names) = self.volumes.get_mut(&whose) {
            names.remove(name);
            if names.is_empty() {
                self.volumes.remove(&whose);
            }
        }
    }
}

fn reserved(volume: &Object) -> Reserved {
    let reference = volume.pointer("/spec/claimRef")?;
    let part = |field| reference.text(field).to_owned();
    Some((part("/namespace"), part("/name")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn put(objects: &mut Objects, kind: Kind, namespace: &str, name: &str, spec: &Object) {
        let object = json!({"metadata": {"namespace": namespace, "name": name}, "spec": spec});
        objects.insert(Key::new(kind, namespace, name), Rc::new(object));
    }

    #[test]
    fn objects_are_listed_by_namespace_and_name() {
        let mut objects = Objects::default();
        for (namespace, name) in [("b", "x"), ("a", "y"), ("a", "x")] {
            put(&mut objects, Kind::Pod, namespace, name, &json!({}));
        }
        put(&mut objects, Kind::Node, "", "n", &json!({}));
        let names = |objects: &Objects, kind, namespace| -> Vec<String> {
            let listed = objects.list(kind, namespace);
            let name = |it: &Rc<Object>| format!("{}/{}", it.namespace(), it.name());
            listed.map(name).collect()
        };
        assert_eq!(names(&objects, Kind::Pod, None), ["a/x", "a/y", "b/x"]);
        assert_eq!(names(&objects, Kind::Pod, Some("b")), ["b/x"]);
        assert_eq!(names(&objects, Kind::Pod, Some("c")), [""; 0]);
        assert_eq!(names(&objects, Kind::Node, Some("a")), ["/n"]);
        assert!(objects.find(Kind::Node, "a", "n").is_some());
        assert!(objects.remove(&Key::new(Kind::Node, "", "n")).is_some());
        assert_eq!(objects.kinds(), [Kind::Pod]);
    }

    #[test]
    fn a_claim_finds_its_own_volume_and_those_of_nobody() {
        let mut objects = Objects::default();
        let of = |claim: &str| json!({"claimRef": {"namespace": "default", "name": claim}});
        let volume = Kind::PersistentVolume;
        for (name, spec) in [("p1", of("one")), ("p2", of("two")), ("p3", json!({}))] {
            put(&mut objects, volume, "", name, &spec);
        }
        let found = |objects: &Objects, claim| -> Vec<String> {
            let volumes = objects.volumes_for("default", claim).into_iter();
            volumes.map(|it| it.name().to_owned()).collect()
        };
        assert_eq!(found(&objects, "one"), ["p1", "p3"]);
        put(&mut objects, volume, "", "p1", &json!({}));
        put(&mut objects, volume, "", "p3", &of("one"));
        assert_eq!(found(&objects, "one"), ["p1", "p3"]);
        assert_eq!(found(&objects, "two"), ["p1", "p2"]);
        objects.remove(&Key::new(volume, "", "p1"));
        assert_eq!(found(&objects, "two"), ["p2"]);
    }
}
