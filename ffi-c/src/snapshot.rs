//! The arguments that every call of the facts tier has, translated.

use std::borrow::Cow;

use statefulset::{ClaimTemplate, Plan};

use crate::desired::sts_desired;
use crate::fail::Fail;
use crate::observed::{Lists, sts_observed};
use crate::pointer::record;
use crate::report::{STS_LIST_DESIRED, STS_LIST_OBSERVED};

/// The desired set and the observed cluster.
#[derive(Debug)]
pub(crate) struct Snapshot<'a> {
    pub(crate) desired: &'a sts_desired,
    pub(crate) templates: Cow<'static, [ClaimTemplate<'static>]>,
    pub(crate) lists: Lists,
}

impl Snapshot<'_> {
    /// # Safety
    /// Each pointer, and each list of `observed`, is NULL, misaligned or good for its records for as long as the
    /// snapshot.
    pub(crate) unsafe fn read(
        desired: *const sts_desired,
        observed: *const sts_observed,
    ) -> Result<Self, Fail> {
        // SAFETY: by the contract of this function.
        let (desired, lists) = unsafe {
            let desired = record(STS_LIST_DESIRED, desired)?;
            (desired, record(STS_LIST_OBSERVED, observed)?.read()?)
        };
        Ok(Self {
            templates: desired.templates()?,
            desired,
            lists,
        })
    }

    pub(crate) fn plan(&self, now: i64) -> Result<Plan, Fail> {
        let desired = self.desired.read("", &self.templates)?;
        Ok(statefulset::plan(&desired, &self.lists.observed(), now)?)
    }
}
