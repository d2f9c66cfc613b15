//! Names of pods and claims from ordinals, and back.

use alloc::string::ToString;
use core::ffi::c_char;
use core::iter::once;
use core::mem::size_of;

use statefulset::{ClaimName, NO_ORDINAL, PodName, parse_pod_name};

use crate::code::{STS_CODE_NOT_A_NAME, sts_code};
use crate::fail::{self, Fail};
use crate::guard::guard;
use crate::pointer::Buffer;
use crate::report::sts_report;
use crate::text::{TextBuffer, sts_text};

/// The parts of a name.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_name_parts {
    /// How many bytes at its beginning are the name of the set (for a pod) or of the claim template (for a claim).
    pub size: u64,
    /// The ordinal at its end, or STS_NO_ORDINAL if that exceeds STS_MAX_ORDINAL.
    pub ordinal: u32,
    /// 0.
    pub reserved: u32,
}

const _: () = assert!(size_of::<sts_name_parts>() == 16);

/// Writes the name of a set's pod, "set-ordinal".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_pod_name(
    set: sts_text,
    ordinal: u32,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: text and buffer are NULL or good for their bytes.
        let (set, mut out) = unsafe { (set.read("set")?, TextBuffer::new(out, cap)?) };
        out.say(&PodName { set, ordinal }.to_string(), report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Writes the name of a pod's claim, "claim_template-set-ordinal".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_claim_name(
    claim_template: sts_text,
    set: sts_text,
    ordinal: u32,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: texts and buffer are NULL or good for their bytes.
        let (template, set, mut out) = unsafe {
            (
                claim_template.read("claim_template")?,
                set.read("set")?,
                TextBuffer::new(out, cap)?,
            )
        };
        let name = ClaimName {
            template,
            set,
            ordinal,
        };
        out.say(&name.to_string(), report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Splits a pod's name at its last dash. Leading zeros count as digits: "web-01" has ordinal 1 and a wrong identity.
/// STS_CODE_NOT_A_NAME for a name that does not end in a dash and decimal digits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_pod_name_parts(
    name: sts_text,
    out: *mut sts_name_parts,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        // SAFETY: what the header asks of the caller: text and record are NULL or good for their bytes.
        let (name, mut out) = unsafe { (name.read("name")?, Buffer::only("out", out)?) };
        let (set, ordinal) = parse_pod_name(name).ok_or_else(not_a_name)?;
        out.fill(once(parts(set, ordinal)));
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Splits the name of a claim of the set `set`. STS_CODE_NOT_A_NAME for a name that sts_claim_name() would not give for
/// any template and ordinal of that set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_claim_name_parts(
    name: sts_text,
    set: sts_text,
    out: *mut sts_name_parts,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        // SAFETY: what the header asks of the caller: texts and record are NULL or good for their bytes.
        let (name, set, mut out) = unsafe {
            (
                name.read("name")?,
                set.read("set")?,
                Buffer::only("out", out)?,
            )
        };
        let found = parse_pod_name(name).and_then(|(stem, ordinal)| {
            let template = stem.strip_suffix(set)?.strip_suffix('-')?;
            let ordinal = ordinal?;
            let spelt = ClaimName {
                template,
                set,
                ordinal,
            };
            (spelt.to_string() == name).then_some(parts(template, Some(ordinal)))
        });
        out.fill(once(found.ok_or_else(not_a_name)?));
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

const fn parts(prefix: &str, ordinal: Option<u32>) -> sts_name_parts {
    sts_name_parts {
        size: prefix.len() as u64,
        ordinal: match ordinal {
            Some(ordinal) => ordinal,
            None => NO_ORDINAL,
        },
        reserved: 0,
    }
}

fn not_a_name() -> Fail {
    fail::argument(
        STS_CODE_NOT_A_NAME,
        "name",
        "is no such name with an ordinal at its end",
    )
}
