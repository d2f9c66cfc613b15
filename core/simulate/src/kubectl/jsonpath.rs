//! The part of JSONPath that kubectl's templates are written in.

use serde_json::Value;

use crate::values::object::Fields;

/// One step down into a value.
#[derive(Clone, PartialEq, Debug)]
enum Step {
    Key(String),
    Index(i64),
    All,
    /// `[?(@.type=="Ready")]`
    Filter(Path, bool, Value),
}

/// A way down into a value: `.spec.containers[0].image`.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Path(Vec<Step>);

/// A template: text, `{.paths}` and `{range .items[*]}…{end}`.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, PartialEq, Debug)]
enum Part {
    Text(String),
    Path(Path),
    Range(Path, Template),
}

impl Path {
    /// A path, with or without braces, dollar sign and leading dot.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let inside = text
            .strip_prefix('{')
            .and_then(|t| t.strip_suffix('}'))
            .unwrap_or(text);
        let inside = inside.trim();
        let inside = inside.strip_prefix('$').unwrap_or(inside);
        let mut rest = inside;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            rest = step(rest, &mut steps)
                .ok_or_else(|| format!("unexpected \"{rest}\" in path \"{text}\""))?;
        }
        Ok(Self(steps))
    }

    /// What the path leads to; nothing where it leads nowhere.
    pub(super) fn find<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        self.0.iter().fold(vec![value], |found, step| {
            found.into_iter().flat_map(|v| step.down(v)).collect()
        })
    }
}

impl Step {
    fn down<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match self {
            Self::Key(key) => value.get(key).into_iter().collect(),
            Self::Index(index) => {
                let list = value.list("");
                let from_end = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
                let at = if *index < 0 {
                    list.len().checked_sub(from_end)
                } else {
                    Some(from_end)
                };
                at.and_then(|at| list.get(at)).into_iter().collect()
            }
            Self::All => match value {
                Value::Array(list) => list.iter().collect(),
                Value::Object(map) => map.values().collect(),
                _ => Vec::new(),
            },
            Self::Filter(path, equal, wanted) => value
                .list("")
                .iter()
                .filter(|v| path.find(v).contains(&wanted) == *equal)
                .collect(),
        }
    }
}

impl Template {
    /// A template as `-o jsonpath=` takes it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let template = parts(&mut rest, false)?;
        Ok(Self(template))
    }

    /// The template filled in; several results of one path are separated by spaces.
    pub(super) fn fill(&self, value: &Value) -> String {
        let fill = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Path(path) => {
                let found: Vec<_> = path.find(value).into_iter().map(show).collect();
                found.join(" ")
            }
            Part::Range(path, inner) => {
                let found = path.find(value);
                found.into_iter().map(|v| inner.fill(v)).collect()
            }
        };
        self.0.iter().map(fill).collect()
    }
}

impl Template {
    /// What the paths lead to.
    pub(super) fn values(&self, value: &Value) -> Vec<Value> {
        let of = |part: &Part| match part {
            Part::Text(_) => Vec::new(),
            Part::Path(path) => path.find(value).into_iter().cloned().collect(),
            Part::Range(path, inner) => {
                let found = path.find(value).into_iter();
                found.flat_map(|value| inner.values(value)).collect()
            }
        };
        self.0.iter().flat_map(of).collect()
    }
}

/// A value as text: strings bare, everything else as JSON.
pub(super) fn show(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Takes one step off the front of `text`.
fn step<'t>(text: &'t str, steps: &mut Vec<Step>) -> Option<&'t str> {
    if let Some(inside) = text.strip_prefix('[') {
        // A filter's text may hold brackets; its end is unmistakable.
        if let Some(filter) = inside.strip_prefix("?(") {
            let (filter, rest) = filter.split_once(")]")?;
            let (path, equal, wanted) = if let Some((path, wanted)) = filter.split_once("==") {
                (path, true, wanted)
            } else {
                let (path, wanted) = filter.split_once("!=")?;
                (path, false, wanted)
            };
            let path = Path::parse(path.trim().strip_prefix('@')?).ok()?;
            steps.push(Step::Filter(path, equal, literal(wanted.trim())?));
            return Some(rest);
        }
        let (inside, rest) = inside.split_once(']')?;
        steps.push(match inside {
            "*" => Step::All,
            _ => match inside.parse() {
                Ok(index) => Step::Index(index),
                Err(_) => Step::Key(literal(inside)?.as_str()?.to_owned()),
            },
        });
        return Some(rest);
    }
    let bare = text.strip_prefix('.').unwrap_or(text);
    let mut key = String::new();
    let mut chars = bare.char_indices();
    let mut end = bare.len();
    while let Some((at, c)) = chars.next() {
        match c {
            // `\.` is a dot inside a key.
            '\\' => key.push(chars.next()?.1),
            '.' | '[' => {
                end = at;
                break;
            }
            _ => key.push(c),
        }
    }
    match key.as_str() {
        // A lone dot is the value itself.
        "" if bare.is_empty() || bare.starts_with('[') => {}
        "" => return None,
        "*" => steps.push(Step::All),
        _ => steps.push(Step::Key(key)),
    }
    Some(&bare[end..])
}

/// A quoted string, or a JSON number or truth value.
fn literal(text: &str) -> Option<Value> {
    let quoted = |quote| {
        text.strip_prefix(quote)
            .and_then(|t| t.strip_suffix(quote))
            .map(|t| Value::String(t.to_owned()))
    };
    quoted('\'')
        .or_else(|| quoted('"'))
        .or_else(|| serde_json::from_str(text).ok())
}

fn parts(rest: &mut &str, inside_range: bool) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    loop {
        let Some((text, after)) = rest.split_once('{') else {
            if inside_range {
                return Err("unexpected end of template: {range} without {end}".into());
            }
            if !rest.is_empty() {
                parts.push(Part::Text((*rest).to_owned()));
                *rest = "";
            }
            return Ok(parts);
        };
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        let (action, after) = after.split_once('}').ok_or("unclosed action")?;
        *rest = after;
        let action = action.trim();
        if action == "end" {
            if inside_range {
                return Ok(parts);
            }
            return Err("{end} without {range}".into());
        }
        if let Some(path) = action.strip_prefix("range ") {
            let inner = Template(self::parts(rest, true)?);
            parts.push(Part::Range(Path::parse(path)?, inner));
        } else if action.starts_with('"') {
            // Escapes are JSON's: `{"\n"}`.
            let text = serde_json::from_str(action).map_err(|e| format!("{action}: {e}"))?;
            parts.push(Part::Text(text));
        } else {
            parts.push(Part::Path(Path::parse(action)?));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Path, Template};

    #[test]
    fn paths_lead_down() {
        let object = json!({
            "metadata": {"labels": {"a.b/c": "x"}},
            "spec": {"containers": [{"image": "one"}, {"image": "two"}]},
            "status": {"conditions": [{"type": "Ready", "status": "True"}, {"type": "Other"}]},
        });
        for (path, expected) in [
            (".spec.containers[0].image", json!(["one"])),
            ("{.spec.containers[-1].image}", json!(["two"])),
            ("spec.containers[*].image", json!(["one", "two"])),
            (r".metadata.labels.a\.b/c", json!(["x"])),
            ("$.metadata.labels['a.b/c']", json!(["x"])),
            (
                r#".status.conditions[?(@.type=="Ready")].status"#,
                json!(["True"]),
            ),
            (".gone.deeper", json!([])),
        ] {
            let found = Path::parse(path).unwrap();
            assert_eq!(json!(found.find(&object)), expected, "{path}");
        }
        assert!(Path::parse(".a[").is_err());
        assert!(Path::parse("..a").is_err());
    }

    #[test]
    fn templates_are_filled_in() {
        let list = json!({"items": [{"n": "a", "v": 1}, {"n": "b", "v": [2]}]});
        let text = r#"{range .items[*]}{.n}={.v}{"\n"}{end}{.items[*].n}"#;
        let template = Template::parse(text).unwrap();
        assert_eq!(template.fill(&list), "a=1\nb=[2]\na b");
        assert!(Template::parse("{range .items[*]}").is_err());
        assert!(Template::parse("{.a").is_err());
    }
}
