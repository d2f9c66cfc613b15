//! The columns of services and of what is behind them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{AGE, Column, NAME, a_few_or, column, or_none, pairs, wide};
use crate::values::object::{Fields, Object};

pub(super) const SERVICE: &[Column] = &[
    NAME,
    column("TYPE", |o, _| o.text("/spec/type").into()),
    column("CLUSTER-IP", |o, _| {
        match o.list("/spec/clusterIPs").first().and_then(Value::as_str) {
            Some(address) => address.into(),
            None => or_none(o.text("/spec/clusterIP")),
        }
    }),
    column("EXTERNAL-IP", |o, _| external(o)),
    column("PORT(S)", |o, _| ports(o)),
    AGE,
    wide("SELECTOR", |o, _| pairs(o.pointer("/spec/selector"))),
];

pub(super) const ENDPOINT_SLICE: &[Column] = &[
    NAME,
    column("ADDRESSTYPE", |o, _| o.text("/addressType").into()),
    column("PORTS", |o, _| {
        let port = |port: &Value| match (port.int("/port"), port.pointer("/name")) {
            (Some(number), _) => number.to_string(),
            (None, Some(Value::String(name))) => name.clone(),
            _ => "*".into(),
        };
        a_few(&o.list("/ports").iter().map(port).collect::<Vec<_>>())
    }),
    column("ENDPOINTS", |o, _| {
        let endpoints = o.list("/endpoints").iter();
        let addresses = endpoints.flat_map(|e| e.list("/addresses"));
        let addresses = addresses.map(|a| a.as_str().unwrap_or("").into());
        a_few(&addresses.collect::<Vec<_>>())
    }),
    AGE,
];

/// Where a service is reached from outside.
fn external(service: &Object) -> String {
    let given: Vec<&str> = service
        .list("/spec/externalIPs")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    match service.text("/spec/type") {
        "ClusterIP" | "NodePort" if given.is_empty() => "<none>".into(),
        "ClusterIP" | "NodePort" => given.join(","),
        "LoadBalancer" => {
            let points = service.list("/status/loadBalancer/ingress").iter();
            let points = points.map(|it| match it.text("/ip") {
                "" => it.text("/hostname"),
                address => address,
            });
            let points: BTreeSet<&str> = points.filter(|it| !it.is_empty()).collect();
            let all: Vec<&str> = points.into_iter().chain(given).collect();
            if all.is_empty() {
                "<pending>".into()
            } else {
                all.join(",")
            }
        }
        "ExternalName" => service.text("/spec/externalName").into(),
        _ => "<unknown>".into(),
    }
}

fn ports(service: &Object) -> String {
    let port = |p: &Value| {
        let number = p.int("/port").unwrap_or(0);
        let node = p.int("/nodePort").filter(|&number| number > 0);
        let node = node.map(|number| format!(":{number}")).unwrap_or_default();
        let protocol = p.text("/protocol");
        format!("{number}{node}/{protocol}")
    };
    let ports: Vec<_> = service.list("/spec/ports").iter().map(port).collect();
    or_none(&ports.join(","))
}

/// The first three, if there is anything to show.
fn a_few(all: &[String]) -> String {
    match a_few_or(all, "").as_str() {
        "" => "<unset>".into(),
        some => some.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_service_is_reached_from_outside_as_its_type_says() {
        let service = |kind: &str, more: Value| {
            let mut service = json!({"spec": {"type": kind}, "status": {"loadBalancer": {"ingress": [
                {"ip": "2.2.2.2"}, {"hostname": "lb"}, {"ip": "1.1.1.1"},
            ]}}});
            service["spec"]["externalIPs"] = more;
            external(&service)
        };
        let given = json!(["9.9.9.9"]);
        assert_eq!(service("ClusterIP", json!(null)), "<none>");
        assert_eq!(service("NodePort", given.clone()), "9.9.9.9");
        assert_eq!(service("LoadBalancer", json!([])), "1.1.1.1,2.2.2.2,lb");
        assert_eq!(service("LoadBalancer", given), "1.1.1.1,2.2.2.2,lb,9.9.9.9");
        let waiting = json!({"spec": {"type": "LoadBalancer"}});
        assert_eq!(external(&waiting), "<pending>");
        let other = json!({"spec": {"type": "ExternalName", "externalName": "example.com"}});
        assert_eq!(external(&other), "example.com");
    }
}
