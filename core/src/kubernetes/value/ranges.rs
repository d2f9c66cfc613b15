//! Ordinals from a first to a last one.

use std::vec::Vec;

use crate::desired::Ordinal;

/// The same ordinals in ascending order. Ranges that touch or overlap become one.
pub(crate) fn joined(mut ranges: Vec<(Ordinal, Ordinal)>) -> Vec<(Ordinal, Ordinal)> {
    ranges.sort_unstable();
    let mut joined: Vec<(Ordinal, Ordinal)> = Vec::new();
    for (first, last) in ranges {
        match joined.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => {
                before.1 = before.1.max(last);
            }
            _ => joined.push((first, last)),
        }
    }
    joined
}
