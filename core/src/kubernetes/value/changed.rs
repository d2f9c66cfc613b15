//! What is written on a pod when it is changed where it runs, and how it shows that the change is finished (rule Y-13).

use std::boxed::Box;
use std::fmt::Write;
use std::string::{String, ToString};

use super::marks::moment;
use crate::time::Millis;

/// The annotation of a pod that the library has changed where it runs: the moment, and of each container that has to start again
/// how often it had been before, and which image it ran, such as `2026-11-30T07:01:00.25Z/3 app=0=app:1`. The
/// number after the moment is the generation that the pod had before, if pods have one.
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
        let mut all = self.0.split(' ').filter_map(Entry::read);
        all.find(|it| it.container == container).map(|it| it.count)
    }

    /// What is written on a pod whose containers of these names run these images, and are to run others.
    pub(crate) fn note<'a>(
        &self,
        now: Millis,
        generation: Option<i64>,
        containers: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> String {
        let mut text = moment(now).to_string();
        // Writing to a string never fails.
        if let Some(generation) = generation {
            let _ = write!(text, "/{generation}");
        }
        for (name, image) in containers {
            if let Some(count) = self.get(name) {
                let _ = write!(text, " {name}={count}={image}");
            }
        }
        text
    }

    /// Whether each container that a note names has been started again since, or nothing that the pod is told has changed for its
    /// sake: it still is of the same generation. `None` if the note cannot be read.
    pub(crate) fn follow(&self, note: &str, generation: Option<i64>) -> Option<bool> {
        let mut words = note.split(' ');
        let (_, before) = begin(words.next()?)?;
        if before.is_some() && before == generation {
            return Some(true);
        }
        words.try_fold(true, |all, word| {
            Some(all && self.is_past(&Entry::read(word)?))
        })
    }

    /// The image that a container runs, if it has not been started again since that was noted.
    pub(crate) fn still_runs<'a>(&self, container: &str, note: &'a str) -> Option<&'a str> {
        let mut entries = note.split(' ').filter_map(Entry::read);
        let entry = entries.find(|it| it.container == container)?;
        (!self.is_past(&entry)).then_some(entry.image)
    }

    fn is_past(&self, entry: &Entry<'_>) -> bool {
        self.get(entry.container)
            .is_some_and(|now| now > entry.count)
    }
}

/// The moment in a note.
pub(crate) fn moment_of(note: &str) -> Option<Millis> {
    Some(begin(note.split(' ').next()?)?.0)
}

/// The moment, and the generation that the pod had before.
fn begin(word: &str) -> Option<(Millis, Option<i64>)> {
    let (moment, generation) = match word.split_once('/') {
        Some((moment, generation)) => (moment, Some(generation.parse().ok()?)),
        None => (word, None),
    };
    let moment: jiff::Timestamp = moment.parse().ok()?;
    Some((moment.as_millisecond(), generation))
}

/// What is said of one container. Its image is empty where it does not matter.
struct Entry<'a> {
    container: &'a str,
    count: u32,
    image: &'a str,
}

impl<'a> Entry<'a> {
    fn read(word: &'a str) -> Option<Self> {
        let (container, rest) = word.split_once('=')?;
        let (count, image) = rest.split_once('=').unwrap_or((rest, ""));
        Some(Self {
            container,
            count: count.parse().ok()?,
            image,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_finished_when_its_containers_were_started_again() {
        let restarts = |app, proxy| Restarts::of([("app", app), ("proxy", proxy)].into_iter());
        let images = [("app", "a:1"), ("proxy", "p@sha256:1"), ("new", "n")];
        let note = restarts(0, 2).note(1_500, Some(7), images.into_iter());
        assert_eq!(
            note,
            "1970-01-01T00:00:01.5Z/7 app=0=a:1 proxy=2=p@sha256:1"
        );
        assert_eq!(restarts(0, 2).follow(&note, Some(8)), Some(false));
        assert_eq!(restarts(1, 2).follow(&note, Some(8)), Some(false));
        assert_eq!(restarts(1, 3).follow(&note, Some(8)), Some(true));
        assert_eq!(Restarts::default().follow(&note, Some(8)), Some(false));
        assert_eq!(restarts(0, 3).still_runs("app", &note), Some("a:1"));
        assert_eq!(restarts(0, 3).still_runs("proxy", &note), None);
        // Nothing had to be started again.
        assert_eq!(restarts(0, 2).follow(&note, Some(7)), Some(true));
        let note = restarts(4, 4).note(1_500, None, [].into_iter());
        assert_eq!(restarts(4, 4).follow(&note, Some(8)), Some(true));
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
            assert_eq!(Restarts::default().follow(text, None), None, "{text}");
        }
    }
}
