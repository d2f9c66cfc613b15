//! StatefulSets where no API server looks at them.

use core::ffi::c_char;

use serde_json::Value;
use statefulset::Profile;
use statefulset::kubernetes::{normalize, validate_stateful_set, validate_stateful_set_update};

use crate::cluster::{bad_json, profile};
use crate::code::sts_code;
use crate::fail::Fail;
use crate::guard::guard;
use crate::profile::sts_profile;
use crate::report::sts_report;
use crate::text::{TextBuffer, sts_text};
use crate::turn::json;

/// The set behind a text, with its defaults.
///
/// # Safety
/// The text is NULL or good for its bytes.
unsafe fn read(
    argument: &'static str,
    set: sts_text,
    profile: &Profile,
    report: &mut sts_report,
) -> Result<Value, Fail> {
    // SAFETY: by the contract of this function.
    let set = unsafe { set.bytes(argument)? };
    normalize(set, profile).map_err(|error| bad_json(argument, &error, report))
}

/// Writes the set whose JSON is `set` as an API server would store it, with its pod template and its claim templates:
/// defaults are filled in; fields that no API server knows, and fields that say nothing (`false`, 0, empty, `null`), are
/// dropped. Of the profile only the gates count. UNKNOWN_NUMBER and RESERVED for `profile`, BAD_JSON for `set`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_normalize(
    profile: *const sts_profile,
    set: sts_text,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: pointer, text and buffer are NULL or good for their bytes.
        let (profile, mut out) = unsafe { (self::profile(profile)?, TextBuffer::new(out, cap)?) };
        // SAFETY: as above.
        let set = unsafe { read("set", set, &profile, report)? };
        out.say(&json(&set)?, report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Writes what an API server would refuse in a new set: a JSON array, "[]" if nothing. `set` is its JSON; defaults are
/// filled in first. Each entry is one mistake in the words of Kubernetes:
/// {"field":"spec.replicas","reason":"FieldValueInvalid","message":"Invalid value: -1: must be …"}.
/// UNKNOWN_NUMBER and RESERVED for `profile`, BAD_JSON for `set`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_validate(
    profile: *const sts_profile,
    set: sts_text,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: pointer, text and buffer are NULL or good for their bytes.
        let (profile, mut out) = unsafe { (self::profile(profile)?, TextBuffer::new(out, cap)?) };
        // SAFETY: as above.
        let set = unsafe { read("set", set, &profile, report)? };
        out.say(&json(&validate_stateful_set(&set, &profile))?, report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// The same for the change of the set `old` into `set`: what is wrong with the new one, and what may not change. Rules
/// that the old one breaks already are not held against the new one. As sts_validate().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_validate_update(
    profile: *const sts_profile,
    old: sts_text,
    set: sts_text,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: pointer, texts and buffer are NULL or good for their bytes.
        let (profile, mut out) = unsafe { (self::profile(profile)?, TextBuffer::new(out, cap)?) };
        // SAFETY: as above.
        let (old, set) = unsafe {
            (
                read("old", old, &profile, report)?,
                read("set", set, &profile, report)?,
            )
        };
        let errors = validate_stateful_set_update(&old, &set, &profile);
        out.say(&json(&errors)?, report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
