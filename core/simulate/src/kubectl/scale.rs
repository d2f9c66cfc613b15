//! `scale`: another number of replicas.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::outcome::Outcome;
use super::session::Session;
use super::target::Wanted;
use crate::values::error::{ApiError, ApiReason};
use crate::values::object::{Fields, Object};

/// Set the number of replicas
#[derive(Debug, Args)]
pub(super) struct Scale {
    /// sts NAME or sts/NAME
    resources: Vec<String>,
    /// How many there are to be
    #[arg(long, allow_negative_numbers = true)]
    replicas: i64,
    /// Only if there are so many now
    #[arg(long, allow_negative_numbers = true, default_value_t = -1, hide_default_value = true)]
    current_replicas: i64,
    /// Only if the object has this version
    #[arg(long)]
    resource_version: Option<String>,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// Objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// All objects of these kinds in the namespace
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    outcome: Outcome,
}

impl Scale {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if self.replicas < 0 {
            return Err(Failure::error(
                "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
            ));
        }
        let mut printer = self.outcome.printer(session)?;
        let (targets, mut failures) = Wanted {
            words: &self.resources,
            files: &self.filename,
            labels: self.selector.as_deref(),
            all: self.all,
            ..Wanted::default()
        }
        .find(session)?;
        if targets.is_empty() && failures.is_empty() {
            return Err(Failure::error("no objects passed to scale"));
        }
        for target in targets {
            let (kind, name) = (target.key.kind, &target.key.name);
            let changed = session.rewrite(
                kind,
                &target.key.namespace,
                name,
                printer.dry_run,
                |object| self.change(object),
            );
            match changed {
                Ok((object, _)) => printer.tell(session, kind, &object, "scaled")?,
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }

    fn change(&self, object: &mut Object) -> Result<(), Failure> {
        let now = object.int("/spec/replicas");
        let Some(now) = now.filter(|_| object.pointer("/spec/template").is_some()) else {
            let message = "the server could not find the requested resource";
            return Err(ApiError::new(ApiReason::NotFound, message).into());
        };
        if self.current_replicas >= 0 && now != self.current_replicas {
            return Err(Failure::error(format!(
                "Expected replicas to be {}, was {now}",
                self.current_replicas
            )));
        }
        let version = object.text("/metadata/resourceVersion");
        if let Some(expected) = self
            .resource_version
            .as_deref()
            .filter(|it| !it.is_empty() && *it != version)
        {
            return Err(Failure::error(format!(
                "Expected resource version to be {expected}, was {version}"
            )));
        }
        object.put("/spec/replicas", json!(self.replicas));
        Ok(())
    }
}
