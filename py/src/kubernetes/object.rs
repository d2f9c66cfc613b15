//! What Python passes for an object: its JSON text, a mapping, or an object of the official client.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyMapping, PyString, PyType};
use serde::Deserialize;
use serde_json::value::RawValue;
use statefulset::kubernetes::{Kind, SetResource};

use super::error::Subject;
use super::json;

/// The text of an object.
pub(super) struct ObjectText<'a> {
    pub(super) json: Cow<'a, [u8]>,
    /// What it is, where its class says so.
    kind: Option<Kind>,
}

impl<'a> ObjectText<'a> {
    pub(super) fn of(object: &'a Bound<'_, PyAny>) -> PyResult<Self> {
        let json = if let Ok(bytes) = object.cast::<PyBytes>() {
            Cow::Borrowed(bytes.as_bytes())
        } else if let Ok(text) = object.cast::<PyString>() {
            let text = text.to_str().map_err(|_| {
                let problem = "is text with half a character in it";
                Subject::default().error(object.py(), ".", problem)
            })?;
            Cow::Borrowed(text.as_bytes())
        } else if object.cast::<PyMapping>().is_ok() {
            Cow::Owned(of_mapping(object, None)?)
        } else {
            return of_client(object);
        };
        Ok(Self { json, kind: None })
    }

    /// The kind: the one given, or else what the object says.
    pub(super) fn kind(
        &self,
        py: Python<'_>,
        given: Option<&str>,
        sets: &SetResource,
    ) -> PyResult<Kind> {
        if let Some(name) = given {
            return kind(py, name);
        }
        if let Some(kind) = self.kind {
            return Ok(kind);
        }
        let header: Header = serde_json::from_slice(&self.json)
            .map_err(|error| Subject::default().error(py, ".", &error.to_string()))?;
        let metadata = header.metadata.unwrap_or_default();
        let subject = Subject {
            kind: header.kind.unwrap_or_default(),
            namespace: metadata.namespace.unwrap_or_default(),
            name: metadata.name.unwrap_or_default(),
            ..Subject::default()
        };
        sets.kind_of(header.api_version.as_deref(), &subject.kind)
            .map_err(|error| subject.error(py, error.field, &error.problem))
    }
}

/// What any object says of itself.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Header {
    api_version: Option<String>,
    kind: Option<String>,
    metadata: Option<Metadata>,
}
#[derive(Deserialize, Default)]
#[serde(default)]
struct Metadata {
    namespace: Option<String>,
    name: Option<String>,
}

/// A kind by its name.
pub(super) fn kind(py: Python<'_>, name: &str) -> PyResult<Kind> {
    Kind::from_name(name).ok_or_else(|| {
        let known = Kind::ALL.map(Kind::name).join(", ");
        let problem = format!("expected one of {known}, found {name:?}");
        Subject::default().error(py, "kind", &problem)
    })
}

fn of_mapping(mapping: &Bound<'_, PyAny>, kind: Option<Kind>) -> PyResult<Vec<u8>> {
    // The other spelling, which would be read as an object without any field.
    if mapping.contains("api_version")? {
        let problem =
            "is not how the API spells it; pass the client's object itself, not its to_dict()";
        return Err(subject(mapping, kind).error(mapping.py(), "api_version", problem));
    }
    json::text(mapping).map_err(|misfit| {
        subject(mapping, kind).error(mapping.py(), &misfit.path(), &misfit.problem)
    })
}

/// What can be read of an object that cannot be read.
fn subject(mapping: &Bound<'_, PyAny>, kind: Option<Kind>) -> Subject {
    let text = |from: &Bound<'_, PyAny>, key: &str| -> String {
        let value = from.get_item(key).and_then(|value| value.extract());
        value.unwrap_or_default()
    };
    let metadata = mapping.get_item("metadata");
    let of_metadata = |key| metadata.as_ref().map_or(String::new(), |it| text(it, key));
    Subject {
        kind: kind.map_or_else(|| text(mapping, "kind"), |kind| kind.name().into()),
        namespace: of_metadata("namespace"),
        name: of_metadata("name"),
        ..Subject::default()
    }
}

static SANITIZED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// An object of the official client, by the client's own serializer.
fn of_client<'a>(object: &Bound<'_, PyAny>) -> PyResult<ObjectText<'a>> {
    let py = object.py();
    let make = || -> PyResult<Py<PyAny>> {
        let module = py.import("statefulset._official")?;
        Ok(module.getattr("sanitized")?.unbind())
    };
    let sanitized = SANITIZED.get_or_try_init(py, make)?.bind(py);
    let fields = sanitized.call1((object,))?;
    let class: Bound<'_, PyType> = object.get_type();
    let class = class.name()?;
    let name = kind_of_class(class.to_str()?);
    let kind = name.and_then(Kind::from_name);
    if let Some(name) = name.filter(|_| !matches!(fields.contains("kind"), Ok(true))) {
        fields.set_item("kind", name)?;
        if let Some(kind) = kind {
            fields.set_item("apiVersion", kind.api_version())?;
        }
    }
    let json = Cow::Owned(of_mapping(&fields, kind)?);
    Ok(ObjectText { json, kind })
}

/// `V1Pod` is a `Pod`, and `CoreV1Event` an `Event`. Objects out of lists say it in no other way.
fn kind_of_class(class: &str) -> Option<&str> {
    let (_, version) = class.split_once('V')?;
    let kind = version.trim_start_matches(|c: char| c.is_ascii_digit());
    (kind.len() < version.len()).then_some(kind)
}

/// The text of one object or list, or of many.
pub(super) fn texts<'a>(objects: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, [u8]>> {
    // Text and mappings are one object, though they can be iterated over, too.
    let is_one = objects.is_instance_of::<PyBytes>()
        || objects.is_instance_of::<PyString>()
        || objects.cast::<PyMapping>().is_ok();
    if is_one || objects.try_iter().is_err() {
        return ObjectText::of(objects).map(|text| text.json);
    }
    array(objects).map(Cow::Owned)
}

/// The text of many objects, lists among them: an array.
fn array(objects: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let mut out = vec![b'['];
    for (index, object) in objects.try_iter()?.enumerate() {
        let object = object?;
        let text = ObjectText::of(&object)?;
        // Text that is two values, or none, would pass for other entries.
        serde_json::from_slice::<&RawValue>(&text.json).map_err(|error| {
            Subject::default().error(object.py(), &format!("[{index}]"), &error.to_string())
        })?;
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(&text.json);
    }
    out.push(b']');
    Ok(out)
}
