//! `apply`: objects as files say.

use clap::Args;
use serde_json::{Value, json};

use super::failure::Failure;
use super::manifest::{self, Document, Manifest};
use super::session::{Session, title, version};
use super::warning;
use crate::values::object::{Fields, Object};
use crate::values::patch::three_way;

const LAST_APPLIED: &str =
    "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";

/// Make the objects in files what the files say
#[derive(Debug, Args)]
pub(super) struct Apply {
    /// A file or a folder; may be given several times
    #[arg(short, long, required = true)]
    filename: Vec<String>,
}

impl Apply {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        each(&self.filename, session, apply)
    }
}

type One = fn(&mut Session<'_>, &Document, &str) -> Result<(), Failure>;

/// Does `one` for every object; one failure does not keep the others from their turn.
pub(super) fn each(paths: &[String], session: &mut Session<'_>, one: One) -> Result<(), Failure> {
    let Manifest {
        documents,
        mut failures,
    } = manifest::read(paths, session.files, session.world.store())?;
    for document in &documents {
        let done = namespace(session, document).and_then(|n| one(session, document, &n));
        failures.extend(done.err());
    }
    Failure::all(failures)
}

/// The namespace of a file's object: its own, which must not contradict what was typed.
pub(super) fn namespace(session: &Session<'_>, document: &Document) -> Result<String, Failure> {
    let own = document.object.namespace();
    match session.asked.as_deref() {
        Some(asked) if document.kind.is_namespaced() && !own.is_empty() && own != asked => {
            Err(Failure::error(format!(
                "the namespace from the provided object \"{own}\" does not match the namespace \"{asked}\". You \
                 must pass '--namespace={own}' to perform this operation."
            )))
        }
        _ if own.is_empty() => Ok(session.namespace().to_owned()),
        _ => Ok(own.to_owned()),
    }
}

pub(super) fn while_doing(
    doing: &str,
    path: &str,
    error: crate::values::error::ApiError,
) -> Failure {
    Failure::from(error).when(format!("error when {doing} \"{path}\""))
}

fn apply(session: &mut Session<'_>, document: &Document, namespace: &str) -> Result<(), Failure> {
    let Document { path, kind, object } = document;
    let generated = object.text("/metadata/generateName");
    if object.name().is_empty() && !generated.is_empty() {
        return Err(Failure::error(format!(
            "from {generated}: cannot use generate name with apply"
        )));
    }
    let title = title(*kind, object.name());
    let modified = annotated(object, kind.is_namespaced().then_some(namespace));
    let store = session.world.store_mut();
    let Some(live) = store.get(*kind, namespace, object.name()).cloned() else {
        let created = store.create(*kind, namespace, without_nulls(modified));
        let created = created.map_err(|e| while_doing("creating", path, e))?;
        warning::tell(session, *kind, object, None, &created);
        session.say(format!("{title} created"));
        return Ok(());
    };
    let last = live.text(LAST_APPLIED);
    if last.is_empty() {
        session.say(format!(
            "Warning: resource {}/{} is missing the kubectl.kubernetes.io/last-applied-configuration annotation \
             which is required by kubectl apply. kubectl apply should only be used on resources created \
             declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be \
             patched automatically.",
            kind.plural(),
            object.name(),
        ));
    }
    let last = serde_json::from_str(last).unwrap_or_else(|_| json!({}));
    let wanted = three_way(*kind, &last, &modified, &live)
        .map_err(|e| while_doing("applying patch to", path, e))?;
    let written = session.world.store_mut().update(*kind, wanted);
    let written = written.map_err(|e| while_doing("applying patch to", path, e))?;
    warning::tell(session, *kind, object, Some(&live), &written);
    let word = if version(&written) == version(&live) {
        "unchanged"
    } else {
        "configured"
    };
    session.say(format!("{title} {word}"));
    Ok(())
}

/// What is sent when an object is created: without the keys that have nothing behind them, as a later patch would make of
/// the same file. Items of lists stay.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// The object with the annotation by which the next `apply` knows what this one has said.
fn annotated(object: &Object, namespace: Option<&str>) -> Value {
    let mut said = object.clone();
    said.take_away(LAST_APPLIED);
    if said
        .pointer("/metadata/annotations")
        .is_none_or(Value::is_null)
    {
        said.put("/metadata/annotations", json!({}));
    }
    // Whoever reads annotations as texts reads an empty one where there is nothing.
    let annotations = said.pointer_mut("/metadata/annotations");
    for text in annotations.into_iter().filter_map(Value::as_object_mut) {
        for value in text.values_mut().filter(|it| it.is_null()) {
            *value = json!("");
        }
    }
    if let Some(namespace) = namespace {
        said.put("/metadata/namespace", json!(namespace));
    }
    let mut object = said.clone();
    object.put(LAST_APPLIED, json!(format!("{said}\n")));
    object
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{LAST_APPLIED, annotated};
    use crate::values::object::Fields;

    #[test]
    fn the_annotation_says_what_was_applied() {
        let object = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}});
        let expected = "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"annotations\":{},\"name\":\"a\",\
                        \"namespace\":\"default\"}}\n";
        let first = annotated(&object, Some("default"));
        assert_eq!(first.text(LAST_APPLIED), expected);
        assert_eq!(annotated(&first, Some("default")), first);
    }
}
