//! Moments at which something is to be done, one for each key, in order of time and key.

use std::collections::{BTreeMap, BTreeSet};

use statefulset::Millis;

/// Whether a settled cluster still waits for a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Urgency {
    /// Something is under way.
    Busy,
    /// A heartbeat or a back-off.
    Idle,
}

/// The moments of one component.
#[derive(Debug)]
pub(crate) struct Timers<K> {
    by_key: BTreeMap<K, (Millis, Urgency)>,
    by_time: BTreeSet<(Millis, K)>,
    busy: usize,
}

impl<K> Default for Timers<K> {
    fn default() -> Self {
        Self {
            by_key: BTreeMap::new(),
            by_time: BTreeSet::new(),
            busy: 0,
        }
    }
}

impl<K: Ord + Clone> Timers<K> {
    /// Sets the moment of `key`, in place of the one it had.
    pub(crate) fn set(&mut self, key: &K, at: Millis, urgency: Urgency) {
        self.clear(key);
        self.busy += usize::from(urgency == Urgency::Busy);
        self.by_key.insert(key.clone(), (at, urgency));
        self.by_time.insert((at, key.clone()));
    }

    /// Takes the moment of `key` away.
    pub(crate) fn clear(&mut self, key: &K) {
        if let Some((at, urgency)) = self.by_key.remove(key) {
            self.busy -= usize::from(urgency == Urgency::Busy);
            self.by_time.remove(&(at, key.clone()));
        }
    }

    /// The earliest moment.
    pub(crate) fn next(&self) -> Option<Millis> {
        self.by_time.first().map(|(at, _)| *at)
    }

    /// Whether nothing but heartbeats and back-off is left.
    pub(crate) const fn is_idle(&self) -> bool {
        self.busy == 0
    }

    /// Takes out one key whose moment has come.
    pub(crate) fn pop_due(&mut self, now: Millis) -> Option<K> {
        let (at, key) = self.by_time.first()?;
        if *at > now {
            return None;
        }
        let key = key.clone();
        self.clear(&key);
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_in_order_and_are_replaced() {
        let mut timers = Timers::default();
        timers.set(&"b", 20, Urgency::Busy);
        timers.set(&"a", 20, Urgency::Idle);
        timers.set(&"c", 30, Urgency::Busy);
        timers.set(&"c", 10, Urgency::Idle);
        assert_eq!(timers.next(), Some(10));
        assert_eq!(timers.pop_due(9), None);
        assert_eq!(timers.pop_due(20), Some("c"));
        assert_eq!(timers.pop_due(20), Some("a"));
        assert!(!timers.is_idle());
        assert_eq!(timers.pop_due(20), Some("b"));
        assert!(timers.is_idle());
        assert_eq!(timers.pop_due(i64::MAX), None);
    }
}
