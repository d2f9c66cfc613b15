//! Shapes of the groups `apps` and `policy`.

use super::{CONDITIONS, META, Merge, SELECTOR, Struct, Type, core::CLAIM, pod::TEMPLATE};

pub(super) const STATEFUL_SET: Struct = Struct {
    name: "StatefulSet",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&SPEC)),
        ("status", Type::Struct(&STATUS)),
    ],
};

const SPEC: Struct = Struct {
    name: "StatefulSetSpec",
    fields: &[
        ("replicas", Type::Int32),
        ("selector", Type::Struct(&SELECTOR)),
        ("template", Type::Struct(&TEMPLATE)),
        (
            "volumeClaimTemplates",
            Type::List(&Type::Struct(&CLAIM), Merge::Atomic),
        ),
        ("serviceName", Type::Text),
        ("podManagementPolicy", Type::Text),
        ("updateStrategy", Type::Struct(&STRATEGY)),
        ("revisionHistoryLimit", Type::Int32),
        ("minReadySeconds", Type::Int32),
        (
            "persistentVolumeClaimRetentionPolicy",
            Type::Struct(&RETENTION),
        ),
        ("ordinals", Type::Struct(&ORDINALS)),
    ],
};

const STRATEGY: Struct = Struct {
    name: "StatefulSetUpdateStrategy",
    fields: &[
        ("type", Type::Text),
        ("rollingUpdate", Type::Struct(&ROLLING)),
    ],
};

const ROLLING: Struct = Struct {
    name: "RollingUpdateStatefulSetStrategy",
    fields: &[
        ("partition", Type::Int32),
        ("maxUnavailable", Type::IntOrText),
    ],
};

const RETENTION: Struct = Struct {
    name: "StatefulSetPersistentVolumeClaimRetentionPolicy",
    fields: &[("whenDeleted", Type::Text), ("whenScaled", Type::Text)],
};

const ORDINALS: Struct = Struct {
    name: "StatefulSetOrdinals",
    fields: &[("start", Type::Int32)],
};

const STATUS: Struct = Struct {
    name: "StatefulSetStatus",
    fields: &[
        ("observedGeneration", Type::Int64),
        ("replicas", Type::Int32),
        ("readyReplicas", Type::Int32),
        ("currentReplicas", Type::Int32),
        ("updatedReplicas", Type::Int32),
        ("availableReplicas", Type::Int32),
        ("currentRevision", Type::Text),
        ("updateRevision", Type::Text),
        ("collisionCount", Type::Int32),
        ("conditions", CONDITIONS),
    ],
};

pub(super) const REVISION: Struct = Struct {
    name: "ControllerRevision",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("data", Type::Any),
        ("revision", Type::Int64),
    ],
};

pub(super) const BUDGET: Struct = Struct {
    name: "PodDisruptionBudget",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&BUDGET_SPEC)),
        ("status", Type::Struct(&BUDGET_STATUS)),
    ],
};

const BUDGET_SPEC: Struct = Struct {
    name: "PodDisruptionBudgetSpec",
    fields: &[
        ("minAvailable", Type::IntOrText),
        ("maxUnavailable", Type::IntOrText),
        ("selector", Type::Struct(&SELECTOR)),
        ("unhealthyPodEvictionPolicy", Type::Text),
    ],
};

const BUDGET_STATUS: Struct = Struct {
    name: "PodDisruptionBudgetStatus",
    fields: &[
        ("observedGeneration", Type::Int64),
        ("disruptedPods", Type::Pairs),
        ("disruptionsAllowed", Type::Int32),
        ("currentHealthy", Type::Int32),
        ("desiredHealthy", Type::Int32),
        ("expectedPods", Type::Int32),
        ("conditions", CONDITIONS),
    ],
};
