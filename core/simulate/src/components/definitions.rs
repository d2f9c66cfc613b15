//! Custom resource definitions: they are established at once, and take their objects with them when they go.

use serde_json::{Value, json};
use statefulset::Millis;

use crate::components::component::Component;
use crate::store::{DeleteOptions, Store};
use crate::values::finalizer::{self, DEFINITION_CLEANUP};
use crate::values::instant;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

const KIND: Kind = Kind::CustomResourceDefinition;

/// Follows the definitions.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    cursor: u64,
}

impl Component for Definitions {
    fn program(&self) -> &'static str {
        "kube-apiserver"
    }

    fn act(&mut self, store: &mut Store) {
        let changes = store.changes_since(self.cursor).iter();
        let changed: Vec<Key> = changes
            .filter(|change| change.key.kind == KIND || change.key.kind.is_at_rest())
            .map(|change| change.key.clone())
            .collect();
        self.cursor = store.version();
        if changed.is_empty() {
            return;
        }
        let definitions: Vec<_> = store.list(KIND, None).cloned().collect();
        for definition in definitions {
            if definition.is_terminating() {
                if is_unused(store, &definition) {
                    store.edit(KIND, "", definition.name(), |definition| {
                        finalizer::remove(definition, DEFINITION_CLEANUP);
                    });
                }
            } else {
                let status = status(store, &definition);
                store.edit(KIND, "", definition.name(), |definition| {
                    definition.put("/status", status);
                });
            }
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}

/// Asks the objects of a definition to go. True where none is left.
fn is_unused(store: &mut Store, definition: &Object) -> bool {
    let Some(kind) = Kind::custom(definition) else {
        return true;
    };
    let objects: Vec<_> = store.list(kind, None).cloned().collect();
    for object in objects.iter().filter(|object| !object.is_terminating()) {
        let options = DeleteOptions::default();
        // It is there, and nothing is asked of it.
        let _ = store.delete(kind, object.namespace(), object.name(), &options);
    }
    store.list(kind, None).next().is_none()
}

fn status(store: &Store, definition: &Object) -> Value {
    let at = |kind: &str| {
        let mut conditions = definition.list("/status/conditions").iter();
        let before = conditions.find(|it| it.text("/type") == kind);
        let before = before.map(|it| it.text("/lastTransitionTime").to_owned());
        before.unwrap_or_else(|| instant::rfc3339(store.now()))
    };
    let condition = |kind: &str, reason: &str, message: &str| {
        json!({
            "type": kind, "status": "True", "reason": reason, "message": message, "lastTransitionTime": at(kind),
        })
    };
    let versions = definition.list("/spec/versions").iter();
    let stored: Vec<&str> = versions
        .filter(|version| version.flag("/storage"))
        .map(|version| version.text("/name"))
        .collect();
    json!({
        "acceptedNames": definition.pointer("/spec/names"),
        "conditions": [
            condition("NamesAccepted", "NoConflicts", "no conflicts found"),
            condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
        ],
        "storedVersions": stored,
    })
}
