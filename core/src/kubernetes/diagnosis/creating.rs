//! Pods that have a node and whose containers have not been made.

use std::format;
use std::vec::Vec;

use serde_json::Value;

use super::case::{Case, Patient, noticed};
use super::cause::{Cause, ObjectName};
use super::cure::Cure;
use super::evidence::field::{list, text};
use super::evidence::notice::Notice;
use super::name::CauseName;
use super::{starting, volumes};
use crate::explain::Length;

/// Whether no container has been made.
pub(super) fn is_waited_for(pod: &Value) -> bool {
    let all: Vec<_> = starting::containers(pod).collect();
    let waits = |it: &starting::Container<'_>| {
        let reason = text(it.status, "/state/waiting/reason");
        matches!(reason, "ContainerCreating" | "PodInitializing" | "")
            && it.status.pointer("/state/running").is_none()
            && it.status.pointer("/state/terminated").is_none()
    };
    text(pod, "/status/phase") == "Pending" && all.iter().all(waits)
}

/// The kubelet has the pod, and has made no container: only events say why.
pub(super) fn of(case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
    let notices = case.notices("Pod", &pod.name, Some(object));
    let place = ObjectName::new("Pod", &*pod.name);
    if let Some(cause) = volumes::of(case, pod, object, &notices) {
        return Some(cause);
    }
    if let Some(notice) = last(
        &notices,
        &["FailedCreatePodSandBox", "NetworkNotReady"],
        &["Created", "Started"],
    ) {
        let said = format!(
            "the sandbox of {} cannot be set up: {}",
            pod.name, notice.message
        );
        let node = text(object, "/spec/nodeName");
        let cause = Cause::new(
            CauseName::SandboxFails,
            (pod.ordinal, pod.ordinal),
            place.clone(),
            said,
        );
        let cure = Cure::new(format!(
            "see whether the network plugin runs on node {node}; the kubelet tries again by itself"
        ));
        return Some(noticed(cause.since(pod.since).cure(cure), place, notice));
    }
    if !case.lasts(pod.since) {
        // Each pod starts so.
        return None;
    }
    let ago = Length(case.ago(pod.since).unwrap_or_default());
    let field = "status.conditions[type=PodReadyToStartContainers].status";
    let ready = list(object, "/status/conditions").any(|it| {
        text(it, "/type") == "PodReadyToStartContainers" && text(it, "/status") == "True"
    });
    let look = case.ask_events(&pod.name);
    if let Some(notice) =
        last(&notices, &["Pulling"], &["Pulled", "Created", "Started"]).filter(|_| ready)
    {
        let said = format!(
            "an image of {} has not been pulled for {ago}: {}",
            pod.name, notice.message
        );
        let cure = Cure::new(format!(
            "wait, if the image is large; else see whether node {} reaches the registry",
            text(object, "/spec/nodeName")
        ));
        return Some(noticed(
            starting::cause(CauseName::ImageNotPulled, pod, said).cure(cure.look(look)),
            place,
            notice,
        ));
    }
    let mut said = format!(
        "the containers of {} have been waiting to be created for {ago}",
        pod.name
    );
    said.push_str(": usually a volume cannot be attached or mounted, the pod's network cannot be set up, or a Secret or ConfigMap is missing that is mounted; only the pod's events say which");
    if !case.evidence.has_events() {
        said.push_str(", and the input has none");
    }
    let cause = starting::cause(CauseName::ContainersNotCreated, pod, said);
    Some(
        cause
            .seen(field, if ready { "True" } else { "False" })
            .cure(Cure::new("look at the pod's events").look(look)),
    )
}

/// The last event with one of these reasons, unless one with one of those came later.
pub(super) fn last<'a>(notices: &'a [Notice], bad: &[&str], good: &[&str]) -> Option<&'a Notice> {
    let found = notices.iter().rfind(|it| bad.contains(&&*it.reason))?;
    let mended = notices.iter().rfind(|it| good.contains(&&*it.reason));
    mended
        .is_none_or(|it| it.last < found.last)
        .then_some(found)
}
