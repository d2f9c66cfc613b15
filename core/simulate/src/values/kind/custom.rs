//! Kinds that a CustomResourceDefinition brings.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::resource::Resource;
use super::resource::Scope::{Cluster, Namespaced};
use crate::values::object::{Fields, Object};

/// What has been read already, by the text of the definitions. A kind is a value that is copied everywhere, so what it is called
/// has to stay for as long as the program runs; this is how it stays there once for each definition. No answer depends on
/// what else is in here.
static READ: Mutex<BTreeMap<String, &'static Resource>> = Mutex::new(BTreeMap::new());

/// The kind that a definition brings. None where it says too little.
pub(super) fn resource(definition: &Object) -> Option<&'static Resource> {
    let spec = definition.pointer("/spec")?;
    let served = || {
        let versions = spec.list("/versions").iter();
        versions.filter(|version| version.flag("/served"))
    };
    // Written in any version that is served; read in the one that is stored, as far as that is served.
    let stored = served().find(|it| it.flag("/storage"));
    let version = stored.or_else(|| served().next())?;
    let names = spec.pointer("/names")?;
    if names.text("/kind").is_empty() || names.text("/plural").is_empty() {
        return None;
    }
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let known = read.entry(spec.to_string()).or_insert_with(|| {
        let columns = version.list("/additionalPrinterColumns").iter();
        let columns = columns
            .filter(|column| column.int("/priority").unwrap_or(0) == 0)
            .map(|column| (keep(column.text("/name")), keep(column.text("/jsonPath"))));
        let scope = if spec.text("/scope") == "Cluster" {
            Cluster
        } else {
            Namespaced
        };
        let singular = names.text("/singular");
        let resource = Resource {
            singular: (!singular.is_empty()).then(|| keep(singular)),
            also: keep_all(served().map(|it| keep(it.text("/name")))),
            columns: keep_all(columns),
            is_custom: true,
            ..Resource::new(
                keep(spec.text("/group")),
                keep(version.text("/name")),
                keep(names.text("/kind")),
                keep(names.text("/plural")),
                keep_all(
                    names
                        .list("/shortNames")
                        .iter()
                        .filter_map(Value::as_str)
                        .map(keep),
                ),
                scope,
            )
        };
        Box::leak(Box::new(resource))
    });
    Some(known)
}

fn keep(text: &str) -> &'static str {
    Box::leak(text.into())
}

fn keep_all<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    Box::leak(items.collect())
}
