//! What has been told about an object.

use std::rc::Rc;

use super::page::Page;
use crate::kubectl::events;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, store: &Store, kind: Kind, object: &Object) {
    let events = about(store, kind, object);
    if events.is_empty() {
        page.field(0, "Events", "<none>");
        return;
    }
    page.line(0, "Events:");
    page.line(1, "Type\tReason\tAge\tFrom\tMessage");
    page.line(1, "----\t------\t----\t----\t-------");
    for event in events {
        let message = event.text("/message").trim();
        let message = match event.text("/involvedObject/fieldPath") {
            "" => message.to_owned(),
            part => format!("{part}: {message}"),
        };
        let cells = [
            event.text("/type").to_owned(),
            event.text("/reason").into(),
            events::interval(&event, store.now()),
            events::source(&event).into(),
            message,
        ];
        page.line(1, &cells.join("\t"));
    }
}

/// The events about the object, oldest first. A kubelet names its node where others give the node's own number.
fn about(store: &Store, kind: Kind, object: &Object) -> Vec<Rc<Object>> {
    let namespace = Some(object.namespace()).filter(|n| !n.is_empty());
    let with = |uid: &str| {
        let fits = |event: &Object| {
            let it = |field: &str| event.text(&format!("/involvedObject/{field}"));
            it("name") == object.name()
                && it("namespace") == object.namespace()
                && (kind == Kind::Pod || it("kind") == kind.name())
                && it("uid") == uid
        };
        events::sorted(store, namespace, fits)
    };
    let mut found = with(mirrored(kind, object).unwrap_or_else(|| object.uid()));
    if kind == Kind::Node {
        found.extend(with(object.name()));
        found.sort_by_key(|event| events::last(event));
    }
    found
}

/// A pod that stands for one of a node's own has its events under that one's number.
fn mirrored(kind: Kind, object: &Object) -> Option<&str> {
    let mirror = object.pointer("/metadata/annotations/kubernetes.io~1config.mirror")?;
    mirror.as_str().filter(|_| kind == Kind::Pod)
}
