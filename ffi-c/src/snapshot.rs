//! The arguments that every call of the facts tier has, translated.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use statefulset::{ClaimTemplate, Desired, Exclusion, Plan};

use crate::desired::sts_desired;
use crate::fail::Fail;
use crate::observed::{Lists, sts_observed};
use crate::pointer::{record, records, sizes};
use crate::policies;
use crate::report::{STS_LIST_DESIRED, STS_LIST_EXCLUSIONS, STS_LIST_OBSERVED};
use crate::sizes::sts_sizes;

/// The desired set and the observed cluster.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) desired: sts_desired,
    pub(crate) templates: Cow<'static, [ClaimTemplate<'static>]>,
    pub(crate) excluded: Vec<Exclusion>,
    pub(crate) lists: Lists,
    /// How long the caller's records are.
    pub(crate) sizes: sts_sizes,
}

impl Snapshot {
    /// # Safety
    /// Each pointer, and each list of `desired` and `observed`, is NULL, misaligned or good for its records, which are as long as
    /// `observed` says.
    pub(crate) unsafe fn read(
        desired: *const sts_desired,
        observed: *const sts_observed,
    ) -> Result<Self, Fail> {
        // SAFETY: by the contract of this function.
        let (sizes, desired, excluded, lists) = unsafe {
            let sizes = sizes(STS_LIST_OBSERVED, observed)?;
            let desired = record(STS_LIST_DESIRED, desired, sizes.desired)?;
            let observed = record(STS_LIST_OBSERVED, observed, sizes.observed)?;
            let excluded = records(
                STS_LIST_EXCLUSIONS,
                desired.exclusions,
                desired.exclusion_count,
                sizes.exclusion,
            )?;
            (sizes, desired, excluded, observed.read()?)
        };
        Ok(Self {
            sizes,
            templates: desired.templates()?,
            desired,
            excluded: policies::exclusions(excluded.iter())?,
            lists,
        })
    }

    /// The set, without names.
    pub(crate) fn desired(&self) -> Result<Desired<'_>, Fail> {
        self.desired.read("", &self.templates, &self.excluded)
    }

    pub(crate) fn plan(&self, now: i64) -> Result<Plan, Fail> {
        Ok(statefulset::plan(
            &self.desired()?,
            &self.lists.observed(),
            now,
        )?)
    }
}
