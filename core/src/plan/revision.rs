//! Which revision a new pod gets (rules V-1, V-2 and Q-3), for creation and for updates.

use crate::desired::{Desired, Ordinal, Strategy};
use crate::plan::roster::Roster;
use crate::plan::slots::Slots;
use crate::revision::Revision;

/// The revision that the pod of an empty slot is made from: below `kept_until`, the current one.
pub(crate) fn revision_for(ordinal: Ordinal, desired: &Desired, kept_until: Ordinal) -> Revision {
    let keeps_current = match desired.strategy {
        Strategy::RollingUpdate(_) => ordinal < kept_until,
        Strategy::OnDelete | Strategy::Recreate => false,
    };
    if keeps_current {
        desired.current
    } else {
        desired.update
    }
}

/// Where ranks decide: how many of the empty slots take no part in the rollout, because their pods will be old.
pub(crate) fn left_out(desired: &Desired, old: u32, empty: u32) -> u32 {
    if desired.current == desired.update {
        0
    } else {
        kept(desired, old).min(empty)
    }
}

/// How many empty slots may get a pod of the current revision where `old` slots have an old pod.
fn kept(desired: &Desired, old: u32) -> u32 {
    desired.partition().saturating_sub(old)
}

/// Where ranks decide: the ordinal after the last of those slots, which are the lowest empty ones.
pub(crate) fn kept_until(desired: &Desired, slots: &Slots, roster: &Roster, old: u32) -> Ordinal {
    let mut left = kept(desired, old);
    let mut next = slots.start;
    for (_, pod) in roster.slots() {
        let empty = slots.place(pod.ordinal) - slots.place(next);
        if left <= empty {
            break;
        }
        left -= empty;
        next = pod.ordinal + 1;
    }
    slots.after(slots.place(next).saturating_add(left))
}

/// Without a block: the ordinal after the slots that are created from the current revision. The published number of pods at
/// that revision counts those that only a policy keeps, and they fill no slot (rule V-2).
pub(crate) fn kept_without_block(desired: &Desired, slots: &Slots, kept: u32) -> Ordinal {
    let published = desired.published.map_or(0, |status| status.current);
    slots.after(published.saturating_sub(kept))
}
