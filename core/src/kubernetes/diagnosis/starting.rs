//! Pods that have a node and whose containers do not all run.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use super::case::{Case, Patient, noticed, times};
use super::cause::{Cause, ObjectName};
use super::cure::Cure;
use super::evidence::field::{is_true, list, number, text, time};
use super::evidence::notice::Notice;
use super::name::CauseName;
use super::{configuration, creating, line, pods};

/// A container that has ended more often than this does not end by accident.
const OFTEN: i64 = 3;

/// What a container is to its pod.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Init,
    /// An init container that goes on running.
    Sidecar,
    Main,
}

/// A container's status, and where it stands.
pub(super) struct Container<'a> {
    role: Role,
    pub(super) name: &'a str,
    pub(super) status: &'a Value,
    pub(super) path: String,
}

/// The containers in the order in which they start.
pub(super) fn containers(pod: &Value) -> impl Iterator<Item = Container<'_>> {
    let sidecar = |name: &str| {
        let mut specs = list(pod, "/spec/initContainers");
        specs.any(|it| text(it, "/name") == name && text(it, "/restartPolicy") == "Always")
    };
    let lists = [
        ("initContainerStatuses", true),
        ("containerStatuses", false),
    ];
    lists.into_iter().flat_map(move |(field, init)| {
        let pointer = format!("/status/{field}");
        let found: Vec<_> = list(pod, &pointer).collect();
        found.into_iter().enumerate().map(move |(i, status)| {
            let name = text(status, "/name");
            let role = match (init, sidecar(name)) {
                (true, true) => Role::Sidecar,
                (true, false) => Role::Init,
                _ => Role::Main,
            };
            Container {
                role,
                name,
                status,
                path: format!("status.{field}[{i}]"),
            }
        })
    })
}

/// Why the containers do not all run.
pub(super) fn of(case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
    let mut containers = containers(object);
    containers
        .find_map(|it| it.trouble(case, pod, object))
        .or_else(|| {
            let waiting = creating::is_waited_for(object);
            waiting.then(|| creating::of(case, pod, object)).flatten()
        })
}

impl Container<'_> {
    /// Whether it is to go on running.
    pub(super) fn stays(&self) -> bool {
        self.role != Role::Init
    }

    /// Its own part of the pod's spec.
    pub(super) fn spec<'p>(&self, pod: &'p Value) -> Option<&'p Value> {
        let lists = ["/spec/initContainers", "/spec/containers"];
        let mut specs = lists.into_iter().flat_map(|it| list(pod, it));
        specs.find(|it| text(it, "/name") == self.name)
    }

    /// Whether it runs and its startup probe has not succeeded, so that nothing after it starts and no other probe is made.
    pub(super) fn is_held_up(&self, pod: &Value) -> bool {
        let spec = self.spec(pod);
        spec.is_some_and(|it| it.get("startupProbe").is_some()) && !is_true(self.status, "/started")
    }

    /// Its kind and name, for a sentence.
    pub(super) fn called(&self) -> String {
        let kind = match self.role {
            Role::Init => "init container",
            Role::Sidecar => "sidecar",
            Role::Main => "container",
        };
        format!("{kind} {}", self.name)
    }

    /// Whether it runs only because it was restarted a moment ago, as it was before.
    pub(super) fn is_restarted_now(&self, case: &Case<'_>) -> bool {
        let restarts = number(self.status, "/restartCount").unwrap_or_default();
        let began = time(self.status, "/state/running/startedAt");
        restarts >= OFTEN && began.is_some() && !case.lasts(began)
    }

    fn trouble(&self, case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
        let status = self.status;
        if status.pointer("/state/waiting").is_some() {
            return self.waiting(case, pod, object);
        }
        if let Some(ended) = status.pointer("/state/terminated") {
            let code = number(ended, "/exitCode").unwrap_or_default();
            let is_done = self.role == Role::Init && code == 0;
            return (!is_done).then(|| self.crash(case, pod, object, "/state/terminated"));
        }
        if !is_ready(status) && self.is_restarted_now(case) {
            return Some(self.crash(case, pod, object, "/lastState/terminated"));
        }
        let runs = status.pointer("/state/running").is_some();
        let is_slow = runs && self.role == Role::Init && case.lasts(pod.since);
        is_slow.then(|| {
            let text = format!(
                "{} of {} runs and has not come to an end; what comes after it does not start",
                self.called(),
                pod.name
            );
            let look = format!(
                "kubectl logs {} -n {} -c {}",
                pod.name,
                case.namespace(),
                self.name
            );
            cause(CauseName::InitContainerRuns, pod, text)
                .seen(
                    format!("{}.state.running.startedAt", self.path),
                    text_of(status, "/state/running/startedAt"),
                )
                .cure(Cure::new("see what it waits for").look(look))
        })
    }

    fn waiting(&self, case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
        let reason = text(self.status, "/state/waiting/reason");
        let message = &*line::short(text(self.status, "/state/waiting/message"));
        let who = self.called();
        let said = if message.is_empty() {
            reason.to_string()
        } else {
            format!("{reason}: {message}")
        };
        let cause = match reason {
            "ContainerCreating" | "PodInitializing" | "" => return None,
            "CrashLoopBackOff" => {
                return Some(self.crash(case, pod, object, "/lastState/terminated"));
            }
            "CreateContainerConfigError" => {
                return Some(
                    configuration::missing(case, pod, object, &who, message)
                        .seen(format!("{}.state.waiting.message", self.path), message),
                );
            }
            "ErrImagePull"
            | "ImagePullBackOff"
            | "InvalidImageName"
            | "ErrImageNeverPull"
            | "ImageInspectError"
            | "RegistryUnavailable" => {
                // The status still names the image that ran before, where it was changed.
                let image = self
                    .image(object)
                    .unwrap_or_else(|| text(self.status, "/image"));
                let text = format!(
                    "the image {image} of {who} of {} cannot be pulled: {said}",
                    pod.name
                );
                let mut cause = cause(CauseName::ImageNotPulled, pod, text);
                let notices = case.notices("Pod", &pod.name, Some(object));
                let lost = notices
                    .iter()
                    .rfind(|it| it.reason == "FailedToRetrieveImagePullSecret");
                if let Some(lost) = lost {
                    let secrets = "create the Secrets that imagePullSecrets name and that do not exist: the kubelet tries again by itself";
                    let place = ObjectName::new("Pod", &*pod.name);
                    cause = noticed(cause.cure(Cure::new(secrets)), place, lost);
                }
                if reason != "InvalidImageName" {
                    cause = cause.cure(Cure::new("make the image available under that name, and the registry's secret where it needs one: the kubelet tries again by itself"));
                }
                cause
            }
            _ => {
                let text = format!("{who} of {} cannot be created or started: {said}", pod.name);
                cause(CauseName::ContainerNotCreated, pod, text)
            }
        };
        let mut cause = cause.seen(format!("{}.state.waiting.message", self.path), said);
        cause
            .cures
            .extend(pods::other_template(case, pod, pods::CORRECT));
        Some(cause)
    }

    /// The image that it is to run.
    fn image<'b>(&self, object: &'b Value) -> Option<&'b str> {
        let field = match self.role {
            Role::Main => "/spec/containers",
            Role::Init | Role::Sidecar => "/spec/initContainers",
        };
        let mut specs = list(object, field);
        specs
            .find(|it| text(it, "/name") == self.name)
            .map(|it| text(it, "/image"))
    }

    /// It has ended, and was not to.
    fn crash(&self, case: &Case<'_>, pod: &Patient<'_>, object: &Value, at: &str) -> Cause {
        let name = match self.role {
            Role::Init => CauseName::InitContainerFails,
            Role::Sidecar => CauseName::SidecarFails,
            Role::Main => CauseName::ContainerCrashes,
        };
        let mut said = format!("{} of {} {}", self.called(), pod.name, self.ended(at));
        let notices = case.notices("Pod", &pod.name, Some(object));
        let killed = Self::killed(&notices);
        if let Some(notice) = killed {
            said.push_str(&format!(
                "; the kubelet ends it because of its liveness probe: {}",
                notice.message.trim_end()
            ));
        }
        let shown = at.replace('/', ".");
        let look = format!(
            "kubectl logs {} -n {} -c {} --previous",
            pod.name,
            case.namespace(),
            self.name
        );
        let mut cause = cause(name, pod, said);
        if let Some(code) = number(self.status, &format!("{at}/exitCode")) {
            cause = cause.seen(format!("{}{shown}.exitCode", self.path), code.to_string());
        }
        if let Some(notice) = killed {
            cause = noticed(cause, ObjectName::new("Pod", &*pod.name), notice);
        }
        let see = Cure::new(
            "see what it said before it ended; once what it lacks is there, it is restarted by itself",
        );
        let is_out_of_memory = text(self.status, &format!("{at}/reason")) == "OOMKilled";
        if is_out_of_memory {
            let limit = self
                .spec(object)
                .map_or("", |it| text(it, "/resources/limits/memory"));
            let now = if limit.is_empty() {
                String::new()
            } else {
                format!(" (it is {limit} now)")
            };
            let more = format!(
                "let the program use less memory, or raise the memory limit of {} in the template{now}",
                self.called()
            );
            cause.cures = pods::other_template(case, pod, &more);
            return cause.cure(see.look(look));
        }
        cause = cause.cure(see.look(look));
        let ends_well = number(self.status, &format!("{at}/exitCode")) == Some(0);
        let correction = if killed.is_some() {
            "correct the liveness probe in the template, or give a slow start a startup probe"
        } else if ends_well {
            "let the command in the template go on running: it ends without an error"
        } else {
            pods::CORRECT
        };
        cause
            .cures
            .extend(pods::other_template(case, pod, correction));
        cause
    }

    /// How it ended, for a sentence that begins with its name.
    pub(super) fn ended(&self, at: &str) -> String {
        let status = self.status;
        let restarts = number(status, "/restartCount").unwrap_or_default();
        let mut said = String::from("has ended");
        if restarts > 0 {
            said = format!("ends again and again: it was restarted {}", times(restarts));
        }
        if let Some(code) = number(status, &format!("{at}/exitCode")) {
            let last = if restarts > 0 { ", and last ended" } else { "" };
            said.push_str(&format!("{last} with exit code {code}"));
        }
        let reason = text(status, &format!("{at}/reason"));
        if !reason.is_empty() && reason != "Error" && reason != "Completed" {
            said.push_str(&format!(" ({reason})"));
        }
        let message = text(status, &format!("{at}/message"));
        if !message.is_empty() {
            said.push_str(&format!(": {}", line::short(message.trim_end())));
        }
        said
    }

    /// The event that says that the kubelet ends it because of its liveness probe.
    fn killed(notices: &[Notice]) -> Option<&Notice> {
        let mut failed = notices.iter().filter(|it| it.reason == "Unhealthy");
        failed.rfind(|it| it.message.starts_with("Liveness probe"))
    }
}

/// A cause that lies with a container of the pod.
pub(super) fn cause(name: CauseName, pod: &Patient<'_>, text: String) -> Cause {
    Cause::new(
        name,
        (pod.ordinal, pod.ordinal),
        ObjectName::new("Pod", &*pod.name),
        text,
    )
    .since(pod.since)
}

fn text_of(value: &Value, pointer: &str) -> String {
    text(value, pointer).to_string()
}

/// Whether a container's status says that it is ready.
pub(super) fn is_ready(status: &Value) -> bool {
    is_true(status, "/ready")
}
