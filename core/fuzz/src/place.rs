//! Whether there is a place that an error names.

use serde_json::Value;

/// Which steps of a path need not be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// The last: what is missing is named, too.
    Last,
    /// Any key: a field that was never written has fields that are missing. Each index stands for an item that is there.
    Keys,
}

/// Whether the path, such as `spec.containers[0].name`, leads to a place in the value. `.` is the value itself.
pub fn is_in(value: &Value, path: &str, absent: Absent) -> bool {
    path == "." || leads(value, path, absent)
}

fn leads(value: &Value, path: &str, absent: Absent) -> bool {
    if path.is_empty() {
        return true;
    }
    match value {
        Value::Object(members) => {
            let step = path.strip_prefix('.').unwrap_or(path);
            let bracketed = path.strip_prefix('[');
            // A key may have dots and brackets in it.
            let found = members.iter().any(|(key, member)| {
                let after = step.strip_prefix(key.as_str());
                let after = after.filter(|it| it.is_empty() || it.starts_with(['.', '[']));
                let quoted = bracketed
                    .and_then(|it| it.strip_prefix(key.as_str()))
                    .and_then(|it| it.strip_prefix(']'));
                [after, quoted]
                    .into_iter()
                    .flatten()
                    .any(|rest| leads(member, rest, absent))
            });
            found || absent == Absent::Keys || is_one_step(path)
        }
        Value::Array(items) => {
            let step = path.strip_prefix('[').and_then(|it| it.split_once(']'));
            let Some((index, rest)) = step else {
                return false;
            };
            let item = index.parse().ok().and_then(|it: usize| items.get(it));
            item.is_some_and(|item| leads(item, rest, absent))
        }
        Value::Null => absent == Absent::Keys,
        _ => false,
    }
}

fn is_one_step(path: &str) -> bool {
    match path.strip_prefix('[') {
        Some(quoted) => quoted.find(']') == Some(quoted.len() - 1),
        None => !path.trim_start_matches('.').contains(['.', '[']),
    }
}
