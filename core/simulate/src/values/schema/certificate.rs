//! Shapes of certificates and who asks for them.

use super::meta::{CONDITION, OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const CERTIFICATE_SIGNING_REQUEST: Struct = Struct {
    name: "CertificateSigningRequest",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&CERTIFICATE_SIGNING_REQUEST_SPEC)),
        ("status", Type::Struct(&CERTIFICATE_SIGNING_REQUEST_STATUS)),
    ],
};

pub(super) const CERTIFICATE_SIGNING_REQUEST_SPEC: Struct = Struct {
    name: "CertificateSigningRequestSpec",
    inline: &[],
    fields: &[
        ("request", Type::Text),
        ("signerName", Type::Text),
        ("expirationSeconds", Type::Int32),
        (
            "usages",
            Type::List(&Type::Named("v1.KeyUsage"), Merge::Atomic),
        ),
        ("username", Type::Text),
        ("uid", Type::Text),
        ("groups", Type::List(&Type::Text, Merge::Atomic)),
        ("extra", Type::Any),
    ],
};

pub(super) const CERTIFICATE_SIGNING_REQUEST_STATUS: Struct = Struct {
    name: "CertificateSigningRequestStatus",
    inline: &[],
    fields: &[
        (
            "conditions",
            Type::List(
                &Type::Struct(&CERTIFICATE_SIGNING_REQUEST_CONDITION),
                Merge::Atomic,
            ),
        ),
        ("certificate", Type::Text),
    ],
};

pub(super) const CERTIFICATE_SIGNING_REQUEST_CONDITION: Struct = Struct {
    name: "CertificateSigningRequestCondition",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.RequestConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
        ("reason", Type::Text),
        ("message", Type::Text),
        ("lastUpdateTime", Type::Time),
        ("lastTransitionTime", Type::Time),
    ],
};

pub(super) const CLUSTER_TRUST_BUNDLE: Struct = Struct {
    name: "ClusterTrustBundle",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&CLUSTER_TRUST_BUNDLE_SPEC)),
    ],
};

pub(super) const CLUSTER_TRUST_BUNDLE_SPEC: Struct = Struct {
    name: "ClusterTrustBundleSpec",
    inline: &[],
    fields: &[("signerName", Type::Text), ("trustBundle", Type::Text)],
};

pub(super) const POD_CERTIFICATE_REQUEST: Struct = Struct {
    name: "PodCertificateRequest",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&POD_CERTIFICATE_REQUEST_SPEC)),
        ("status", Type::Struct(&POD_CERTIFICATE_REQUEST_STATUS)),
    ],
};

pub(super) const POD_CERTIFICATE_REQUEST_SPEC: Struct = Struct {
    name: "PodCertificateRequestSpec",
    inline: &[],
    fields: &[
        ("signerName", Type::Text),
        ("podName", Type::Text),
        ("podUID", Type::Named("types.UID")),
        ("serviceAccountName", Type::Text),
        ("serviceAccountUID", Type::Named("types.UID")),
        ("nodeName", Type::Named("types.NodeName")),
        ("nodeUID", Type::Named("types.UID")),
        ("maxExpirationSeconds", Type::Int32),
        ("stubPKCS10Request", Type::Text),
        ("unverifiedUserAnnotations", Type::Pairs),
    ],
};

pub(super) const POD_CERTIFICATE_REQUEST_STATUS: Struct = Struct {
    name: "PodCertificateRequestStatus",
    inline: &[],
    fields: &[
        (
            "conditions",
            Type::List(&Type::Struct(&CONDITION), Merge::Key("type")),
        ),
        ("certificateChain", Type::Text),
        ("notBefore", Type::Time),
        ("beginRefreshAt", Type::Time),
        ("notAfter", Type::Time),
    ],
};
