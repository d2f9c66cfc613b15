//! The JSON form of inputs and results. C, Go, Python and programs that exchange lines of text all use it.
//!
//! [`Due`], [`Requests`], [`Tail`], [`Reconciled`] and [`FieldError`] write themselves as below; [`outcomes`],
//! [`Cluster::watch`] and [`normalize`] read JSON. Fields without a value are left out. Unknown fields are an error. Times
//! are milliseconds since the Unix epoch.
//!
//! ```text
//! due        {"sets":["default/web"],"next":1800000000000,"retrying":true}
//! plan       {"id":"7.1800000000000",
//!             "requests":[{"stage":4,"chain":0,"step":2,"duty":false,"reason":"scale-out","method":"POST",
//!                          "path":"/api/v1/namespaces/default/pods","contentType":"application/json",
//!                          "body":{…}}],
//!             "waits":[{"ordinal":1,"through":2,"reason":"scale-out","gates":["order"],
//!                       "on":{"kind":"Pod","name":"web-0"},"since":…,"until":…}],
//!             "nextWake":…,"more":false}
//! outcomes   [{"status":"done","resourceVersion":"17"},{"status":"not-found"},{"status":"already-exists"},
//!             {"status":"conflict"},{"status":"invalid","message":"…"},{"status":"failed","message":"…"},
//!             {"status":"not-tried"},
//!             {"http":409,"body":{"kind":"Status","reason":"AlreadyExists",…}}]
//! finish     {"requests":[{"duty":true,"method":"PATCH","path":"…","contentType":"…","body":{…},…}],
//!             "events":[{"type":"Normal","reason":"SuccessfulCreate","message":"…"}],
//!             "next":"rest"}
//! reconcile  {"requests":[…],"waits":[…],"more":false,
//!             "tail":{"requests":[…],"events":[…],"next":"rest"},
//!             "errors":["Pod default/web-1: spec: missing field `containers`"]}
//! validate   [{"field":"spec.replicas","reason":"FieldValueInvalid",
//!              "message":"Invalid value: -1: must be greater than or equal to 0"}]
//! watch      {"type":"ADDED","object":{"apiVersion":"v1","kind":"Pod","metadata":{…},…}}
//! ```
//!
//! - `retrying` says that at `next` a set is only retried after a failure. It is left out if it is false.
//! - A request's `stage`, `chain`, `step` and `duty` are those of [`Request`]. `"tolerates":["not-found"]` names the
//!   outcomes besides `done` that are a success for it; `not-found` and `invalid` may stand there. The requests of `finish`
//!   have only `duty`: they are sent one by one, and the first that fails ends them, unless it is a duty.
//! - `body` must be sent as it stands, byte by byte, so cut it out of the text. Parsing it and writing it again may change
//!   numbers, and then a revision is another revision.
//! - An outcome may also be the API server's answer: the HTTP status code, and the body if there is one.
//! - The `ordinal` and `through` of a wait are [`NO_ORDINAL`](crate::NO_ORDINAL) if it is about pods that have no ordinal.
//! - `next` is `rest`, `again` or `retry`: see [`Next`](crate::Next).

mod answer;
mod manifest;
mod outcome;
mod reconcile;
mod watch;

pub use super::value::input::WireError;
pub use manifest::normalize;
pub use outcome::outcomes;
pub use reconcile::{Reconciled, reconcile};

#[cfg(doc)]
use {
    super::cluster::Cluster,
    super::turn::request::{Request, Requests},
    super::turn::tail::Tail,
    super::validation::field_error::FieldError,
    super::view::agenda::Due,
};
