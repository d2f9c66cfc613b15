//! Shapes of policies of the network, and of what leads into the cluster.

use super::meta::{
    LABEL_SELECTOR, OBJECT_META, OBJECT_REFERENCE, TYPE_META, TYPED_LOCAL_OBJECT_REFERENCE,
};
use super::service::ENDPOINT_PORT;
use super::{Merge, Struct, Type};

pub(super) const NETWORK_POLICY: Struct = Struct {
    name: "NetworkPolicy",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&NETWORK_POLICY_SPEC)),
    ],
};

pub(super) const NETWORK_POLICY_SPEC: Struct = Struct {
    name: "NetworkPolicySpec",
    inline: &[],
    fields: &[
        ("podSelector", Type::Struct(&LABEL_SELECTOR)),
        (
            "ingress",
            Type::List(&Type::Struct(&NETWORK_POLICY_INGRESS_RULE), Merge::Atomic),
        ),
        (
            "egress",
            Type::List(&Type::Struct(&NETWORK_POLICY_EGRESS_RULE), Merge::Atomic),
        ),
        (
            "policyTypes",
            Type::List(&Type::Named("v1.PolicyType"), Merge::Atomic),
        ),
    ],
};

pub(super) const NETWORK_POLICY_INGRESS_RULE: Struct = Struct {
    name: "NetworkPolicyIngressRule",
    inline: &[],
    fields: &[
        (
            "ports",
            Type::List(&Type::Struct(&NETWORK_POLICY_PORT), Merge::Atomic),
        ),
        (
            "from",
            Type::List(&Type::Struct(&NETWORK_POLICY_PEER), Merge::Atomic),
        ),
    ],
};

pub(super) const NETWORK_POLICY_EGRESS_RULE: Struct = Struct {
    name: "NetworkPolicyEgressRule",
    inline: &[],
    fields: &[
        (
            "ports",
            Type::List(&Type::Struct(&NETWORK_POLICY_PORT), Merge::Atomic),
        ),
        (
            "to",
            Type::List(&Type::Struct(&NETWORK_POLICY_PEER), Merge::Atomic),
        ),
    ],
};

pub(super) const NETWORK_POLICY_PORT: Struct = Struct {
    name: "NetworkPolicyPort",
    inline: &[],
    fields: &[
        ("protocol", Type::Named("v1.Protocol")),
        ("port", Type::IntOrText),
        ("endPort", Type::Int32),
    ],
};

pub(super) const NETWORK_POLICY_PEER: Struct = Struct {
    name: "NetworkPolicyPeer",
    inline: &[],
    fields: &[
        ("podSelector", Type::Struct(&LABEL_SELECTOR)),
        ("namespaceSelector", Type::Struct(&LABEL_SELECTOR)),
        ("ipBlock", Type::Struct(&IP_BLOCK)),
    ],
};

pub(super) const IP_BLOCK: Struct = Struct {
    name: "IPBlock",
    inline: &[],
    fields: &[
        ("cidr", Type::Text),
        ("except", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const INGRESS: Struct = Struct {
    name: "Ingress",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&INGRESS_SPEC)),
        ("status", Type::Struct(&INGRESS_STATUS)),
    ],
};

pub(super) const INGRESS_STATUS: Struct = Struct {
    name: "IngressStatus",
    inline: &[],
    fields: &[("loadBalancer", Type::Struct(&INGRESS_LOAD_BALANCER_STATUS))],
};

pub(super) const INGRESS_LOAD_BALANCER_STATUS: Struct = Struct {
    name: "IngressLoadBalancerStatus",
    inline: &[],
    fields: &[(
        "ingress",
        Type::List(&Type::Struct(&INGRESS_LOAD_BALANCER_INGRESS), Merge::Atomic),
    )],
};

pub(super) const INGRESS_LOAD_BALANCER_INGRESS: Struct = Struct {
    name: "IngressLoadBalancerIngress",
    inline: &[],
    fields: &[
        ("ip", Type::Text),
        ("hostname", Type::Text),
        (
            "ports",
            Type::List(&Type::Struct(&INGRESS_PORT_STATUS), Merge::Atomic),
        ),
    ],
};

pub(super) const INGRESS_PORT_STATUS: Struct = Struct {
    name: "IngressPortStatus",
    inline: &[],
    fields: &[
        ("port", Type::Int32),
        ("protocol", Type::Named("v1.Protocol")),
        ("error", Type::Text),
    ],
};

pub(super) const INGRESS_SPEC: Struct = Struct {
    name: "IngressSpec",
    inline: &[],
    fields: &[
        ("ingressClassName", Type::Text),
        ("defaultBackend", Type::Struct(&INGRESS_BACKEND)),
        (
            "tls",
            Type::List(&Type::Struct(&INGRESS_TLS), Merge::Atomic),
        ),
        (
            "rules",
            Type::List(&Type::Struct(&INGRESS_RULE), Merge::Atomic),
        ),
    ],
};

pub(super) const INGRESS_BACKEND: Struct = Struct {
    name: "IngressBackend",
    inline: &[],
    fields: &[
        ("service", Type::Struct(&INGRESS_SERVICE_BACKEND)),
        ("resource", Type::Struct(&TYPED_LOCAL_OBJECT_REFERENCE)),
    ],
};

pub(super) const INGRESS_SERVICE_BACKEND: Struct = Struct {
    name: "IngressServiceBackend",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("port", Type::Struct(&SERVICE_BACKEND_PORT)),
    ],
};

pub(super) const SERVICE_BACKEND_PORT: Struct = Struct {
    name: "ServiceBackendPort",
    inline: &[],
    fields: &[("name", Type::Text), ("number", Type::Int32)],
};

pub(super) const INGRESS_TLS: Struct = Struct {
    name: "IngressTLS",
    inline: &[],
    fields: &[
        ("hosts", Type::List(&Type::Text, Merge::Atomic)),
        ("secretName", Type::Text),
    ],
};

pub(super) const INGRESS_RULE: Struct = Struct {
    name: "IngressRule",
    inline: &[&INGRESS_RULE_VALUE],
    fields: &[("host", Type::Text)],
};

pub(super) const INGRESS_RULE_VALUE: Struct = Struct {
    name: "IngressRuleValue",
    inline: &[],
    fields: &[("http", Type::Struct(&HTTP_INGRESS_RULE_VALUE))],
};

pub(super) const HTTP_INGRESS_RULE_VALUE: Struct = Struct {
    name: "HTTPIngressRuleValue",
    inline: &[],
    fields: &[(
        "paths",
        Type::List(&Type::Struct(&HTTP_INGRESS_PATH), Merge::Atomic),
    )],
};

pub(super) const HTTP_INGRESS_PATH: Struct = Struct {
    name: "HTTPIngressPath",
    inline: &[],
    fields: &[
        ("path", Type::Text),
        ("pathType", Type::Named("v1.PathType")),
        ("backend", Type::Struct(&INGRESS_BACKEND)),
    ],
};

pub(super) const INGRESS_CLASS: Struct = Struct {
    name: "IngressClass",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&INGRESS_CLASS_SPEC)),
    ],
};

pub(super) const INGRESS_CLASS_SPEC: Struct = Struct {
    name: "IngressClassSpec",
    inline: &[],
    fields: &[
        ("controller", Type::Text),
        (
            "parameters",
            Type::Struct(&INGRESS_CLASS_PARAMETERS_REFERENCE),
        ),
    ],
};

pub(super) const INGRESS_CLASS_PARAMETERS_REFERENCE: Struct = Struct {
    name: "IngressClassParametersReference",
    inline: &[],
    fields: &[
        ("apiGroup", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
        ("scope", Type::Text),
        ("namespace", Type::Text),
    ],
};

pub(super) const ENDPOINTS: Struct = Struct {
    name: "Endpoints",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "subsets",
            Type::List(&Type::Struct(&ENDPOINT_SUBSET), Merge::Atomic),
        ),
    ],
};

pub(super) const ENDPOINT_SUBSET: Struct = Struct {
    name: "EndpointSubset",
    inline: &[],
    fields: &[
        (
            "addresses",
            Type::List(&Type::Struct(&ENDPOINT_ADDRESS), Merge::Atomic),
        ),
        (
            "notReadyAddresses",
            Type::List(&Type::Struct(&ENDPOINT_ADDRESS), Merge::Atomic),
        ),
        (
            "ports",
            Type::List(&Type::Struct(&ENDPOINT_PORT), Merge::Atomic),
        ),
    ],
};

pub(super) const ENDPOINT_ADDRESS: Struct = Struct {
    name: "EndpointAddress",
    inline: &[],
    fields: &[
        ("ip", Type::Text),
        ("hostname", Type::Text),
        ("nodeName", Type::Text),
        ("targetRef", Type::Struct(&OBJECT_REFERENCE)),
    ],
};

pub(super) const LEASE: Struct = Struct {
    name: "Lease",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&LEASE_SPEC)),
    ],
};

pub(super) const LEASE_SPEC: Struct = Struct {
    name: "LeaseSpec",
    inline: &[],
    fields: &[
        ("holderIdentity", Type::Text),
        ("leaseDurationSeconds", Type::Int32),
        ("acquireTime", Type::Time),
        ("renewTime", Type::Time),
        ("leaseTransitions", Type::Int32),
        ("strategy", Type::Named("v1.CoordinatedLeaseStrategy")),
        ("preferredHolder", Type::Text),
    ],
};
