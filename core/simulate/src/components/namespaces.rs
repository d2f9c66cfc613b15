//! The namespace controller: what is in a namespace that is being deleted goes first, its pods before all else.

use statefulset::Millis;

use crate::components::component::Component;
use crate::store::{DeleteOptions, Store};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Empties namespaces that are being deleted, and lets them go.
#[derive(Debug, Default)]
pub(crate) struct Namespaces {
    cursor: u64,
}

impl Component for Namespaces {
    fn act(&mut self, store: &mut Store) {
        // What it writes itself makes it look again.
        if std::mem::replace(&mut self.cursor, store.version()) == store.version() {
            return;
        }
        let leaving = store.list(Kind::Namespace, None);
        let leaving = leaving.filter(|namespace| namespace.is_terminating());
        let leaving: Vec<String> = leaving.map(|it| it.name().to_owned()).collect();
        for namespace in leaving {
            if empty(store, &namespace) {
                store.edit(Kind::Namespace, "", &namespace, |namespace| {
                    namespace.take_away("/spec/finalizers");
                });
            }
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}

/// Asks what is in a namespace to go. True where nothing is left.
fn empty(store: &mut Store, namespace: &str) -> bool {
    let content = |store: &Store, kind: Kind| -> Vec<Key> {
        let objects = store.list(kind, Some(namespace));
        objects.map(|object| Key::of(kind, object)).collect()
    };
    let mut left = content(store, Kind::Pod);
    if left.is_empty() {
        let kinds = store.stored_kinds().into_iter();
        let kinds = kinds.filter(|kind| kind.is_namespaced());
        left = kinds.flat_map(|kind| content(store, kind)).collect();
    }
    let is_empty = left.is_empty();
    for key in left {
        let object = store.get(key.kind, &key.namespace, &key.name);
        if object.is_some_and(|object| !object.is_terminating()) {
            // It is there, and nothing is asked of it.
            let _ = store.delete(
                key.kind,
                &key.namespace,
                &key.name,
                &DeleteOptions::default(),
            );
        }
    }
    is_empty
}
