//! Events about what was done, in upstream's words.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::request::{Method, Outcome, Request};
use crate::action::Reason;
use crate::all::all;
use crate::kubernetes::value::key::Key;

/// An event. The object that it is about is the set.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
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
#[non_exhaustive]
pub enum EventType {
    /// Things go as they should.
    Normal,
    /// They do not.
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

/// What an event about a request says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Subject {
    pub(crate) verb: Verb,
    /// The pod.
    pub(crate) pod: String,
    /// The pod's claim, where that was written.
    pub(crate) claim: Option<Claim>,
    /// The pod's claims that another controller holds, so that no policy is carried out for them. Whoever puts the
    /// owners of a pod's claims right meets them.
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
    /// Success goes without saying: it is a part of what the pod's own event reports.
    Align,
    /// As [`Self::Align`], for a pod that is not wanted any more. Failure goes without saying, too.
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

/// The events that requests with these outcomes give rise to.
pub(crate) fn events<'a>(
    kind: &str,
    set: &str,
    requests: impl Iterator<Item = (&'a Request, &'a Outcome)>,
) -> Vec<Event> {
    let mut report = Report {
        kind,
        set,
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

/// Something that was tried.
struct Deed<'a> {
    request: &'a Request,
    outcome: &'a Outcome,
    subject: &'a Subject,
}

impl Deed<'_> {
    const fn place(&self) -> (u32, u32) {
        (self.request.stage, self.request.chain)
    }

    /// The API server's words, where it refused.
    fn error(&self) -> Option<String> {
        let failed = !self.request.succeeded(self.outcome);
        failed.then(|| error_text(self.request, self.subject, self.outcome))
    }
}

struct Report<'a> {
    kind: &'a str,
    set: &'a str,
    events: Vec<Event>,
}

impl Report<'_> {
    /// What was done for one pod: its claims, their owners, the pod itself. A claim that cannot be made is also why the
    /// pod is not; an owner that cannot be put right is told of in the place of the pod's creation.
    fn chain(&mut self, chain: &[Deed<'_>]) {
        let claims = chain.iter().filter(|it| it.subject.claim.is_some());
        let mut problems = Vec::new();
        let mut hampered = None;
        for deed in claims.filter(|it| !it.subject.verb.is_about_owners()) {
            self.claim(deed);
            if let (Verb::Create, Some(claim), Some(error)) =
                (deed.subject.verb, &deed.subject.claim, deed.error())
            {
                problems.push(format!("failed to create PVC {}: {error}", claim.name));
                // For a pod that is there already and only waits for its claims, nothing more is said.
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
            // Whatever holds the name may be gone the next time.
            let taken = created && *deed.outcome == Outcome::AlreadyExists;
            let masked = created && refused.is_some();
            if !taken && !masked {
                self.pod(
                    deed.subject.verb,
                    &deed.subject.pod,
                    deed.error().as_deref(),
                );
            }
        }
    }

    /// The claims whose owners were looked at, up to the first that could not be put right.
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
                .then(|| deed.error())??;
            Some((deed.subject, claim, error))
        });
        for claim in contested {
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
        let error = format!("could not update claim {name} for delete policy ownerRefs: {error}");
        Some((subject, error))
    }

    fn claim(&mut self, deed: &Deed<'_>) {
        let (kind, set, pod) = (self.kind, self.set, &deed.subject.pod);
        let Some(Claim { name, .. }) = &deed.subject.claim else {
            return;
        };
        let (word, success, failure) = deed.subject.verb.words();
        match deed.error() {
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
        let (word, success, failure) = verb.words();
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

    fn tell(&mut self, kind: EventType, reason: &'static str, message: String) {
        self.events.push(Event {
            kind,
            reason,
            message,
        });
    }
}

/// A set of a strategy that this profile does not carry out.
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

/// Several errors as one; what is said twice is said once.
fn in_one(errors: &[String]) -> String {
    let first_times = errors.iter().enumerate();
    let different = first_times.filter(|(place, error)| !errors[..*place].contains(error));
    let different: Vec<&str> = different.map(|(_, error)| error.as_str()).collect();
    match different[..] {
        [only] => only.to_string(),
        _ => format!("[{}]", different.join(", ")),
    }
}

/// The API server's words, or what it says in such a case.
fn error_text(request: &Request, subject: &Subject, outcome: &Outcome) -> String {
    let resource = request.origin.kind.resource();
    let claim = subject.claim.as_ref().map(|claim| &claim.name);
    let name = claim.unwrap_or(&subject.pod);
    match outcome {
        Outcome::Invalid(text) | Outcome::Failed(text) => text.clone(),
        // What is missing then is the place for it.
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
