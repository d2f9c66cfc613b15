//! The JSON text of what goes in and comes out: one form for C, Go, Python and for programs that talk in lines.
//!
//! [`Due`], [`Requests`], [`Tail`], [`Reconciled`] and [`FieldError`] write themselves as below; [`outcomes`],
//! [`Cluster::watch`] and [`normalize`] read.
//! Fields without a value are left out, unknown fields are refused, times are milliseconds since the Unix epoch.
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
//! - `retrying` says that `next` is nothing but another try after a failure; it is left out where it is not so.
//! - A request's `stage`, `chain`, `step` and `duty` are [`Request`]'s. `"tolerates":["not-found"]` names outcomes that
//!   are a success for it besides `done`; `not-found` and `invalid` may stand there. The requests of `finish` have only
//!   `duty`: they go one by one, and the first that fails ends them, unless it is a duty.
//! - `body` stands as it is to be sent, byte by byte. Parsing and writing it again may change numbers, and with them the
//!   meaning of a revision: cut it out instead.
//! - An outcome may be what the API server answered, in HTTP's words: its code, and its body if there is one.
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
