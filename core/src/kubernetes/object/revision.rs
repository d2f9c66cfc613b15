//! ControllerRevisions: the bytes of a pod template, their hash, and back.

use std::borrow::ToOwned;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::Deserialize;
use serde_json::{Number, Value, json};

use super::stateful_set::{PodTemplate, StatefulSet};
use crate::kubernetes::schema;
use crate::kubernetes::value::kind::Kind;
use crate::version::Version;

/// Label of a pod: the full name of the revision that it was made from.
pub(crate) const REVISION_LABEL: &str = "controller-revision-hash";
/// Label of a revision: the hash in its name.
const HASH_LABEL: &str = "controller.kubernetes.io/hash";
/// A revision's name has room for so many bytes of its set's name.
const PREFIX: usize = 223;

/// The data of a revision that holds this pod template, in canonical form.
///
/// An API server of another version may show `null` where this one shows nothing. It makes no difference, and what is
/// written is what this version's controller writes (rule K-11).
pub(crate) fn data(template: &Value, version: Version) -> Vec<u8> {
    let template = match template {
        Value::Object(fields) => {
            let mut fields = schema::without_nulls(schema::POD_TEMPLATE, fields);
            fields.insert("$patch".to_string(), "replace".into());
            let mut template = fields.into();
            if version.writes_null_times() {
                add_null_times(&mut template);
            }
            template
        }
        other => other.clone(),
    };
    let mut out = Vec::new();
    write(&json!({"spec": {"template": template}}), &mut out);
    out
}

/// Says of each object that a template has inside, and of the template itself, that it has not been created.
fn add_null_times(template: &mut Value) {
    let add = |object: &mut Value| {
        if let Value::Object(fields) = object {
            let metadata = fields.entry("metadata").or_insert_with(|| json!({}));
            if let Value::Object(metadata) = metadata {
                metadata.entry("creationTimestamp").or_insert(Value::Null);
            }
        }
    };
    add(template);
    let volumes = template.pointer_mut("/spec/volumes");
    for volume in volumes.and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(claim) = volume.pointer_mut("/ephemeral/volumeClaimTemplate") {
            add(claim);
        }
    }
}

/// The pod template that a revision's data holds.
pub(crate) fn template(data: &[u8]) -> Option<Value> {
    let mut data: Value = serde_json::from_slice(data).ok()?;
    let mut template = data.pointer_mut("/spec/template")?.take();
    template.as_object_mut()?.remove("$patch");
    PodTemplate::deserialize(&template).ok()?;
    Some(template)
}

/// The name of the set's revision with these data.
pub(crate) fn name(set: &str, data: &[u8], collisions: u32) -> String {
    let mut end = set.len().min(PREFIX);
    while !set.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}-{}", &set[..end], hash(data, collisions))
}

/// 32-bit FNV-1 of the data and the decimal collision count, spelled in letters that form no words.
pub(crate) fn hash(data: &[u8], collisions: u32) -> String {
    const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
    let probe = collisions.to_string();
    let sum = data
        .iter()
        .chain(probe.as_bytes())
        .fold(2_166_136_261_u32, |sum, &byte| {
            sum.wrapping_mul(16_777_619) ^ u32::from(byte)
        });
    sum.to_string()
        .bytes()
        .map(|digit| char::from(ALPHABET[usize::from(digit) % ALPHABET.len()]))
        .collect()
}

/// The object of a new revision.
pub(crate) fn object(
    set: &StatefulSet,
    name: &str,
    hash: &str,
    number: i64,
    data: &[u8],
) -> Vec<u8> {
    let mut labels = set.template_labels();
    labels.insert(HASH_LABEL.to_owned(), hash.into());
    let mut metadata = json!({
        "labels": labels,
        "name": name,
        "namespace": set.key.namespace,
        "ownerReferences": [set.controller_reference()],
    });
    if let Some(annotations) = set.object.pointer("/metadata/annotations") {
        metadata["annotations"] = annotations.clone();
    }
    // Put together by hand, so that the data's bytes stay as they are.
    let mut out = Vec::with_capacity(data.len() + 512);
    out.extend_from_slice(b"{\"apiVersion\":");
    write(&Kind::ControllerRevision.api_version().into(), &mut out);
    out.extend_from_slice(b",\"data\":");
    out.extend_from_slice(data);
    out.extend_from_slice(b",\"kind\":");
    write(&Kind::ControllerRevision.name().into(), &mut out);
    out.extend_from_slice(b",\"metadata\":");
    write(&metadata, &mut out);
    out.extend_from_slice(format!(",\"revision\":{number}}}").as_bytes());
    out
}

/// JSON text of an object in canonical form: keys in order, no spaces, numbers and strings as Go writes them.
pub(crate) fn canonical(text: &str) -> Option<Vec<u8>> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut out = Vec::with_capacity(text.len());
    value.is_object().then(|| write(&value, &mut out))?;
    Some(out)
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            // Sorted here, because another crate in the build may make serde_json keep the order of insertion.
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|&(key, _)| key);
            out.push(b'{');
            for (i, (key, value)) in fields.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write_string(key, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

/// Every number has been a 64-bit float in Go.
fn write_number(number: &Number, out: &mut Vec<u8>) {
    let float = number.as_f64().unwrap_or(0.0);
    let size = float.abs();
    let text = if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{float:e}");
        // Rust writes 1e21 where Go writes 1e+21.
        match text.split_once('e') {
            Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
            _ => text,
        }
    } else {
        float.to_string()
    };
    out.extend_from_slice(text.as_bytes());
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for c in text.chars() {
        match c {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                out.extend_from_slice(format!("\\u{:04x}", u32::from(c)).as_bytes());
            }
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = r#"{"spec":{"template":{"$patch":"replace","metadata":{"annotations":{"test":"value"},"creationTimestamp":null,"labels":{"app":"foo"}},"spec":{"containers":[{"image":"test","imagePullPolicy":"Always","name":"test","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}}}}"#;

    #[test]
    fn names_are_those_that_kubernetes_gives() {
        let new = OLD.replace(r#""creationTimestamp":null,"#, "");
        for (data, collisions, expected) in [
            (OLD, 0, "c77f6d978"),
            (OLD, 1, "c77f6d979"),
            (&new, 0, "776999688b"),
            (&new, 1, "776999688c"),
        ] {
            assert_eq!(hash(data.as_bytes(), collisions), expected);
        }
        assert_eq!(name("test", OLD.as_bytes(), 0), "test-c77f6d978");
        let long = "é".repeat(200);
        assert_eq!(
            name(&long, b"", 0).len(),
            222 + 1 + hash(b"", 0).len(),
            "cut between characters"
        );
    }

    #[test]
    fn a_template_becomes_the_data_that_kubernetes_stores() {
        let text = OLD.replace(r#""$patch":"replace","#, "");
        let mut object: Value = serde_json::from_str(&text).expect("JSON");
        let given = object["spec"]["template"].take();
        let stored = data(&given, Version::V1_34);
        let expected = OLD.replace(r#""creationTimestamp":null,"#, "");
        assert_eq!(String::from_utf8(stored.clone()).as_deref(), Ok(&*expected));
        assert_eq!(data(&given, Version::V1_33), OLD.as_bytes());
        let mut shown = given;
        let metadata = shown["metadata"].as_object_mut().expect("fields");
        metadata.remove("creationTimestamp");
        assert_eq!(template(&stored), Some(shown));
    }

    #[test]
    fn only_what_kubernetes_writes_as_null_stays_null() {
        let given = json!({
            "metadata": {"creationTimestamp": null, "labels": null},
            "spec": {"hostname": null, "containers": [{"args": null}], "volumes": [{"projected": {"sources": null}}], "odd": {"x": null}},
        });
        let expected = r#"{"spec":{"template":{"$patch":"replace","metadata":{},"spec":{"containers":[{}],"odd":{},"volumes":[{"projected":{"sources":null}}]}}}}"#;
        assert_eq!(
            String::from_utf8(data(&given, Version::LATEST)).as_deref(),
            Ok(expected)
        );
    }

    #[test]
    fn numbers_and_strings_are_written_as_go_writes_them() {
        let given = r#"{ "b": [1.0, 1e20, 1e21, 1e-6, 1e-7, 9007199254740993, -5, 0.1, 0], "a": "<&>\u2028\u0008\f\u0001\u007f/\n\"é" }"#;
        let expected = "{\"a\":\"\\u003c\\u0026\\u003e\\u2028\\b\\f\\u0001\u{7f}/\\n\\\"é\",\"b\":[1,100000000000000000000,1e+21,0.000001,1e-7,9007199254740992,-5,0.1,0]}";
        let text = canonical(given).map(String::from_utf8);
        assert_eq!(text, Some(Ok(expected.into())));
        assert_eq!((canonical("[]"), canonical("{")), (None, None));
    }
}
