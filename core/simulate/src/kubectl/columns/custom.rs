//! The columns that a CustomResourceDefinition names.

use statefulset::Millis;

use super::since;
use crate::kubectl::jsonpath::{Path, show};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// The titles, if some are named.
pub(super) fn titles(kind: Kind) -> Option<Vec<String>> {
    let titles = defined(kind)?.iter().map(|(title, _)| title.to_uppercase());
    Some(["NAME".to_owned()].into_iter().chain(titles).collect())
}

/// The cells of one object, if columns are named.
pub(super) fn cells(kind: Kind, object: &Object, now: Millis) -> Option<Vec<String>> {
    let cells = defined(kind)?
        .iter()
        .map(|(_, path)| cell(object, path, now));
    let name = object.name().to_owned();
    Some([name].into_iter().chain(cells).collect())
}

fn defined(kind: Kind) -> Option<&'static [(&'static str, &'static str)]> {
    match kind {
        Kind::AtRest(resource) if !resource.columns.is_empty() => Some(resource.columns),
        _ => None,
    }
}

fn cell(object: &Object, path: &str, now: Millis) -> String {
    // Of moments it is told how long ago they were.
    if path == ".metadata.creationTimestamp" {
        return since(object, "/metadata/creationTimestamp", now);
    }
    let Ok(parsed) = Path::parse(path) else {
        return String::new();
    };
    let found = parsed.find(object);
    found.first().map_or_else(String::new, |value| show(value))
}
