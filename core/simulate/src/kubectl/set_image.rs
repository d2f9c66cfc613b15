//! `set image`: other images in a pod template.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::failure::Failure;
use super::resources;
use super::session::{Session, title};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Change a field: set image KIND/NAME CONTAINER=IMAGE…
#[derive(Debug, Subcommand)]
pub(super) enum Set {
    Image(Image),
}

/// Change the images of containers
#[derive(Debug, Args)]
pub(super) struct Image {
    /// KIND/NAME or KIND NAME, then CONTAINER=IMAGE… (`*` is all containers)
    #[arg(required = true)]
    arguments: Vec<String>,
}

impl Set {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let Self::Image(Image { arguments }) = self;
        let (images, words): (Vec<_>, Vec<_>) = arguments
            .iter()
            .cloned()
            .partition(|word| word.contains('='));
        if images.is_empty() {
            return Err(Failure::error(
                "at least one image update is required: expected CONTAINER=IMAGE",
            ));
        }
        for (kind, name) in resources::objects(&words)? {
            let changed = session.edit(kind, &name, |object| {
                images.iter().try_for_each(|pair| {
                    let (container, image) = pair.split_once('=').unwrap_or((pair, ""));
                    set(object, kind, container, image)
                })
            })?;
            if changed {
                session.say(format!("{} image updated", title(kind, &name)));
            }
        }
        Ok(())
    }
}

fn set(object: &mut Object, kind: Kind, container: &str, image: &str) -> Result<(), Failure> {
    let spec = match kind {
        Kind::StatefulSet => "/spec/template/spec",
        Kind::Pod => "/spec",
        _ => {
            return Err(Failure::error(format!(
                "{} have no containers: expected a statefulset or a pod",
                kind.plural()
            )));
        }
    };
    let mut found = false;
    for list in ["initContainers", "containers"] {
        let containers = object.pointer_mut(&format!("{spec}/{list}"));
        for entry in containers
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if container == "*" || entry.text("/name") == container {
                entry.put("/image", json!(image));
                found = true;
            }
        }
    }
    if found {
        Ok(())
    } else {
        Err(Failure::error(format!(
            "unable to find container named \"{container}\""
        )))
    }
}
