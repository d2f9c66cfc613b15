//! Shapes of StatefulSets.

use super::claim::PERSISTENT_VOLUME_CLAIM;
use super::meta::{LABEL_SELECTOR, OBJECT_META};
use super::pod::POD_TEMPLATE_SPEC;
use super::{
    Field,
    Type::{Fields, IntOrText, List, Text, Time, Whole},
    kept, nullable, omitted, pointer,
};

const ROLLING_UPDATE_STATEFUL_SET_STRATEGY: &[Field] = &[
    pointer("partition", Whole),
    pointer("maxUnavailable", IntOrText),
];

const STATEFUL_SET_UPDATE_STRATEGY: &[Field] = &[
    omitted("type", Text),
    pointer(
        "rollingUpdate",
        Fields(ROLLING_UPDATE_STATEFUL_SET_STRATEGY),
    ),
];

const STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY: &[Field] =
    &[omitted("whenDeleted", Text), omitted("whenScaled", Text)];

const STATEFUL_SET_ORDINALS: &[Field] = &[kept("start", Whole)];

pub(super) const STATEFUL_SET_SPEC: &[Field] = &[
    pointer("replicas", Whole),
    nullable("selector", Fields(LABEL_SELECTOR)),
    kept("template", Fields(POD_TEMPLATE_SPEC)),
    omitted(
        "volumeClaimTemplates",
        List(&Fields(PERSISTENT_VOLUME_CLAIM)),
    ),
    kept("serviceName", Text),
    omitted("podManagementPolicy", Text),
    kept("updateStrategy", Fields(STATEFUL_SET_UPDATE_STRATEGY)),
    pointer("revisionHistoryLimit", Whole),
    omitted("minReadySeconds", Whole),
    pointer(
        "persistentVolumeClaimRetentionPolicy",
        Fields(STATEFUL_SET_PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY),
    ),
    pointer("ordinals", Fields(STATEFUL_SET_ORDINALS)),
];

const STATEFUL_SET_CONDITION: &[Field] = &[
    kept("type", Text),
    kept("status", Text),
    kept("lastTransitionTime", Time),
    omitted("reason", Text),
    omitted("message", Text),
];

const STATEFUL_SET_STATUS: &[Field] = &[
    omitted("observedGeneration", Whole),
    kept("replicas", Whole),
    omitted("readyReplicas", Whole),
    omitted("currentReplicas", Whole),
    omitted("updatedReplicas", Whole),
    omitted("currentRevision", Text),
    omitted("updateRevision", Text),
    pointer("collisionCount", Whole),
    omitted("conditions", List(&Fields(STATEFUL_SET_CONDITION))),
    kept("availableReplicas", Whole),
];

pub(super) const STATEFUL_SET: &[Field] = &[
    omitted("kind", Text),
    omitted("apiVersion", Text),
    kept("metadata", Fields(OBJECT_META)),
    kept("spec", Fields(STATEFUL_SET_SPEC)),
    kept("status", Fields(STATEFUL_SET_STATUS)),
];
