//! Which revision a new pod gets (rules V-1 and V-2). One function, for creation and for updates.

use crate::desired::{Desired, Ordinal, Strategy};
use crate::revision::Revision;

/// The revision that the pod of an empty slot is made from.
pub(crate) fn revision_for(ordinal: Ordinal, desired: &Desired) -> Revision {
    let index = ordinal.wrapping_sub(desired.start);
    let keeps_current = match desired.strategy {
        Strategy::RollingUpdate(Some(rolling)) => index < rolling.partition,
        Strategy::RollingUpdate(None) => {
            index < desired.published.map_or(0, |status| status.current)
        }
        Strategy::OnDelete | Strategy::Recreate => false,
    };
    if keeps_current {
        desired.current
    } else {
        desired.update
    }
}
