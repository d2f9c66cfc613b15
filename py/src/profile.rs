//! Profiles: one value names the whole behaviour, each knob can still be set alone.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use statefulset::{GiveUp, LostNodes, PolicySource, Shutdown, Version};

use crate::error::Fault;
use crate::field::{Field, Int};
use crate::moment::{HowLong, Length};
use crate::value::value_class;
use crate::word::{Word, parse, spelled};

value_class! {
    /// Which behaviour the planner has. `Profile()` is Kubernetes 1.37 with its default feature gates, and
    /// `Profile.upstream("1.33")` is another version with its own.
    Profile in "desired" {
        /// Which Kubernetes decides, such as "1.33". The gates below are those of this version: one that it does not have
        /// must be off.
        kubernetes: &str = "1.37" => Word<Version>,
        /// Kubernetes' gate `MaxUnavailableStatefulSet`: whether `max_unavailable` is honoured.
        max_unavailable: bool = true => bool,
        /// Kubernetes' gate `StatefulSetRecreateStrategy`: whether strategy "Recreate" is known.
        recreate: bool = false => bool,
        /// Kubernetes' gate `StatefulSetSemanticRevisionComparison`: whether two revisions are the same if they differ
        /// only in defaults of the API. Only a Cluster uses it.
        semantic_revisions: bool = true => bool,
        /// Kubernetes' gate `StaleControllerConsistencyStatefulSet`: whether to wait until the watch has shown every
        /// write that this controller made. Only a Cluster uses it. For plan() set `Observed.fresh` instead.
        read_your_writes: bool = true => bool,
        /// Whether a rolling update is one walk over the pods, as in OpenKruise's Advanced StatefulSet, whatever this
        /// version of Kubernetes does.
        walk: bool = false => bool,
        /// The largest number of actions in one plan. Waits do not count. 0 is a dry run.
        max_actions: Int = MAX_ACTIONS => u32,
        /// Who deletes the pods of a deleted set: something else, in any order ("background"), or the plan, the highest
        /// ordinal first ("ordered").
        shutdown: &str = "background" => Word<Shutdown>,
        /// How a claim is deleted when the retention policy says Delete: it gets an owner reference and a garbage
        /// collector deletes it ("owner-references"), or the plan deletes it ("delete").
        give_up: &str = "owner-references" => Word<GiveUp>,
        /// Whether the plan binds claims to volumes.
        bind_claims: bool = false => bool,
        /// Whether the plan evicts pods from draining nodes.
        drain_nodes: bool = false => bool,
        /// How long a node must have been unreachable before the plan deletes its pods: a timedelta, or milliseconds.
        /// None: the plan does not replace the pods of lost nodes.
        unreachable_after: Option<HowLong> = None => Option<Length>,
        /// Whether a node that the operator removed must have been fenced as well before its pods are replaced.
        require_fence: bool = false => bool,
        /// Where sets say what they ask for beyond Kubernetes: only sets of a resource of one's own, in their field
        /// `spec.policies` ("resource"); StatefulSets in their annotation `statefulset.dev/policies`, too ("annotations");
        /// the same, with the label `rollout-group` for groups ("zones"); in the fields of OpenKruise's Advanced StatefulSet
        /// ("kruise"); or in the annotations of PingCAP's advanced StatefulSet ("pingcap"). Only a Cluster uses it. For
        /// plan() set `Desired.policies` instead.
        policies: &str = "resource" => Word<PolicySource>,
    }
    more {
        /// The decisions of a version of Kubernetes with its default feature gates.
        ///
        /// Args:
        ///     kubernetes: a minor version, such as "1.33", or what a cluster says of itself, such as "v1.33.5-gke.100".
        ///
        /// Raises:
        ///     ValueError: it is no version from 1.28 to 1.38.
        #[staticmethod]
        fn upstream(kubernetes: &str) -> PyResult<Self> {
            let version = version("kubernetes", kubernetes)?;
            Ok(Self::of(statefulset::Profile::upstream(version)))
        }

        /// The decisions of Kubernetes 1.37 with its default feature gates.
        #[classattr]
        const UPSTREAM: Self = Self::of(statefulset::Profile::UPSTREAM);

        /// The same decisions for a host on which no other controller runs. The plan then also does what other
        /// controllers do on a cluster: it binds claims, deletes the pods of a deleted set in order, deletes claims,
        /// and replaces the pods of draining and of lost nodes.
        #[classattr]
        const STANDALONE: Self = Self::of(statefulset::Profile::STANDALONE);

        /// Kubernetes' decisions, and those of OpenKruise's Advanced StatefulSet as far as the policies go. Rollouts are one
        /// walk.
        #[classattr]
        const KRUISE: Self = Self::of(statefulset::Profile::KRUISE);

        /// Kubernetes' decisions without `max_unavailable`, and the annotations of PingCAP's advanced StatefulSet.
        #[classattr]
        const PINGCAP: Self = Self::of(statefulset::Profile::PINGCAP);

        /// Kubernetes' decisions for sets that stand for the zones of one program, of which one is disturbed at a time.
        #[classattr]
        const ZONES: Self = Self::of(statefulset::Profile::ZONES);
    }
}

const MAX_ACTIONS: Int = Int(statefulset::Profile::UPSTREAM.max_actions as i128);

impl Profile {
    const fn of(profile: statefulset::Profile) -> Self {
        let (unreachable_after, require_fence) = match profile.lost_nodes {
            Some(lost) => (Some(Length(lost.unreachable_after)), lost.require_fence),
            None => (None, false),
        };
        Self {
            kubernetes: Word(profile.kubernetes),
            max_unavailable: profile.max_unavailable,
            recreate: profile.recreate,
            semantic_revisions: profile.semantic_revisions,
            read_your_writes: profile.read_your_writes,
            walk: profile.walk,
            max_actions: profile.max_actions,
            shutdown: Word(profile.shutdown),
            give_up: Word(profile.give_up),
            bind_claims: profile.bind_claims,
            drain_nodes: profile.drain_nodes,
            unreachable_after,
            require_fence,
            policies: Word(profile.policies),
        }
    }

    pub(crate) fn fact(&self) -> statefulset::Profile {
        statefulset::Profile {
            kubernetes: self.kubernetes.0,
            max_unavailable: self.max_unavailable,
            recreate: self.recreate,
            semantic_revisions: self.semantic_revisions,
            read_your_writes: self.read_your_writes,
            walk: self.walk,
            max_actions: self.max_actions,
            shutdown: self.shutdown.0,
            give_up: self.give_up.0,
            bind_claims: self.bind_claims,
            drain_nodes: self.drain_nodes,
            lost_nodes: self.unreachable_after.map(|after| LostNodes {
                unreachable_after: after.0,
                require_fence: self.require_fence,
            }),
            policies: self.policies.0,
        }
    }
}

/// The version that an argument names.
pub(crate) fn version(argument: &str, text: &str) -> PyResult<Version> {
    text.parse()
        .map_err(|error| PyValueError::new_err(format!("{argument}: {error}, found {text:?}")))
}

spelled!(planner Version {
    V1_28_0 = "1.28.0",
    V1_28_4 = "1.28.4",
    V1_28 = "1.28",
    V1_29 = "1.29",
    V1_30 = "1.30",
    V1_31 = "1.31",
    V1_32 = "1.32",
    V1_33 = "1.33",
    V1_34_0 = "1.34.0",
    V1_34 = "1.34",
    V1_35_0 = "1.35.0",
    V1_35 = "1.35",
    V1_36 = "1.36",
    V1_37 = "1.37",
    V1_38 = "1.38",
});
spelled!(planner Shutdown { Background = "background", Ordered = "ordered" });
spelled!(planner PolicySource {
    Resource = "resource",
    Annotations = "annotations",
    Zones = "zones",
    Kruise = "kruise",
    PingCap = "pingcap",
});
spelled!(planner GiveUp { OwnerReferences = "owner-references", Delete = "delete" });

/// What Python passes: a profile, or the name of one.
#[derive(FromPyObject)]
pub(crate) enum ProfileArgument {
    #[pyo3(transparent, annotation = "Profile")]
    Whole(Profile),
    #[pyo3(transparent, annotation = "str")]
    Name(String),
}

impl ProfileArgument {
    /// What the argument `profile` stands for.
    pub(crate) fn fact(self, py: Python<'_>) -> PyResult<statefulset::Profile> {
        let profile = Profile::read(self).map_err(|fault| fault.of_argument(py, "profile"))?;
        Ok(profile.fact())
    }
}

/// Default of an argument.
pub(crate) const UPSTREAM: ProfileArgument = ProfileArgument::Whole(Profile::UPSTREAM);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Upstream,
    Standalone,
    Kruise,
    PingCap,
    Zones,
}
spelled!(Name {
    Upstream = "upstream",
    Standalone = "standalone",
    Kruise = "kruise",
    PingCap = "pingcap",
    Zones = "zones",
});

impl Field<ProfileArgument> for Profile {
    fn read(argument: ProfileArgument) -> Result<Self, Fault> {
        match argument {
            ProfileArgument::Whole(profile) => Ok(profile),
            ProfileArgument::Name(name) => Ok(match parse(&name)? {
                Name::Upstream => Self::UPSTREAM,
                Name::Standalone => Self::STANDALONE,
                Name::Kruise => Self::KRUISE,
                Name::PingCap => Self::PINGCAP,
                Name::Zones => Self::ZONES,
            }),
        }
    }
}
