//! StatefulSets as somebody wrote them, where no API server looks at them.

use pyo3::prelude::*;
use serde_json::Value;
use statefulset::kubernetes::{
    self, FieldErrorReason, validate_stateful_set, validate_stateful_set_update,
};

use super::error::{in_argument, unreadable};
use super::object::ObjectText;
use crate::error::{bug, guard};
use crate::field::List;
use crate::profile::{ProfileArgument, UPSTREAM};
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    kubernetes;
    /// A mistake that an API server would refuse, in its words.
    FieldError in "errors" {
        /// The path of the field, such as `spec.template.spec.containers[0].name`.
        field: String => String,
        /// The kind of mistake.
        reason: &str => Word<FieldErrorReason>,
        /// What is wrong.
        message: String => String,
    }
    more {
        fn __str__(&self) -> String {
            format!("{}: {}", self.field, self.message)
        }
    }
}

spelled!(planner FieldErrorReason {
    NotFound = "FieldValueNotFound",
    Required = "FieldValueRequired",
    Duplicate = "FieldValueDuplicate",
    Invalid = "FieldValueInvalid",
    NotSupported = "FieldValueNotSupported",
    Forbidden = "FieldValueForbidden",
    TooLong = "FieldValueTooLong",
    TooMany = "FieldValueTooMany",
    TypeInvalid = "FieldValueTypeInvalid",
});

impl From<kubernetes::FieldError> for FieldError {
    fn from(error: kubernetes::FieldError) -> Self {
        Self {
            field: error.path,
            reason: Word(error.reason),
            message: error.message,
        }
    }
}

/// The set that an argument holds, with all its defaults.
fn filled_in(
    argument: &str,
    manifest: &Bound<'_, PyAny>,
    profile: &statefulset::Profile,
) -> PyResult<Value> {
    let py = manifest.py();
    let read = || {
        let text = ObjectText::of(manifest)?;
        let set = py.detach(|| guard(|| kubernetes::normalize(&text.json, profile)))?;
        set.map_err(|error| unreadable(py, error))
    };
    read().map_err(|error| in_argument(py, error, argument))
}

fn errors(found: Vec<kubernetes::FieldError>) -> List<FieldError> {
    List(found.into_iter().map(FieldError::from).collect())
}

/// `statefulset.kubernetes.normalize`, before its answer is read.
#[pyfunction]
#[pyo3(signature = (manifest, *, profile))]
pub(crate) fn normalize(
    manifest: &Bound<'_, PyAny>,
    profile: ProfileArgument,
) -> PyResult<Vec<u8>> {
    let profile = profile.fact(manifest.py())?;
    let set = filled_in("manifest", manifest, &profile)?;
    serde_json::to_vec(&set).map_err(|error| bug(&error.to_string()))
}

#[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
/// Says what an API server would refuse in a new StatefulSet, for hosts without one. Defaults are filled in first.
///
/// Args:
///     manifest: the set: JSON text, a mapping as JSON is read into, or an object of the official client.
///     profile: a `Profile`, or the name of one, such as "standalone". Only its Kubernetes feature gates matter.
///
/// Returns:
///     Each mistake. Empty if an API server would accept the set.
///
/// Raises:
///     ObjectError: it is no JSON object.
///     PlanError: there is no such profile.
#[pyfunction]
#[pyo3(signature = (manifest, *, profile=UPSTREAM))]
pub(crate) fn validate(
    manifest: &Bound<'_, PyAny>,
    profile: ProfileArgument,
) -> PyResult<List<FieldError>> {
    let py = manifest.py();
    let profile = profile.fact(py)?;
    let set = filled_in("manifest", manifest, &profile)?;
    py.detach(|| guard(|| validate_stateful_set(&set, &profile)))
        .map(errors)
}

#[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
/// Says what an API server would refuse when a set is changed into another.
///
/// These are mistakes of the new one, and changes that are not allowed. A mistake that the old one has already is not
/// reported.
///
/// Args:
///     old: the set as it is.
///     new: the set as it is to be.
///     profile: a `Profile`, or the name of one, such as "standalone". Only its Kubernetes feature gates matter.
///
/// Returns:
///     Each mistake. Empty if an API server would accept the change.
///
/// Raises:
///     ObjectError: one is no JSON object; `list` says which.
///     PlanError: there is no such profile.
#[pyfunction]
#[pyo3(signature = (old, new, *, profile=UPSTREAM))]
pub(crate) fn validate_update(
    old: &Bound<'_, PyAny>,
    new: &Bound<'_, PyAny>,
    profile: ProfileArgument,
) -> PyResult<List<FieldError>> {
    let py = old.py();
    let profile = profile.fact(py)?;
    let old = filled_in("old", old, &profile)?;
    let new = filled_in("new", new, &profile)?;
    py.detach(|| guard(|| validate_stateful_set_update(&old, &new, &profile)))
        .map(errors)
}

#[cfg(test)]
mod tests {
    use statefulset::kubernetes::FieldErrorReason;

    use crate::word::Spelled;

    #[test]
    fn mistakes_are_called_as_the_api_server_calls_them() {
        for reason in FieldErrorReason::ALL {
            let sent = serde_json::to_value(reason).expect("a word");
            assert_eq!(sent, reason.spelling());
        }
    }
}
