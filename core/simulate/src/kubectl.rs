//! kubectl's words against a cluster in memory, and a few words of the simulator's own.
//!
//! It knows the world and what is in it, and nothing of stories.

use statefulset::Millis;

use crate::store::{Author, Store};
use crate::values::kind::Kind;
use crate::values::object::Object;
use crate::world::World;

mod answer;
mod apply;
mod cluster;
mod columns;
mod command;
mod complete;
mod cordon;
mod create;
mod delete;
mod describe;
mod diff;
mod drain;
mod edit;
mod events;
mod exec;
mod expose;
mod failure;
mod fault;
mod files;
mod format;
mod get;
mod jsonpath;
mod label;
mod logs;
mod manifest;
mod outage;
mod outcome;
mod parse;
mod patch;
mod refused;
mod replace;
mod resources;
mod rollout;
mod run;
mod scale;
mod selector;
mod session;
mod set;
mod sorting;
mod table;
mod taint;
mod target;
mod timeline;
mod wait;
mod warning;
mod watch;
mod words;

use command::Command;
use failure::Failure;
use session::Session;

pub use crate::values::duration::exact as duration;
pub use command::summary;
pub use complete::complete;
pub use files::Files;
use files::WithInput;
pub use words::here_document;

/// The table that `get` prints of an object at a moment.
pub(crate) fn table_of(kind: Kind, object: &Object, now: Millis, wide: bool) -> String {
    let titles = columns::titles(kind, wide);
    table::rows(&[titles, columns::cells(kind, object, now, wide)])
}

/// What `describe` prints of an object; a node has last been heard of at a moment.
pub(crate) fn description(
    store: &Store,
    kind: Kind,
    object: &Object,
    heard: Option<Millis>,
) -> String {
    table::fields(&describe::described(store, kind, object, heard))
}

/// What a command has printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    /// Standard output and standard error, in the order in which they were written.
    pub text: String,
    /// Whether its exit status would not be 0.
    pub failed: bool,
}

/// Runs commands. It has no state but where its files are.
pub struct Kubectl<'f> {
    files: &'f mut dyn Files,
}

impl std::fmt::Debug for Kubectl<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kubectl").finish_non_exhaustive()
    }
}

impl<'f> Kubectl<'f> {
    /// `files` has the files that commands name.
    pub fn new(files: &'f mut dyn Files) -> Self {
        Self { files }
    }

    /// Runs one command line, with or without the word `kubectl`, and lets everything happen that happens at once. The lines
    /// that a [here document](here_document) gives to the command follow in `line`.
    pub fn run(&mut self, world: &mut World, line: &str) -> Output {
        let (line, document) = words::with_document(line);
        let words = match words::split(&line) {
            Ok(words) => words,
            Err(message) => return Output::from(Failure::error(message)),
        };
        let (input, words) = words::piped(words);
        let input = document.or(input);
        let typed = match command::parse(words) {
            Ok(typed) => typed,
            Err(output) => return output,
        };
        world.note_command(line.trim());
        let part = match typed.command {
            Command::Scale(_) => "scale",
            _ => "",
        };
        let author = Author::Client(typed.manager.into(), part);
        let before = world.store_mut().write_as(author);
        let mut session = Session {
            world,
            files: &mut WithInput {
                input,
                files: &mut *self.files,
            },
            asked: typed.namespace,
            text: String::new(),
        };
        let done = typed.command.run(&mut session);
        session.world.store_mut().write_as(before);
        session.world.quiesce();
        let failed = done.is_err();
        let mut text = session.text;
        if session.world.is_stopped() {
            return Output {
                text: text + "interrupted\n",
                failed: true,
            };
        }
        if let Err(failure) = done {
            text += &failure.to_string();
        }
        Output { text, failed }
    }
}

impl From<Failure> for Output {
    fn from(failure: Failure) -> Self {
        Self {
            text: failure.to_string(),
            failed: true,
        }
    }
}
