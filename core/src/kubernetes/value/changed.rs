//! What is written on a pod when it is changed where it runs, and how it shows that the change is finished (rule Y-13).

use std::boxed::Box;
use std::fmt::Write;
use std::string::{String, ToString};

use super::marks::moment;
use crate::time::Millis;

/// The annotation of a pod that the library has changed where it runs: the moment, and how often each container had been
/// started again, such as `2026-11-30T07:01:00.25Z app=0 proxy=2`.
pub const CHANGED_ANNOTATION: &str = "statefulset.dev/changed";

/// How often each container of a pod has been started again, those left out that have never run: `app=0 proxy=2`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Restarts(Box<str>);

impl Restarts {
    pub(crate) fn of<'a>(containers: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut text = String::new();
        for (name, count) in containers {
            let space = if text.is_empty() { "" } else { " " };
            // Writing to a string never fails.
            let _ = write!(text, "{space}{name}={count}");
        }
        Self(text.into())
    }

    /// How often this container has.
    fn get(&self, container: &str) -> Option<u32> {
        let mut all = self.0.split(' ').filter_map(counted);
        all.find(|(name, _)| *name == container)
            .map(|(_, count)| count)
    }

    /// What is written on a pod whose containers of these names are about to be started again.
    pub(crate) fn note(&self, now: Millis, containers: &[&str]) -> String {
        let mut text = moment(now).to_string();
        for name in containers {
            if let Some(count) = self.get(name) {
                let _ = write!(text, " {name}={count}");
            }
        }
        text
    }

    /// Whether each container that a note names has been started again since. `None` if the note cannot be read.
    pub(crate) fn follow(&self, note: &str) -> Option<bool> {
        let mut words = note.split(' ');
        moment_of(words.next()?)?;
        words.try_fold(true, |all, word| {
            let (name, before) = counted(word)?;
            Some(all && self.get(name).is_some_and(|now| now > before))
        })
    }
}

/// The moment in a note.
pub(crate) fn moment_of(note: &str) -> Option<Millis> {
    let moment: jiff::Timestamp = note.split(' ').next()?.parse().ok()?;
    Some(moment.as_millisecond())
}

fn counted(word: &str) -> Option<(&str, u32)> {
    let (name, count) = word.split_once('=')?;
    Some((name, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_finished_when_its_containers_were_started_again() {
        let restarts = |app, proxy| Restarts::of([("app", app), ("proxy", proxy)].into_iter());
        let note = restarts(0, 2).note(1_500, &["app", "proxy", "new"]);
        assert_eq!(note, "1970-01-01T00:00:01.5Z app=0 proxy=2");
        assert_eq!(restarts(0, 2).follow(&note), Some(false));
        assert_eq!(restarts(1, 2).follow(&note), Some(false));
        assert_eq!(restarts(1, 3).follow(&note), Some(true));
        assert_eq!(Restarts::default().follow(&note), Some(false));
        // Nothing had to be started again.
        let note = restarts(4, 4).note(1_500, &[]);
        assert_eq!(restarts(4, 4).follow(&note), Some(true));
    }

    #[test]
    fn a_note_that_nobody_has_written_is_none() {
        for text in [
            "",
            "soon",
            "app=1",
            "1970-01-01T00:00:01Z app",
            "1970-01-01T00:00:01Z app=x",
        ] {
            assert_eq!(Restarts::default().follow(text), None, "{text}");
        }
    }
}
