//! `patch`: changes written as JSON or YAML.

use std::io;
use std::rc::Rc;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::failure::Failure;
use super::outcome::{DryRun, Outcome};
use super::session::Session;
use super::target::{Target, Wanted};
use crate::values::patch::{PatchType, patched};

/// Change objects by a patch
#[derive(Debug, Args)]
pub(super) struct Patch {
    /// KIND NAME or KIND/NAME
    resources: Vec<String>,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// The patch, as JSON or YAML
    #[arg(short = 'p', long = "patch", value_name = "PATCH")]
    text: Option<String>,
    /// A file with the patch
    #[arg(long = "patch-file", value_name = "FILE")]
    file: Option<String>,
    /// How it is to be understood
    #[arg(long = "type", value_enum, default_value = "strategic")]
    how: How,
    /// `status` to patch the status, `resize` to give the containers of a pod other resources
    #[arg(long, value_parser = ["status", "resize"])]
    subresource: Option<String>,
    #[command(flatten)]
    outcome: Outcome,
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
        let text = match (&self.text, &self.file) {
            (Some(_), Some(_)) => {
                return Err(Failure::error(
                    "cannot specify --patch and --patch-file together",
                ));
            }
            (Some(text), None) if !text.is_empty() => text.clone(),
            (None, Some(path)) => session.files.read(path).map_err(|error| {
                Failure::error(match error.kind() {
                    io::ErrorKind::NotFound => {
                        format!("unable to read patch file: open {path}: no such file or directory")
                    }
                    _ => format!("unable to read patch file: {error}"),
                })
            })?,
            _ => {
                return Err(Failure::error(
                    "must specify --patch or --patch-file containing the contents of the patch",
                ));
            }
        };
        let options = serde_saphyr::options! { with_snippet: false };
        let patch: Value = serde_saphyr::from_str_with_options(&text, options)
            .map_err(|e| Failure::error(format!("unable to parse \"{text}\": {e}")))?;
        let how = match self.how {
            How::Strategic => PatchType::Strategic,
            How::Merge => PatchType::Merge,
            How::Json => PatchType::Json,
        };
        // As kubectl, it does not say that it was a dry run.
        let mut printer = self.outcome.printer(session)?.silent();
        let (targets, mut failures) = Wanted {
            words: &self.resources,
            files: &self.filename,
            ..Wanted::default()
        }
        .find(session)?;
        let part = self.subresource.as_deref().unwrap_or_default();
        for Target { key, object } in targets {
            let patched = if printer.dry_run == DryRun::Client {
                let patched = patched(key.kind, &object, &patch, how);
                patched.map(Rc::new).map_err(Failure::from)
            } else {
                session.write(printer.dry_run, Rc::clone(&object), |store, _| {
                    let (kind, namespace, name) = (key.kind, &key.namespace, &key.name);
                    if part == "resize" {
                        store.resize(kind, namespace, name, &patch, how)
                    } else {
                        store.patch(kind, namespace, name, &patch, how, part == "status")
                    }
                })
            };
            match patched {
                Ok(new) => {
                    let same = *new == *object;
                    let done = if same {
                        "patched (no change)"
                    } else {
                        "patched"
                    };
                    printer.tell(session, key.kind, &new, done)?;
                }
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }
}
