//! `apply`: objects as files say.

mod server_side;

use std::rc::Rc;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::failure::Failure;
use super::format::Format;
use super::get;
use super::manifest::{self, Document, Manifest};
use super::outcome::{DryRun, Outcome};
use super::selector::Labels;
use super::session::Session;
use super::target::{Target, Wanted};
use super::warning;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::patch::three_way;

pub(super) use server_side::ServerSide;

pub(super) const LAST_APPLIED: &str =
    "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";

/// Make the objects in files what the files say
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Apply {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    server: ServerSide,
    #[command(flatten)]
    outcome: Outcome,
    #[command(subcommand)]
    other: Option<Other>,
}

#[derive(Debug, Subcommand)]
enum Other {
    ViewLastApplied(ViewLastApplied),
}

/// Show what was applied last
#[derive(Debug, Args)]
struct ViewLastApplied {
    /// KIND NAME… or KIND/NAME…
    resources: Vec<String>,
    /// yaml or json
    #[arg(short, long, default_value = "yaml")]
    output: String,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// Objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// All objects of these kinds in the namespace
    #[arg(long)]
    all: bool,
}

/// The files that a command reads its objects from.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// A file, a folder, or - for what is given on standard input; may be given several times
    #[arg(short, long)]
    filename: Vec<String>,
    /// Only objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
}

impl Apply {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if let Some(Other::ViewLastApplied(view)) = &self.other {
            return view.run(session);
        }
        let mut printer = self.outcome.printer(session)?;
        self.server.check(printer.dry_run)?;
        let mut written = Vec::new();
        let done = self
            .source
            .each(session, Some("apply"), |session, document, namespace| {
                let (object, done) = if self.server.is_asked() {
                    self.server
                        .apply(session, document, namespace, printer.dry_run)?
                } else {
                    apply(session, document, namespace, printer.dry_run)?
                };
                if printer.shows() {
                    written.push((document.kind, object));
                    return Ok(());
                }
                printer.tell(session, document.kind, &object, done)
            });
        // Objects are printed together, as a list.
        match written.as_slice() {
            [] => {}
            [(kind, object)] => printer.tell(session, *kind, object, "")?,
            [(kind, _), ..] => {
                let objects = written.iter().map(|(_, object)| &**object);
                printer.tell(session, *kind, &get::list(objects), "")?;
            }
        }
        done
    }
}

impl Source {
    /// All objects of these files.
    pub(super) fn files(filename: &[String]) -> Self {
        Self {
            filename: filename.to_vec(),
            selector: None,
        }
    }

    /// Does `one` for every object of the files; one failure does not keep the others from their turn. `verb` is for those
    /// that ask for an object at least.
    pub(super) fn each(
        &self,
        session: &mut Session<'_>,
        verb: Option<&str>,
        mut one: impl FnMut(&mut Session<'_>, &Document, &str) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if self.filename.is_empty() {
            return Err(Failure::error("must specify one of -f and -k"));
        }
        let labels = Labels::parse(self.selector.as_deref())?;
        let Manifest {
            mut documents,
            mut failures,
        } = manifest::read(&self.filename, session.files, session.world.store())?;
        documents.retain(|document| labels.matches(&document.object));
        if let (true, true, Some(verb)) = (documents.is_empty(), failures.is_empty(), verb) {
            return Err(Failure::error(format!("no objects passed to {verb}")));
        }
        for document in &documents {
            let done = namespace(session, document).and_then(|n| one(session, document, &n));
            failures.extend(done.err());
        }
        Failure::all(failures)
    }
}

impl ViewLastApplied {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let format = match self.output.as_str() {
            "yaml" => Format::Yaml,
            "json" => Format::Json,
            other => {
                return Err(Failure::error(format!(
                    "Unexpected -o output mode: {other}, the flag 'output' must be one of yaml|json"
                )));
            }
        };
        let (targets, mut failures) = Wanted {
            words: &self.resources,
            files: &self.filename,
            labels: self.selector.as_deref(),
            all: self.all,
            ..Wanted::default()
        }
        .find(session)?;
        for Target { key, object } in targets {
            match serde_json::from_str(object.text(LAST_APPLIED)) {
                Ok(last) => {
                    let text = format.show(&last, true)?;
                    session.print(&text);
                }
                Err(_) => failures.push(Failure::error(format!(
                    "no last-applied-configuration annotation found on resource: {}",
                    key.name
                ))),
            }
        }
        Failure::all(failures)
    }
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

/// Makes the object what the file says. Gives what it has become, and what that is called.
fn apply(
    session: &mut Session<'_>,
    document: &Document,
    namespace: &str,
    dry_run: DryRun,
) -> Result<(Rc<Object>, &'static str), Failure> {
    let Document { path, kind, object } = document;
    let kind = *kind;
    require_name(object)?;
    let store = session.world.store();
    let Some(live) = store.get(kind, namespace, object.name()).cloned() else {
        let modified = annotated(object, kind.is_namespaced().then_some(namespace));
        let new = Rc::new(without_nulls(modified));
        let created = session.write(dry_run, new, |store, new| {
            store.create(kind, namespace, new)
        });
        let created = created.map_err(|it| it.when(format!("error when creating \"{path}\"")))?;
        warning::tell(session, kind, object, None, &created);
        return Ok((created, "created"));
    };
    if live.text(LAST_APPLIED).is_empty() {
        session.say(format!(
            "Warning: resource {}/{} is missing the kubectl.kubernetes.io/last-applied-configuration annotation \
             which is required by kubectl apply. kubectl apply should only be used on resources created \
             declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be \
             patched automatically.",
            kind.plural(),
            object.name(),
        ));
    }
    let wanted = merged(kind, object, namespace, &live)
        .map_err(|it| it.when(format!("error when applying patch to \"{path}\"")))?;
    let wanted = Rc::new(wanted);
    // kubectl asks what it sends, and not what comes of it: a list that the API server completes is sent each time.
    let done = if *wanted == *live {
        "unchanged"
    } else {
        "configured"
    };
    let written = session.write(dry_run, wanted, |store, wanted| store.update(kind, wanted));
    let written =
        written.map_err(|it| it.when(format!("error when applying patch to \"{path}\"")))?;
    warning::tell(session, kind, object, Some(&live), &written);
    Ok((written, done))
}

/// Only what has a name can be applied.
fn require_name(object: &Object) -> Result<(), Failure> {
    let generated = object.text("/metadata/generateName");
    if object.name().is_empty() && !generated.is_empty() {
        return Err(Failure::error(format!(
            "from {generated}: cannot use generate name with apply"
        )));
    }
    Ok(())
}

/// The live object with what a file says laid over it.
fn merged(kind: Kind, object: &Object, namespace: &str, live: &Object) -> Result<Object, Failure> {
    let modified = annotated(object, kind.is_namespaced().then_some(namespace));
    let last = serde_json::from_str(live.text(LAST_APPLIED)).unwrap_or_else(|_| json!({}));
    Ok(three_way(kind, &last, &modified, live)?)
}

/// What `apply` would make of a file's object; the live one is not touched.
pub(super) fn foreseen(
    session: &mut Session<'_>,
    document: &Document,
    namespace: &str,
    live: Option<&Object>,
) -> Result<Rc<Object>, Failure> {
    let Document { kind, object, .. } = document;
    let kind = *kind;
    match live {
        None => {
            let new = Rc::new(without_nulls(object.clone()));
            session.write(DryRun::Server, new, |store, new| {
                store.create(kind, namespace, new)
            })
        }
        Some(live) => {
            // The annotation is no difference by itself.
            let mut wanted = merged(kind, object, namespace, live)?;
            if let Some(last) = live.pointer(LAST_APPLIED) {
                wanted.put(LAST_APPLIED, last.clone());
            } else {
                wanted.take_away(LAST_APPLIED);
                if live.pointer("/metadata/annotations").is_none() {
                    wanted.take_away("/metadata/annotations");
                }
            }
            session.write(DryRun::Server, Rc::new(wanted), |store, new| {
                store.update(kind, new)
            })
        }
    }
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
pub(super) fn annotated(object: &Object, namespace: Option<&str>) -> Value {
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
