//! Shapes of services and their endpoints.

use super::meta::{OBJECT_META, OBJECT_REFERENCE, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const SERVICE: Struct = Struct {
    name: "Service",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&SERVICE_SPEC)),
        ("status", Type::Open(&SERVICE_STATUS)),
    ],
};

pub(super) const SERVICE_SPEC: Struct = Struct {
    name: "ServiceSpec",
    inline: &[],
    fields: &[
        (
            "ports",
            Type::List(&Type::Struct(&SERVICE_PORT), Merge::Key("port")),
        ),
        ("selector", Type::Pairs),
        ("clusterIP", Type::Text),
        ("clusterIPs", Type::List(&Type::Text, Merge::Atomic)),
        ("type", Type::Named("v1.ServiceType")),
        ("externalIPs", Type::List(&Type::Text, Merge::Atomic)),
        ("sessionAffinity", Type::Named("v1.ServiceAffinity")),
        ("loadBalancerIP", Type::Text),
        (
            "loadBalancerSourceRanges",
            Type::List(&Type::Text, Merge::Atomic),
        ),
        ("externalName", Type::Text),
        (
            "externalTrafficPolicy",
            Type::Named("v1.ServiceExternalTrafficPolicy"),
        ),
        ("healthCheckNodePort", Type::Int32),
        ("publishNotReadyAddresses", Type::Bool),
        (
            "sessionAffinityConfig",
            Type::Struct(&SESSION_AFFINITY_CONFIG),
        ),
        (
            "ipFamilies",
            Type::List(&Type::Named("v1.IPFamily"), Merge::Atomic),
        ),
        ("ipFamilyPolicy", Type::Named("v1.IPFamilyPolicy")),
        ("allocateLoadBalancerNodePorts", Type::Bool),
        ("loadBalancerClass", Type::Text),
        (
            "internalTrafficPolicy",
            Type::Named("v1.ServiceInternalTrafficPolicy"),
        ),
        ("trafficDistribution", Type::Text),
    ],
};

pub(super) const SERVICE_PORT: Struct = Struct {
    name: "ServicePort",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("protocol", Type::Named("v1.Protocol")),
        ("appProtocol", Type::Text),
        ("port", Type::Int32),
        ("targetPort", Type::IntOrText),
        ("nodePort", Type::Int32),
    ],
};

pub(super) const SESSION_AFFINITY_CONFIG: Struct = Struct {
    name: "SessionAffinityConfig",
    inline: &[],
    fields: &[("clientIP", Type::Struct(&CLIENT_IP_CONFIG))],
};

pub(super) const CLIENT_IP_CONFIG: Struct = Struct {
    name: "ClientIPConfig",
    inline: &[],
    fields: &[("timeoutSeconds", Type::Int32)],
};

pub(super) const ENDPOINT_SLICE: Struct = Struct {
    name: "EndpointSlice",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("addressType", Type::Named("v1.AddressType")),
        (
            "endpoints",
            Type::List(&Type::Struct(&ENDPOINT), Merge::Atomic),
        ),
        (
            "ports",
            Type::List(&Type::Struct(&ENDPOINT_PORT), Merge::Atomic),
        ),
    ],
};

pub(super) const ENDPOINT: Struct = Struct {
    name: "Endpoint",
    inline: &[],
    fields: &[
        ("addresses", Type::List(&Type::Text, Merge::Atomic)),
        ("conditions", Type::Struct(&ENDPOINT_CONDITIONS)),
        ("hostname", Type::Text),
        ("targetRef", Type::Struct(&OBJECT_REFERENCE)),
        ("deprecatedTopology", Type::Pairs),
        ("nodeName", Type::Text),
        ("zone", Type::Text),
        ("hints", Type::Struct(&ENDPOINT_HINTS)),
    ],
};

pub(super) const ENDPOINT_CONDITIONS: Struct = Struct {
    name: "EndpointConditions",
    inline: &[],
    fields: &[
        ("ready", Type::Bool),
        ("serving", Type::Bool),
        ("terminating", Type::Bool),
    ],
};

pub(super) const ENDPOINT_HINTS: Struct = Struct {
    name: "EndpointHints",
    inline: &[],
    fields: &[
        (
            "forZones",
            Type::List(&Type::Struct(&FOR_ZONE), Merge::Atomic),
        ),
        (
            "forNodes",
            Type::List(&Type::Struct(&FOR_NODE), Merge::Atomic),
        ),
    ],
};

pub(super) const FOR_ZONE: Struct = Struct {
    name: "ForZone",
    inline: &[],
    fields: &[("name", Type::Text)],
};

pub(super) const FOR_NODE: Struct = Struct {
    name: "ForNode",
    inline: &[],
    fields: &[("name", Type::Text)],
};

pub(super) const ENDPOINT_PORT: Struct = Struct {
    name: "EndpointPort",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("protocol", Type::Named("v1.Protocol")),
        ("port", Type::Int32),
        ("appProtocol", Type::Text),
    ],
};

const SERVICE_STATUS: Struct = Struct {
    name: "ServiceStatus",
    inline: &[],
    fields: &[("conditions", Type::List(&Type::Any, Merge::Key("type")))],
};
