//! What an API server refuses in a pod template: the mistakes that manifests really have, not every rule.

use std::collections::BTreeSet;
use std::format;
use std::string::String;
use std::vec::Vec;

use serde_json::Value;

use super::field_error::Report;
use super::validation::items;

/// Checks a pod's specification. `claims` are the names of claim templates, each of which is a volume, too.
pub(crate) fn check(report: &mut Report, path: &str, pod: &Value, claims: &[&str]) {
    let mut volumes: BTreeSet<&str> = BTreeSet::new();
    for (place, volume) in items(&pod["volumes"]).enumerate() {
        let path = format!("{path}.volumes[{place}].name");
        unique_name(report, &path, &volume["name"], &mut volumes);
    }
    // A claim takes the place of the template's volume of the same name.
    volumes.extend(claims);
    if items(&pod["containers"]).next().is_none() {
        report.required(&format!("{path}.containers"), "");
    }
    let mut names = BTreeSet::new();
    for list in ["initContainers", "containers"] {
        for (place, container) in items(&pod[list]).enumerate() {
            let path = format!("{path}.{list}[{place}]");
            unique_name(
                report,
                &format!("{path}.name"),
                &container["name"],
                &mut names,
            );
            check_container(report, &path, container, &volumes);
        }
    }
    report.count(
        &format!("{path}.terminationGracePeriodSeconds"),
        &pod["terminationGracePeriodSeconds"],
    );
}

/// A name that is a DNS label and not there yet.
fn unique_name<'a>(
    report: &mut Report,
    path: &str,
    value: &'a Value,
    names: &mut BTreeSet<&'a str>,
) {
    if value.is_null() || value == "" {
        report.required(path, "");
        return;
    }
    report.dns_label(path, value);
    if value.as_str().is_some_and(|name| !names.insert(name)) {
        report.duplicate(path, value);
    }
}

fn check_container(report: &mut Report, path: &str, container: &Value, volumes: &BTreeSet<&str>) {
    if container["image"].as_str().unwrap_or("").is_empty() {
        report.required(&format!("{path}.image"), "");
    }
    let policy = &container["imagePullPolicy"];
    let policies = ["Always", "IfNotPresent", "Never"];
    if !policy.is_null() && !policy.as_str().is_some_and(|it| policies.contains(&it)) {
        report.unsupported(&format!("{path}.imagePullPolicy"), policy, &policies);
    }
    for (place, port) in items(&container["ports"]).enumerate() {
        let path = format!("{path}.ports[{place}].containerPort");
        let number = &port["containerPort"];
        if number.is_null() || number == 0 {
            report.required(&path, "");
        } else if !number.as_i64().is_some_and(|n| (1..=65535).contains(&n)) {
            report.invalid(&path, number, "must be between 1 and 65535, inclusive");
        }
    }
    for (place, variable) in items(&container["env"]).enumerate() {
        let path = format!("{path}.env[{place}]");
        if variable["name"].as_str().unwrap_or("").is_empty() {
            report.required(&format!("{path}.name"), "");
        }
        let value = &variable["value"];
        if !value.is_null() && !value.is_string() {
            report.invalid(&format!("{path}.value"), value, "must be a string");
        }
    }
    let mut mounted = Vec::new();
    for (place, mount) in items(&container["volumeMounts"]).enumerate() {
        check_mount(
            report,
            &format!("{path}.volumeMounts[{place}]"),
            mount,
            volumes,
        );
        let target = &mount["mountPath"];
        if mounted.contains(&target) {
            let path = format!("{path}.volumeMounts[{place}].mountPath");
            report.invalid(&path, target, "must be unique");
        }
        mounted.push(target);
    }
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if container[probe].is_object() {
            check_probe(report, &format!("{path}.{probe}"), probe, &container[probe]);
        }
    }
}

fn check_mount(report: &mut Report, path: &str, mount: &Value, volumes: &BTreeSet<&str>) {
    let name = &mount["name"];
    match name.as_str() {
        None | Some("") => report.required(&format!("{path}.name"), ""),
        Some(known) if volumes.contains(known) => {}
        Some(_) => report.not_found(&format!("{path}.name"), name),
    }
    if mount["mountPath"].as_str().unwrap_or("").is_empty() {
        report.required(&format!("{path}.mountPath"), "");
    }
}

fn check_probe(report: &mut Report, path: &str, name: &str, probe: &Value) {
    let handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
    let given: Vec<&str> = handlers
        .into_iter()
        .filter(|handler| !probe[*handler].is_null())
        .collect();
    match given.as_slice() {
        [] => report.required(path, "must specify a handler type"),
        [_] => {}
        [_, more @ ..] => {
            for handler in more {
                report.forbidden(
                    &String::from_iter([path, ".", handler]),
                    "may not specify more than 1 handler type",
                );
            }
        }
    }
    for field in [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
    ] {
        report.count(&format!("{path}.{field}"), &probe[field]);
    }
    let threshold = &probe["successThreshold"];
    if name != "readinessProbe" && threshold.as_i64().is_some_and(|n| n > 1) {
        report.invalid(&format!("{path}.successThreshold"), threshold, "must be 1");
    }
}
