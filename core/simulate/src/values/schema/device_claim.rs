//! Shapes of claims of devices.

use super::device::{DEVICE_CONFIGURATION, DEVICE_SELECTOR};
use super::meta::{CONDITION, OBJECT_META, RAW_EXTENSION, TYPE_META};
use super::placement::NODE_SELECTOR;
use super::{Merge, Struct, Type};

pub(super) const CLAIM_OF_DEVICES: Struct = Struct {
    name: "ResourceClaim",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&RESOURCE_CLAIM_SPEC)),
        ("status", Type::Struct(&RESOURCE_CLAIM_STATUS)),
    ],
};

pub(super) const RESOURCE_CLAIM_SPEC: Struct = Struct {
    name: "ResourceClaimSpec",
    inline: &[],
    fields: &[("devices", Type::Struct(&DEVICE_CLAIM))],
};

pub(super) const DEVICE_CLAIM: Struct = Struct {
    name: "DeviceClaim",
    inline: &[],
    fields: &[
        (
            "requests",
            Type::List(&Type::Struct(&DEVICE_REQUEST), Merge::Atomic),
        ),
        (
            "constraints",
            Type::List(&Type::Struct(&DEVICE_CONSTRAINT), Merge::Atomic),
        ),
        (
            "config",
            Type::List(&Type::Struct(&DEVICE_CLAIM_CONFIGURATION), Merge::Atomic),
        ),
    ],
};

pub(super) const DEVICE_REQUEST: Struct = Struct {
    name: "DeviceRequest",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("exactly", Type::Struct(&EXACT_DEVICE_REQUEST)),
        (
            "firstAvailable",
            Type::List(&Type::Struct(&DEVICE_SUB_REQUEST), Merge::Atomic),
        ),
    ],
};

pub(super) const EXACT_DEVICE_REQUEST: Struct = Struct {
    name: "ExactDeviceRequest",
    inline: &[],
    fields: &[
        ("deviceClassName", Type::Text),
        (
            "selectors",
            Type::List(&Type::Struct(&DEVICE_SELECTOR), Merge::Atomic),
        ),
        ("allocationMode", Type::Named("v1.DeviceAllocationMode")),
        ("count", Type::Int64),
        ("adminAccess", Type::Bool),
        (
            "tolerations",
            Type::List(&Type::Struct(&DEVICE_TOLERATION), Merge::Atomic),
        ),
        ("capacity", Type::Struct(&CAPACITY_REQUIREMENTS)),
        (
            "derivedAttributes",
            Type::List(&Type::Struct(&DEVICE_DERIVED_ATTRIBUTE), Merge::Atomic),
        ),
    ],
};

pub(super) const DEVICE_TOLERATION: Struct = Struct {
    name: "DeviceToleration",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("operator", Type::Named("v1.DeviceTolerationOperator")),
        ("value", Type::Text),
        ("effect", Type::Named("v1.DeviceTaintEffect")),
        ("tolerationSeconds", Type::Int64),
    ],
};

pub(super) const CAPACITY_REQUIREMENTS: Struct = Struct {
    name: "CapacityRequirements",
    inline: &[],
    fields: &[("requests", Type::Quantities)],
};

pub(super) const DEVICE_DERIVED_ATTRIBUTE: Struct = Struct {
    name: "DeviceDerivedAttribute",
    inline: &[],
    fields: &[
        ("name", Type::Named("v1.FullyQualifiedName")),
        ("expression", Type::Text),
    ],
};

pub(super) const DEVICE_SUB_REQUEST: Struct = Struct {
    name: "DeviceSubRequest",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("deviceClassName", Type::Text),
        (
            "selectors",
            Type::List(&Type::Struct(&DEVICE_SELECTOR), Merge::Atomic),
        ),
        ("allocationMode", Type::Named("v1.DeviceAllocationMode")),
        ("count", Type::Int64),
        (
            "tolerations",
            Type::List(&Type::Struct(&DEVICE_TOLERATION), Merge::Atomic),
        ),
        ("capacity", Type::Struct(&CAPACITY_REQUIREMENTS)),
        (
            "derivedAttributes",
            Type::List(&Type::Struct(&DEVICE_DERIVED_ATTRIBUTE), Merge::Atomic),
        ),
    ],
};

pub(super) const DEVICE_CONSTRAINT: Struct = Struct {
    name: "DeviceConstraint",
    inline: &[],
    fields: &[
        ("requests", Type::List(&Type::Text, Merge::Atomic)),
        ("matchAttribute", Type::Named("v1.FullyQualifiedName")),
        ("distinctAttribute", Type::Named("v1.FullyQualifiedName")),
    ],
};

pub(super) const DEVICE_CLAIM_CONFIGURATION: Struct = Struct {
    name: "DeviceClaimConfiguration",
    inline: &[&DEVICE_CONFIGURATION],
    fields: &[("requests", Type::List(&Type::Text, Merge::Atomic))],
};

pub(super) const RESOURCE_CLAIM_STATUS: Struct = Struct {
    name: "ResourceClaimStatus",
    inline: &[],
    fields: &[
        ("allocation", Type::Struct(&ALLOCATION_RESULT)),
        (
            "reservedFor",
            Type::List(
                &Type::Struct(&RESOURCE_CLAIM_CONSUMER_REFERENCE),
                Merge::Key("uid"),
            ),
        ),
        (
            "devices",
            Type::List(&Type::Struct(&ALLOCATED_DEVICE_STATUS), Merge::Atomic),
        ),
    ],
};

pub(super) const ALLOCATION_RESULT: Struct = Struct {
    name: "AllocationResult",
    inline: &[],
    fields: &[
        ("devices", Type::Struct(&DEVICE_ALLOCATION_RESULT)),
        ("nodeSelector", Type::Struct(&NODE_SELECTOR)),
        ("allocationTimestamp", Type::Time),
    ],
};

pub(super) const DEVICE_ALLOCATION_RESULT: Struct = Struct {
    name: "DeviceAllocationResult",
    inline: &[],
    fields: &[
        (
            "results",
            Type::List(
                &Type::Struct(&DEVICE_REQUEST_ALLOCATION_RESULT),
                Merge::Atomic,
            ),
        ),
        (
            "config",
            Type::List(
                &Type::Struct(&DEVICE_ALLOCATION_CONFIGURATION),
                Merge::Atomic,
            ),
        ),
    ],
};

pub(super) const DEVICE_REQUEST_ALLOCATION_RESULT: Struct = Struct {
    name: "DeviceRequestAllocationResult",
    inline: &[],
    fields: &[
        ("request", Type::Text),
        ("driver", Type::Text),
        ("pool", Type::Text),
        ("device", Type::Text),
        ("adminAccess", Type::Bool),
        (
            "tolerations",
            Type::List(&Type::Struct(&DEVICE_TOLERATION), Merge::Atomic),
        ),
        ("bindingConditions", Type::List(&Type::Text, Merge::Atomic)),
        (
            "bindingFailureConditions",
            Type::List(&Type::Text, Merge::Atomic),
        ),
        ("shareID", Type::Named("types.UID")),
        ("consumedCapacity", Type::Quantities),
        (
            "skipNodeOperations",
            Type::List(&Type::Named("v1.SkipNodeOperation"), Merge::Atomic),
        ),
    ],
};

pub(super) const DEVICE_ALLOCATION_CONFIGURATION: Struct = Struct {
    name: "DeviceAllocationConfiguration",
    inline: &[&DEVICE_CONFIGURATION],
    fields: &[
        ("source", Type::Named("v1.AllocationConfigSource")),
        ("requests", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const RESOURCE_CLAIM_CONSUMER_REFERENCE: Struct = Struct {
    name: "ResourceClaimConsumerReference",
    inline: &[],
    fields: &[
        ("apiGroup", Type::Text),
        ("resource", Type::Text),
        ("name", Type::Text),
        ("uid", Type::Named("types.UID")),
    ],
};

pub(super) const ALLOCATED_DEVICE_STATUS: Struct = Struct {
    name: "AllocatedDeviceStatus",
    inline: &[],
    fields: &[
        ("driver", Type::Text),
        ("pool", Type::Text),
        ("device", Type::Text),
        ("shareID", Type::Text),
        (
            "conditions",
            Type::List(&Type::Struct(&CONDITION), Merge::Atomic),
        ),
        ("data", Type::Open(&RAW_EXTENSION)),
        ("networkData", Type::Struct(&NETWORK_DEVICE_DATA)),
    ],
};

pub(super) const NETWORK_DEVICE_DATA: Struct = Struct {
    name: "NetworkDeviceData",
    inline: &[],
    fields: &[
        ("interfaceName", Type::Text),
        ("ips", Type::List(&Type::Text, Merge::Atomic)),
        ("hardwareAddress", Type::Text),
    ],
};

pub(super) const RESOURCE_CLAIM_TEMPLATE: Struct = Struct {
    name: "ResourceClaimTemplate",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&RESOURCE_CLAIM_TEMPLATE_SPEC)),
    ],
};

pub(super) const RESOURCE_CLAIM_TEMPLATE_SPEC: Struct = Struct {
    name: "ResourceClaimTemplateSpec",
    inline: &[],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&RESOURCE_CLAIM_SPEC)),
    ],
};
