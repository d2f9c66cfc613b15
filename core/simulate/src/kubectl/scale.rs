//! `scale`: another number of replicas.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::resources;
use super::session::{Session, title};
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Set the number of replicas
#[derive(Debug, Args)]
pub(super) struct Scale {
    /// sts NAME or sts/NAME
    #[arg(required = true)]
    resources: Vec<String>,
    /// How many there are to be
    #[arg(long, allow_negative_numbers = true)]
    replicas: i64,
    /// Only if there are so many now
    #[arg(long)]
    current_replicas: Option<i64>,
}

impl Scale {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if self.replicas < 0 {
            return Err(Failure::error(
                "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
            ));
        }
        let mut failures = Vec::new();
        for (kind, name) in resources::objects(&self.resources)? {
            if kind != Kind::StatefulSet {
                return Err(Failure::error(format!(
                    "{} cannot be scaled: expected a statefulset",
                    kind.plural()
                )));
            }
            let scaled = session.edit(kind, &name, |set| {
                let now = set.int("/spec/replicas").unwrap_or(1);
                if let Some(expected) = self.current_replicas.filter(|&c| c != now) {
                    return Err(Failure::error(format!(
                        "Expected replicas to be {expected}, was {now}"
                    )));
                }
                set.put("/spec/replicas", json!(self.replicas));
                Ok(())
            });
            match scaled {
                Ok(_) => session.say(format!("{} scaled", title(kind, &name))),
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }
}
