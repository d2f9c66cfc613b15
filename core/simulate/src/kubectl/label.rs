//! `label` and `annotate`: pairs in an object's metadata.

use clap::Args;
use serde_json::{Value, json};

use super::failure::Failure;
use super::outcome::{DryRun, Outcome};
use super::session::Session;
use super::target::{Target, Wanted};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Set (KEY=VALUE) or remove (KEY-) labels
#[derive(Debug, Args)]
pub(super) struct Label {
    #[command(flatten)]
    pairs: Pairs,
}

/// Set (KEY=VALUE) or remove (KEY-) annotations
#[derive(Debug, Args)]
pub(super) struct Annotate {
    #[command(flatten)]
    pairs: Pairs,
}

#[derive(Debug, Args)]
struct Pairs {
    /// KIND NAME… or KIND/NAME…, then KEY=VALUE or KEY-
    arguments: Vec<String>,
    /// Values that are there may be replaced
    #[arg(long)]
    overwrite: bool,
    /// List what there is
    #[arg(long)]
    list: bool,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// Objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// Objects with these fields: metadata.name=web-0,status.phase!=Running
    #[arg(long)]
    field_selector: Option<String>,
    /// All objects of these kinds in the namespace
    #[arg(long)]
    all: bool,
    /// In all namespaces instead of one
    #[arg(short = 'A', long)]
    all_namespaces: bool,
    /// Only if the object has this version
    #[arg(long)]
    resource_version: Option<String>,
    #[command(flatten)]
    outcome: Outcome,
}

/// The field of the metadata, and how its changes are said.
struct Field {
    /// `labels`
    name: &'static str,
    /// `label`
    one: &'static str,
    /// What is said after: something was set and something removed; set; removed; nothing changed.
    said: [&'static str; 4],
}

impl Label {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let field = Field {
            name: "labels",
            one: "label",
            said: ["modified", "labeled", "unlabeled", "not labeled"],
        };
        self.pairs.run(session, &field)
    }
}

impl Annotate {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let field = Field {
            name: "annotations",
            one: "annotation",
            said: ["annotated"; 4],
        };
        self.pairs.run(session, &field)
    }
}

impl Pairs {
    fn run(&self, session: &mut Session<'_>, field: &Field) -> Result<(), Failure> {
        let is_pair = |word: &String| word.contains('=') || word.ends_with('-');
        let first = self.arguments.iter().position(is_pair);
        let (words, pairs) = self
            .arguments
            .split_at(first.unwrap_or(self.arguments.len()));
        if pairs.is_empty() && !self.list {
            let message = format!("at least one {} update is required", field.one);
            return Err(Failure::error(message));
        }
        check(pairs, field)?;
        let mut printer = self.outcome.printer(session)?;
        let (targets, mut failures) = Wanted {
            words,
            files: &self.filename,
            labels: self.selector.as_deref(),
            fields: self.field_selector.as_deref(),
            all: self.all || self.all_namespaces,
            all_namespaces: self.all_namespaces,
            kinds_are_enough: self.list,
        }
        .find(session)?;
        let is_one = targets.len() == 1;
        if self.resource_version.is_some() && !is_one {
            let message = "--resource-version may only be used with a single resource";
            return Err(Failure::error(message));
        }
        for Target { key, object } in targets {
            if self.list {
                list(session, key.kind, &object, field, is_one);
                continue;
            }
            let (mut sets, mut removes) = (false, false);
            let changed = session.rewrite(
                key.kind,
                &key.namespace,
                &key.name,
                printer.dry_run,
                |object| {
                    if let Some(version) = &self.resource_version {
                        object.put("/metadata/resourceVersion", json!(version));
                    }
                    (sets, removes) = self.change(object, field, pairs)?;
                    Ok(())
                },
            );
            match changed {
                Ok((new, _)) => {
                    if field.one == "label" && printer.dry_run != DryRun::Client {
                        say_missing(session, &object, pairs);
                    }
                    let done = match (sets, removes) {
                        (true, true) => field.said[0],
                        (true, false) => field.said[1],
                        (false, true) => field.said[2],
                        (false, false) => field.said[3],
                    };
                    printer.tell(session, key.kind, &new, done)?;
                }
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }

    /// Gives whether something was set, and whether something was removed.
    fn change(
        &self,
        object: &mut Object,
        field: &Field,
        pairs: &[String],
    ) -> Result<(bool, bool), Failure> {
        let pointer = |key: &str| {
            let key = key.replace('~', "~0").replace('/', "~1");
            format!("/metadata/{}/{key}", field.name)
        };
        let mut sets: Vec<_> = pairs.iter().filter_map(|it| it.split_once('=')).collect();
        sets.retain(|(key, value)| {
            object.text(&pointer(key)) != *value || object.pointer(&pointer(key)).is_none()
        });
        if !self.overwrite {
            let already = |(key, _): &(&str, &str)| {
                let old = object.pointer(&pointer(key))?.as_str()?;
                Some(format!("'{key}' already has a value ({old})"))
            };
            let there: Vec<_> = sets.iter().filter_map(already).collect();
            if field.one == "annotation" && !there.is_empty() {
                let there = there.join("; ");
                return Err(Failure::error(format!(
                    "--overwrite is false but found the following declared annotation(s): {there}"
                )));
            }
            let failure = |it| Failure::error(format!("{it}, and --overwrite is false"));
            Failure::all(there.into_iter().map(failure).collect())?;
        }
        for (key, value) in &sets {
            object.put(&pointer(key), json!(value));
        }
        let mut removes = false;
        for key in removed(pairs) {
            removes |= object.take_away(&pointer(key)).is_some();
        }
        Ok((!sets.is_empty(), removes))
    }
}

/// Whether the changes can be made, whatever the object is.
fn check(pairs: &[String], field: &Field) -> Result<(), Failure> {
    let one = field.one;
    let article = if one.starts_with('a') { "an" } else { "a" };
    for pair in pairs {
        let Some((key, _)) = pair.split_once('=') else {
            if pair.ends_with('-') {
                continue;
            }
            return Err(Failure::error(format!("invalid {one} format: {pair}")));
        };
        if pairs.iter().any(|it| it.strip_suffix('-') == Some(key)) {
            return Err(Failure::error(format!(
                "can not both modify and remove {article} {one} in the same command"
            )));
        }
    }
    Ok(())
}

/// The keys that are to go.
fn removed(pairs: &[String]) -> impl Iterator<Item = &str> {
    let bare = pairs.iter().filter(|pair| !pair.contains('='));
    bare.filter_map(|pair| pair.strip_suffix('-'))
}

/// Says which labels that are to go are not there.
fn say_missing(session: &mut Session<'_>, object: &Object, pairs: &[String]) {
    for key in removed(pairs) {
        let labels = object.pointer("/metadata/labels");
        if labels.is_none_or(|labels| labels.get(key).is_none()) {
            session.say(format!("label \"{key}\" not found."));
        }
    }
}

fn list(session: &mut Session<'_>, kind: Kind, object: &Object, field: &Field, is_one: bool) {
    let indent = if is_one { "" } else { " " };
    if !is_one {
        session.say(format!(
            "Listing {} for {}.{}/{}:",
            field.name,
            kind.name(),
            kind.group(),
            object.name()
        ));
    }
    let pairs = object.pointer(&format!("/metadata/{}", field.name));
    for (key, value) in pairs.and_then(Value::as_object).into_iter().flatten() {
        session.say(format!("{indent}{key}={}", value.as_str().unwrap_or("")));
    }
}
