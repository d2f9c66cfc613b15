//! Texts: those of the caller, and those for the caller.

use alloc::format;
use core::ffi::{CStr, c_char};
use core::mem::{offset_of, size_of};
use core::ptr::null;

use crate::code::{STS_CODE_BAD_TEXT, STS_CODE_CAPACITY};
use crate::fail::{self, Fail};
use crate::pointer::{Buffer, records_of};
use crate::report::{STS_LIST_OUT, sts_report};

/// Text or JSON that you own: `size` bytes of UTF-8, without a NUL at its end. `data` may be NULL if `size` is 0.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_text {
    /// Its first byte.
    pub data: *const c_char,
    /// How many bytes it has.
    pub size: usize,
}

const _: () = assert!(
    size_of::<sts_text>() == 2 * size_of::<usize>()
        && offset_of!(sts_text, size) == size_of::<usize>()
);

/// The text of a C string, without its NUL. NULL gives the empty text. The text is valid as long as the string is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_text_of(string: *const c_char) -> sts_text {
    if string.is_null() {
        return sts_text {
            data: null(),
            size: 0,
        };
    }
    // SAFETY: what the header asks of the caller: NULL, or a string that ends.
    let string = unsafe { CStr::from_ptr(string) };
    sts_text {
        data: string.as_ptr(),
        size: string.count_bytes(),
    }
}

impl sts_text {
    /// Its bytes; `argument` is what the header calls it.
    ///
    /// # Safety
    /// `data` is NULL or good for reading `size` bytes for as long as `'a`.
    pub(crate) unsafe fn bytes<'a>(self, argument: &'static str) -> Result<&'a [u8], Fail> {
        // SAFETY: by the contract of this function; bytes have no alignment.
        unsafe { records_of(argument, self.data.cast(), self.size) }
    }

    /// The same as text.
    ///
    /// # Safety
    /// As for [`bytes`](Self::bytes).
    pub(crate) unsafe fn read<'a>(self, argument: &'static str) -> Result<&'a str, Fail> {
        // SAFETY: by the contract of this function.
        let bytes = unsafe { self.bytes(argument)? };
        core::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            let problem = format!("is not UTF-8 from byte {at} on");
            fail::argument(STS_CODE_BAD_TEXT, argument, &problem)
        })
    }
}

/// The caller's buffer for text.
#[derive(Debug)]
pub(crate) struct TextBuffer(Buffer<u8>);

impl TextBuffer {
    /// # Safety
    /// `out` is NULL or good for writing `cap` bytes for as long as the buffer is used.
    pub(crate) unsafe fn new(out: *mut c_char, cap: usize) -> Result<Self, Fail> {
        // SAFETY: by the contract of this function.
        unsafe { Buffer::new(STS_LIST_OUT, out.cast(), cap) }.map(Self)
    }

    /// Says in the report how long `text` is. An error if the buffer has no room for it and a NUL.
    pub(crate) fn measure(&self, text: &str, report: &mut sts_report) -> Result<(), Fail> {
        let (size, room) = (text.len(), self.0.room());
        report.size = size as u64;
        if size < room {
            return Ok(());
        }
        let message = format!("the text has {size} bytes and a NUL, out has room for {room}");
        Err(Fail::of_nothing(STS_CODE_CAPACITY, message))
    }

    /// Writes a text that has been measured, and a NUL.
    pub(crate) fn write(&mut self, text: &str) {
        self.0.copy(0, text.as_bytes());
        self.0.copy(text.len(), &[0]);
    }

    /// Measures and writes.
    pub(crate) fn say(&mut self, text: &str, report: &mut sts_report) -> Result<(), Fail> {
        self.measure(text, report)?;
        self.write(text);
        Ok(())
    }
}
