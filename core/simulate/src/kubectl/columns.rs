//! What `get` shows of each kind.

use serde_json::Value;
use statefulset::Millis;

use crate::values::duration;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::status as status_of_pod;

mod autoscaler;
mod certificate;
mod custom;
mod device;
mod event;
mod ingress;
mod network;
mod node;
mod pod;
mod policy;
mod rest;
mod storage;
mod workload;

pub(super) use node::roles;
pub(super) use storage::{access_modes, claim, class, is_default_class};

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
    column("STATUS", |o, _| status_of_pod(o)),
    column("RESTARTS", pod::restarts),
    AGE,
    wide("IP", |o, _| or_none(pod::address(o))),
    wide("NODE", |o, _| or_none(o.text("/spec/nodeName"))),
    wide("NOMINATED NODE", |o, _| {
        or_none(o.text("/status/nominatedNodeName"))
    }),
    wide("READINESS GATES", |o, _| pod::gates(o)),
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

const NAMESPACE: &[Column] = &[
    NAME,
    column("STATUS", |o, _| o.text("/status/phase").into()),
    AGE,
];

const PRIORITY_CLASS: &[Column] = &[
    NAME,
    column("VALUE", |o, _| o.int("/value").unwrap_or(0).to_string()),
    column("GLOBAL-DEFAULT", |o, _| {
        o.flag("/globalDefault").to_string()
    }),
    AGE,
    column("PREEMPTIONPOLICY", |o, _| {
        match o.text("/preemptionPolicy") {
            "" => "PreemptLowerPriority".into(),
            policy => policy.into(),
        }
    }),
];

const QUOTA: &[Column] = &[
    NAME,
    column("REQUEST", |o, _| usage(o, false)),
    column("LIMIT", |o, _| usage(o, true)),
    AGE,
];

const WEBHOOKS: &[Column] = &[
    NAME,
    column("WEBHOOKS", |o, _| o.list("/webhooks").len().to_string()),
    AGE,
];

const RUNTIME_CLASS: &[Column] = &[
    NAME,
    column("HANDLER", |o, _| o.text("/handler").into()),
    AGE,
];

const SECRET: &[Column] = &[
    NAME,
    column("TYPE", |o, _| o.text("/type").into()),
    column("DATA", |o, _| entries(o, &["/data"])),
    AGE,
];

const CONFIG_MAP: &[Column] = &[
    NAME,
    column("DATA", |o, _| entries(o, &["/data", "/binaryData"])),
    AGE,
];

const SERVICE_ACCOUNT: &[Column] = &[NAME, AGE];

fn of(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Namespace => NAMESPACE,
        Kind::Node => node::NODE,
        Kind::PersistentVolume => storage::VOLUME,
        Kind::StorageClass => storage::STORAGE_CLASS,
        Kind::ControllerRevision => workload::REVISION,
        Kind::StatefulSet => workload::STATEFUL_SET,
        Kind::Pod => POD,
        Kind::PersistentVolumeClaim => storage::CLAIM,
        Kind::Service => network::SERVICE,
        Kind::EndpointSlice => network::ENDPOINT_SLICE,
        Kind::PodDisruptionBudget => BUDGET,
        Kind::Secret => SECRET,
        Kind::ConfigMap => CONFIG_MAP,
        Kind::ServiceAccount => SERVICE_ACCOUNT,
        Kind::PriorityClass => PRIORITY_CLASS,
        Kind::ResourceQuota => QUOTA,
        Kind::ValidatingWebhookConfiguration | Kind::MutatingWebhookConfiguration => WEBHOOKS,
        Kind::VolumeAttachment => storage::ATTACHMENT,
        Kind::Event => event::EVENT,
        Kind::RuntimeClass => RUNTIME_CLASS,
        Kind::LimitRange | Kind::CustomResourceDefinition | Kind::AtRest(_) => rest::of(kind),
    }
}

/// What is used of a quota, and what is allowed: of limits, or of all else.
fn usage(quota: &Object, limits: bool) -> String {
    let hard = quota.pointer("/status/hard").and_then(Value::as_object);
    let hard = hard.into_iter().flatten();
    let wanted = hard.filter(|(resource, _)| resource.starts_with("limits.") == limits);
    let mut lines: Vec<_> = wanted
        .map(|(resource, hard)| {
            let used = quota
                .pointer("/status/used")
                .and_then(|it| it.get(resource));
            format!("{resource}: {}/{}", amount(used), amount(Some(hard)))
        })
        .collect();
    lines.sort();
    lines.join(", ")
}

/// An amount, as it is written; 0 for none.
fn amount(amount: Option<&Value>) -> &str {
    amount.and_then(Value::as_str).unwrap_or("0")
}

/// How many entries there are in these maps.
fn entries(object: &Object, maps: &[&str]) -> String {
    let maps = maps.iter().filter_map(|it| object.pointer(it)?.as_object());
    maps.map(serde_json::Map::len).sum::<usize>().to_string()
}

/// The titles of a kind's columns.
pub(super) fn titles(kind: Kind, all: bool) -> Vec<String> {
    let defined = custom::titles(kind);
    defined.unwrap_or_else(|| shown(kind, all).map(|c| c.title.into()).collect())
}

/// The cells of one object.
pub(super) fn cells(kind: Kind, object: &Object, now: Millis, all: bool) -> Vec<String> {
    let defined = custom::cells(kind, object, now);
    defined.unwrap_or_else(|| shown(kind, all).map(|c| (c.cell)(object, now)).collect())
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
    let mut keys: Vec<_> = map.keys().collect();
    keys.sort();
    let pairs = keys
        .iter()
        .map(|key| format!("{key}={}", map[*key].as_str().unwrap_or("")));
    pairs.collect::<Vec<_>>().join(",")
}

/// The phase, unless the object is on its way out.
pub(super) fn phase(object: &Object) -> String {
    if object.is_terminating() {
        "Terminating".into()
    } else {
        object.text("/status/phase").into()
    }
}

/// The text, or `<none>` for nothing.
pub(super) fn or_none(text: &str) -> String {
    if text.is_empty() { "<none>" } else { text }.into()
}

/// The text where there is one, even an empty one; `<none>` where there is none.
fn given(object: &Object, pointer: &str) -> String {
    let text = object.pointer(pointer).and_then(Value::as_str);
    text.unwrap_or("<none>").into()
}

/// A list of texts, with commas.
fn texts(object: &Object, pointer: &str) -> String {
    let texts = object.list(pointer).iter().filter_map(Value::as_str);
    texts.collect::<Vec<_>>().join(",")
}

fn number(object: &Object, pointer: &str) -> String {
    object.int(pointer).unwrap_or(0).to_string()
}

/// The first three, and how many more there are; another text where there are none.
fn a_few_or(all: &[String], none: &str) -> String {
    const SHOWN: usize = 3;
    match all.len() {
        0 => none.into(),
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
    use crate::values::kind::Kind;

    const NOW: i64 = 1_767_225_600_000;

    #[test]
    fn a_service_and_a_volume() {
        let service = json!({
            "metadata": {"name": "mysql", "creationTimestamp": "2025-12-31T23:59:00Z"},
            "spec": {"type": "ClusterIP", "clusterIP": "None", "ports": [{"port": 3306, "protocol": "TCP"}]},
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
