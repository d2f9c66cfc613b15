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
    /// The shortest time between two disruptions, in milliseconds: so long after an available pod was taken away, no other one is
    /// (rule [M-5](crate::rules#M-5)).
    pub pace: Option<Millis>,
    /// How long the set may take for its next step, and what follows if it takes longer (rules [M-6](crate::rules#M-6) to
    /// [M-8](crate::rules#M-8)).
    pub deadline: Option<Deadline>,
    /// Whether a rollout changes pods where they run (rules [U-9](crate::rules#U-9) to [U-11](crate::rules#U-11)).
    pub in_place: InPlace,
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
        pace: None,
        deadline: None,
        in_place: InPlace::Off,
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

/// How long a set may be without an available pod in one of its places and without progress. Progress is a desired pod that
/// becomes available and that no rollout would replace. So the time runs for each step of a rollout anew, and never while every
/// pod is available.
/// ```
/// use statefulset::{Deadline, Desired, Observed, Overdue, Pod, Policies, Progress, Revision, plan};
///
/// let (v1, v2) = (Revision(1), Revision(2));
/// let deadline = Deadline { after: 600_000, then: Overdue::Suggest };
/// let mut web = Desired {
///     current: v1,
///     policies: Policies { deadline: Some(deadline), ..Policies::NONE },
///     ..Desired::new("web", 2, v2)
/// };
/// // The first pod of the new revision does not become ready.
/// let starting = Pod { ready: false, ..Pod::running(1, v2) };
/// let pods = [Pod::running(0, v1), starting];
/// let first = plan(&web, &Observed::pods(&pods), 0)?;
/// assert_eq!(first.next_wake, Some(600_000));
///
/// // Ten minutes later, with the status that the first plan gave.
/// web.published = first.status;
/// let late = plan(&web, &Observed::pods(&pods), 600_000)?;
/// assert_eq!(late.status.and_then(|status| status.progressing), Some(Progress::Overdue));
/// assert_eq!(late.suggests, Some(v1));
/// # Ok::<(), statefulset::PlanError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Deadline {
    /// How long, in milliseconds, 0 or more.
    pub after: Millis,
    /// What follows.
    pub then: Overdue,
}

/// What follows when a set has gone too long without progress. Whatever it is, the condition `Progressing` says so, and progress
/// or a new update revision ends it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Overdue {
    /// Nothing else.
    #[default]
    Report,
    /// The rollout is held as if it were paused. Creation, repairs and scale-in go on. Under
    /// [`Strategy::Recreate`](crate::Strategy::Recreate) nothing is held: only the end of the rollout makes the set whole again.
    Halt,
    /// The rollout is held, and [`Plan::suggests`](crate::Plan::suggests) names the revision to go back to.
    Suggest,
}

all!(
    /// All values.
    Overdue {
        Report,
        Halt,
        Suggest,
    }
);

/// Whether a rollout changes pods where they run, instead of making them again.
/// ```
/// use statefulset::{Change, Desired, Do, InPlace, Observed, Pod, Policies, Revision, plan};
///
/// let (v1, v2) = (Revision(1), Revision(2));
/// let web = Desired {
///     current: v1,
///     policies: Policies { in_place: InPlace::IfPossible, ..Policies::NONE },
///     ..Desired::new("web", 2, v2)
/// };
/// // Only the image differs: the caller says that the pods can be changed in place.
/// let pods = [0, 1].map(|ordinal| Pod { change: Change::InPlace, ..Pod::running(ordinal, v1) });
/// let first = plan(&web, &Observed::pods(&pods), 0)?;
/// assert_eq!(first.actions[0].what, Do::UpdateInPlace { pod: 1, revision: v2 });
/// # Ok::<(), statefulset::PlanError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum InPlace {
    /// It makes each of them again.
    #[default]
    Off,
    /// It changes those where [that is possible](crate::Pod::change), and makes the others again.
    IfPossible,
    /// It changes those where that is possible, and leaves the others as they are.
    Only,
}

all!(
    /// All values.
    InPlace {
        Off,
        IfPossible,
        Only,
    }
);
