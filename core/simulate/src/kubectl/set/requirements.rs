//! `set resources`: what containers ask for and may use.

use clap::Args;
use serde_json::json;

use super::{Change, Labelled, Objects, containers};
use crate::kubectl::failure::Failure;
use crate::kubectl::session::Session;
use crate::values::object::Fields;

/// Change what containers request and may use
#[derive(Debug, Args)]
pub(in crate::kubectl) struct Resources {
    /// KIND/NAME or KIND NAME
    arguments: Vec<String>,
    /// What they may use: cpu=200m,memory=512Mi
    #[arg(long, default_value = "", hide_default_value = true)]
    limits: String,
    /// What they request: cpu=100m,memory=256Mi
    #[arg(long, default_value = "", hide_default_value = true)]
    requests: String,
    /// Only containers with names like this; * stands for anything
    #[arg(short, long, default_value = "*")]
    containers: String,
    #[command(flatten)]
    objects: Objects,
    #[command(flatten)]
    labelled: Labelled,
}

impl Resources {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if self.limits.is_empty() && self.requests.is_empty() {
            return Err(Failure::error(
                "you must specify an update to requests or limits (in the form of --requests/--limits)",
            ));
        }
        let amounts = [
            ("limits", amounts(&self.limits)?),
            ("requests", amounts(&self.requests)?),
        ];
        let change = Change {
            done: "resource requirements updated",
            failed: "failed to patch resources update to pod template",
            always: false,
        };
        self.objects.change(
            session,
            &self.arguments,
            Some(&self.labelled),
            &change,
            |_, _, object, spec| {
                let found = containers(object, spec, &self.containers);
                if found.is_empty() {
                    return Err(Failure::error(format!(
                        "unable to find container named {}",
                        self.containers
                    )));
                }
                for container in found {
                    for (field, amounts) in &amounts {
                        for (resource, amount) in amounts {
                            let resource = resource.replace('~', "~0").replace('/', "~1");
                            container.put(&format!("/resources/{field}/{resource}"), json!(amount));
                        }
                    }
                }
                Ok(())
            },
        )
    }
}

/// `cpu=200m,memory=512Mi`
fn amounts(text: &str) -> Result<Vec<(&str, &str)>, Failure> {
    let pairs = text.split(',').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            pair.split_once('=').ok_or_else(|| {
                Failure::error(format!(
                    "invalid argument syntax {pair}, expected <resource>=<value>"
                ))
            })
        })
        .collect()
}
