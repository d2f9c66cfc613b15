//! The set, as somebody wants it.

use alloc::borrow::Cow;
use alloc::vec;
use core::mem::{offset_of, size_of};

use statefulset::{
    ClaimTemplate, Deletion, Desired, Exclusion, Keep, Limit, Management, Retention, Revision,
    Rolling, Strategy,
};

use crate::fail::Fail;
use crate::place::Place;
use crate::profile::sts_profile;
use crate::report::STS_LIST_DESIRED;
use crate::status::sts_status;

/// Pods are created one at a time, each only when all pods before it are available.
pub const STS_MANAGEMENT_ORDERED_READY: u32 = 0;
/// All pods are created at once.
pub const STS_MANAGEMENT_PARALLEL: u32 = 1;

/// The planner replaces pods, highest ordinal first.
pub const STS_STRATEGY_ROLLING_UPDATE: u32 = 0;
/// A pod is replaced when somebody deletes it.
pub const STS_STRATEGY_ON_DELETE: u32 = 1;
/// All pods of old revisions are deleted before the first new one is created.
pub const STS_STRATEGY_RECREATE: u32 = 2;

/// `max_unavailable` is not given. It counts as 1.
pub const STS_LIMIT_NONE: u32 = 0;
/// `max_unavailable` is a number of pods.
pub const STS_LIMIT_COUNT: u32 = 1;
/// `max_unavailable` is a percentage of `replicas`, rounded down.
pub const STS_LIMIT_PERCENT: u32 = 2;

/// The claim stays.
pub const STS_KEEP_RETAIN: u32 = 0;
/// The claim is deleted.
pub const STS_KEEP_DELETE: u32 = 1;

/// The set is not being deleted.
pub const STS_DELETION_NO: u32 = 0;
/// The set is being deleted, and its pods are deleted with it.
pub const STS_DELETION_WITH_PODS: u32 = 1;
/// The set is being deleted, and its pods stay (`--cascade=orphan`).
pub const STS_DELETION_ORPHAN: u32 = 2;

/// The manifest has a `rollingUpdate` block: `partition`, `max_unavailable_kind` and `max_unavailable`. The Kubernetes
/// API always fills in one for STS_STRATEGY_ROLLING_UPDATE. A set without the block differs from a set with an empty
/// one: a pod that is re-created during a rollout gets the old revision.
pub const STS_DESIRED_ROLLING: u32 = 1;
/// The set has the library's finalizer. Ordered shutdown needs it.
pub const STS_DESIRED_FINALIZER_HELD: u32 = 2;
/// `published` is present.
pub const STS_DESIRED_PUBLISHED: u32 = 4;

const FLAGS: u32 = 4095;

/// One StatefulSet, reduced to what decisions need.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_desired {
    /// The generation of the specification. The status repeats it.
    pub generation: i64,
    /// How long a pod must have been ready to count as available: 0 or more.
    pub min_ready_ms: i64,
    /// The revision that was last rolled out in full. A revision is a number of your own; the planner only compares it.
    pub current_revision: u64,
    /// The revision of the set's template as it is now.
    pub update_revision: u64,
    /// The desired number of pods, at most 2147483647.
    pub replicas: u32,
    /// The first ordinal. The last desired one is at most STS_MAX_ORDINAL.
    pub start: u32,
    /// How many claims every pod gets, at most 65535.
    pub template_count: u32,
    /// STS_DESIRED_*
    pub flags: u32,
    /// STS_MANAGEMENT_*
    pub management: u32,
    /// STS_STRATEGY_*
    pub strategy: u32,
    /// A pod whose index (how many desired ordinals are below its own) is below this keeps its revision. The number may be larger than `replicas`.
    /// Optional.
    pub partition: u32,
    /// STS_LIMIT_*. Optional.
    pub max_unavailable_kind: u32,
    /// How many pods may be unavailable during a rollout. It is 0 with STS_LIMIT_NONE.
    pub max_unavailable: u32,
    /// STS_KEEP_*: what happens to the claims when the set is deleted.
    pub when_deleted: u32,
    /// STS_KEEP_*: what happens to a pod's claims when the set is scaled in.
    pub when_scaled: u32,
    /// STS_DELETION_*
    pub deletion: u32,
    /// The status as it is published now. Optional.
    pub published: sts_status,
    /// Which behaviour the planner has.
    pub profile: sts_profile,
    /// Ordinals that get no pod, in ascending order and without overlaps. NULL if there are none.
    pub exclusions: *const sts_exclusion,
    /// How many entries `exclusions` has.
    pub exclusion_count: usize,
    /// STS_LIMIT_*, for STS_MANAGEMENT_PARALLEL. Optional.
    pub scale_out_limit_kind: u32,
    /// How many slots may be on their way to a new pod at a time: at least 1, and at most 100 percent. It is 0 with
    /// STS_LIMIT_NONE.
    pub scale_out_limit: u32,
    /// STS_LIMIT_*, for STS_MANAGEMENT_PARALLEL. Optional.
    pub scale_in_limit_kind: u32,
    /// How many pods that are not desired may be leaving at a time: at least 1, and at most 100 percent. It is 0 with
    /// STS_LIMIT_NONE.
    pub scale_in_limit: u32,
    /// How many available pods may be taken away now, as a group of sets allows it. Optional.
    pub allowance: u32,
    /// STS_PAUSED_*: what is not done for now.
    pub paused: u32,
    /// STS_RANKED_*: whether `rank` of the pods decides the order of a rollout.
    pub ranked: u32,
    /// By how many pods `max_unavailable` may be exceeded when broken pods of old revisions are replaced. 4294967295 sets no
    /// limit. Optional.
    pub repair_beyond_budget: u32,
    /// How long such a pod must have been not ready: 0 or more. Optional.
    pub repair_after_ms: i64,
    /// STS_PURPOSE_*: for what a pod is asked before it goes.
    pub ask: u32,
    /// STS_OVERDUE_*: what follows once the deadline is over. Optional.
    pub deadline_then: u32,
    /// The shortest time between two disruptions: so long after an available pod was taken away, no other one is. 0 or more.
    /// Optional.
    pub pace_ms: i64,
    /// How long the set may be without an available pod in one of its places and without progress: 0 or more. Optional.
    pub deadline_after_ms: i64,
    /// STS_IN_PLACE_*: whether a rollout changes pods where they run.
    pub in_place: u32,
    /// Must be 0.
    pub reserved32: u32,
}

/// Ordinals that get no pod, from the first to the last.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_exclusion {
    /// The first one.
    pub first: u32,
    /// The last one, at most STS_MAX_ORDINAL.
    pub last: u32,
    /// STS_EXCLUSION_*
    pub flags: u32,
    /// Must be 0.
    pub reserved: u32,
}

const _: () = assert!(
    size_of::<sts_desired>() == 264 + 2 * size_of::<usize>()
        && offset_of!(sts_desired, replicas) == 32
        && offset_of!(sts_desired, published) == 80
        && offset_of!(sts_desired, profile) == 144
        && offset_of!(sts_desired, exclusions) == 192
);

impl sts_desired {
    /// The set, with the templates that `templates` gave or others as many, and with its exclusions. Only sentences need names.
    pub(crate) fn read<'a>(
        &self,
        name: &'a str,
        templates: &'a [ClaimTemplate<'a>],
        excluded: &'a [Exclusion],
    ) -> Result<Desired<'a>, Fail> {
        let place = PLACE;
        let has = |flag| self.flags & flag != 0;
        place.flags("flags", self.flags, FLAGS)?;
        place.reserved("reserved32", self.reserved32)?;
        let published = if has(STS_DESIRED_PUBLISHED) {
            Some(self.published.read(place)?)
        } else {
            place.optional("published", false, self.published)?;
            None
        };
        Ok(Desired {
            name,
            generation: self.generation,
            replicas: self.replicas,
            start: self.start,
            management: place.number("management", self.management, management)?,
            strategy: self.read_strategy(place)?,
            min_ready: self.min_ready_ms,
            templates,
            retention: Retention {
                when_deleted: place.number("when_deleted", self.when_deleted, keep)?,
                when_scaled: place.number("when_scaled", self.when_scaled, keep)?,
            },
            deletion: place.number("deletion", self.deletion, deletion)?,
            finalizer_held: has(STS_DESIRED_FINALIZER_HELD),
            current: Revision(self.current_revision),
            update: Revision(self.update_revision),
            published,
            profile: self.profile.read(place)?,
            policies: self.policies(excluded)?,
        })
    }

    /// As many templates as the set has, without names: the planner knows them by index only.
    pub(crate) fn templates(&self) -> Result<Cow<'static, [ClaimTemplate<'static>]>, Fail> {
        // Enough for most, without an allocation.
        static FEW: [ClaimTemplate<'static>; 8] = [ClaimTemplate { name: "" }; 8];

        let count: u16 = PLACE.narrow("template_count", self.template_count, u16::MAX.into())?;
        let few = FEW.get(..count.into()).map(Cow::Borrowed);
        Ok(few.unwrap_or_else(|| vec![ClaimTemplate { name: "" }; count.into()].into()))
    }

    fn read_strategy(&self, place: Place) -> Result<Strategy, Fail> {
        let rolling = self.flags & STS_DESIRED_ROLLING != 0;
        let partition = place.optional("partition", rolling, self.partition)?;
        let kind = place.optional("max_unavailable_kind", rolling, self.max_unavailable_kind)?;
        let max_unavailable = place
            .optional(
                "max_unavailable",
                kind.is_some_and(|kind| kind != STS_LIMIT_NONE),
                self.max_unavailable,
            )?
            .unwrap_or_default();
        let max_unavailable = place.number(
            "max_unavailable_kind",
            kind.unwrap_or(STS_LIMIT_NONE),
            |kind| {
                Some(match kind {
                    STS_LIMIT_NONE => None,
                    STS_LIMIT_COUNT => Some(Limit::Count(max_unavailable)),
                    STS_LIMIT_PERCENT => Some(Limit::Percent(max_unavailable)),
                    _ => return None,
                })
            },
        )?;
        let block = partition.map(|partition| Rolling {
            partition,
            max_unavailable,
        });
        place.number("strategy", self.strategy, |strategy| {
            Some(match strategy {
                STS_STRATEGY_ROLLING_UPDATE => Strategy::RollingUpdate(block),
                STS_STRATEGY_ON_DELETE => Strategy::OnDelete,
                STS_STRATEGY_RECREATE => Strategy::Recreate,
                _ => return None,
            })
        })
    }
}

const PLACE: Place = Place {
    list: STS_LIST_DESIRED,
    index: 0,
};

const fn management(number: u32) -> Option<Management> {
    Some(match number {
        STS_MANAGEMENT_ORDERED_READY => Management::OrderedReady,
        STS_MANAGEMENT_PARALLEL => Management::Parallel,
        _ => return None,
    })
}

const fn keep(number: u32) -> Option<Keep> {
    Some(match number {
        STS_KEEP_RETAIN => Keep::Retain,
        STS_KEEP_DELETE => Keep::Delete,
        _ => return None,
    })
}

const fn deletion(number: u32) -> Option<Deletion> {
    Some(match number {
        STS_DELETION_NO => Deletion::No,
        STS_DELETION_WITH_PODS => Deletion::WithPods,
        STS_DELETION_ORPHAN => Deletion::Orphan,
        _ => return None,
    })
}
