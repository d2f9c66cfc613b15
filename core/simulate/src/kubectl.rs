//! kubectl's words against a cluster in memory, and a few words of the simulator's own.

use crate::world::World;

mod apply;
mod cluster;
mod columns;
mod command;
mod cordon;
mod delete;
mod describe;
pub(crate) mod duration;
mod events;
mod exec;
mod failure;
mod fault;
mod format;
mod get;
mod jsonpath;
mod label;
mod manifest;
mod patch;
mod resources;
mod rollout;
mod run;
mod scale;
mod selector;
mod session;
mod set_image;
mod table;
mod wait;
mod watch;
mod words;

use failure::Failure;
use session::Session;

pub use command::summary;
pub use manifest::Read;

/// What a command has printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    /// Standard output and standard error, in the order in which they were written.
    pub text: String,
    /// Whether its exit status would not be 0.
    pub failed: bool,
}

/// Runs commands. It has no state but the way in which files are read.
pub struct Kubectl<'f> {
    read: &'f mut Read<'f>,
}

impl std::fmt::Debug for Kubectl<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kubectl").finish_non_exhaustive()
    }
}

impl<'f> Kubectl<'f> {
    /// `read` gives a file by its path. A path that ends in `/` asks for the names of the files in that folder, one a
    /// line; a folder's path without it is answered with [`IsADirectory`](std::io::ErrorKind::IsADirectory).
    pub fn new(read: &'f mut Read<'f>) -> Self {
        Self { read }
    }

    /// Runs one command line, without the word `kubectl`, and lets everything happen that happens at once.
    pub fn run(&mut self, world: &mut World, line: &str) -> Output {
        let words = match words::split(line) {
            Ok(words) => words,
            Err(message) => return Output::from(Failure::error(message)),
        };
        let typed = match command::parse(words) {
            Ok(typed) => typed,
            Err(output) => return output,
        };
        let mut session = Session {
            world,
            read: &mut *self.read,
            asked: typed.namespace,
            text: String::new(),
        };
        let done = typed.command.run(&mut session);
        session.world.quiesce();
        let failed = done.is_err();
        let mut text = session.text;
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
