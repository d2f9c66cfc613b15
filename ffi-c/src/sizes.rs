//! Sizes: how long the records of the caller are.

use alloc::format;
use core::mem::{offset_of, size_of};

use crate::action::sts_action;
use crate::budget::sts_budget;
use crate::claim::sts_claim;
use crate::code::STS_CODE_BAD_SIZE;
use crate::desired::{sts_desired, sts_exclusion};
use crate::explain::sts_names;
use crate::fail::Fail;
use crate::node::sts_node;
use crate::observed::sts_observed;
use crate::place::Place;
use crate::pod::sts_pod;
use crate::report::STS_LIST_OBSERVED;
use crate::volume::{sts_reach, sts_volume};

/// How long the records are that may grow in a later version, in bytes (rule 9). The value is always STS_SIZES. It
/// comes from the header that the program is compiled with.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_sizes {
    /// Of an sts_desired.
    pub desired: u16,
    /// Of an sts_observed.
    pub observed: u16,
    /// Of an sts_action.
    pub action: u16,
    /// Of an sts_pod.
    pub pod: u16,
    /// Of an sts_claim.
    pub claim: u16,
    /// Of an sts_volume.
    pub volume: u16,
    /// Of an sts_node.
    pub node: u16,
    /// Of an sts_budget.
    pub budget: u16,
    /// Of an sts_names.
    pub names: u16,
    /// Of an sts_exclusion.
    pub exclusion: u16,
    /// Of an sts_reach.
    pub reach: u16,
    /// Must be 0.
    pub reserved: [u16; 5],
}

const _: () = assert!(size_of::<sts_sizes>() == 32);

/// A record that may be longer in a later version, and shorter in the caller's program.
///
/// # Safety
/// It is made of numbers and of pointers that may be NULL, so that zeros are good for each of its fields; it is a multiple of
/// 8 bytes long, and so is what its first version had.
pub(crate) unsafe trait Record: Copy {
    /// How long its first version was.
    const FIRST: usize;
}

macro_rules! records {
    ($($record:ident = $field:ident, $first:expr;)+) => {
        impl sts_sizes {
            /// Those of this very version: what the header calls STS_SIZES.
            pub const OWN: Self = Self {
                $($field: own::<$record>(),)+
                reserved: [0; 5],
            };

            /// Sizes that this library can serve.
            pub(crate) fn check(&self) -> Result<(), Fail> {
                $(check::<$record>(concat!("sizes.", stringify!($field)), self.$field)?;)+
                PLACE.reserved("sizes.reserved", self.reserved)
            }
        }

        $(
            // SAFETY: numbers and pointers, and the assertions below.
            unsafe impl Record for $record {
                const FIRST: usize = $first;
            }
            const _: () = assert!(
                $first % 8 == 0 && size_of::<$record>() % 8 == 0 && $first <= size_of::<$record>()
            );
        )+
    };
}

// The first version of each: without the words at its end that have no meaning yet, and of actions without the moments.
records! {
    sts_desired = desired, offset_of!(sts_desired, exclusions);
    sts_observed = observed, size_of::<sts_observed>();
    sts_action = action, offset_of!(sts_action, since_ms);
    sts_pod = pod, offset_of!(sts_pod, rank);
    sts_claim = claim, offset_of!(sts_claim, reserved);
    sts_volume = volume, offset_of!(sts_volume, reserved);
    sts_node = node, offset_of!(sts_node, reserved);
    sts_budget = budget, offset_of!(sts_budget, reserved);
    sts_names = names, size_of::<sts_names>();
    sts_exclusion = exclusion, size_of::<sts_exclusion>();
    sts_reach = reach, size_of::<sts_reach>();
}

const PLACE: Place = Place {
    list: STS_LIST_OBSERVED,
    index: 0,
};

const fn own<T>() -> u16 {
    let size = size_of::<T>();
    assert!(size <= u16::MAX as usize);
    #[expect(clippy::cast_possible_truncation, reason = "asserted just now")]
    {
        size as u16
    }
}

fn check<T: Record>(field: &'static str, size: u16) -> Result<(), Fail> {
    let size = usize::from(size);
    if size.is_multiple_of(8) && (T::FIRST..=size_of::<T>()).contains(&size) {
        return Ok(());
    }
    let (first, own) = (T::FIRST, size_of::<T>());
    let problem = format!("{size} is no size of this record; this library knows {first} to {own}");
    Err(PLACE.fail(STS_CODE_BAD_SIZE, field, &problem))
}
