//! Shapes of what is shown as files: secrets, configuration, fields of the pod, tokens.

use super::meta::LABEL_SELECTOR;
use super::{
    Field,
    Type::{Fields, Flag, List, Map, Quantity, Text, Whole},
    kept, omitted, pointer,
};

const KEY_TO_PATH: &[Field] = &[
    kept("key", Text),
    kept("path", Text),
    pointer("mode", Whole),
    pointer("user", Whole),
];

pub(super) const SECRET_VOLUME_SOURCE: &[Field] = &[
    omitted("secretName", Text),
    omitted("items", List(&Fields(KEY_TO_PATH))),
    pointer("defaultMode", Whole),
    pointer("optional", Flag),
    pointer("defaultUser", Whole),
];

pub(super) const CONFIG_MAP_VOLUME_SOURCE: &[Field] = &[
    omitted("name", Text),
    omitted("items", List(&Fields(KEY_TO_PATH))),
    pointer("defaultMode", Whole),
    pointer("optional", Flag),
    pointer("defaultUser", Whole),
];

pub(super) const OBJECT_FIELD_SELECTOR: &[Field] =
    &[omitted("apiVersion", Text), kept("fieldPath", Text)];

pub(super) const RESOURCE_FIELD_SELECTOR: &[Field] = &[
    omitted("containerName", Text),
    kept("resource", Text),
    kept("divisor", Quantity),
];

const DOWNWARD_API_VOLUME_FILE: &[Field] = &[
    kept("path", Text),
    pointer("fieldRef", Fields(OBJECT_FIELD_SELECTOR)),
    pointer("resourceFieldRef", Fields(RESOURCE_FIELD_SELECTOR)),
    pointer("mode", Whole),
    pointer("user", Whole),
];

pub(super) const DOWNWARD_API_VOLUME_SOURCE: &[Field] = &[
    omitted("items", List(&Fields(DOWNWARD_API_VOLUME_FILE))),
    pointer("defaultMode", Whole),
    pointer("defaultUser", Whole),
];

const SECRET_PROJECTION: &[Field] = &[
    omitted("name", Text),
    omitted("items", List(&Fields(KEY_TO_PATH))),
    pointer("optional", Flag),
];

const DOWNWARD_API_PROJECTION: &[Field] =
    &[omitted("items", List(&Fields(DOWNWARD_API_VOLUME_FILE)))];

const CONFIG_MAP_PROJECTION: &[Field] = &[
    omitted("name", Text),
    omitted("items", List(&Fields(KEY_TO_PATH))),
    pointer("optional", Flag),
];

const SERVICE_ACCOUNT_TOKEN_PROJECTION: &[Field] = &[
    omitted("audience", Text),
    pointer("expirationSeconds", Whole),
    kept("path", Text),
    pointer("user", Whole),
];

const CLUSTER_TRUST_BUNDLE_PROJECTION: &[Field] = &[
    pointer("name", Text),
    pointer("signerName", Text),
    pointer("labelSelector", Fields(LABEL_SELECTOR)),
    pointer("optional", Flag),
    kept("path", Text),
    pointer("user", Whole),
];

const POD_CERTIFICATE_PROJECTION: &[Field] = &[
    omitted("signerName", Text),
    omitted("keyType", Text),
    pointer("maxExpirationSeconds", Whole),
    omitted("credentialBundlePath", Text),
    omitted("keyPath", Text),
    omitted("certificateChainPath", Text),
    omitted("userAnnotations", Map(&Text)),
    pointer("user", Whole),
];

const VOLUME_PROJECTION: &[Field] = &[
    pointer("secret", Fields(SECRET_PROJECTION)),
    pointer("downwardAPI", Fields(DOWNWARD_API_PROJECTION)),
    pointer("configMap", Fields(CONFIG_MAP_PROJECTION)),
    pointer(
        "serviceAccountToken",
        Fields(SERVICE_ACCOUNT_TOKEN_PROJECTION),
    ),
    pointer(
        "clusterTrustBundle",
        Fields(CLUSTER_TRUST_BUNDLE_PROJECTION),
    ),
    pointer("podCertificate", Fields(POD_CERTIFICATE_PROJECTION)),
];

pub(super) const PROJECTED_VOLUME_SOURCE: &[Field] = &[
    kept("sources", List(&Fields(VOLUME_PROJECTION))),
    pointer("defaultMode", Whole),
    pointer("defaultUser", Whole),
];
