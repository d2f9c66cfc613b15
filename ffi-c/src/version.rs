//! Versions of the library.

use core::ffi::c_char;

/// Number of the binary interface that this header describes. Compare it with sts_abi_version() once, at start.
/// A record that grows at its end (rule 9) does not change it; everything else that makes it necessary to compile programs
/// again does. 0 means that layouts may still change from one version to the next.
pub const STS_ABI_VERSION: u32 = 0;

/// The version of the library, such as "0.2.0". Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// The STS_ABI_VERSION that the library was built with.
#[unsafe(no_mangle)]
pub extern "C" fn sts_abi_version() -> u32 {
    STS_ABI_VERSION
}
