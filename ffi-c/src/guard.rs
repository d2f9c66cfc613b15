//! The wall around every call that computes something: failures become a report, panics a code.

use core::iter::once;

use crate::code::{STS_CODE_BAD_POINTER, sts_code};
use crate::fail::Fail;
use crate::pointer::Buffer;
use crate::report::sts_report;

/// Runs `call`, writes what it reports and returns its code.
///
/// # Safety
/// `report` is NULL, misaligned or good for writing one report.
pub(crate) unsafe fn guard(
    report: *mut sts_report,
    call: impl FnOnce(&mut sts_report) -> Result<(), Fail>,
) -> sts_code {
    // SAFETY: by the contract of this function.
    let Ok(mut answer) = (unsafe { Buffer::one(report) }) else {
        return STS_CODE_BAD_POINTER;
    };
    #[cfg(target_family = "wasm")]
    crate::last_words::go_to(report);
    let mut draft = sts_report::BLANK;
    let result = caught(|| call(&mut draft));
    #[cfg(target_family = "wasm")]
    crate::last_words::go_to(core::ptr::null_mut());
    if let Err(fail) = result {
        draft = draft.failed(fail.details());
    }
    answer.fill(once(draft));
    draft.code
}

#[cfg(feature = "std")]
fn caught(call: impl FnOnce() -> Result<(), Fail>) -> Result<(), Fail> {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    // Unwind-safe: the draft of the report is plain numbers, and all that a failure leaves of it is the count.
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|payload| Err(bug(payload.as_ref())))
}

/// Without std nothing can be caught, and a panic ends the program.
#[cfg(not(feature = "std"))]
fn caught(call: impl FnOnce() -> Result<(), Fail>) -> Result<(), Fail> {
    call()
}

#[cfg(feature = "std")]
pub(crate) fn bug(payload: &(dyn core::any::Any + Send)) -> Fail {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let message = format!("bug in the library: {text}");
    Fail::of_nothing(crate::code::STS_CODE_INTERNAL, message)
}

#[cfg(test)]
mod tests {
    use core::ptr::null_mut;

    use super::*;
    use crate::code::STS_CODE_INTERNAL;

    #[test]
    fn a_panic_becomes_a_code_and_a_message() {
        let mut report = sts_report::BLANK;
        // SAFETY: the report is a live local.
        let code = unsafe { guard(&raw mut report, |_| panic!("number {}", 7)) };
        let message: String = report
            .message
            .iter()
            .map(|&c| char::from(c.to_ne_bytes()[0]))
            .collect();
        assert_eq!(code, STS_CODE_INTERNAL);
        assert_eq!(report.code, STS_CODE_INTERNAL);
        assert_eq!(
            message.trim_end_matches('\0'),
            "bug in the library: number 7"
        );
    }

    #[test]
    fn without_a_report_nothing_is_called() {
        // SAFETY: NULL is allowed.
        let code = unsafe { guard(null_mut(), |_| unreachable!()) };
        assert_eq!(code, STS_CODE_BAD_POINTER);
    }
}
