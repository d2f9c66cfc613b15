//! `patch`: changes written as JSON or YAML.

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::failure::Failure;
use super::resources;
use super::session::{Session, title, version};
use crate::values::object::Object;
use crate::values::patch::PatchType;

/// Change an object by a patch
#[derive(Debug, Args)]
pub(super) struct Patch {
    /// KIND NAME or KIND/NAME
    #[arg(required = true)]
    resources: Vec<String>,
    /// The patch, as JSON or YAML
    #[arg(short = 'p', long = "patch", value_name = "PATCH")]
    text: String,
    /// How it is to be understood
    #[arg(long = "type", value_enum, default_value = "strategic")]
    how: How,
    /// `status` to patch the status
    #[arg(long, value_parser = ["status"])]
    subresource: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum How {
    /// Lists are merged by key
    Strategic,
    /// JSON merge patch: lists are replaced
    Merge,
    /// JSON patch: a list of operations
    Json,
}

impl Patch {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let options = serde_saphyr::options! { with_snippet: false };
        let patch: Value = serde_saphyr::from_str_with_options(&self.text, options)
            .map_err(|e| Failure::error(format!("unable to parse \"{}\": {e}", self.text)))?;
        let how = match self.how {
            How::Strategic => PatchType::Strategic,
            How::Merge => PatchType::Merge,
            How::Json => PatchType::Json,
        };
        for (kind, name) in resources::objects_in(session.world.store(), &self.resources)? {
            let old = session.require(kind, &name)?;
            let namespace = session.namespace().to_owned();
            let status = self.subresource.is_some();
            let store = session.world.store_mut();
            let new = store.patch(kind, &namespace, &name, &patch, how, status)?;
            let note = |new: &Object| {
                let same = version(new) == version(&old);
                if same { " (no change)" } else { "" }
            };
            session.say(format!("{} patched{}", title(kind, &name), note(&new)));
        }
        Ok(())
    }
}
