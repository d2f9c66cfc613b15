//! Events about what was done, in upstream's words.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::request::{Outcome, Request};

/// An event. The object that it is about is the set.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Event {
    /// Good or bad.
    pub kind: EventType,
    /// Why, in one word.
    pub reason: &'static str,
    /// What happened.
    pub message: String,
}

/// Whether an event is good or bad news.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EventType {
    /// Things go as they should.
    Normal,
    /// They do not.
    Warning,
}

impl EventType {
    /// Its name, as in an event's `type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Warning => "Warning",
        }
    }
}

/// What an event about a request says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Subject {
    pub(crate) verb: Verb,
    /// The pod.
    pub(crate) pod: String,
    /// The pod's claim, where that was written.
    pub(crate) claim: Option<String>,
    /// Whether another controller holds the claim, so that no policy is carried out for it.
    pub(crate) contested: bool,
}

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verb {
    Create,
    Update,
    Delete,
    /// Success goes without saying: it is a part of what the pod's own event reports.
    Align,
}

impl Verb {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Create => ("Create", "SuccessfulCreate", "FailedCreate"),
            Self::Update | Self::Align => ("Update", "SuccessfulUpdate", "FailedUpdate"),
            Self::Delete => ("Delete", "SuccessfulDelete", "FailedDelete"),
        }
    }
}

/// The events that requests with these outcomes give rise to.
pub(crate) fn events<'a>(
    set: &str,
    requests: impl Iterator<Item = (&'a Request, &'a Outcome)>,
) -> Vec<Event> {
    let mut events = Vec::new();
    for (request, outcome) in requests {
        let Some(subject) = &request.origin.subject else {
            continue;
        };
        if *outcome != Outcome::NotTried {
            subject.report(set, request, outcome, &mut events);
        }
    }
    events
}

impl Subject {
    fn report(&self, set: &str, request: &Request, outcome: &Outcome, events: &mut Vec<Event>) {
        let Self {
            verb, pod, claim, ..
        } = self;
        let (word, success, failure) = verb.words();
        let mut emit = |kind, reason, message| {
            events.push(Event {
                kind,
                reason,
                message,
            });
        };
        if let (true, Some(claim)) = (self.contested, claim) {
            // The spelling is upstream's.
            let message = format!(
                "PersistentVolumeClaim {claim} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim"
            );
            emit(EventType::Warning, "ConflictingController", message);
        }
        if request.succeeded(outcome) {
            let message = match claim {
                _ if *verb == Verb::Align => return,
                Some(claim) => {
                    format!("{word} Claim {claim} Pod {pod} in StatefulSet {set} success")
                }
                None => format!("{word} Pod {pod} in StatefulSet {set} successful"),
            };
            emit(EventType::Normal, success, message);
            return;
        }
        let error = error_text(request, outcome);
        let for_pod =
            |error: &str| format!("{word} Pod {pod} in StatefulSet {set} failed error: {error}");
        match (verb, claim) {
            // A claim that cannot be made is also why its pod is not.
            (Verb::Create, Some(claim)) => {
                if *outcome != Outcome::AlreadyExists {
                    let message = format!(
                        "{word} Claim {claim} for Pod {pod} in StatefulSet {set} failed error: {error}"
                    );
                    emit(EventType::Warning, failure, message);
                }
                let error = format!("failed to create PVC {claim}: {error}");
                emit(EventType::Warning, failure, for_pod(&error));
            }
            // Whatever holds the name may be gone the next time.
            (Verb::Create, None) if *outcome == Outcome::AlreadyExists => {}
            _ => emit(EventType::Warning, failure, for_pod(&error)),
        }
    }
}

/// The API server's words, where it has said something.
fn error_text(request: &Request, outcome: &Outcome) -> String {
    let (collection, name) = request.path.rsplit_once('/').unwrap_or(("", &request.path));
    let resource = collection.rsplit('/').next().unwrap_or("");
    match outcome {
        Outcome::Invalid(text) | Outcome::Failed(text) => text.clone(),
        Outcome::NotFound => format!("{resource} \"{name}\" not found"),
        Outcome::AlreadyExists => "the object already exists".to_string(),
        Outcome::Conflict => format!(
            "Operation cannot be fulfilled on {resource} \"{name}\": the object has been modified; please apply your changes to the latest version and try again"
        ),
        Outcome::Done { .. } | Outcome::NotTried => String::new(),
    }
}
