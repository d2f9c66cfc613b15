//! The pods by ordinal: which of them fill slots, which are condemned (rules P-2 to P-4).

use alloc::vec::Vec;
use core::ops::Range;

use crate::desired::{NO_ORDINAL, Ordinal};
use crate::node::UNLISTED;
use crate::observed::Observed;
use crate::plan::order::{by_place, first_at};
use crate::plan::slots::Slots;
use crate::pod::Pod;

/// The pods in ascending order of their ordinals, cut into those below the range, in it, and above it.
#[derive(Debug)]
pub(crate) struct Roster<'a> {
    pods: &'a [Pod],
    order: Order,
    slots: &'a Slots<'a>,
    /// Positions of the pods in the range, one for each desired ordinal that has a pod, and pods of excluded ones.
    range: Range<usize>,
    /// Positions of pods that have an ordinal.
    end: usize,
}

/// A list in ascending order needs no copy of itself.
#[derive(Debug)]
enum Order {
    AsGiven,
    Sorted(Vec<u32>),
}

impl<'a> Roster<'a> {
    /// `ascending` says that the list is already in strictly ascending order of ordinals.
    pub(crate) fn new(observed: &Observed<'a>, slots: &'a Slots<'a>, ascending: bool) -> Self {
        let pods = observed.pods;
        let order = if ascending {
            Order::AsGiven
        } else {
            Order::Sorted(sorted(observed, slots))
        };
        let mut roster = Self {
            pods,
            order,
            slots,
            range: 0..0,
            end: 0,
        };
        roster.range = roster.first_at(slots.start)..roster.first_at(slots.end);
        roster.end = roster.first_at(NO_ORDINAL);
        roster
    }

    /// Index and record of the pod at a position.
    #[inline]
    pub(crate) fn at(&self, position: usize) -> (u32, &'a Pod) {
        let index = match &self.order {
            Order::AsGiven => u32::try_from(position).unwrap_or(u32::MAX),
            Order::Sorted(order) => order[position],
        };
        (index, &self.pods[index as usize])
    }

    /// The ordinal of the pod at a position, if there is one.
    #[inline]
    pub(crate) fn ordinal_at(&self, position: usize) -> Option<Ordinal> {
        (position < self.len()).then(|| self.at(position).1.ordinal)
    }

    /// Positions.
    pub(crate) fn len(&self) -> usize {
        match &self.order {
            Order::AsGiven => self.pods.len(),
            Order::Sorted(order) => order.len(),
        }
    }

    /// The first position whose ordinal is at least `ordinal`.
    fn first_at(&self, ordinal: Ordinal) -> usize {
        first_at(self.len(), ordinal, |position| self.at(position).1.ordinal)
    }

    /// The pods that fill slots, ascending.
    pub(crate) fn slots(&self) -> impl DoubleEndedIterator<Item = (u32, &'a Pod)> + '_ {
        self.slots_after(0)
    }

    /// The pods that fill slots without the first `count` of the range, ascending.
    pub(crate) fn slots_after(
        &self,
        count: u32,
    ) -> impl DoubleEndedIterator<Item = (u32, &'a Pod)> + '_ {
        let dense = self.slots.are_dense();
        let first = self.range.start.saturating_add(count as usize);
        (first..self.range.end)
            .map(|position| self.at(position))
            .filter(move |(_, pod)| dense || self.slots.contains(pod.ordinal))
    }

    /// The pods that are not desired, highest ordinal first.
    pub(crate) fn condemned(&self) -> impl DoubleEndedIterator<Item = (u32, &'a Pod)> + '_ {
        // Between the first slot and the last only excluded ordinals are not desired.
        let inside = if self.slots.are_dense() {
            0..0
        } else {
            self.range.clone()
        };
        let inside = inside.filter(|&position| !self.slots.contains(self.at(position).1.ordinal));
        (0..self.range.start)
            .chain(inside)
            .chain(self.range.end..self.end)
            .rev()
            .map(|position| self.at(position))
    }

    /// Everything there is, ascending; pods without an ordinal last.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = (u32, &'a Pod)> + '_ {
        (0..self.len()).map(|position| self.at(position))
    }

    /// Slots and condemned pods: what the counters of rule S-1 run over.
    pub(crate) fn placed(&self) -> impl DoubleEndedIterator<Item = (u32, &'a Pod)> + '_ {
        (0..self.end).map(|position| self.at(position))
    }

    /// Whether every pod of the list has a place: none has lost its slot to a duplicate pod, none is without an ordinal.
    pub(crate) fn is_complete(&self) -> bool {
        self.end == self.pods.len()
    }

    /// Whether some pod has this ordinal.
    pub(crate) fn has(&self, ordinal: Ordinal) -> bool {
        let position = self.first_at(ordinal);
        position < self.len() && self.at(position).1.ordinal == ordinal
    }
}

/// Indexes in ascending order of ordinals. Of several pods in one slot only the rightful one is
/// kept: the one with the right identity, then the least by contents – never the one that happens to come first in the
/// list. Of condemned ones all are kept, because all have to go.
fn sorted(observed: &Observed, slots: &Slots) -> Vec<u32> {
    let pods = observed.pods;
    let first = pods.iter().map(|pod| pod.ordinal).min().unwrap_or(0);
    let last = pods.iter().map(|pod| pod.ordinal).max().unwrap_or(0);
    let place = |i: usize| u64::from(pods[i].ordinal - first);
    if let Some(order) = by_place(pods.len(), u64::from(last - first) + 1, place) {
        return order;
    }
    // The ordinal in the upper half, the index in the lower. Most lists have no duplicates, so the
    // records themselves are looked at only where two ordinals are equal.
    let mut keys: Vec<u64> = pods
        .iter()
        .zip(0u64..)
        .map(|(pod, index)| u64::from(pod.ordinal) << 32 | index)
        .collect();
    keys.sort_unstable();
    let index_of = |key: u64| u32::try_from(key & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    let rank = |key: u64| {
        let pod = &pods[index_of(key) as usize];
        // An index into another list is a position, too; what it refers to is not.
        let contents = Pod {
            node: pod.node.filter(|&node| node == UNLISTED),
            budget: None,
            ..*pod
        };
        let node = pod.node.and_then(|i| observed.nodes?.get(i as usize));
        let budget = pod.budget.and_then(|i| observed.budgets?.get(i as usize));
        (!pod.identity, contents, node, budget, key)
    };
    let mut order = Vec::with_capacity(keys.len());
    for run in keys.chunk_by_mut(|a, b| a >> 32 == b >> 32) {
        if run.len() > 1 {
            run.sort_unstable_by_key(|&key| rank(key));
        }
        let kept = if slots.contains(pods[index_of(run[0]) as usize].ordinal) {
            1
        } else {
            run.len()
        };
        order.extend(run[..kept].iter().map(|&key| index_of(key)));
    }
    order
}
