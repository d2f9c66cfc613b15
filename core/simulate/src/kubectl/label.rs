//! `label` and `annotate`: pairs in an object's metadata.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::resources;
use super::session::{Session, title};
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
    #[arg(required = true)]
    arguments: Vec<String>,
    /// Values that are there may be replaced
    #[arg(long)]
    overwrite: bool,
}

impl Label {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.pairs
            .run(session, "labels", ["labeled", "unlabeled", "not labeled"])
    }
}

impl Annotate {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let words = ["annotated", "annotated", "annotated"];
        self.pairs.run(session, "annotations", words)
    }
}

impl Pairs {
    /// `words` are what is said when something was set, when something was only removed, and when nothing changed.
    fn run(&self, session: &mut Session<'_>, field: &str, words: [&str; 3]) -> Result<(), Failure> {
        let is_pair = |word: &&String| word.contains('=') || word.ends_with('-');
        let first = self
            .arguments
            .iter()
            .skip(1)
            .position(|word| is_pair(&word));
        let (resources, pairs) = self
            .arguments
            .split_at(first.map_or(self.arguments.len(), |at| at + 1));
        if pairs.is_empty() {
            return Err(Failure::error(format!(
                "at least one change of {field} is required: expected KEY=VALUE or KEY-"
            )));
        }
        for (kind, name) in resources::objects_in(session.world.store(), resources)? {
            let changed = session.edit(kind, &name, |object| {
                pairs
                    .iter()
                    .try_for_each(|pair| self.change(object, field, pair))
            })?;
            let sets = pairs.iter().any(|pair| pair.contains('='));
            let word = match (changed, sets) {
                (true, true) => words[0],
                (true, false) => words[1],
                (false, _) => words[2],
            };
            session.say(format!("{} {word}", title(kind, &name)));
        }
        Ok(())
    }

    fn change(&self, object: &mut Object, field: &str, pair: &str) -> Result<(), Failure> {
        let pointer = |key: &str| {
            let key = key.replace('~', "~0").replace('/', "~1");
            format!("/metadata/{field}/{key}")
        };
        let Some((key, value)) = pair.split_once('=') else {
            let Some(key) = pair.strip_suffix('-') else {
                return Err(Failure::error(format!(
                    "expected KEY=VALUE or KEY-, found \"{pair}\""
                )));
            };
            object.take_away(&pointer(key));
            return Ok(());
        };
        let old = object.pointer(&pointer(key)).and_then(|v| v.as_str());
        match old {
            Some(old) if old != value && !self.overwrite => Err(Failure::error(format!(
                "'{key}' already has a value ({old}), and --overwrite is false"
            ))),
            _ => {
                object.put(&pointer(key), json!(value));
                Ok(())
            }
        }
    }
}
