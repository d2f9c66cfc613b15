//! Which revision a new pod gets (rules V-1, V-2 and Q-3). One function, for creation and for updates.

use crate::desired::{Desired, Ordinal, Strategy};
use crate::plan::slots::Slots;
use crate::revision::Revision;

/// The revision that the pod of an empty slot is made from. `old` slots have a pod of an old revision.
pub(crate) fn revision_for(
    ordinal: Ordinal,
    desired: &Desired,
    slots: &Slots,
    old: u32,
) -> Revision {
    let keeps_current = match desired.strategy {
        Strategy::RollingUpdate(_) if desired.is_ranked() => old < desired.partition(),
        Strategy::RollingUpdate(_) => ordinal < slots.kept_until,
        Strategy::OnDelete | Strategy::Recreate => false,
    };
    if keeps_current {
        desired.current
    } else {
        desired.update
    }
}
