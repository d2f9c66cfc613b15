//! Texts that repeat the name of their object, written so that all objects of a family have the same text.
//!
//! The pods of one revision differ only in their names: in the label that repeats the name, in the label that repeats
//! the ordinal, and in the names of their claims. With marks in these places, one text is enough for all of them.

use std::borrow::Cow;
use std::string::String;

/// The mark for the object's own name at the end of a text. No name and no label can contain either mark.
const NAME: char = '\u{1}';
/// The mark for a text that is the digits at the end of that name.
const DIGITS: char = '\u{2}';

/// Appends to `out` a text that belongs to the object called `own`, with marks in the place of its name.
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

/// The same, as a new text.
pub(crate) fn hidden(text: &str, own: &str) -> String {
    let mut out = String::new();
    hide(text, own, &mut out);
    out
}

/// The text without marks, as it was before.
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
