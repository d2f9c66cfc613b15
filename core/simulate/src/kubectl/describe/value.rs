//! Values as Go's formats write them.

use serde_json::Value;

use crate::kubectl::jsonpath::show;

/// Any value: a text bare, a list in brackets, an object as a map.
pub(super) fn any(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".into(),
        Value::Array(items) => list(items),
        Value::Object(fields) => {
            let pairs = fields
                .iter()
                .map(|(name, value)| format!("{name}:{}", any(value)));
            format!("map[{}]", pairs.collect::<Vec<_>>().join(" "))
        }
        Value::Number(number) => number
            .as_f64()
            .filter(|_| number.is_f64())
            .map_or_else(|| number.to_string(), float),
        _ => show(value),
    }
}

/// With an exponent where it is very large or very small.
fn float(number: f64) -> String {
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, power)) => match power.parse::<i32>() {
            Ok(power) if (-4..21).contains(&power) => format!("{number}"),
            Ok(power) => {
                let sign = if power < 0 { '-' } else { '+' };
                format!("{digits}e{sign}{:02}", power.abs())
            }
            Err(_) => text,
        },
        None => text,
    }
}

/// `[a b]`
pub(super) fn list(items: &[Value]) -> String {
    format!("[{}]", items.iter().map(any).collect::<Vec<_>>().join(" "))
}

/// Each as a text.
pub(super) fn texts(items: &[Value]) -> Vec<String> {
    items.iter().map(show).collect()
}

/// Not longer than so many bytes and three dots. Part of a character is shown as one that cannot be read.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    match text.as_bytes().get(..longest) {
        Some(start) if start.len() < text.len() => {
            format!("{}...", String::from_utf8_lossy(start))
        }
        _ => text.to_owned(),
    }
}

/// In quotation marks, with what cannot stand between them written in another way.
pub(super) fn quoted(text: &str) -> String {
    let one = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".into(),
        '\t' => "\\t".into(),
        '\r' => "\\r".into(),
        c if c.is_ascii_control() => format!("\\x{:02x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(one).collect::<Vec<_>>().concat())
}

/// `True` or `False`.
pub(super) const fn truth(flag: bool) -> &'static str {
    if flag { "True" } else { "False" }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{any, quoted, shortened};

    #[test]
    fn values_are_written_as_go_writes_them() {
        for (value, expected) in [
            (json!(null), "<nil>"),
            (json!("a b"), "a b"),
            (json!([1, true, ["x"]]), "[1 true [x]]"),
            (json!({"b": 1, "a": {"c": []}}), "map[a:map[c:[]] b:1]"),
            (json!(0.5), "0.5"),
            (json!(1e21), "1e+21"),
            (json!(0.000_01), "1e-05"),
            (json!(100.0), "100"),
        ] {
            assert_eq!(any(&value), expected);
        }
        assert_eq!(quoted("a \"b\"\n\u{1b}ö"), r#""a \"b\"\n\x1bö""#);
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("abcd", 3), "abc...");
        assert_eq!(shortened("abö", 3), "ab\u{fffd}...");
    }
}
