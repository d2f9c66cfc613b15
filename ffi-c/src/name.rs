//! Names as C reads them, made at compile time from the library's own slugs, so that there is one list of them.

use core::ffi::{CStr, c_char};

/// Text with its NUL, padded with more.
pub(crate) type Name = [u8; 32];

const UNKNOWN: &CStr = c"unknown";

/// `slug` with a NUL behind it. A slug that does not fit fails to compile.
pub(crate) const fn terminated(slug: &str) -> Name {
    let bytes = slug.as_bytes();
    let mut name = [0; 32];
    assert!(bytes.len() < name.len());
    let mut i = 0;
    while i < bytes.len() {
        name[i] = bytes[i];
        i += 1;
    }
    name
}

/// The name of `number` in a table whose first entry belongs to `first`.
pub(crate) fn find(names: &'static [Name], number: u32, first: u32) -> *const c_char {
    number
        .checked_sub(first)
        .and_then(|i| names.get(usize::try_from(i).ok()?))
        .map_or(UNKNOWN.as_ptr(), |name| name.as_ptr().cast())
}
