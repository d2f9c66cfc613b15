//! Events about the requests of a turn. Their texts are those of the built-in controller.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::request::{Method, Outcome, Request};
use crate::action::Reason;
use crate::all::all;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::value::key::Key;
use crate::version::Version;

/// An event. The object that it is about is the set.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub struct Event {
    /// Whether the event is good or bad news.
    pub kind: EventType,
    /// The reason, in one word.
    pub reason: &'static str,
    /// What happened.
    pub message: String,
}

/// Whether an event is good or bad news.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum EventType {
    /// What happened is what should happen.
    Normal,
    /// Something failed, or needs attention.
    Warning,
}

all!(
    /// All values.
    EventType {
        Normal,
        Warning,
    }
);

impl EventType {
    /// Its name, as in an event's `type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Warning => "Warning",
        }
    }
}

/// What an event about a request is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Subject {
    pub(crate) verb: Verb,
    /// The name of the pod.
    pub(crate) pod: String,
    /// The pod's claim, if the request wrote a claim.
    pub(crate) claim: Option<Claim>,
    /// The claims of the pod that another controller owns. The retention policy is not carried out for them. They are
    /// found when the owners of the pod's claims are corrected.
    pub(crate) contested: Vec<Claim>,
}

/// A claim, by its template's index and by its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Claim {
    pub(crate) template: u16,
    pub(crate) name: String,
}

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verb {
    Create,
    Update,
    Delete,
    /// The owner of a claim is corrected. There is no event of a success, because the event of the pod includes it.
    Align,
    /// The same for a condemned pod. There is no event of a failure either.
    HandOver,
}

impl Verb {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Create => ("Create", "SuccessfulCreate", "FailedCreate"),
            Self::Update | Self::Align | Self::HandOver => {
                ("Update", "SuccessfulUpdate", "FailedUpdate")
            }
            Self::Delete => ("Delete", "SuccessfulDelete", "FailedDelete"),
        }
    }

    pub(crate) const fn is_about_owners(self) -> bool {
        matches!(self, Self::Align | Self::HandOver)
    }
}

/// The events about requests with these outcomes.
pub(crate) fn events<'a>(
    set: &StatefulSet,
    requests: impl Iterator<Item = (&'a Request, &'a Outcome)>,
) -> Vec<Event> {
    let mut report = Report {
        kind: set.resource.kind(),
        set: &set.key.name,
        kubernetes: set.kubernetes,
        events: Vec::new(),
    };
    let deeds = requests.filter(|(_, outcome)| **outcome != Outcome::NotTried);
    let deeds: Vec<Deed<'_>> = deeds
        .filter_map(|(request, outcome)| {
            Some(Deed {
                request,
                outcome,
                subject: request.origin.subject.as_ref()?,
            })
        })
        .collect();
    for chain in deeds.chunk_by(|a, b| a.place() == b.place()) {
        report.chain(chain);
    }
    report.events
}

/// A request that was tried.
struct Deed<'a> {
    request: &'a Request,
    outcome: &'a Outcome,
    subject: &'a Subject,
}

impl Deed<'_> {
    const fn place(&self) -> (u32, u32) {
        (self.request.stage, self.request.chain)
    }

    /// What the API server said, if the request failed in the eyes of this version.
    fn error(&self, kubernetes: Version) -> Option<String> {
        let gone = *self.outcome == Outcome::NotFound
            && self.subject.verb == Verb::Delete
            && self.subject.claim.is_none()
            && !kubernetes.takes_gone_for_deleted();
        let failed = gone || !self.request.succeeded(self.outcome);
        failed.then(|| error_text(self.request, self.subject, self.outcome))
    }
}

struct Report<'a> {
    kind: &'a str,
    set: &'a str,
    /// Whose events they are.
    kubernetes: Version,
    events: Vec<Event>,
}

impl Report<'_> {
    /// Reports what was done for one pod: for its claims, for their owners, and for the pod itself. If a claim cannot
    /// be created, an event of the pod says so, too. If an owner cannot be corrected, an event says so in the place of
    /// the pod's creation.
    fn chain(&mut self, chain: &[Deed<'_>]) {
        let claims = chain.iter().filter(|it| it.subject.claim.is_some());
        let mut problems = Vec::new();
        let mut hampered = None;
        for deed in claims.filter(|it| !it.subject.verb.is_about_owners()) {
            self.claim(deed);
            if let (Verb::Create, Some(claim), Some(error)) = (
                deed.subject.verb,
                &deed.subject.claim,
                deed.error(self.kubernetes),
            ) {
                problems.push(format!("failed to create PVC {}: {error}", claim.name));
                // A pod that exists and only waits for its claims gets no event.
                hampered = match deed.request.reason {
                    Some(Reason::ScaleOut) => Some((Verb::Create, deed.subject)),
                    Some(Reason::Repair) => Some((Verb::Update, deed.subject)),
                    _ => None,
                };
            }
        }
        if let Some((verb, subject)) = hampered {
            self.pod(verb, &subject.pod, Some(&in_one(&problems)));
        }
        let refused = self.owners(chain);
        if let Some((subject, error)) = &refused
            && subject.verb == Verb::Align
        {
            self.pod(Verb::Update, &subject.pod, Some(error));
        }
        for deed in chain.iter().filter(|it| it.subject.claim.is_none()) {
            let created = deed.subject.verb == Verb::Create;
            // There is no event, because the object that has the name may be gone the next time.
            let taken = created && *deed.outcome == Outcome::AlreadyExists;
            let masked = created && refused.is_some();
            if !taken && !masked {
                self.pod(
                    deed.subject.verb,
                    &deed.subject.pod,
                    deed.error(self.kubernetes).as_deref(),
                );
            }
        }
    }

    /// Reports the claims that another controller owns, up to the first claim whose owner could not be corrected. Gives
    /// that claim's subject and its error.
    fn owners<'a>(&mut self, chain: &'a [Deed<'_>]) -> Option<(&'a Subject, String)> {
        let looks = |it: &&Deed<'_>| {
            let creates = it.subject.verb == Verb::Create && it.subject.claim.is_none();
            let made = creates && *it.outcome != Outcome::AlreadyExists;
            made || it.subject.verb.is_about_owners()
        };
        let contested = &chain.iter().find(looks)?.subject.contested;
        let refused = chain.iter().find_map(|deed| {
            let claim = deed.subject.claim.as_ref()?;
            let error = deed
                .subject
                .verb
                .is_about_owners()
                .then(|| deed.error(self.kubernetes))??;
            Some((deed.subject, claim, error))
        });
        // Where nobody's control is respected, nobody is told of it.
        let told = self.kubernetes.controls_claims();
        for claim in contested.iter().filter(|_| told) {
            if refused
                .as_ref()
                .is_none_or(|(_, last, _)| claim.template <= last.template)
            {
                // The spelling is upstream's.
                let message = format!(
                    "PersistentVolumeClaim {} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim",
                    claim.name
                );
                self.tell(EventType::Warning, "ConflictingController", message);
            }
        }
        let (subject, claim, error) = refused?;
        let name = &claim.name;
        let could = if told { "could" } else { "Could" };
        let error = format!("{could} not update claim {name} for delete policy ownerRefs: {error}");
        Some((subject, error))
    }

    fn claim(&mut self, deed: &Deed<'_>) {
        let (kind, set, pod) = (self.kind, self.set, &deed.subject.pod);
        let Some(Claim { name, .. }) = &deed.subject.claim else {
            return;
        };
        let (word, success, failure) = self.words(deed.subject.verb);
        match deed.error(self.kubernetes) {
            None => {
                let message = format!("{word} Claim {name} Pod {pod} in {kind} {set} success");
                self.tell(EventType::Normal, success, message);
            }
            Some(_) if *deed.outcome == Outcome::AlreadyExists => {}
            Some(error) => {
                let message = format!(
                    "{word} Claim {name} for Pod {pod} in {kind} {set} failed error: {error}"
                );
                self.tell(EventType::Warning, failure, message);
            }
        }
    }

    fn pod(&mut self, verb: Verb, pod: &str, error: Option<&str>) {
        let (kind, set) = (self.kind, self.set);
        let (word, success, failure) = self.words(verb);
        match error {
            None => {
                let message = format!("{word} Pod {pod} in {kind} {set} successful");
                self.tell(EventType::Normal, success, message);
            }
            Some(error) => {
                let message = format!("{word} Pod {pod} in {kind} {set} failed error: {error}");
                self.tell(EventType::Warning, failure, message);
            }
        }
    }

    /// The verb as it begins a sentence, and the two reasons.
    fn words(&self, verb: Verb) -> (String, &'static str, &'static str) {
        let (word, success, failure) = verb.words();
        let word = if self.kubernetes.capitalizes_events() {
            word.into()
        } else {
            word.to_lowercase()
        };
        (word, success, failure)
    }

    fn tell(&mut self, kind: EventType, reason: &'static str, message: String) {
        self.events.push(Event {
            kind,
            reason,
            message,
        });
    }
}

/// The event about a set whose update strategy is not switched on in this profile.
pub(crate) fn unknown_strategy(kind: &str, set: &Key) -> Event {
    let Key { namespace, name } = set;
    let kind = kind.to_lowercase();
    let message = format!(
        "{kind} {namespace}/{name} uses Recreate strategy but feature gate StatefulSetRecreateStrategy is disabled"
    );
    Event {
        kind: EventType::Warning,
        reason: "UnknownStrategy",
        message,
    }
}

/// Several errors as one text. Each of them stands there once.
fn in_one(errors: &[String]) -> String {
    let first_times = errors.iter().enumerate();
    let different = first_times.filter(|(place, error)| !errors[..*place].contains(error));
    let different: Vec<&str> = different.map(|(_, error)| error.as_str()).collect();
    match different[..] {
        [only] => only.to_string(),
        _ => format!("[{}]", different.join(", ")),
    }
}

/// What the API server said, or what it usually says in such a case.
fn error_text(request: &Request, subject: &Subject, outcome: &Outcome) -> String {
    let resource = request.origin.kind.resource();
    let claim = subject.claim.as_ref().map(|claim| &claim.name);
    let name = claim.unwrap_or(&subject.pod);
    match outcome {
        Outcome::Invalid(text) | Outcome::Failed(text) => text.clone(),
        // The object was to be created, so what was not found is its namespace.
        Outcome::NotFound if request.method == Method::Post => {
            let namespace = request.path.split('/').rev().nth(1).unwrap_or("");
            format!("namespaces \"{namespace}\" not found")
        }
        Outcome::NotFound => format!("{resource} \"{name}\" not found"),
        Outcome::AlreadyExists => format!("{resource} \"{name}\" already exists"),
        Outcome::Conflict => format!(
            "Operation cannot be fulfilled on {resource} \"{name}\": the object has been modified; please apply your changes to the latest version and try again"
        ),
        Outcome::Done { .. } | Outcome::NotTried => String::new(),
    }
}
