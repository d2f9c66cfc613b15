//! How names have to look. Each function says what is wrong with one; nothing, if it may be used.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

fn pattern(problem: &str, pattern: &str, examples: &[&str]) -> String {
    let examples: Vec<_> = examples.iter().map(|it| format!("'{it}', ")).collect();
    let examples = examples.join(" or ");
    format!("{problem} (e.g. {examples}regex used for validation is '{pattern}')")
}

fn inner(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn is_label(name: &str) -> bool {
    let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte != b'-');
    name.bytes().all(inner) && edge(name.bytes().next()) && edge(name.bytes().next_back())
}

fn is_subdomain(name: &str) -> bool {
    name.split('.').all(is_label)
}

/// A name that can be a part of a host name.
pub(crate) fn dns_label(name: &str) -> Vec<String> {
    let mut problems = longer_than(63, name, "characters");
    if !is_label(name) {
        problems.push(if is_subdomain(name) {
            "must not contain dots".to_string()
        } else {
            pattern(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                LABEL,
                &["my-name", "123-abc"],
            )
        });
    }
    problems
}

/// A name that can be a host name.
pub(crate) fn dns_subdomain(name: &str) -> Vec<String> {
    let mut problems = longer_than(253, name, "characters");
    problems.extend(no_subdomain(name));
    problems
}

fn no_subdomain(name: &str) -> Option<String> {
    (!is_subdomain(name)).then(|| {
        pattern(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            &format!("{LABEL}(\\.{LABEL})*"),
            &["example.com"],
        )
    })
}

/// A search domain: underscores are allowed.
pub(crate) fn search_domain(name: &str) -> Vec<String> {
    const LABEL: &str = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    let is_label = |label: &str| {
        let label = label.strip_prefix('_').unwrap_or(label);
        let edge = |byte: Option<u8>| byte.is_some_and(|byte| inner(byte) && byte != b'-');
        label.bytes().all(|byte| inner(byte) || byte == b'_')
            && edge(label.bytes().next())
            && edge(label.bytes().next_back())
    };
    let mut problems = longer_than(253, name, "characters");
    if !name.split('.').all(is_label) {
        problems.push(pattern(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
            &format!("{LABEL}(\\.{LABEL})*"),
            &["example.com"],
        ));
    }
    problems
}

fn longer_than(limit: usize, text: &str, unit: &str) -> Vec<String> {
    let problem = (text.len() > limit).then(|| format!("must be no more than {limit} {unit}"));
    problem.into_iter().collect()
}

/// Whether it begins and ends with letters or digits and has only those, dashes, dots and underscores between.
fn is_word(text: &str) -> bool {
    let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && edge(text.bytes().next())
        && edge(text.bytes().next_back())
}

const WORD: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const WORD_RULE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/// A key of a label: a word, after a domain and a slash or alone.
pub(crate) fn label_key(key: &str) -> Vec<String> {
    let word = || pattern(WORD_RULE, WORD, &["MyName", "my.name", "123-abc"]);
    let mut problems = Vec::new();
    let name = match key.split_once('/') {
        None => key,
        Some((_, name)) if name.contains('/') => {
            let word = word();
            return [format!(
                "a valid label key {word} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            )]
            .into();
        }
        Some((prefix, name)) => {
            if prefix.is_empty() {
                problems.push("prefix part must be non-empty".to_string());
            } else {
                let long = longer_than(253, prefix, "bytes");
                let all = long.into_iter().chain(no_subdomain(prefix));
                problems.extend(all.map(|it| format!("prefix part {it}")));
            }
            name
        }
    };
    if name.is_empty() {
        problems.push("name part must be non-empty".to_string());
    } else if name.len() > 63 {
        problems.push("name part must be no more than 63 bytes".to_string());
    }
    if !is_word(name) {
        problems.push(format!("name part {}", word()));
    }
    problems
}

/// A value of a label: a word, or nothing.
pub(crate) fn label_value(value: &str) -> Vec<String> {
    let mut problems = longer_than(63, value, "bytes");
    if !value.is_empty() && !is_word(value) {
        problems.push(pattern(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
            &format!("({WORD})?"),
            &["MyValue", "my_value", "12345"],
        ));
    }
    problems
}

/// A part of a path in the API.
pub(crate) fn path_part(text: &str) -> Vec<String> {
    let bad = ['/', '%'].into_iter().filter(|it| text.contains(*it));
    bad.map(|it| format!("may not contain '{it}'")).collect()
}

/// A name of a port.
pub(crate) fn port_name(name: &str) -> Vec<String> {
    let mut problems = longer_than(15, name, "characters");
    let mut unless = |fine: bool, problem: &str| {
        if !fine {
            problems.push(problem.to_string());
        }
    };
    unless(
        !name.is_empty() && name.bytes().all(inner),
        "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
    );
    unless(
        name.bytes().any(|byte| byte.is_ascii_lowercase()),
        "must contain at least one letter (a-z)",
    );
    unless(!name.contains("--"), "must not contain consecutive hyphens");
    unless(
        !name.starts_with('-') && !name.ends_with('-'),
        "must not begin or end with a hyphen",
    );
    problems
}

/// A name of an environment variable.
pub(crate) fn variable(name: &str) -> Vec<String> {
    if name.is_empty() {
        return ["environment variable name must be non-empty".to_string()].into();
    }
    let printable = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'=';
    let problem = (!name.bytes().all(printable)).then(|| {
        "a valid environment variable name must consist only of printable ASCII characters other than '='".to_string()
    });
    problem.into_iter().collect()
}

/// A key in a config map or secret.
pub(crate) fn data_key(key: &str) -> Vec<String> {
    let mut problems = longer_than(253, key, "characters");
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if key.is_empty() || !key.bytes().all(fine) {
        problems.push(pattern(
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            "[-._a-zA-Z0-9]+",
            &["key.name", "KEY_NAME", "key-name"],
        ));
    }
    match key {
        "." | ".." => problems.push(format!("must not be '{key}'")),
        _ if key.starts_with("..") => problems.push("must not start with '..'".to_string()),
        _ => {}
    }
    problems
}

/// A name of an HTTP header.
pub(crate) fn http_header(name: &str) -> Vec<String> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let problem = (name.is_empty() || !name.bytes().all(fine)).then(|| {
        pattern(
            "a valid HTTP header must consist of alphanumeric characters or '-'",
            "[-A-Za-z0-9]+",
            &["X-Header-Name"],
        )
    });
    problem.into_iter().collect()
}

/// A share, such as `25%`: its number.
pub(crate) fn percent(text: &str) -> Result<u64, String> {
    let number = text.strip_suffix('%').filter(|it| !it.is_empty());
    match number.filter(|it| it.bytes().all(|byte| byte.is_ascii_digit())) {
        // What does not fit is too large all the same.
        Some(number) => Ok(number.parse().unwrap_or(u64::MAX)),
        None => Err(pattern(
            "a valid percent string must be a numeric string followed by an ending '%'",
            "[0-9]+%",
            &["1%", "93%"],
        )),
    }
}

/// A path inside of something: relative, and never out of it.
pub(crate) fn inner_path(path: &str) -> Vec<String> {
    let absolute = path
        .starts_with('/')
        .then(|| "must be a relative path".to_string());
    absolute.into_iter().chain(no_backsteps(path)).collect()
}

/// The same, and its first part does not begin with two dots: those names are reserved.
pub(crate) fn file_path(path: &str) -> Vec<String> {
    let mut problems = inner_path(path);
    if path.starts_with("..") && !path.starts_with("../") {
        problems.push("must not start with '..'".to_string());
    }
    problems
}

/// A path without a way back.
pub(crate) fn no_backsteps(path: &str) -> Option<String> {
    path.split('/')
        .any(|part| part == "..")
        .then(|| "must not contain '..'".to_string())
}
