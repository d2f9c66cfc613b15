//! Profiles: one value selects the whole behaviour, and every setting can be changed alone.

use crate::all::all;
use crate::time::Millis;
use crate::version::Version;

/// The behaviour of the planner: [`UPSTREAM`](Self::UPSTREAM), [`STANDALONE`](Self::STANDALONE), or one of them with some
/// settings changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Profile {
    /// Which Kubernetes decides. The feature gates below are those of this version: a gate that it does not have must be off.
    pub kubernetes: Version,
    /// Kubernetes' feature gate `MaxUnavailableStatefulSet`: the planner follows `maxUnavailable`.
    pub max_unavailable: bool,
    /// Kubernetes' feature gate `StatefulSetRecreateStrategy`: the planner accepts
    /// [`Strategy::Recreate`](crate::Strategy::Recreate).
    pub recreate: bool,
    /// Kubernetes' feature gate `StatefulSetSemanticRevisionComparison`: two revisions are the same if they differ only in
    /// the API's defaults. Only the Kubernetes tier uses this; in the facts tier a revision is a number.
    pub semantic_revisions: bool,
    /// Kubernetes' feature gate `StaleControllerConsistencyStatefulSet`: wait until the watch has shown every write that
    /// this controller made. Only the Kubernetes tier uses this; in the facts tier the caller sets
    /// [`Observed::fresh`](crate::Observed::fresh) instead.
    pub read_your_writes: bool,
    /// A rolling update is one walk over the pods (rule [U-8](crate::rules#U-8)), whatever this version of Kubernetes does. OpenKruise's
    /// Advanced StatefulSet has this walk.
    pub walk: bool,
    /// The largest number of actions in one plan; waits are not counted. With 0 the plan has no actions (a dry run).
    pub max_actions: u32,
    /// Who shuts the pods down when the set is deleted.
    pub shutdown: Shutdown,
    /// How claims are deleted when a retention policy says so.
    pub give_up: GiveUp,
    /// Whether the plan binds claims to volumes.
    pub bind_claims: bool,
    /// Whether the plan evicts pods from draining nodes.
    pub drain_nodes: bool,
    /// Whether, and how, the plan replaces pods of lost nodes.
    pub lost_nodes: Option<LostNodes>,
    /// Where sets say what they ask for beyond Kubernetes. Only the Kubernetes tier uses this; in the facts tier the caller
    /// sets [`Desired::policies`](crate::Desired::policies) instead.
    pub policies: PolicySource,
}

impl Profile {
    /// The behaviour of [the latest](Version::LATEST) Kubernetes with its default feature gates.
    pub const UPSTREAM: Self = Self::upstream(Version::LATEST);

    /// The same decisions, and the tasks of Kubernetes' other controllers that concern a set: ordered shutdown, deleting and
    /// binding claims, draining nodes, and lost nodes. For hosts on which no other controller runs. A node is lost after
    /// 300,000 ms (5 minutes) of silence.
    pub const STANDALONE: Self = Self {
        shutdown: Shutdown::Ordered,
        give_up: GiveUp::Delete,
        bind_claims: true,
        drain_nodes: true,
        lost_nodes: Some(LostNodes::after(300_000)),
        ..Self::UPSTREAM
    };

    /// Kubernetes' decisions, and those of OpenKruise's Advanced StatefulSet as far as the policies go: `reserveOrdinals`,
    /// `scaleStrategy`, `paused` and `unorderedUpdate` (rule [Y-5](crate::rules#Y-5)), and rollouts that are one walk.
    pub const KRUISE: Self = Self {
        walk: true,
        policies: PolicySource::Kruise,
        ..Self::UPSTREAM
    };

    /// Kubernetes' decisions without `maxUnavailable`, and the two annotations of PingCAP's advanced StatefulSet,
    /// `delete-slots` and `paused-reconcile` (rule [Y-6](crate::rules#Y-6)).
    pub const PINGCAP: Self = Self {
        policies: PolicySource::PingCap,
        ..Self::upstream(Version::V1_33)
    };

    /// Kubernetes' decisions for sets that stand for the zones of one program: those with the same label `rollout-group` are
    /// a group, of which one is disturbed at a time (rules [M-4](crate::rules#M-4) and [Y-4](crate::rules#Y-4)).
    pub const ZONES: Self = Self {
        policies: PolicySource::Zones,
        ..Self::UPSTREAM
    };

    /// The behaviour of this version of Kubernetes with its default feature gates.
    ///
    /// To change a gate, change its field: `Profile { max_unavailable: true, ..Profile::upstream(Version::V1_33) }`.
    pub const fn upstream(kubernetes: Version) -> Self {
        Self {
            kubernetes,
            max_unavailable: kubernetes.limits_unavailable(),
            recreate: kubernetes.recreates(),
            semantic_revisions: kubernetes.compares_meaning(),
            read_your_writes: kubernetes.reads_its_writes(),
            walk: false,
            max_actions: 1011,
            shutdown: Shutdown::Background,
            give_up: GiveUp::OwnerReferences,
            bind_claims: false,
            drain_nodes: false,
            lost_nodes: None,
            policies: PolicySource::Resource,
        }
    }

    /// The same, decided as this version of Kubernetes does with its default feature gates.
    ///
    /// ```
    /// use statefulset::{Profile, Version};
    ///
    /// let profile = Profile::STANDALONE.following(Version::V1_33);
    /// assert!(profile.bind_claims && !profile.max_unavailable);
    /// ```
    #[must_use]
    pub const fn following(self, kubernetes: Version) -> Self {
        let Self {
            max_unavailable,
            recreate,
            semantic_revisions,
            read_your_writes,
            ..
        } = Self::upstream(kubernetes);
        Self {
            kubernetes,
            max_unavailable,
            recreate,
            semantic_revisions,
            read_your_writes,
            ..self
        }
    }

    /// The first of the feature gates that is on although this version of Kubernetes does not have it.
    pub(crate) const fn unknown_gate(&self) -> Option<&'static str> {
        let version = self.kubernetes;
        if self.recreate && !version.knows_recreate() {
            Some("profile.recreate")
        } else if self.semantic_revisions && !version.compares_meaning() {
            Some("profile.semantic_revisions")
        } else if self.read_your_writes && !version.reads_its_writes() {
            Some("profile.read_your_writes")
        } else {
            None
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::UPSTREAM
    }
}

/// Who shuts the pods down when the set is deleted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Shutdown {
    /// Kubernetes' garbage collector deletes them, in any order.
    #[default]
    Background,
    /// The planner deletes them, highest ordinal first. A finalizer keeps the set until the last pod is gone.
    Ordered,
}

all!(
    /// All values.
    Shutdown {
        Background,
        Ordered,
    }
);

/// How claims are deleted when a retention policy says so. The two ways are never mixed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum GiveUp {
    /// The planner sets owner references on the claims, and a garbage collector deletes them.
    #[default]
    OwnerReferences,
    /// The planner deletes them, with [`DeleteClaim`](crate::Do::DeleteClaim).
    Delete,
}

all!(
    /// All values.
    GiveUp {
        OwnerReferences,
        Delete,
    }
);

/// How pods of lost nodes are replaced.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LostNodes {
    /// How long a node must have been unreachable before its pods are deleted gracefully, in milliseconds.
    pub unreachable_after: Millis,
    /// Whether the planner waits until a node that the operator removed has been fenced as well.
    pub require_fence: bool,
}

impl LostNodes {
    /// Pods are deleted gracefully once their node has been unreachable for this long, in milliseconds. A node that the
    /// operator removed need not have been fenced.
    pub const fn after(unreachable_after: Millis) -> Self {
        Self {
            unreachable_after,
            require_fence: false,
        }
    }
}

/// Where sets say what they ask for beyond Kubernetes (rules [Y-1](crate::rules#Y-1) to [Y-6](crate::rules#Y-6)).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum PolicySource {
    /// Only sets of a resource of one's own ask for anything, in their field `spec.policies`.
    #[default]
    Resource,
    /// StatefulSets do so, too, in their annotation `statefulset.dev/policies`.
    Annotations,
    /// The same, and sets with one value of the label `rollout-group` are a group.
    Zones,
    /// Sets have the fields of OpenKruise's Advanced StatefulSet.
    Kruise,
    /// Sets have the annotations of PingCAP's advanced StatefulSet.
    PingCap,
}

all!(
    /// All values.
    PolicySource {
        Resource,
        Annotations,
        Zones,
        Kruise,
        PingCap,
    }
);

impl PolicySource {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Annotations => "annotations",
            Self::Zones => "zones",
            Self::Kruise => "kruise",
            Self::PingCap => "pingcap",
        }
    }
}
