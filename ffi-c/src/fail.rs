//! Why a call failed, and where in its input.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};

use statefulset::{List, PlanError};

use crate::code::{self, sts_code};
use crate::place::Place;
use crate::report::{
    STS_LIST_ARGUMENT, STS_LIST_CLAIMS, STS_LIST_DESIRED, STS_LIST_EXCLUSIONS, STS_LIST_NONE,
    STS_LIST_PODS, STS_LIST_REACH, STS_LIST_VOLUMES,
};
use crate::total::{total, unknown};

/// A failure on its way into the report. It is one word, so that good calls do not carry room for it around.
#[derive(Debug)]
pub(crate) struct Fail(Box<Details>);

/// What the report says of a failure.
#[derive(Debug)]
pub(crate) struct Details {
    pub(crate) code: sts_code,
    pub(crate) list: u32,
    pub(crate) index: usize,
    pub(crate) field: &'static str,
    pub(crate) message: String,
}

impl Fail {
    /// A failure of a field of an entry of a list.
    #[cold]
    pub(crate) fn new(
        code: sts_code,
        list: u32,
        index: usize,
        field: &'static str,
        message: String,
    ) -> Self {
        Self(Box::new(Details {
            code,
            list,
            index,
            field,
            message,
        }))
    }

    /// A failure of no argument.
    pub(crate) fn of_nothing(code: sts_code, message: String) -> Self {
        Self::new(code, STS_LIST_NONE, 0, "", message)
    }

    /// A failure of an argument that is no list.
    pub(crate) fn of_argument(code: sts_code, name: &'static str, message: String) -> Self {
        Self::new(code, STS_LIST_ARGUMENT, 0, name, message)
    }

    pub(crate) fn details(&self) -> &Details {
        &self.0
    }
}

/// A failure of an argument that is no list; the message begins with its name.
#[cold]
pub(crate) fn argument(code: sts_code, name: &'static str, problem: &str) -> Fail {
    Fail::of_argument(code, name, format!("{name} {problem}"))
}

impl From<PlanError> for Fail {
    fn from(error: PlanError) -> Self {
        let list = list(error.list);
        // Fields as they are called here: with a unit, and none that is a word of C++.
        let field = match (error.list, error.field) {
            (List::Desired, "min_ready") => "min_ready_ms",
            (
                List::Desired,
                "profile.recreate" | "profile.semantic_revisions" | "profile.read_your_writes",
            ) => "profile.flags",
            (List::Desired, "policies.scale_out_limit") => "scale_out_limit",
            (List::Desired, "policies.scale_in_limit") => "scale_in_limit",
            (List::Desired, "policies.repair.after") => "repair_after_ms",
            (List::Desired, "policies.pace") => "pace_ms",
            (List::Desired, "policies.deadline.after") => "deadline_after_ms",
            (List::Desired, "templates") => "template_count",
            (List::Claims, "template") => "template_index",
            (List::Volumes, "reserved") => "claim",
            (_, field) => field,
        };
        let place = Place {
            list,
            index: error.index,
        };
        place.fail(
            code::of_problem(error.problem),
            field,
            &error.problem.to_string(),
        )
    }
}

const fn list(list: List) -> u32 {
    match list {
        List::Desired => STS_LIST_DESIRED,
        List::Pods => STS_LIST_PODS,
        List::Claims => STS_LIST_CLAIMS,
        List::Volumes => STS_LIST_VOLUMES,
        List::Reach => STS_LIST_REACH,
        List::Excluded => STS_LIST_EXCLUSIONS,
        _ => unknown(),
    }
}

total!(list, List);
