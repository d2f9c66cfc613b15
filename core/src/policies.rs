//! What a set may ask for beyond Kubernetes.

use crate::all::all;
use crate::bits::bits;
use crate::desired::{Limit, Ordinal};
use crate::purpose::Purposes;
use crate::time::Millis;

/// What a set asks for beyond Kubernetes. Each policy is off in [`NONE`](Self::NONE), and with all of them off the decisions
/// are Kubernetes' own.
/// ```
/// use statefulset::{Desired, Exclusion, Paused, Policies, Revision};
///
/// let excluded = [Exclusion::range(1, 1).keeping_claims()];
/// // The pods are 0, 2 and 3, and no rollout replaces any of them for now.
/// let web = Desired {
///     policies: Policies { excluded: &excluded, paused: Paused::ROLLOUT, ..Policies::NONE },
///     ..Desired::new("web", 3, Revision(1))
/// };
/// # let _ = web;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Policies<'a> {
    /// Ordinals that get no pod, in ascending order and without overlaps (rules [X-1](crate::rules#X-1) to [X-4](crate::rules#X-4)).
    pub excluded: &'a [Exclusion],
    /// What the partition counts where ordinals are excluded (rule [X-2](crate::rules#X-2)).
    pub partition_by: PartitionBy,
    /// Whether the pod of an excluded ordinal stays until every desired pod is available (rule [X-5](crate::rules#X-5)).
    pub stand_in_first: bool,
    /// What is not done for now (rules [Z-1](crate::rules#Z-1) to [Z-3](crate::rules#Z-3)).
    pub paused: Paused,
    /// Whether [`Pod::rank`](crate::Pod::rank) decides the order of a rollout (rules [Q-1](crate::rules#Q-1) to [Q-5](crate::rules#Q-5)).
    pub ranked: Ranked,
    /// Which of two pods of one rank is replaced first.
    pub ties: Ties,
    /// How many slots may be on their way to a new pod at a time, in `Parallel` (rule [M-1](crate::rules#M-1)).
    pub scale_out_limit: Option<Limit>,
    /// How many condemned pods may be leaving at a time, in `Parallel` (rule [M-2](crate::rules#M-2)).
    pub scale_in_limit: Option<Limit>,
    /// How many available pods may be taken away in this pass, as a group of sets allows it (rule [M-3](crate::rules#M-3));
    /// [`allot`](crate::allot) gives it.
    pub allowance: Option<u32>,
    /// Whether, and when, broken pods of old revisions are replaced out of turn (rules [F-1](crate::rules#F-1) to [F-4](crate::rules#F-4)).
    pub repair: Option<Repair>,
    /// For which purposes a pod is asked before it goes (rules [J-3](crate::rules#J-3) to [J-6](crate::rules#J-6)).
    pub ask: Purposes,
}

impl Policies<'_> {
    /// All of them off.
    pub const NONE: Self = Self {
        excluded: &[],
        partition_by: PartitionBy::Rank,
        stand_in_first: false,
        paused: Paused::NOTHING,
        ranked: Ranked::Off,
        ties: Ties::HighestFirst,
        scale_out_limit: None,
        scale_in_limit: None,
        allowance: None,
        repair: None,
        ask: Purposes::NONE,
    };
}

impl Policies<'_> {
    /// Whether an exclusion covers the ordinal, in range or not.
    pub(crate) fn excludes(&self, ordinal: Ordinal) -> bool {
        self.exclusion(ordinal).is_some()
    }

    /// The exclusion that covers the ordinal; they are in order.
    pub(crate) fn exclusion(&self, ordinal: Ordinal) -> Option<&Exclusion> {
        let next = self.excluded.partition_point(|e| e.last < ordinal);
        self.excluded.get(next).filter(|e| e.first <= ordinal)
    }
}

impl Default for Policies<'_> {
    fn default() -> Self {
        Self::NONE
    }
}

/// Ordinals that get no pod, from the first to the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Exclusion {
    /// The first one.
    pub first: Ordinal,
    /// The last one, at most [`MAX_ORDINAL`](crate::MAX_ORDINAL).
    pub last: Ordinal,
    /// Whether their claims stay, whatever `whenScaled` says.
    pub keep_claims: bool,
}

impl Exclusion {
    /// The ordinals from `first` to `last`. The retention policy decides whether their claims are kept.
    pub const fn range(first: Ordinal, last: Ordinal) -> Self {
        Self {
            first,
            last,
            keep_claims: false,
        }
    }

    /// The same ordinals, whose claims stay: members that are offline and will come back.
    #[must_use]
    pub const fn keeping_claims(self) -> Self {
        Self {
            keep_claims: true,
            ..self
        }
    }
}

/// What the partition counts. Without excluded ordinals both are the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum PartitionBy {
    /// Desired ordinals, from the lowest: a partition of 2 holds the two lowest pods.
    #[default]
    Rank,
    /// All ordinals from the set's first, excluded ones too: with the first ordinal 0, a partition of 2 holds the ordinals 0 and 1.
    Ordinal,
}

all!(
    /// All values.
    PartitionBy {
        Rank,
        Ordinal,
    }
);

/// Whether ranks decide the order of a rollout.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Ranked {
    /// They do not: the highest ordinal is replaced first.
    #[default]
    Off,
    /// The lowest rank is replaced first.
    Order,
    /// The same, and a rank waits until all ranks before it are updated and available.
    Tiers,
}

all!(
    /// All values.
    Ranked {
        Off,
        Order,
        Tiers,
    }
);

/// Which of two pods of one rank is replaced first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Ties {
    /// The one with the highest ordinal.
    #[default]
    HighestFirst,
    /// The one with the lowest ordinal.
    LowestFirst,
}

all!(
    /// All values.
    Ties {
        HighestFirst,
        LowestFirst,
    }
);

/// Kinds of actions that are not taken for now.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Paused(u8);

impl Paused {
    /// Nothing is paused.
    pub const NOTHING: Self = Self(0);
    /// Pods and claims of empty slots are not created.
    pub const CREATION: Self = Self(1);
    /// Condemned pods are not deleted.
    pub const SCALE_IN: Self = Self(1 << 1);
    /// No pod is replaced for a new revision.
    pub const ROLLOUT: Self = Self(1 << 2);
    /// [`Policies::repair`] replaces no pod.
    pub const REPAIR: Self = Self(1 << 3);
    /// Pods whose containers have ended are not replaced.
    pub const REPLACEMENT: Self = Self(1 << 4);
    /// Nothing at all is done. The status is still published.
    pub const ALL: Self = Self((1 << 5) - 1);
}

bits!(
    /// ```
    /// use statefulset::Paused;
    ///
    /// assert_eq!(Paused::from_bits(0b110), Some(Paused::SCALE_IN.with(Paused::ROLLOUT)));
    /// assert_eq!(Paused::from_bits(0b10_0000), None);
    /// ```
    Paused
);

/// How broken pods of old revisions are replaced out of turn. Pods of the update revision are never touched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Repair {
    /// How long a pod must have been not ready, in milliseconds. With 0 a pod that is not available is broken at once. A pod
    /// of which it is not known since when it is not ready is never broken otherwise.
    pub after: Millis,
    /// By how many pods `maxUnavailable` may be exceeded by such replacements. [`u32::MAX`] sets no limit.
    pub beyond_budget: u32,
    /// Whether `OrderedReady` does so, too. Kubernetes' never does (kubernetes#67250).
    pub ordered: bool,
    /// Whether a pod that has not started is broken at once, however short `after` has been over.
    pub pending: bool,
}

impl Repair {
    /// Pods that have not been ready for this long, in milliseconds, are replaced within the limit of unavailable pods, in
    /// `OrderedReady` too.
    pub const fn after(after: Millis) -> Self {
        Self {
            after,
            beyond_budget: 0,
            ordered: true,
            pending: false,
        }
    }
}
