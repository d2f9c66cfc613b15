//! What a set wants, as far as the checks need to know, and whose a pod is by its name.

use crate::values::object::Fields;

/// The numbers of a set's spec that the checks need.
pub(super) struct Wanted {
    pub(super) replicas: u32,
    pub(super) start: u32,
    pub(super) parallel: bool,
    pub(super) on_delete: bool,
    pub(super) partition: u32,
    pub(super) max_unavailable: u32,
    pub(super) min_ready: i64,
}

impl Wanted {
    pub(super) fn of(set: &serde_json::Value) -> Self {
        let number = |pointer| {
            set.int(pointer)
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(0)
        };
        let replicas = number("/spec/replicas");
        let limit = "/spec/updateStrategy/rollingUpdate/maxUnavailable";
        let percent = set
            .text(limit)
            .strip_suffix('%')
            .and_then(|p| p.parse::<u32>().ok());
        let limit = percent.map_or_else(|| number(limit), |percent| replicas * percent / 100);
        Self {
            replicas,
            start: number("/spec/ordinals/start"),
            parallel: set.text("/spec/podManagementPolicy") == "Parallel",
            on_delete: set.text("/spec/updateStrategy/type") == "OnDelete",
            partition: number("/spec/updateStrategy/rollingUpdate/partition"),
            max_unavailable: limit.max(1),
            min_ready: i64::from(number("/spec/minReadySeconds")) * 1000,
        }
    }

    pub(super) const fn wants(&self, ordinal: u32) -> bool {
        self.start <= ordinal && ordinal < self.start + self.replicas
    }
}

/// The set and the ordinal of a pod's name.
pub(super) fn identity<'n>(names: &[&'n str], pod: &str) -> Option<(&'n str, u32)> {
    names.iter().find_map(|&name| {
        let ordinal = pod.strip_prefix(name)?.strip_prefix('-')?;
        Some((name, ordinal.parse().ok()?))
    })
}
