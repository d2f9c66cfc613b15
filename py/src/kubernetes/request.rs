//! Requests to the API server.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use serde::Deserialize;
use statefulset::Reason;
use statefulset::kubernetes;

use super::outcome::Outcome;
use crate::word::Word;

/// One request, ready to be sent.
///
/// Stages run one after the other. Inside a stage each chain goes by `step`; different chains may run at the same time,
/// and so may requests of one step. `Requests.may_try` says what to skip after a failure.
#[pyclass(frozen, eq, module = "statefulset.kubernetes")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Request(pub(crate) kubernetes::Request);

#[pymethods]
impl Request {
    /// Stages are finished in this order.
    #[getter]
    const fn stage(&self) -> u32 {
        self.0.stage
    }

    /// What must be done in order inside the stage.
    #[getter]
    const fn chain(&self) -> u32 {
        self.0.chain
    }

    /// Place within the chain.
    #[getter]
    const fn step(&self) -> u8 {
        self.0.step
    }

    /// Whether its failure stops nothing but its chain.
    #[getter]
    const fn duty(&self) -> bool {
        self.0.duty
    }

    /// Why, where a decision of the planner stands behind it.
    #[getter]
    fn reason(&self) -> Option<Word<Reason>> {
        self.0.reason.map(Word)
    }

    /// "POST", "PUT", "PATCH" or "DELETE".
    #[getter]
    const fn method(&self) -> &'static str {
        self.0.method.name()
    }

    /// Such as `/api/v1/namespaces/default/pods/web-0`.
    #[getter]
    fn path(&self) -> &str {
        &self.0.path
    }

    /// What kind of body it has.
    #[getter]
    const fn content_type(&self) -> &'static str {
        self.0.content_type
    }

    /// The body, to be sent as it is: to parse it and to write it again may change numbers, and with them the meaning of
    /// a revision.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.body)
    }

    /// On which "uid" and "resourceVersion" of the object it depends; they stand in the body.
    #[getter]
    fn preconditions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let body: Body = serde_json::from_slice(&self.0.body).unwrap_or_default();
        let of_deletion = body.delete_options.unwrap_or_default().preconditions;
        let all = [body.preconditions, of_deletion, body.metadata];
        let found = PyDict::new(py);
        for conditions in all.into_iter().flatten() {
            if let Some(uid) = conditions.uid {
                found.set_item("uid", uid)?;
            }
            if let Some(version) = conditions.resource_version {
                found.set_item("resourceVersion", version)?;
            }
        }
        Ok(found)
    }

    /// Whether this outcome is a success for this request.
    fn succeeded(&self, outcome: &Outcome) -> bool {
        self.0.succeeded(&outcome.fact())
    }

    fn __repr__(&self) -> String {
        format!("<Request {} {}>", self.method(), self.path())
    }
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    preconditions: Option<Preconditions>,
    delete_options: Option<DeleteOptions>,
    metadata: Option<Preconditions>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct DeleteOptions {
    preconditions: Option<Preconditions>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Preconditions {
    uid: Option<String>,
    resource_version: Option<String>,
}
