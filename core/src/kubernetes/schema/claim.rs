//! Shapes of claims for volumes.

use super::meta::{LABEL_SELECTOR, OBJECT_META};
use super::{
    Field,
    Type::{Fields, List, Map, Quantity, Text, Time},
    kept, nullable, omitted, pointer,
};

const VOLUME_RESOURCE_REQUIREMENTS: &[Field] = &[
    omitted("limits", Map(&Quantity)),
    omitted("requests", Map(&Quantity)),
];

const TYPED_LOCAL_OBJECT_REFERENCE: &[Field] = &[
    nullable("apiGroup", Text),
    kept("kind", Text),
    kept("name", Text),
];

const TYPED_OBJECT_REFERENCE: &[Field] = &[
    nullable("apiGroup", Text),
    kept("kind", Text),
    kept("name", Text),
    pointer("namespace", Text),
];

const PERSISTENT_VOLUME_CLAIM_SPEC: &[Field] = &[
    omitted("accessModes", List(&Text)),
    pointer("selector", Fields(LABEL_SELECTOR)),
    kept("resources", Fields(VOLUME_RESOURCE_REQUIREMENTS)),
    omitted("volumeName", Text),
    pointer("storageClassName", Text),
    pointer("volumeMode", Text),
    pointer("dataSource", Fields(TYPED_LOCAL_OBJECT_REFERENCE)),
    pointer("dataSourceRef", Fields(TYPED_OBJECT_REFERENCE)),
    pointer("volumeAttributesClassName", Text),
];

pub(super) const PERSISTENT_VOLUME_CLAIM_TEMPLATE: &[Field] = &[
    kept("metadata", Fields(OBJECT_META)),
    kept("spec", Fields(PERSISTENT_VOLUME_CLAIM_SPEC)),
];

const PERSISTENT_VOLUME_CLAIM_CONDITION: &[Field] = &[
    kept("type", Text),
    kept("status", Text),
    kept("lastProbeTime", Time),
    kept("lastTransitionTime", Time),
    omitted("reason", Text),
    omitted("message", Text),
];

const MODIFY_VOLUME_STATUS: &[Field] = &[
    omitted("targetVolumeAttributesClassName", Text),
    kept("status", Text),
];

const VOLUME_HEALTH_CONDITION: &[Field] = &[
    kept("status", Text),
    kept("reason", Text),
    omitted("message", Text),
];

const VOLUME_HEALTH_STATUS: &[Field] = &[
    omitted("healthConditions", List(&Fields(VOLUME_HEALTH_CONDITION))),
    kept("lastTransitionTime", Time),
];

const PERSISTENT_VOLUME_CLAIM_STATUS: &[Field] = &[
    omitted("phase", Text),
    omitted("accessModes", List(&Text)),
    omitted("capacity", Map(&Quantity)),
    omitted(
        "conditions",
        List(&Fields(PERSISTENT_VOLUME_CLAIM_CONDITION)),
    ),
    omitted("allocatedResources", Map(&Quantity)),
    omitted("allocatedResourceStatuses", Map(&Text)),
    pointer("currentVolumeAttributesClassName", Text),
    pointer("modifyVolumeStatus", Fields(MODIFY_VOLUME_STATUS)),
    pointer("healthStatus", Fields(VOLUME_HEALTH_STATUS)),
];

pub(super) const PERSISTENT_VOLUME_CLAIM: &[Field] = &[
    omitted("kind", Text),
    omitted("apiVersion", Text),
    kept("metadata", Fields(OBJECT_META)),
    kept("spec", Fields(PERSISTENT_VOLUME_CLAIM_SPEC)),
    kept("status", Fields(PERSISTENT_VOLUME_CLAIM_STATUS)),
];
