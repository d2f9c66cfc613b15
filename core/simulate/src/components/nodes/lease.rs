//! Leases: when the kubelet of a node was last heard of. They are renewed in a fixed rhythm, so that only the beginning
//! and the end of a node's speech have to be kept.

use std::collections::BTreeMap;

use statefulset::Millis;

/// A kubelet renews its lease so often…
const RENEWAL: Millis = 10_000;
/// …and its status, where nothing changes.
const STATUS: Millis = 300_000;

/// The leases, by node.
#[derive(Debug, Default)]
pub(super) struct Leases(BTreeMap<String, Lease>);

#[derive(Clone, Copy, Debug)]
struct Lease {
    since: Millis,
    silent: Option<Millis>,
}

impl Leases {
    /// There is a kubelet for this node; a known one stays as it is.
    pub(super) fn begin(&mut self, node: &str, now: Millis) {
        let lease = Lease {
            since: now,
            silent: None,
        };
        self.0.entry(node.to_owned()).or_insert(lease);
    }

    /// The kubelet is heard again.
    pub(super) fn resume(&mut self, node: &str, now: Millis) {
        self.0
            .retain(|name, lease| name != node || lease.silent.is_none());
        self.begin(node, now);
    }

    /// The kubelet is not heard any more.
    pub(super) fn fall_silent(&mut self, node: &str, now: Millis) {
        self.begin(node, now);
        if let Some(lease) = self.0.get_mut(node) {
            lease.silent.get_or_insert(now);
        }
    }

    /// When the lease was last renewed, of a node that is silent.
    pub(super) fn silent_since(&self, node: &str) -> Option<Millis> {
        let lease = self.0.get(node)?;
        Some(lease.last(lease.silent?, RENEWAL))
    }

    /// When the lease was last renewed.
    pub(super) fn renewed(&self, node: &str, now: Millis) -> Option<Millis> {
        let lease = self.0.get(node)?;
        Some(lease.last(lease.silent.unwrap_or(now), RENEWAL))
    }

    /// When the status was last posted.
    pub(super) fn posted(&self, node: &str, now: Millis) -> Option<Millis> {
        let lease = self.0.get(node)?;
        Some(lease.last(lease.silent.unwrap_or(now), STATUS))
    }
}

impl Lease {
    fn last(self, end: Millis, period: Millis) -> Millis {
        end - (end - self.since).rem_euclid(period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_in_the_rhythm_of_the_first() {
        let mut leases = Leases::default();
        leases.begin("n", 5000);
        assert_eq!(leases.silent_since("n"), None);
        assert_eq!(leases.renewed("n", 27_000), Some(25_000));
        leases.fall_silent("n", 28_000);
        leases.fall_silent("n", 90_000);
        assert_eq!(leases.silent_since("n"), Some(25_000));
        assert_eq!(leases.posted("n", 90_000), Some(5000));
        leases.resume("n", 91_000);
        assert_eq!(leases.renewed("n", 91_000), Some(91_000));
        assert_eq!(leases.renewed("nobody", 0), None);
    }
}
