//! A pool for values that many objects have in common, so that each value is kept once.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A pool of values. When the pool has doubled, it drops the values that nobody else holds any more.
#[derive(Debug)]
pub(crate) struct Shared<T: ?Sized> {
    values: BTreeSet<Arc<T>>,
    sweep_at: usize,
}

impl<T: ?Sized> Default for Shared<T> {
    fn default() -> Self {
        Self {
            values: BTreeSet::new(),
            sweep_at: 64,
        }
    }
}

impl<T: Ord + ?Sized> Shared<T> {
    /// The shared value that is equal to this one.
    pub(crate) fn one<V: Borrow<T> + Into<Arc<T>>>(&mut self, value: V) -> Arc<T> {
        if let Some(known) = self.values.get(value.borrow()) {
            return Arc::clone(known);
        }
        if self.values.len() >= self.sweep_at {
            self.values.retain(|value| Arc::strong_count(value) > 1);
            self.sweep_at = 64 + 2 * self.values.len();
        }
        let value = value.into();
        self.values.insert(Arc::clone(&value));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_kept_once_and_forgotten_ones_go() {
        let mut pool = Shared::default();
        let kept = pool.one(0);
        assert!(Arc::ptr_eq(&kept, &pool.one(0)));
        for value in 1..10_000 {
            pool.one(value);
        }
        assert!(pool.values.len() <= 130, "{}", pool.values.len());
        assert!(Arc::ptr_eq(&kept, &pool.one(0)), "still there");
    }
}
