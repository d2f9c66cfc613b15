//! Shapes of StatefulSets and their revisions.

use super::meta::{LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::pod::POD_TEMPLATE_SPEC;
use super::storage::PERSISTENT_VOLUME_CLAIM;
use super::{Merge, Struct, Type};

pub(super) const STATEFUL_SET: Struct = Struct {
    name: "StatefulSet",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&STATEFUL_SET_SPEC)),
        ("status", Type::Struct(&STATEFUL_SET_STATUS)),
    ],
};

pub(super) const STATEFUL_SET_SPEC: Struct = Struct {
    name: "StatefulSetSpec",
    inline: &[],
    fields: &[
        ("replicas", Type::Int32),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("template", Type::Struct(&POD_TEMPLATE_SPEC)),
        (
            "volumeClaimTemplates",
            Type::List(&Type::Struct(&PERSISTENT_VOLUME_CLAIM), Merge::Atomic),
        ),
        ("serviceName", Type::Text),
        (
            "podManagementPolicy",
            Type::Named("v1.PodManagementPolicyType"),
        ),
        (
            "updateStrategy",
            Type::Struct(&STATEFUL_SET_UPDATE_STRATEGY),
        ),
        ("revisionHistoryLimit", Type::Int32),
        ("minReadySeconds", Type::Int32),
        (
            "persistentVolumeClaimRetentionPolicy",
            Type::Struct(&STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY),
        ),
        ("ordinals", Type::Struct(&STATEFUL_SET_ORDINALS)),
    ],
};

pub(super) const STATEFUL_SET_UPDATE_STRATEGY: Struct = Struct {
    name: "StatefulSetUpdateStrategy",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.StatefulSetUpdateStrategyType")),
        (
            "rollingUpdate",
            Type::Struct(&ROLLING_UPDATE_STATEFUL_SET_STRATEGY),
        ),
    ],
};

pub(super) const ROLLING_UPDATE_STATEFUL_SET_STRATEGY: Struct = Struct {
    name: "RollingUpdateStatefulSetStrategy",
    inline: &[],
    fields: &[
        ("partition", Type::Int32),
        ("maxUnavailable", Type::IntOrText),
    ],
};

pub(super) const STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY: Struct = Struct {
    name: "StatefulSetPersistentVolumeClaimRetentionPolicy",
    inline: &[],
    fields: &[
        (
            "whenDeleted",
            Type::Named("v1.PersistentVolumeClaimRetentionPolicyType"),
        ),
        (
            "whenScaled",
            Type::Named("v1.PersistentVolumeClaimRetentionPolicyType"),
        ),
    ],
};

pub(super) const STATEFUL_SET_ORDINALS: Struct = Struct {
    name: "StatefulSetOrdinals",
    inline: &[],
    fields: &[("start", Type::Int32)],
};

pub(super) const STATEFUL_SET_STATUS: Struct = Struct {
    name: "StatefulSetStatus",
    inline: &[],
    fields: &[
        ("observedGeneration", Type::Int64),
        ("replicas", Type::Int32),
        ("readyReplicas", Type::Int32),
        ("currentReplicas", Type::Int32),
        ("updatedReplicas", Type::Int32),
        ("currentRevision", Type::Text),
        ("updateRevision", Type::Text),
        ("collisionCount", Type::Int32),
        ("conditions", Type::List(&Type::Any, Merge::Key("type"))),
        ("availableReplicas", Type::Int32),
    ],
};

pub(super) const CONTROLLER_REVISION: Struct = Struct {
    name: "ControllerRevision",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("data", Type::Any),
        ("revision", Type::Int64),
    ],
};
