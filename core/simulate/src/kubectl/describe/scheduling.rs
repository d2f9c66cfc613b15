//! Where pods may go.

use serde_json::Value;

use super::page::Page;
use crate::kubectl::selector;
use crate::values::object::Fields;

/// `key=value:Effect op=Exists for 300s`, one for each.
pub(super) fn tolerations(page: &mut Page, level: usize, spec: &Value) {
    let mut tolerations: Vec<_> = spec.list("/tolerations").iter().collect();
    tolerations.sort_by_key(|toleration| toleration.text("/key"));
    let texts: Vec<_> = tolerations.into_iter().map(toleration).collect();
    page.fields(level, "Tolerations", &texts);
}

fn toleration(toleration: &Value) -> String {
    let part = |before: &str, field: &str| match toleration.text(field) {
        "" => String::new(),
        text => format!("{before}{text}"),
    };
    let (key, value) = (toleration.text("/key"), part("=", "/value"));
    let effect = part(":", "/effect");
    let exists = toleration.text("/operator") == "Exists" && value.is_empty();
    let exists = match (exists, key.is_empty() && effect.is_empty()) {
        (true, true) => "op=Exists",
        (true, false) => " op=Exists",
        _ => "",
    };
    let seconds = toleration.int("/tolerationSeconds");
    let seconds = seconds.map_or_else(String::new, |s| format!(" for {s}s"));
    format!("{key}{value}{effect}{exists}{seconds}")
}

/// How the pods are to be spread.
pub(super) fn spread(page: &mut Page, level: usize, spec: &Value) {
    let mut constraints: Vec<_> = spec.list("/topologySpreadConstraints").iter().collect();
    constraints.sort_by_key(|constraint| constraint.text("/topologyKey"));
    let texts = constraints.into_iter().map(|constraint| {
        let (key, otherwise) = (
            constraint.text("/topologyKey"),
            constraint.text("/whenUnsatisfiable"),
        );
        let skew = constraint.int("/maxSkew").unwrap_or(0);
        let pods = constraint.pointer("/labelSelector").map(selector::shown);
        let pods = pods.map_or_else(String::new, |pods| format!(" for selector {pods}"));
        format!("{key}:{otherwise} when max skew {skew} is exceeded{pods}")
    });
    let texts: Vec<_> = texts.collect();
    if !texts.is_empty() {
        page.fields(level, "Topology Spread Constraints", &texts);
    }
}

/// The group that the pods are placed with.
pub(super) fn group(page: &mut Page, level: usize, spec: &Value) {
    if let Some(group) = spec.get("schedulingGroup") {
        page.line(level, "SchedulingGroup:");
        page.field(1, "PodGroupName", group.text("/podGroupName"));
    }
}
