//! The order of objects that `--sort-by` asks for.

use std::cmp::Ordering;
use std::rc::Rc;

use serde_json::Value;
use statefulset::kubernetes::quantity::parse_milli;

use super::failure::Failure;
use super::jsonpath::Path;
use crate::values::object::Object;

/// `.spec.nodeName`, with or without braces and dot.
pub(super) fn path(text: &str) -> Result<Path, Failure> {
    Path::parse(text).map_err(Failure::error)
}

/// That no object has the field.
pub(super) fn nothing(text: &str) -> Failure {
    let inside = text.trim_start_matches('{').trim_end_matches('}');
    let inside = inside.trim_start_matches('.');
    Failure::error(format!(
        "couldn't find any field with path \"{{.{inside}}}\" in the list of objects"
    ))
}

/// Sorts by the field at `path`; objects without it come first. An error where there are objects and none has it.
pub(super) fn sort(objects: &mut [Rc<Object>], path: &Path) -> Result<(), ()> {
    let field = |object: &Rc<Object>| path.find(object).first().map(|value| (*value).clone());
    if !objects.is_empty() && objects.iter().all(|object| field(object).is_none()) {
        return Err(());
    }
    objects.sort_by(|a, b| match (field(a), field(b)) {
        (Some(a), Some(b)) => compare(&a, &b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    Ok(())
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(0.0), b.as_f64().unwrap_or(0.0));
            a.total_cmp(&b)
        }
        (Value::String(a), Value::String(b)) => match (parse_milli(a), parse_milli(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => a.cmp(b),
        },
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
