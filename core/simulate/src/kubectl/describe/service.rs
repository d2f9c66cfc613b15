//! A service.

use serde_json::Value;

use super::page::Page;
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
    page.field(0, "IP Family Policy", service.text("/spec/ipFamilyPolicy"));
    page.field(
        0,
        "IP Families",
        &texts(service.list("/spec/ipFamilies"), "<none>"),
    );
    page.field(0, "IP", service.text("/spec/clusterIP"));
    page.field(0, "IPs", &texts(service.list("/spec/clusterIPs"), "<none>"));
    for port in service.list("/spec/ports") {
        let name = match port.text("/name") {
            "" => "<unset>",
            name => name,
        };
        let protocol = match port.text("/protocol") {
            "" => "TCP",
            protocol => protocol,
        };
        let number = port.int("/port").unwrap_or(0);
        page.field(0, "Port", &format!("{name}\t{number}/{protocol}"));
        let target = port
            .get("targetPort")
            .map_or_else(|| number.to_string(), show);
        page.field(0, "TargetPort", &format!("{target}/{protocol}"));
        page.field(0, "Endpoints", &endpoints(store, service, name));
    }
    page.field(0, "Session Affinity", service.text("/spec/sessionAffinity"));
    let policy = service.text("/spec/internalTrafficPolicy");
    if !policy.is_empty() {
        page.field(0, "Internal Traffic Policy", policy);
    }
}

/// Ready addresses with the port of this name, the first three of them.
fn endpoints(store: &Store, service: &Object, port: &str) -> String {
    const SHOWN: usize = 3;
    let own = "/metadata/labels/kubernetes.io~1service-name";
    let slices = store.list(Kind::EndpointSlice, Some(service.namespace()));
    let mut found = Vec::new();
    for slice in slices.filter(|s| s.text(own) == service.name()) {
        let mut ports = slice.list("/ports").iter();
        let port = ports.find(|p| p.text("/name") == port || port == "<unset>");
        let Some(number) = port.and_then(|p| p.int("/port")) else {
            continue;
        };
        for endpoint in slice.list("/endpoints") {
            let ready = endpoint.pointer("/conditions/ready") != Some(&Value::Bool(false));
            if let (true, Some(address)) = (ready, endpoint.list("/addresses").first()) {
                found.push(format!("{}:{number}", show(address)));
            }
        }
    }
    match found.len() {
        0..=SHOWN => found.join(","),
        many => format!("{} + {} more...", found[..SHOWN].join(","), many - SHOWN),
    }
}

fn texts(values: &[Value], none: &str) -> String {
    if values.is_empty() {
        return none.into();
    }
    values.iter().map(show).collect::<Vec<_>>().join(",")
}
