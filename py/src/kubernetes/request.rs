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
    /// Stages run one after the other. Inside a stage each chain goes by `step`. Different chains may run at the same
    /// time, and so may requests of one step, except with `in_turn`. `carry_out` keeps this order and skips what must
    /// be skipped after a failure.
    Request in "requests" {
        /// The stage, from 0. A stage begins when the one before it has ended.
        stage: Int = ZERO => u32,
        /// The chain: the ordinal, or another number that stands for one.
        chain: Int = ZERO => u32,
        /// The place within the chain, from 0.
        step: Int = ZERO => u8,
        /// Whether only its own chain stops if it fails.
        duty: bool = false => bool,
        /// Whether it waits for everything that stands before it in its chain, also in its own step.
        in_turn: bool = false => bool,
        /// Why the planner decided this. None for a request that is not the planner's decision, such as the status.
        reason: Option<&str> = None => Option<Word<Reason>>,
        /// The HTTP method: "POST", "PUT", "PATCH" or "DELETE".
        method: &str => Word<Method>,
        /// The path, such as `/api/v1/namespaces/default/pods/web-0`.
        path: String => String,
        /// The content type of the body.
        content_type: &str = JSON => String,
        /// The body. Send it as it is: parsing and writing it again may change numbers in it, and with them the meaning
        /// of a revision.
        body: &[u8] = EMPTY => Vec<u8>,
        /// Outcomes other than "done" that are a success for it.
        tolerates: Vec<String> = NO_NAMES => List<Word<Status>>,
    }
    more {
        /// The "uid" and "resourceVersion" that the object must have. They are in the body already.
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

        /// Says an outcome as `Execution.end` takes it. An outcome that is a success for this request is "done".
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
