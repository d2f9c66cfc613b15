//! `set`: one thing of a pod template, or a service's selector.

use clap::{Args, Subcommand};
use serde_json::Value;

use super::failure::Failure;
use super::outcome::{Outcome, Printer};
use super::session::Session;
use super::target::{Target, Wanted};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

mod account;
mod env;
mod image;
mod requirements;
mod selector;

/// Change one thing: image, env, resources, serviceaccount or selector
#[derive(Debug, Subcommand)]
pub(super) enum Set {
    Image(image::Image),
    Env(env::Env),
    Resources(requirements::Resources),
    #[command(visible_alias = "sa")]
    Serviceaccount(account::Account),
    Selector(selector::Selector),
}

/// The objects that are to be changed, and what is said of them.
#[derive(Debug, Args)]
struct Objects {
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// All objects of these kinds in the namespace
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    outcome: Outcome,
}

/// Objects by their labels.
#[derive(Debug, Args)]
struct Labelled {
    /// Objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
}

/// What is done to a pod template, and how that is said.
struct Change<'c> {
    /// `image updated`
    done: &'c str,
    /// What comes before the API server's reason where it refuses.
    failed: &'c str,
    /// Whether it is also said where nothing changes.
    always: bool,
}

impl Set {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Image(command) => command.run(session),
            Self::Env(command) => command.run(session),
            Self::Resources(command) => command.run(session),
            Self::Serviceaccount(command) => command.run(session),
            Self::Selector(command) => command.run(session),
        }
    }
}

impl Objects {
    fn find(
        &self,
        session: &mut Session<'_>,
        words: &[String],
        labelled: Option<&Labelled>,
    ) -> Result<(Vec<Target>, Vec<Failure>), Failure> {
        Wanted {
            words,
            files: &self.filename,
            labels: labelled.and_then(|it| it.selector.as_deref()),
            all: self.all,
            ..Wanted::default()
        }
        .find(session)
    }

    /// Lets `edit` change the pod template of each object.
    fn change(
        &self,
        session: &mut Session<'_>,
        words: &[String],
        labelled: Option<&Labelled>,
        change: &Change<'_>,
        mut edit: impl FnMut(&mut Session<'_>, Kind, &mut Object, &str) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut printer = self.outcome.printer(session)?;
        let (targets, mut failures) = self.find(session, words, labelled)?;
        for Target { key, object } in targets {
            let mut new = Object::clone(&object);
            let done = pod_spec(key.kind, &new)
                .and_then(|spec| edit(session, key.kind, &mut new, spec))
                .and_then(|()| {
                    if new == *object && !change.always {
                        return Ok(());
                    }
                    send(session, &mut printer, key.kind, new, change)
                });
            failures.extend(done.err());
        }
        Failure::all(failures)
    }
}

fn send(
    session: &mut Session<'_>,
    printer: &mut Printer,
    kind: Kind,
    object: Object,
    change: &Change<'_>,
) -> Result<(), Failure> {
    let written = session.write(printer.dry_run, object.into(), |store, object| {
        store.update(kind, object)
    });
    let written = written.map_err(|failure| match failure {
        Failure::Refused(error, _) => {
            Failure::error(format!("{} {}", change.failed, error.message))
        }
        other => other,
    })?;
    printer.tell(session, kind, &written, change.done)
}

/// Where the specification of its pods is in an object.
fn pod_spec(kind: Kind, object: &Object) -> Result<&'static str, Failure> {
    const TEMPLATE: &str = "/spec/template/spec";
    if kind == Kind::Pod {
        return Ok("/spec");
    }
    if object.pointer(TEMPLATE).is_some() {
        return Ok(TEMPLATE);
    }
    Err(Failure::error(format!(
        "{}/{} the object is not a pod or does not have a pod template: *{}.{}",
        kind.plural(),
        object.name(),
        kind.version(),
        kind.name()
    )))
}

/// The containers at `spec` whose names fit `pattern`, those for the start last.
fn containers<'o>(object: &'o mut Object, spec: &str, pattern: &str) -> Vec<&'o mut Value> {
    let Some(spec) = object.pointer_mut(spec).and_then(Value::as_object_mut) else {
        return Vec::new();
    };
    let (mut main, mut first) = (Vec::new(), Vec::new());
    for (field, value) in spec.iter_mut() {
        let list = match field.as_str() {
            "containers" => &mut main,
            "initContainers" => &mut first,
            _ => continue,
        };
        let entries = value.as_array_mut().into_iter().flatten();
        list.extend(entries.filter(|entry| fits(pattern, entry.text("/name"))));
    }
    main.extend(first);
    main
}

/// Whether a name fits a pattern in which `*` stands for anything.
fn fits(pattern: &str, name: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(rest) = name.strip_prefix(before) else {
        return false;
    };
    let mut places = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    places.any(|at| fits(after, &rest[at..]))
}

/// Words up to the first that is a change, and those from there on.
fn split(words: &[String], is_change: impl Fn(&str) -> bool) -> (&[String], &[String]) {
    let first = words.iter().position(|word| is_change(word));
    words.split_at(first.unwrap_or(words.len()))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, name, expected) in [
            ("*", "web", true),
            ("w*b", "web", true),
            ("w*", "w", true),
            ("*e*", "web", true),
            ("*x*", "web", false),
            ("web", "web-1", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
