//! `set serviceaccount`: another account for the pods of a template.

use clap::Args;
use serde_json::json;

use super::{Change, Objects};
use crate::kubectl::failure::Failure;
use crate::kubectl::resources::NOTHING_NAMED;
use crate::kubectl::session::Session;
use crate::values::object::Fields;

/// Change the service account of pods
#[derive(Debug, Args)]
pub(in crate::kubectl) struct Account {
    /// KIND/NAME or KIND NAME, then the name of the account
    arguments: Vec<String>,
    #[command(flatten)]
    objects: Objects,
}

impl Account {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let Some((account, words)) = self.arguments.split_last() else {
            return Err(Failure::error("serviceaccount is required"));
        };
        if words.is_empty() && self.objects.filename.is_empty() {
            return Err(Failure::error(NOTHING_NAMED));
        }
        let change = Change {
            done: "serviceaccount updated",
            failed: "failed to patch ServiceAccountName",
            always: true,
        };
        let put = |object: &mut crate::values::object::Object, spec: &str| {
            object.put(&format!("{spec}/serviceAccountName"), json!(account));
            // An older name of the same field, which the API server keeps in step.
            object.put(&format!("{spec}/serviceAccount"), json!(account));
        };
        self.objects
            .change(session, words, None, &change, |_, _, object, spec| {
                put(object, spec);
                Ok(())
            })
    }
}
