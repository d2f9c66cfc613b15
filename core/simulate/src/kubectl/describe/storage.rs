//! Claims, volumes and storage classes.

use serde_json::Value;

use super::moment;
use super::page::Page;
use crate::kubectl::columns;
use crate::kubectl::jsonpath::show;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn describe_claim(page: &mut Page, store: &Store, claim: &Object) {
    page.title(claim);
    page.field(0, "StorageClass", claim.text("/spec/storageClassName"));
    page.status(claim);
    page.field(0, "Volume", claim.text("/spec/volumeName"));
    page.labels(0, claim);
    page.annotations(0, claim);
    page.finalizers(claim);
    let bound = !claim.text("/spec/volumeName").is_empty();
    let (capacity, modes) = if bound {
        let modes = columns::access_modes(claim.list("/status/accessModes"));
        (claim.text("/status/capacity/storage"), modes)
    } else {
        ("", String::new())
    };
    page.field(0, "Capacity", capacity);
    page.field(0, "Access Modes", &modes);
    page.field(0, "VolumeMode", claim.text("/spec/volumeMode"));
    page.fields(0, "Used By", &users(store, claim));
    let conditions = claim.list("/status/conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        let titles = "Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage";
        page.line(1, titles);
        page.line(
            1,
            "----\t------\t-----------------\t------------------\t------\t-------",
        );
        for condition in conditions {
            let cells = [
                condition.text("/type").to_owned(),
                condition.text("/status").into(),
                moment(condition.text("/lastProbeTime")),
                moment(condition.text("/lastTransitionTime")),
                condition.text("/reason").into(),
                condition.text("/message").into(),
            ];
            page.line(1, &cells.join("\t"));
        }
    }
}

/// The pods that mount a claim and have not ended.
fn users(store: &Store, claim: &Object) -> Vec<String> {
    let mounts = |pod: &Object| {
        let volumes = pod.list("/spec/volumes").iter();
        let mut claims = volumes.map(|v| v.text("/persistentVolumeClaim/claimName"));
        claims.any(|name| name == claim.name())
    };
    let pods = store.list(Kind::Pod, Some(claim.namespace()));
    let users = pods
        .filter(|pod| mounts(pod) && !matches!(pod.text("/status/phase"), "Succeeded" | "Failed"));
    users.map(|pod| pod.name().to_owned()).collect()
}

pub(super) fn describe_volume(page: &mut Page, volume: &Object) {
    page.title(volume);
    page.labels(0, volume);
    page.annotations(0, volume);
    page.finalizers(volume);
    page.field(0, "StorageClass", volume.text("/spec/storageClassName"));
    page.status(volume);
    page.field(0, "Claim", &columns::claim(volume));
    page.field(
        0,
        "Reclaim Policy",
        volume.text("/spec/persistentVolumeReclaimPolicy"),
    );
    page.field(
        0,
        "Access Modes",
        &columns::access_modes(volume.list("/spec/accessModes")),
    );
    page.field(0, "VolumeMode", volume.text("/spec/volumeMode"));
    page.field(0, "Capacity", volume.text("/spec/capacity/storage"));
    affinity(page, volume);
    page.field(0, "Message", volume.text("/status/message"));
    page.line(0, "Source:");
    source(page, volume.pointer("/spec").unwrap_or(&Value::Null));
}

fn affinity(page: &mut Page, volume: &Object) {
    let terms = volume.list("/spec/nodeAffinity/required/nodeSelectorTerms");
    if terms.is_empty() {
        page.field(0, "Node Affinity", "<none>");
        return;
    }
    page.line(0, "Node Affinity:");
    page.line(1, "Required Terms:");
    for (index, term) in terms.iter().enumerate() {
        let one = |e: &Value| {
            let values: Vec<_> = e.list("/values").iter().map(show).collect();
            let operator = e.text("/operator").to_ascii_lowercase();
            format!("{} {operator} [{}]", e.text("/key"), values.join(", "))
        };
        let texts: Vec<_> = term.list("/matchExpressions").iter().map(one).collect();
        page.fields(2, &format!("Term {index}"), &texts);
    }
}

fn source(page: &mut Page, spec: &Value) {
    let shown = |page: &mut Page, kind: &str, of: &Value, fields: &[(&str, &str)]| {
        page.line(2, &format!("Type:\t{kind}"));
        for (title, field) in fields {
            let value = of.get(field).map(show).unwrap_or_default();
            page.line(2, &format!("{title}:\t{value}"));
        }
    };
    if let Some(path) = spec.get("hostPath") {
        let fields = [("Path", "path"), ("HostPathType", "type")];
        shown(page, "HostPath (bare host directory volume)", path, &fields);
    } else if let Some(local) = spec.get("local") {
        let kind = "LocalVolume (a persistent volume backed by local storage on a node)";
        shown(page, kind, local, &[("Path", "path")]);
    } else if let Some(nfs) = spec.get("nfs") {
        let fields = [
            ("Server", "server"),
            ("Path", "path"),
            ("ReadOnly", "readOnly"),
        ];
        shown(
            page,
            "NFS (an NFS mount that lasts the lifetime of a pod)",
            nfs,
            &fields,
        );
    } else if let Some(csi) = spec.get("csi") {
        let kind = "CSI (a Container Storage Interface (CSI) volume source)";
        let fields = [
            ("Driver", "driver"),
            ("FSType", "fsType"),
            ("VolumeHandle", "volumeHandle"),
        ];
        shown(page, kind, csi, &fields);
    } else {
        page.line(2, "<unknown>");
    }
}

pub(super) fn describe_class(page: &mut Page, class: &Object) {
    page.field(0, "Name", class.name());
    let default = if columns::is_default_class(class) {
        "Yes"
    } else {
        "No"
    };
    page.field(0, "IsDefaultClass", default);
    page.annotations(0, class);
    page.field(0, "Provisioner", class.text("/provisioner"));
    page.field(
        0,
        "Parameters",
        &columns::pairs(class.pointer("/parameters")),
    );
    let expansion = class.get("allowVolumeExpansion").map_or_else(
        || "<unset>".into(),
        |allowed| {
            if allowed == true {
                "True".into()
            } else {
                show(allowed)
            }
        },
    );
    page.field(0, "AllowVolumeExpansion", &expansion);
    page.field(0, "MountOptions", "<none>");
    page.field(0, "ReclaimPolicy", class.text("/reclaimPolicy"));
    page.field(0, "VolumeBindingMode", class.text("/volumeBindingMode"));
}
