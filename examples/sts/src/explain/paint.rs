//! Colours, for a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

/// How the words of a line are painted that say how a set stands, or what the line is about.
const WORDS: [(&str, Style); 10] = [
    ("  now    ", colour(AnsiColor::Green)),
    ("  then   ", colour(AnsiColor::Yellow)),
    ("  fails  ", colour(AnsiColor::Red)),
    ("  waits  ", colour(AnsiColor::Yellow)),
    ("  cause  ", colour(AnsiColor::Red)),
    ("  chosen ", colour(AnsiColor::Blue)),
    ("  note   ", colour(AnsiColor::Blue)),
    (": stuck", colour(AnsiColor::Red)),
    (": up to date", colour(AnsiColor::Green)),
    (": in progress", colour(AnsiColor::Yellow)),
];

const fn colour(colour: AnsiColor) -> Style {
    colour.on_default().bold()
}

/// The text with the first of these words in each line painted.
pub(super) fn paint(text: &str) -> String {
    let mut painted = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_inclusive('\n') {
        let found = WORDS.iter().find_map(|(word, style)| {
            let place = line.find(word)?;
            // Labels stand at the beginning.
            (word.starts_with(':') || place == 0).then_some((place, word, style))
        });
        let Some((place, word, style)) = found else {
            painted.push_str(line);
            continue;
        };
        let (before, after) = (&line[..place], &line[place + word.len()..]);
        // There is nothing in it that cannot be written.
        let _ = write!(painted, "{before}{style}{word}{style:#}{after}");
    }
    painted
}
