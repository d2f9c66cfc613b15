//! What is written on a pod about its end: questions, answers, holds, and wishes to have it replaced (rules Y-8 to Y-10).

use std::format;
use std::string::String;
use std::vec::Vec;

use crate::purpose::{Departure, Prepared, Purposes};
use crate::time::Millis;

/// The annotation of a pod in which the library asks it to prepare: a word and a moment, such as
/// `leave 2026-11-30T07:01:00.25Z`. The words are `restart`, `leave` and `stay`.
pub const PREPARE_ANNOTATION: &str = "statefulset.dev/prepare";
/// The annotation of a pod in which the caller's program answers: it copies the question, once it has done what that says.
pub const PREPARED_ANNOTATION: &str = "statefulset.dev/prepared";
/// The annotation of a pod that names what it must not go for now: `ScaleIn`, `Rollout`, `Repair`, `Drain` or `All`, with
/// commas between them.
pub const HOLD_ANNOTATION: &str = "statefulset.dev/hold";
/// The annotation of a pod that is to be replaced: `true`.
pub const REPLACE_ANNOTATION: &str = "statefulset.dev/replace";
/// The label with which OpenKruise's users ask for a pod to be replaced.
pub(crate) const SPECIFIED_DELETE_LABEL: &str = "apps.kruise.io/specified-delete";

/// Where the pods of a set say such things.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum MarkedBy {
    /// Nowhere.
    #[default]
    Nothing,
    /// In the annotations of this library.
    Annotations,
    /// In OpenKruise's label.
    Kruise,
}

/// What is written on a pod.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Marks {
    pub(crate) hold: Purposes,
    pub(crate) replace: bool,
    pub(crate) prepared: Prepared,
    /// When that was asked, or taken back.
    pub(crate) since: Option<Millis>,
    /// Whether one of them could not be read.
    pub(crate) unreadable: bool,
}

impl Marks {
    /// Reads them from a pod's annotations.
    pub(crate) fn read<'a>(annotation: impl Fn(&str) -> Option<&'a str>) -> Self {
        let hold = annotation(HOLD_ANNOTATION).map(hold);
        let replace = annotation(REPLACE_ANNOTATION).map(replace);
        let question = annotation(PREPARE_ANNOTATION);
        let said = question.map(|it| prepared(it, annotation(PREPARED_ANNOTATION)));
        let prepared = said.map(|it| it.map(|(prepared, _)| prepared));
        Self {
            // What must not go is not known, so nothing may.
            hold: hold.map_or(Purposes::NONE, |it| it.unwrap_or(Purposes::ALL)),
            replace: replace.flatten().unwrap_or(false),
            // Neither asked, so that it is not taken for prepared, nor at rest.
            prepared: prepared.map_or(Prepared::No, |it| it.unwrap_or(Prepared::Returning)),
            since: said.flatten().map(|(_, since)| since),
            unreadable: hold == Some(None) || replace == Some(None) || prepared == Some(None),
        }
    }
}

impl Marks {
    /// The text of the question that is open.
    pub(crate) fn question(self) -> Option<String> {
        let since = self.since?;
        match self.prepared {
            Prepared::AskedToRestart => Some(question(Departure::Restart, since)),
            Prepared::AskedToLeave => Some(question(Departure::Leave, since)),
            Prepared::Returning => Some(taken_back(since)),
            Prepared::No | Prepared::MayRestart | Prepared::MayLeave => None,
        }
    }
}

/// What is asked of a pod that is to prepare.
pub(crate) fn question(departure: Departure, now: Millis) -> String {
    format!("{} {}", departure.slug(), moment(now))
}

/// What a pod is told that stays.
pub(crate) fn taken_back(now: Millis) -> String {
    format!("{STAY} {}", moment(now))
}

const STAY: &str = "stay";

/// To the millisecond: an earlier answer must not pass for one to a later question.
pub(super) fn moment(at: Millis) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

/// What has been said, and when. An answer counts if it is the question's own text.
fn prepared(question: &str, answer: Option<&str>) -> Option<(Prepared, Millis)> {
    let is_answered = answer == Some(question);
    let (word, since) = question.split_once(' ')?;
    let since: jiff::Timestamp = since.parse().ok()?;
    let prepared = match (word, is_answered) {
        ("restart", false) => Prepared::AskedToRestart,
        ("restart", true) => Prepared::MayRestart,
        ("leave", false) => Prepared::AskedToLeave,
        ("leave", true) => Prepared::MayLeave,
        (STAY, false) => Prepared::Returning,
        (STAY, true) => Prepared::No,
        _ => return None,
    };
    Some((prepared, since.as_millisecond()))
}

fn hold(text: &str) -> Option<Purposes> {
    let words = text.split(',').map(str::trim);
    words
        .filter(|it| !it.is_empty())
        .try_fold(Purposes::NONE, |all, word| Some(all.with(purpose(word)?)))
}

/// Purposes, in words.
pub(crate) fn purpose_words(purposes: Purposes) -> String {
    let [single @ .., _] = &PURPOSES;
    let there = single.iter().filter(|(_, it)| purposes.contains(*it));
    let there: Vec<&str> = there.map(|(word, _)| *word).collect();
    there.join(", ")
}

/// A purpose, by its word.
fn purpose(word: &str) -> Option<Purposes> {
    let mut words = PURPOSES.iter();
    words.find(|(it, _)| *it == word).map(|(_, it)| *it)
}

/// The words for purposes.
pub(crate) const PURPOSES: [(&str, Purposes); 5] = [
    ("ScaleIn", Purposes::SCALE_IN),
    ("Rollout", Purposes::ROLLOUT),
    ("Repair", Purposes::REPAIR),
    ("Drain", Purposes::DRAIN),
    ("All", Purposes::ALL),
];

fn replace(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" | "" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(annotations: &[(&str, &str)]) -> Marks {
        Marks::read(|name| {
            let mut found = annotations.iter().filter(|(it, _)| *it == name);
            found.next().map(|(_, text)| *text)
        })
    }

    #[test]
    fn an_answer_is_the_text_of_the_question() {
        for (question, open, answered) in [
            (
                question(Departure::Restart, 1_500),
                Prepared::AskedToRestart,
                Prepared::MayRestart,
            ),
            (
                question(Departure::Leave, 1_500),
                Prepared::AskedToLeave,
                Prepared::MayLeave,
            ),
            (taken_back(1_500), Prepared::Returning, Prepared::No),
        ] {
            let asked = (PREPARE_ANNOTATION, &*question);
            assert_eq!(read(&[asked]).prepared, open);
            let answer = (PREPARED_ANNOTATION, &*question);
            assert_eq!(read(&[asked, answer]).prepared, answered);
            // One to an earlier question does not count.
            let stale = (PREPARED_ANNOTATION, "leave 1970-01-01T00:00:01Z");
            assert_eq!(read(&[asked, stale]).prepared, open);
        }
        assert_eq!(
            question(Departure::Leave, 1_500),
            "leave 1970-01-01T00:00:01.5Z"
        );
    }

    #[test]
    fn what_cannot_be_read_lets_nothing_go() {
        for text in ["leave", "go 1970-01-01T00:00:01Z", "leave soon", ""] {
            let marks = read(&[(PREPARE_ANNOTATION, text), (PREPARED_ANNOTATION, text)]);
            assert_eq!(marks.prepared, Prepared::Returning, "{text}");
            assert!(marks.unreadable, "{text}");
        }
        let marks = read(&[(HOLD_ANNOTATION, "Rollout, scalein")]);
        assert_eq!((marks.hold, marks.unreadable), (Purposes::ALL, true));
        let marks = read(&[(HOLD_ANNOTATION, "Rollout, ScaleIn,")]);
        let both = Purposes::ROLLOUT.with(Purposes::SCALE_IN);
        assert_eq!((marks.hold, marks.unreadable), (both, false));
        let marks = read(&[(REPLACE_ANNOTATION, "yes")]);
        assert_eq!((marks.replace, marks.unreadable), (false, true));
    }
}
