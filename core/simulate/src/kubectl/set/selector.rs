//! `set selector`: which pods a service is for.

use clap::Args;
use serde_json::{Value, json};

use super::{Objects, split};
use crate::kubectl::failure::Failure;
use crate::kubectl::session::Session;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Change the selector of a service
#[derive(Debug, Args)]
pub(in crate::kubectl) struct Selector {
    /// svc/NAME or svc NAME, then KEY=VALUE,…
    arguments: Vec<String>,
    #[command(flatten)]
    objects: Objects,
}

impl Selector {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let (words, pairs) = split(&self.arguments, |word| word.contains('='));
        let [pairs] = pairs else {
            return Err(Failure::error("one selector is required"));
        };
        let mut selector = json!({});
        for pair in pairs.split(',') {
            let (key, value) = pair.split_once('=').ok_or_else(|| {
                Failure::error(format!("invalid selector \"{pair}\": expected KEY=VALUE"))
            })?;
            selector[key] = Value::from(value);
        }
        let mut printer = self.objects.outcome.printer(session)?;
        let (targets, mut failures) = self.objects.find(session, words, None)?;
        for target in targets {
            let kind = target.key.kind;
            if kind != Kind::Service {
                let text = "setting a selector is only supported for Services";
                failures.push(Failure::error(text));
                continue;
            }
            let mut service = Object::clone(&target.object);
            service.put("/spec/selector", selector.clone());
            let written = session.write(printer.dry_run, service.into(), |store, service| {
                store.update(kind, service)
            });
            match written {
                Ok(service) => printer.tell(session, kind, &service, "selector updated")?,
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }
}
