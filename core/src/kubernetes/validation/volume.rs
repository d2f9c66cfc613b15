//! A pod's volumes.

use std::collections::{BTreeMap, BTreeSet};
use std::vec::Vec;

use super::field::{Excuse, Field, quoted};
use super::{certificate, claim, driver, environment, format, labels};
use crate::kubernetes::value::quantity::Quantity;

/// What a container may do with a volume.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Use {
    /// It may be mounted, and be a device.
    Claim,
    /// It may be mounted.
    Other,
}

/// The volumes that have a name and a fitting source. Those that have not are complained of.
pub(crate) fn volumes<'a>(list: &[Field<'a>]) -> BTreeMap<&'a str, Use> {
    let mut known = BTreeMap::new();
    for volume in list {
        let name = volume.child("name");
        let before = volume.complaints();
        source(volume);
        if name.text().is_empty() {
            name.required("");
        } else {
            name.invalid_for(format::dns_label(name.text()));
        }
        if known.contains_key(name.text()) {
            name.duplicate();
        }
        if volume.complaints() == before {
            let has = |source: &str| volume.child(source).given();
            let usable = if has("persistentVolumeClaim") || has("ephemeral") {
                Use::Claim
            } else {
                Use::Other
            };
            known.insert(name.text(), usable);
        }
    }
    known
}

/// A kind of source: its field, what checks it, and how upstream spells it where there are two.
type Kind = (&'static str, fn(&Field<'_>), &'static str);

/// In the order in which upstream looks at them.
const KINDS: [Kind; 30] = [
    ("emptyDir", empty_dir, "emptyDir"),
    ("hostPath", host_path, "hostPath"),
    ("gitRepo", driver::git_repo, "gitRepo"),
    ("gcePersistentDisk", driver::gce_disk, "gcePersistentDisk"),
    (
        "awsElasticBlockStore",
        driver::aws_disk,
        "awsElasticBlockStore",
    ),
    ("secret", secret, "secret"),
    ("nfs", nfs, "nfs"),
    ("iscsi", driver::iscsi, "iscsi"),
    ("glusterfs", driver::glusterfs, "glusterfs"),
    ("flocker", driver::flocker, "flocker"),
    ("persistentVolumeClaim", claim_name, "persistentVolumeClaim"),
    ("rbd", driver::rbd, "rbd"),
    ("cinder", driver::cinder, "cinder"),
    ("cephfs", driver::ceph, "cephFS"),
    ("quobyte", driver::quobyte, "quobyte"),
    ("downwardAPI", downward, "downwarAPI"),
    ("fc", driver::fibre, "fc"),
    ("flexVolume", driver::flex, "flexVolume"),
    ("configMap", config_map, "configMap"),
    ("azureFile", driver::azure_file, "azureFile"),
    ("vsphereVolume", driver::vsphere, "vsphereVolume"),
    (
        "photonPersistentDisk",
        driver::photon,
        "photonPersistentDisk",
    ),
    ("portworxVolume", driver::portworx, "portworxVolume"),
    ("azureDisk", driver::azure_disk, "azureDisk"),
    ("storageos", driver::storage_os, "storageos"),
    ("projected", projected, "projected"),
    ("scaleIO", driver::scale_io, "scaleIO"),
    ("csi", csi, "csi"),
    ("ephemeral", ephemeral, "ephemeral"),
    ("image", image, "image"),
];

fn source(volume: &Field<'_>) {
    let mut found = false;
    for (name, check, second) in KINDS {
        let source = volume.child(name);
        if !source.given() {
            continue;
        }
        if found {
            let source = source.told_at(volume.path_of(second));
            source.forbidden("may not specify more than 1 volume type");
        } else {
            check(&source);
        }
        found = true;
    }
    if !found {
        volume.required("must specify a volume type");
    }
}

fn required(field: &Field<'_>) {
    if field.text().is_empty() {
        field.required("");
    }
}

fn empty_dir(source: &Field<'_>) {
    let limit = source.child("sizeLimit");
    match Quantity::of(limit.value()) {
        None if limit.given() => limit.invalid(claim::NO_QUANTITY),
        Some(limit_of) if limit_of.is_negative() => {
            limit.forbidden("SizeLimit field must be a valid resource quantity");
        }
        _ => {}
    }
}

fn host_path(source: &Field<'_>) {
    const TYPES: [&str; 8] = [
        "",
        "BlockDevice",
        "CharDevice",
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket",
    ];
    let path = source.child("path");
    if path.text().is_empty() {
        return path.required("");
    }
    path.invalid_for(format::no_backsteps(path.text()).into_iter().collect());
    source.child("type").one_of_if_given(&TYPES);
}

/// Permissions of a file.
pub(crate) fn file_mode(mode: &Field<'_>) {
    if mode
        .number()
        .is_some_and(|mode| !(0..=0o777).contains(&mode))
    {
        mode.invalid("must be a number between 0 and 0777 (octal), both inclusive");
    }
}

/// The files of a volume that holds keys of a config map or secret.
fn keys(items: &Field<'_>) {
    for item in items.items() {
        required(&item.child("key"));
        let path = item.child("path");
        required(&path);
        path.invalid_for(format::file_path(path.text()));
        file_mode(&item.child("mode"));
    }
}

fn secret(source: &Field<'_>) {
    required(&source.child("secretName"));
    file_mode(&source.child("defaultMode"));
    keys(&source.child("items"));
}

fn config_map(source: &Field<'_>) {
    required(&source.child("name"));
    file_mode(&source.child("defaultMode"));
    keys(&source.child("items"));
}

fn nfs(source: &Field<'_>) {
    required(&source.child("server"));
    let path = source.child("path");
    required(&path);
    if !path.text().starts_with('/') {
        path.invalid_as(&quoted(path.text()), "must be an absolute path");
    }
}

fn claim_name(source: &Field<'_>) {
    required(&source.child("claimName"));
}

fn downward(source: &Field<'_>) {
    file_mode(&source.child("defaultMode"));
    for file in source.child("items").items() {
        environment::downward_file(&file, source);
    }
}

fn csi(source: &Field<'_>) {
    let driver = source.child("driver");
    match driver.text() {
        "" => driver.required(""),
        name => {
            if name.len() > 63 {
                driver.too_long(63);
            }
            driver.invalid_for(format::dns_subdomain(&name.to_lowercase()));
        }
    }
    let secret = source.child("nodePublishSecretRef");
    if secret.given() {
        let name = secret.child("name");
        required(&name);
        if !name.text().is_empty() {
            let told = name.told_at(source.path_of("name"));
            told.invalid_for(format::dns_subdomain(name.text()));
        }
    }
}

fn ephemeral(source: &Field<'_>) {
    let template = source.child("volumeClaimTemplate");
    if !template.given() {
        return template.required("");
    }
    let metadata = template.child("metadata");
    labels::annotations(&metadata.child("annotations"));
    labels::labels(&metadata.child("labels"));
    for (field, _) in metadata.entries() {
        let value = metadata.child(field);
        if !["annotations", "labels"].contains(&field) && !value.is_empty() {
            value.forbidden("cannot be set");
        }
    }
    claim::spec(&template.child("spec"));
}

fn image(source: &Field<'_>) {
    required(&source.child("reference").excusable(Excuse::ImageReference));
    source
        .child("pullPolicy")
        .one_of(&["Always", "IfNotPresent", "Never"]);
}

/// Several sources in one volume: no two may have files of one name.
fn projected(volume: &Field<'_>) {
    file_mode(&volume.child("defaultMode"));
    let mut paths = BTreeSet::new();
    for source in volume.child("sources").items() {
        let mut count = 0;
        let mut given = |name: &str| {
            let field = Some(source.child(name)).filter(Field::given);
            count += usize::from(field.is_some());
            field
        };
        for name in ["secret", "configMap"] {
            let Some(source) = given(name) else { continue };
            let name = source.child("name");
            required(&name);
            let items = source.child("items");
            keys(&items);
            for path in items.items().map(|item| item.child("path").text()) {
                if !path.is_empty() && !paths.insert(path) {
                    volume.invalid_as(&quoted(name.text()), TWICE);
                }
            }
        }
        if let Some(source) = given("downwardAPI") {
            for file in source.child("items").items() {
                environment::downward_file(&file, &source);
                let path = file.child("path").text();
                if !path.is_empty() && !paths.insert(path) {
                    volume.invalid_as(&quoted(path), TWICE);
                }
            }
        }
        if let Some(token) = given("serviceAccountToken") {
            service_account_token(&token, volume);
        }
        let trusted = given("clusterTrustBundle");
        let own = given("podCertificate");
        let mut files = Vec::new();
        if let Some(bundle) = trusted {
            certificate::bundle(&bundle);
            files.push(bundle.child("path").text());
        }
        if let Some(own) = own {
            files.extend(certificate::own(&own));
        }
        for path in files {
            if !paths.insert(path) {
                volume.invalid_as(&quoted(path), TWICE);
            }
        }
        if count > 1 {
            source.forbidden("may not specify more than 1 volume type per source");
        }
    }
}

const TWICE: &str = "conflicting duplicate paths";

fn service_account_token(token: &Field<'_>, volume: &Field<'_>) {
    let seconds = token.child("expirationSeconds");
    match seconds.number() {
        None => seconds.required(""),
        Some(..600) => seconds.invalid("may not specify a duration less than 10 minutes"),
        Some(0x1_0000_0001..) => {
            seconds.invalid("may not specify a duration larger than 2^32 seconds");
        }
        Some(_) => {}
    }
    let path = token.child("path").told_at(volume.path_of("path"));
    match path.text() {
        "" => path.required(""),
        text => path
            .excusable(Excuse::TokenPath)
            .invalid_for(format::file_path(text)),
    }
}
