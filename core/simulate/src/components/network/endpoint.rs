//! One pod behind a service, and the ports it is reached at.

use serde_json::{Value, json};

use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// The pod as an endpoint of the service; none while it has no address, and none once it has finished.
pub(super) fn of(service: &Object, pod: &Object) -> Option<Value> {
    let ip = pod.text("/status/podIP");
    if ip.is_empty() || matches!(pod.text("/status/phase"), "Succeeded" | "Failed") {
        return None;
    }
    let serving = pod.condition("Ready") == "True";
    let terminating = pod.is_terminating();
    let ready = service.flag("/spec/publishNotReadyAddresses") || (serving && !terminating);
    let mut endpoint = json!({
        "addresses": [ip],
        "conditions": {"ready": ready, "serving": serving, "terminating": terminating},
        "nodeName": pod.text("/spec/nodeName"),
        "targetRef": {"kind": "Pod", "name": pod.name(), "namespace": pod.namespace(), "uid": pod.uid()},
    });
    let host = pod.text("/spec/hostname");
    if !host.is_empty() && pod.text("/spec/subdomain") == service.name() {
        endpoint.put("/hostname", json!(host));
    }
    Some(endpoint)
}

/// The service's ports. A port by name is looked up in the first of the pods.
pub(super) fn ports<'a>(
    store: &Store,
    service: &Object,
    mut pods: impl Iterator<Item = &'a String>,
) -> Value {
    let pod = pods
        .next()
        .and_then(|pod| store.get(Kind::Pod, service.namespace(), pod));
    let number = |target: &Value| match target {
        Value::String(name) => pod?
            .list("/spec/containers")
            .iter()
            .flat_map(|c| c.list("/ports"))
            .find(|port| port.text("/name") == name)?
            .int("/containerPort"),
        number => number.as_i64().filter(|&n| n > 0),
    };
    let ports = service.list("/spec/ports").iter().filter_map(|port| {
        let own = port.int("/port")?;
        let at = match port.pointer("/targetPort") {
            Some(target) => number(target)?,
            None => own,
        };
        let protocol = port.text("/protocol");
        let protocol = if protocol.is_empty() { "TCP" } else { protocol };
        Some(json!({"name": port.text("/name"), "port": at, "protocol": protocol}))
    });
    Value::Array(ports.collect())
}
