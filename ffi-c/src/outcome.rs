//! Outcomes: how actions went, and when to plan again.

use alloc::format;
use alloc::vec::Vec;
use core::ffi::c_char;

use statefulset::{Next, Outcome};

use crate::code::STS_CODE_UNKNOWN_NUMBER;
use crate::fail::Fail;
use crate::report::STS_LIST_ARGUMENT;
use crate::total::{total, unknown};

/// It was not tried, because something before it failed or because it is a wait.
pub const STS_OUTCOME_NOT_TRIED: u32 = 0;
/// It was done.
pub const STS_OUTCOME_DONE: u32 = 1;
/// The object was not found. This is a success for a deletion.
pub const STS_OUTCOME_NOT_FOUND: u32 = 2;
/// The object existed already. This is a failure for a creation.
pub const STS_OUTCOME_ALREADY_EXISTS: u32 = 3;
/// It failed in another way. A precondition that did not hold is such a failure.
pub const STS_OUTCOME_FAILED: u32 = 4;

/// It has been started and has not ended. Only sts_may_start() takes this.
pub const STS_OUTCOME_RUNNING: u32 = 5;
/// It was not tried, and shall not be tried now. Only sts_may_start() takes this: to it NOT_TRIED means that the action
/// may still start.
pub const STS_OUTCOME_HELD_BACK: u32 = 6;

/// Plan again when something changes, or at `next_wake_ms` of the plan.
pub const STS_NEXT_REST: u32 = 1;
/// Plan again at once: the plan was cut at `max_actions`.
pub const STS_NEXT_AGAIN: u32 = 2;
/// Plan again after a back-off: something failed, or Kubernetes' own controller would have failed here.
pub const STS_NEXT_RETRY: u32 = 3;

/// The name of an outcome, such as "not-found"; "unknown" for any other number. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_outcome_name(outcome: u32) -> *const c_char {
    let name = match outcome {
        STS_OUTCOME_NOT_TRIED => c"not-tried",
        STS_OUTCOME_DONE => c"done",
        STS_OUTCOME_NOT_FOUND => c"not-found",
        STS_OUTCOME_ALREADY_EXISTS => c"already-exists",
        STS_OUTCOME_FAILED => c"failed",
        STS_OUTCOME_RUNNING => c"running",
        STS_OUTCOME_HELD_BACK => c"held-back",
        _ => c"unknown",
    };
    name.as_ptr()
}

/// The name of an STS_NEXT_*, such as "retry"; "unknown" for any other number. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_next_name(next: u32) -> *const c_char {
    let name = match next {
        STS_NEXT_REST => c"rest",
        STS_NEXT_AGAIN => c"again",
        STS_NEXT_RETRY => c"retry",
        _ => c"unknown",
    };
    name.as_ptr()
}

pub(crate) fn read(outcomes: &[u32]) -> Result<Vec<Outcome>, Fail> {
    let outcomes = outcomes.iter().enumerate();
    outcomes
        .map(|(index, &number)| read_one(index, number))
        .collect()
}

pub(crate) fn read_one(index: usize, number: u32) -> Result<Outcome, Fail> {
    ended(number).ok_or_else(|| {
        let message = format!("outcomes[{index}]: {number} has no meaning here");
        let (code, list) = (STS_CODE_UNKNOWN_NUMBER, STS_LIST_ARGUMENT);
        Fail::new(code, list, index, "outcomes", message)
    })
}

/// What has ended.
pub(crate) const fn ended(number: u32) -> Option<Outcome> {
    Some(match number {
        STS_OUTCOME_NOT_TRIED | STS_OUTCOME_HELD_BACK => Outcome::NotTried,
        STS_OUTCOME_DONE => Outcome::Done,
        STS_OUTCOME_NOT_FOUND => Outcome::NotFound,
        STS_OUTCOME_ALREADY_EXISTS => Outcome::AlreadyExists,
        STS_OUTCOME_FAILED => Outcome::Failed,
        _ => return None,
    })
}

pub(crate) const fn next(next: Next) -> u32 {
    match next {
        Next::Rest => STS_NEXT_REST,
        Next::Again => STS_NEXT_AGAIN,
        Next::Retry => STS_NEXT_RETRY,
        _ => unknown(),
    }
}

total!(next, Next);
