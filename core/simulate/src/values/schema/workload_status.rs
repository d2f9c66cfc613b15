//! Shapes of the statuses of kinds that have pod templates.

use super::meta::OBJECT_REFERENCE;
use super::{Merge, Struct, Type};

pub(super) const DEPLOYMENT_STATUS: Struct = Struct {
    name: "DeploymentStatus",
    inline: &[],
    fields: &[
        ("observedGeneration", Type::Int64),
        ("replicas", Type::Int32),
        ("updatedReplicas", Type::Int32),
        ("readyReplicas", Type::Int32),
        ("availableReplicas", Type::Int32),
        ("unavailableReplicas", Type::Int32),
        ("terminatingReplicas", Type::Int32),
        (
            "conditions",
            Type::List(&Type::Struct(&DEPLOYMENT_CONDITION), Merge::Key("type")),
        ),
        ("collisionCount", Type::Int32),
    ],
};

pub(super) const DEPLOYMENT_CONDITION: Struct = Struct {
    name: "DeploymentCondition",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.DeploymentConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastUpdateTime", Type::Time),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};

pub(super) const DAEMON_SET_STATUS: Struct = Struct {
    name: "DaemonSetStatus",
    inline: &[],
    fields: &[
        ("currentNumberScheduled", Type::Int32),
        ("numberMisscheduled", Type::Int32),
        ("desiredNumberScheduled", Type::Int32),
        ("numberReady", Type::Int32),
        ("observedGeneration", Type::Int64),
        ("updatedNumberScheduled", Type::Int32),
        ("numberAvailable", Type::Int32),
        ("numberUnavailable", Type::Int32),
        ("collisionCount", Type::Int32),
        (
            "conditions",
            Type::List(&Type::Struct(&DAEMON_SET_CONDITION), Merge::Key("type")),
        ),
    ],
};

pub(super) const DAEMON_SET_CONDITION: Struct = Struct {
    name: "DaemonSetCondition",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.DaemonSetConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};

pub(super) const JOB_STATUS: Struct = Struct {
    name: "JobStatus",
    inline: &[],
    fields: &[
        (
            "conditions",
            Type::List(&Type::Struct(&JOB_CONDITION), Merge::Key("type")),
        ),
        ("startTime", Type::Time),
        ("completionTime", Type::Time),
        ("active", Type::Int32),
        ("succeeded", Type::Int32),
        ("failed", Type::Int32),
        ("terminating", Type::Int32),
        ("completedIndexes", Type::Text),
        ("failedIndexes", Type::Text),
        (
            "uncountedTerminatedPods",
            Type::Struct(&UNCOUNTED_TERMINATED_PODS),
        ),
        ("ready", Type::Int32),
    ],
};

pub(super) const JOB_CONDITION: Struct = Struct {
    name: "JobCondition",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.JobConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastProbeTime", Type::Time),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};

pub(super) const UNCOUNTED_TERMINATED_PODS: Struct = Struct {
    name: "UncountedTerminatedPods",
    inline: &[],
    fields: &[
        (
            "succeeded",
            Type::List(&Type::Named("types.UID"), Merge::Atomic),
        ),
        (
            "failed",
            Type::List(&Type::Named("types.UID"), Merge::Atomic),
        ),
    ],
};

pub(super) const CRON_JOB_STATUS: Struct = Struct {
    name: "CronJobStatus",
    inline: &[],
    fields: &[
        (
            "active",
            Type::List(&Type::Struct(&OBJECT_REFERENCE), Merge::Atomic),
        ),
        ("lastScheduleTime", Type::Time),
        ("lastSuccessfulTime", Type::Time),
    ],
};

pub(super) const REPLICATION_CONTROLLER_STATUS: Struct = Struct {
    name: "ReplicationControllerStatus",
    inline: &[],
    fields: &[
        ("replicas", Type::Int32),
        ("fullyLabeledReplicas", Type::Int32),
        ("readyReplicas", Type::Int32),
        ("availableReplicas", Type::Int32),
        ("observedGeneration", Type::Int64),
        (
            "conditions",
            Type::List(
                &Type::Struct(&REPLICATION_CONTROLLER_CONDITION),
                Merge::Key("type"),
            ),
        ),
    ],
};

pub(super) const REPLICATION_CONTROLLER_CONDITION: Struct = Struct {
    name: "ReplicationControllerCondition",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.ReplicationControllerConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};

pub(super) const REPLICA_SET_STATUS: Struct = Struct {
    name: "ReplicaSetStatus",
    inline: &[],
    fields: &[
        ("replicas", Type::Int32),
        ("fullyLabeledReplicas", Type::Int32),
        ("readyReplicas", Type::Int32),
        ("availableReplicas", Type::Int32),
        ("terminatingReplicas", Type::Int32),
        ("observedGeneration", Type::Int64),
        (
            "conditions",
            Type::List(&Type::Struct(&REPLICA_SET_CONDITION), Merge::Key("type")),
        ),
    ],
};

pub(super) const REPLICA_SET_CONDITION: Struct = Struct {
    name: "ReplicaSetCondition",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.ReplicaSetConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};
