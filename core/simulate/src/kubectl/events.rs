//! `events`: what has been said about objects, in the order of time.

use std::rc::Rc;

use clap::Args;
use statefulset::Millis;

use super::failure::Failure;
use super::session::Session;
use super::{columns, resources, table};
use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// List events, oldest first
#[derive(Debug, Args)]
pub(super) struct Events {
    /// Only about KIND/NAME
    #[arg(long = "for")]
    about: Option<String>,
    /// Only of these types: Normal, Warning
    #[arg(long, value_delimiter = ',')]
    types: Vec<String>,
    /// All namespaces
    #[arg(short = 'A', long)]
    all_namespaces: bool,
    /// Rows only
    #[arg(long)]
    no_headers: bool,
}

impl Events {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let about = match &self.about {
            Some(word) => Some(
                resources::objects_in(session.world.store(), std::slice::from_ref(word))?.remove(0),
            ),
            None => None,
        };
        let namespace = (!self.all_namespaces).then(|| session.namespace().to_owned());
        let fits = |event: &Object| {
            let kind = event.text("/involvedObject/kind");
            let name = event.text("/involvedObject/name");
            let type_fits = self
                .types
                .iter()
                .any(|t| t.eq_ignore_ascii_case(event.text("/type")));
            about
                .as_ref()
                .is_none_or(|(k, n)| k.name() == kind && n == name)
                && (self.types.is_empty() || type_fits)
        };
        let events = sorted(session.world.store(), namespace.as_deref(), fits);
        if events.is_empty() {
            session.say(match namespace {
                Some(namespace) => format!("No events found in {namespace} namespace."),
                None => "No events found.".into(),
            });
            return Ok(());
        }
        let now = session.world.now();
        let mut rows = Vec::new();
        if !self.no_headers {
            let titles = [
                "NAMESPACE",
                "LAST SEEN",
                "TYPE",
                "REASON",
                "OBJECT",
                "MESSAGE",
            ];
            let titles = titles.into_iter().skip(usize::from(!self.all_namespaces));
            rows.push(titles.map(str::to_owned).collect());
        }
        for event in events {
            let mut row = vec![
                interval(&event, now),
                event.text("/type").into(),
                event.text("/reason").into(),
                format!(
                    "{}/{}",
                    event.text("/involvedObject/kind"),
                    event.text("/involvedObject/name")
                ),
                event.text("/message").trim().into(),
            ];
            if self.all_namespaces {
                row.insert(0, event.namespace().into());
            }
            rows.push(row);
        }
        session.print(&table::rows(&rows));
        Ok(())
    }
}

/// The events that fit, by the time they were last seen; those of one moment in the order in which they were written.
pub(super) fn sorted(
    store: &Store,
    namespace: Option<&str>,
    fits: impl Fn(&Object) -> bool,
) -> Vec<Rc<Object>> {
    let all = store.list(Kind::Event, namespace);
    let mut events: Vec<_> = all.filter(|event| fits(event)).cloned().collect();
    events.sort_by_key(|event| {
        let version: u64 = event.text("/metadata/resourceVersion").parse().unwrap_or(0);
        (last(event), version)
    });
    events
}

/// When it was last seen. Newer events do not say it here, and count as the oldest.
pub(super) fn last(event: &Object) -> Option<Millis> {
    instant::parse(event.text("/lastTimestamp"))
}

/// `3s`, or `3s (x2 over 7s)` for what was seen more than once.
pub(super) fn interval(event: &Object, now: Millis) -> String {
    let at = |pointer: &str| columns::since(event, pointer, now);
    let first = match event.text("/eventTime") {
        "" => at("/firstTimestamp"),
        _ => at("/eventTime"),
    };
    let count = |pointer: &str| event.int(pointer).unwrap_or(0);
    if event.get("series").is_some() {
        let (last, count) = (at("/series/lastObservedTime"), count("/series/count"));
        format!("{last} (x{count} over {first})")
    } else if count("/count") > 1 {
        format!(
            "{} (x{} over {first})",
            at("/lastTimestamp"),
            count("/count")
        )
    } else {
        first
    }
}

/// Who has told it.
pub(super) fn source(event: &Object) -> &str {
    match event.text("/source/component") {
        "" => event.text("/reportingComponent"),
        component => component,
    }
}
