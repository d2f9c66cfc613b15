//! The cluster, as it was last seen.

use alloc::vec::Vec;
use core::mem::{offset_of, size_of};

use crate::budget::sts_budget;
use crate::claim::sts_claim;
use crate::fail::Fail;
use crate::node::sts_node;
use crate::place::Place;
use crate::pod::sts_pod;
use crate::pointer::{Records, records};
use crate::report::{
    STS_LIST_BUDGETS, STS_LIST_CLAIMS, STS_LIST_NODES, STS_LIST_OBSERVED, STS_LIST_PODS,
    STS_LIST_REACH, STS_LIST_VOLUMES,
};
use crate::sizes::{Record, sts_sizes};
use crate::volume::{sts_reach, sts_volume};

/// Your lists are at least as new as your own writes. Without this flag the plan is one wait.
pub const STS_OBSERVED_FRESH: u32 = 1;
/// `claims` is known.
pub const STS_OBSERVED_CLAIMS: u32 = 2;
/// `volumes` is known.
pub const STS_OBSERVED_VOLUMES: u32 = 4;
/// `nodes` is known.
pub const STS_OBSERVED_NODES: u32 = 8;
/// `budgets` is known.
pub const STS_OBSERVED_BUDGETS: u32 = 16;

const FLAGS: u32 = 31;

/// What you see of the cluster. The lists may be in any order. Actions refer to their entries by index.
///
/// Unknown is not the same as empty. A list that you do not know has no flag and a count of 0. It never leads to an
/// eviction, a forced deletion or a deleted claim. A list that you know to be empty has its flag and a count of 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sts_observed {
    /// STS_SIZES: how long the records of your program are.
    pub sizes: sts_sizes,
    /// STS_OBSERVED_*
    pub flags: u32,
    /// Must be 0.
    pub reserved: u32,
    /// The set's pods.
    pub pods: *const sts_pod,
    /// How many.
    pub pod_count: usize,
    /// Claims named after the set's templates, of any ordinal. Optional.
    pub claims: *const sts_claim,
    /// How many.
    pub claim_count: usize,
    /// Volumes that claims may be bound to. Optional.
    pub volumes: *const sts_volume,
    /// How many.
    pub volume_count: usize,
    /// Nodes. Optional.
    pub nodes: *const sts_node,
    /// How many.
    pub node_count: usize,
    /// Disruption budgets. Optional.
    pub budgets: *const sts_budget,
    /// How many.
    pub budget_count: usize,
    /// The nodes of each group that a volume's `reach` names. There is one record for each node of a group, in any
    /// order. A node may be in several groups, and a record may occur twice. A group without a record is reached from
    /// no node. Nodes that no claim refers to may be left out.
    pub reach: *const sts_reach,
    /// How many. It is 0 where no volume has a `reach`, or where the nodes are not known.
    pub reach_count: usize,
}

const _: () = assert!(
    size_of::<sts_observed>() == 40 + 12 * size_of::<usize>()
        && offset_of!(sts_observed, sizes) == 0
        && offset_of!(sts_observed, pods) == 40
);

/// The lists, translated.
#[derive(Debug)]
pub(crate) struct Lists {
    fresh: bool,
    pods: Vec<statefulset::Pod>,
    claims: Option<Vec<statefulset::Claim>>,
    volumes: Option<Vec<statefulset::Volume>>,
    nodes: Option<Vec<statefulset::Node>>,
    budgets: Option<Vec<statefulset::Budget>>,
    reach: Vec<statefulset::Reach>,
}

impl Lists {
    pub(crate) fn observed(&self) -> statefulset::Observed<'_> {
        statefulset::Observed {
            fresh: self.fresh,
            pods: &self.pods,
            claims: self.claims.as_deref(),
            volumes: self.volumes.as_deref(),
            nodes: self.nodes.as_deref(),
            budgets: self.budgets.as_deref(),
            reach: &self.reach,
        }
    }
}

impl sts_observed {
    /// # Safety
    /// `sizes` has been checked. Each list is NULL, misaligned or good for reading its count of records of that size.
    pub(crate) unsafe fn read(&self) -> Result<Lists, Fail> {
        let place = Place {
            list: STS_LIST_OBSERVED,
            index: 0,
        };
        let has = |flag| self.flags & flag != 0;
        place.flags("flags", self.flags, FLAGS)?;
        place.reserved("reserved", self.reserved)?;
        place.optional("claim_count", has(STS_OBSERVED_CLAIMS), self.claim_count)?;
        place.optional("volume_count", has(STS_OBSERVED_VOLUMES), self.volume_count)?;
        place.optional("node_count", has(STS_OBSERVED_NODES), self.node_count)?;
        place.optional("budget_count", has(STS_OBSERVED_BUDGETS), self.budget_count)?;
        // SAFETY: by the contract of this function.
        let (pods, claims, volumes, nodes, budgets, reach) = unsafe {
            (
                records(STS_LIST_PODS, self.pods, self.pod_count, self.sizes.pod)?,
                records(
                    STS_LIST_CLAIMS,
                    self.claims,
                    self.claim_count,
                    self.sizes.claim,
                )?,
                records(
                    STS_LIST_VOLUMES,
                    self.volumes,
                    self.volume_count,
                    self.sizes.volume,
                )?,
                records(STS_LIST_NODES, self.nodes, self.node_count, self.sizes.node)?,
                records(
                    STS_LIST_BUDGETS,
                    self.budgets,
                    self.budget_count,
                    self.sizes.budget,
                )?,
                records(
                    STS_LIST_REACH,
                    self.reach,
                    self.reach_count,
                    self.sizes.reach,
                )?,
            )
        };
        // Of a list that is not known nothing was read: its count is 0.
        Ok(Lists {
            fresh: has(STS_OBSERVED_FRESH),
            pods: each(STS_LIST_PODS, pods, sts_pod::read)?,
            claims: has(STS_OBSERVED_CLAIMS).then_some(each(
                STS_LIST_CLAIMS,
                claims,
                sts_claim::read,
            )?),
            volumes: has(STS_OBSERVED_VOLUMES).then_some(each(
                STS_LIST_VOLUMES,
                volumes,
                sts_volume::read,
            )?),
            nodes: has(STS_OBSERVED_NODES).then_some(each(STS_LIST_NODES, nodes, sts_node::read)?),
            budgets: has(STS_OBSERVED_BUDGETS).then_some(each(
                STS_LIST_BUDGETS,
                budgets,
                sts_budget::read,
            )?),
            reach: each(STS_LIST_REACH, reach, sts_reach::read)?,
        })
    }
}

fn each<C: Record, T>(
    list: u32,
    records: Records<'_, C>,
    read: impl Fn(&C, Place) -> Result<T, Fail>,
) -> Result<Vec<T>, Fail> {
    // Collecting results would not know how many there are, and grow step by step.
    let mut facts = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        facts.push(read(&record, Place { list, index })?);
    }
    Ok(facts)
}
