//! Words of a cluster's on one line.
//!
//! What a program prints when it ends, or what an API server refuses, may have many lines. Printed as they are, these could
//! pass for something that the diagnosis says itself, such as a command.

use std::format;
use std::string::String;

/// How much of a message is kept of its beginning, and of its end, where it is longer than both. What was asked for stands
/// first in a refusal, and what went wrong last in a traceback.
const HEAD: usize = 500;
const TAIL: usize = 250;

/// A message on one line, without its middle if it is very long.
pub(super) fn short(message: &str) -> String {
    let line = joined(message);
    let place = |(index, _): (usize, char)| index;
    let head = line.char_indices().nth(HEAD).map(place);
    let tail = line.char_indices().nth_back(TAIL - 1).map(place);
    match (head, tail) {
        (Some(head), Some(tail)) if head < tail => {
            format!("{} … {}", &line[..head], &line[tail..])
        }
        _ => line,
    }
}

/// A text on one line.
pub(super) fn joined(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_control() || c == ' ') {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
