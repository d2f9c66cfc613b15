//! A service.

use serde_json::Value;

use super::page::Page;
use super::value;
use crate::kubectl::columns;
use crate::kubectl::jsonpath::show;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, store: &Store, service: &Object) {
    page.title(service);
    page.labels(0, service);
    page.annotations(0, service);
    page.field(
        0,
        "Selector",
        &columns::pairs(service.pointer("/spec/selector")),
    );
    page.field(0, "Type", service.text("/spec/type"));
    page.given(0, "IP Family Policy", service, "/spec/ipFamilyPolicy");
    let list = |field: &str| value::texts(service.list(field)).join(",");
    let or_none = |field: &str| match service.list(field) {
        [] => "<none>".into(),
        _ => list(field),
    };
    page.field(0, "IP Families", &or_none("/spec/ipFamilies"));
    page.field(0, "IP", service.text("/spec/clusterIP"));
    page.field(0, "IPs", &or_none("/spec/clusterIPs"));
    if !service.list("/spec/externalIPs").is_empty() {
        page.field(0, "External IPs", &list("/spec/externalIPs"));
    }
    page.some(
        0,
        "Desired LoadBalancer IP",
        service,
        "/spec/loadBalancerIP",
    );
    page.some(0, "External Name", service, "/spec/externalName");
    let ingress = service.list("/status/loadBalancer/ingress");
    if !ingress.is_empty() {
        let texts: Vec<_> = ingress.iter().map(reached).collect();
        page.field(0, "LoadBalancer Ingress", &texts.join(", "));
    }
    for port in service.list("/spec/ports") {
        tell_port(page, store, service, port);
    }
    page.field(0, "Session Affinity", service.text("/spec/sessionAffinity"));
    page.some(
        0,
        "External Traffic Policy",
        service,
        "/spec/externalTrafficPolicy",
    );
    page.given(
        0,
        "Internal Traffic Policy",
        service,
        "/spec/internalTrafficPolicy",
    );
    if let Some(port) = service.int("/spec/healthCheckNodePort").filter(|&p| p != 0) {
        page.field(0, "HealthCheck NodePort", &port.to_string());
    }
    if !service.list("/spec/loadBalancerSourceRanges").is_empty() {
        let ranges = list("/spec/loadBalancerSourceRanges");
        page.field(0, "LoadBalancer Source Ranges", &ranges);
    }
    page.given(
        0,
        "Traffic Distribution",
        service,
        "/spec/trafficDistribution",
    );
}

/// Where a balancer is reached: `1.2.3.4 (VIP)`, or its name.
fn reached(ingress: &Value) -> String {
    match (ingress.text("/ip"), ingress.get("ipMode")) {
        ("", _) => ingress.text("/hostname").into(),
        (address, Some(mode)) => format!("{address} ({})", show(mode)),
        (address, None) => address.into(),
    }
}

fn tell_port(page: &mut Page, store: &Store, service: &Object, port: &Value) {
    let name = match port.text("/name") {
        "" => "<unset>",
        name => name,
    };
    let protocol = port.text("/protocol");
    let number = port.int("/port").unwrap_or(0);
    page.field(0, "Port", &format!("{name}\t{number}/{protocol}"));
    let target = port.get("targetPort").map_or_else(|| "0".into(), show);
    page.field(0, "TargetPort", &format!("{target}/{protocol}"));
    page.given(0, "AppProtocol", port, "/appProtocol");
    if let Some(number) = port.int("/nodePort").filter(|&p| p != 0) {
        page.field(0, "NodePort", &format!("{name}\t{number}/{protocol}"));
    }
    let endpoints = endpoints(store, service, port.text("/name"));
    page.field(0, "Endpoints", &endpoints);
}

/// Ready addresses with the port of this name, the first three of them.
fn endpoints(store: &Store, service: &Object, wanted: &str) -> String {
    const SHOWN: usize = 3;
    let own = "/metadata/labels/kubernetes.io~1service-name";
    let slices = store.list(Kind::EndpointSlice, Some(service.namespace()));
    let slices: Vec<_> = slices.filter(|s| s.text(own) == service.name()).collect();
    if slices.is_empty() {
        return "<none>".into();
    }
    let (mut found, mut more) = (Vec::new(), false);
    for slice in slices {
        let ports = slice.list("/ports");
        // A service without ports has slices without ports.
        let numbers: Vec<_> = if ports.is_empty() {
            vec![None]
        } else {
            let its = ports.iter().filter(|p| p.text("/name") == wanted);
            its.map(|p| Some(p.int("/port").unwrap_or(0))).collect()
        };
        for number in numbers {
            for endpoint in slice.list("/endpoints") {
                // One more may follow that is not ready; kubectl says then that there are 0 more.
                more |= found.len() >= SHOWN;
                if endpoint.pointer("/conditions/ready") != Some(&Value::Bool(false)) {
                    let address = endpoint.list("/addresses").first();
                    found.push(joined(&address.map(show).unwrap_or_default(), number));
                }
            }
        }
    }
    let shown = found[..found.len().min(SHOWN)].join(",");
    if more {
        format!("{shown} + {} more...", found.len() - SHOWN)
    } else {
        shown
    }
}

/// `10.0.0.1:80`, `[fd00::1]:80`
fn joined(address: &str, port: Option<i64>) -> String {
    match port {
        None => address.into(),
        Some(port) if address.contains(':') => format!("[{address}]:{port}"),
        Some(port) => format!("{address}:{port}"),
    }
}
