//! Shapes of containers.

use super::environment::{ENV_FROM_SOURCE, ENV_VAR};
use super::probe::{LIFECYCLE, PROBE};
use super::security::SECURITY_CONTEXT;
use super::{Merge, Struct, Type};

pub(super) const CONTAINER: Struct = Struct {
    name: "Container",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("image", Type::Text),
        ("command", Type::List(&Type::Text, Merge::Atomic)),
        ("args", Type::List(&Type::Text, Merge::Atomic)),
        ("workingDir", Type::Text),
        (
            "ports",
            Type::List(&Type::Struct(&CONTAINER_PORT), Merge::Key("containerPort")),
        ),
        (
            "envFrom",
            Type::List(&Type::Struct(&ENV_FROM_SOURCE), Merge::Atomic),
        ),
        (
            "env",
            Type::List(&Type::Struct(&ENV_VAR), Merge::Key("name")),
        ),
        ("resources", Type::Struct(&RESOURCE_REQUIREMENTS)),
        (
            "resizePolicy",
            Type::List(&Type::Struct(&CONTAINER_RESIZE_POLICY), Merge::Atomic),
        ),
        ("restartPolicy", Type::Named("v1.ContainerRestartPolicy")),
        (
            "restartPolicyRules",
            Type::List(&Type::Struct(&CONTAINER_RESTART_RULE), Merge::Atomic),
        ),
        (
            "volumeMounts",
            Type::List(&Type::Struct(&VOLUME_MOUNT), Merge::Key("mountPath")),
        ),
        (
            "volumeDevices",
            Type::List(&Type::Struct(&VOLUME_DEVICE), Merge::Key("devicePath")),
        ),
        ("livenessProbe", Type::Struct(&PROBE)),
        ("readinessProbe", Type::Struct(&PROBE)),
        ("startupProbe", Type::Struct(&PROBE)),
        ("lifecycle", Type::Struct(&LIFECYCLE)),
        ("terminationMessagePath", Type::Text),
        (
            "terminationMessagePolicy",
            Type::Named("v1.TerminationMessagePolicy"),
        ),
        ("imagePullPolicy", Type::Named("v1.PullPolicy")),
        ("securityContext", Type::Struct(&SECURITY_CONTEXT)),
        ("stdin", Type::Bool),
        ("stdinOnce", Type::Bool),
        ("tty", Type::Bool),
    ],
};

pub(super) const CONTAINER_PORT: Struct = Struct {
    name: "ContainerPort",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("hostPort", Type::Int32),
        ("containerPort", Type::Int32),
        ("protocol", Type::Named("v1.Protocol")),
        ("hostIP", Type::Text),
    ],
};

pub(super) const RESOURCE_REQUIREMENTS: Struct = Struct {
    name: "ResourceRequirements",
    inline: &[],
    fields: &[
        ("limits", Type::Quantities),
        ("requests", Type::Quantities),
        (
            "claims",
            Type::List(&Type::Struct(&RESOURCE_CLAIM), Merge::Atomic),
        ),
    ],
};

pub(super) const RESOURCE_CLAIM: Struct = Struct {
    name: "ResourceClaim",
    inline: &[],
    fields: &[("name", Type::Text), ("request", Type::Text)],
};

pub(super) const CONTAINER_RESIZE_POLICY: Struct = Struct {
    name: "ContainerResizePolicy",
    inline: &[],
    fields: &[
        ("resourceName", Type::Named("v1.ResourceName")),
        (
            "restartPolicy",
            Type::Named("v1.ResourceResizeRestartPolicy"),
        ),
    ],
};

pub(super) const CONTAINER_RESTART_RULE: Struct = Struct {
    name: "ContainerRestartRule",
    inline: &[],
    fields: &[
        ("action", Type::Named("v1.ContainerRestartRuleAction")),
        (
            "exitCodes",
            Type::Struct(&CONTAINER_RESTART_RULE_ON_EXIT_CODES),
        ),
    ],
};

pub(super) const CONTAINER_RESTART_RULE_ON_EXIT_CODES: Struct = Struct {
    name: "ContainerRestartRuleOnExitCodes",
    inline: &[],
    fields: &[
        (
            "operator",
            Type::Named("v1.ContainerRestartRuleOnExitCodesOperator"),
        ),
        ("values", Type::List(&Type::Int32, Merge::Atomic)),
    ],
};

pub(super) const VOLUME_MOUNT: Struct = Struct {
    name: "VolumeMount",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("readOnly", Type::Bool),
        ("recursiveReadOnly", Type::Named("v1.RecursiveReadOnlyMode")),
        ("mountPath", Type::Text),
        ("subPath", Type::Text),
        ("mountPropagation", Type::Named("v1.MountPropagationMode")),
        ("subPathExpr", Type::Text),
        ("bindMountOptions", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const VOLUME_DEVICE: Struct = Struct {
    name: "VolumeDevice",
    inline: &[],
    fields: &[("name", Type::Text), ("devicePath", Type::Text)],
};

pub(super) const EPHEMERAL_CONTAINER: Struct = Struct {
    name: "EphemeralContainer",
    inline: &[&EPHEMERAL_CONTAINER_COMMON],
    fields: &[("targetContainerName", Type::Text)],
};

pub(super) const EPHEMERAL_CONTAINER_COMMON: Struct = Struct {
    name: "EphemeralContainerCommon",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("image", Type::Text),
        ("command", Type::List(&Type::Text, Merge::Atomic)),
        ("args", Type::List(&Type::Text, Merge::Atomic)),
        ("workingDir", Type::Text),
        (
            "ports",
            Type::List(&Type::Struct(&CONTAINER_PORT), Merge::Key("containerPort")),
        ),
        (
            "envFrom",
            Type::List(&Type::Struct(&ENV_FROM_SOURCE), Merge::Atomic),
        ),
        (
            "env",
            Type::List(&Type::Struct(&ENV_VAR), Merge::Key("name")),
        ),
        ("resources", Type::Struct(&RESOURCE_REQUIREMENTS)),
        (
            "resizePolicy",
            Type::List(&Type::Struct(&CONTAINER_RESIZE_POLICY), Merge::Atomic),
        ),
        ("restartPolicy", Type::Named("v1.ContainerRestartPolicy")),
        (
            "restartPolicyRules",
            Type::List(&Type::Struct(&CONTAINER_RESTART_RULE), Merge::Atomic),
        ),
        (
            "volumeMounts",
            Type::List(&Type::Struct(&VOLUME_MOUNT), Merge::Key("mountPath")),
        ),
        (
            "volumeDevices",
            Type::List(&Type::Struct(&VOLUME_DEVICE), Merge::Key("devicePath")),
        ),
        ("livenessProbe", Type::Struct(&PROBE)),
        ("readinessProbe", Type::Struct(&PROBE)),
        ("startupProbe", Type::Struct(&PROBE)),
        ("lifecycle", Type::Struct(&LIFECYCLE)),
        ("terminationMessagePath", Type::Text),
        (
            "terminationMessagePolicy",
            Type::Named("v1.TerminationMessagePolicy"),
        ),
        ("imagePullPolicy", Type::Named("v1.PullPolicy")),
        ("securityContext", Type::Struct(&SECURITY_CONTEXT)),
        ("stdin", Type::Bool),
        ("stdinOnce", Type::Bool),
        ("tty", Type::Bool),
    ],
};
