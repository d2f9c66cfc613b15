//! The names of causes.

use serde::{Serialize, Serializer};

use super::cause::Weight;
use crate::all::all;

/// The causes by name. Slugs are never renamed or reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum CauseName {
    /// A broken pod that `OrderedReady` never replaces (kubernetes#67250).
    BrokenRevision,
    /// Scale-in waits for an unhealthy pod: the one that is to be deleted, or one with a lower ordinal (rule [D-3](crate::rules#D-3)).
    UnhealthyLeaver,
    /// It is not known since when a pod is ready, so `minReadySeconds` never ends by itself.
    ReadySinceMissing,
    /// A pod below the partition is not available, and uses up what `maxUnavailable` allows.
    UnavailableBelowPartition,
    /// The update strategy is not switched on.
    UnknownStrategy,
    /// Another object has the name of one of the set's pods.
    NameSquatter,
    /// An object of the set cannot be read.
    UnreadableObject,
    /// A claim is being deleted, and must be gone before its pod can be created. It is a remark if the pod still runs.
    TerminatingClaim,
    /// A claim has no volume, or does not exist.
    UnboundClaim,
    /// The provisioner of a claim's storage class does not make a volume for it.
    ProvisioningFailed,
    /// A quota does not allow what is to be created.
    QuotaExceeded,
    /// An admission webhook refuses what is to be written, or does not answer.
    WebhookRefuses,
    /// The service account of the pods does not exist.
    ServiceAccountMissing,
    /// The pods are against the pod security standard of their namespace.
    PodSecurity,
    /// The namespace is being deleted, and nothing can be created in it.
    NamespaceTerminating,
    /// The controller lacks the permission to write.
    NotPermitted,
    /// The API server finds what is to be written invalid.
    InvalidObject,
    /// The API server refuses what is to be written, for another reason.
    Refused,
    /// The volumes of a pod are not those of the claim templates, and volumes of a pod cannot be changed.
    ImmutableVolumes,
    /// Something is due, nothing speaks against it, and nobody does it.
    NotActedOn,
    /// No node that takes pods reaches a volume of the pod.
    VolumeOutOfReach,
    /// The scheduler finds no node for the pod.
    NoNodeFits,
    /// A gate keeps the pod from being scheduled.
    SchedulingGate,
    /// No scheduler has looked at the pod.
    NoScheduler,
    /// An init container fails.
    InitContainerFails,
    /// An init container has not come to an end.
    InitContainerRuns,
    /// A sidecar (an init container that goes on running) fails or does not start.
    SidecarFails,
    /// The image of a container cannot be pulled.
    ImageNotPulled,
    /// A Secret or a ConfigMap that a container needs is missing, or has not the key.
    ConfigurationMissing,
    /// A container cannot be created or started.
    ContainerNotCreated,
    /// A volume of the pod is still attached to another node.
    VolumeAttachedElsewhere,
    /// A volume of the pod cannot be attached or mounted.
    VolumeNotMounted,
    /// The pod's network or sandbox cannot be set up.
    SandboxFails,
    /// The containers have not been created, and nothing says why.
    ContainersNotCreated,
    /// A container ends again and again. It is a remark if the pod is ready at the moment.
    ContainerCrashes,
    /// A pod fails as a whole, as one that is evicted does, and is made again.
    PodFails,
    /// A container runs, and its readiness probe fails.
    ProbeFails,
    /// A container runs, and its startup probe has not succeeded.
    StartupProbeFails,
    /// The first pod is not ready, and `OrderedReady` does not create those that its probe may ask for.
    OrderedReadyProbe,
    /// A condition that the pod's readiness gates ask for is not set.
    ReadinessGate,
    /// A node with pods of the set does not report.
    UnreachableNode,
    /// The node of a pod is not ready.
    NodeNotReady,
    /// A pod is being deleted, and a finalizer holds it.
    PodFinalizer,
    /// A pod is being deleted, and its kubelet has not ended it within its grace period.
    TerminationOverdue,
    /// The set is being deleted, and waits for its dependents to be gone.
    ForegroundDeletion,
    /// The set is being deleted, and a finalizer holds it.
    SetFinalizer,
    /// A node cannot be drained, because a disruption budget allows no disruption. It is a remark where the
    /// planner itself drains no nodes.
    BlockedDrain,
    /// A partition holds pods back.
    Partition,
    /// `OnDelete`: pods stay as they are until somebody deletes them.
    OnDelete,
    /// The set's policies pause what it would do.
    Paused,
    /// The set's policies leave out ordinals, and others stand in.
    Excluded,
    /// A pod is held, and does not go for some purposes.
    Held,
    /// A pod was asked to prepare for its end, or told that it stays, and has not answered.
    Preparing,
    /// Other sets of the set's group are disturbed, or come first.
    GroupDisturbed,
    /// An available pod was taken away a short time ago, and the set's pace lets no other one go yet.
    Pace,
    /// The set has gone too long without progress, as its deadline has it.
    Overdue,
    /// Pods would have to be made again, and the set's policy lets a rollout change them only where they run.
    NotInPlace,
    /// A pod was changed where it runs, and does not run yet as it was told to.
    Changing,
    /// A pod says its rank in a way that cannot be understood.
    RankUnreadable,
    /// An annotation of a pod that says what becomes of it cannot be understood.
    MarkUnreadable,
    /// A node with pods of the set takes no new pods.
    CordonedNode,
    /// A pod is being deleted, and its grace period is not over.
    GracePeriod,
    /// A pod is ready, and has not been for as long as `minReadySeconds` asks.
    MinReadySeconds,
    /// The governing Service of the set does not exist.
    ServiceMissing,
    /// Pods answer to the name of another Service than the set names.
    ServiceRenamed,
    /// Another set has the same selector.
    SharedSelector,
}

all!(
    /// All values.
    CauseName {
        BrokenRevision,
        UnhealthyLeaver,
        ReadySinceMissing,
        UnavailableBelowPartition,
        UnknownStrategy,
        NameSquatter,
        UnreadableObject,
        TerminatingClaim,
        UnboundClaim,
        ProvisioningFailed,
        QuotaExceeded,
        WebhookRefuses,
        ServiceAccountMissing,
        PodSecurity,
        NamespaceTerminating,
        NotPermitted,
        InvalidObject,
        Refused,
        ImmutableVolumes,
        NotActedOn,
        VolumeOutOfReach,
        NoNodeFits,
        SchedulingGate,
        NoScheduler,
        InitContainerFails,
        InitContainerRuns,
        SidecarFails,
        ImageNotPulled,
        ConfigurationMissing,
        ContainerNotCreated,
        VolumeAttachedElsewhere,
        VolumeNotMounted,
        SandboxFails,
        ContainersNotCreated,
        ContainerCrashes,
        PodFails,
        ProbeFails,
        StartupProbeFails,
        OrderedReadyProbe,
        ReadinessGate,
        UnreachableNode,
        NodeNotReady,
        PodFinalizer,
        TerminationOverdue,
        ForegroundDeletion,
        SetFinalizer,
        BlockedDrain,
        Partition,
        OnDelete,
        Paused,
        Excluded,
        Held,
        Preparing,
        GroupDisturbed,
        Pace,
        Overdue,
        NotInPlace,
        Changing,
        RankUnreadable,
        MarkUnreadable,
        CordonedNode,
        GracePeriod,
        MinReadySeconds,
        ServiceMissing,
        ServiceRenamed,
        SharedSelector,
    }
);

impl CauseName {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::BrokenRevision => "broken-revision",
            Self::UnhealthyLeaver => "unhealthy-leaver",
            Self::ReadySinceMissing => "ready-since-missing",
            Self::UnavailableBelowPartition => "unavailable-below-partition",
            Self::UnknownStrategy => "unknown-strategy",
            Self::NameSquatter => "name-squatter",
            Self::UnreadableObject => "unreadable-object",
            Self::TerminatingClaim => "terminating-claim",
            Self::UnboundClaim => "unbound-claim",
            Self::ProvisioningFailed => "provisioning-failed",
            Self::QuotaExceeded => "quota-exceeded",
            Self::WebhookRefuses => "webhook-refuses",
            Self::ServiceAccountMissing => "service-account-missing",
            Self::PodSecurity => "pod-security",
            Self::NamespaceTerminating => "namespace-terminating",
            Self::NotPermitted => "not-permitted",
            Self::InvalidObject => "invalid-object",
            Self::Refused => "refused",
            Self::ImmutableVolumes => "immutable-volumes",
            Self::NotActedOn => "not-acted-on",
            Self::VolumeOutOfReach => "volume-out-of-reach",
            Self::NoNodeFits => "no-node-fits",
            Self::SchedulingGate => "scheduling-gate",
            Self::NoScheduler => "no-scheduler",
            Self::InitContainerFails => "init-container-fails",
            Self::InitContainerRuns => "init-container-runs",
            Self::SidecarFails => "sidecar-fails",
            Self::ImageNotPulled => "image-not-pulled",
            Self::ConfigurationMissing => "configuration-missing",
            Self::ContainerNotCreated => "container-not-created",
            Self::VolumeAttachedElsewhere => "volume-attached-elsewhere",
            Self::VolumeNotMounted => "volume-not-mounted",
            Self::SandboxFails => "sandbox-fails",
            Self::ContainersNotCreated => "containers-not-created",
            Self::ContainerCrashes => "container-crashes",
            Self::PodFails => "pod-fails",
            Self::ProbeFails => "probe-fails",
            Self::StartupProbeFails => "startup-probe-fails",
            Self::OrderedReadyProbe => "ordered-ready-probe",
            Self::ReadinessGate => "readiness-gate",
            Self::UnreachableNode => "unreachable-node",
            Self::NodeNotReady => "node-not-ready",
            Self::PodFinalizer => "pod-finalizer",
            Self::TerminationOverdue => "termination-overdue",
            Self::ForegroundDeletion => "foreground-deletion",
            Self::SetFinalizer => "set-finalizer",
            Self::BlockedDrain => "blocked-drain",
            Self::Partition => "partition",
            Self::OnDelete => "on-delete",
            Self::Paused => "paused",
            Self::Excluded => "excluded",
            Self::Held => "held",
            Self::Preparing => "preparing",
            Self::GroupDisturbed => "group-disturbed",
            Self::Pace => "pace",
            Self::Overdue => "overdue",
            Self::NotInPlace => "not-in-place",
            Self::Changing => "changing",
            Self::RankUnreadable => "rank-unreadable",
            Self::MarkUnreadable => "mark-unreadable",
            Self::CordonedNode => "cordoned-node",
            Self::GracePeriod => "grace-period",
            Self::MinReadySeconds => "min-ready-seconds",
            Self::ServiceMissing => "service-missing",
            Self::ServiceRenamed => "service-renamed",
            Self::SharedSelector => "shared-selector",
        }
    }

    /// What it means, in one sentence.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::BrokenRevision => {
                "A broken pod that OrderedReady never replaces (kubernetes#67250)."
            }
            Self::UnhealthyLeaver => {
                "Scale-in waits for an unhealthy pod: the one that is to be deleted, or one with a lower ordinal (rule D-3)."
            }
            Self::ReadySinceMissing => {
                "It is not known since when a pod is ready, so minReadySeconds never ends by itself."
            }
            Self::UnavailableBelowPartition => {
                "A pod below the partition is not available, and uses up what maxUnavailable allows."
            }
            Self::UnknownStrategy => "The update strategy is not switched on.",
            Self::NameSquatter => "Another object has the name of one of the set's pods.",
            Self::UnreadableObject => "An object of the set cannot be read.",
            Self::TerminatingClaim => {
                "A claim is being deleted, and must be gone before its pod can be created."
            }
            Self::UnboundClaim => "A claim has no volume, or does not exist.",
            Self::ProvisioningFailed => {
                "The provisioner of a claim's storage class does not make a volume for it."
            }
            Self::QuotaExceeded => "A quota does not allow what is to be created.",
            Self::WebhookRefuses => {
                "An admission webhook refuses what is to be written, or does not answer."
            }
            Self::ServiceAccountMissing => "The service account of the pods does not exist.",
            Self::PodSecurity => {
                "The pods are against the pod security standard of their namespace."
            }
            Self::NamespaceTerminating => {
                "The namespace is being deleted, and nothing can be created in it."
            }
            Self::NotPermitted => "The controller lacks the permission to write.",
            Self::InvalidObject => "The API server finds what is to be written invalid.",
            Self::Refused => "The API server refuses what is to be written, for another reason.",
            Self::ImmutableVolumes => {
                "The volumes of a pod are not those of the claim templates, and volumes of a pod cannot be changed."
            }
            Self::NotActedOn => "Something is due, nothing speaks against it, and nobody does it.",
            Self::VolumeOutOfReach => "No node that takes pods reaches a volume of the pod.",
            Self::NoNodeFits => "The scheduler finds no node for the pod.",
            Self::SchedulingGate => "A gate keeps the pod from being scheduled.",
            Self::NoScheduler => "No scheduler has looked at the pod.",
            Self::InitContainerFails => "An init container fails.",
            Self::InitContainerRuns => "An init container has not come to an end.",
            Self::SidecarFails => {
                "A sidecar (an init container that goes on running) fails or does not start."
            }
            Self::ImageNotPulled => "The image of a container cannot be pulled.",
            Self::ConfigurationMissing => {
                "A Secret or a ConfigMap that a container needs is missing, or has not the key."
            }
            Self::ContainerNotCreated => "A container cannot be created or started.",
            Self::VolumeAttachedElsewhere => {
                "A volume of the pod is still attached to another node."
            }
            Self::VolumeNotMounted => "A volume of the pod cannot be attached or mounted.",
            Self::SandboxFails => "The pod's network or sandbox cannot be set up.",
            Self::ContainersNotCreated => {
                "The containers have not been created, and nothing says why."
            }
            Self::ContainerCrashes => "A container ends again and again.",
            Self::PodFails => {
                "A pod fails as a whole, as one that is evicted does, and is made again."
            }
            Self::ProbeFails => "A container runs, and its readiness probe fails.",
            Self::StartupProbeFails => "A container runs, and its startup probe has not succeeded.",
            Self::OrderedReadyProbe => {
                "The first pod is not ready, and OrderedReady does not create those that its probe may ask for."
            }
            Self::ReadinessGate => "A condition that the pod's readiness gates ask for is not set.",
            Self::UnreachableNode => "A node with pods of the set does not report.",
            Self::NodeNotReady => "The node of a pod is not ready.",
            Self::PodFinalizer => "A pod is being deleted, and a finalizer holds it.",
            Self::TerminationOverdue => {
                "A pod is being deleted, and its kubelet has not ended it within its grace period."
            }
            Self::ForegroundDeletion => {
                "The set is being deleted, and waits for its dependents to be gone."
            }
            Self::SetFinalizer => "The set is being deleted, and a finalizer holds it.",
            Self::BlockedDrain => {
                "A node cannot be drained, because a disruption budget allows no disruption. It is a remark where the planner itself drains no nodes."
            }
            Self::Partition => "A partition holds pods back.",
            Self::OnDelete => "OnDelete: pods stay as they are until somebody deletes them.",
            Self::Paused => "The set's policies pause what it would do.",
            Self::Excluded => "The set's policies leave out ordinals, and others stand in.",
            Self::Held => "A pod is held, and does not go for some purposes.",
            Self::Preparing => {
                "A pod was asked to prepare for its end, or told that it stays, and has not answered."
            }
            Self::GroupDisturbed => "Other sets of the set's group are disturbed, or come first.",
            Self::Pace => {
                "An available pod was taken away a short time ago, and the set's pace lets no other one go yet."
            }
            Self::Overdue => "The set has gone too long without progress, as its deadline has it.",
            Self::NotInPlace => {
                "Pods would have to be made again, and the set's policy lets a rollout change them only where they run."
            }
            Self::Changing => {
                "A pod was changed where it runs, and does not run yet as it was told to."
            }
            Self::RankUnreadable => "A pod says its rank in a way that cannot be understood.",
            Self::MarkUnreadable => {
                "An annotation of a pod that says what becomes of it cannot be understood."
            }
            Self::CordonedNode => "A node with pods of the set takes no new pods.",
            Self::GracePeriod => "A pod is being deleted, and its grace period is not over.",
            Self::MinReadySeconds => {
                "A pod is ready, and has not been for as long as minReadySeconds asks."
            }
            Self::ServiceMissing => "The governing Service of the set does not exist.",
            Self::ServiceRenamed => {
                "Pods answer to the name of another Service than the set names."
            }
            Self::SharedSelector => "Another set has the same selector.",
        }
    }

    /// What it means for the set as a rule. The [weight of a cause](super::Cause::weight) may be less: a drain that is blocked is
    /// only a remark where nobody but a person drains nodes.
    pub const fn weight(self) -> Weight {
        match self {
            Self::Partition | Self::OnDelete | Self::Paused | Self::Excluded | Self::Held => {
                Weight::Choice
            }
            Self::CordonedNode
            | Self::RankUnreadable
            | Self::GroupDisturbed
            | Self::Pace
            | Self::Overdue
            | Self::GracePeriod
            | Self::MinReadySeconds
            | Self::ServiceMissing
            | Self::ServiceRenamed
            | Self::SharedSelector => Weight::Remark,
            _ => Weight::Hindrance,
        }
    }
}

impl Serialize for CauseName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}
