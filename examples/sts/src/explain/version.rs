//! Which Kubernetes runs the sets.

use serde_json::Value;
use statefulset::Version;

use super::dump::Dump;

/// The version that was asked for, or the one that the cluster says it has, or else the latest. If that is a guess and the
/// nodes run another version, a remark says so.
pub(super) fn of(
    asked: Option<Version>,
    said: Option<&str>,
    dump: &Dump<'_>,
    remarks: &mut Vec<String>,
) -> Version {
    if let Some(version) = asked {
        return version;
    }
    let latest = Version::LATEST;
    if let Some(text) = said {
        return text.parse().unwrap_or_else(|_| {
            remarks.push(format!(
                "the cluster runs Kubernetes {text}, which is not known here, so the answer follows {latest}"
            ));
            latest
        });
    }
    // A kubelet is never newer than the API server that it talks to.
    let nodes = dump.all().filter(|it| it.kind_name == "Node");
    let newest = nodes.filter_map(|node| kubelet(node.json)).max();
    if let Some(newest) = newest.filter(|&newest| newest < latest) {
        remarks.push(format!(
            "the nodes run Kubernetes {newest}, and the answer follows {latest}; if the whole cluster is at {newest}, say --kubernetes {newest}"
        ));
    }
    latest
}

/// The version of a node's kubelet.
fn kubelet(node: &[u8]) -> Option<Version> {
    let node: Value = serde_json::from_slice(node).ok()?;
    let version = node.pointer("/status/nodeInfo/kubeletVersion")?;
    version.as_str()?.parse().ok()
}
