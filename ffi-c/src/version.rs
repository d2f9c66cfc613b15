//! Versions of the library.

use core::ffi::c_char;

/// Number of the binary interface that this header describes. Compare it with sts_abi_version() once, at start.
///
/// As long as the number is the same, a program that was compiled with an earlier header works with a later library. New
/// versions may add functions and numbers, and they may make records longer that are named in sts_sizes (rule 9). They
/// change no function, no number and no field that was there. Whatever else makes it necessary to compile programs again
/// raises this number, and with it the name of the shared library (libstatefulset.so.1). A program that uses a function
/// needs a library that has it: the dynamic linker says so when the program starts or when it first calls the function.
pub const STS_ABI_VERSION: u32 = 1;

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
