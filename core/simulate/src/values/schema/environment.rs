//! Shapes of a container's environment.

use super::meta::LOCAL_OBJECT_REFERENCE;
use super::{Struct, Type};

pub(super) const ENV_FROM_SOURCE: Struct = Struct {
    name: "EnvFromSource",
    inline: &[],
    fields: &[
        ("prefix", Type::Text),
        ("configMapRef", Type::Struct(&CONFIG_MAP_ENV_SOURCE)),
        ("secretRef", Type::Struct(&SECRET_ENV_SOURCE)),
    ],
};

pub(super) const CONFIG_MAP_ENV_SOURCE: Struct = Struct {
    name: "ConfigMapEnvSource",
    inline: &[&LOCAL_OBJECT_REFERENCE],
    fields: &[("optional", Type::Bool)],
};

pub(super) const SECRET_ENV_SOURCE: Struct = Struct {
    name: "SecretEnvSource",
    inline: &[&LOCAL_OBJECT_REFERENCE],
    fields: &[("optional", Type::Bool)],
};

pub(super) const ENV_VAR: Struct = Struct {
    name: "EnvVar",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("value", Type::Text),
        ("valueFrom", Type::Struct(&ENV_VAR_SOURCE)),
    ],
};

pub(super) const ENV_VAR_SOURCE: Struct = Struct {
    name: "EnvVarSource",
    inline: &[],
    fields: &[
        ("fieldRef", Type::Struct(&OBJECT_FIELD_SELECTOR)),
        ("resourceFieldRef", Type::Struct(&RESOURCE_FIELD_SELECTOR)),
        ("configMapKeyRef", Type::Struct(&CONFIG_MAP_KEY_SELECTOR)),
        ("secretKeyRef", Type::Struct(&SECRET_KEY_SELECTOR)),
        ("fileKeyRef", Type::Struct(&FILE_KEY_SELECTOR)),
    ],
};

pub(super) const OBJECT_FIELD_SELECTOR: Struct = Struct {
    name: "ObjectFieldSelector",
    inline: &[],
    fields: &[("apiVersion", Type::Text), ("fieldPath", Type::Text)],
};

pub(super) const RESOURCE_FIELD_SELECTOR: Struct = Struct {
    name: "ResourceFieldSelector",
    inline: &[],
    fields: &[
        ("containerName", Type::Text),
        ("resource", Type::Text),
        ("divisor", Type::Quantity),
    ],
};

pub(super) const CONFIG_MAP_KEY_SELECTOR: Struct = Struct {
    name: "ConfigMapKeySelector",
    inline: &[&LOCAL_OBJECT_REFERENCE],
    fields: &[("key", Type::Text), ("optional", Type::Bool)],
};

pub(super) const SECRET_KEY_SELECTOR: Struct = Struct {
    name: "SecretKeySelector",
    inline: &[&LOCAL_OBJECT_REFERENCE],
    fields: &[("key", Type::Text), ("optional", Type::Bool)],
};

pub(super) const FILE_KEY_SELECTOR: Struct = Struct {
    name: "FileKeySelector",
    inline: &[],
    fields: &[
        ("volumeName", Type::Text),
        ("path", Type::Text),
        ("key", Type::Text),
        ("optional", Type::Bool),
    ],
};
