//! What `explain` is given: lists of objects of any kind beside a set and its pods.
#![no_main]

use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde_json::Value;
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Diagnosis, Evidence, Key, Kind, WireError, reconcile};
use statefulset_fuzz::place::{Absent, is_in};
use statefulset_fuzz::{NOW, mutate, object, set, turn};

/// So many bytes draw the set and its pods. The lists come after them.
const DRAWN: usize = 256;

fuzz_mutator!(|data: &mut [u8], size: usize, room: usize, seed: u32| {
    mutate::documents(data, size, room, seed, DRAWN, "\n\n")
});

fuzz_target!(|bytes: &[u8]| {
    let (start, rest) = bytes.split_at(bytes.len().min(DRAWN));
    let mut draws = Unstructured::new(start);
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let mut objects = Vec::new();
    let mut show = |cluster: &mut Cluster, kind, object: Value| {
        let _ = cluster.apply(kind, object.to_string().as_bytes());
        objects.push(object);
    };
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    if let Ok(set) = set::draw(&mut draws) {
        show(&mut cluster, Kind::StatefulSet, set);
    }
    while let Ok((kind, object)) = object::draw(&mut draws) {
        show(&mut cluster, kind, object);
        if draws.is_empty() {
            break;
        }
    }
    for kind in Kind::ALL {
        cluster.end_list(kind, "200");
    }
    let mut evidence = Evidence::new();
    if let Err(error) = evidence.add(rest) {
        judge(&error, rest);
    }
    evidence.complete("Secret");
    if let Ok(value) = serde_json::from_slice(rest) {
        flatten(value, "", &mut objects);
    }
    let web = Key::new("default", "web");
    if let Ok(Ok(found)) = turn::ask(&cluster, &web, &evidence, NOW, &mut draws) {
        proofs_exist(&found, &objects);
    }
    if let Err(error) = reconcile(Profile::UPSTREAM, &web, &[Kind::Pod], rest, NOW) {
        judge(&error, rest);
    }
});

/// What an error names is in the text.
fn judge(error: &WireError, text: &[u8]) {
    if let (WireError::Form { path, .. }, Ok(read)) = (error, serde_json::from_slice(text)) {
        let read: Value = read;
        assert!(is_in(&read, path, Absent::Last), "{error}, in {read}");
    }
}

/// The objects in a list, a list of lists, or an object. One without a kind is of the list's.
fn flatten(mut value: Value, of: &str, objects: &mut Vec<Value>) {
    let kind = value["kind"].as_str().unwrap_or(of).to_owned();
    match value {
        Value::Array(items) => items.into_iter().for_each(|it| flatten(it, of, objects)),
        Value::Object(ref mut members) => {
            if let Some(Value::Array(items)) = members.remove("items") {
                let of = kind.strip_suffix("List").unwrap_or_default();
                items.into_iter().for_each(|it| flatten(it, of, objects));
            } else {
                members.insert("kind".into(), kind.into());
                objects.push(value);
            }
        }
        _ => {}
    }
}

/// What proves a cause is in an object that was given; a field that is absent has its default. Events prove things in words
/// of their own.
fn proofs_exist(found: &Diagnosis, objects: &[Value]) {
    for proof in found.causes.iter().flat_map(|cause| &cause.evidence) {
        if proof.field.starts_with("event") {
            continue;
        }
        let is_there = objects.iter().any(|object| {
            object["kind"].as_str() == Some(&proof.object.kind)
                && object["metadata"]["name"].as_str() == Some(&proof.object.name)
                && is_in(object, &proof.field, Absent::Keys)
        });
        assert!(is_there, "{proof:?}: where?");
    }
}
