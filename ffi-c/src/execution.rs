//! The order of what is to be done, for those who do several things at a time.

use core::mem::size_of;

use statefulset::{Execution, Outcome, Place};

use crate::code::sts_code;
use crate::fail::Fail;
use crate::guard::guard;
use crate::outcome::{self, STS_OUTCOME_NOT_TRIED, STS_OUTCOME_RUNNING};
use crate::pointer::records_of;
use crate::report::{STS_REPORT_MAY_START, STS_REPORT_OVER, sts_report};

/// There is nothing to do: a wait.
pub const STS_PLACE_NOTHING: u32 = 1;
/// Its failure stops nothing but its chain.
pub const STS_PLACE_DUTY: u32 = 2;
/// It does not run beside others of its chain, not even of its own step, and it runs also after one of its own step has
/// failed. Owners of claims are put right like this.
pub const STS_PLACE_IN_TURN: u32 = 4;
/// Not-found is a success for it.
pub const STS_PLACE_MAY_BE_GONE: u32 = 8;
/// That the server refuses it as invalid is a success for it.
pub const STS_PLACE_MAY_BE_INVALID: u32 = 16;

/// Where an action or a request stands in the order. Stages run one after the other. Inside a stage the chains run side
/// by side; each goes by `step`, and what is of one step may run side by side, too, but for IN_TURN.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_place {
    /// Stages are finished in this order.
    pub stage: u32,
    /// What goes in order inside the stage: the ordinal, or a number that says as much.
    pub chain: u32,
    /// Place within the chain: 0 to 255.
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

/// What may start now, for those who do several things at a time: call it again and again, whenever an outcome has come.
/// (Those who do one after the other have sts_carry_out() and sts_cluster_carry_out(), which keep the order themselves.)
///
/// `places` are those of all actions (sts_action_place()) or of all requests (sts_request), in their order. `outcomes` has
/// as many entries: NOT_TRIED for what has not begun, RUNNING for what is under way, and the outcome of what has ended;
/// HELD_BACK for what you do not want to do now. If something may start, MAY_START is set in the report's flags and
/// `index` says what, the first in the list: set its outcome to RUNNING, begin it, and call again. If neither MAY_START
/// nor OVER is set, nothing may start before another outcome comes. OVER: all has ended; what is NOT_TRIED stays so.
///
/// The report need not be looked at for anything else, and nothing is kept between calls: the order is worked out from
/// the outcomes each time. UNKNOWN_NUMBER for an outcome without a meaning.
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
