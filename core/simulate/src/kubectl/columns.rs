//! What `get` shows of each kind.

use serde_json::Value;
use statefulset::Millis;

use super::duration;
use crate::instant;
use crate::kind::Kind;
use crate::object::{Fields, Object};

mod pod;

/// One column of a table.
struct Column {
    title: &'static str,
    /// Only with `-o wide`.
    wide: bool,
    cell: fn(&Object, Millis) -> String,
}

const fn column(title: &'static str, cell: fn(&Object, Millis) -> String) -> Column {
    Column {
        title,
        wide: false,
        cell,
    }
}

const fn wide(title: &'static str, cell: fn(&Object, Millis) -> String) -> Column {
    Column {
        title,
        wide: true,
        cell,
    }
}

const NAME: Column = column("NAME", |o, _| o.name().into());
const AGE: Column = column("AGE", |o, now| since(o, "/metadata/creationTimestamp", now));

const POD: &[Column] = &[
    NAME,
    column("READY", |o, _| pod::ready(o)),
    column("STATUS", |o, _| pod::status(o)),
    column("RESTARTS", pod::restarts),
    AGE,
    wide("IP", |o, _| or_none(o.text("/status/podIP"))),
    wide("NODE", |o, _| or_none(o.text("/spec/nodeName"))),
    wide("NOMINATED NODE", |o, _| {
        or_none(o.text("/status/nominatedNodeName"))
    }),
    wide("READINESS GATES", |_, _| "<none>".into()),
];

const STATEFUL_SET: &[Column] = &[
    NAME,
    column("READY", |o, _| {
        let ready = o.int("/status/readyReplicas").unwrap_or(0);
        format!("{ready}/{}", o.int("/spec/replicas").unwrap_or(0))
    }),
    AGE,
    wide("CONTAINERS", |o, _| containers(o, "name")),
    wide("IMAGES", |o, _| containers(o, "image")),
];

const CLAIM: &[Column] = &[
    NAME,
    column("STATUS", |o, _| phase(o)),
    column("VOLUME", |o, _| o.text("/spec/volumeName").into()),
    column("CAPACITY", |o, _| o.text("/status/capacity/storage").into()),
    column("ACCESS MODES", |o, _| {
        access_modes(o.list("/status/accessModes"))
    }),
    column("STORAGECLASS", |o, _| {
        o.text("/spec/storageClassName").into()
    }),
    column("VOLUMEATTRIBUTESCLASS", attributes_class),
    AGE,
    wide("VOLUMEMODE", |o, _| volume_mode(o)),
];

const VOLUME: &[Column] = &[
    NAME,
    column("CAPACITY", |o, _| o.text("/spec/capacity/storage").into()),
    column("ACCESS MODES", |o, _| {
        access_modes(o.list("/spec/accessModes"))
    }),
    column("RECLAIM POLICY", |o, _| {
        o.text("/spec/persistentVolumeReclaimPolicy").into()
    }),
    column("STATUS", |o, _| phase(o)),
    column("CLAIM", |o, _| claim(o)),
    column("STORAGECLASS", |o, _| {
        o.text("/spec/storageClassName").into()
    }),
    column("VOLUMEATTRIBUTESCLASS", attributes_class),
    column("REASON", |o, _| o.text("/status/reason").into()),
    AGE,
    wide("VOLUMEMODE", |o, _| volume_mode(o)),
];

const STORAGE_CLASS: &[Column] = &[
    column("NAME", |o, _| {
        let default = if is_default_class(o) {
            " (default)"
        } else {
            ""
        };
        format!("{}{default}", o.name())
    }),
    column("PROVISIONER", |o, _| o.text("/provisioner").into()),
    column("RECLAIMPOLICY", |o, _| o.text("/reclaimPolicy").into()),
    column("VOLUMEBINDINGMODE", |o, _| {
        o.text("/volumeBindingMode").into()
    }),
    column("ALLOWVOLUMEEXPANSION", |o, _| {
        o.flag("/allowVolumeExpansion").to_string()
    }),
    AGE,
];

const SERVICE: &[Column] = &[
    NAME,
    column("TYPE", |o, _| o.text("/spec/type").into()),
    column("CLUSTER-IP", |o, _| or_none(o.text("/spec/clusterIP"))),
    column("EXTERNAL-IP", |_, _| "<none>".into()),
    column("PORT(S)", |o, _| ports(o)),
    AGE,
    wide("SELECTOR", |o, _| pairs(o.pointer("/spec/selector"))),
];

const NODE: &[Column] = &[
    NAME,
    column("STATUS", |o, _| node_status(o)),
    column("ROLES", |o, _| roles(o)),
    AGE,
    column("VERSION", |o, _| {
        o.text("/status/nodeInfo/kubeletVersion").into()
    }),
    wide("INTERNAL-IP", |o, _| or_none(address(o, "InternalIP"))),
    wide("EXTERNAL-IP", |o, _| or_none(address(o, "ExternalIP"))),
    wide("OS-IMAGE", |o, _| {
        or_unknown(o.text("/status/nodeInfo/osImage"))
    }),
    wide("KERNEL-VERSION", |o, _| {
        or_unknown(o.text("/status/nodeInfo/kernelVersion"))
    }),
    wide("CONTAINER-RUNTIME", |o, _| {
        or_unknown(o.text("/status/nodeInfo/containerRuntimeVersion"))
    }),
];

const REVISION: &[Column] = &[
    NAME,
    column("CONTROLLER", |o, _| {
        o.controller()
            .map_or_else(|| "<none>".into(), controller_name)
    }),
    column("REVISION", |o, _| {
        o.int("/revision").unwrap_or(0).to_string()
    }),
    AGE,
];

const ENDPOINT_SLICE: &[Column] = &[
    NAME,
    column("ADDRESSTYPE", |o, _| o.text("/addressType").into()),
    column("PORTS", |o, _| {
        let ports = o.list("/ports").iter().filter_map(|p| p.int("/port"));
        a_few(&ports.map(|p| p.to_string()).collect::<Vec<_>>())
    }),
    column("ENDPOINTS", |o, _| {
        let endpoints = o.list("/endpoints").iter();
        let addresses = endpoints.flat_map(|e| e.list("/addresses"));
        a_few(
            &addresses
                .map(|a| a.as_str().unwrap_or("").into())
                .collect::<Vec<_>>(),
        )
    }),
    AGE,
];

const BUDGET: &[Column] = &[
    NAME,
    column("MIN AVAILABLE", |o, _| limit(o, "/spec/minAvailable")),
    column("MAX UNAVAILABLE", |o, _| limit(o, "/spec/maxUnavailable")),
    column("ALLOWED DISRUPTIONS", |o, _| {
        o.int("/status/disruptionsAllowed").unwrap_or(0).to_string()
    }),
    AGE,
];

const EVENT: &[Column] = &[
    column("LAST SEEN", |o, now| since(o, "/lastTimestamp", now)),
    column("TYPE", |o, _| o.text("/type").into()),
    column("REASON", |o, _| o.text("/reason").into()),
    column("OBJECT", |o, _| {
        let kind = o.text("/involvedObject/kind").to_ascii_lowercase();
        format!("{kind}/{}", o.text("/involvedObject/name"))
    }),
    wide("SUBOBJECT", |o, _| {
        o.text("/involvedObject/fieldPath").into()
    }),
    wide("SOURCE", |o, _| o.text("/source/component").into()),
    column("MESSAGE", |o, _| o.text("/message").trim().into()),
    wide("FIRST SEEN", |o, now| since(o, "/firstTimestamp", now)),
    wide("COUNT", |o, _| o.int("/count").unwrap_or(1).to_string()),
    wide("NAME", |o, _| o.name().into()),
];

const NAMESPACE: &[Column] = &[
    NAME,
    column("STATUS", |o, _| o.text("/status/phase").into()),
    AGE,
];

const fn of(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Namespace => NAMESPACE,
        Kind::Node => NODE,
        Kind::PersistentVolume => VOLUME,
        Kind::StorageClass => STORAGE_CLASS,
        Kind::ControllerRevision => REVISION,
        Kind::StatefulSet => STATEFUL_SET,
        Kind::Pod => POD,
        Kind::PersistentVolumeClaim => CLAIM,
        Kind::Service => SERVICE,
        Kind::EndpointSlice => ENDPOINT_SLICE,
        Kind::PodDisruptionBudget => BUDGET,
        Kind::Event => EVENT,
    }
}

/// The titles of a kind's columns.
pub(super) fn titles(kind: Kind, all: bool) -> Vec<String> {
    shown(kind, all).map(|c| c.title.into()).collect()
}

/// The cells of one object.
pub(super) fn cells(kind: Kind, object: &Object, now: Millis, all: bool) -> Vec<String> {
    shown(kind, all).map(|c| (c.cell)(object, now)).collect()
}

fn shown(kind: Kind, all: bool) -> impl Iterator<Item = &'static Column> {
    of(kind).iter().filter(move |c| all || !c.wide)
}

/// How long ago the moment at `pointer` was.
pub(super) fn since(object: &Object, pointer: &str, now: Millis) -> String {
    instant::parse(object.text(pointer))
        .map_or_else(|| "<unknown>".into(), |then| duration::age(now - then))
}

/// `a=b,c=d`, or `<none>`.
pub(super) fn pairs(map: Option<&Value>) -> String {
    let Some(map) = map.and_then(Value::as_object).filter(|m| !m.is_empty()) else {
        return "<none>".into();
    };
    let pairs: Vec<_> = map
        .iter()
        .map(|(k, v)| format!("{k}={}", v.as_str().unwrap_or("")))
        .collect();
    pairs.join(",")
}

/// `RWO,ROX`
pub(super) fn access_modes(modes: &[Value]) -> String {
    let short = |mode: &Value| match mode.as_str().unwrap_or("") {
        "ReadWriteOnce" => "RWO".to_owned(),
        "ReadOnlyMany" => "ROX".into(),
        "ReadWriteMany" => "RWX".into(),
        "ReadWriteOncePod" => "RWOP".into(),
        other => other.into(),
    };
    modes.iter().map(short).collect::<Vec<_>>().join(",")
}

/// The phase, unless the object is on its way out.
pub(super) fn phase(object: &Object) -> String {
    if object.is_terminating() {
        "Terminating".into()
    } else {
        object.text("/status/phase").into()
    }
}

/// `<namespace>/<name>` of the claim that a volume belongs to.
pub(super) fn claim(volume: &Object) -> String {
    match volume.pointer("/spec/claimRef") {
        Some(claim) => format!("{}/{}", claim.text("/namespace"), claim.text("/name")),
        None => String::new(),
    }
}

pub(super) fn is_default_class(class: &Object) -> bool {
    class.text("/metadata/annotations/storageclass.kubernetes.io~1is-default-class") == "true"
}

/// The text, or `<none>` for nothing.
pub(super) fn or_none(text: &str) -> String {
    if text.is_empty() { "<none>" } else { text }.into()
}

/// The roles of a node, from its labels.
pub(super) fn roles(node: &Object) -> String {
    let labels = node.pointer("/metadata/labels").and_then(Value::as_object);
    let names = labels.into_iter().flat_map(|map| map.keys());
    let roles: Vec<_> = names
        .filter_map(|name| name.strip_prefix("node-role.kubernetes.io/"))
        .collect();
    or_none(&roles.join(","))
}

fn or_unknown(text: &str) -> String {
    if text.is_empty() { "<unknown>" } else { text }.into()
}

fn attributes_class(object: &Object, _: Millis) -> String {
    let class = object.text("/spec/volumeAttributesClassName");
    if class.is_empty() { "<unset>" } else { class }.into()
}

fn volume_mode(object: &Object) -> String {
    let mode = object.text("/spec/volumeMode");
    if mode.is_empty() { "<unset>" } else { mode }.into()
}

fn containers(set: &Object, field: &str) -> String {
    let containers = set.list("/spec/template/spec/containers").iter();
    let texts: Vec<_> = containers
        .map(|c| c.text(&format!("/{field}")).to_owned())
        .collect();
    texts.join(",")
}

fn ports(service: &Object) -> String {
    let port = |p: &Value| {
        let number = p.int("/port").unwrap_or(0);
        let node = p.int("/nodePort").map(|n| format!(":{n}"));
        let protocol = p.text("/protocol");
        let protocol = if protocol.is_empty() { "TCP" } else { protocol };
        format!("{number}{}/{protocol}", node.unwrap_or_default())
    };
    let ports: Vec<_> = service.list("/spec/ports").iter().map(port).collect();
    or_none(&ports.join(","))
}

fn node_status(node: &Object) -> String {
    let mut status = match node.condition("Ready") {
        "True" => "Ready",
        "" => "Unknown",
        _ => "NotReady",
    }
    .to_owned();
    if node.flag("/spec/unschedulable") {
        status += ",SchedulingDisabled";
    }
    status
}

fn address<'n>(node: &'n Object, kind: &str) -> &'n str {
    let addresses = node.list("/status/addresses");
    addresses
        .iter()
        .find(|a| a.text("/type") == kind)
        .map_or("", |a| a.text("/address"))
}

fn controller_name(owner: &Value) -> String {
    let kind = Kind::of_object(owner.text("/kind"), owner.text("/apiVersion"));
    let kind = kind.map_or_else(|| owner.text("/kind").to_ascii_lowercase(), Kind::qualified);
    format!("{kind}/{}", owner.text("/name"))
}

/// The first three, and how many more there are.
fn a_few(all: &[String]) -> String {
    const SHOWN: usize = 3;
    match all.len() {
        0 => "<unset>".into(),
        1..=SHOWN => all.join(","),
        many => format!("{} + {} more...", all[..SHOWN].join(","), many - SHOWN),
    }
}

fn limit(budget: &Object, pointer: &str) -> String {
    match budget.pointer(pointer) {
        None | Some(Value::Null) => "N/A".into(),
        Some(Value::String(percentage)) => percentage.clone(),
        Some(number) => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{cells, titles};
    use crate::kind::Kind;

    const NOW: i64 = 1_767_225_600_000;

    #[test]
    fn a_service_and_a_volume() {
        let service = json!({
            "metadata": {"name": "mysql", "creationTimestamp": "2025-12-31T23:59:00Z"},
            "spec": {"type": "ClusterIP", "clusterIP": "None", "ports": [{"port": 3306}]},
        });
        let expected = ["mysql", "ClusterIP", "None", "<none>", "3306/TCP", "60s"];
        assert_eq!(cells(Kind::Service, &service, NOW, false), expected);
        let volume = json!({
            "metadata": {"name": "pv1"},
            "spec": {
                "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "standard",
                "persistentVolumeReclaimPolicy": "Delete", "claimRef": {"namespace": "default", "name": "pvc-mysql-0"},
            },
            "status": {"phase": "Bound"},
        });
        let expected = [
            "pv1",
            "1Gi",
            "RWO",
            "Delete",
            "Bound",
            "default/pvc-mysql-0",
            "standard",
            "<unset>",
            "",
            "<unknown>",
        ];
        assert_eq!(cells(Kind::PersistentVolume, &volume, NOW, false), expected);
    }

    #[test]
    fn wide_adds_columns_where_kubectl_does() {
        assert_eq!(
            titles(Kind::Event, false).join(" "),
            "LAST SEEN TYPE REASON OBJECT MESSAGE"
        );
        assert_eq!(
            titles(Kind::Event, true).join(" "),
            "LAST SEEN TYPE REASON OBJECT SUBOBJECT SOURCE MESSAGE FIRST SEEN COUNT NAME"
        );
        let slice = json!({
            "metadata": {"name": "a-1"}, "addressType": "IPv4", "ports": [{"port": 80}],
            "endpoints": [{"addresses": ["1"]}, {"addresses": ["2"]}, {"addresses": ["3"]}, {"addresses": ["4"]}],
        });
        let shown = cells(Kind::EndpointSlice, &slice, NOW, false);
        assert_eq!(shown[3], "1,2,3 + 1 more...");
    }
}
