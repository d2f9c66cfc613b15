//! What names may look like.

use super::faults::Faults;
use serde_json::json;

const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must \
     start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
     '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end \
     with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is \
     '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const KEY: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric \
     character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
     '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start \
     and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation \
     is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// A DNS label: 63 characters without dots.
pub(super) fn label(faults: &mut Faults, path: &str, name: &str) {
    shorter(faults, path, name, 63, "characters");
    if !is_label(name) {
        let why = if name.split('.').all(is_label) {
            "must not contain dots"
        } else {
            LABEL
        };
        faults.invalid(path, &json!(name), why);
    }
}

/// DNS labels with dots between them, 253 characters.
pub(super) fn subdomain(faults: &mut Faults, path: &str, name: &str) {
    shorter(faults, path, name, 253, "characters");
    if !name.split('.').all(is_label) {
        faults.invalid(path, &json!(name), SUBDOMAIN);
    }
}

/// The key of a label or an annotation.
pub(super) fn key(faults: &mut Faults, path: &str, key: &str) {
    let name = match key.split_once('/') {
        Some(("", _)) => {
            faults.invalid(path, &json!(key), "prefix part must be non-empty");
            return;
        }
        Some((prefix, name)) => {
            if !prefix.split('.').all(is_label) {
                faults.invalid(path, &json!(key), &format!("prefix part {SUBDOMAIN}"));
            }
            name
        }
        None => key,
    };
    if name.is_empty() {
        faults.invalid(path, &json!(key), "name part must be non-empty");
    } else if name.len() > 63 {
        faults.invalid(path, &json!(key), "name part must be no more than 63 bytes");
    }
    if !is_word(name) {
        faults.invalid(path, &json!(key), KEY);
    }
}

/// The value of a label.
pub(super) fn value(faults: &mut Faults, path: &str, value: &str) {
    shorter(faults, path, value, 63, "bytes");
    if !value.is_empty() && !is_word(value) {
        faults.invalid(path, &json!(value), VALUE);
    }
}

/// A part of a path in the API.
pub(super) fn path_part(faults: &mut Faults, path: &str, name: &str) {
    if name == "." || name == ".." {
        faults.invalid(path, &json!(name), &format!("may not be '{name}'"));
    }
    for bad in ['/', '%'] {
        if name.contains(bad) {
            faults.invalid(path, &json!(name), &format!("may not contain '{bad}'"));
        }
    }
}

fn shorter(faults: &mut Faults, path: &str, text: &str, most: usize, unit: &str) {
    if text.len() > most {
        faults.invalid(
            path,
            &json!(text),
            &format!("must be no more than {most} {unit}"),
        );
    }
}

fn is_label(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    edges(name, plain) && name.bytes().all(|b| plain(b) || b == b'-')
}

fn is_word(name: &str) -> bool {
    edges(name, |b| b.is_ascii_alphanumeric())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn edges(name: &str, plain: impl Fn(u8) -> bool) -> bool {
    match name.as_bytes() {
        [] => false,
        [first, .., last] => plain(*first) && plain(*last),
        [only] => plain(*only),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_table() {
        for (name, is) in [
            ("web", true),
            ("web-0", true),
            ("0", true),
            ("", false),
            ("-web", false),
            ("web-", false),
            ("Web", false),
            ("we.b", false),
        ] {
            assert_eq!(is_label(name), is, "{name}");
        }
        for (name, is) in [
            ("a", true),
            ("A_b.c-1", true),
            ("", false),
            ("_a", false),
            ("a.", false),
        ] {
            assert_eq!(is_word(name), is, "{name}");
        }
    }
}
