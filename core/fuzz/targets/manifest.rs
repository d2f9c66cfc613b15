//! Manifests: filled in, and judged as an API server would. Two of them, with a line `---` between them, are one set before
//! and after a change.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use statefulset::Profile;
use statefulset::kubernetes::{normalize, validate_stateful_set, validate_stateful_set_update};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut sets = text.split("\n---\n").map(filled_in);
    let Some(Some(old)) = sets.next() else {
        return;
    };
    let new = sets.next().flatten().unwrap_or_else(|| old.clone());
    for error in validate_stateful_set_update(&old, &new, &Profile::UPSTREAM) {
        let _ = error.to_string();
    }
});

fn filled_in(text: &str) -> Option<Value> {
    let profile = Profile::UPSTREAM;
    let set = normalize(text.as_bytes(), &profile).ok()?;
    for error in validate_stateful_set(&set, &profile) {
        let _ = error.to_string();
    }
    // What has been filled in has nothing left to fill in.
    let again = normalize(set.to_string().as_bytes(), &profile).expect("what it gave");
    assert_eq!(again, set);
    Some(set)
}
