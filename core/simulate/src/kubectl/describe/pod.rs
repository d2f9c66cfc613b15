//! A pod.

use statefulset::Millis;

use super::page::Page;
use super::{container, lasts, moment, volume};
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, now: Millis, pod: &Object) {
    page.title(pod);
    page.field(
        0,
        "Priority",
        &pod.int("/spec/priority").unwrap_or(0).to_string(),
    );
    let account = pod.text("/spec/serviceAccountName");
    page.field(
        0,
        "Service Account",
        if account.is_empty() {
            "default"
        } else {
            account
        },
    );
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
    if pod.is_terminating() && !matches!(pod.text("/status/phase"), "Succeeded" | "Failed") {
        let since = lasts(pod, "/metadata/deletionTimestamp", now);
        page.field(0, "Status", &format!("Terminating (lasts {since})"));
        let grace = pod.int("/metadata/deletionGracePeriodSeconds").unwrap_or(0);
        page.field(0, "Termination Grace Period", &format!("{grace}s"));
    } else {
        page.field(0, "Status", pod.text("/status/phase"));
    }
    for (title, pointer) in [("Reason", "/status/reason"), ("Message", "/status/message")] {
        if !pod.text(pointer).is_empty() {
            page.field(0, title, pod.text(pointer));
        }
    }
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
    if let Some(owner) = pod.controller() {
        let name = format!("{}/{}", owner.text("/kind"), owner.text("/name"));
        page.field(0, "Controlled By", &name);
    }
    containers(page, pod);
    conditions(page, pod);
    volume::describe(page, 0, pod.list("/spec/volumes"));
    page.field(0, "QoS Class", pod.text("/status/qosClass"));
    page.pairs(0, "Node-Selectors", pod.pointer("/spec/nodeSelector"));
    let tolerations = container::tolerations(pod.list("/spec/tolerations"));
    page.fields(0, "Tolerations", &tolerations);
}

fn containers(page: &mut Page, pod: &Object) {
    let init = pod.list("/spec/initContainers");
    if !init.is_empty() {
        page.line(0, "Init Containers:");
        let statuses = pod.list("/status/initContainerStatuses");
        container::describe(page, container::Place::Pod, init, statuses);
    }
    page.line(0, "Containers:");
    let statuses = pod.list("/status/containerStatuses");
    container::describe(
        page,
        container::Place::Pod,
        pod.list("/spec/containers"),
        statuses,
    );
}

fn conditions(page: &mut Page, pod: &Object) {
    let conditions = pod.list("/status/conditions");
    if conditions.is_empty() {
        return;
    }
    page.line(0, "Conditions:");
    page.line(1, "Type\tStatus");
    for condition in conditions {
        let cells = format!(
            "{} \t{} ",
            condition.text("/type"),
            condition.text("/status")
        );
        page.line(1, &cells);
    }
}
