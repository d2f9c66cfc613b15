//! Putting a list in order without sorting it, and finding a place in one that is in order.

use alloc::vec;
use alloc::vec::Vec;

use crate::desired::Ordinal;

/// Indexes of a list by place, where every entry has a place of its own within `span`. One pass and one allocation, because
/// ordinals are dense: a comparison sort would cost several times the rest of the plan.
///
/// `None` where two entries share a place, or where the places are too far apart for a table.
pub(crate) fn by_place(count: usize, span: u64, place: impl Fn(usize) -> u64) -> Option<Vec<u32>> {
    const EMPTY: u32 = u32::MAX;
    if span > 4 * count as u64 + 64 {
        return None;
    }
    let mut table = vec![EMPTY; usize::try_from(span).ok()?];
    for index in 0..count {
        let entry = table.get_mut(usize::try_from(place(index)).ok()?)?;
        if *entry != EMPTY {
            return None;
        }
        *entry = u32::try_from(index).ok()?;
    }
    if table.len() > count {
        table.retain(|&index| index != EMPTY);
    }
    Some(table)
}

/// The first of `count` positions whose ordinal is at least `ordinal`, in a list in ascending order.
pub(crate) fn first_at(count: usize, ordinal: Ordinal, at: impl Fn(usize) -> Ordinal) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if at(middle) < ordinal {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::by_place;

    #[test]
    fn entries_come_out_by_place() {
        let places = [7u64, 0, 3];
        assert_eq!(by_place(3, 8, |i| places[i]), Some(std::vec![1, 2, 0]));
        assert_eq!(by_place(3, 8, |_| 5), None, "two entries in one place");
        assert_eq!(
            by_place(3, 1_000_000, |i| places[i]),
            None,
            "too sparse for a table"
        );
        assert_eq!(
            by_place(3, 7, |i| places[i]),
            None,
            "a place outside the span"
        );
        assert_eq!(by_place(0, 0, |_| 0), Some(std::vec![]));
    }
}
