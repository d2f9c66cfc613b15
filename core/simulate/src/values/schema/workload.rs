//! Shapes of the other kinds that have pod templates.

use super::job::{JOB_SCHEDULING_CONFIGURATION, POD_FAILURE_POLICY, SUCCESS_POLICY};
use super::meta::{LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::pod::POD_TEMPLATE_SPEC;
use super::workload_status::{
    CRON_JOB_STATUS, DAEMON_SET_STATUS, DEPLOYMENT_STATUS, JOB_STATUS, REPLICA_SET_STATUS,
    REPLICATION_CONTROLLER_STATUS,
};
use super::{Struct, Type};

pub(super) const DEPLOYMENT: Struct = Struct {
    name: "Deployment",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&DEPLOYMENT_SPEC)),
        ("status", Type::Struct(&DEPLOYMENT_STATUS)),
    ],
};

pub(super) const DEPLOYMENT_SPEC: Struct = Struct {
    name: "DeploymentSpec",
    inline: &[],
    fields: &[
        ("replicas", Type::Int32),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
        ("strategy", Type::Struct(&DEPLOYMENT_STRATEGY)),
        ("minReadySeconds", Type::Int32),
        ("revisionHistoryLimit", Type::Int32),
        ("paused", Type::Bool),
        ("progressDeadlineSeconds", Type::Int32),
    ],
};

pub(super) const DEPLOYMENT_STRATEGY: Struct = Struct {
    name: "DeploymentStrategy",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.DeploymentStrategyType")),
        ("rollingUpdate", Type::Struct(&ROLLING_UPDATE_DEPLOYMENT)),
    ],
};

pub(super) const ROLLING_UPDATE_DEPLOYMENT: Struct = Struct {
    name: "RollingUpdateDeployment",
    inline: &[],
    fields: &[
        ("maxUnavailable", Type::IntOrText),
        ("maxSurge", Type::IntOrText),
    ],
};

pub(super) const DAEMON_SET: Struct = Struct {
    name: "DaemonSet",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&DAEMON_SET_SPEC)),
        ("status", Type::Struct(&DAEMON_SET_STATUS)),
    ],
};

pub(super) const DAEMON_SET_SPEC: Struct = Struct {
    name: "DaemonSetSpec",
    inline: &[],
    fields: &[
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
        ("updateStrategy", Type::Struct(&DAEMON_SET_UPDATE_STRATEGY)),
        ("minReadySeconds", Type::Int32),
        ("revisionHistoryLimit", Type::Int32),
    ],
};

pub(super) const DAEMON_SET_UPDATE_STRATEGY: Struct = Struct {
    name: "DaemonSetUpdateStrategy",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.DaemonSetUpdateStrategyType")),
        ("rollingUpdate", Type::Struct(&ROLLING_UPDATE_DAEMON_SET)),
    ],
};

pub(super) const ROLLING_UPDATE_DAEMON_SET: Struct = Struct {
    name: "RollingUpdateDaemonSet",
    inline: &[],
    fields: &[
        ("maxUnavailable", Type::IntOrText),
        ("maxSurge", Type::IntOrText),
    ],
};

pub(super) const REPLICA_SET: Struct = Struct {
    name: "ReplicaSet",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&REPLICA_SET_SPEC)),
        ("status", Type::Struct(&REPLICA_SET_STATUS)),
    ],
};

pub(super) const REPLICA_SET_SPEC: Struct = Struct {
    name: "ReplicaSetSpec",
    inline: &[],
    fields: &[
        ("replicas", Type::Int32),
        ("minReadySeconds", Type::Int32),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
    ],
};

pub(super) const JOB: Struct = Struct {
    name: "Job",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&JOB_SPEC)),
        ("status", Type::Struct(&JOB_STATUS)),
    ],
};

pub(super) const JOB_SPEC: Struct = Struct {
    name: "JobSpec",
    inline: &[],
    fields: &[
        ("parallelism", Type::Int32),
        ("completions", Type::Int32),
        ("activeDeadlineSeconds", Type::Int64),
        ("podFailurePolicy", Type::Struct(&POD_FAILURE_POLICY)),
        ("successPolicy", Type::Struct(&SUCCESS_POLICY)),
        ("backoffLimit", Type::Int32),
        ("backoffLimitPerIndex", Type::Int32),
        ("maxFailedIndexes", Type::Int32),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("manualSelector", Type::Bool),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
        ("ttlSecondsAfterFinished", Type::Int32),
        ("completionMode", Type::Named("v1.CompletionMode")),
        ("suspend", Type::Bool),
        (
            "podReplacementPolicy",
            Type::Named("v1.PodReplacementPolicy"),
        ),
        ("managedBy", Type::Text),
        ("scheduling", Type::Struct(&JOB_SCHEDULING_CONFIGURATION)),
    ],
};

pub(super) const CRON_JOB: Struct = Struct {
    name: "CronJob",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&CRON_JOB_SPEC)),
        ("status", Type::Struct(&CRON_JOB_STATUS)),
    ],
};

pub(super) const CRON_JOB_SPEC: Struct = Struct {
    name: "CronJobSpec",
    inline: &[],
    fields: &[
        ("schedule", Type::Text),
        ("timeZone", Type::Text),
        ("startingDeadlineSeconds", Type::Int64),
        ("concurrencyPolicy", Type::Named("v1.ConcurrencyPolicy")),
        ("suspend", Type::Bool),
        ("jobTemplate", Type::Struct(&JOB_TEMPLATE_SPEC)),
        ("successfulJobsHistoryLimit", Type::Int32),
        ("failedJobsHistoryLimit", Type::Int32),
    ],
};

pub(super) const JOB_TEMPLATE_SPEC: Struct = Struct {
    name: "JobTemplateSpec",
    inline: &[],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&JOB_SPEC)),
    ],
};

pub(super) const REPLICATION_CONTROLLER: Struct = Struct {
    name: "ReplicationController",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&REPLICATION_CONTROLLER_SPEC)),
        ("status", Type::Struct(&REPLICATION_CONTROLLER_STATUS)),
    ],
};

pub(super) const REPLICATION_CONTROLLER_SPEC: Struct = Struct {
    name: "ReplicationControllerSpec",
    inline: &[],
    fields: &[
        ("replicas", Type::Int32),
        ("minReadySeconds", Type::Int32),
        ("selector", Type::Pairs),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
    ],
};

pub(super) const POD_TEMPLATE: Struct = Struct {
    name: "PodTemplate",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
    ],
};
