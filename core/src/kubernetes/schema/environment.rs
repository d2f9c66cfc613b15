//! Shapes of a container's environment.

use super::projection::{OBJECT_FIELD_SELECTOR, RESOURCE_FIELD_SELECTOR};
use super::{
    Field,
    Type::{Fields, Flag, Text},
    kept, omitted, pointer,
};

const CONFIG_MAP_ENV_SOURCE: &[Field] = &[omitted("name", Text), pointer("optional", Flag)];

const SECRET_ENV_SOURCE: &[Field] = &[omitted("name", Text), pointer("optional", Flag)];

pub(super) const ENV_FROM_SOURCE: &[Field] = &[
    omitted("prefix", Text),
    pointer("configMapRef", Fields(CONFIG_MAP_ENV_SOURCE)),
    pointer("secretRef", Fields(SECRET_ENV_SOURCE)),
];

const CONFIG_MAP_KEY_SELECTOR: &[Field] = &[
    omitted("name", Text),
    kept("key", Text),
    pointer("optional", Flag),
];

const SECRET_KEY_SELECTOR: &[Field] = &[
    omitted("name", Text),
    kept("key", Text),
    pointer("optional", Flag),
];

const FILE_KEY_SELECTOR: &[Field] = &[
    kept("volumeName", Text),
    kept("path", Text),
    kept("key", Text),
    pointer("optional", Flag),
];

const ENV_VAR_SOURCE: &[Field] = &[
    pointer("fieldRef", Fields(OBJECT_FIELD_SELECTOR)),
    pointer("resourceFieldRef", Fields(RESOURCE_FIELD_SELECTOR)),
    pointer("configMapKeyRef", Fields(CONFIG_MAP_KEY_SELECTOR)),
    pointer("secretKeyRef", Fields(SECRET_KEY_SELECTOR)),
    pointer("fileKeyRef", Fields(FILE_KEY_SELECTOR)),
];

pub(super) const ENV_VAR: &[Field] = &[
    kept("name", Text),
    omitted("value", Text),
    pointer("valueFrom", Fields(ENV_VAR_SOURCE)),
];
