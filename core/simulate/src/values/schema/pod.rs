//! Shapes of pods and their templates.

use super::container::{CONTAINER, EPHEMERAL_CONTAINER, RESOURCE_REQUIREMENTS};
use super::meta::{LOCAL_OBJECT_REFERENCE, OBJECT_META, TYPE_META};
use super::placement::{AFFINITY, TOLERATION, TOPOLOGY_SPREAD_CONSTRAINT};
use super::security::POD_SECURITY_CONTEXT;
use super::volume::VOLUME;
use super::{Merge, Struct, Type};

pub(super) const POD: Struct = Struct {
    name: "Pod",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&POD_SPEC)),
        ("status", Type::Struct(&POD_STATUS)),
    ],
};

pub(super) const POD_TEMPLATE_SPEC: Struct = Struct {
    name: "PodTemplateSpec",
    inline: &[],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&POD_SPEC)),
    ],
};

pub(super) const POD_SPEC: Struct = Struct {
    name: "PodSpec",
    inline: &[],
    fields: &[
        (
            "volumes",
            Type::List(&Type::Struct(&VOLUME), Merge::KeyRetaining("name")),
        ),
        (
            "initContainers",
            Type::List(&Type::Struct(&CONTAINER), Merge::Key("name")),
        ),
        (
            "containers",
            Type::List(&Type::Struct(&CONTAINER), Merge::Key("name")),
        ),
        (
            "ephemeralContainers",
            Type::List(&Type::Struct(&EPHEMERAL_CONTAINER), Merge::Key("name")),
        ),
        ("restartPolicy", Type::Named("v1.RestartPolicy")),
        ("terminationGracePeriodSeconds", Type::Int64),
        ("activeDeadlineSeconds", Type::Int64),
        ("dnsPolicy", Type::Named("v1.DNSPolicy")),
        ("nodeSelector", Type::Pairs),
        ("serviceAccountName", Type::Text),
        ("serviceAccount", Type::Text),
        ("automountServiceAccountToken", Type::Bool),
        ("nodeName", Type::Text),
        ("hostNetwork", Type::Bool),
        ("hostPID", Type::Bool),
        ("hostIPC", Type::Bool),
        ("shareProcessNamespace", Type::Bool),
        ("securityContext", Type::Struct(&POD_SECURITY_CONTEXT)),
        (
            "imagePullSecrets",
            Type::List(&Type::Struct(&LOCAL_OBJECT_REFERENCE), Merge::Key("name")),
        ),
        ("hostname", Type::Text),
        ("subdomain", Type::Text),
        ("affinity", Type::Struct(&AFFINITY)),
        ("schedulerName", Type::Text),
        (
            "tolerations",
            Type::List(&Type::Struct(&TOLERATION), Merge::Atomic),
        ),
        (
            "hostAliases",
            Type::List(&Type::Struct(&HOST_ALIAS), Merge::Key("ip")),
        ),
        ("priorityClassName", Type::Text),
        ("priority", Type::Int32),
        ("dnsConfig", Type::Struct(&POD_DNS_CONFIG)),
        (
            "readinessGates",
            Type::List(&Type::Struct(&POD_READINESS_GATE), Merge::Atomic),
        ),
        ("runtimeClassName", Type::Text),
        ("enableServiceLinks", Type::Bool),
        ("preemptionPolicy", Type::Named("v1.PreemptionPolicy")),
        ("overhead", Type::Quantities),
        (
            "topologySpreadConstraints",
            Type::List(
                &Type::Struct(&TOPOLOGY_SPREAD_CONSTRAINT),
                Merge::Key("topologyKey"),
            ),
        ),
        ("setHostnameAsFQDN", Type::Bool),
        ("os", Type::Struct(&POD_OS)),
        ("hostUsers", Type::Bool),
        (
            "schedulingGates",
            Type::List(&Type::Struct(&POD_SCHEDULING_GATE), Merge::Key("name")),
        ),
        (
            "resourceClaims",
            Type::List(
                &Type::Struct(&POD_RESOURCE_CLAIM),
                Merge::KeyRetaining("name"),
            ),
        ),
        ("resources", Type::Struct(&RESOURCE_REQUIREMENTS)),
        ("hostnameOverride", Type::Text),
        ("schedulingGroup", Type::Struct(&POD_SCHEDULING_GROUP)),
        (
            "evictionResponders",
            Type::List(&Type::Struct(&EVICTION_RESPONDER), Merge::Key("name")),
        ),
    ],
};

pub(super) const HOST_ALIAS: Struct = Struct {
    name: "HostAlias",
    inline: &[],
    fields: &[
        ("ip", Type::Text),
        ("hostnames", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const POD_DNS_CONFIG: Struct = Struct {
    name: "PodDNSConfig",
    inline: &[],
    fields: &[
        ("nameservers", Type::List(&Type::Text, Merge::Atomic)),
        ("searches", Type::List(&Type::Text, Merge::Atomic)),
        (
            "options",
            Type::List(&Type::Struct(&POD_DNS_CONFIG_OPTION), Merge::Atomic),
        ),
    ],
};

pub(super) const POD_DNS_CONFIG_OPTION: Struct = Struct {
    name: "PodDNSConfigOption",
    inline: &[],
    fields: &[("name", Type::Text), ("value", Type::Text)],
};

pub(super) const POD_READINESS_GATE: Struct = Struct {
    name: "PodReadinessGate",
    inline: &[],
    fields: &[("conditionType", Type::Named("v1.PodConditionType"))],
};

pub(super) const POD_OS: Struct = Struct {
    name: "PodOS",
    inline: &[],
    fields: &[("name", Type::Named("v1.OSName"))],
};

pub(super) const POD_SCHEDULING_GATE: Struct = Struct {
    name: "PodSchedulingGate",
    inline: &[],
    fields: &[("name", Type::Text)],
};

pub(super) const POD_RESOURCE_CLAIM: Struct = Struct {
    name: "PodResourceClaim",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("resourceClaimName", Type::Text),
        ("resourceClaimTemplateName", Type::Text),
    ],
};

pub(super) const POD_SCHEDULING_GROUP: Struct = Struct {
    name: "PodSchedulingGroup",
    inline: &[],
    fields: &[("podGroupName", Type::Text)],
};

pub(super) const EVICTION_RESPONDER: Struct = Struct {
    name: "EvictionResponder",
    inline: &[],
    fields: &[("name", Type::Text), ("priority", Type::Int32)],
};

pub(super) const POD_STATUS: Struct = Struct {
    name: "PodStatus",
    inline: &[],
    fields: &[
        ("observedGeneration", Type::Int64),
        ("phase", Type::Named("v1.PodPhase")),
        ("conditions", Type::List(&Type::Any, Merge::Key("type"))),
        ("message", Type::Text),
        ("reason", Type::Text),
        ("nominatedNodeName", Type::Text),
        ("hostIP", Type::Text),
        ("hostIPs", Type::List(&Type::Any, Merge::Key("ip"))),
        ("podIP", Type::Text),
        ("podIPs", Type::List(&Type::Any, Merge::Key("ip"))),
        ("startTime", Type::Time),
        (
            "initContainerStatuses",
            Type::List(&Type::Any, Merge::Atomic),
        ),
        ("containerStatuses", Type::List(&Type::Any, Merge::Atomic)),
        ("qosClass", Type::Named("v1.PodQOSClass")),
        (
            "ephemeralContainerStatuses",
            Type::List(&Type::Any, Merge::Atomic),
        ),
        ("resize", Type::Named("v1.PodResizeStatus")),
        (
            "resourceClaimStatuses",
            Type::List(&Type::Any, Merge::KeyRetaining("name")),
        ),
        ("extendedResourceClaimStatus", Type::Any),
        ("allocatedResources", Type::Quantities),
        ("resources", Type::Struct(&RESOURCE_REQUIREMENTS)),
        (
            "nodeAllocatableResourceClaimStatuses",
            Type::List(&Type::Open(&ALLOCATED), Merge::Key("resourceClaimName")),
        ),
        (
            "volumeHealth",
            Type::List(&Type::Open(&POD_VOLUME_HEALTH), Merge::Atomic),
        ),
    ],
};

const POD_VOLUME_HEALTH: Struct = Struct {
    name: "PodVolumeHealth",
    inline: &[],
    fields: &[(
        "healthConditions",
        Type::List(&Type::Any, Merge::Key("status")),
    )],
};

const ALLOCATED: Struct = Struct {
    name: "NodeAllocatableResourceClaimStatus",
    inline: &[],
    fields: &[
        ("containers", Type::List(&Type::Text, Merge::Atomic)),
        ("mapping", Type::List(&Type::Any, Merge::Key("name"))),
        ("overhead", Type::List(&Type::Any, Merge::Key("name"))),
    ],
};
