//! Shapes of containers.

use super::environment::{ENV_FROM_SOURCE, ENV_VAR};
use super::probe::{LIFECYCLE, PROBE};
use super::security::SECURITY_CONTEXT;
use super::{
    Field,
    Type::{Fields, Flag, List, Map, Quantity, Text, Whole},
    kept, omitted, pointer,
};

const CONTAINER_PORT: &[Field] = &[
    omitted("name", Text),
    omitted("hostPort", Whole),
    kept("containerPort", Whole),
    omitted("protocol", Text),
    omitted("hostIP", Text),
];

const RESOURCE_CLAIM: &[Field] = &[kept("name", Text), omitted("request", Text)];

pub(super) const RESOURCE_REQUIREMENTS: &[Field] = &[
    omitted("limits", Map(&Quantity)),
    omitted("requests", Map(&Quantity)),
    omitted("claims", List(&Fields(RESOURCE_CLAIM))),
];

const CONTAINER_RESIZE_POLICY: &[Field] =
    &[kept("resourceName", Text), kept("restartPolicy", Text)];

const CONTAINER_RESTART_RULE_ON_EXIT_CODES: &[Field] =
    &[omitted("operator", Text), omitted("values", List(&Whole))];

const CONTAINER_RESTART_RULE: &[Field] = &[
    omitted("action", Text),
    pointer("exitCodes", Fields(CONTAINER_RESTART_RULE_ON_EXIT_CODES)),
];

const VOLUME_MOUNT: &[Field] = &[
    kept("name", Text),
    omitted("readOnly", Flag),
    pointer("recursiveReadOnly", Text),
    kept("mountPath", Text),
    omitted("subPath", Text),
    pointer("mountPropagation", Text),
    omitted("subPathExpr", Text),
    omitted("bindMountOptions", List(&Text)),
];

const VOLUME_DEVICE: &[Field] = &[kept("name", Text), kept("devicePath", Text)];

pub(super) const CONTAINER: &[Field] = &[
    kept("name", Text),
    omitted("image", Text),
    omitted("command", List(&Text)),
    omitted("args", List(&Text)),
    omitted("workingDir", Text),
    omitted("ports", List(&Fields(CONTAINER_PORT))),
    omitted("envFrom", List(&Fields(ENV_FROM_SOURCE))),
    omitted("env", List(&Fields(ENV_VAR))),
    kept("resources", Fields(RESOURCE_REQUIREMENTS)),
    omitted("resizePolicy", List(&Fields(CONTAINER_RESIZE_POLICY))),
    pointer("restartPolicy", Text),
    omitted("restartPolicyRules", List(&Fields(CONTAINER_RESTART_RULE))),
    omitted("volumeMounts", List(&Fields(VOLUME_MOUNT))),
    omitted("volumeDevices", List(&Fields(VOLUME_DEVICE))),
    pointer("livenessProbe", Fields(PROBE)),
    pointer("readinessProbe", Fields(PROBE)),
    pointer("startupProbe", Fields(PROBE)),
    pointer("lifecycle", Fields(LIFECYCLE)),
    omitted("terminationMessagePath", Text),
    omitted("terminationMessagePolicy", Text),
    omitted("imagePullPolicy", Text),
    pointer("securityContext", Fields(SECURITY_CONTEXT)),
    omitted("stdin", Flag),
    omitted("stdinOnce", Flag),
    omitted("tty", Flag),
];

pub(super) const EPHEMERAL_CONTAINER: &[Field] = &[
    kept("name", Text),
    omitted("image", Text),
    omitted("command", List(&Text)),
    omitted("args", List(&Text)),
    omitted("workingDir", Text),
    omitted("ports", List(&Fields(CONTAINER_PORT))),
    omitted("envFrom", List(&Fields(ENV_FROM_SOURCE))),
    omitted("env", List(&Fields(ENV_VAR))),
    kept("resources", Fields(RESOURCE_REQUIREMENTS)),
    omitted("resizePolicy", List(&Fields(CONTAINER_RESIZE_POLICY))),
    pointer("restartPolicy", Text),
    omitted("restartPolicyRules", List(&Fields(CONTAINER_RESTART_RULE))),
    omitted("volumeMounts", List(&Fields(VOLUME_MOUNT))),
    omitted("volumeDevices", List(&Fields(VOLUME_DEVICE))),
    pointer("livenessProbe", Fields(PROBE)),
    pointer("readinessProbe", Fields(PROBE)),
    pointer("startupProbe", Fields(PROBE)),
    pointer("lifecycle", Fields(LIFECYCLE)),
    omitted("terminationMessagePath", Text),
    omitted("terminationMessagePolicy", Text),
    omitted("imagePullPolicy", Text),
    pointer("securityContext", Fields(SECURITY_CONTEXT)),
    omitted("stdin", Flag),
    omitted("stdinOnce", Flag),
    omitted("tty", Flag),
    omitted("targetContainerName", Text),
];
