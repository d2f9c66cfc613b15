//! A pod's volumes that a storage system has, one function for each system.

use std::format;
use std::string::ToString;

use super::field::{Field, quoted};
use super::format as names;

fn required(source: &Field<'_>, fields: &[&str]) {
    for field in fields {
        let field = source.child(field);
        if field.text().is_empty() {
            field.required("");
        }
    }
}

fn named_secret(source: &Field<'_>) {
    let secret = source.child("secretRef");
    if secret.given() {
        required(&secret, &["name"]);
    }
}

fn partition(source: &Field<'_>) {
    let partition = source.child("partition");
    if partition
        .number()
        .is_some_and(|it| !(0..=255).contains(&it))
    {
        // Zero is taken, whatever the sentence says.
        partition.invalid("must be between 1 and 255, inclusive");
    }
}

pub(super) fn git_repo(source: &Field<'_>) {
    required(source, &["repository"]);
    let directory = source.child("directory");
    directory.invalid_for(names::inner_path(directory.text()));
}

pub(super) fn gce_disk(source: &Field<'_>) {
    // The API server's own name of the field.
    let path = source.path().replace("gcePersistentDisk", "persistentDisk");
    let source = source.told_at(path);
    required(&source, &["pdName"]);
    partition(&source);
}

pub(super) fn aws_disk(source: &Field<'_>) {
    required(source, &["volumeID"]);
    partition(source);
}

pub(super) fn iscsi(source: &Field<'_>) {
    required(source, &["targetPortal", "iqn"]);
    let name = source.child("iqn");
    if !name.text().is_empty() {
        name.invalid_for(initiator(name.text()).into_iter().collect());
    }
    let lun = source.child("lun");
    if lun.number().is_some_and(|it| !(0..=255).contains(&it)) {
        lun.invalid("must be between 0 and 255, inclusive");
    }
    let proves = ["chapAuthDiscovery", "chapAuthSession"];
    let secret = source.child("secretRef");
    if proves.iter().any(|it| source.child(it).yes()) && !secret.given() {
        secret.required("");
    }
    let name = source.child("initiatorName");
    if name.given() {
        let told = name.told_at(source.path_of("initiatorname"));
        told.invalid_for(initiator(name.text()).into_iter().collect());
    }
}

/// What is wrong with a name of the one who asks for a disk.
fn initiator(name: &str) -> Option<std::string::String> {
    let is_fine = if name.starts_with("iqn") {
        is_qualified(name)
    } else if name.starts_with("eui") {
        is_number(name, 16)
    } else if name.starts_with("naa") {
        is_number(name, 32)
    } else {
        return Some("must be valid format starting with iqn, eui, or naa".to_string());
    };
    (!is_fine).then(|| "must be valid format".to_string())
}

/// `eui.02004567A425678D`
fn is_number(name: &str, length: usize) -> bool {
    let digits = name.char_indices().nth(4);
    let digits = digits.map_or("", |(at, _)| &name[at..]);
    digits.len() == length && digits.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// `iqn.2001-04.com.example:anything`
fn is_qualified(name: &str) -> bool {
    let Some((begin, id)) = name.split_once(':') else {
        return false;
    };
    let Some(dated) = begin.strip_prefix("iqn.") else {
        return false;
    };
    let date = dated.as_bytes();
    let digit = |at: usize| date.get(at).is_some_and(u8::is_ascii_digit);
    let is_dated =
        (0..4).chain(5..7).all(digit) && date.get(4) == Some(&b'-') && date.get(7) == Some(&b'.');
    let domain = date.get(8..).unwrap_or_default();
    let is_domain = domain
        .iter()
        .all(|it| it.is_ascii_alphanumeric() || b"-.".contains(it));
    let fits = |it: char| !it.is_whitespace() && !",;*&$|".contains(it);
    is_dated && is_domain && !domain.is_empty() && !id.is_empty() && id.chars().all(fits)
}

pub(super) fn glusterfs(source: &Field<'_>) {
    required(source, &["endpoints", "path"]);
}

pub(super) fn flocker(source: &Field<'_>) {
    let (name, id) = (source.child("datasetName"), source.child("datasetUUID"));
    match (name.text(), id.text()) {
        ("", "") => source.required("one of datasetName and datasetUUID is required"),
        ("", _) | (_, "") => {}
        _ => source.invalid_as(
            "\"resource\"",
            "datasetName and datasetUUID can not be specified simultaneously",
        ),
    }
    if name.text().contains('/') {
        name.invalid("must not contain '/'");
    }
}

fn monitors(source: &Field<'_>) {
    let monitors = source.child("monitors");
    if monitors.items().next().is_none() {
        monitors.required("");
    }
}

pub(super) fn rbd(source: &Field<'_>) {
    monitors(source);
    required(source, &["image"]);
}

pub(super) fn cinder(source: &Field<'_>) {
    required(source, &["volumeID"]);
    named_secret(source);
}

pub(super) fn ceph(source: &Field<'_>) {
    monitors(source);
}

/// `host:port`, or `[host]:port` where the host has colons of its own.
fn is_pair(pair: &str) -> bool {
    let (host, port) = match pair.strip_prefix('[') {
        None => pair.split_once(':').unwrap_or(("[", "")),
        Some(rest) => match rest.split_once(']') {
            Some((host, port)) if port.starts_with(':') => (host, &port[1..]),
            _ => return false,
        },
    };
    !host.contains(['[', ']']) && !port.contains([':', '[', ']'])
}

pub(super) fn quobyte(source: &Field<'_>) {
    const PAIRS: &str = "must be a host:port pair or multiple pairs separated by commas";
    let (registry, tenant) = (source.child("registry"), source.child("tenant"));
    if registry.text().is_empty() {
        registry.required(PAIRS);
    } else if tenant.text().len() >= 65 {
        tenant.required("must be a UUID and may not exceed a length of 64 characters");
    } else {
        for _ in registry.text().split(',').filter(|it| !is_pair(it)) {
            registry.invalid(PAIRS);
        }
    }
    required(source, &["volume"]);
}

pub(super) fn fibre(source: &Field<'_>) {
    let (names, ids) = (source.child("targetWWNs"), source.child("wwids"));
    let has = |list: &Field<'_>| list.items().next().is_some();
    match (has(&names), has(&ids)) {
        (false, false) => {
            names.required("must specify either targetWWNs or wwids, but not both");
        }
        (true, true) => {
            names.invalid("targetWWNs and wwids can not be specified simultaneously");
        }
        _ => {}
    }
    let lun = source.child("lun");
    match lun.number() {
        _ if !has(&names) => {}
        None => lun.required("lun is required if targetWWNs is specified"),
        Some(number) if !(0..=255).contains(&number) => {
            lun.invalid("must be between 0 and 255, inclusive");
        }
        Some(_) => {}
    }
}

pub(super) fn flex(source: &Field<'_>) {
    required(source, &["driver"]);
    for (key, option) in source.child("options").entries() {
        let namespace = key.split_once('/').map_or(key, |(namespace, _)| namespace);
        let namespace = format!(".{}", namespace.to_lowercase());
        if [".kubernetes.io", ".k8s.io"]
            .iter()
            .any(|it| namespace.ends_with(it))
        {
            option.invalid_as(
                &quoted(key),
                "kubernetes.io and k8s.io namespaces are reserved",
            );
        }
    }
}

pub(super) fn azure_file(source: &Field<'_>) {
    required(source, &["secretName", "shareName"]);
}

pub(super) fn vsphere(source: &Field<'_>) {
    required(source, &["volumePath"]);
}

pub(super) fn photon(source: &Field<'_>) {
    required(source, &["pdID"]);
}

pub(super) fn portworx(source: &Field<'_>) {
    required(source, &["volumeID"]);
}

/// A managed disk is named by its place among the subscriptions, any other one by the address of a blob.
pub(super) fn azure_disk(source: &Field<'_>) {
    required(source, &["diskName", "diskURI"]);
    let mode = source.child("cachingMode");
    mode.one_of_if_given(&["None", "ReadOnly", "ReadWrite"]);
    let kind = source.child("kind");
    kind.one_of_if_given(&["Dedicated", "Managed", "Shared"]);
    let address = source.child("diskURI");
    if !kind.given() {
    } else if kind.text() == "Managed" {
        if !address.text().starts_with("/subscriptions/") {
            address.unsupported(&[
                "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}",
            ]);
        }
    } else if !address.text().starts_with("https://") {
        address.unsupported(&[
            "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd",
        ]);
    }
}

pub(super) fn storage_os(source: &Field<'_>) {
    required(source, &["volumeName"]);
    for field in ["volumeName", "volumeNamespace"] {
        let name = source.child(field);
        if !name.text().is_empty() {
            name.invalid_for(names::dns_label(name.text()));
        }
    }
    named_secret(source);
}

pub(super) fn scale_io(source: &Field<'_>) {
    required(source, &["gateway", "system", "volumeName"]);
}
