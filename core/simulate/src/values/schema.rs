//! The shape of objects: which fields there are, what they hold, and how a patch merges their lists.
//!
//! Decoding (unknown fields, wrong types) and strategic merge both read it, so a field is named once.

mod apps;
mod core;
mod pod;

use serde_json::{Map, Value};

use super::error::{ApiError, ApiReason};
use super::kind::Kind;
use super::object::Object;

/// What a field holds.
pub(crate) enum Type {
    Text,
    Bool,
    Int32,
    Int64,
    IntOrText,
    Quantity,
    /// Text by name.
    Pairs,
    /// Amounts by name.
    Quantities,
    /// Not looked into.
    Any,
    Struct(&'static Struct),
    List(&'static Self, Merge),
}

/// How a strategic merge patch treats a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Merge {
    /// The patch's list replaces it.
    Atomic,
    /// Plain values that are added once.
    Set,
    /// Items with the same value in this field are merged.
    Key(&'static str),
    /// As `Key`; whatever a changed item does not name is dropped from it, so that one member of a union replaces another.
    KeyRetaining(&'static str),
}

/// An object with fixed fields.
pub(crate) struct Struct {
    /// Kubernetes' name of the type, which its decoding errors mention.
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [(&'static str, Type)],
}

impl Struct {
    pub(crate) fn field(&self, name: &str) -> Option<&'static Type> {
        self.fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, kind)| kind)
    }
}

impl Type {
    /// What `field` of a value of this type holds.
    pub(crate) fn field(&self, field: &str) -> &'static Self {
        match self {
            Self::Struct(fields) => fields.field(field).unwrap_or(&Self::Any),
            _ => &Self::Any,
        }
    }

    /// The name in errors.
    fn name(&self) -> String {
        match self {
            Self::Text => "string".into(),
            Self::Bool => "bool".into(),
            Self::Int32 => "int32".into(),
            Self::Int64 => "int64".into(),
            Self::IntOrText => "intstr.IntOrString".into(),
            Self::Quantity => "resource.Quantity".into(),
            Self::Pairs => "map[string]string".into(),
            Self::Quantities => "v1.ResourceList".into(),
            Self::Any => "interface {}".into(),
            Self::Struct(fields) => format!("v1.{}", fields.name),
            Self::List(item, _) => format!("[]{}", item.name()),
        }
    }
}

const META: Struct = Struct {
    name: "ObjectMeta",
    fields: &[
        ("name", Type::Text),
        ("generateName", Type::Text),
        ("namespace", Type::Text),
        ("selfLink", Type::Text),
        ("uid", Type::Text),
        ("resourceVersion", Type::Text),
        ("generation", Type::Int64),
        ("creationTimestamp", Type::Text),
        ("deletionTimestamp", Type::Text),
        ("deletionGracePeriodSeconds", Type::Int64),
        ("labels", Type::Pairs),
        ("annotations", Type::Pairs),
        (
            "ownerReferences",
            Type::List(&Type::Struct(&OWNER_REFERENCE), Merge::Key("uid")),
        ),
        ("finalizers", Type::List(&Type::Text, Merge::Set)),
        ("managedFields", Type::Any),
    ],
};

const OWNER_REFERENCE: Struct = Struct {
    name: "OwnerReference",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
        ("uid", Type::Text),
        ("controller", Type::Bool),
        ("blockOwnerDeletion", Type::Bool),
    ],
};

const SELECTOR: Struct = Struct {
    name: "LabelSelector",
    fields: &[
        ("matchLabels", Type::Pairs),
        (
            "matchExpressions",
            Type::List(&Type::Struct(&REQUIREMENT), Merge::Atomic),
        ),
    ],
};

const REQUIREMENT: Struct = Struct {
    name: "LabelSelectorRequirement",
    fields: &[
        ("key", Type::Text),
        ("operator", Type::Text),
        ("values", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

const CONDITIONS: Type = Type::List(&Type::Any, Merge::Key("type"));

/// The shape of a kind's objects.
pub(crate) fn of(kind: Kind) -> &'static Type {
    match kind {
        Kind::Namespace => &Type::Struct(&core::NAMESPACE),
        Kind::Node => &Type::Struct(&core::NODE),
        Kind::PersistentVolume => &Type::Struct(&core::VOLUME),
        Kind::StorageClass => &Type::Struct(&core::CLASS),
        Kind::ControllerRevision => &Type::Struct(&apps::REVISION),
        Kind::StatefulSet => &Type::Struct(&apps::STATEFUL_SET),
        Kind::Pod => &Type::Struct(&pod::POD),
        Kind::PersistentVolumeClaim => &Type::Struct(&core::CLAIM),
        Kind::Service => &Type::Struct(&core::SERVICE),
        Kind::PodDisruptionBudget => &Type::Struct(&apps::BUDGET),
        Kind::Secret => &Type::Struct(&core::SECRET),
        Kind::ConfigMap => &Type::Struct(&core::CONFIG_MAP),
        Kind::ServiceAccount => &Type::Struct(&core::SERVICE_ACCOUNT),
        Kind::PriorityClass => &Type::Struct(&core::PRIORITY_CLASS),
        Kind::ResourceQuota => &Type::Struct(&core::QUOTA),
        Kind::EndpointSlice
        | Kind::VolumeAttachment
        | Kind::ValidatingWebhookConfiguration
        | Kind::MutatingWebhookConfiguration
        | Kind::Event => &Type::Any,
    }
}

/// Reads an object as the API server does: wrong types and fields that do not exist are refused, and a field that is null
/// is as good as absent. In a map or a list, null is an empty text or no amount.
pub(crate) fn decode(kind: Kind, object: &mut Object) -> Result<(), ApiError> {
    let refuse = |why: String| {
        let (name, version) = (kind.name(), kind.version());
        let message =
            format!("{name} in version \"{version}\" cannot be handled as a {name}: {why}");
        Err(ApiError::new(ApiReason::BadRequest, message))
    };
    let mut unknown = Vec::new();
    let mut at = Place::default();
    if let Err(why) = walk(of(kind), object, kind.name(), &mut at, &mut unknown) {
        return refuse(why);
    }
    if !unknown.is_empty() {
        return refuse(format!("strict decoding error: {}", unknown.join(", ")));
    }
    drop_nulls(of(kind), object);
    Ok(())
}

fn drop_nulls(shape: &Type, value: &mut Value) {
    match (shape, value) {
        (Type::Struct(fields), Value::Object(map)) => {
            map.retain(|_, value| !value.is_null());
            for (name, value) in map {
                if let Some(shape) = fields.field(name) {
                    drop_nulls(shape, value);
                }
            }
        }
        (Type::List(item, _), Value::Array(list)) => {
            for value in list {
                drop_nulls(item, value);
            }
        }
        (Type::Pairs, Value::Object(map)) => {
            map.values_mut().for_each(|it| drop_nulls(&Type::Text, it));
        }
        (Type::Quantities, Value::Object(map)) => {
            map.values_mut()
                .for_each(|it| drop_nulls(&Type::Quantity, it));
        }
        (Type::Text, value @ Value::Null) => *value = "".into(),
        (Type::Quantity, value @ Value::Null) => *value = "0".into(),
        _ => {}
    }
}

/// Where the walk is: with indexes for unknown fields, without them for wrong types, as the two decoders write it.
#[derive(Default)]
struct Place {
    indexed: String,
    plain: String,
}

impl Place {
    fn inside<R>(&mut self, indexed: &str, plain: &str, walk: impl FnOnce(&mut Self) -> R) -> R {
        let (i, p) = (self.indexed.len(), self.plain.len());
        for (path, part) in [(&mut self.indexed, indexed), (&mut self.plain, plain)] {
            if !path.is_empty() && !part.is_empty() && !part.starts_with('[') {
                path.push('.');
            }
            path.push_str(part);
        }
        let result = walk(self);
        self.indexed.truncate(i);
        self.plain.truncate(p);
        result
    }
}

fn walk(
    wanted: &Type,
    value: &Value,
    holder: &str,
    at: &mut Place,
    unknown: &mut Vec<String>,
) -> Result<(), String> {
    // As good as absent.
    if value.is_null() {
        return Ok(());
    }
    let wrong = |found: String| {
        Err(format!(
            "json: cannot unmarshal {found} into Go struct field {holder}.{} of type {}",
            at.plain,
            wanted.name()
        ))
    };
    match (wanted, value) {
        (Type::Any, _)
        | (Type::Text | Type::IntOrText, Value::String(_))
        | (Type::Bool, Value::Bool(_)) => Ok(()),
        (Type::Int32 | Type::IntOrText, Value::Number(n))
            if n.as_i64().is_some_and(|n| i32::try_from(n).is_ok()) =>
        {
            Ok(())
        }
        (Type::Int64, Value::Number(n)) if n.is_i64() => Ok(()),
        (Type::Quantity, Value::String(_) | Value::Number(_)) => {
            let text = value.as_str().map_or_else(|| value.to_string(), Into::into);
            match statefulset::kubernetes::quantity::canonical(&text) {
                Some(_) => Ok(()),
                None => Err(
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
                        .into(),
                ),
            }
        }
        (Type::Pairs, Value::Object(map)) => each(map, &Type::Text, holder, at, unknown),
        (Type::Quantities, Value::Object(map)) => each(map, &Type::Quantity, holder, at, unknown),
        (Type::Struct(fields), Value::Object(map)) => {
            for (name, value) in map {
                at.inside(name, name, |at| {
                    if let Some(kind) = fields.field(name) {
                        return walk(kind, value, fields.name, at, unknown);
                    }
                    unknown.push(format!("unknown field \"{}\"", at.indexed));
                    Ok(())
                })?;
            }
            Ok(())
        }
        (Type::List(item, _), Value::Array(list)) => {
            for (i, value) in list.iter().enumerate() {
                at.inside(&format!("[{i}]"), "", |at| {
                    walk(item, value, holder, at, unknown)
                })?;
            }
            Ok(())
        }
        (_, Value::Number(n)) if matches!(wanted, Type::Int32 | Type::Int64) => {
            wrong(format!("number {n}"))
        }
        (_, other) => wrong(json_name(other).into()),
    }
}

fn each(
    map: &Map<String, Value>,
    wanted: &Type,
    holder: &str,
    at: &mut Place,
    unknown: &mut Vec<String>,
) -> Result<(), String> {
    map.iter().try_for_each(|(name, value)| {
        at.inside(name, "", |at| walk(wanted, value, holder, at, unknown))
    })
}

fn json_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
