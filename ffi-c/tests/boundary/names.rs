//! Names of numbers, of pods and of claims.

use core::ffi::{CStr, c_char};
use core::ptr::null;

use statefulset_c::*;

use crate::handle::{ask, tell, text};

// SAFETY (of all calls below): every pointer is to a live local, and every text is static.

/// The text of a static name.
fn name(name: *const c_char) -> &'static str {
    // SAFETY: names are static text.
    let name = unsafe { CStr::from_ptr(name) };
    name.to_str().expect("UTF-8")
}

#[test]
fn names_are_the_library_s_slugs_and_unknown_numbers_have_none() {
    type Namer = extern "C" fn(u32) -> *const c_char;
    let known: [(Namer, u32, &str); 18] = [
        (sts_code_name, STS_CODE_OK, "ok"),
        (sts_code_name, STS_CODE_TOO_MANY, "too-many"),
        (sts_code_name, STS_CODE_NOT_A_NAME, "not-a-name"),
        (sts_code_name, STS_CODE_BAD_SIZE, "bad-size"),
        (sts_reason_name, STS_REASON_SCALE_OUT, "scale-out"),
        (sts_reason_name, STS_REASON_STALE_VIEW, "stale-view"),
        (sts_action_name, STS_ACTION_CREATE_CLAIM, "create-claim"),
        (sts_action_name, STS_ACTION_WAIT, "wait"),
        (sts_gate_name, STS_GATE_STALE_VIEW, "stale-view"),
        (sts_gate_name, STS_GATE_NAME_TAKEN, "name-taken"),
        (sts_outcome_name, STS_OUTCOME_NOT_TRIED, "not-tried"),
        (sts_outcome_name, STS_OUTCOME_FAILED, "failed"),
        (sts_next_name, STS_NEXT_REST, "rest"),
        (sts_next_name, STS_NEXT_RETRY, "retry"),
        (sts_list_name, STS_LIST_NONE, "none"),
        (sts_list_name, STS_LIST_EXCLUSIONS, "exclusions"),
        (sts_kind_name, STS_KIND_STATEFUL_SET, "StatefulSet"),
        (sts_kind_name, STS_KIND_SERVICE, "Service"),
    ];
    for (namer, number, expected) in known {
        assert_eq!(name(namer(number)), expected);
        assert_eq!(name(namer(1000)), "unknown");
        assert_eq!(name(namer(u32::MAX)), "unknown");
    }
    assert_eq!(name(sts_reason_name(0)), "unknown");
    assert_eq!(name(sts_kind_name(0)), "unknown");
    assert_eq!(name(sts_list_name(STS_LIST_EXCLUSIONS + 1)), "unknown");
    assert_eq!(name(sts_next_name(0)), "unknown");
    assert_eq!(name(sts_version()), env!("CARGO_PKG_VERSION"));
    assert_eq!(sts_abi_version(), STS_ABI_VERSION);
}

#[test]
fn c_strings_become_texts() {
    // SAFETY: NULL, or a string that ends.
    let (some, none, empty) = unsafe {
        (
            sts_text_of(c"web".as_ptr()),
            sts_text_of(null()),
            sts_text_of(c"".as_ptr()),
        )
    };
    assert_eq!((some.size, none.size, empty.size), (3, 0, 0));
    assert!(none.data.is_null() && !empty.data.is_null());
}

#[test]
fn pods_and_claims_are_named_by_ordinal_and_back() {
    let pod = |set: &str, ordinal| {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe { sts_pod_name(text(set), ordinal, out, cap, report) })
    };
    let claim = |template: &str, set: &str, ordinal| {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_claim_name(text(template), text(set), ordinal, out, cap, report)
        })
    };
    assert_eq!(pod("web", 10).good(), "web-10");
    assert_eq!(claim("www", "web", 2).good(), "www-web-2");

    let mut parts = sts_name_parts {
        size: 0,
        ordinal: 0,
        reserved: 0,
    };
    for (name, set, ordinal) in [
        ("web-10", "web", 10),
        ("a-b-01", "a-b", 1),
        ("web-2147483648", "web", STS_NO_ORDINAL),
        ("-0", "", 0),
    ] {
        // SAFETY: see above.
        tell(|report| unsafe { sts_pod_name_parts(text(name), &raw mut parts, report) }).good();
        assert_eq!(
            (parts.size, parts.ordinal),
            (set.len() as u64, ordinal),
            "{name}"
        );
    }
    for (name, template) in [("www-web-2", "www"), ("a-b-web-2", "a-b"), ("-web-2", "")] {
        // SAFETY: see above.
        tell(|report| unsafe {
            sts_claim_name_parts(text(name), text("web"), &raw mut parts, report)
        })
        .good();
        assert_eq!(
            (parts.size, parts.ordinal),
            (template.len() as u64, 2),
            "{name}"
        );
    }
    for odd in ["", "web", "web-", "web-x", "web-1x"] {
        // SAFETY: see above.
        let said = tell(|report| unsafe { sts_pod_name_parts(text(odd), &raw mut parts, report) });
        assert_eq!(
            (said.code, said.field()),
            (STS_CODE_NOT_A_NAME, "name"),
            "{odd}"
        );
    }
    for odd in [
        "web-2",
        "www-web-02",
        "www-db-2",
        "wwwweb-2",
        "www-web-2147483648",
    ] {
        // SAFETY: see above.
        let said = tell(|report| unsafe {
            sts_claim_name_parts(text(odd), text("web"), &raw mut parts, report)
        });
        assert_eq!(said.code, STS_CODE_NOT_A_NAME, "{odd}");
    }
    assert_eq!(parts.ordinal, 2, "a failure wrote to out");
}
