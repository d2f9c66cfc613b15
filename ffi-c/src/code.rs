//! Codes: how a call ended.

use core::ffi::c_char;

use statefulset::Problem;

use crate::total::{total, unknown};

/// How a call ended: one of STS_CODE_*.
pub type sts_code = u32;

/// Done.
pub const STS_CODE_OK: sts_code = 0;
/// `out` is too small. `action_count` or `size` in the report says how much there is. Nothing else was written, and
/// nothing has changed: the same call with enough room succeeds.
pub const STS_CODE_CAPACITY: sts_code = 1;
/// The library has a bug. Please report it with the message. A cluster in whose call it happened answers so from then
/// on; nothing else is left in a bad state.
pub const STS_CODE_INTERNAL: sts_code = 2;
/// A pointer is NULL where it may not be, or misaligned, or its count is impossible.
pub const STS_CODE_BAD_POINTER: sts_code = 3;
/// A number or a flag has no meaning.
pub const STS_CODE_UNKNOWN_NUMBER: sts_code = 4;
/// A field that must be 0 is not 0: it is reserved, or its flag is missing.
pub const STS_CODE_RESERVED: sts_code = 5;
/// A number is too large.
pub const STS_CODE_TOO_LARGE: sts_code = 6;
/// The last desired ordinal is above 2147483647.
pub const STS_CODE_OVERFLOW: sts_code = 7;
/// A number is below 0.
pub const STS_CODE_NEGATIVE: sts_code = 8;
/// An index points at an entry that is not there, or into a list that is not known.
pub const STS_CODE_NO_SUCH_ENTRY: sts_code = 9;
/// Two entries stand for the same thing.
pub const STS_CODE_DUPLICATE: sts_code = 10;
/// A list has too many entries.
pub const STS_CODE_TOO_MANY: sts_code = 11;
/// No call gives this code any more. Calls on one cluster wait for each other.
pub const STS_CODE_BUSY: sts_code = 12;
/// The cluster was never made, or has been freed.
pub const STS_CODE_NO_SUCH_CLUSTER: sts_code = 13;
/// A text is not UTF-8.
pub const STS_CODE_BAD_TEXT: sts_code = 14;
/// JSON is not what it should be. The message begins with the path of the mistake. Nothing was done.
pub const STS_CODE_BAD_JSON: sts_code = 15;
/// An object cannot be read: the message is "Kind namespace/name: path: problem". It was set aside; what depends on it
/// waits, everything else goes on.
pub const STS_CODE_BAD_OBJECT: sts_code = 16;
/// There is no set of this name, or it cannot be read; the message says which.
pub const STS_CODE_NO_SUCH_SET: sts_code = 17;
/// A name does not end as names of pods or claims of a set do, or a text is no name at all.
pub const STS_CODE_NOT_A_NAME: sts_code = 18;
/// The sizes of the records are not those of any header that this library knows: `observed.sizes` was not set, or the
/// header is newer than the library.
pub const STS_CODE_BAD_SIZE: sts_code = 19;
/// The profile switches a feature gate on that its version of Kubernetes does not have.
pub const STS_CODE_NO_SUCH_GATE: sts_code = 20;
/// A range ends before it begins.
pub const STS_CODE_EMPTY_RANGE: sts_code = 21;
/// A range does not begin after the end of the one before it in the list.
pub const STS_CODE_DISORDER: sts_code = 22;
/// A limit is 0, or more than 100 percent.
pub const STS_CODE_NO_LIMIT: sts_code = 23;

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
        STS_CODE_BUSY => c"busy",
        STS_CODE_NO_SUCH_CLUSTER => c"no-such-cluster",
        STS_CODE_BAD_TEXT => c"bad-text",
        STS_CODE_BAD_JSON => c"bad-json",
        STS_CODE_BAD_OBJECT => c"bad-object",
        STS_CODE_NO_SUCH_SET => c"no-such-set",
        STS_CODE_NOT_A_NAME => c"not-a-name",
        STS_CODE_BAD_SIZE => c"bad-size",
        STS_CODE_NO_SUCH_GATE => c"no-such-gate",
        STS_CODE_EMPTY_RANGE => c"empty-range",
        STS_CODE_DISORDER => c"disorder",
        STS_CODE_NO_LIMIT => c"no-limit",
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
        Problem::NoSuchGate => STS_CODE_NO_SUCH_GATE,
        Problem::EmptyRange => STS_CODE_EMPTY_RANGE,
        Problem::Disorder => STS_CODE_DISORDER,
        Problem::NoLimit => STS_CODE_NO_LIMIT,
        _ => unknown(),
    }
}

total!(of_problem, Problem);
