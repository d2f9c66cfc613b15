//! A panic, which is a bug of the library: its message goes to stderr, and the program ends.

use core::ffi::c_int;
use core::fmt::{self, Write};
use core::panic::PanicInfo;

// On Windows `write` takes an `unsigned int` and has an underscore.
#[cfg(windows)]
type Count = core::ffi::c_uint;
#[cfg(not(windows))]
type Count = usize;

unsafe extern "C" {
    #[cfg_attr(windows, link_name = "_write")]
    fn write(file: c_int, bytes: *const u8, count: Count) -> isize;
    fn abort() -> !;
}

struct Stderr;

impl Write for Stderr {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let count = Count::try_from(text.len()).map_err(|_| fmt::Error)?;
        // SAFETY: the text is good for its bytes. What cannot be written is lost: there is nobody to tell.
        unsafe { write(2, text.as_ptr(), count) };
        Ok(())
    }
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    // Writing to stderr gives no error but that of a text of more than 4 GB.
    let _ = writeln!(Stderr, "bug in the statefulset library: {info}");
    // SAFETY: it takes nothing and does not return.
    unsafe { abort() }
}

// The Rust compiler's own library was compiled for panics that unwind, and refers to what that takes. Nothing calls these.

#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    // SAFETY: it takes nothing and does not return.
    unsafe { abort() }
}
