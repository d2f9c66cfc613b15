//! Requests: ready to be sent, in order.

use std::fmt;
use std::str::FromStr;
use std::string::String;
use std::vec::Vec;

use serde_json::{Value, json};
use thiserror::Error;

use super::event::{Subject, Verb};
use crate::action::{Action, Reason};

use crate::all::all;
use crate::execution::{self, Place};
use crate::kubernetes::object::version::{Uid, Version};
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::freshness::Unseen;
use crate::outcome;
use crate::plan::Plan;
use crate::time::Millis;

/// Body of a new object.
pub(crate) const JSON: &str = "application/json";
/// A patch whose lists replace the object's.
pub(crate) const MERGE_PATCH: &str = "application/merge-patch+json";
/// A patch whose lists are merged, owner references by uid and volumes by name.
pub(crate) const STRATEGIC_PATCH: &str = "application/strategic-merge-patch+json";

/// One request to the API server.
///
/// Stages run one after the other. Inside a stage each chain goes by `step`; different chains may run at the same time,
/// and so may requests of one step, as far as [`Place::in_turn`] allows. [`Requests::carry_out`] keeps the order and skips
/// what must be skipped after a failure (rules [E-1](crate::rules#E-1) to [E-6](crate::rules#E-6)).
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Request {
    /// The stage. Lower stages are finished first.
    pub stage: u32,
    /// The chain inside the stage: the ordinal, or another number for requests that belong to no ordinal.
    pub chain: u32,
    /// The place within the chain. Lower steps come first.
    pub step: u8,
    /// Whether it is a duty: its failure stops only its own chain.
    pub duty: bool,
    /// The reason, if the request carries out an action of the planner.
    pub reason: Option<Reason>,
    /// The HTTP method.
    pub method: Method,
    /// The path, such as `/api/v1/namespaces/default/pods/web-0`.
    pub path: String,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body. It holds the preconditions (uid, resourceVersion), so it must be sent as it is.
    pub body: Vec<u8>,
    pub(crate) origin: Origin,
}

/// What a request does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Method {
    /// Creates an object.
    Post,
    /// Replaces an object.
    Put,
    /// Changes an object.
    Patch,
    /// Deletes an object.
    Delete,
}

all!(
    /// All values.
    Method {
        Post,
        Put,
        Patch,
        Delete,
    }
);

impl Method {
    /// Its name in HTTP.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// How one request went.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The request succeeded.
    Done {
        /// The object's resourceVersion afterwards; empty if there is none.
        resource_version: String,
    },
    /// The object did not exist (404). This is a success for deletions.
    NotFound,
    /// The object existed already (409, reason `AlreadyExists`).
    AlreadyExists,
    /// A precondition did not hold (409, reason `Conflict`).
    Conflict,
    /// The API server refused the object (422). The text is the server's message.
    Invalid(String),
    /// The request failed in another way. The text says how.
    Failed(String),
    /// The request was not sent.
    NotTried,
}

impl Outcome {
    /// Its name, the same in all languages.
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::NotFound => "not-found",
            Self::AlreadyExists => "already-exists",
            Self::Conflict => "conflict",
            Self::Invalid(_) => "invalid",
            Self::Failed(_) => "failed",
            Self::NotTried => "not-tried",
        }
    }
}

/// What a request is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Origin {
    /// The kind of object that it writes.
    pub(crate) kind: Kind,
    pub(crate) purpose: Purpose,
    /// What an event about it says.
    pub(crate) subject: Option<Subject>,
    /// The pod that it asks to go: name and uid.
    pub(crate) victim: Option<(String, Uid)>,
    /// Whether what it is about should be gone.
    pub(crate) gone: bool,
    /// Whether it fails if what it deletes is not there (rule E-3).
    pub(crate) must_exist: bool,
    /// The name of the object that it creates.
    pub(crate) creates: Option<String>,
}

/// The part of a sync that a request belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    /// Taking possession of pods and revisions, before anything is decided.
    Adoption,
    /// Letting go of a pod. One that is gone, or refuses, is let go of.
    Release,
    /// Making the update revision.
    Revision,
    /// The plan's action with this index.
    Action(usize),
    /// After all else.
    Tail,
}

impl Origin {
    pub(crate) const fn new(kind: Kind, purpose: Purpose) -> Self {
        Self {
            kind,
            purpose,
            subject: None,
            victim: None,
            gone: false,
            must_exist: false,
            creates: None,
        }
    }
}

impl Request {
    pub(crate) fn new(
        method: Method,
        path: String,
        content_type: &'static str,
        body: Vec<u8>,
        origin: Origin,
    ) -> Self {
        Self {
            stage: 0,
            chain: 0,
            step: 0,
            duty: false,
            reason: None,
            method,
            path,
            content_type,
            body,
            origin,
        }
    }

    pub(crate) fn post(path: String, object: &Value, origin: Origin) -> Self {
        let creates = object["metadata"]["name"].as_str().map(String::from);
        let origin = Origin { creates, ..origin };
        Self::new(Method::Post, path, JSON, bytes(object), origin)
    }

    /// The name of the object that it writes.
    pub(crate) fn object(&self) -> &str {
        let path = self.path.strip_suffix("/status").unwrap_or(&self.path);
        let last = path.rsplit('/').next().unwrap_or_default();
        self.origin.creates.as_deref().unwrap_or(last)
    }

    pub(crate) fn patch(
        path: String,
        content_type: &'static str,
        patch: &Value,
        origin: Origin,
    ) -> Self {
        Self::new(Method::Patch, path, content_type, bytes(patch), origin)
    }

    /// A patch that changes nothing, and fails if the object is no longer what was seen.
    pub(crate) fn unchanged(path: String, version: &Version, origin: Origin) -> Self {
        let Version { uid, resource } = version;
        let same = json!({"metadata": {"uid": uid, "resourceVersion": resource}});
        Self::patch(path, MERGE_PATCH, &same, origin)
    }

    /// A deletion of the object with this uid, not of a namesake.
    pub(crate) fn delete(path: String, uid: &Uid, origin: Origin) -> Self {
        let options = delete_options(json!({"preconditions": {"uid": uid}}));
        Self::new(Method::Delete, path, JSON, bytes(&options), origin)
    }
}

/// Options of a deletion with these fields.
pub(crate) fn delete_options(mut fields: Value) -> Value {
    fields["apiVersion"] = "v1".into();
    fields["kind"] = "DeleteOptions".into();
    fields
}

fn bytes(value: &Value) -> Vec<u8> {
    // Writing a `Value` to memory has no way to fail.
    serde_json::to_vec(value).unwrap_or_default()
}

/// Names a plan, so that its outcomes can be matched with it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlanId {
    /// How many changes of the cluster [`Cluster`](crate::kubernetes::Cluster) had been shown when the plan was made.
    pub view: u64,
    /// The `now` that the plan was made for.
    pub now: Millis,
}

/// `view.now`
impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.view, self.now)
    }
}

/// `view.now`
impl FromStr for PlanId {
    type Err = NoPlanId;

    fn from_str(text: &str) -> Result<Self, NoPlanId> {
        let parts = text.split_once('.');
        let parsed = parts.and_then(|(view, now)| {
            Some(Self {
                view: view.parse().ok()?,
                now: now.parse().ok()?,
            })
        });
        parsed.ok_or(NoPlanId)
    }
}

/// The error for a text that is not the id of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("expected two numbers with a dot between them, such as 7.1800000000000")]
pub struct NoPlanId;

/// An object that a wait waits for. It may exist already, or still have to be created.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub struct Blocker {
    /// The kind of the object.
    pub kind: Kind,
    /// The name of the object. It is in the set's namespace, if its kind has namespaces. Empty if a list is awaited.
    pub name: String,
    /// What the watch has not shown of it yet, if the set waits for the watch.
    pub unseen: Option<Unseen>,
}

/// A plan as requests.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Requests {
    /// The id that names the plan in [`Cluster::finish`](crate::kubernetes::Cluster::finish).
    pub id: PlanId,
    /// The requests to send, in order.
    pub requests: Vec<Request>,
    /// The waits of the plan.
    pub waits: Vec<Action>,
    /// For each of `waits` the object that it waits for, or `None` if there is none.
    pub blockers: Vec<Option<Blocker>>,
    /// When to plan again if nothing happens before, in milliseconds since the Unix epoch.
    pub next_wake: Option<Millis>,
    /// The planner's plan, before requests were left out because an object of theirs cannot be read or has a name that is
    /// taken. Its indexes refer to lists that exist only
    /// inside [`Cluster`](crate::kubernetes::Cluster).
    pub plan: Plan,
    /// Whether the plan was cut at `max_actions`.
    pub more: bool,
}

impl Requests {
    /// Whether the request with this index may be sent, given the outcomes of those before it. What may not has the
    /// outcome [`Outcome::NotTried`].
    ///
    /// False for an index that is out of range, or if an outcome before it is missing.
    pub fn may_try(&self, index: usize, outcomes: &[Outcome]) -> bool {
        may_try(&self.requests, index, outcomes)
    }
}

/// [`Requests::may_try`], for requests that have lost their bodies, too.
pub(crate) fn may_try(requests: &[Request], index: usize, outcomes: &[Outcome]) -> bool {
    let before = requests.iter().zip(outcomes).take(index);
    let outcomes: Vec<_> = before.map(|(it, outcome)| it.in_short(outcome)).collect();
    execution::may_try(
        |index| requests.get(index).map(Request::place),
        index,
        &outcomes,
    )
}

impl Request {
    /// The place of the request in the order.
    pub fn place(&self) -> Place {
        Place {
            stage: self.stage,
            chain: self.chain,
            step: self.step,
            duty: self.duty,
            in_turn: self.is_about_owners(),
            may_be_gone: self.may_be_gone(),
        }
    }

    /// The outcome as the facts tier has it. An outcome that this request tolerates becomes `Done`.
    pub fn in_short(&self, outcome: &Outcome) -> outcome::Outcome {
        match outcome {
            Outcome::NotTried => outcome::Outcome::NotTried,
            Outcome::NotFound => outcome::Outcome::NotFound,
            Outcome::AlreadyExists => outcome::Outcome::AlreadyExists,
            Outcome::Done { .. } => outcome::Outcome::Done,
            Outcome::Invalid(_) if self.may_be_refused() => outcome::Outcome::Done,
            Outcome::Invalid(_) | Outcome::Conflict | Outcome::Failed(_) => {
                outcome::Outcome::Failed
            }
        }
    }

    /// Whether it corrects the owners of a claim. The first of a pod's claims for which that fails ends its chain.
    fn is_about_owners(&self) -> bool {
        let subject = self.origin.subject.as_ref();
        subject.is_some_and(|subject| subject.verb.is_about_owners())
    }

    /// Whether this outcome is a success for this request.
    pub fn succeeded(&self, outcome: &Outcome) -> bool {
        self.place().succeeded(self.in_short(outcome))
    }

    /// Whether [`Outcome::NotFound`] is a success: for deletions, and for releasing a pod.
    pub fn may_be_gone(&self) -> bool {
        let subject = self.origin.subject.as_ref();
        // An eviction is a deletion, too, though it is posted. A revision that is not there is a surprise.
        let deletes = (self.method == Method::Delete
            && self.origin.kind != Kind::ControllerRevision)
            || subject.is_some_and(|subject| subject.verb == Verb::Delete);
        (deletes && !self.origin.must_exist)
            || self.origin.purpose == Purpose::Release
            || self.origin.gone
    }

    /// Whether [`Outcome::Invalid`] is a success: for releasing a pod.
    pub fn may_be_refused(&self) -> bool {
        self.origin.purpose == Purpose::Release
    }

    /// What is remembered of it once it has been handed out.
    pub(crate) fn without_body(&self) -> Self {
        Self {
            body: Vec::new(),
            ..self.clone()
        }
    }
}
