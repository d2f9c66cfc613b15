//! Volumes that cannot be attached to a pod's node, or mounted there.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use super::case::{Case, Patient, noticed};
use super::cause::{Cause, ObjectName};
use super::claims::some;
use super::cure::Cure;
use super::evidence::field::{is_true, list, text};
use super::evidence::notice::Notice;
use super::name::CauseName;
use super::{configuration, creating, line, pods};
use crate::node::NodeState;

/// The cause, if it lies with a volume.
pub(super) fn of(
    case: &Case<'_>,
    pod: &Patient<'_>,
    object: &Value,
    notices: &[Notice],
) -> Option<Cause> {
    let place = ObjectName::new("Pod", &*pod.name);
    let range = (pod.ordinal, pod.ordinal);
    let bad = ["FailedAttachVolume", "FailedMount", "FailedMapVolume"];
    let notice = telling(notices, &bad);
    let attaching = notices
        .iter()
        .rfind(|it| it.message.contains("Multi-Attach error"));
    let attached = notices
        .iter()
        .rfind(|it| it.reason == "SuccessfulAttachVolume");
    let attaching = attaching.filter(|it| attached.is_none_or(|done| done.last < it.last));
    let held = holders(case, object);
    if attaching.is_some() || !held.is_empty() {
        return Some(elsewhere(case, pod, object, attaching, &held));
    }
    let Some(notice) = notice else {
        let message = configuration::unmounted(case, object)?;
        let cause = configuration::missing(case, pod, object, "a volume", &message);
        return Some(cause.seen("spec.volumes", message));
    };
    let message = &*notice.message;
    let is_lacking = ["secret \"", "configmap \"", "references non-existent "];
    if is_lacking.iter().any(|it| message.contains(it)) {
        let cause = configuration::missing(case, pod, object, "a volume", message);
        return Some(noticed(cause, place, notice));
    }
    let said = format!(
        "a volume of {} cannot be attached or mounted: {message}",
        pod.name
    );
    let cure = Cure::new("mend what the event complains about; the kubelet tries again by itself");
    let cause =
        Cause::new(CauseName::VolumeNotMounted, range, place.clone(), said).since(pod.since);
    Some(noticed(cause.cure(cure), place, notice))
}

/// The event that says most of why volumes are not there. That the kubelet has waited in vain, it says later, and that says
/// nothing.
fn telling<'a>(notices: &'a [Notice], bad: &[&str]) -> Option<&'a Notice> {
    let last = creating::last(notices, bad, &["Created", "Started"])?;
    let is_vague = |it: &Notice| it.message.contains("timed out waiting for the condition");
    let mut told = notices.iter().filter(|it| bad.contains(&&*it.reason));
    let better = told.rfind(|it| !is_vague(it));
    Some(better.filter(|_| is_vague(last)).unwrap_or(last))
}

/// A volume of a pod, attached to another node.
struct Hold {
    /// The name of the attachment.
    name: String,
    node: String,
    volume: String,
    /// What the storage says of its last try to detach it.
    error: String,
}

/// Where the volumes of the pod are attached to another node than its own.
fn holders(case: &Case<'_>, pod: &Value) -> Vec<Hold> {
    let home = text(pod, "/spec/nodeName");
    let claims: Vec<&str> = list(pod, "/spec/volumes")
        .map(|it| text(it, "/persistentVolumeClaim/claimName"))
        .filter(|it| !it.is_empty())
        .collect();
    let volumes = claims.iter().filter_map(|claim| {
        let facts = case.turn.objects.claims.get(case.namespace(), claim)?;
        let shared = facts
            .mold
            .modes
            .contains(crate::volume::AccessModes::READ_WRITE_MANY)
            || facts
                .mold
                .modes
                .contains(crate::volume::AccessModes::READ_ONLY_MANY);
        facts.volume().filter(|_| !shared)
    });
    let volumes: Vec<String> = volumes.collect();
    let attachments = case.evidence.objects("VolumeAttachment", "");
    attachments
        .filter(|(_, it)| is_true(it, "/status/attached"))
        .filter_map(|(name, it)| {
            let volume = text(&it, "/spec/source/persistentVolumeName");
            let node = text(&it, "/spec/nodeName");
            let is_ours = volumes.iter().any(|ours| ours == volume);
            (is_ours && node != home).then(|| Hold {
                name: name.to_string(),
                node: node.to_string(),
                volume: volume.to_string(),
                error: line::short(text(&it, "/status/detachError/message")),
            })
        })
        .collect()
}

/// A volume that only one node may have is still at another one.
fn elsewhere(
    case: &Case<'_>,
    pod: &Patient<'_>,
    object: &Value,
    notice: Option<&Notice>,
    held: &[Hold],
) -> Cause {
    let place = ObjectName::new("Pod", &*pod.name);
    let volume = held.first().map(|it| it.volume.clone()).or_else(|| {
        let (_, rest) = notice?.message.split_once("volume \"")?;
        Some(rest.split('"').next()?.into())
    });
    let volume = volume.unwrap_or_else(|| "(unknown)".into());
    let mut said = format!(
        "volume {volume} of {} is still attached to another node",
        pod.name
    );
    let nodes: Vec<String> = held.iter().map(|it| it.node.clone()).collect();
    let home = text(object, "/spec/nodeName");
    let users: Vec<(String, String)> = users(case, object, &pod.name)
        .into_iter()
        .filter(|(_, node)| node != home)
        .collect();
    if !nodes.is_empty() {
        said.push_str(&format!(": {}", some(&nodes)));
    }
    if !users.is_empty() {
        let told: Vec<String> = users
            .iter()
            .map(|(name, node)| format!("{name} on {node}"))
            .collect();
        said.push_str(&format!("; it is used there by {}", some(&told)));
    }
    let failing = held.iter().find(|it| !it.error.is_empty());
    if let Some(failing) = failing {
        said.push_str(&format!("; it cannot be detached: {}", failing.error));
    }
    let mut cause = Cause::new(
        CauseName::VolumeAttachedElsewhere,
        (pod.ordinal, pod.ordinal),
        place.clone(),
        said,
    )
    .since(pod.since);
    if let Some(notice) = notice {
        cause = noticed(cause, place, notice);
    }
    if let Some(failing) = failing {
        let attachment = ObjectName::new("VolumeAttachment", &*failing.name);
        cause = cause.seen_at(attachment, "status.detachError.message", &*failing.error);
    }
    if !users.is_empty() {
        let names: Vec<String> = users.into_iter().map(|(name, _)| name).collect();
        let mut end =
            Cure::new("end the pods that use it there: it is detached once nothing uses it");
        for name in &names {
            end = end.run(case.kubectl("delete", "pod", name));
        }
        if let Some(lost) = pods::unmade(case, &names) {
            end = end.but(format!("what these pods do ends with them: {lost}"));
        }
        cause = cause.cure(end);
    }
    if nodes.is_empty() {
        let see = Cure::new("see which node has it").look("kubectl get volumeattachments");
        return cause.cure(see);
    }
    let state = |node: &str| case.turn.objects.nodes.get(node).map(|it| it.state);
    let reports =
        |node: &&String| matches!(state(node), Some(NodeState::Ready | NodeState::NotReady));
    if let Some(failing) = failing {
        let mend = "mend what the storage says; it tries again by itself";
        let see = format!("kubectl describe volumeattachment {}", failing.name);
        cause = cause.cure(Cure::new(mend).look(see));
    } else if cause.cures.is_empty() {
        let wait = if nodes.iter().all(|node| reports(&node)) {
            "wait: a volume is detached once the kubelet of its node says that nothing uses it; if that does not happen, see what that \
             kubelet still has mounted, and whether the driver of the storage runs"
        } else if case.lasts(pod.since) && nodes.iter().all(|node| state(node).is_some()) {
            "see why it is not detached by force: that is due 6 minutes after another node wants it, if its own is silent, unless \
             kube-controller-manager does not run, or runs with --disable-force-detach-on-timeout"
        } else {
            "wait: a volume is detached once the node says that nothing uses it, and 6 minutes after that if the node is silent"
        };
        cause = cause.cure(Cure::new(wait));
    }
    let silent: Vec<&String> = nodes.iter().filter(|node| !reports(node)).collect();
    if silent.is_empty() {
        return cause;
    }
    let mut fence =
        Cure::new("if the node is off for good, say so: its volumes are detached at once")
            .but("only if it is certain that the node is off: else two pods write to one disk");
    for node in silent {
        fence = fence.run(format!(
            "kubectl taint node {node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"
        ));
    }
    cause.cure(fence)
}

/// Other pods that use one of its claims and have a node, each with it.
pub(super) fn users(case: &Case<'_>, pod: &Value, own: &str) -> Vec<(String, String)> {
    let claims: Vec<&str> = list(pod, "/spec/volumes")
        .map(|it| text(it, "/persistentVolumeClaim/claimName"))
        .filter(|it| !it.is_empty())
        .collect();
    let others = case
        .evidence
        .objects("Pod", case.namespace())
        .filter(|(name, other)| {
            *name != own
                && list(other, "/spec/volumes")
                    .any(|it| claims.contains(&text(it, "/persistentVolumeClaim/claimName")))
        });
    others
        .filter(|(_, other)| !text(other, "/spec/nodeName").is_empty())
        .map(|(name, other)| (name.into(), text(&other, "/spec/nodeName").into()))
        .collect()
}
