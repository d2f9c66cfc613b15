//! The place in a JSON text where reading stopped, as a path such as `spec.containers[2].name`.
//!
//! The reader says at which byte it stopped, and the path follows from the text before it. To keep the path while reading
//! would compile every type a second time for the sake of its errors.

use std::ops::Range;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::de::IgnoredAny;

/// The path of the value in which the reader of `json` stopped with `error`. `.` is the whole text.
///
/// A value of the wrong kind is a place of its own. If something is missing in an object or a list, or is wrong between
/// its members, the place is that object or list.
pub(crate) fn place(json: &[u8], error: &serde_json::Error) -> String {
    let stop = offset(json, error.line(), error.column());
    let mut open = Vec::from([Open::text()]);
    let mut at = 0;
    while let Some(token) = token(json, at, stop)
        && let Some(around) = open.last_mut()
    {
        at = token.end;
        let is_last = at >= stop;
        match (json[token.start], &around.step, around.member) {
            (b'}' | b']', ..) if is_last => break,
            (b'}' | b']', ..) => {
                open.pop();
                if let Some(around) = open.last_mut() {
                    around.member = Member::Read;
                }
            }
            (b',', Step::Index(index), Member::Read) => {
                around.step = Step::Index(index + 1);
                around.member = Member::Awaited;
            }
            (b',', Step::Key(_), Member::Read) => *around = Open::object(),
            (b':', _, Member::Named) => around.member = Member::Awaited,
            (b'"', Step::Key(_), Member::None) if is_whole(&json[token.clone()]) => {
                (around.step, around.member) = (Step::Key(token), Member::Named);
            }
            (b',' | b':', ..) => break,
            (first, Step::Index(_), Member::None) | (first, _, Member::Awaited) => {
                around.member = Member::Awaited;
                match first {
                    b'{' => open.push(Open::object()),
                    b'[' => open.push(Open::list()),
                    _ if !is_whole(&json[token]) => break,
                    _ => around.member = Member::Read,
                }
            }
            // Something is missing before this.
            _ => break,
        }
    }
    if let Some(around) = open.last_mut()
        && error.is_data()
    {
        // The reader stops before an object or a list that should not be there. Where that is the first member, only what
        // comes next tells it from a mistake of the list itself.
        let is_first = json[..stop].trim_ascii_end().ends_with(b"[");
        let is_next = is_first && matches!(json.get(stop), Some(b'{' | b'['));
        // It reads on to the next member, or over the end, before it says that a key or a value is not what it should be.
        if is_next || around.member != Member::None && !is_of_the_whole(error) {
            around.member = Member::Awaited;
        }
    }
    path(json, &open)
}

/// Whether an object or a list lacks members, or has too many, and no member of it is wrong.
fn is_of_the_whole(error: &serde_json::Error) -> bool {
    let problem = error.to_string();
    ["missing field", "invalid length"]
        .iter()
        .any(|start| problem.starts_with(start))
}

/// The number of bytes before this place. Lines count from one; the column is how much of its line was read.
fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    json.len().min(before + column)
}

/// An object or a list whose end was not read, or the whole text.
struct Open {
    /// Its member at hand.
    step: Step,
    member: Member,
}

/// What leads to a member.
enum Step {
    /// The text has one value.
    Whole,
    /// The place of the key in the text, with its quotes. It is empty before a key was read.
    Key(Range<usize>),
    Index(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Member {
    /// None was begun.
    None,
    /// Its key was read.
    Named,
    /// Its value is to come, or was begun.
    Awaited,
    Read,
}

impl Open {
    fn text() -> Self {
        Self {
            step: Step::Whole,
            member: Member::Awaited,
        }
    }

    fn object() -> Self {
        Self {
            step: Step::Key(0..0),
            member: Member::None,
        }
    }

    fn list() -> Self {
        Self {
            step: Step::Index(0),
            member: Member::None,
        }
    }
}

/// The token from `at` on. One that begins before `stop` may end after it.
fn token(json: &[u8], at: usize, stop: usize) -> Option<Range<usize>> {
    let start = at
        + json
            .get(at..stop)?
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())?;
    let rest = &json[start + 1..];
    let more = match json[start] {
        b'{' | b'}' | b'[' | b']' | b',' | b':' => 0,
        b'"' => {
            let mut escaped = false;
            let end = rest.iter().position(|byte| {
                let is_end = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                is_end
            });
            end.map_or(rest.len(), |end| end + 1)
        }
        _ => {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || b"{}[],:\"".contains(byte);
            rest.iter().position(ends).unwrap_or(rest.len())
        }
    };
    Some(start..start + 1 + more)
}

/// Whether this is a string from its first quote to its last, or another value without members.
fn is_whole(token: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(token).is_ok()
}

fn path(json: &[u8], open: &[Open]) -> String {
    let mut path = String::new();
    for (depth, Open { step, member }) in open.iter().enumerate() {
        if depth + 1 == open.len() && *member != Member::Awaited {
            break;
        }
        match step {
            Step::Whole => {}
            Step::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
            Step::Key(place) => {
                let key = &json[place.clone()];
                if !path.is_empty() {
                    path.push('.');
                }
                path += &serde_json::from_slice(key)
                    .unwrap_or_else(|_| String::from_utf8_lossy(key).into_owned());
            }
        }
    }
    if path.is_empty() {
        path.push('.');
    }
    path
}

#[cfg(test)]
mod tests {
    use std::boxed::Box;
    use std::collections::BTreeMap;

    use quickcheck::{Gen, QuickCheck};
    use serde::{Deserialize, Deserializer};

    use super::*;

    /// A type with every shape that objects have.
    #[derive(Deserialize, Debug)]
    #[expect(dead_code, reason = "it is read for its errors")]
    struct Shape {
        name: String,
        count: Option<u8>,
        #[serde(default)]
        list: Vec<Self>,
        #[serde(default)]
        map: BTreeMap<String, Vec<u8>>,
        inner: Option<Box<Self>>,
        strict: Option<Strict>,
    }

    /// A type that refuses what it does not know.
    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is read for its errors")]
    struct Strict {
        name: Option<String>,
        #[serde(default, deserialize_with = "even")]
        even: u8,
        #[serde(default, deserialize_with = "even")]
        last: u8,
    }

    fn even<'de, D: Deserializer<'de>>(input: D) -> Result<u8, D::Error> {
        let number = u8::deserialize(input)?;
        let problem = || serde::de::Error::custom("expected an even number");
        number
            .is_multiple_of(2)
            .then_some(number)
            .ok_or_else(problem)
    }

    #[track_caller]
    fn is_at(json: &str, expected: &str) {
        let error = serde_json::from_str::<Shape>(json).expect_err(json);
        assert_eq!(place(json.as_bytes(), &error), expected, "{json}: {error}");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_the_place() {
        is_at(r#"{"name": 5}"#, "name");
        is_at(r#"{"name": {"a": 1}}"#, "name");
        is_at("{\n \"count\": 300,\n \"name\": \"a\"}", "count");
        is_at(
            r#"{"name":"","map":{"a.b":[1],"c]\"":[1, 2, "x"]}}"#,
            "map.c]\"[2]",
        );
        is_at(
            r#"{"list":[{"name":"a"},{"name":"b","inner":{"name":[]}}]}"#,
            "list[1].inner.name",
        );
    }

    #[test]
    fn a_wrong_key_is_the_place() {
        is_at(r#"{"name":"", "strict":{"other": 1}}"#, "strict.other");
        is_at(r#"{"name":"", "name":""}"#, "name");
    }

    #[test]
    fn a_value_that_is_found_to_be_wrong_after_it_was_read_is_the_place() {
        is_at(
            r#"{"name":"", "strict":{"even": 1 , "last":2}}"#,
            "strict.even",
        );
        is_at(
            r#"{"name":"", "strict":{"even":2, "last": 1 } }"#,
            "strict.last",
        );
    }

    #[test]
    fn what_lacks_a_member_is_the_place() {
        is_at("{}", ".");
        is_at(r#"{"name":"","list":[{"name":""},{"count":1}]}"#, "list[1]");
    }

    #[test]
    fn a_mistake_in_the_text_is_in_the_value_around_it() {
        is_at("", ".");
        is_at("nonsense", ".");
        is_at(r#"{"name":""} 5"#, ".");
        is_at(r#"{"name":"","inner":{"name":"b""#, "inner");
        is_at(r#"{"name":"","inner":{"name":"b"#, "inner.name");
        is_at(r#"{"name":"","inner":{"na"#, "inner");
        is_at(r#"{"name":"","list":[{"name":""} 5]}"#, "list");
        is_at(r#"{"name": tru}"#, "name");
        is_at(r#"{"name": }"#, "name");
    }

    const GOOD: &str = r#"{"name":"a\n","count":7,"list":[{"name":"b","map":{"k":[1,2],"":[]}},
        {"name":"c", "list":[{"name":"d","count":null}],"other":{"x":[{"y":-1.5e3}]}}],"inner":{"name":"e"},
        "strict":{"name":"f", "even": 2 , "last":4 } }"#;
    const PARTS: [&str; 16] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "1", "-", "true", "null", "\"name\"", "{}", "[]",
        " ",
    ];

    /// Another library follows the path while it reads. Where it expects a key or a comma, it names a member of which
    /// nothing is known.
    fn agrees(cuts: Vec<(u16, u8, u8)>) -> Result<(), String> {
        let mut text = GOOD.to_string();
        for (at, removed, part) in cuts.into_iter().take(3) {
            let from = usize::from(at) % text.len().max(1);
            let to = text.len().min(from + usize::from(removed) % 12);
            text.replace_range(from..to, PARTS[usize::from(part) % PARTS.len()]);
        }
        let mut reader = serde_json::Deserializer::from_str(&text);
        let Err(error) = serde_path_to_error::deserialize::<_, Shape>(&mut reader) else {
            return Ok(());
        };
        let followed = error.path().to_string();
        let found = place(text.as_bytes(), error.inner());
        let is_double = error.inner().to_string().starts_with("duplicate field");
        let same = if error.inner().is_data() {
            // The other names the object around it.
            found == followed || is_double
        } else {
            let known = found.trim_start_matches('.');
            followed.starts_with(known)
                || known.starts_with(&followed.replace(".?", "").replace('?', ""))
        };
        let error = error.inner();
        same.then_some(())
            .ok_or_else(|| std::format!("{text}\n{error}\nfound {found}, followed {followed}"))
    }

    #[test]
    fn it_is_the_place_that_one_finds_who_follows_the_path_while_reading() {
        let number = |name| std::env::var(name).ok()?.parse().ok();
        let seed = number("SEED").unwrap_or(1);
        std::println!("SEED={seed}");
        QuickCheck::new()
            .rng(Gen::from_size_and_seed(100, seed))
            .tests(20_000)
            .quickcheck(agrees as fn(Vec<(u16, u8, u8)>) -> Result<(), String>);
    }
}
