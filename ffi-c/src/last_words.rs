//! What a panic says in WebAssembly, which cannot unwind: a panic stops the instance in the middle of a call. The report of
//! that call is written before, for whoever runs the module.

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};
use std::panic::set_hook;
use std::sync::Once;

use crate::guard::bug;
use crate::report::sts_report;

/// The report of the call that runs, or NULL. There is one thread.
static REPORT: AtomicPtr<sts_report> = AtomicPtr::new(null_mut());
static HOOK: Once = Once::new();

/// Says where the report is that a panic goes to: that of a call at its beginning, and NULL at its end.
pub(crate) fn go_to(report: *mut sts_report) {
    REPORT.store(report, Ordering::Relaxed);
    HOOK.call_once(|| {
        set_hook(Box::new(|panic| {
            let fail = bug(panic.payload());
            // SAFETY: a report that is not NULL was found good when the call began, and the call has not ended.
            if let Some(report) = unsafe { REPORT.load(Ordering::Relaxed).as_mut() } {
                *report = sts_report::BLANK.failed(fail.details());
            }
        }));
    });
}
