//! Manifests: filled in, and judged as an API server would. Two of them, with a line `---` between them, are one set before
//! and after a change.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde_json::Value;
use statefulset::kubernetes::{
    Cluster, FieldError, Kind, WireError, default_stateful_set, normalize, validate_stateful_set,
    validate_stateful_set_update,
};
use statefulset::{Profile, Version};
use statefulset_fuzz::mutate;
use statefulset_fuzz::place::{Absent, is_in};

const BETWEEN: &str = "\n---\n";

fuzz_mutator!(|data: &mut [u8], size: usize, room: usize, seed: u32| {
    mutate::documents(data, size, room, seed, 0, BETWEEN)
});

fuzz_target!(|bytes: &[u8]| {
    // The size chooses the version, so that the text need not.
    let version = Version::ALL[bytes.len() % Version::ALL.len()];
    let profile = Profile::upstream(version);
    let text = String::from_utf8_lossy(bytes);
    let mut sets = text.split(BETWEEN).map(|it| filled_in(it, &profile));
    let Some(Some(old)) = sets.next() else {
        return;
    };
    let Some(new) = sets.next().flatten() else {
        return;
    };
    judge(&validate_stateful_set_update(&old, &new, &profile), &new);
});

fn filled_in(text: &str, profile: &Profile) -> Option<Value> {
    let set = match normalize(text.as_bytes(), profile) {
        Ok(set) => set,
        Err(error) => {
            let read = serde_json::from_str::<Value>(text).ok();
            if let (Some(read), WireError::Form { path, .. }) = (read, &error) {
                assert!(is_in(&read, path, Absent::Last), "{error}, in {read}");
            }
            return None;
        }
    };
    let mut again = set.clone();
    default_stateful_set(&mut again, profile);
    assert_eq!(
        again, set,
        "what was filled in has something left to fill in"
    );
    let errors = validate_stateful_set(&set, profile);
    assert_eq!(errors, validate_stateful_set(&set, profile));
    judge(&errors, &set);
    // Without its gate the number of unavailable pods is looked at only where the old set has it, too: an API server takes it
    // out of new sets before it looks.
    let block = &set["spec"]["updateStrategy"]["rollingUpdate"];
    let is_judged = profile.max_unavailable || block["maxUnavailable"].is_null();
    if errors.is_empty() && is_judged {
        let stored = stored(set.clone());
        let errors = validate_stateful_set_update(&stored, &stored, profile);
        assert!(
            errors.is_empty(),
            "no change, and yet: {errors:?}, in {set}"
        );
        can_be_read(&stored, profile);
    }
    Some(set)
}

fn judge(errors: &[FieldError], set: &Value) {
    for error in errors {
        assert!(!error.message.is_empty(), "{error:?}");
        assert!(is_in(set, &error.path, Absent::Keys), "{error}, in {set}");
    }
}

/// As an API server stores it: it throws away unread what it writes itself.
fn stored(mut set: Value) -> Value {
    let meta = &mut set["metadata"];
    for field in ["uid", "resourceVersion"] {
        meta[field] = "1".into();
    }
    for field in ["creationTimestamp", "deletionTimestamp", "generation"] {
        meta[field] = Value::Null;
    }
    set["status"] = Value::Null;
    set
}

/// What an API server accepts, the library can work with.
fn can_be_read(set: &Value, profile: &Profile) {
    let mut cluster = Cluster::new(*profile);
    let taken = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
    assert_eq!(taken, Ok(()), "of {set}");
}
