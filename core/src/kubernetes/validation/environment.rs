//! Environment variables, and what containers may read of their pod.

use std::format as text;
use std::string::ToString;

use super::field::{Field, quoted};
use super::format;
use crate::kubernetes::value::quantity::Quantity;

/// A container's variables.
pub(crate) fn variables(list: &Field<'_>) {
    for variable in list.items() {
        let name = variable.child("name");
        if name.text().is_empty() {
            name.required("");
        } else {
            name.invalid_for(format::variable(name.text()));
        }
        let value = variable.child("value").text();
        let source = variable.child("valueFrom");
        if source.given() {
            source_of(&source, value);
        }
    }
}

const FIELDS: [&str; 9] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

const IN_FILES: [&str; 5] = [
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
];

fn source_of(source: &Field<'_>, value: &str) {
    let given = |name: &str| Some(source.child(name)).filter(Field::given);
    let mut count = 0;
    if let Some(field) = given("fieldRef") {
        count += 1;
        pod_field(&field, &FIELDS);
    }
    if let Some(resource) = given("resourceFieldRef") {
        count += 1;
        resource_field(&resource, false);
    }
    for name in ["configMapKeyRef", "secretKeyRef"] {
        if let Some(reference) = given(name) {
            count += 1;
            data_key(&reference);
        }
    }
    if let Some(reference) = given("fileKeyRef") {
        count += 1;
        file_key(&reference);
    }
    let problem = match count {
        0 => {
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
        }
        _ if !value.is_empty() => "may not be specified when `value` is not empty",
        1 => return,
        _ => "may not have more than one field specified at a time",
    };
    source.invalid_as("\"\"", problem);
}

/// A field of the pod itself.
pub(crate) fn pod_field(reference: &Field<'_>, known: &[&str]) {
    let (version, path) = (reference.child("apiVersion"), reference.child("fieldPath"));
    if version.text().is_empty() {
        return version.required("");
    }
    if path.text().is_empty() {
        return path.required("");
    }
    let cannot = |problem: &str| path.invalid(&text!("error converting fieldPath: {problem}"));
    if version.text() != "v1" {
        return cannot(&text!("unsupported pod version: {}", version.text()));
    }
    let subscript = path
        .text()
        .strip_suffix("']")
        .and_then(|it| it.split_once("['"))
        .filter(|(map, _)| !map.is_empty());
    if let Some((map, key)) = subscript {
        let problems = match map {
            "metadata.annotations" => format::label_key(&key.to_lowercase()),
            "metadata.labels" => format::label_key(key),
            _ => {
                let problem = "field label does not support subscript";
                return cannot(&text!("{problem}: {}", path.text()));
            }
        };
        let key = match map {
            "metadata.annotations" => key.to_lowercase(),
            _ => key.to_string(),
        };
        for problem in problems {
            reference.invalid_as(&quoted(&key), &problem);
        }
        return;
    }
    let name = match path.text() {
        "spec.host" => "spec.nodeName",
        name => name,
    };
    if !FIELDS.contains(&name) && !OTHERS.contains(&name) {
        return cannot(&text!("field label not supported: {name}"));
    }
    if !known.contains(&name) {
        path.unsupported(known);
    }
}

/// Fields of a pod that may be named here and give no value.
const OTHERS: [&str; 5] = [
    "metadata.annotations",
    "metadata.labels",
    "spec.restartPolicy",
    "spec.schedulerName",
    "status.phase",
];

/// Divisors of what is counted in bytes.
const SIZES: [&str; 13] = [
    "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei",
];

const RESOURCES: [&str; 6] = [
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

/// An amount that a container asks for. In a file it must say of which container.
pub(crate) fn resource_field(reference: &Field<'_>, in_file: bool) {
    let (container, resource) = (
        reference.child("containerName"),
        reference.child("resource"),
    );
    let name = resource.text();
    let huge = name.starts_with("requests.hugepages-") || name.starts_with("limits.hugepages-");
    if in_file && container.text().is_empty() {
        container.required("");
    } else if name.is_empty() {
        resource.required("");
    } else if !huge && !RESOURCES.contains(&name) {
        resource.unsupported(&RESOURCES);
    }
    let divisor = reference.child("divisor");
    let Some(amount) = Quantity::of(divisor.value()) else {
        if divisor.given() {
            divisor.invalid(super::claim::NO_QUANTITY);
        }
        return;
    };
    let (allowed, kind): (&[&str], _) = match name {
        "limits.cpu" | "requests.cpu" => (&["1m", "1"], "cpu"),
        "limits.memory" | "requests.memory" => (&SIZES, "memory"),
        "limits.ephemeral-storage" | "requests.ephemeral-storage" => {
            (&SIZES, "local ephemeral storage")
        }
        _ if huge => (&SIZES, "hugepages"),
        _ => return,
    };
    if !amount.is_zero() && !allowed.contains(&&*amount.to_string()) {
        let allowed = match kind {
            "cpu" => "1m and 1".to_string(),
            _ => allowed.join(", "),
        };
        divisor.invalid_as(
            &quoted(name),
            &text!("only divisor's values {allowed} are supported with the {kind} resource"),
        );
    }
}

/// A key of a config map or secret.
fn data_key(reference: &Field<'_>) {
    let (name, key) = (reference.child("name"), reference.child("key"));
    let text = name.text();
    for problem in format::dns_subdomain(text) {
        name.invalid_as(&quoted(text), &problem);
    }
    if key.text().is_empty() {
        key.required("");
    } else {
        key.invalid_for(format::data_key(key.text()));
    }
}

/// A key of a file in a volume.
fn file_key(reference: &Field<'_>) {
    for (name, problems) in [
        ("key", format::variable as fn(&str) -> _),
        ("volumeName", format::dns_label),
        ("path", |path| {
            format::no_backsteps(path).into_iter().collect()
        }),
    ] {
        let field = reference.child(name);
        if field.text().is_empty() {
            field.required("");
        } else {
            field.invalid_for(problems(field.text()));
        }
    }
}

/// Config maps and secrets that are taken over as a whole.
pub(crate) fn sources(list: &Field<'_>) {
    for item in list.items() {
        let prefix = item.child("prefix");
        if !prefix.text().is_empty() {
            prefix.invalid_for(format::variable(prefix.text()));
        }
        let mut count = 0;
        for source in ["configMapRef", "secretRef"] {
            let source = item.child(source);
            if !source.given() {
                continue;
            }
            count += 1;
            let name = source.child("name");
            if name.text().is_empty() {
                name.required("");
            } else {
                // As if something were appended to it: it may end in a dash.
                let text = name.text();
                let whole = match text.strip_suffix('-') {
                    Some(begin) if !begin.is_empty() => &[begin, "a"].concat(),
                    _ => text,
                };
                name.invalid_for(format::dns_subdomain(whole));
            }
        }
        match count {
            0 => list.invalid_as("\"\"", "must specify one of: `configMapRef` or `secretRef`"),
            1 => {}
            _ => list.invalid_as(
                "\"\"",
                "may not have more than one field specified at a time",
            ),
        }
    }
}

/// The files of a volume that shows fields of the pod. Upstream names the volume, not the file.
pub(crate) fn downward_file(file: &Field<'_>, told_at: &Field<'_>) {
    let here = |name: &str| file.child(name).told_at(told_at.path_of(name));
    let path = here("path");
    if path.text().is_empty() {
        path.required("");
    }
    path.invalid_for(format::file_path(path.text()));
    let (field, resource) = (here("fieldRef"), here("resourceFieldRef"));
    if field.given() {
        pod_field(&field, &IN_FILES);
        if resource.given() {
            told_at.invalid_as(
                "\"resource\"",
                "fieldRef and resourceFieldRef can not be specified simultaneously",
            );
        }
    } else if resource.given() {
        resource_field(&resource, true);
    } else {
        told_at.required("one of fieldRef and resourceFieldRef is required");
    }
    super::volume::file_mode(&here("mode"));
}
