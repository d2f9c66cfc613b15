//! What a set wants, as far as the checks need to know, and whose a pod is by its name.

use super::asks::Read;
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
    asked: Read,
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
            asked: Read::of(set),
        }
    }

    /// Its ordinals, ascending.
    pub(super) fn ordinals(&self) -> impl Iterator<Item = u32> + '_ {
        let is_free = |ordinal: &u32| self.exclusion(*ordinal).is_none();
        let count = usize::try_from(self.replicas).unwrap_or(usize::MAX);
        (self.start..).filter(is_free).take(count)
    }

    fn exclusion(&self, ordinal: u32) -> Option<&(u32, u32, bool)> {
        let mut excluded = self.asked.excluded.iter();
        excluded.find(|(first, last, _)| (*first..=*last).contains(&ordinal))
    }

    pub(super) fn wants(&self, ordinal: u32) -> bool {
        self.ordinals().any(|it| it == ordinal)
    }

    /// Whether scale-in never gives up the claims of this ordinal.
    pub(super) fn keeps_claims(&self, ordinal: u32) -> bool {
        self.wants(ordinal) || self.exclusion(ordinal).is_some_and(|(_, _, keep)| *keep)
    }

    /// Whether the partition holds this one of its ordinals. With ranks it holds a number of them, whichever they are.
    pub(super) fn holds(&self, ordinal: u32) -> bool {
        let held = usize::try_from(self.partition).unwrap_or(usize::MAX);
        !self.asked.is_ranked && self.ordinals().take(held).any(|it| it == ordinal)
    }

    /// How many of its pods, whichever they are, may stay old.
    pub(super) const fn may_stay_old(&self) -> u32 {
        if self.asked.is_ranked {
            self.partition
        } else {
            0
        }
    }
}

/// The set and the ordinal of a pod's name.
pub(super) fn identity<'n>(names: &[&'n str], pod: &str) -> Option<(&'n str, u32)> {
    names.iter().find_map(|&name| {
        let ordinal = pod.strip_prefix(name)?.strip_prefix('-')?;
        Some((name, ordinal.parse().ok()?))
    })
}
