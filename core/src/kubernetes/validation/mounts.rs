//! Where a container has its volumes.

use std::collections::{BTreeMap, BTreeSet};

use super::field::{Field, quoted};
use super::format;
use super::volume::Use;

/// The volumes that a container mounts.
pub(crate) fn mounts(container: &Field<'_>, volumes: &BTreeMap<&str, Use>) {
    let list = container.child("volumeMounts");
    let devices = places(&container.child("volumeDevices"), "devicePath");
    let mut seen = BTreeSet::new();
    for mount in list.items() {
        let (name, path) = (mount.child("name"), mount.child("mountPath"));
        let (name_text, path_text) = (name.text(), path.text());
        if name_text.is_empty() {
            name.required("");
        }
        if !volumes.contains_key(name_text) {
            name.not_found_as(name_text, "");
        }
        if path_text.is_empty() {
            path.required("");
        }
        if !seen.insert(path_text) {
            path.invalid_as(&quoted(path_text), "must be unique");
        }
        if devices.contains_key(name_text) {
            name.invalid_as(
                &quoted(name_text),
                "must not already exist in volumeDevices",
            );
        }
        if devices.values().any(|device| *device == path_text) {
            path.invalid_as(
                &quoted(path_text),
                "must not already exist as a path in volumeDevices",
            );
        }
        // Upstream names the list here, not the mount.
        let of_list = |name: &str| mount.child(name).told_at(list.path_of(name));
        let (part, expression) = (of_list("subPath"), of_list("subPathExpr"));
        part.invalid_for(format::inner_path(part.text()));
        if !expression.text().is_empty() {
            if !part.text().is_empty() {
                mount
                    .child("subPathExpr")
                    .invalid("subPathExpr and subPath are mutually exclusive");
            }
            expression.invalid_for(format::inner_path(expression.text()));
        }
        propagation(&of_list("mountPropagation"), container);
        recursive_read_only(&of_list("recursiveReadOnly"), &mount);
    }
}

/// Names of the entries and the last place of each.
fn places<'a>(list: &Field<'a>, path: &str) -> BTreeMap<&'a str, &'a str> {
    list.items()
        .map(|it| (it.child("name").text(), it.child(path).text()))
        .collect()
}

fn propagation(propagation: &Field<'_>, container: &Field<'_>) {
    propagation.one_of_if_given(&["Bidirectional", "HostToContainer", "None"]);
    let privileged = container.child("securityContext").child("privileged").yes();
    if propagation.text() == "Bidirectional" && !privileged {
        propagation.forbidden(
            "Bidirectional mount propagation is available only to privileged containers",
        );
    }
}

fn recursive_read_only(field: &Field<'_>, mount: &Field<'_>) {
    field.one_of_if_given(&["Disabled", "Enabled", "IfPossible"]);
    if !matches!(field.text(), "Enabled" | "IfPossible") {
        return;
    }
    if !mount.child("readOnly").yes() {
        field.forbidden("may only be specified when readOnly is true");
    }
    let propagation = mount.child("mountPropagation");
    if propagation.given() && propagation.text() != "None" {
        field.forbidden("may only be specified when mountPropagation is None or not specified");
    }
}

/// The volumes that a container has as devices.
pub(crate) fn devices(container: &Field<'_>, volumes: &BTreeMap<&str, Use>) {
    let list = container.child("volumeDevices");
    let mounts = places(&container.child("volumeMounts"), "mountPath");
    let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
    for device in list.items() {
        let (name, path) = (device.child("name"), device.child("devicePath"));
        let (name_text, path_text) = (name.text(), path.text());
        let bad_name = |problem: &str| name.invalid_as(&quoted(name_text), problem);
        let bad_path = |problem: &str| path.invalid_as(&quoted(path_text), problem);
        if name_text.is_empty() {
            name.required("");
        }
        if names.contains(name_text) {
            bad_name("must be unique");
        }
        match volumes.get(name_text) {
            Some(Use::Claim) => {}
            Some(_) => bad_name(
                "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode",
            ),
            None => name.not_found_as(name_text, ""),
        }
        if path_text.is_empty() {
            path.required("");
        }
        if paths.contains(path_text) {
            bad_path("must be unique");
        }
        if format::no_backsteps(path_text).is_some() {
            bad_path("can not contain backsteps ('..')");
        } else {
            paths.insert(path_text);
        }
        if mounts.contains_key(name_text) {
            bad_name("must not already exist in volumeMounts");
        }
        if mounts.values().any(|mount| *mount == path_text) {
            bad_path("must not already exist as a path in volumeMounts");
        }
        if !name_text.is_empty() {
            names.insert(name_text);
        }
    }
}
