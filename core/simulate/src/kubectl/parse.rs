//! The values in one file, as kubectl reads it: YAML, or JSON objects one after the other.

use serde_json::Value;

use crate::values::documents;

/// The values of a text, empty documents left out. As in kubectl, nothing is taken after one that cannot be read.
pub(super) fn parse(text: &str) -> Vec<Result<Value, String>> {
    let mut values = Vec::new();
    for document in documents::split(text, 1, |_| None) {
        let value = document
            .map_err(|it| format!("document {}: {}", it.number, it.problem))
            .and_then(|it| {
                let problem = |error: serde_json::Error| format!("document {}: {error}", it.number);
                serde_json::from_str(&it.json).map_err(problem)
            })
            .map(|mut value| {
                make_whole(&mut value);
                value
            });
        let is_last = value.is_err();
        values.push(value);
        if is_last {
            break;
        }
    }
    values
}

/// Writes whole numbers without a point: what is sent is JSON, in which `2.0` is written `2`.
fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let whole = number.as_f64().map(|float| float.to_string());
            if let Some(Ok(whole)) = whole.map(|text| text.parse::<i64>()) {
                *value = whole.into();
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::parse;

    #[test]
    fn what_kubectl_takes() {
        let cases = [
            ("{\"a\":1}\n{\"a\":2}\n", json!([{"a": 1}, {"a": 2}])),
            ("{\"a\":1}{\"a\":2}", json!([{"a": 1}, {"a": 2}])),
            ("{a: 1}\n---\nb: 2\n", json!([{"a": 1}, {"b": 2}])),
            ("a: 1\nb: 0\na: 2\n", json!([{"a": 2, "b": 0}])),
            ("\u{feff}a: 1\r\nb: 2\r\n", json!([{"a": 1, "b": 2}])),
            (
                "a: 2.0\nb: 1e1\nc: 0644\n",
                json!([{"a": 2, "b": 10, "c": 420}]),
            ),
            (
                "a:\n  b: \"\n  one\n  two\"\n",
                json!([{"a": {"b": " one two"}}]),
            ),
            ("a: {\n  b: 1\n}\n", json!([{"a": {"b": 1}}])),
            (
                "x: &x {a: 1}\nz:\n  <<: *x\n",
                json!([{"x": {"a": 1}, "z": {"a": 1}}]),
            ),
            ("---\n# nothing\n---\n", json!([])),
            // What is no text as a key is written as one; what is quoted is one.
            (
                "y: 1\n\"n\": 2\n0644: 3\n1.0: 4\n1e3: 5\n\"on\": 6\nOff: 7\n2001-01-01: 8\n1e6: 9\n1.50: 10\n",
                json!([{"true": 1, "n": 2, "420": 3, "1": 4, "1000": 5, "on": 6, "false": 7, "2001-01-01": 8, "1e+06": 9, "1.5": 10}]),
            ),
            ("a: {y: 1, yes: 2}\n", json!([{"a": {"true": 2}}])),
            (
                "a: [y, no, \"y\", ~]\n",
                json!([{"a": [true, false, "y", null]}]),
            ),
        ];
        for (text, expected) in cases {
            let found: Result<Vec<Value>, String> = parse(text).into_iter().collect();
            assert_eq!(found.map(Value::from), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn a_document_begins_with_dashes() {
        let found = parse("a: 1\n...\n# more\nb: 1\n");
        let problem =
            "document 2: neither JSON nor YAML: line 4: did not find expected <document start>"
                .to_owned();
        assert_eq!(found, [Ok(json!({"a": 1})), Err(problem)]);
        let found = parse("a: 1\n...\n---\nb: 1\n...\n");
        assert_eq!(found, [Ok(json!({"a": 1})), Ok(json!({"b": 1}))]);
    }

    #[test]
    fn what_comes_before_a_mistake_is_there() {
        let found = parse("a: 1\n---\nb: c: d\n---\ne: 1\n");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], Ok(json!({"a": 1})));
        let problem = found[1].as_ref().unwrap_err();
        assert!(problem.starts_with("document 2: "), "{problem}");
        assert!(problem.contains("line 3"), "{problem}");
    }
}
