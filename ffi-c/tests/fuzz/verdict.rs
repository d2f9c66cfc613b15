//! What must hold after any call.

use core::ffi::CStr;
use core::mem::size_of;

use statefulset_c::*;

use crate::guarded::{Guarded, UNTOUCHED};

/// How many calls a round has made.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) calls: u64,
    pub(crate) good: u64,
}

/// Memory for a report.
pub(crate) struct Report(Guarded);

impl Report {
    pub(crate) fn new() -> Self {
        Self(Guarded::new(size_of::<sts_report>()))
    }

    /// Makes a call, and judges what it says.
    pub(crate) fn take(
        &mut self,
        tally: &mut Tally,
        call: impl FnOnce(*mut sts_report) -> sts_code,
    ) -> sts_report {
        let place = self.0.blank::<sts_report>(size_of::<sts_report>());
        let code = call(place);
        // SAFETY: `place` is aligned, as records are multiples of eight bytes and pages end at one; a report is numbers.
        let report = unsafe { place.read() };
        assert_eq!(report.code, code);
        assert_ne!(code, STS_CODE_INTERNAL, "{}", text(&report.message));
        // SAFETY: names are static text.
        assert_ne!(unsafe { CStr::from_ptr(sts_code_name(code)) }, c"unknown");
        let message = text(&report.message);
        assert_eq!(code == STS_CODE_OK, message.is_empty(), "{message}");
        text(&report.field);
        assert_eq!(report.reserved32, 0);
        assert_eq!(report.reserved, 0);
        tally.calls += 1;
        tally.good += u64::from(code == STS_CODE_OK || code == STS_CODE_CAPACITY);
        report
    }
}

fn text(room: &[core::ffi::c_char]) -> String {
    let bytes: Vec<u8> = room.iter().map(|c| c.to_ne_bytes()[0]).collect();
    let text = CStr::from_bytes_until_nul(&bytes).expect("text ends");
    text.to_str().expect("text is UTF-8").to_string()
}

/// Memory for text that comes out.
pub(crate) struct Out(Guarded);

impl Out {
    pub(crate) fn new(room: usize) -> Self {
        Self(Guarded::new(room))
    }

    /// Makes a call with room for `cap` bytes, and judges what it writes.
    pub(crate) fn take(
        &mut self,
        cap: usize,
        call: impl FnOnce(*mut core::ffi::c_char) -> sts_report,
    ) -> (sts_report, Option<String>) {
        let report = call(self.0.blank(cap));
        let written = self.0.tail(cap);
        if report.code != STS_CODE_OK {
            assert!(
                written.iter().all(|&byte| byte == UNTOUCHED),
                "a failure wrote to out"
            );
            if report.code == STS_CODE_CAPACITY {
                assert!(report.size >= cap as u64);
            }
            return (report, None);
        }
        let size = usize::try_from(report.size).expect("a size of memory");
        assert_eq!(written[size], 0);
        assert!(written[size + 1..].iter().all(|&byte| byte == UNTOUCHED));
        let text = core::str::from_utf8(&written[..size]).expect("what comes out is UTF-8");
        (report, Some(text.to_string()))
    }
}
