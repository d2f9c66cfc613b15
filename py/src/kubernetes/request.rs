//! Requests to the API server.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Deserialize;
use statefulset::kubernetes::{self, Method};
use statefulset::{Place, Reason};

use super::outcome::{Outcome, Status};
use crate::execution::Execution;
use crate::field::{Int, List, NO_NAMES, ZERO};
use crate::outcome::Outcome as Short;
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    kubernetes;
    /// One request, ready to be sent.
    ///
    /// Stages run one after the other. Inside a stage each chain goes by `step`; different chains may run at the same
    /// time, and so may requests of one step, but for `in_turn`. `carry_out` keeps the order and skips what must be
    /// skipped after a failure.
    Request in "requests" {
        /// Stages are finished in this order, from 0.
        stage: Int = ZERO => u32,
        /// What must be done in order inside the stage: the ordinal, or a number of its own.
        chain: Int = ZERO => u32,
        /// Place within the chain, from 0.
        step: Int = ZERO => u8,
        /// Whether its failure stops nothing but its chain.
        duty: bool = false => bool,
        /// Whether it waits for all that stands before it in its chain, also in its own step.
        in_turn: bool = false => bool,
        /// Why, where a decision of the planner stands behind it.
        reason: Option<&str> = None => Option<Word<Reason>>,
        /// "POST", "PUT", "PATCH" or "DELETE".
        method: &str => Word<Method>,
        /// Such as `/api/v1/namespaces/default/pods/web-0`.
        path: String => String,
        /// What kind of body it has.
        content_type: &str = JSON => String,
        /// The body, to be sent as it is: to parse it and to write it again may change numbers, and with them the
        /// meaning of a revision.
        body: &[u8] = EMPTY => Vec<u8>,
        /// Outcomes besides "done" that are a success for it.
        tolerates: Vec<String> = NO_NAMES => List<Word<Status>>,
    }
    more {
        /// On which "uid" and "resourceVersion" of the object it depends; they stand in the body.
        #[getter]
        fn preconditions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
            let body: Body = serde_json::from_slice(&self.body).unwrap_or_default();
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
            outcome.status.0 == Status::Done || self.tolerates.0.contains(&outcome.status)
        }

        /// An outcome as `Execution.end` takes it: what is tolerated is "done".
        fn in_short(&self, outcome: &Outcome) -> Word<Short> {
            Word(match outcome.status.0 {
                _ if self.succeeded(outcome) => Short::Done,
                Status::NotFound => Short::NotFound,
                Status::AlreadyExists => Short::AlreadyExists,
                Status::NotTried => Short::NotTried,
                Status::Done | Status::Conflict | Status::Invalid | Status::Failed => Short::Failed,
            })
        }
    }
}

spelled!(planner Method { Post = "POST", Put = "PUT", Patch = "PATCH", Delete = "DELETE" });

const EMPTY: &[u8] = b"";
const JSON: &str = "application/json";

impl From<&kubernetes::Request> for Request {
    fn from(request: &kubernetes::Request) -> Self {
        let gone = request.may_be_gone().then_some(Word(Status::NotFound));
        let refused = request.may_be_refused().then_some(Word(Status::Invalid));
        Self {
            stage: request.stage,
            chain: request.chain,
            step: request.step,
            duty: request.duty,
            in_turn: request.place().in_turn,
            reason: request.reason.map(Word),
            method: Word(request.method),
            path: request.path.clone(),
            content_type: request.content_type.into(),
            body: request.body.clone(),
            tolerates: List(gone.into_iter().chain(refused).collect()),
        }
    }
}

/// Begins to send requests.
pub(super) fn execution(requests: &[Request]) -> Execution {
    Execution::of(requests.iter().map(|request| {
        Some(Place {
            stage: request.stage,
            chain: request.chain,
            step: request.step,
            duty: request.duty,
            in_turn: request.in_turn,
            may_be_gone: request.tolerates.0.contains(&Word(Status::NotFound)),
        })
    }))
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
