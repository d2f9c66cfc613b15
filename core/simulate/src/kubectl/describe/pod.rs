//! A pod.

use statefulset::Millis;

use super::container::Place;
use super::page::Page;
use super::{container, moment, scheduling, since, volume};
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, now: Millis, pod: &Object) {
    page.title(pod);
    if let Some(priority) = pod.int("/spec/priority") {
        page.field(0, "Priority", &priority.to_string());
    }
    for (title, field) in [
        ("Priority Class Name", "/spec/priorityClassName"),
        ("Runtime Class Name", "/spec/runtimeClassName"),
        ("Service Account", "/spec/serviceAccountName"),
    ] {
        page.some(0, title, pod, field);
    }
    match pod.text("/spec/nodeName") {
        "" => page.field(0, "Node", "<none>"),
        node => page.field(0, "Node", &format!("{node}/{}", pod.text("/status/hostIP"))),
    }
    let start = pod.text("/status/startTime");
    if !start.is_empty() {
        page.field(0, "Start Time", &moment(start));
    }
    page.labels(0, pod);
    page.annotations(0, pod);
    status(page, now, pod);
    if let Some(spec) = pod.get("spec") {
        container::profile(page, (0, 0), spec);
    }
    addresses(page, pod);
    if let Some(owner) = pod.controller() {
        let name = format!("{}/{}", owner.text("/kind"), owner.text("/name"));
        page.field(0, "Controlled By", &name);
    }
    page.some(0, "NominatedNodeName", pod, "/status/nominatedNodeName");
    if let Some(resources) = pod.pointer("/spec/resources") {
        page.line(0, "Resources:");
        container::resources(page, 1, Some(resources));
    }
    containers(page, pod);
    gates(page, pod);
    conditions(page, pod);
    volume::describe(page, 0, pod.list("/spec/volumes"));
    page.field(0, "QoS Class", pod.text("/status/qosClass"));
    page.pairs(0, "Node-Selectors", pod.pointer("/spec/nodeSelector"));
    if let Some(spec) = pod.get("spec") {
        scheduling::tolerations(page, 0, spec);
        scheduling::spread(page, 0, spec);
        scheduling::group(page, 0, spec);
    }
}

fn status(page: &mut Page, now: Millis, pod: &Object) {
    if pod.is_terminating() && !matches!(pod.text("/status/phase"), "Succeeded" | "Failed") {
        let since = since(pod, "/metadata/deletionTimestamp", now);
        page.field(0, "Status", &format!("Terminating (lasts {since})"));
        let grace = pod.int("/metadata/deletionGracePeriodSeconds").unwrap_or(0);
        page.field(0, "Termination Grace Period", &format!("{grace}s"));
    } else {
        page.field(0, "Status", pod.text("/status/phase"));
    }
    page.some(0, "Reason", pod, "/status/reason");
    page.some(0, "Message", pod, "/status/message");
}

fn addresses(page: &mut Page, pod: &Object) {
    page.field(0, "IP", pod.text("/status/podIP"));
    let addresses = pod.list("/status/podIPs");
    if addresses.is_empty() {
        page.field(0, "IPs", "<none>");
    } else {
        page.line(0, "IPs:");
        for address in addresses {
            page.field(1, "IP", address.text("/ip"));
        }
    }
}

fn containers(page: &mut Page, pod: &Object) {
    for (title, field, always) in [
        ("Init Containers", "initContainer", false),
        ("Containers", "container", true),
        ("Ephemeral Containers", "ephemeralContainer", false),
    ] {
        let containers = pod.list(&format!("/spec/{field}s"));
        let statuses = pod.list(&format!("/status/{field}Statuses"));
        if always || !containers.is_empty() {
            container::describe(page, Place::Pod(pod), title, containers, statuses);
        }
    }
}

fn gates(page: &mut Page, pod: &Object) {
    let gates = pod.list("/spec/readinessGates");
    if gates.is_empty() {
        return;
    }
    page.line(0, "Readiness Gates:");
    page.line(1, "Type\tStatus");
    let conditions = pod.list("/status/conditions");
    for gate in gates {
        let kind = gate.text("/conditionType");
        let status = conditions.iter().find(|c| c.text("/type") == kind);
        let status = status.map_or("<none>", |c| c.text("/status"));
        page.line(1, &format!("{kind} \t{status} "));
    }
}

fn conditions(page: &mut Page, pod: &Object) {
    let conditions = pod.list("/status/conditions");
    if conditions.is_empty() {
        return;
    }
    page.line(0, "Conditions:");
    page.line(1, "Type\tStatus");
    for condition in conditions {
        let (kind, status) = (condition.text("/type"), condition.text("/status"));
        page.line(1, &format!("{kind} \t{status} "));
    }
}
