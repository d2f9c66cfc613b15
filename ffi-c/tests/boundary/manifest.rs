//! Manifests: what is filled in, and what is refused.

use statefulset_c::*;

use crate::handle::{Handle, SET, normalize, validate, validate_update};

/// A manifest as people write it is told how it is completed.
#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn a_manifest_without_defaults_names_the_call_that_fills_them_in() {
    let bare = SET.replace(r#""revisionHistoryLimit":10,"#, "");
    assert_ne!(bare, SET);
    let cluster = Handle::new();
    let said = cluster.apply(STS_KIND_STATEFUL_SET, &bare);
    assert_eq!(said.code, STS_CODE_BAD_OBJECT);
    assert!(
        said.message()
            .contains("missing field `revisionHistoryLimit`")
    );
    assert!(
        said.message()
            .ends_with("pass it through `normalize` first"),
        "{}",
        said.message()
    );
    let complete = normalize(&bare).good();
    cluster.apply(STS_KIND_STATEFUL_SET, &complete).good();
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn manifests_are_filled_in_and_judged() {
    let whole = normalize(SET).good();
    assert!(whole.contains(r#""dnsPolicy":"ClusterFirst""#), "{whole}");
    assert_eq!(normalize(&whole).good(), whole);
    // Rule K-10.
    let wordy = SET.replace(
        r#""serviceName":"web""#,
        r#""serviceName":"web","minReadySeconds":0"#,
    );
    assert_ne!(wordy, SET);
    assert_eq!(normalize(&wordy).good(), whole);
    assert_eq!(validate(SET).good(), "[]");
    assert_eq!(validate_update(SET, &whole).good(), "[]");
    let unnamed = validate("{}").good();
    let first =
        r#"[{"field":"metadata.name","reason":"FieldValueRequired","message":"Required value: "#;
    assert!(unnamed.starts_with(first), "{unnamed}");
    let other = SET.replace(r#""serviceName":"web""#, r#""serviceName":"other""#);
    let changed = validate_update(SET, &other).good();
    assert_eq!(
        changed,
        r#"[{"field":"spec.serviceName","reason":"FieldValueInvalid","message":"Invalid value: \"other\": field is immutable"}]"#
    );
    for (said, field) in [
        (normalize("[]"), "set"),
        (validate(""), "set"),
        (validate_update("7", SET), "old"),
    ] {
        assert_eq!((said.code, said.field()), (STS_CODE_BAD_JSON, field));
    }
}
