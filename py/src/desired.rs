//! The set that someone wants.

use std::convert::Infallible;

use pyo3::prelude::*;
use pyo3::types::PyAny;
use statefulset::{
    ClaimTemplate, Deletion, Desired, Keep, Limit, Management, Retention, Revision, Rolling,
};

use crate::error::Fault;
use crate::field::{Field, Int, List, NO_NAMES, ONE, SOME_ZERO, ZERO};
use crate::moment::{AT_ONCE, HowLong, Length};
use crate::policies::{NO_POLICIES, Policies};
use crate::profile::{Profile, ProfileArgument, UPSTREAM};
use crate::status::Status;
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    /// One StatefulSet, reduced to what decisions need.
    StatefulSet in "desired" {
        /// Its name. Only `explain` uses it.
        name: String = NO_NAME => String,
        /// The desired number of pods, from 0 to 2147483647.
        replicas: Int => u32,
        /// The revision of the set's template as it is now: a number of the caller's, which the planner only compares.
        update_revision: Int => u64,
        /// The revision that was last rolled out in full. None stands for `update_revision`.
        current_revision: Option<Int> = None => Option<u64>,
        /// The generation of the specification. The status repeats it.
        generation: Int = ONE => i64,
        /// The first ordinal. The last desired one is at most `MAX_ORDINAL`.
        start: Int = ZERO => u32,
        /// Whether pods are created and deleted one after the other.
        management: &str = "OrderedReady" => Word<Management>,
        /// How a new revision reaches existing pods.
        strategy: &str = "RollingUpdate" => Word<Strategy>,
        /// A pod whose index (how many desired ordinals are below its own) is below this keeps its revision. None: the manifest has no rollingUpdate
        /// block; the API server always fills one in.
        partition: Option<Int> = SOME_ZERO => Option<u32>,
        /// How many pods may be unavailable during a rollout: a number, or a percentage such as "25%". None counts as
        /// 1. It is ignored where `partition` is None.
        max_unavailable: Option<LimitArgument> = None => Option<MaxUnavailable>,
        /// How long a pod must have been ready to count as available: a timedelta, or milliseconds; 0 or more.
        min_ready: HowLong = AT_ONCE => Length,
        /// Names of the claims that every pod gets. Only their number matters to the plan; `explain` uses the names.
        templates: Vec<String> = NO_NAMES => List<String>,
        /// What happens to the claims when the set is deleted.
        when_deleted: &str = "Retain" => Word<Keep>,
        /// What happens to a pod's claims when the set is scaled in.
        when_scaled: &str = "Retain" => Word<Keep>,
        /// Whether the set is being deleted, and how.
        deletion: &str = "no" => Word<Deletion>,
        /// Whether the set has the library's finalizer, which ordered shutdown needs.
        finalizer_held: bool = false => bool,
        /// The status as it is published now, if there is one.
        published: Option<Status> = None => Option<Status>,
        /// Which behaviour the planner has: a `Profile`, or the name of one, such as "standalone".
        profile: ProfileArgument = UPSTREAM => Profile,
        /// What the set asks for beyond Kubernetes.
        policies: Policies = NO_POLICIES => Policies,
    }
}

const NO_NAME: String = String::new();

impl StatefulSet {
    /// The set as the planner knows it, for as long as `work` takes. `explain` uses the names.
    pub(crate) fn lend<T>(&self, work: impl FnOnce(&Desired<'_>) -> T) -> T {
        let names = self.templates.0.iter();
        let templates: Vec<_> = names.map(|name| ClaimTemplate { name }).collect();
        let excluded = self.policies.exclusions();
        work(&self.fact(&templates, &excluded))
    }

    fn fact<'a>(
        &'a self,
        templates: &'a [ClaimTemplate<'a>],
        excluded: &'a [statefulset::Exclusion],
    ) -> Desired<'a> {
        let update = Revision(self.update_revision);
        let rolling = self.partition.map(|partition| Rolling {
            partition,
            max_unavailable: self.max_unavailable.map(|limit| limit.0),
        });
        Desired {
            name: &self.name,
            generation: self.generation,
            replicas: self.replicas,
            start: self.start,
            management: self.management.0,
            strategy: match self.strategy.0 {
                Strategy::RollingUpdate => statefulset::Strategy::RollingUpdate(rolling),
                Strategy::OnDelete => statefulset::Strategy::OnDelete,
                Strategy::Recreate => statefulset::Strategy::Recreate,
            },
            min_ready: self.min_ready.0,
            templates,
            retention: Retention {
                when_deleted: self.when_deleted.0,
                when_scaled: self.when_scaled.0,
            },
            deletion: self.deletion.0,
            finalizer_held: self.finalizer_held,
            current: self.current_revision.map_or(update, Revision),
            update,
            published: self.published.as_ref().map(Status::fact),
            profile: self.profile.fact(),
            policies: self.policies.fact(excluded),
        }
    }
}

/// The strategy's name; its block is two fields of the set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Strategy {
    RollingUpdate,
    OnDelete,
    Recreate,
}
spelled!(Strategy {
    RollingUpdate = "RollingUpdate",
    OnDelete = "OnDelete",
    Recreate = "Recreate",
});

/// A number, or per cent as text.
#[derive(FromPyObject)]
pub(crate) enum LimitArgument {
    #[pyo3(transparent, annotation = "int")]
    Count(Int),
    #[pyo3(transparent, annotation = "str")]
    Percent(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct MaxUnavailable(pub(crate) Limit);

impl Field<LimitArgument> for MaxUnavailable {
    fn read(argument: LimitArgument) -> Result<Self, Fault> {
        match argument {
            LimitArgument::Count(count) => u32::read(count).map(Limit::Count),
            LimitArgument::Percent(text) => text
                .strip_suffix('%')
                .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|digits| digits.parse().ok())
                .map(Limit::Percent)
                .ok_or_else(|| {
                    let problem =
                        format!("must be a number or per cent such as \"25%\", not {text:?}");
                    Fault::new("unknown-word", problem)
                }),
        }
        .map(Self)
    }
}

impl<'py> IntoPyObject<'py> for MaxUnavailable {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(match self.0 {
            Limit::Count(count) => count.into_pyobject(py)?.into_any(),
            Limit::Percent(percent) => format!("{percent}%").into_pyobject(py)?.into_any(),
            // Made by `read` above, of one of those two.
            _ => unreachable!("a limit of another kind"),
        })
    }
}
