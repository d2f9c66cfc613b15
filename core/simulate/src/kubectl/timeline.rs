//! `timeline`: what has happened to the pods, as a picture.

use clap::Args;
use statefulset::Millis;

use super::failure::Failure;
use super::session::Session;
use crate::values::duration;

/// Draw what has happened to the pods, one row a pod
#[derive(Debug, Args)]
pub(super) struct Timeline {
    /// Write it to this file, as an SVG picture
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
    /// Only the last 30s, 5m, 1h30m
    #[arg(long, value_parser = duration::parse)]
    since: Option<Millis>,
}

impl Timeline {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let missing = || Failure::error("nothing was recorded in this cluster");
        let Some(path) = &self.svg else {
            let text = session.world.timeline_text(self.since);
            session.print(&text.ok_or_else(missing)?);
            return Ok(());
        };
        let picture = session.world.timeline_svg(self.since).ok_or_else(missing)?;
        let written = session.files.write(path, &picture);
        written.map_err(|error| Failure::error(format!("cannot write \"{path}\": {error}")))?;
        session.say(format!("timeline written to {path}"));
        Ok(())
    }
}
