//! `replace`: objects as files have them, whole.

use std::rc::Rc;

use clap::Args;

use super::apply::{Source, annotated};
use super::delete;
use super::failure::Failure;
use super::outcome::{DryRun, Outcome};
use super::session::Session;
use crate::store::DeleteOptions;
use crate::values::error::ApiReason;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Replace objects by those in files
#[derive(Debug, Args)]
pub(super) struct Replace {
    /// A file, a folder, or - for what is given on standard input; may be given several times
    #[arg(short, long)]
    filename: Vec<String>,
    /// Delete the objects, wait until they are gone, and create them anew
    #[arg(long)]
    force: bool,
    /// Seconds a pod has for its shutdown, with --force
    #[arg(long, allow_negative_numbers = true, default_value_t = -1)]
    grace_period: i64,
    /// Note what was said, as apply does
    #[arg(long)]
    save_config: bool,
    #[command(flatten)]
    outcome: Outcome,
}

impl Replace {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let mut printer = self.outcome.printer(session)?;
        let source = Source::files(&self.filename);
        if self.force {
            self.delete(session, &source, printer.dry_run)?;
        }
        source.each(session, None, |session, document, namespace| {
            let kind = document.kind;
            let mut object = if self.save_config {
                annotated(&document.object, kind.is_namespaced().then_some(namespace))
            } else {
                document.object.clone()
            };
            if kind.is_namespaced() {
                object.put("/metadata/namespace", namespace.into());
            }
            let written = session.write(printer.dry_run, Rc::new(object), |store, object| {
                // The API server makes a service that is replaced and not there.
                let is_made =
                    kind == Kind::Service && store.get(kind, namespace, object.name()).is_none();
                if self.force || is_made {
                    store.create(kind, namespace, object)
                } else {
                    store.update(kind, object)
                }
            });
            let path = &document.path;
            let doing = if self.force { "creating" } else { "replacing" };
            let written =
                written.map_err(|it| it.when(format!("error when {doing} \"{path}\"")))?;
            printer.tell(session, kind, &written, "replaced")
        })
    }

    fn delete(
        &self,
        session: &mut Session<'_>,
        source: &Source,
        dry_run: DryRun,
    ) -> Result<(), Failure> {
        if dry_run != DryRun::None {
            return Err(Failure::error(
                "--dry-run can not be used when --force is set",
            ));
        }
        let options = DeleteOptions {
            grace_seconds: (self.grace_period >= 0).then_some(self.grace_period),
            ..DeleteOptions::default()
        };
        let mut going = Vec::new();
        source.each(session, None, |session, document, namespace| {
            let key = Key::new(document.kind, namespace, document.object.name());
            let store = session.world.store_mut();
            match store.delete(key.kind, namespace, &key.name, &options) {
                Ok(object) => {
                    session.say(delete::deleted(&key, false));
                    going.push((key, object.uid().to_owned()));
                    Ok(())
                }
                Err(error) if error.reason == ApiReason::NotFound => Ok(()),
                Err(error) => Err(error.into()),
            }
        })?;
        for (key, uid) in going {
            delete::wait(session, &key, &uid, None)?;
        }
        Ok(())
    }
}
