//! `diff`: what `apply` would change.

use clap::Args;
use serde_json::{Value, json};
use similar::TextDiff;

use super::apply::{ServerSide, Source, foreseen};
use super::failure::Failure;
use super::format::{hide_managers, yaml};
use super::manifest::Document;
use super::outcome::DryRun;
use super::session::Session;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Show what apply would change; it fails where that is something
#[derive(Debug, Args)]
pub(super) struct Diff {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    server: ServerSide,
    /// In whose name it is written
    #[arg(long)]
    field_manager: Option<String>,
    /// Show also who manages which fields
    #[arg(long)]
    show_managed_fields: bool,
}

impl Diff {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.server.check(DryRun::Server)?;
        let mut differs = false;
        self.source
            .each(session, None, |session, document, namespace| {
                let text = self.one(session, document, namespace)?;
                differs |= !text.is_empty();
                session.print(&text);
                Ok(())
            })?;
        // As of `diff` itself, the exit status says whether there are differences.
        if differs { Err(Failure::Said) } else { Ok(()) }
    }

    /// What would change of one object; nothing where nothing would.
    fn one(
        &self,
        session: &mut Session<'_>,
        document: &Document,
        namespace: &str,
    ) -> Result<String, Failure> {
        let Document { kind, object, .. } = document;
        let store = session.world.store();
        let live = store.get(*kind, namespace, object.name()).cloned();
        let merged = if self.server.is_asked() {
            self.server.foreseen(session, document, namespace)?
        } else {
            foreseen(session, document, namespace, live.as_deref())?
        };
        let (mut live, mut merged) = (live.map(|it| Object::clone(&it)), Object::clone(&merged));
        if !self.show_managed_fields {
            live.iter_mut().for_each(hide_managers);
            hide_managers(&mut merged);
        }
        if *kind == Kind::Secret {
            mask(live.as_mut(), &mut merged);
        }
        let old = live.as_ref().map(yaml).transpose()?.unwrap_or_default();
        let new = yaml(&merged)?;
        if old == new {
            return Ok(String::new());
        }
        let version = kind.api_version().replace('/', ".");
        let within = if kind.is_namespaced() { namespace } else { "" };
        let name = format!("{version}.{}.{within}.{}", kind.name(), object.name());
        let (from, to) = (format!("/tmp/LIVE/{name}"), format!("/tmp/MERGED/{name}"));
        let at = instant::rfc3339(session.world.now());
        let at = format!(
            "{}.000000000 +0000",
            at.trim_end_matches('Z').replace('T', " ")
        );
        let diff = TextDiff::from_lines(&old, &new);
        let hunks = diff.unified_diff().context_radius(3).to_string();
        Ok(format!(
            "diff -u -N {from} {to}\n--- {from}\t{at}\n+++ {to}\t{at}\n{hunks}"
        ))
    }
}

/// Hides what a secret holds, but for whether it changes.
fn mask(live: Option<&mut Object>, merged: &mut Object) {
    let mut nothing = json!({});
    let live = live.unwrap_or(&mut nothing);
    let data = |object: &Value| object.pointer("/data").and_then(Value::as_object).cloned();
    let (old, new) = (
        data(live).unwrap_or_default(),
        data(merged).unwrap_or_default(),
    );
    for (key, value) in &old {
        let shown = match new.get(key) {
            Some(after) if after != value => "*** (before)",
            _ => "***",
        };
        live["data"][key] = json!(shown);
    }
    for (key, value) in &new {
        let shown = match old.get(key) {
            Some(before) if before != value => "*** (after)",
            _ => "***",
        };
        merged["data"][key] = json!(shown);
    }
}
