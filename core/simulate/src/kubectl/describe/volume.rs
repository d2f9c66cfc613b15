//! The volumes of a pod or of a pod template.

use serde_json::Value;
use statefulset::kubernetes::quantity;

use super::page::Page;
use super::{claim, source};
use crate::kubectl::jsonpath::show;
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
        if !source::of_pod(page, volume) {
            composed(page, volume);
        }
    }
}

/// The sources that consist of more than fields.
fn composed(page: &mut Page, volume: &Value) {
    if let Some(directory) = volume.get("emptyDir") {
        page.field(
            2,
            "Type",
            "EmptyDir (a temporary directory that shares a pod's lifetime)",
        );
        page.field(2, "Medium", directory.text("/medium"));
        let limit = directory.get("sizeLimit").map(show);
        let limit = limit.filter(|limit| quantity::is_positive(limit) == Some(true));
        let limit = limit.unwrap_or_else(|| "<unset>".into());
        page.field(2, "SizeLimit", &limit);
    } else if let Some(projected) = volume.get("projected") {
        page.field(
            2,
            "Type",
            "Projected (a volume that contains injected data from multiple sources)",
        );
        for source in projected.list("/sources") {
            projection(page, source);
        }
    } else if let Some(own) = volume.get("downwardAPI") {
        page.field(
            2,
            "Type",
            "DownwardAPI (a volume populated by information about the pod)",
        );
        page.line(2, "Items:");
        for item in own.list("/items") {
            for field in ["/fieldRef/fieldPath", "/resourceFieldRef/resource"] {
                if item
                    .pointer(field.rsplit_once('/').map_or("", |(of, _)| of))
                    .is_some()
                {
                    let line = format!("{} -> {}", item.text(field), item.text("/path"));
                    page.line(3, &line);
                }
            }
        }
    } else if let Some(ephemeral) = volume.get("ephemeral") {
        page.field(
            2,
            "Type",
            "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
        );
        if let Some(template) = ephemeral.get("volumeClaimTemplate") {
            page.inside(|page| claim::describe(page, 2, template));
        }
    } else {
        page.line(1, "<unknown>");
    }
}

fn projection(page: &mut Page, source: &Value) {
    let named = |page: &mut Page, title: &str, of: &Value| {
        page.field(2, title, of.text("/name"));
        page.field(2, "Optional", &of.flag("/optional").to_string());
    };
    if let Some(secret) = source.get("secret") {
        named(page, "SecretName", secret);
    } else if source.get("downwardAPI").is_some() {
        page.field(2, "DownwardAPI", "true");
    } else if let Some(map) = source.get("configMap") {
        named(page, "ConfigMapName", map);
    } else if let Some(token) = source.get("serviceAccountToken") {
        let seconds = token.int("/expirationSeconds").unwrap_or(0);
        page.field(2, "TokenExpirationSeconds", &seconds.to_string());
    }
}
