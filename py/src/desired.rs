//! The set that someone wants.

use std::convert::Infallible;

use pyo3::prelude::*;
use pyo3::types::PyAny;
use statefulset::{
    ClaimTemplate, Deletion, Desired, Keep, Limit, Management, Profile, Retention, Revision,
    Rolling,
};

use crate::field::{Field, Int, ONE, SOME_ZERO, ZERO};
use crate::status::Status;
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    /// What someone wants: one set, reduced to what decisions need.
    StatefulSet in "desired" {
        /// Number of pods wanted.
        replicas: Int => u32,
        /// The revision of the set's template now: a number of the caller's, compared for equality only.
        update_revision: Int => u64,
        /// The revision that was last rolled out in full; None is `update_revision`.
        current_revision: Option<Int> = None => Option<u64>,
        /// Version of the specification; the status repeats it.
        generation: Int = ONE => i64,
        /// The first ordinal.
        start: Int = ZERO => u32,
        /// Whether pods start and stop one after the other.
        management: &str = "OrderedReady" => Word<Management>,
        /// How a new revision reaches existing pods.
        strategy: &str = "RollingUpdate" => Word<Strategy>,
        /// Pods whose ordinal less `start` is below this keep their revision. None: there is no rollingUpdate block,
        /// which the API server never leaves out.
        partition: Option<Int> = SOME_ZERO => Option<u32>,
        /// How many pods may be unavailable during a rollout: a number, or per cent such as "25%". None is 1.
        max_unavailable: Option<LimitArgument> = None => Option<MaxUnavailable>,
        /// How long a pod must have been ready to count as available, in milliseconds.
        min_ready_ms: Int = ZERO => i64,
        /// How many claims every pod gets.
        templates: Int = ZERO => u16,
        /// What becomes of claims when the set is deleted.
        when_deleted: &str = "Retain" => Word<Keep>,
        /// What becomes of claims when the set is scaled in.
        when_scaled: &str = "Retain" => Word<Keep>,
        /// Whether the set is being deleted, and how.
        deletion: &str = "no" => Word<Deletion>,
        /// Whether the set carries the library's finalizer.
        finalizer_held: bool = false => bool,
        /// The status as it stands published, if any.
        published: Option<Status> = None => Option<Status>,
        /// Which behaviour: "upstream" is Kubernetes' own, "standalone" has more duties.
        profile: &str = "upstream" => Word<Behaviour>,
        /// Kubernetes' gate `StatefulSetRecreateStrategy`: whether strategy "Recreate" is known.
        recreate: bool = false => bool,
        /// At most so many actions in one plan, waits not counted; 0 is a dry run, None as many as the profile says.
        max_actions: Option<Int> = None => Option<u32>,
    }
}

impl StatefulSet {
    pub(crate) fn fact<'a>(&self, templates: &'a [ClaimTemplate<'a>]) -> Desired<'a> {
        let update = Revision(self.update_revision);
        let rolling = self.partition.map(|partition| Rolling {
            partition,
            max_unavailable: self.max_unavailable.map(|limit| limit.0),
        });
        let profile = match self.profile.0 {
            Behaviour::Upstream => Profile::UPSTREAM,
            Behaviour::Standalone => Profile::STANDALONE,
        };
        Desired {
            // Only sentences need names.
            name: "",
            generation: self.generation,
            replicas: self.replicas,
            start: self.start,
            management: self.management.0,
            strategy: match self.strategy.0 {
                Strategy::RollingUpdate => statefulset::Strategy::RollingUpdate(rolling),
                Strategy::OnDelete => statefulset::Strategy::OnDelete,
                Strategy::Recreate => statefulset::Strategy::Recreate,
            },
            min_ready: self.min_ready_ms,
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
            profile: Profile {
                max_actions: self.max_actions.unwrap_or(profile.max_actions),
                recreate: profile.recreate || self.recreate,
                ..profile
            },
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

/// The profile's name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Behaviour {
    Upstream,
    Standalone,
}
spelled!(Behaviour { Upstream = "upstream", Standalone = "standalone" });

/// A number, or per cent as text.
#[derive(FromPyObject)]
pub(crate) enum LimitArgument {
    #[pyo3(transparent, annotation = "int")]
    Count(Int),
    #[pyo3(transparent, annotation = "str")]
    Percent(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct MaxUnavailable(Limit);

impl Field<LimitArgument> for MaxUnavailable {
    fn read(argument: LimitArgument) -> Result<Self, String> {
        match argument {
            LimitArgument::Count(count) => u32::read(count).map(Limit::Count),
            LimitArgument::Percent(text) => text
                .strip_suffix('%')
                .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|digits| digits.parse().ok())
                .map(Limit::Percent)
                .ok_or_else(|| {
                    format!("must be a number or per cent such as \"25%\", not {text:?}")
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
        })
    }
}
