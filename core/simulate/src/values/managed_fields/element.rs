//! One step of a path into an object: a field, an item of a list, or a value of a set.

use std::fmt;

use serde_json::{Map, Value};

/// One step. The order is the one in which the API server lists fields.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Element {
    /// A field of an object, or an entry of a map.
    Field(String),
    /// The item of a list in which these fields have these values, by name.
    Key(Vec<(String, Plain)>),
    /// A value of a set.
    Value(Plain),
    /// An item by its place. Only what somebody else has written names one.
    Index(i64),
}

/// A value with nothing inside, in the order of the API server: numbers, texts, truths, nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Plain {
    Number(i64),
    Text(String),
    Bool(bool),
    Null,
}

impl Plain {
    /// None for what has something inside. A fraction is no part of a key or a set in any kind: it is taken for its text.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => Self::Null,
            Value::Bool(is) => Self::Bool(*is),
            Value::String(text) => Self::Text(text.clone()),
            Value::Number(number) => match (number.as_i64(), number.to_string()) {
                (Some(number), _) => Self::Number(number),
                (None, text) => match text.strip_suffix(".0").and_then(|it| it.parse().ok()) {
                    Some(number) => Self::Number(number),
                    None => Self::Text(text),
                },
            },
            Value::Array(_) | Value::Object(_) => return None,
        })
    }

    fn value(&self) -> Value {
        match self {
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::Bool(is) => (*is).into(),
            Self::Null => Value::Null,
        }
    }
}

impl Element {
    /// The field of this name.
    pub(crate) fn field(name: &str) -> Self {
        Self::Field(name.to_owned())
    }

    /// As `fieldsV1` writes it: `f:spec`, `k:{"name":"web"}`, `v:"a"`, `i:0`.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Field(name) => format!("f:{name}"),
            Self::Key(fields) => {
                let fields = fields.iter().map(|(name, it)| (name.clone(), it.value()));
                format!("k:{}", json(&Value::Object(fields.collect())))
            }
            Self::Value(value) => format!("v:{}", json(&value.value())),
            Self::Index(place) => format!("i:{place}"),
        }
    }

    /// The reverse; None where it is none of these.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        Some(match kind {
            "f" => Self::field(rest),
            "k" => {
                let fields: Map<String, Value> = serde_json::from_str(rest).ok()?;
                let mut key = Vec::new();
                for (name, value) in &fields {
                    key.push((name.clone(), Plain::of(value)?));
                }
                key.sort();
                Self::Key(key)
            }
            "v" => Self::Value(Plain::of(&serde_json::from_str(rest).ok()?)?),
            "i" => Self::Index(rest.parse().ok()?),
            _ => return None,
        })
    }
}

/// Go escapes what a browser could take for markup.
fn json(value: &Value) -> String {
    let text = value.to_string();
    text.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{}", Value::from(text.as_str())),
            Self::Bool(is) => write!(f, "{is}"),
            Self::Null => write!(f, "null"),
        }
    }
}

/// As the API server's messages write it: `.spec`, `[name="web"]`, `[="a"]`, `[0]`.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, ".{name}"),
            Self::Key(fields) => {
                let fields = fields.iter().map(|(name, value)| format!("{name}={value}"));
                write!(f, "[{}]", fields.collect::<Vec<_>>().join(","))
            }
            Self::Value(value) => write!(f, "[={value}]"),
            Self::Index(place) => write!(f, "[{place}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_written_and_read_back() {
        let port = vec![
            ("containerPort".to_owned(), Plain::Number(80)),
            ("protocol".to_owned(), Plain::Text("TCP".into())),
        ];
        for (element, written, shown) in [
            (Element::field("a/b"), "f:a/b", ".a/b"),
            (
                Element::Key(port),
                "k:{\"containerPort\":80,\"protocol\":\"TCP\"}",
                "[containerPort=80,protocol=\"TCP\"]",
            ),
            (
                Element::Value(Plain::Text("a<b".into())),
                "v:\"a\\u003cb\"",
                "[=\"a<b\"]",
            ),
            (Element::Index(3), "i:3", "[3]"),
        ] {
            assert_eq!(element.written(), written);
            assert_eq!(element.to_string(), shown);
            assert_eq!(Element::read(written), Some(element));
        }
        assert_eq!(Element::read("x:1"), None);
        assert_eq!(Element::read("nothing"), None);
    }
}
