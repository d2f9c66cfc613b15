//! `edit`: an object in a person's editor.

use std::io;
use std::rc::Rc;

use clap::Args;

use super::failure::Failure;
use super::format::{hide_managers, yaml};
use super::outcome::Shown;
use super::parse::parse;
use super::session::Session;
use super::target::{Target, Wanted};
use crate::values::object::{Fields, Object};

const HEAD: &str = "\
# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
";

/// Change objects in an editor, which KUBE_EDITOR or EDITOR names
#[derive(Debug, Args)]
pub(super) struct Edit {
    /// KIND NAME… or KIND/NAME…
    resources: Vec<String>,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    #[command(flatten)]
    shown: Shown,
    /// In whose name it is written
    #[arg(long)]
    field_manager: Option<String>,
}

impl Edit {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let mut printer = self.shown.printer(session)?;
        let (targets, mut failures) = Wanted {
            words: &self.resources,
            files: &self.filename,
            kinds_are_enough: true,
            ..Wanted::default()
        }
        .find(session)?;
        for target in targets {
            match edit(session, &target) {
                Ok(Some(object)) => printer.tell(session, target.key.kind, &object, "edited")?,
                Ok(None) => {}
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }
}

/// Opens the editor until what comes back can be stored, or nothing more is changed in it. Gives what was stored.
fn edit(session: &mut Session<'_>, target: &Target) -> Result<Option<Rc<Object>>, Failure> {
    let key = &target.key;
    let mut shown = Object::clone(&target.object);
    hide_managers(&mut shown);
    let original = yaml(&shown)?;
    let mut offered = original.clone();
    let mut reason: Option<String> = None;
    loop {
        let mut why = String::new();
        for line in reason
            .iter()
            .flat_map(|it| it.lines())
            .chain(reason.as_ref().map(|_| ""))
        {
            why += format!("# {line}").trim_end();
            why.push('\n');
        }
        let name = format!("{}-{}.yaml", key.kind.singular(), key.name);
        let text = session.files.edit(&name, &format!("{HEAD}{why}{offered}"));
        let text = text.map_err(|error| match error.kind() {
            io::ErrorKind::Unsupported => Failure::error(format!(
                "edit needs somebody at an editor: use `kubectl patch {}/{} -p PATCH`, or `kubectl apply -f FILE`",
                key.kind.plural(),
                key.name
            )),
            _ => Failure::error(error.to_string()),
        })?;
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let edited: String = lines.flat_map(|line| [line, "\n"]).collect();
        if edited.trim().is_empty() {
            session.say("Edit cancelled, saved file was empty.");
            return Ok(None);
        }
        if edited == offered && reason.is_some() {
            return Err(Failure::error(
                "Edit cancelled, no valid changes were saved.",
            ));
        }
        if edited == original {
            session.say("Edit cancelled, no changes made.");
            return Ok(None);
        }
        match store(session, target, &edited) {
            Ok(object) => return Ok(Some(object)),
            Err(failure) => reason = Some(failure.to_string()),
        }
        offered = edited;
    }
}

fn store(session: &mut Session<'_>, target: &Target, text: &str) -> Result<Rc<Object>, Failure> {
    let key = &target.key;
    let mut values = parse(text);
    let object = match (values.pop(), values.pop()) {
        (Some(Ok(object)), None) => object,
        (Some(Err(problem)), None) => {
            return Err(Failure::error(format!(
                "The edited file had a syntax error: {problem}"
            )));
        }
        _ => return Err(Failure::error("expected one object")),
    };
    let same = object.name() == key.name
        && object.text("/kind") == key.kind.name()
        && (!key.kind.is_namespaced() || object.namespace() == key.namespace);
    if !same {
        return Err(Failure::error(
            "kind, name and namespace of an object cannot be edited",
        ));
    }
    Ok(session.world.store_mut().update(key.kind, object)?)
}
