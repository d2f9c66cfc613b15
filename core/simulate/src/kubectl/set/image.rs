//! `set image`: other images in a pod template.

use clap::Args;
use serde_json::json;

use super::{Change, Labelled, Objects, containers, split};
use crate::kubectl::failure::Failure;
use crate::kubectl::session::Session;
use crate::values::object::Fields;

/// Change the images of containers
#[derive(Debug, Args)]
pub(in crate::kubectl) struct Image {
    /// KIND/NAME or KIND NAME, then CONTAINER=IMAGE… (`*` is all containers)
    arguments: Vec<String>,
    #[command(flatten)]
    objects: Objects,
    #[command(flatten)]
    labelled: Labelled,
}

impl Image {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let (words, images) = split(&self.arguments, |word| word.contains('='));
        if images.is_empty() {
            return Err(Failure::error("at least one image update is required"));
        }
        let change = Change {
            done: "image updated",
            failed: "failed to patch image update to pod template:",
            always: false,
        };
        self.objects.change(
            session,
            words,
            Some(&self.labelled),
            &change,
            |_, _, object, spec| {
                for pair in images {
                    let Some((name, image)) = pair.split_once('=') else {
                        let message =
                            format!("all resources must be specified before image changes: {pair}");
                        return Err(Failure::error(message));
                    };
                    let found = containers(object, spec, name);
                    if found.is_empty() {
                        return Err(Failure::error(format!(
                            "unable to find container named \"{name}\""
                        )));
                    }
                    for container in found {
                        container.put("/image", json!(image));
                    }
                }
                Ok(())
            },
        )
    }
}
