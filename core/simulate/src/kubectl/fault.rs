//! `fault`: what goes wrong between the StatefulSet controller and the API server.

use clap::{Args, Subcommand, ValueEnum};
use statefulset::Millis;

use super::failure::Failure;
use super::resources;
use super::session::Session;
use crate::controller::faults::Upset;
use crate::values::duration;

/// Let something go wrong between the controller and the API server
#[derive(Debug, Subcommand)]
pub(super) enum Fault {
    /// Its next calls fail
    Calls(Calls),
    /// The news about the objects of a kind are late, lost, doubled or mixed up
    Watch(Watch),
    /// When it starts the next time, the API server that it asks is behind, for a while
    Rewind {
        /// How far
        #[arg(value_parser = duration::parse)]
        by: Millis,
    },
    /// It lacks a permission, and such calls are forbidden from now on
    Forbid {
        /// create, update, patch or delete
        #[arg(value_parser = ["create", "update", "patch", "delete"])]
        verb: String,
        /// The kind
        kind: String,
    },
    /// From now on all goes well, and what was held back arrives
    None,
}

#[derive(Debug, Args)]
pub(super) struct Calls {
    /// What happens to them
    #[arg(value_enum)]
    how: How,
    /// So many calls go well before
    #[arg(long, default_value_t = 0)]
    skip: usize,
    /// To so many calls
    #[arg(long, default_value_t = 1)]
    times: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum How {
    /// Refused; nothing has been done
    Refuse,
    /// Done, but no answer comes
    TimeOut,
    /// Somebody else was faster; nothing has been done
    Conflict,
    /// The controller dies before it, and starts again without a memory
    Crash,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    /// The kind
    kind: String,
    /// They come so much later
    #[arg(long, value_parser = duration::parse)]
    delay: Option<Millis>,
    /// So many do not come at all
    #[arg(long)]
    drop: Option<u32>,
    /// So many come twice, the second time after the next one
    #[arg(long)]
    repeat: Option<u32>,
    /// So many come after the next one
    #[arg(long)]
    swap: Option<u32>,
}

impl Fault {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let faults = session.world.faults_mut();
        match self {
            Self::Calls(Calls { how, skip, times }) => {
                let how = match how {
                    How::Refuse => Upset::Refuse,
                    How::TimeOut => Upset::TimeOut,
                    How::Conflict => Upset::Conflict,
                    How::Crash => Upset::Crash,
                };
                faults.upset(how, *skip, *times);
            }
            Self::Watch(asked) => {
                let watch = faults.watch(resources::kind(&asked.kind)?);
                watch.delay = asked.delay.unwrap_or(watch.delay);
                watch.drop = asked.drop.unwrap_or(watch.drop);
                watch.repeat = asked.repeat.unwrap_or(watch.repeat);
                watch.swap = asked.swap.unwrap_or(watch.swap);
            }
            Self::Rewind { by } => faults.rewind(*by),
            Self::Forbid { verb, kind } => faults.forbid(verb, resources::kind(kind)?),
            Self::None => faults.calm(),
        }
        Ok(())
    }
}
