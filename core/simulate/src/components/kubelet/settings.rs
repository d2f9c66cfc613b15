//! Secrets and ConfigMaps that a pod's containers and volumes refer to.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What the containers of a pod lack, by their names, in the kubelet's words.
pub(super) fn lacking(store: &Store, pod: &Object) -> BTreeMap<String, String> {
    let lists = ["/spec/initContainers", "/spec/containers"];
    let containers = lists.into_iter().flat_map(|list| pod.list(list));
    let lacks = containers.filter_map(|container| {
        let lack = lack_of(store, pod.namespace(), container)?;
        Some((container.text("/name").to_owned(), lack))
    });
    lacks.collect()
}

fn lack_of(store: &Store, namespace: &str, container: &Value) -> Option<String> {
    let whole = container.list("/envFrom").iter().find_map(|from| {
        SOURCES.into_iter().find_map(|source| {
            let reference = from.pointer(source.whole)?;
            let name = reference.text("/name");
            let is_missing = store.get(source.kind, namespace, name).is_none();
            (is_missing && !reference.flag("/optional")).then(|| source.not_found(name))
        })
    });
    whole.or_else(|| {
        container.list("/env").iter().find_map(|variable| {
            SOURCES.into_iter().find_map(|source| {
                let reference = variable.pointer(source.key)?;
                let (name, key) = (reference.text("/name"), reference.text("/key"));
                let lack = match store.get(source.kind, namespace, name) {
                    None => source.not_found(name),
                    Some(object) if has(object, key) => return None,
                    Some(_) => {
                        let kind = source.kind.name();
                        format!("couldn't find key {key} in {kind} {namespace}/{name}")
                    }
                };
                (!reference.flag("/optional")).then_some(lack)
            })
        })
    })
}

/// Why a volume of the pod cannot be set up, in the kubelet's words.
pub(super) fn unmountable(store: &Store, pod: &Object) -> Option<String> {
    pod.list("/spec/volumes").iter().find_map(|volume| {
        let single = SOURCES.into_iter().filter_map(|source| {
            let content = volume.pointer(source.volume)?;
            Some((source, content, content.text(source.named)))
        });
        let projected = volume.list("/projected/sources").iter().flat_map(|part| {
            SOURCES.into_iter().filter_map(|source| {
                let content = part.pointer(source.volume)?;
                Some((source, content, content.text("/name")))
            })
        });
        let why = single
            .chain(projected)
            .find_map(|(source, content, name)| {
                let why = match store.get(source.kind, pod.namespace(), name) {
                    None => source.not_found(name),
                    Some(object) => {
                        let mut keys = content.list("/items").iter().map(|it| it.text("/key"));
                        let key = keys.find(|key| !has(object, key))?;
                        format!("references non-existent {} key: {key}", source.word)
                    }
                };
                (!content.flag("/optional")).then_some(why)
            })?;
        let name = volume.text("/name");
        Some(format!(
            "MountVolume.SetUp failed for volume \"{name}\" : {why}"
        ))
    })
}

/// Where a kind of settings is referred to.
#[derive(Clone, Copy)]
struct Source {
    kind: Kind,
    /// All its entries, as variables.
    whole: &'static str,
    /// One entry, as a variable.
    key: &'static str,
    /// A volume with its entries.
    volume: &'static str,
    /// The name in such a volume.
    named: &'static str,
    /// What the kubelet calls its keys.
    word: &'static str,
}

const SOURCES: [Source; 2] = [
    Source {
        kind: Kind::Secret,
        whole: "/secretRef",
        key: "/valueFrom/secretKeyRef",
        volume: "/secret",
        named: "/secretName",
        word: "secret",
    },
    Source {
        kind: Kind::ConfigMap,
        whole: "/configMapRef",
        key: "/valueFrom/configMapKeyRef",
        volume: "/configMap",
        named: "/name",
        word: "config",
    },
];

impl Source {
    fn not_found(self, name: &str) -> String {
        format!("{} \"{name}\" not found", self.kind.singular())
    }
}

fn has(object: &Object, key: &str) -> bool {
    let maps = ["/data", "/binaryData"].into_iter();
    let mut maps = maps.filter_map(|map| object.pointer(map)?.as_object());
    maps.any(|map| map.contains_key(key))
}
