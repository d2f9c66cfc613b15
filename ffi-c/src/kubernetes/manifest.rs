//! Manifests where no API server looks at them: defaults and mistakes.

use core::ffi::c_char;

use serde_json::Value;
use statefulset::Profile;
use statefulset::kubernetes::{normalize, validate_stateful_set, validate_stateful_set_update};

use super::cluster::{bad_json, profile};
use super::turn::json;
use crate::code::sts_code;
use crate::fail::Fail;
use crate::guard::guard;
use crate::profile::sts_profile;
use crate::report::sts_report;
use crate::text::{TextBuffer, sts_text};

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

/// Writes the set as an API server would store it, with its pod template and its claim templates. `set` is its JSON, as
/// people write it. Defaults are filled in. Fields that no API server knows are dropped, and so are fields that say
/// nothing (`false`, 0, empty, `null`). Only the Kubernetes feature gates of the profile matter. UNKNOWN_NUMBER and
/// RESERVED for `profile`, BAD_JSON for `set`.
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

/// Writes what an API server would refuse in a new set: a JSON array, "[]" if there is nothing. `set` is its JSON.
/// Defaults are filled in first. Each entry is one mistake, in Kubernetes' words:
/// {"field":"spec.replicas","reason":"FieldValueInvalid","message":"Invalid value: -1: must be …"}. UNKNOWN_NUMBER and
/// RESERVED for `profile`, BAD_JSON for `set`.
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

/// Writes what an API server would refuse when the set `old` is changed into `set`: mistakes of the new one, and
/// changes that are not allowed. A mistake that the old one has already is not reported. The answer and the codes are
/// those of sts_validate().
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
