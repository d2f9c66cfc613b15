//! Services: ports, and what cannot change.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::faults::Faults;
use super::name;
use crate::values::object::{Fields, Object};

pub(super) const ADDRESS: &str = "/spec/clusterIP";
pub(super) const ADDRESSES: &str = "/spec/clusterIPs";

const TIMEOUT: &str = "/spec/sessionAffinityConfig/clientIP/timeoutSeconds";
const ALLOCATES: &str = "/spec/allocateLoadBalancerNodePorts";
const POLICY: &str = "/spec/ipFamilyPolicy";
const FAMILIES: &str = "/spec/ipFamilies";

pub(super) fn kind_of(service: &Object) -> &str {
    service.text("/spec/type")
}

pub(super) fn takes_node_ports(service: &Object) -> bool {
    match kind_of(service) {
        "NodePort" => true,
        "LoadBalancer" => service.pointer(ALLOCATES) != Some(&Value::Bool(false)),
        _ => false,
    }
}

pub(super) fn default(service: &mut Object) {
    for (pointer, value) in [
        ("/spec/type", "ClusterIP"),
        ("/spec/sessionAffinity", "None"),
    ] {
        if service.text(pointer).is_empty() {
            service.put(pointer, json!(value));
        }
    }
    if service.text(ADDRESS).is_empty() {
        // Either of the two names of the first address will do.
        if let Some(first) = service.pointer("/spec/clusterIPs/0").cloned() {
            service.put(ADDRESS, first);
        }
    }
    if kind_of(service) != "ExternalName" {
        for (pointer, value) in [("/spec/internalTrafficPolicy", json!("Cluster"))] {
            if service.pointer(pointer).is_none() {
                service.put(pointer, value);
            }
        }
    }
    match service.text("/spec/sessionAffinity") {
        "ClientIP" if service.int(TIMEOUT).is_none() => service.put(TIMEOUT, json!(10_800)),
        "None" => {
            service.take_away("/spec/sessionAffinityConfig");
        }
        _ => {}
    }
    let is_reached_from_outside = match kind_of(service) {
        "NodePort" | "LoadBalancer" => true,
        "ClusterIP" => !service.list("/spec/externalIPs").is_empty(),
        _ => false,
    };
    if is_reached_from_outside && service.text("/spec/externalTrafficPolicy").is_empty() {
        service.put("/spec/externalTrafficPolicy", json!("Cluster"));
    }
    if kind_of(service) == "LoadBalancer" && service.pointer(ALLOCATES).is_none() {
        service.put(ALLOCATES, json!(true));
    }
    for port in ports_mut(service) {
        if port.text("/protocol").is_empty() {
            port.put("/protocol", json!("TCP"));
        }
        if port
            .pointer("/targetPort")
            .is_none_or(|t| t == 0 || t == "")
        {
            let number = port.pointer("/port").cloned().unwrap_or(Value::Null);
            port.put("/targetPort", number);
        }
    }
}

/// The families of its addresses. This cluster has one, IPv4; only a service without addresses and without pods of its own
/// may have the other one, too.
fn choose_families(service: &mut Object) {
    if kind_of(service) == "ExternalName" {
        return;
    }
    let is_free = is_free(service);
    if service.text(POLICY).is_empty() {
        let policy = if is_free {
            "RequireDualStack"
        } else {
            "SingleStack"
        };
        service.put(POLICY, json!(policy));
    }
    let mut families = service.list(FAMILIES).to_vec();
    if families.is_empty() {
        families.push(json!("IPv4"));
    }
    if is_free && families.len() == 1 && service.text(POLICY) != "SingleStack" {
        let other = if families[0] == "IPv4" {
            "IPv6"
        } else {
            "IPv4"
        };
        families.push(json!(other));
    }
    service.put(FAMILIES, Value::Array(families));
}

/// Whether it has neither an address nor a selector.
fn is_free(service: &Object) -> bool {
    let selector = service.pointer("/spec/selector").and_then(Value::as_object);
    service.text(ADDRESS) == "None" && selector.is_none_or(serde_json::Map::is_empty)
}

fn validate_families(service: &Object, faults: &mut Faults) {
    const PATH: &str = "spec.ipFamilyPolicy";
    let policy = service.pointer(POLICY).unwrap_or(&Value::Null);
    let families = service.list(FAMILIES);
    if policy == "SingleStack" && families.len() == 2 {
        let why = "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified";
        faults.invalid(PATH, policy, why);
    }
    if is_free(service) || kind_of(service) == "ExternalName" {
        return;
    }
    if policy == "RequireDualStack" {
        let why = "this cluster is not configured for dual-stack services";
        faults.invalid(PATH, policy, why);
    }
    for (i, family) in families.iter().enumerate() {
        if family == "IPv6" {
            let path = format!("spec.ipFamilies[{i}]");
            faults.invalid(&path, family, "not configured on this cluster");
        }
    }
}

pub(super) fn prepare_create(service: &mut Object) {
    default(service);
    choose_families(service);
    service.put("/status", json!({"loadBalancer": {}}));
}

/// An update that says nothing about addresses and node ports keeps them.
pub(super) fn prepare_update(old: &Object, service: &mut Object) {
    default(service);
    for pointer in [POLICY, FAMILIES] {
        if let Some(value) = old.pointer(pointer)
            && service.pointer(pointer).is_none()
            && kind_of(service) != "ExternalName"
        {
            service.put(pointer, value.clone());
        }
    }
    choose_families(service);
    if kind_of(service) == "ExternalName" || kind_of(old) == "ExternalName" {
        return;
    }
    if service.text(ADDRESS).is_empty() {
        for pointer in [ADDRESS, ADDRESSES] {
            if let Some(value) = old.pointer(pointer) {
                service.put(pointer, value.clone());
            }
        }
    }
    if takes_node_ports(service) {
        let identity = |port: &Value| (port.int("/port"), port.text("/protocol").to_owned());
        for port in ports_mut(service) {
            let before = old
                .list("/spec/ports")
                .iter()
                .find(|before| identity(before) == identity(port))
                .and_then(|before| before.int("/nodePort"));
            if let (None, Some(number)) = (port.int("/nodePort"), before) {
                port.put("/nodePort", json!(number));
            }
        }
    }
}

pub(super) fn ports_mut(service: &mut Object) -> impl Iterator<Item = &mut Value> {
    service
        .pointer_mut("/spec/ports")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

pub(super) fn validate(service: &Object, faults: &mut Faults) {
    let kind = kind_of(service);
    validate_families(service, faults);
    let address = service.text(ADDRESS);
    faults.one_of(
        "spec.type",
        kind,
        &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"],
    );
    faults.one_of(
        "spec.sessionAffinity",
        service.text("/spec/sessionAffinity"),
        &["ClientIP", "None"],
    );
    if !matches!(address, "" | "None") && address.parse::<std::net::IpAddr>().is_err() {
        faults.invalid(
            "spec.clusterIPs[0]",
            &json!(address),
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        );
    }
    if address == "None" && takes_node_ports(service) {
        faults.invalid(
            "spec.clusterIPs[0]",
            &json!("None"),
            &format!("may not be set to 'None' for {kind} services"),
        );
    }
    if kind == "ExternalName" && service.text("/spec/externalName").is_empty() {
        faults.required("spec.externalName", "");
    }
    let ports = service.list("/spec/ports");
    if ports.is_empty() && address != "None" && kind != "ExternalName" {
        faults.required("spec.ports", "");
    }
    let mut names = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for (i, port) in ports.iter().enumerate() {
        let path = format!("spec.ports[{i}]");
        match port.text("/name") {
            "" if ports.len() > 1 => faults.required(&format!("{path}.name"), ""),
            "" => {}
            text => {
                name::label(faults, &format!("{path}.name"), text);
                if !names.insert(text) {
                    faults.duplicate(&format!("{path}.name"), &json!(text));
                }
            }
        }
        for field in ["port", "targetPort"] {
            let number = port.pointer(&format!("/{field}")).unwrap_or(&Value::Null);
            if !number.is_string() && !number.as_i64().is_some_and(|n| (1..=65535).contains(&n)) {
                faults.invalid(
                    &format!("{path}.{field}"),
                    &json!(number.as_i64().unwrap_or(0)),
                    "must be between 1 and 65535, inclusive",
                );
            }
        }
        faults.one_of(
            &format!("{path}.protocol"),
            port.text("/protocol"),
            &["SCTP", "TCP", "UDP"],
        );
        if !numbers.insert((port.int("/port"), port.text("/protocol"))) {
            faults.duplicate(
                &path,
                &json!({"port": port.int("/port"), "protocol": port.text("/protocol")}),
            );
        }
    }
}

pub(super) fn validate_update(old: &Object, service: &Object, faults: &mut Faults) {
    validate(service, faults);
    let keeps = |s: &Object| kind_of(s) != "ExternalName" && !s.text(ADDRESS).is_empty();
    if keeps(old) && keeps(service) && old.text(ADDRESS) != service.text(ADDRESS) {
        faults.invalid(
            "spec.clusterIPs[0]",
            &json!([service.text(ADDRESS)]),
            "may not change once set",
        );
    }
}
