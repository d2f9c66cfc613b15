//! How a call ended.

use core::ffi::c_char;

use statefulset::Problem;

/// How a call ended: one of STS_CODE_*.
pub type sts_code = u32;

/// Done.
pub const STS_CODE_OK: sts_code = 0;
/// `out` is too small. `report.action_count` says how many actions there are; nothing else was written.
pub const STS_CODE_CAPACITY: sts_code = 1;
/// The library has a bug. Nothing is left in a bad state. Please report it with the message.
pub const STS_CODE_INTERNAL: sts_code = 2;
/// A pointer is NULL where it may not be, or misaligned, or its count is impossible.
pub const STS_CODE_BAD_POINTER: sts_code = 3;
/// A number or a flag has no meaning.
pub const STS_CODE_UNKNOWN_NUMBER: sts_code = 4;
/// A field that must be 0 is not: it is reserved, or its flag is missing.
pub const STS_CODE_RESERVED: sts_code = 5;
/// A number is too large.
pub const STS_CODE_TOO_LARGE: sts_code = 6;
/// `start + replicas - 1` is above 2147483647.
pub const STS_CODE_OVERFLOW: sts_code = 7;
/// A number is below 0.
pub const STS_CODE_NEGATIVE: sts_code = 8;
/// An index points at an entry that is not there, or into a list that is not known.
pub const STS_CODE_NO_SUCH_ENTRY: sts_code = 9;
/// Two entries stand for the same thing.
pub const STS_CODE_DUPLICATE: sts_code = 10;
/// A list has too many entries.
pub const STS_CODE_TOO_MANY: sts_code = 11;

/// The name of a code, such as "no-such-entry"; "unknown" for any other number. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_code_name(code: sts_code) -> *const c_char {
    let name = match code {
        STS_CODE_OK => c"ok",
        STS_CODE_CAPACITY => c"capacity",
        STS_CODE_INTERNAL => c"internal",
        STS_CODE_BAD_POINTER => c"bad-pointer",
        STS_CODE_UNKNOWN_NUMBER => c"unknown-number",
        STS_CODE_RESERVED => c"reserved",
        STS_CODE_TOO_LARGE => c"too-large",
        STS_CODE_OVERFLOW => c"overflow",
        STS_CODE_NEGATIVE => c"negative",
        STS_CODE_NO_SUCH_ENTRY => c"no-such-entry",
        STS_CODE_DUPLICATE => c"duplicate",
        STS_CODE_TOO_MANY => c"too-many",
        _ => c"unknown",
    };
    name.as_ptr()
}

pub(crate) const fn of_problem(problem: Problem) -> sts_code {
    match problem {
        Problem::TooLarge => STS_CODE_TOO_LARGE,
        Problem::Overflow => STS_CODE_OVERFLOW,
        Problem::Negative => STS_CODE_NEGATIVE,
        Problem::NoSuchEntry => STS_CODE_NO_SUCH_ENTRY,
        Problem::Reserved => STS_CODE_RESERVED,
        Problem::Duplicate => STS_CODE_DUPLICATE,
        Problem::TooMany => STS_CODE_TOO_MANY,
    }
}
