//! Disruption budgets.

use core::mem::{offset_of, size_of};

use statefulset::Budget;

use crate::fail::Fail;
use crate::place::Place;

/// A pod that is not ready may always be evicted (`unhealthyPodEvictionPolicy: AlwaysAllow`).
pub const STS_BUDGET_UNHEALTHY_ALWAYS: u32 = 1;

/// One disruption budget. Other pods may share it, so the API server has to check it again at each eviction.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_budget {
    /// How many more pods may be disrupted now.
    pub allowed: u32,
    /// How many pods are healthy.
    pub healthy: u32,
    /// How many must stay healthy.
    pub desired_healthy: u32,
    /// STS_BUDGET_*
    pub flags: u32,
    /// Must be 0.
    pub reserved: [u64; 2],
}

const _: () = assert!(size_of::<sts_budget>() == 32 && offset_of!(sts_budget, reserved) == 16);

impl sts_budget {
    pub(crate) fn read(&self, place: Place) -> Result<Budget, Fail> {
        place.flags("flags", self.flags, STS_BUDGET_UNHEALTHY_ALWAYS)?;
        place.reserved("reserved", self.reserved)?;
        Ok(Budget {
            allowed: self.allowed,
            healthy: self.healthy,
            desired_healthy: self.desired_healthy,
            unhealthy_always: self.flags & STS_BUDGET_UNHEALTHY_ALWAYS != 0,
        })
    }
}
