//! Reading an object as the API server does.

use base64::alphabet::STANDARD;
use base64::engine::{Engine, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::{Struct, Type, of};
use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::Object;

/// Wrong types and fields that do not exist are refused, and a field that is null is as good as absent. In a map or a list,
/// null is an empty text or no amount.
pub(crate) fn decode(kind: Kind, object: &mut Object) -> Result<(), ApiError> {
    let refuse = |why: String| {
        let (name, version) = (kind.name(), kind.version());
        let message =
            format!("{name} in version \"{version}\" cannot be handled as a {name}: {why}");
        Err(ApiError::new(ApiReason::BadRequest, message))
    };
    let mut reader = Reader::default();
    let stopped = reader.read(of(kind), object, kind.name()).err();
    if let Some(why) = stopped.or(reader.wrong) {
        return refuse(why);
    }
    if !reader.unknown.is_empty() {
        return refuse(format!(
            "strict decoding error: {}",
            reader.unknown.join(", ")
        ));
    }
    drop_nulls(of(kind), object);
    Ok(())
}

fn drop_nulls(shape: &Type, value: &mut Value) {
    match (shape, value) {
        (Type::Struct(fields) | Type::Whole(fields) | Type::Open(fields), Value::Object(map)) => {
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
        (Type::Pairs | Type::Bytes, Value::Object(map)) => {
            map.values_mut().for_each(|it| drop_nulls(&Type::Text, it));
        }
        (Type::Quantities, Value::Object(map)) => {
            map.values_mut()
                .for_each(|it| drop_nulls(&Type::Quantity, it));
        }
        (Type::Text | Type::Named(_), value @ Value::Null) => *value = "".into(),
        (Type::Quantity, value @ Value::Null) => *value = "0".into(),
        _ => {}
    }
}

/// What has been read so far. A field of a wrong type does not keep the decoder from reading on, and the first such field is
/// told. A value that its type reads by itself (amounts, moments, numbers that may be texts) ends the reading, and is
/// told before all others.
#[derive(Default)]
struct Reader {
    /// Where the reader is: with indexes for unknown fields, and with the names of inlined types for wrong types, as the
    /// two decoders write it.
    indexed: String,
    plain: String,
    wrong: Option<String>,
    unknown: Vec<String>,
}

impl Reader {
    fn inside<R>(&mut self, indexed: &str, plain: &str, read: impl FnOnce(&mut Self) -> R) -> R {
        let (i, p) = (self.indexed.len(), self.plain.len());
        for (path, part) in [(&mut self.indexed, indexed), (&mut self.plain, plain)] {
            if !path.is_empty() && !part.is_empty() && !part.starts_with('[') {
                path.push('.');
            }
            path.push_str(part);
        }
        let result = read(self);
        self.indexed.truncate(i);
        self.plain.truncate(p);
        result
    }

    /// Reads a value of a field of `holder`.
    fn read(&mut self, wanted: &Type, value: &Value, holder: &str) -> Result<(), String> {
        let stopped = |why: String| Err(why);
        match (wanted, value) {
            // As good as absent.
            (_, Value::Null)
            | (Type::Any, _)
            | (Type::Text | Type::Named(_) | Type::IntOrText, Value::String(_))
            | (Type::Bool, Value::Bool(_)) => Ok(()),
            (Type::Int32 | Type::IntOrText, Value::Number(n))
                if n.as_i64().is_some_and(|n| i32::try_from(n).is_ok()) =>
            {
                Ok(())
            }
            (Type::Int64, Value::Number(n)) if n.is_i64() => Ok(()),
            (Type::Quantity, _) => {
                let text = value.as_str().map_or_else(|| value.to_string(), Into::into);
                match statefulset::kubernetes::quantity::canonical(&text) {
                    Some(_) => Ok(()),
                    None => stopped(NO_QUANTITY.into()),
                }
            }
            (Type::Time, Value::String(text)) => match text.parse::<jiff::Timestamp>() {
                Ok(_) => Ok(()),
                Err(_) => stopped(format!(
                    "parsing time {value} as \"2006-01-02T15:04:05Z07:00\": cannot parse {value} as \"2006\""
                )),
            },
            (Type::Time | Type::IntOrText, _) => stopped(self.mismatch(wanted, value, holder)),
            (Type::Pairs, Value::Object(map)) => self.each(map, &Type::Text, holder),
            (Type::Quantities, Value::Object(map)) => self.each(map, &Type::Quantity, holder),
            (Type::Bytes, Value::Object(map)) => {
                for value in map.values() {
                    self.read_bytes(value, holder);
                }
                Ok(())
            }
            (Type::Struct(fields) | Type::Whole(fields), Value::Object(map)) => {
                self.fields(fields, false, map)
            }
            (Type::Open(fields), Value::Object(map)) => self.fields(fields, true, map),
            (Type::List(item, _), Value::Array(list)) => {
                for (i, value) in list.iter().enumerate() {
                    self.inside(&format!("[{i}]"), "", |it| it.read(item, value, holder))?;
                }
                Ok(())
            }
            _ => {
                let why = self.mismatch(wanted, value, holder);
                self.wrong.get_or_insert(why);
                Ok(())
            }
        }
    }

    fn fields(
        &mut self,
        fields: &Struct,
        open: bool,
        map: &Map<String, Value>,
    ) -> Result<(), String> {
        for (name, value) in map {
            let Some((inlined, kind)) = fields.place(name) else {
                if !open {
                    self.inside(name, "", |it| {
                        it.unknown.push(format!("unknown field \"{}\"", it.indexed));
                    });
                }
                continue;
            };
            let plain = if inlined.is_empty() {
                name
            } else {
                &format!("{inlined}.{name}")
            };
            self.inside(name, plain, |it| it.read(kind, value, fields.name))?;
        }
        Ok(())
    }

    fn each(
        &mut self,
        map: &Map<String, Value>,
        wanted: &Type,
        holder: &str,
    ) -> Result<(), String> {
        map.iter().try_for_each(|(name, value)| {
            self.inside(name, "", |it| it.read(wanted, value, holder))
        })
    }

    fn read_bytes(&mut self, value: &Value, holder: &str) {
        let why = match value {
            Value::Null => return,
            Value::String(text) => {
                // Line ends are no data.
                let text: Vec<u8> = text.bytes().filter(|b| !b"\r\n".contains(b)).collect();
                match BASE64.decode(&text) {
                    Ok(_) => return,
                    Err(error) => format!(
                        "illegal base64 data at input byte {}",
                        place(&error, text.len())
                    ),
                }
            }
            other => self.unlike(json_name(other), holder, "[]uint8"),
        };
        self.wrong.get_or_insert(why);
    }

    fn mismatch(&self, wanted: &Type, value: &Value, holder: &str) -> String {
        let found = match value {
            Value::Number(n) if matches!(wanted, Type::Int32 | Type::Int64 | Type::IntOrText) => {
                &format!("number {n}")
            }
            other => json_name(other),
        };
        self.unlike(found, holder, &go_name(wanted))
    }

    fn unlike(&self, found: &str, holder: &str, wanted: &str) -> String {
        let at = &self.plain;
        format!(
            "json: cannot unmarshal {found} into Go struct field {holder}.{at} of type {wanted}"
        )
    }
}

/// As Go has it: what is left over in the last symbol is not looked at.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

const NO_QUANTITY: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/// The byte at which Go's decoder stops: of a last group that is too short, its first one.
fn place(error: &base64::DecodeError, len: usize) -> usize {
    match error {
        base64::DecodeError::InvalidByte(at, _) => *at,
        base64::DecodeError::InvalidLastSymbol { .. }
        | base64::DecodeError::InvalidLength(_)
        | base64::DecodeError::InvalidPadding => len - len % 4,
    }
}

/// The type that an error names.
fn go_name(wanted: &Type) -> String {
    match wanted {
        Type::Text | Type::Time => "string".into(),
        Type::Named(name) => (*name).into(),
        Type::Bool => "bool".into(),
        Type::Int32 | Type::IntOrText => "int32".into(),
        Type::Int64 => "int64".into(),
        Type::Quantity => "resource.Quantity".into(),
        Type::Pairs => "map[string]string".into(),
        Type::Bytes => "map[string][]uint8".into(),
        Type::Quantities => "v1.ResourceList".into(),
        Type::Any => "interface {}".into(),
        Type::Struct(fields) | Type::Whole(fields) | Type::Open(fields) => {
            format!("v1.{}", fields.name)
        }
        Type::List(item, _) => format!("[]{}", go_name(item)),
    }
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
