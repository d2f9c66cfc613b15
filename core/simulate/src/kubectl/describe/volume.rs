//! The volumes of a pod or of a pod template.

use serde_json::Value;

use super::page::Page;
use crate::values::object::Fields;

pub(super) fn describe(page: &mut Page, level: usize, volumes: &[Value]) {
    if volumes.is_empty() {
        page.field(level, "Volumes", "<none>");
        return;
    }
    page.line(level, "Volumes:");
    // In a template kubectl indents names by three spaces in all, as it does for containers.
    let space = if level == 0 { "" } else { " " };
    for volume in volumes {
        page.line(1, &format!("{space}{}:", volume.text("/name")));
        for (name, value) in fields(volume) {
            page.field(2, name, &value);
        }
    }
}

fn fields(volume: &Value) -> Vec<(&'static str, String)> {
    let text = |pointer: &str| volume.text(pointer).to_owned();
    let flag = |pointer: &str| volume.flag(pointer).to_string();
    let kind = |text: &str| ("Type", text.to_owned());
    if volume.get("persistentVolumeClaim").is_some() {
        vec![
            kind(
                "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
            ),
            ("ClaimName", text("/persistentVolumeClaim/claimName")),
            ("ReadOnly", flag("/persistentVolumeClaim/readOnly")),
        ]
    } else if volume.get("emptyDir").is_some() {
        let limit = match volume.text("/emptyDir/sizeLimit") {
            "" => "<unset>",
            limit => limit,
        };
        vec![
            kind("EmptyDir (a temporary directory that shares a pod's lifetime)"),
            ("Medium", text("/emptyDir/medium")),
            ("SizeLimit", limit.into()),
        ]
    } else if volume.get("configMap").is_some() {
        vec![
            kind("ConfigMap (a volume populated by a ConfigMap)"),
            ("Name", text("/configMap/name")),
            ("Optional", flag("/configMap/optional")),
        ]
    } else if volume.get("secret").is_some() {
        vec![
            kind("Secret (a volume populated by a Secret)"),
            ("SecretName", text("/secret/secretName")),
            ("Optional", flag("/secret/optional")),
        ]
    } else if volume.get("hostPath").is_some() {
        vec![
            kind("HostPath (bare host directory volume)"),
            ("Path", text("/hostPath/path")),
            ("HostPathType", text("/hostPath/type")),
        ]
    } else {
        vec![kind("<unknown>")]
    }
}
