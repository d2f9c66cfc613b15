//! Shapes of devices of nodes.

use super::meta::{CONDITION, OBJECT_META, TYPE_META};
use super::placement::NODE_SELECTOR;
use super::{Merge, Struct, Type};

pub(super) const DEVICE_CLASS: Struct = Struct {
    name: "DeviceClass",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&DEVICE_CLASS_SPEC)),
    ],
};

pub(super) const DEVICE_CLASS_SPEC: Struct = Struct {
    name: "DeviceClassSpec",
    inline: &[],
    fields: &[
        (
            "selectors",
            Type::List(&Type::Struct(&DEVICE_SELECTOR), Merge::Atomic),
        ),
        (
            "config",
            Type::List(&Type::Struct(&DEVICE_CLASS_CONFIGURATION), Merge::Atomic),
        ),
        ("extendedResourceName", Type::Text),
    ],
};

pub(super) const DEVICE_SELECTOR: Struct = Struct {
    name: "DeviceSelector",
    inline: &[],
    fields: &[("cel", Type::Struct(&CEL_DEVICE_SELECTOR))],
};

pub(super) const CEL_DEVICE_SELECTOR: Struct = Struct {
    name: "CELDeviceSelector",
    inline: &[],
    fields: &[("expression", Type::Text)],
};

pub(super) const DEVICE_CLASS_CONFIGURATION: Struct = Struct {
    name: "DeviceClassConfiguration",
    inline: &[&DEVICE_CONFIGURATION],
    fields: &[],
};

pub(super) const DEVICE_CONFIGURATION: Struct = Struct {
    name: "DeviceConfiguration",
    inline: &[],
    fields: &[("opaque", Type::Struct(&OPAQUE_DEVICE_CONFIGURATION))],
};

pub(super) const OPAQUE_DEVICE_CONFIGURATION: Struct = Struct {
    name: "OpaqueDeviceConfiguration",
    inline: &[],
    fields: &[("driver", Type::Text), ("parameters", Type::Any)],
};

pub(super) const DEVICE_TAINT_RULE: Struct = Struct {
    name: "DeviceTaintRule",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&DEVICE_TAINT_RULE_SPEC)),
        ("status", Type::Struct(&DEVICE_TAINT_RULE_STATUS)),
    ],
};

pub(super) const DEVICE_TAINT_RULE_SPEC: Struct = Struct {
    name: "DeviceTaintRuleSpec",
    inline: &[],
    fields: &[
        ("deviceSelector", Type::Struct(&DEVICE_TAINT_SELECTOR)),
        ("taint", Type::Struct(&DEVICE_TAINT)),
    ],
};

pub(super) const DEVICE_TAINT_SELECTOR: Struct = Struct {
    name: "DeviceTaintSelector",
    inline: &[],
    fields: &[
        ("driver", Type::Text),
        ("pool", Type::Text),
        ("device", Type::Text),
    ],
};

pub(super) const DEVICE_TAINT: Struct = Struct {
    name: "DeviceTaint",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("value", Type::Text),
        ("effect", Type::Named("v1.DeviceTaintEffect")),
        ("timeAdded", Type::Time),
    ],
};

pub(super) const DEVICE_TAINT_RULE_STATUS: Struct = Struct {
    name: "DeviceTaintRuleStatus",
    inline: &[],
    fields: &[(
        "conditions",
        Type::List(&Type::Struct(&CONDITION), Merge::Key("type")),
    )],
};

pub(super) const RESOURCE_SLICE: Struct = Struct {
    name: "ResourceSlice",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&RESOURCE_SLICE_SPEC)),
    ],
};

pub(super) const RESOURCE_SLICE_SPEC: Struct = Struct {
    name: "ResourceSliceSpec",
    inline: &[],
    fields: &[
        ("driver", Type::Text),
        ("pool", Type::Struct(&RESOURCE_POOL)),
        ("nodeName", Type::Text),
        ("nodeSelector", Type::Struct(&NODE_SELECTOR)),
        ("allNodes", Type::Bool),
        ("devices", Type::List(&Type::Struct(&DEVICE), Merge::Atomic)),
        ("perDeviceNodeSelection", Type::Bool),
        (
            "sharedCounters",
            Type::List(&Type::Struct(&COUNTER_SET), Merge::Atomic),
        ),
        (
            "partitionTypeAttribute",
            Type::Named("v1.FullyQualifiedName"),
        ),
        (
            "skipNodeOperations",
            Type::List(&Type::Named("v1.SkipNodeOperation"), Merge::Atomic),
        ),
    ],
};

pub(super) const RESOURCE_POOL: Struct = Struct {
    name: "ResourcePool",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("generation", Type::Int64),
        ("resourceSliceCount", Type::Int64),
    ],
};

pub(super) const DEVICE: Struct = Struct {
    name: "Device",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("attributes", Type::Any),
        ("capacity", Type::Any),
        (
            "consumesCounters",
            Type::List(&Type::Struct(&DEVICE_COUNTER_CONSUMPTION), Merge::Atomic),
        ),
        ("nodeName", Type::Text),
        ("nodeSelector", Type::Struct(&NODE_SELECTOR)),
        ("allNodes", Type::Bool),
        (
            "taints",
            Type::List(&Type::Struct(&DEVICE_TAINT), Merge::Atomic),
        ),
        ("bindsToNode", Type::Bool),
        ("bindingConditions", Type::List(&Type::Text, Merge::Atomic)),
        (
            "bindingFailureConditions",
            Type::List(&Type::Text, Merge::Atomic),
        ),
        ("allowMultipleAllocations", Type::Bool),
        ("nodeAllocatableResources", Type::Any),
    ],
};

pub(super) const DEVICE_COUNTER_CONSUMPTION: Struct = Struct {
    name: "DeviceCounterConsumption",
    inline: &[],
    fields: &[
        ("counterSet", Type::Text),
        ("counters", Type::Any),
        (
            "compatibilityGroups",
            Type::List(&Type::Text, Merge::Atomic),
        ),
    ],
};

pub(super) const COUNTER_SET: Struct = Struct {
    name: "CounterSet",
    inline: &[],
    fields: &[("name", Type::Text), ("counters", Type::Any)],
};
