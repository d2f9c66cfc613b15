//! A slice of a service's endpoints.

use serde_json::Value;

use super::page::Page;
use super::value;
use crate::kubectl::jsonpath::show;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, slice: &Object) {
    page.title(slice);
    page.labels(0, slice);
    page.annotations(0, slice);
    page.field(0, "AddressType", slice.text("/addressType"));
    let ports = slice.list("/ports");
    if ports.is_empty() {
        page.line(0, "Ports: <unset>");
    } else {
        page.line(0, "Ports:");
        let rows = ports.iter().map(|port| {
            let name = match port.text("/name") {
                "" => "<unset>",
                name => name,
            };
            let protocol = port.text("/protocol");
            vec![name.to_owned(), given(port, "/port"), protocol.to_owned()]
        });
        let titles = ["Name", "Port", "Protocol"];
        page.table(1, &titles, &rows.collect::<Vec<_>>());
    }
    let endpoints = slice.list("/endpoints");
    if endpoints.is_empty() {
        page.line(0, "Endpoints: <none>");
        return;
    }
    page.line(0, "Endpoints:");
    for endpoint in endpoints {
        let addresses = match value::texts(endpoint.list("/addresses")).join(", ") {
            none if none.is_empty() => "<none>".into(),
            addresses => addresses,
        };
        page.field(1, "- Addresses", &addresses);
        page.line(2, "Conditions:");
        page.field(3, "Ready", &given(endpoint, "/conditions/ready"));
        page.field(2, "Hostname", &given(endpoint, "/hostname"));
        if let Some(target) = endpoint.get("targetRef") {
            let name = format!("{}/{}", target.text("/kind"), target.text("/name"));
            page.field(2, "TargetRef", &name);
        }
        page.field(2, "NodeName", &given(endpoint, "/nodeName"));
        page.field(2, "Zone", &given(endpoint, "/zone"));
    }
}

/// The value, or `<unset>`.
fn given(object: &Value, pointer: &str) -> String {
    object
        .pointer(pointer)
        .map_or_else(|| "<unset>".into(), show)
}
