//! What a set asks for beyond Kubernetes.

use alloc::vec::Vec;

use statefulset::{
    Deadline, Exclusion, InPlace, Limit, Overdue, PartitionBy, Paused, Policies, Purposes, Ranked,
    Repair, Ties,
};

use crate::desired::{
    STS_LIMIT_COUNT, STS_LIMIT_NONE, STS_LIMIT_PERCENT, sts_desired, sts_exclusion,
};
use crate::fail::Fail;
use crate::place::Place;
use crate::report::{STS_LIST_DESIRED, STS_LIST_EXCLUSIONS};

/// `allowance` is present.
pub const STS_DESIRED_ALLOWANCE: u32 = 8;
/// The partition counts excluded ordinals, too.
pub const STS_DESIRED_PARTITION_BY_ORDINAL: u32 = 16;
/// The pod of an excluded ordinal stays until every desired pod is available.
pub const STS_DESIRED_STAND_IN_FIRST: u32 = 32;
/// Of two pods of one rank the one with the lowest ordinal is replaced first.
pub const STS_DESIRED_LOWEST_FIRST: u32 = 64;
/// Broken pods of old revisions are replaced out of turn: `repair_after_ms` and `repair_beyond_budget` are present.
pub const STS_DESIRED_REPAIR: u32 = 128;
/// They are in STS_MANAGEMENT_ORDERED_READY, too.
pub const STS_DESIRED_REPAIR_ORDERED: u32 = 256;
/// A pod that has not started is broken at once.
pub const STS_DESIRED_REPAIR_PENDING: u32 = 512;
/// `pace_ms` is present.
pub const STS_DESIRED_PACE: u32 = 1024;
/// `deadline_after_ms` and `deadline_then` are present.
pub const STS_DESIRED_DEADLINE: u32 = 2048;

/// A set that is overdue says so in its status, and nothing else follows.
pub const STS_OVERDUE_REPORT: u32 = 0;
/// Its rollout is held as if it were paused. Creation, repairs and scale-in go on.
pub const STS_OVERDUE_HALT: u32 = 1;
/// The rollout is held, and `suggested_revision` of the report names the revision to go back to.
pub const STS_OVERDUE_SUGGEST: u32 = 2;

/// A rollout makes pods again.
pub const STS_IN_PLACE_OFF: u32 = 0;
/// It changes pods where they run if `change` of the pod says that this is possible, and makes the others again.
pub const STS_IN_PLACE_IF_POSSIBLE: u32 = 1;
/// It changes pods where they run if that is possible, and leaves the others as they are.
pub const STS_IN_PLACE_ONLY: u32 = 2;

/// Ranks do not matter.
pub const STS_RANKED_OFF: u32 = 0;
/// A rollout replaces the lowest rank first.
pub const STS_RANKED_ORDER: u32 = 1;
/// The same, and a rank waits until all ranks before it are updated and available.
pub const STS_RANKED_TIERS: u32 = 2;

/// Pods and claims of empty slots are not created.
pub const STS_PAUSED_CREATION: u32 = 1;
/// Pods that are not desired are not deleted.
pub const STS_PAUSED_SCALE_IN: u32 = 2;
/// No pod is replaced for a new revision.
pub const STS_PAUSED_ROLLOUT: u32 = 4;
/// No broken pod is replaced out of turn.
pub const STS_PAUSED_REPAIR: u32 = 8;
/// Pods whose containers have ended are not replaced.
pub const STS_PAUSED_REPLACEMENT: u32 = 16;
/// Nothing at all is done. The status is still published.
pub const STS_PAUSED_ALL: u32 = 31;

/// A pod goes because its ordinal is not desired.
pub const STS_PURPOSE_SCALE_IN: u32 = 1;
/// A pod goes for a new revision, or because somebody asks for it.
pub const STS_PURPOSE_ROLLOUT: u32 = 2;
/// A pod goes because it has ended or is broken.
pub const STS_PURPOSE_REPAIR: u32 = 4;
/// A pod goes because its node is being drained.
pub const STS_PURPOSE_DRAIN: u32 = 8;
/// All of them.
pub const STS_PURPOSE_ALL: u32 = 15;

/// The claims of these ordinals stay, whatever `when_scaled` says.
pub const STS_EXCLUSION_KEEP_CLAIMS: u32 = 1;

const PLACE: Place = Place {
    list: STS_LIST_DESIRED,
    index: 0,
};

impl sts_exclusion {
    fn read(&self, index: usize) -> Result<Exclusion, Fail> {
        let place = Place {
            list: STS_LIST_EXCLUSIONS,
            index,
        };
        place.flags("flags", self.flags, STS_EXCLUSION_KEEP_CLAIMS)?;
        place.reserved("reserved", self.reserved)?;
        Ok(Exclusion {
            first: self.first,
            last: self.last,
            keep_claims: self.flags & STS_EXCLUSION_KEEP_CLAIMS != 0,
        })
    }
}

/// The exclusions, in their order.
pub(crate) fn exclusions(
    records: impl Iterator<Item = sts_exclusion>,
) -> Result<Vec<Exclusion>, Fail> {
    let read = |(index, record): (usize, sts_exclusion)| record.read(index);
    records.enumerate().map(read).collect()
}

impl sts_desired {
    /// The policies, with the exclusions that have been read already.
    pub(crate) fn policies<'a>(&self, excluded: &'a [Exclusion]) -> Result<Policies<'a>, Fail> {
        let has = |flag| self.flags & flag != 0;
        Ok(Policies {
            excluded,
            partition_by: if has(STS_DESIRED_PARTITION_BY_ORDINAL) {
                PartitionBy::Ordinal
            } else {
                PartitionBy::Rank
            },
            stand_in_first: has(STS_DESIRED_STAND_IN_FIRST),
            paused: PLACE.number("paused", self.paused, |bits| {
                Paused::from_bits(u8::try_from(bits).ok()?)
            })?,
            ranked: PLACE.number("ranked", self.ranked, ranked)?,
            ties: if has(STS_DESIRED_LOWEST_FIRST) {
                Ties::LowestFirst
            } else {
                Ties::HighestFirst
            },
            scale_out_limit: limit(
                "scale_out_limit_kind",
                self.scale_out_limit_kind,
                "scale_out_limit",
                self.scale_out_limit,
            )?,
            scale_in_limit: limit(
                "scale_in_limit_kind",
                self.scale_in_limit_kind,
                "scale_in_limit",
                self.scale_in_limit,
            )?,
            allowance: PLACE.optional("allowance", has(STS_DESIRED_ALLOWANCE), self.allowance)?,
            repair: self.repair()?,
            pace: PLACE.optional("pace_ms", has(STS_DESIRED_PACE), self.pace_ms)?,
            deadline: self.deadline()?,
            in_place: PLACE.number("in_place", self.in_place, in_place)?,
            ask: PLACE.number("ask", self.ask, purposes)?,
        })
    }

    fn deadline(&self) -> Result<Option<Deadline>, Fail> {
        let is_on = self.flags & STS_DESIRED_DEADLINE != 0;
        let after = PLACE.optional("deadline_after_ms", is_on, self.deadline_after_ms)?;
        PLACE.optional("deadline_then", is_on, self.deadline_then)?;
        let then = PLACE.number("deadline_then", self.deadline_then, overdue)?;
        Ok(after.map(|after| Deadline { after, then }))
    }

    fn repair(&self) -> Result<Option<Repair>, Fail> {
        let has = |flag| self.flags & flag != 0;
        let is_on = has(STS_DESIRED_REPAIR);
        let settings = self.flags & (STS_DESIRED_REPAIR_ORDERED | STS_DESIRED_REPAIR_PENDING);
        PLACE.optional("flags", is_on, settings)?;
        let after = PLACE.optional("repair_after_ms", is_on, self.repair_after_ms)?;
        let beyond = PLACE.optional("repair_beyond_budget", is_on, self.repair_beyond_budget)?;
        Ok(after.zip(beyond).map(|(after, beyond_budget)| Repair {
            after,
            beyond_budget,
            ordered: has(STS_DESIRED_REPAIR_ORDERED),
            pending: has(STS_DESIRED_REPAIR_PENDING),
        }))
    }
}

pub(crate) fn purposes(bits: u32) -> Option<Purposes> {
    Purposes::from_bits(u8::try_from(bits).ok()?)
}

fn limit(
    kind_field: &'static str,
    kind: u32,
    field: &'static str,
    number: u32,
) -> Result<Option<Limit>, Fail> {
    PLACE.optional(field, kind != STS_LIMIT_NONE, number)?;
    PLACE.number(kind_field, kind, |kind| {
        Some(match kind {
            STS_LIMIT_NONE => None,
            STS_LIMIT_COUNT => Some(Limit::Count(number)),
            STS_LIMIT_PERCENT => Some(Limit::Percent(number)),
            _ => return None,
        })
    })
}

const fn in_place(number: u32) -> Option<InPlace> {
    Some(match number {
        STS_IN_PLACE_OFF => InPlace::Off,
        STS_IN_PLACE_IF_POSSIBLE => InPlace::IfPossible,
        STS_IN_PLACE_ONLY => InPlace::Only,
        _ => return None,
    })
}

const fn overdue(number: u32) -> Option<Overdue> {
    Some(match number {
        STS_OVERDUE_REPORT => Overdue::Report,
        STS_OVERDUE_HALT => Overdue::Halt,
        STS_OVERDUE_SUGGEST => Overdue::Suggest,
        _ => return None,
    })
}

const fn ranked(number: u32) -> Option<Ranked> {
    Some(match number {
        STS_RANKED_OFF => Ranked::Off,
        STS_RANKED_ORDER => Ranked::Order,
        STS_RANKED_TIERS => Ranked::Tiers,
        _ => return None,
    })
}
