//! Who manages which fields of an object (`metadata.managedFields`), and server-side apply, which asks that.
//!
//! An object is taken apart by its kind's shape: fields, entries of maps, items of lists, and what is owned as a whole.

mod apply;
mod check;
mod comparison;
mod conflict;
mod element;
mod entry;
mod fields;
mod merge;
mod part;
mod set;
mod time;
mod update;
mod upgrade;

use serde_json::{Value, json};

use super::kind::Kind;
use super::object::Object;

pub(crate) use apply::{KUBECTL, apply};
pub(crate) use entry::{forget, is_managed, move_to};
pub(crate) use time::keep_times;
pub(crate) use update::{update, update_status};
pub(crate) use upgrade::{annotation_is_applied, upgraded};

use part::Place;

/// Who writes, to which part of an object, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer<'a> {
    pub(crate) manager: &'a str,
    /// Empty, or `status`.
    pub(crate) subresource: &'a str,
    /// As the API server writes moments.
    pub(crate) time: &'a str,
}

impl Writer<'_> {
    /// The field that the API server leaves alone, whatever the writer says of it.
    fn not_written(&self) -> &'static str {
        match self.subresource {
            "status" => "spec",
            _ => "status",
        }
    }
}

/// Whether nothing is known of a kind's objects but their metadata.
pub(crate) fn is_untyped(kind: Kind) -> bool {
    !Place::of(kind).names_of_struct("metadata")
}

/// An object of a kind with nothing in it.
fn base(kind: Kind) -> Object {
    json!({"apiVersion": kind.api_version(), "kind": kind.name()})
}

/// An object with all that an API server has in every object of its kind. A kind without a type of its own has nothing of that.
fn object_filled(place: Place, object: &Object) -> Object {
    let mut filled = fields::filled(place, object);
    if let Value::Object(map) = &mut filled {
        for name in ["metadata", "spec", "status"] {
            if place.names_of_struct(name) {
                map.entry(name).or_insert_with(|| json!({}));
            }
        }
    }
    fields::filled(place, &filled)
}
