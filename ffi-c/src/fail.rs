//! Why a call failed, and where in its input.

use statefulset::{List, PlanError};

use crate::code::{self, sts_code};
use crate::report::{STS_LIST_CLAIMS, STS_LIST_DESIRED, STS_LIST_PODS, STS_LIST_VOLUMES};

/// A failure on its way into the report.
#[derive(Debug)]
pub(crate) struct Fail {
    pub(crate) code: sts_code,
    pub(crate) list: u32,
    pub(crate) index: usize,
    pub(crate) field: &'static str,
    pub(crate) message: String,
}

impl From<PlanError> for Fail {
    fn from(error: PlanError) -> Self {
        Self {
            code: code::of_problem(error.problem),
            list: match error.list {
                List::Desired => STS_LIST_DESIRED,
                List::Pods => STS_LIST_PODS,
                List::Claims => STS_LIST_CLAIMS,
                List::Volumes => STS_LIST_VOLUMES,
            },
            index: error.index,
            field: error.field,
            message: error.to_string(),
        }
    }
}
