//! The lines that go to and come from a program that is the controller (`examples/README.md` has them for people).

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use statefulset::kubernetes::{EventType, Key, Kind as Known, Method, Outcome};
use statefulset::{Millis, Reason};

use super::send::Ask;
use crate::values::object::Object;

/// An event of a watch. Its type comes first, so that lines can be told apart by how they begin.
pub(super) fn watched(what: &str, object: &Object) -> String {
    format!(r#"{{"type":"{what}","object":{object}}}"#)
}

/// All objects of a kind have been shown.
pub(super) fn listed(kind: Known, version: &str) -> String {
    let object = json!({
        "kind": kind.name(),
        "apiVersion": kind.api_version(),
        "metadata": {
            "resourceVersion": version,
            "annotations": {"k8s.io/initial-events-end": "true"},
        },
    });
    watched("BOOKMARK", &object)
}

/// So late it is, and nothing more is to be seen at this moment.
pub(super) fn time(now: Millis) -> String {
    format!(r#"{{"type":"TIME","now":{now}}}"#)
}

/// How a request went.
pub(super) fn outcome(outcome: &Outcome) -> String {
    let status = outcome.slug();
    let more = match outcome {
        Outcome::Done { resource_version } => Some(("resourceVersion", resource_version)),
        Outcome::Invalid(message) | Outcome::Failed(message) => Some(("message", message)),
        _ => None,
    };
    let more = more.map_or_else(String::new, |(member, text)| {
        format!(r#","{member}":{}"#, json!(text))
    });
    format!(r#"{{"status":"{status}"{more}}}"#)
}

/// What the program has to say.
#[derive(Debug)]
pub(super) enum Said {
    /// Something is to be done, and it waits to be told how that went.
    Request(Request),
    /// Something is to be recorded about a set.
    Event(Key, Event),
    /// There is nothing more to be done at this moment.
    Idle(Idle),
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    method: String,
    pub(super) path: String,
    content_type: Option<String>,
    #[serde(default)]
    body: Value,
    reason: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Event {
    r#type: String,
    pub(super) reason: String,
    pub(super) message: String,
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Idle {
    sets: Vec<IgnoredAny>,
    /// When it wants to be asked again, if nothing happens before.
    pub(super) next: Option<Millis>,
    /// Whether that is nothing but another try after a failure.
    pub(super) retrying: bool,
}

impl Said {
    /// Reads a line, or says what was expected instead.
    pub(super) fn of(line: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct About {
            set: String,
            event: Event,
        }
        #[derive(Deserialize)]
        struct Rest {
            idle: Idle,
        }
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let has = |member: &str| line.get(member).is_some();
        let said = if has("method") {
            serde_json::from_value(line).map(Self::Request)
        } else if has("event") {
            serde_json::from_value(line)
                .map(|About { set, event }| Self::Event(Key::from(set.as_str()), event))
        } else if has("idle") {
            serde_json::from_value(line).map(|Rest { idle }| Self::Idle(idle))
        } else {
            return Err("expected an object with `method`, `event` or `idle`".into());
        };
        said.map_err(|error| error.to_string())
    }
}

impl Request {
    /// What is to be sent.
    pub(super) fn ask(&self) -> Result<Ask<'_>, String> {
        let methods = [Method::Post, Method::Put, Method::Patch, Method::Delete];
        let method = methods.into_iter().find(|it| it.name() == self.method);
        let reason = self.reason.as_deref();
        Ok(Ask {
            reason: reason.and_then(|slug| Reason::ALL.into_iter().find(|it| it.slug() == slug)),
            method: method.ok_or_else(|| {
                format!(
                    "method: expected POST, PUT, PATCH or DELETE, found {:?}",
                    self.method
                )
            })?,
            path: &self.path,
            content_type: self.content_type.as_deref().unwrap_or_default(),
            body: self.body.clone(),
        })
    }
}

impl Event {
    pub(super) fn is_normal(&self) -> bool {
        self.r#type == EventType::Normal.name()
    }
}

impl Idle {
    /// Whether it has more to do and wants to be asked at once.
    pub(super) fn is_pressed(&self) -> bool {
        !self.sets.is_empty()
    }
}
