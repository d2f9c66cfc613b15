//! How a set stands: with evidence, as JSON and as text.

use serde_json::Value;
use statefulset_c::*;

use crate::handle::{Handle, ask};

/// The API server refuses the first pod.
const REFUSED: &str = r#"[{"kind":"SecretList","items":[]},{"apiVersion":"v1","kind":"Event","type":"Warning",
    "involvedObject":{"kind":"StatefulSet","namespace":"default","name":"web","uid":"set-1"},"reason":"FailedCreate",
    "message":"create Pod web-0 in StatefulSet web failed error: pods \"web-0\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2",
    "count":7,"firstTimestamp":"2027-01-15T07:00:00Z","lastTimestamp":"2027-01-15T07:59:00Z"}]"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn it_says_more_with_evidence_and_the_same_as_text() {
    let cluster = Handle::with_set();
    let without = json(&cluster.diagnose("default/web", "", 0).good());
    assert_eq!(without["verdict"], "in-progress");
    assert_eq!(without["actions"][0]["fate"], "open");
    assert_eq!(without["causes"].as_array().map(Vec::len), Some(0));

    let found = json(&cluster.diagnose("default/web", REFUSED, 0).good());
    assert_eq!(found["verdict"], "stuck");
    assert_eq!(found["actions"][0]["fate"], "refused");
    let cause = &found["causes"][0];
    assert_eq!(cause["name"], "quota-exceeded");
    assert_eq!(cause["weight"], "hindrance");
    assert_eq!(cause["evidence"][0]["object"]["kind"], "StatefulSet");
    assert!(cause["cures"][0]["text"].is_string(), "{cause}");
    let text = cluster.diagnose_text("default/web", REFUSED, 0).good();
    assert!(text.starts_with("default/web: stuck"), "{text}");
    assert_eq!(found["text"], text);
    // Nothing of it is kept.
    assert_eq!(
        json(&cluster.diagnose("default/web", "", 0).good()),
        without
    );
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn patience_is_ten_minutes_unless_it_is_said() {
    let cluster = Handle::with_set();
    let verdict = |patience| {
        let found = json(&cluster.diagnose("default/web", REFUSED, patience).good());
        found["verdict"].as_str().expect("a verdict").to_string()
    };
    assert_eq!(verdict(0), verdict(600_000));
    assert_eq!(verdict(1), "stuck");
    assert_eq!(verdict(i64::MAX), "in-progress");
    for negative in [-1, i64::MIN] {
        let said = cluster.diagnose("default/web", "", negative);
        assert_eq!(
            (said.code, said.field()),
            (STS_CODE_NEGATIVE, "patience_ms")
        );
        assert_eq!(said.message(), "patience_ms must not be negative");
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn evidence_that_cannot_be_read_says_where() {
    let cluster = Handle::with_set();
    for (bad, message) in [
        ("7", ".: invalid type: integer `7`"),
        (
            r#"[{},{"items":[{"kind":7}]}]"#,
            "[1].items[0].kind: invalid type",
        ),
    ] {
        for said in [
            cluster.diagnose("default/web", bad, 0),
            cluster.diagnose_text("default/web", bad, 0),
        ] {
            assert_eq!((said.code, said.field()), (STS_CODE_BAD_JSON, "evidence"));
            assert!(said.message().starts_with(message), "{}", said.message());
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn causes_have_names_weights_and_meanings() {
    // SAFETY: the buffer is as long as it says.
    let causes = ask(|out, cap, report| unsafe { sts_causes(out, cap, report) });
    let causes = json(&causes.good());
    let causes = causes.as_array().expect("an array");
    let named = |name: &str| causes.iter().find(|it| it["name"] == name).expect(name);
    assert_eq!(named("image-not-pulled")["weight"], "hindrance");
    assert_eq!(named("partition")["weight"], "choice");
    assert_eq!(named("service-missing")["weight"], "remark");
    for cause in causes {
        let meaning = cause["meaning"].as_str().expect("a sentence");
        assert!(meaning.ends_with('.'), "{meaning}");
    }
}
