//! Python's objects as JSON text. What JSON does not have is refused, with its path.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyTzInfo,
};
use serde::de::DeserializeOwned;

/// So deep may values be nested; the reader of the text stops there, too.
const DEEPEST: usize = 120;

/// Where something is wrong, innermost first, and what.
pub(crate) struct Misfit {
    steps: Vec<String>,
    pub(crate) problem: String,
}

impl Misfit {
    fn new(problem: impl Into<String>) -> Self {
        Self {
            steps: Vec::new(),
            problem: problem.into(),
        }
    }

    fn inside(mut self, step: String) -> Self {
        self.steps.push(step);
        self
    }

    /// Such as `spec.containers[0].name`; `.` is the whole.
    pub(crate) fn path(&self) -> String {
        let path: String = self.steps.iter().rev().map(String::as_str).collect();
        match path.strip_prefix('.') {
            Some(path) => path.into(),
            None if path.is_empty() => ".".into(),
            None => path,
        }
    }
}

impl From<PyErr> for Misfit {
    fn from(error: PyErr) -> Self {
        Self::new(error.to_string())
    }
}

/// The text of a value.
pub(crate) fn text(value: &Bound<'_, PyAny>) -> Result<Vec<u8>, Misfit> {
    let mut out = Vec::with_capacity(4096);
    write(&mut out, value, 0)?;
    Ok(out)
}

/// A value as it is kept on this side. What JSON does not have is refused.
pub(crate) fn read<T: DeserializeOwned>(value: &Bound<'_, PyAny>) -> PyResult<T> {
    let text = text(value).map_err(|misfit| {
        let message = format!("{}: {}", misfit.path(), misfit.problem);
        PyTypeError::new_err(message)
    })?;
    serde_json::from_slice(&text).map_err(|error| PyTypeError::new_err(error.to_string()))
}

fn write(out: &mut Vec<u8>, value: &Bound<'_, PyAny>, depth: usize) -> Result<(), Misfit> {
    if depth > DEEPEST {
        return Err(Misfit::new("is nested too deeply"));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return string(out, text);
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return object(out, dict.iter(), depth);
    }
    if let Ok(list) = value.cast::<PyList>() {
        return array(out, list.iter(), depth);
    }
    if value.is_none() {
        out.extend_from_slice(b"null");
    } else if let Ok(flag) = value.cast::<PyBool>() {
        out.extend_from_slice(if flag.is_true() { b"true" } else { b"false" });
    } else if let Ok(number) = value.cast::<PyInt>() {
        match number.extract::<i64>() {
            Ok(small) => out.extend_from_slice(small.to_string().as_bytes()),
            Err(_) => out.extend_from_slice(number.str()?.to_str()?.as_bytes()),
        }
    } else if let Ok(number) = value.cast::<PyFloat>() {
        let number = number.value();
        if !number.is_finite() {
            return Err(Misfit::new(format!(
                "is {number}, which JSON does not have"
            )));
        }
        put(out, &number)?;
    } else if let Ok(tuple) = value.cast::<PyTuple>() {
        return array(out, tuple.iter(), depth);
    } else if let Ok(moment) = value.cast::<PyDateTime>() {
        timestamp(out, moment)?;
    } else if let Ok(mapping) = value.cast::<PyMapping>() {
        let items = mapping.items()?;
        let mut pairs = Vec::with_capacity(items.len());
        for item in items.iter() {
            pairs.push(item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?);
        }
        return object(out, pairs.into_iter(), depth);
    } else {
        let kind = value.get_type().name()?;
        return Err(Misfit::new(format!(
            "is a {kind}, which JSON does not have"
        )));
    }
    Ok(())
}

fn put(out: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) -> Result<(), Misfit> {
    serde_json::to_writer(out, value).map_err(|error| Misfit::new(error.to_string()))
}

fn string(out: &mut Vec<u8>, text: &Bound<'_, PyString>) -> Result<(), Misfit> {
    let text = text.to_str();
    put(
        out,
        text.map_err(|_| Misfit::new("is text with half a character in it"))?,
    )
}

fn object<'py>(
    out: &mut Vec<u8>,
    pairs: impl Iterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>,
    depth: usize,
) -> Result<(), Misfit> {
    out.push(b'{');
    let mut first = true;
    for (key, value) in pairs {
        if !first {
            out.push(b',');
        }
        first = false;
        let Ok(key) = key.cast_into::<PyString>() else {
            return Err(Misfit::new("has a key that is no string"));
        };
        string(out, &key)?;
        out.push(b':');
        write(out, &value, depth + 1).map_err(|misfit| {
            let key = key.to_string();
            misfit.inside(if key.is_empty() {
                "[\"\"]".into()
            } else {
                format!(".{key}")
            })
        })?;
    }
    out.push(b'}');
    Ok(())
}

fn array<'py>(
    out: &mut Vec<u8>,
    values: impl Iterator<Item = Bound<'py, PyAny>>,
    depth: usize,
) -> Result<(), Misfit> {
    out.push(b'[');
    for (index, value) in values.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, &value, depth + 1).map_err(|misfit| misfit.inside(format!("[{index}]")))?;
    }
    out.push(b']');
    Ok(())
}

/// Readers of YAML make datetimes of timestamps.
fn timestamp(out: &mut Vec<u8>, moment: &Bound<'_, PyDateTime>) -> Result<(), Misfit> {
    if moment.call_method0("utcoffset")?.is_none() {
        return Err(Misfit::new(
            "must be aware: a datetime without a time zone is no moment",
        ));
    }
    let utc = moment.call_method1("astimezone", (PyTzInfo::utc(moment.py())?,))?;
    let text: String = utc.call_method0("isoformat")?.extract()?;
    put(out, &text.replace("+00:00", "Z"))
}
