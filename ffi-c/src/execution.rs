//! Carrying out several things at a time: the order of what is to be done.

use alloc::vec::Vec;
use core::mem::size_of;

use statefulset::{Action, Execution, Outcome, Place};

use crate::action::sts_action;
use crate::code::sts_code;
use crate::fail::Fail;
use crate::guard::guard;
use crate::outcome::{self, STS_OUTCOME_NOT_TRIED, STS_OUTCOME_RUNNING};
use crate::pointer::{records_of, shorter_record_of};
use crate::report::{STS_REPORT_MAY_START, STS_REPORT_OVER, sts_report};
use crate::sizes::Record;

/// There is nothing to do: it is a wait.
pub const STS_PLACE_NOTHING: u32 = 1;
/// If it fails, only its own chain stops.
pub const STS_PLACE_DUTY: u32 = 2;
/// It does not run at the same time as anything else of its chain, not even of its own step. It also runs after
/// something of its own step has failed. Changes of a claim's owners are like this.
pub const STS_PLACE_IN_TURN: u32 = 4;
/// It is a success if the object is not found.
pub const STS_PLACE_MAY_BE_GONE: u32 = 8;
/// It is a success if the API server refuses it as invalid.
pub const STS_PLACE_MAY_BE_INVALID: u32 = 16;

/// The place of an action or a request in the order. Stages run one after the other. Inside a stage the chains may run
/// at the same time. Each chain goes by `step`. What has the same step may run at the same time, too, except with
/// IN_TURN.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_place {
    /// The stage. A stage begins when the one before it has ended.
    pub stage: u32,
    /// The chain: the ordinal, or another number that stands for one.
    pub chain: u32,
    /// The place within the chain: 0 to 255.
    pub step: u32,
    /// STS_PLACE_*
    pub flags: u32,
}

const _: () = assert!(size_of::<sts_place>() == 16);

impl From<Place> for sts_place {
    fn from(place: Place) -> Self {
        let flag = |is: bool, flag: u32| if is { flag } else { 0 };
        Self {
            stage: place.stage,
            chain: place.chain,
            step: place.step.into(),
            flags: flag(place.duty, STS_PLACE_DUTY)
                | flag(place.in_turn, STS_PLACE_IN_TURN)
                | flag(place.may_be_gone, STS_PLACE_MAY_BE_GONE),
        }
    }
}

impl sts_place {
    /// `None` where there is nothing to do.
    fn read(self) -> Option<Place> {
        let has = |flag: u32| self.flags & flag != 0;
        (!has(STS_PLACE_NOTHING)).then(|| Place {
            stage: self.stage,
            chain: self.chain,
            step: u8::try_from(self.step).unwrap_or(u8::MAX),
            duty: has(STS_PLACE_DUTY),
            in_turn: has(STS_PLACE_IN_TURN),
            may_be_gone: has(STS_PLACE_MAY_BE_GONE),
        })
    }
}

/// The place of an action in the order, for sts_may_start(). NULL, and a record that sts_plan() did not write, have the
/// place of a wait.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_action_place(action: *const sts_action) -> sts_place {
    // What says where an action stands is in its first version, so that no more of it is read.
    // SAFETY: what the header asks of the caller: the pointer is NULL or good for one record.
    let action = unsafe { shorter_record_of("action", action, sts_action::FIRST) }.ok();
    let place = action
        .and_then(|action| action.read())
        .and_then(|it| Action::place(&it));
    place.map_or(
        sts_place {
            flags: STS_PLACE_NOTHING,
            ..sts_place::default()
        },
        sts_place::from,
    )
}

/// Says what may start now, for programs that run several things at a time. Call it at the beginning, and again
/// whenever an outcome has come in. A program that runs one thing after the other calls sts_carry_out() or
/// sts_cluster_carry_out() instead.
///
/// `places` has the place of each action (sts_action_place()) or of each request (sts_request), in their order.
/// `outcomes` has as many entries: NOT_TRIED for what has not started, RUNNING for what has started, the outcome for
/// what has ended, and HELD_BACK for what you do not want to start now.
///
/// If something may start, MAY_START is set in the report's flags, and `index` is the first such entry. Set its outcome
/// to RUNNING, start it, and call again. If OVER is set, everything has ended, and what is NOT_TRIED will not start. If
/// neither is set, nothing may start before another outcome comes in.
///
/// The library keeps nothing between the calls: it works the order out from the outcomes each time. UNKNOWN_NUMBER for
/// an outcome without a meaning.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_may_start(
    places: *const sts_place,
    outcomes: *const u32,
    count: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its records.
        let (places, numbers) = unsafe {
            (
                records_of("places", places, count)?,
                records_of("outcomes", outcomes, count)?,
            )
        };
        let (next, over) = may_start(places, numbers)?;
        if let Some(index) = next {
            report.flags |= STS_REPORT_MAY_START;
            report.index = index as u64;
        } else if over {
            report.flags |= STS_REPORT_OVER;
        }
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Lives through what has happened. Gives the first that may start and has not begun, and whether all has ended.
fn may_start(places: &[sts_place], numbers: &[u32]) -> Result<(Option<usize>, bool), Fail> {
    let known: Vec<Option<Outcome>> = numbers
        .iter()
        .enumerate()
        .map(|(index, &number)| match number {
            STS_OUTCOME_NOT_TRIED | STS_OUTCOME_RUNNING => Ok(None),
            ended => outcome::read_one(index, ended).map(Some),
        })
        .collect::<Result<_, _>>()?;
    let mut execution = Execution::of(places.iter().map(|place| place.read()));
    let mut next: Option<usize> = None;
    while let Some(index) = execution.start() {
        if let Some(outcome) = known[index] {
            execution.end(index, outcome);
        } else if numbers[index] == STS_OUTCOME_NOT_TRIED {
            next = Some(next.map_or(index, |first| first.min(index)));
        }
    }
    Ok((next, execution.is_over()))
}
