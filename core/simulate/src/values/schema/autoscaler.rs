//! Shapes of autoscalers and what they measure.

use super::meta::{LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const HORIZONTAL_POD_AUTOSCALER: Struct = Struct {
    name: "HorizontalPodAutoscaler",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)), // Version v1 has other fields.
        ("spec", Type::Struct(&HORIZONTAL_POD_AUTOSCALER_SPEC)),
        ("status", Type::Struct(&HORIZONTAL_POD_AUTOSCALER_STATUS)),
    ],
};

pub(super) const HORIZONTAL_POD_AUTOSCALER_SPEC: Struct = Struct {
    name: "HorizontalPodAutoscalerSpec",
    inline: &[],
    fields: &[
        (
            "scaleTargetRef",
            Type::Struct(&CROSS_VERSION_OBJECT_REFERENCE),
        ),
        ("minReplicas", Type::Int32),
        // Of version v1.
        ("targetCPUUtilizationPercentage", Type::Int32),
        ("maxReplicas", Type::Int32),
        (
            "metrics",
            Type::List(&Type::Struct(&METRIC_SPEC), Merge::Atomic),
        ),
        (
            "behavior",
            Type::Struct(&HORIZONTAL_POD_AUTOSCALER_BEHAVIOR),
        ),
    ],
};

pub(super) const CROSS_VERSION_OBJECT_REFERENCE: Struct = Struct {
    name: "CrossVersionObjectReference",
    inline: &[],
    fields: &[
        ("kind", Type::Text),
        ("name", Type::Text),
        ("apiVersion", Type::Text),
    ],
};

pub(super) const METRIC_SPEC: Struct = Struct {
    name: "MetricSpec",
    inline: &[],
    fields: &[
        ("type", Type::Named("v2.MetricSourceType")),
        ("object", Type::Struct(&OBJECT_METRIC_SOURCE)),
        ("pods", Type::Struct(&PODS_METRIC_SOURCE)),
        ("resource", Type::Struct(&RESOURCE_METRIC_SOURCE)),
        (
            "containerResource",
            Type::Struct(&CONTAINER_RESOURCE_METRIC_SOURCE),
        ),
        ("external", Type::Struct(&EXTERNAL_METRIC_SOURCE)),
    ],
};

pub(super) const OBJECT_METRIC_SOURCE: Struct = Struct {
    name: "ObjectMetricSource",
    inline: &[],
    fields: &[
        (
            "describedObject",
            Type::Struct(&CROSS_VERSION_OBJECT_REFERENCE),
        ),
        ("target", Type::Struct(&METRIC_TARGET)),
        ("metric", Type::Struct(&METRIC_IDENTIFIER)),
    ],
};

pub(super) const METRIC_TARGET: Struct = Struct {
    name: "MetricTarget",
    inline: &[],
    fields: &[
        ("type", Type::Named("v2.MetricTargetType")),
        ("value", Type::Quantity),
        ("averageValue", Type::Quantity),
        ("averageUtilization", Type::Int32),
    ],
};

pub(super) const METRIC_IDENTIFIER: Struct = Struct {
    name: "MetricIdentifier",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
    ],
};

pub(super) const PODS_METRIC_SOURCE: Struct = Struct {
    name: "PodsMetricSource",
    inline: &[],
    fields: &[
        ("metric", Type::Struct(&METRIC_IDENTIFIER)),
        ("target", Type::Struct(&METRIC_TARGET)),
    ],
};

pub(super) const RESOURCE_METRIC_SOURCE: Struct = Struct {
    name: "ResourceMetricSource",
    inline: &[],
    fields: &[
        ("name", Type::Named("v1.ResourceName")),
        ("target", Type::Struct(&METRIC_TARGET)),
    ],
};

pub(super) const CONTAINER_RESOURCE_METRIC_SOURCE: Struct = Struct {
    name: "ContainerResourceMetricSource",
    inline: &[],
    fields: &[
        ("name", Type::Named("v1.ResourceName")),
        ("target", Type::Struct(&METRIC_TARGET)),
        ("container", Type::Text),
    ],
};

pub(super) const EXTERNAL_METRIC_SOURCE: Struct = Struct {
    name: "ExternalMetricSource",
    inline: &[],
    fields: &[
        ("metric", Type::Struct(&METRIC_IDENTIFIER)),
        ("target", Type::Struct(&METRIC_TARGET)),
    ],
};

pub(super) const HORIZONTAL_POD_AUTOSCALER_BEHAVIOR: Struct = Struct {
    name: "HorizontalPodAutoscalerBehavior",
    inline: &[],
    fields: &[
        ("scaleUp", Type::Struct(&HPA_SCALING_RULES)),
        ("scaleDown", Type::Struct(&HPA_SCALING_RULES)),
    ],
};

pub(super) const HPA_SCALING_RULES: Struct = Struct {
    name: "HPAScalingRules",
    inline: &[],
    fields: &[
        ("stabilizationWindowSeconds", Type::Int32),
        ("selectPolicy", Type::Named("v2.ScalingPolicySelect")),
        (
            "policies",
            Type::List(&Type::Struct(&HPA_SCALING_POLICY), Merge::Atomic),
        ),
        ("tolerance", Type::Quantity),
    ],
};

pub(super) const HPA_SCALING_POLICY: Struct = Struct {
    name: "HPAScalingPolicy",
    inline: &[],
    fields: &[
        ("type", Type::Named("v2.HPAScalingPolicyType")),
        ("value", Type::Int32),
        ("periodSeconds", Type::Int32),
    ],
};

pub(super) const HORIZONTAL_POD_AUTOSCALER_STATUS: Struct = Struct {
    name: "HorizontalPodAutoscalerStatus",
    inline: &[],
    fields: &[
        ("observedGeneration", Type::Int64),
        ("lastScaleTime", Type::Time),
        ("currentReplicas", Type::Int32),
        // Of version v1.
        ("currentCPUUtilizationPercentage", Type::Int32),
        ("desiredReplicas", Type::Int32),
        (
            "currentMetrics",
            Type::List(&Type::Struct(&METRIC_STATUS), Merge::Atomic),
        ),
        (
            "conditions",
            Type::List(
                &Type::Struct(&HORIZONTAL_POD_AUTOSCALER_CONDITION),
                Merge::Key("type"),
            ),
        ),
    ],
};

pub(super) const METRIC_STATUS: Struct = Struct {
    name: "MetricStatus",
    inline: &[],
    fields: &[
        ("type", Type::Named("v2.MetricSourceType")),
        ("object", Type::Struct(&OBJECT_METRIC_STATUS)),
        ("pods", Type::Struct(&PODS_METRIC_STATUS)),
        ("resource", Type::Struct(&RESOURCE_METRIC_STATUS)),
        (
            "containerResource",
            Type::Struct(&CONTAINER_RESOURCE_METRIC_STATUS),
        ),
        ("external", Type::Struct(&EXTERNAL_METRIC_STATUS)),
    ],
};

pub(super) const OBJECT_METRIC_STATUS: Struct = Struct {
    name: "ObjectMetricStatus",
    inline: &[],
    fields: &[
        ("metric", Type::Struct(&METRIC_IDENTIFIER)),
        ("current", Type::Struct(&METRIC_VALUE_STATUS)),
        (
            "describedObject",
            Type::Struct(&CROSS_VERSION_OBJECT_REFERENCE),
        ),
    ],
};

pub(super) const METRIC_VALUE_STATUS: Struct = Struct {
    name: "MetricValueStatus",
    inline: &[],
    fields: &[
        ("value", Type::Quantity),
        ("averageValue", Type::Quantity),
        ("averageUtilization", Type::Int32),
    ],
};

pub(super) const PODS_METRIC_STATUS: Struct = Struct {
    name: "PodsMetricStatus",
    inline: &[],
    fields: &[
        ("metric", Type::Struct(&METRIC_IDENTIFIER)),
        ("current", Type::Struct(&METRIC_VALUE_STATUS)),
    ],
};

pub(super) const RESOURCE_METRIC_STATUS: Struct = Struct {
    name: "ResourceMetricStatus",
    inline: &[],
    fields: &[
        ("name", Type::Named("v1.ResourceName")),
        ("current", Type::Struct(&METRIC_VALUE_STATUS)),
    ],
};

pub(super) const CONTAINER_RESOURCE_METRIC_STATUS: Struct = Struct {
    name: "ContainerResourceMetricStatus",
    inline: &[],
    fields: &[
        ("name", Type::Named("v1.ResourceName")),
        ("current", Type::Struct(&METRIC_VALUE_STATUS)),
        ("container", Type::Text),
    ],
};

pub(super) const EXTERNAL_METRIC_STATUS: Struct = Struct {
    name: "ExternalMetricStatus",
    inline: &[],
    fields: &[
        ("metric", Type::Struct(&METRIC_IDENTIFIER)),
        ("current", Type::Struct(&METRIC_VALUE_STATUS)),
    ],
};

pub(super) const HORIZONTAL_POD_AUTOSCALER_CONDITION: Struct = Struct {
    name: "HorizontalPodAutoscalerCondition",
    inline: &[],
    fields: &[
        (
            "type",
            Type::Named("v2.HorizontalPodAutoscalerConditionType"),
        ),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
        ("observedGeneration", Type::Int64),
    ],
};
