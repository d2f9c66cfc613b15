//! What comes out.

use std::string::{String, ToString};
use std::vec::Vec;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::reconcile::Reconciled;
use crate::action::{Action, Do};
use crate::kubernetes::turn::event::Event;
use crate::kubernetes::turn::request::{Blocker, PlanId, Request, Requests};
use crate::kubernetes::turn::tail::Tail;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::agenda::Due;
use crate::kubernetes::view::freshness::{Awaited, Unseen};
use crate::outcome::Next;
use crate::time::Millis;
use crate::wait::{Gate, Gates};

/// `"namespace/name"`
impl Serialize for Key {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// `"view.now"`
impl Serialize for PlanId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            sets: &'a [Key],
            #[serde(skip_serializing_if = "Option::is_none")]
            next: Option<Millis>,
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            retrying: bool,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            awaited: &'a [Awaited],
        }
        let form = Form {
            sets: &self.sets,
            next: self.next,
            retrying: self.retrying,
            awaited: &self.awaited,
        };
        form.serialize(to)
    }
}

impl Serialize for Awaited {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            set: &'a Key,
            #[serde(flatten)]
            on: On<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            since: Option<Millis>,
            text: String,
        }
        let form = Form {
            set: &self.set,
            on: On::of(self.kind, &self.name, Some(self.unseen)),
            since: self.since,
            text: self.to_string(),
        };
        form.serialize(to)
    }
}

impl Serialize for Requests {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            id: PlanId,
            #[serde(flatten)]
            work: Work<'a>,
        }
        let form = Form {
            id: self.id,
            work: Work::of(self),
        };
        form.serialize(to)
    }
}

impl Serialize for Reconciled {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            #[serde(flatten)]
            work: Work<'a>,
            tail: &'a Tail,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            errors: Vec<String>,
        }
        let errors = self.errors.iter().map(ToString::to_string);
        let form = Form {
            work: Work::of(&self.requests),
            tail: &self.tail,
            errors: errors.collect(),
        };
        form.serialize(to)
    }
}

/// A plan without its name.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Work<'a> {
    requests: Vec<Ordered<'a>>,
    waits: Vec<Waiting<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_wake: Option<Millis>,
    more: bool,
}

impl<'a> Work<'a> {
    fn of(requests: &'a Requests) -> Self {
        let waits = requests.waits.iter().zip(&requests.blockers);
        let waits = waits.filter_map(|(action, on)| Waiting::of(action, on.as_ref()));
        Self {
            requests: requests.requests.iter().map(Ordered::of).collect(),
            waits: waits.collect(),
            next_wake: requests.next_wake,
            more: requests.more,
        }
    }
}

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Ordered::of(self).serialize(to)
    }
}

/// A request and its place in the order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ordered<'a> {
    stage: u32,
    chain: u32,
    step: u8,
    duty: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    in_turn: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(flatten)]
    request: Bare<'a>,
}

impl<'a> Ordered<'a> {
    fn of(request: &'a Request) -> Self {
        Self {
            stage: request.stage,
            chain: request.chain,
            step: request.step,
            duty: request.duty,
            in_turn: request.place().in_turn,
            reason: request.reason.map(crate::Reason::slug),
            request: Bare::of(request),
        }
    }
}

/// A request alone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bare<'a> {
    method: &'static str,
    path: &'a str,
    content_type: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tolerates: Vec<&'static str>,
    #[serde(serialize_with = "as_it_is")]
    body: &'a [u8],
}

impl<'a> Bare<'a> {
    fn of(request: &'a Request) -> Self {
        let gone = request.may_be_gone().then_some("not-found");
        let refused = request.may_be_refused().then_some("invalid");
        Self {
            method: request.method.name(),
            path: &request.path,
            content_type: request.content_type,
            tolerates: gone.into_iter().chain(refused).collect(),
            body: &request.body,
        }
    }
}

fn as_it_is<S: Serializer>(body: &&[u8], to: S) -> Result<S::Ok, S::Error> {
    let body: &RawValue = serde_json::from_slice(body).map_err(S::Error::custom)?;
    body.serialize(to)
}

#[derive(Serialize)]
struct Waiting<'a> {
    ordinal: u32,
    through: u32,
    reason: &'static str,
    #[serde(serialize_with = "slugs")]
    gates: Gates,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<On<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Millis>,
}

#[derive(Serialize)]
struct On<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unseen: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<u64>,
}

impl<'a> On<'a> {
    fn of(kind: Kind, name: &'a str, unseen: Option<Unseen>) -> Self {
        Self {
            kind: kind.name(),
            name,
            unseen: unseen.map(Unseen::slug),
            version: unseen.and_then(Unseen::version),
            seen: unseen.and_then(Unseen::seen),
        }
    }
}

impl<'a> Waiting<'a> {
    fn of(action: &Action, on: Option<&'a Blocker>) -> Option<Self> {
        let Do::Wait(wait) = action.what else {
            return None;
        };
        Some(Self {
            ordinal: action.ordinal,
            through: wait.through,
            reason: action.reason.slug(),
            gates: wait.gates,
            on: on.map(|on| On::of(on.kind, &on.name, on.unseen)),
            since: wait.since,
            until: wait.until,
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn slugs<S: Serializer>(gates: &Gates, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(gates.iter().map(Gate::slug))
}

impl Serialize for Tail {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            requests: Vec<Ordered<'a>>,
            events: &'a [Event],
            next: &'static str,
        }
        let form = Form {
            requests: self.requests.iter().map(Ordered::of).collect(),
            events: &self.events,
            next: match self.next {
                Next::Rest => "rest",
                Next::Again => "again",
                Next::Retry => "retry",
            },
        };
        form.serialize(to)
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            r#type: &'static str,
            reason: &'static str,
            message: &'a str,
        }
        let form = Form {
            r#type: self.kind.name(),
            reason: self.reason,
            message: &self.message,
        };
        form.serialize(to)
    }
}
