//! The shape of a StatefulSet and of everything in it: which fields there are, what each holds, and what an API server
//! makes of one that is absent, `null` or zero.
//!
//! An API server reads an object into records with a fixed set of fields, and writes those records down again. A field
//! that the records do not have is lost on the way. A field that they have is written by its own rule, whatever the sender
//! wrote: see [`Presence`]. The tables say that rule for each field; [`settle`] is the one walk that follows them.

mod claim;
mod container;
mod driver;
mod environment;
mod meta;
mod placement;
mod pod;
mod probe;
mod projection;
mod security;
mod set;
mod volume;

use std::string::{String, ToString};

use serde_json::{Map, Number, Value};

use super::value::quantity::Quantity;
use Presence::{Kept, Nullable, Omitted, Pointer};
use Type::Fields;

/// A field of an object.
pub(crate) struct Field {
    name: &'static str,
    presence: Presence,
    holds: Type,
}

/// When a field is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// Always; its zero value where it was not given.
    Kept,
    /// Where it is not its zero value.
    Omitted,
    /// Where it was given, even as its zero value. `null` is as good as absent.
    Pointer,
    /// Always: as `null` where it was not given, and otherwise as it was given, even as its zero value.
    Nullable,
}

/// What a field holds.
pub(crate) enum Type {
    Text,
    Flag,
    Whole,
    /// A whole number or a text.
    IntOrText,
    Quantity,
    /// A moment, in whole seconds and in the time zone UTC.
    Time,
    /// Not looked into.
    Any,
    Fields(&'static [Field]),
    List(&'static Self),
    /// Values by names that are free.
    Map(&'static Self),
}

const fn field(name: &'static str, presence: Presence, holds: Type) -> Field {
    Field {
        name,
        presence,
        holds,
    }
}

const fn kept(name: &'static str, holds: Type) -> Field {
    field(name, Kept, holds)
}

const fn omitted(name: &'static str, holds: Type) -> Field {
    field(name, Omitted, holds)
}

const fn pointer(name: &'static str, holds: Type) -> Field {
    field(name, Pointer, holds)
}

const fn nullable(name: &'static str, holds: Type) -> Field {
    field(name, Nullable, holds)
}

/// A StatefulSet.
pub(crate) const STATEFUL_SET: &[Field] = set::STATEFUL_SET;
/// What every object says of itself.
pub(crate) const METADATA: &[Field] = meta::OBJECT_META;
/// What a StatefulSet should be.
pub(crate) const STATEFUL_SET_SPEC: &[Field] = set::STATEFUL_SET_SPEC;
/// A pod template.
pub(crate) const POD_TEMPLATE: &[Field] = pod::POD_TEMPLATE_SPEC;

/// Makes of an object what an API server stores of it, apart from defaults: the fields that its records have and that they
/// write down. What is of another type than its field stays as it is: an API server would refuse the object.
pub(crate) fn settle(fields: &[Field], object: &mut Map<String, Value>) {
    object.retain(|name, value| find(fields, name).is_some_and(|field| field.settle(value)));
    for field in fields {
        if matches!(field.presence, Kept | Nullable) && !object.contains_key(field.name) {
            let mut value = Value::Null;
            field.settle(&mut value);
            object.insert(field.name.to_string(), value);
        }
    }
}

/// An object without the fields that are `null`, apart from those that an API server writes so.
pub(crate) fn without_nulls(fields: &[Field], object: &Map<String, Value>) -> Map<String, Value> {
    let written = |(name, value): (&String, &Value)| {
        let field = find(fields, name);
        let stays = !value.is_null() || field.is_some_and(Field::may_be_null);
        let holds = field.map_or(&Type::Any, |field| &field.holds);
        stays.then(|| (name.clone(), holds.without_nulls(value)))
    };
    object.iter().filter_map(written).collect()
}

fn find<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.name == name)
}

impl Field {
    /// Settles its value, and says whether it is written.
    fn settle(&self, value: &mut Value) -> bool {
        match self.presence {
            Pointer | Nullable if value.is_null() => self.presence == Nullable,
            Kept | Pointer | Nullable => {
                self.holds.settle(value);
                true
            }
            Omitted => {
                self.holds.settle(value);
                !is_zero(value)
            }
        }
    }

    /// Whether `null` is written: there is no other way to write that nothing was given.
    const fn may_be_null(&self) -> bool {
        match self.presence {
            Nullable => true,
            Kept => matches!(self.holds, Type::List(_) | Type::Map(_) | Type::Time),
            Omitted | Pointer => false,
        }
    }
}

impl Type {
    fn settle(&self, value: &mut Value) {
        if value.is_null() {
            *value = self.zero();
        }
        match (self, &mut *value) {
            (Fields(fields), Value::Object(object)) => settle(fields, object),
            (Self::Map(holds), Value::Object(object)) => {
                for value in object.values_mut() {
                    holds.settle(value);
                }
            }
            // A stored list cannot be told from none if it is empty.
            (Self::List(_), Value::Array(items)) if items.is_empty() => *value = Value::Null,
            (Self::List(holds), Value::Array(items)) => {
                for item in items {
                    holds.settle(item);
                }
            }
            (Self::Whole | Self::IntOrText, Value::Number(number)) => {
                if let Some(whole) = whole(number) {
                    *number = whole;
                }
            }
            (Self::Quantity, amount) => {
                if let Some(text) = Quantity::of(amount).map(|amount| amount.to_string()) {
                    *amount = text.into();
                }
            }
            (Self::Time, Value::String(text)) => {
                if let Some(seconds) = in_seconds(text) {
                    *text = seconds;
                }
            }
            _ => {}
        }
    }

    /// What is written where nothing was given.
    fn zero(&self) -> Value {
        match self {
            Self::Text => "".into(),
            Self::Flag => false.into(),
            Self::Whole | Self::IntOrText => 0.into(),
            Self::Quantity => "0".into(),
            Fields(_) => Map::new().into(),
            Self::Time | Self::Any | Self::List(_) | Self::Map(_) => Value::Null,
        }
    }

    fn without_nulls(&self, value: &Value) -> Value {
        match (self, value) {
            (Fields(fields), Value::Object(object)) => without_nulls(fields, object).into(),
            (_, Value::Object(object)) => without_nulls(&[], object).into(),
            (Self::List(holds), Value::Array(items)) => {
                items.iter().map(|it| holds.without_nulls(it)).collect()
            }
            _ => value.clone(),
        }
    }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(yes) => !yes,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

/// A whole number that was written with a point or a power of ten, as tools do that know only such numbers.
fn whole(number: &Number) -> Option<Number> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    // Such a number is printed without a point if it is whole.
    let whole: i64 = float.to_string().parse().ok()?;
    Some(whole.into())
}

/// A moment as it is stored.
fn in_seconds(text: &str) -> Option<String> {
    let time: jiff::Timestamp = text.parse().ok()?;
    let seconds = jiff::Timestamp::from_second(time.as_millisecond().div_euclid(1000)).ok()?;
    Some(seconds.to_string())
}
