//! `describe`: all there is to say about an object, for people.

use std::rc::Rc;

use clap::Args;
use serde_json::Value;
use statefulset::Millis;

use super::failure::Failure;
use super::resources::{self, Filter, Named};
use super::selector::{FieldSelector, Labels};
use super::session::Session;
use super::{events, table};
use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::world::World;

mod allocation;
mod budget;
mod container;
mod generic;
mod node;
mod page;
mod pod;
mod service;
mod stateful_set;
mod storage;
mod volume;

use page::Page;

/// Show all about objects, with their events
#[derive(Debug, Args)]
pub(super) struct Describe {
    /// KIND [NAME…] or KIND/NAME…
    resources: Vec<String>,
    /// Only objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// All namespaces
    #[arg(short = 'A', long)]
    all_namespaces: bool,
}

impl Describe {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let mut failures = Vec::new();
        let mut found: Vec<(Kind, Rc<Object>)> = Vec::new();
        match resources::named_in(session.world.store(), &self.resources)? {
            Named::Objects(objects) => {
                for (kind, name) in objects {
                    match session.require(kind, &name) {
                        Ok(object) => found.push((kind, object)),
                        Err(failure) => failures.push(failure),
                    }
                }
            }
            Named::Kinds(kinds) => {
                let filter = Filter {
                    namespace: (!self.all_namespaces).then(|| session.namespace().to_owned()),
                    labels: Labels::parse(self.selector.as_deref())?,
                    fields: FieldSelector::default(),
                };
                for kind in kinds {
                    let objects = filter.list(session.world.store(), kind);
                    found.extend(objects.into_iter().map(|object| (kind, object)));
                }
                if found.is_empty() {
                    session.say(if self.all_namespaces {
                        "No resources found".to_owned()
                    } else {
                        format!("No resources found in {} namespace.", session.namespace())
                    });
                }
            }
        }
        for (index, (kind, object)) in found.into_iter().enumerate() {
            if index > 0 {
                session.print("\n\n");
            }
            let text = described(session.world, kind, &object);
            session.print(&table::fields(&text));
        }
        Failure::all(failures)
    }
}

/// The description, its columns not yet aligned.
fn described(world: &World, kind: Kind, object: &Object) -> String {
    let store = world.store();
    let mut page = Page::default();
    match kind {
        Kind::StatefulSet => stateful_set::describe(&mut page, store, object),
        Kind::Pod => pod::describe(&mut page, store.now(), object),
        Kind::PersistentVolumeClaim => storage::describe_claim(&mut page, store, object),
        Kind::PersistentVolume => storage::describe_volume(&mut page, object),
        Kind::StorageClass => storage::describe_class(&mut page, object),
        Kind::Service => service::describe(&mut page, store, object),
        Kind::Node => {
            let heard = world.last_heard(object.name());
            node::describe(&mut page, store, object, heard);
        }
        Kind::PodDisruptionBudget => budget::describe(&mut page, object),
        _ => generic::describe(&mut page, object),
    }
    if kind != Kind::Event {
        tell_events(&mut page, store, object);
    }
    page.text()
}

/// A pod template by itself, for `rollout history --revision`.
pub(super) fn pod_template(template: &Value) -> String {
    let mut page = Page::default();
    stateful_set::template(&mut page, template);
    page.text()
}

fn tell_events(page: &mut Page, store: &Store, object: &Object) {
    let namespace = Some(object.namespace()).filter(|n| !n.is_empty());
    let about = |event: &Object| event.text("/involvedObject/uid") == object.uid();
    let events = events::sorted(store, namespace, about);
    if events.is_empty() {
        page.field(0, "Events", "<none>");
        return;
    }
    page.line(0, "Events:");
    page.line(1, "Type\tReason\tAge\tFrom\tMessage");
    page.line(1, "----\t------\t----\t----\t-------");
    for event in events {
        let cells = [
            event.text("/type").to_owned(),
            event.text("/reason").into(),
            events::interval(&event, store.now()),
            event.text("/source/component").into(),
            event.text("/message").trim().into(),
        ];
        page.line(1, &cells.join("\t"));
    }
}

/// `Thu, 01 Jan 2026 00:00:00 +0000`
fn moment(text: &str) -> String {
    let parsed = instant::parse(text).and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    parsed.map_or_else(
        || "<unset>".into(),
        |at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
    )
}

/// How long ago a moment was, for `lasts`.
fn lasts(object: &Object, pointer: &str, now: Millis) -> String {
    super::columns::since(object, pointer, now)
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_are_written_for_people() {
        let text = moment("2026-11-21T07:37:00Z");
        assert_eq!(text, "Sat, 21 Nov 2026 07:37:00 +0000");
        assert_eq!(moment(""), "<unset>");
    }
}
