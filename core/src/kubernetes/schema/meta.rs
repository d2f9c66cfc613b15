//! Shapes of metadata and selectors.

use super::{
    Field,
    Type::{Any, Fields, Flag, List, Map, Text, Time, Whole},
    kept, omitted, pointer,
};

const OWNER_REFERENCE: &[Field] = &[
    kept("apiVersion", Text),
    kept("kind", Text),
    kept("name", Text),
    kept("uid", Text),
    pointer("controller", Flag),
    pointer("blockOwnerDeletion", Flag),
];

const MANAGED_FIELDS_ENTRY: &[Field] = &[
    omitted("manager", Text),
    omitted("operation", Text),
    omitted("apiVersion", Text),
    pointer("time", Time),
    omitted("fieldsType", Text),
    pointer("fieldsV1", Any),
    omitted("subresource", Text),
];

pub(super) const OBJECT_META: &[Field] = &[
    omitted("name", Text),
    omitted("generateName", Text),
    omitted("namespace", Text),
    omitted("selfLink", Text),
    omitted("uid", Text),
    omitted("resourceVersion", Text),
    omitted("generation", Whole),
    omitted("creationTimestamp", Time),
    pointer("deletionTimestamp", Time),
    pointer("deletionGracePeriodSeconds", Whole),
    omitted("labels", Map(&Text)),
    omitted("annotations", Map(&Text)),
    omitted("ownerReferences", List(&Fields(OWNER_REFERENCE))),
    omitted("finalizers", List(&Text)),
    omitted("managedFields", List(&Fields(MANAGED_FIELDS_ENTRY))),
];

const LABEL_SELECTOR_REQUIREMENT: &[Field] = &[
    kept("key", Text),
    kept("operator", Text),
    omitted("values", List(&Text)),
];

pub(super) const LABEL_SELECTOR: &[Field] = &[
    omitted("matchLabels", Map(&Text)),
    omitted(
        "matchExpressions",
        List(&Fields(LABEL_SELECTOR_REQUIREMENT)),
    ),
];

pub(super) const LOCAL_OBJECT_REFERENCE: &[Field] = &[omitted("name", Text)];
