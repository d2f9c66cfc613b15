//! `describe`: all there is to say about an object, for people.

use std::rc::Rc;

use clap::Args;
use serde_json::Value;
use statefulset::Millis;

use super::description;
use super::failure::Failure;
use super::resources::{self, Filter, Named};
use super::selector::{FieldSelector, Labels};
use super::session::Session;
use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

mod account;
mod allocation;
mod budget;
mod claim;
mod container;
mod environment;
mod event;
mod generic;
mod node;
mod page;
mod pod;
mod probe;
mod quota;
mod scheduling;
mod secret;
mod service;
mod slice;
mod source;
mod stateful_set;
mod storage;
mod value;
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
            let heard = session.world.last_heard(object.name());
            let text = description(session.world.store(), kind, &object, heard);
            session.print(&text);
        }
        Failure::all(failures)
    }
}

/// The description, its columns not yet aligned; a node has last been heard of at a moment.
pub(super) fn described(
    store: &Store,
    kind: Kind,
    object: &Object,
    heard: Option<Millis>,
) -> String {
    let mut page = Page::default();
    match kind {
        Kind::StatefulSet => stateful_set::describe(&mut page, store, object),
        Kind::Pod => pod::describe(&mut page, store.now(), object),
        Kind::PersistentVolumeClaim => claim::describe_one(&mut page, store, object),
        Kind::PersistentVolume => storage::describe_volume(&mut page, store, object),
        Kind::StorageClass => storage::describe_class(&mut page, object),
        Kind::Service => service::describe(&mut page, store, object),
        Kind::Node => node::describe(&mut page, store, object, heard),
        Kind::PodDisruptionBudget => budget::describe(&mut page, object),
        Kind::Secret => secret::describe(&mut page, object),
        Kind::ConfigMap => secret::describe_map(&mut page, object),
        Kind::ServiceAccount => account::describe(&mut page, object),
        Kind::PriorityClass => account::describe_priority(&mut page, object),
        Kind::EndpointSlice => slice::describe(&mut page, object),
        Kind::ResourceQuota => quota::describe(&mut page, object),
        Kind::LimitRange => quota::describe_range(&mut page, object),
        Kind::Namespace => quota::describe_namespace(&mut page, store, object),
        _ => generic::describe(&mut page, object),
    }
    // kubectl does not ask for the events of these.
    let silent = matches!(
        kind,
        Kind::Secret | Kind::ResourceQuota | Kind::LimitRange | Kind::Namespace
    );
    if !silent {
        event::describe(&mut page, store, kind, object);
    }
    page.text()
}

/// A pod template by itself, for `rollout history --revision`.
pub(super) fn pod_template(template: &Value) -> String {
    let mut page = Page::default();
    stateful_set::template(&mut page, template);
    page.text()
}

/// `Thu, 01 Jan 2026 00:00:00 +0000`. What has no time is said to be as old as the calendar.
fn moment(text: &str) -> String {
    let parsed = instant::parse(text).and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    parsed.map_or_else(
        || "Mon, 01 Jan 0001 00:00:00 +0000".into(),
        |at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
    )
}

/// How long ago a moment was.
fn since(object: &Object, pointer: &str, now: Millis) -> String {
    super::columns::since(object, pointer, now)
}

/// The conditions of a claim or a node, with when they were last looked at.
fn conditions(page: &mut Page, conditions: &[Value], [seen, seen_at]: [&str; 2]) {
    page.line(
        1,
        &format!("Type\tStatus\t{seen}\tLastTransitionTime\tReason\tMessage"),
    );
    page.line(
        1,
        "----\t------\t-----------------\t------------------\t------\t-------",
    );
    for condition in conditions {
        let cells = [
            format!("{} ", condition.text("/type")),
            format!("{} ", condition.text("/status")),
            format!("{} ", moment(condition.text(seen_at))),
            format!("{} ", moment(condition.text("/lastTransitionTime"))),
            format!("{} ", condition.text("/reason")),
            condition.text("/message").into(),
        ];
        page.line(1, &cells.join("\t"));
    }
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_are_written_for_people() {
        let text = moment("2026-11-21T07:37:00Z");
        assert_eq!(text, "Sat, 21 Nov 2026 07:37:00 +0000");
        assert_eq!(moment(""), "Mon, 01 Jan 0001 00:00:00 +0000");
    }
}
