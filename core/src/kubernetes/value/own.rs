//! Texts that repeat the name of the object they stand in, written so that those of its siblings are the same.
//!
//! The pods of one revision differ in nothing but their names: in the label that repeats the name, in the one that
//! repeats the ordinal, in the names of their claims. With marks in those places one text does for all of them.

use std::borrow::Cow;
use std::string::String;

/// Stands for the object's own name at the end of a text. Neither mark can stand in a name or a label.
const NAME: char = '\u{1}';
/// Stands for the digits at the end of that name, as a whole text.
const DIGITS: char = '\u{2}';

/// Appends a text that belongs to the object called `own`, with marks instead of repetitions.
pub(crate) fn hide(text: &str, own: &str, out: &mut String) {
    if let Some(start) = text.strip_suffix(own).filter(|_| !own.is_empty()) {
        out.push_str(start);
        out.push(NAME);
    } else if digits(own).is_some_and(|digits| digits == text) {
        out.push(DIGITS);
    } else {
        out.push_str(text);
    }
}

/// The same as a text of its own.
pub(crate) fn hidden(text: &str, own: &str) -> String {
    let mut out = String::new();
    hide(text, own, &mut out);
    out
}

/// The text as it was.
pub(crate) fn show<'a>(hidden: &'a str, own: &'a str) -> Cow<'a, str> {
    match hidden.strip_suffix(NAME) {
        Some("") => own.into(),
        Some(start) => [start, own].concat().into(),
        None if hidden.strip_prefix(DIGITS) == Some("") => digits(own).unwrap_or("").into(),
        None => hidden.into(),
    }
}

fn digits(own: &str) -> Option<&str> {
    let digits = own.rsplit_once('-')?.1;
    let all = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siblings_have_the_same_texts() {
        for (text, own, hidden) in [
            ("web-0", "web-0", "\u{1}"),
            ("www-web-0", "web-0", "www-\u{1}"),
            ("0", "web-0", "\u{2}"),
            ("00", "web-0", "00"),
            ("01", "web-01", "\u{2}"),
            ("nginx", "web-0", "nginx"),
            ("web-10", "web-0", "web-10"),
            ("", "web-0", ""),
            ("nginx", "", "nginx"),
            ("", "", ""),
            ("", "web-", ""),
        ] {
            let out = super::hidden(text, own);
            assert_eq!(out, hidden, "{text} of {own}");
            assert_eq!(show(&out, own), text);
        }
    }
}
