//! How kubectl makes an applier of one who has applied by the client before.

use std::collections::BTreeSet;

use super::element::Element;
use super::entry::{Identity, Managed, Managers, Operation};
use crate::values::object::Object;

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Whether an applier manages the annotation of what was applied by the client last.
pub(crate) fn annotation_is_applied(object: &Object) -> bool {
    let path = annotation();
    let managers = Managers::known(object);
    let mut appliers = managers
        .0
        .iter()
        .filter(|(id, _)| id.operation == Operation::Apply);
    appliers.any(|(_, it)| it.fields.has(&path))
}

fn annotation() -> [Element; 3] {
    ["metadata", "annotations", LAST_APPLIED].map(Element::field)
}

/// The object with an applier in the place of those who have applied it by the client; nothing where there are none.
pub(crate) fn upgraded(object: &Object, applier: &str) -> Option<Object> {
    let mut managers = Managers::known(object);
    let path = annotation();
    let updaters = managers
        .0
        .iter()
        .filter(|(id, _)| id.operation == Operation::Update);
    let by_client: BTreeSet<String> = updaters
        .filter(|(_, it)| it.fields.has(&path))
        .map(|(id, _)| id.manager.clone())
        .collect();
    let mut changed = false;
    for name in by_client {
        changed |= upgrade(&mut managers, &name, applier);
    }
    changed.then(|| {
        let mut object = object.clone();
        managers.put_into(&mut object);
        object
    })
}

fn upgrade(managers: &mut Managers, by_client: &str, applier: &str) -> bool {
    let identity = Identity::applier(applier, "");
    let is_client = |id: &Identity| {
        id.operation == Operation::Update && id.manager == by_client && id.subresource.is_empty()
    };
    let mut clients: Vec<(Identity, Managed)> = Vec::new();
    managers.0.retain(|id, managed| {
        if is_client(id) {
            clients.push((id.clone(), managed.clone()));
        }
        !is_client(id)
    });
    if clients.is_empty() {
        return false;
    }
    // Entries are written with the oldest first.
    clients.sort_by(|(_, a), (_, b)| a.time.cmp(&b.time));
    let applied = managers
        .0
        .entry(identity)
        .or_insert_with(|| clients[0].1.clone());
    let same = clients.iter().find(|(_, it)| it.version == applied.version);
    if let Some((_, client)) = same {
        applied.fields.add(&client.fields);
    }
    true
}
