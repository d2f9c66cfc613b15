//! The columns of what leads into the cluster, of its policies and of its addresses.

use std::collections::BTreeSet;

use serde_json::Value;

use super::workload::selector_text;
use super::{AGE, Column, NAME, a_few_or, column, given, texts};
use crate::values::object::{Fields, Object};

pub(super) const INGRESS: &[Column] = &[
    NAME,
    column("CLASS", |o, _| given(o, "/spec/ingressClassName")),
    column("HOSTS", |o, _| hosts(o)),
    column("ADDRESS", |o, _| addresses(o)),
    column("PORTS", |o, _| match o.list("/spec/tls") {
        [] => "80".into(),
        _ => "80, 443".into(),
    }),
    AGE,
];

pub(super) const NETWORK_POLICY: &[Column] = &[
    NAME,
    column("POD-SELECTOR", |o, _| {
        selector_text(o.pointer("/spec/podSelector"))
    }),
    AGE,
];

pub(super) const ENDPOINTS: &[Column] = &[
    NAME,
    column("ENDPOINTS", |o, _| {
        let none = if o.list("/subsets").is_empty() {
            "<none>"
        } else {
            ""
        };
        a_few_or(&endpoints(o), none)
    }),
    AGE,
];

pub(super) const INGRESS_CLASS: &[Column] = &[
    column("NAME", |o, _| {
        let annotations = o.pointer("/metadata/annotations");
        let is = annotations.and_then(|it| it.get("ingressclass.kubernetes.io/is-default-class"));
        let ending = if is.is_some_and(|it| it == "true") {
            " (default)"
        } else {
            ""
        };
        format!("{}{ending}", o.name())
    }),
    column("CONTROLLER", |o, _| o.text("/spec/controller").into()),
    column("PARAMETERS", |o, _| {
        let Some(parameters) = o.pointer("/spec/parameters") else {
            return "<none>".into();
        };
        let group = parameters.get("apiGroup").and_then(Value::as_str);
        let group = group.map_or_else(String::new, |group| format!(".{group}"));
        format!(
            "{}{group}/{}",
            parameters.text("/kind"),
            parameters.text("/name")
        )
    }),
    AGE,
];

pub(super) const SERVICE_CIDR: &[Column] =
    &[NAME, column("CIDRS", |o, _| texts(o, "/spec/cidrs")), AGE];

pub(super) const IP_ADDRESS: &[Column] = &[
    NAME,
    column("PARENTREF", |o, _| {
        let Some(parent) = o.pointer("/spec/parentRef") else {
            return "<none>".into();
        };
        let (group, resource) = (parent.text("/group"), parent.text("/resource"));
        let kind = match group {
            "" => resource.to_lowercase(),
            group => format!("{resource}.{group}").to_lowercase(),
        };
        match parent.text("/namespace") {
            "" => format!("{kind}/{}", parent.text("/name")),
            namespace => format!("{kind}/{namespace}/{}", parent.text("/name")),
        }
    }),
];

/// Where an ingress is reached.
fn addresses(ingress: &Object) -> String {
    let all = ingress.list("/status/loadBalancer/ingress").iter();
    let shown = all.map(|it| match it.text("/ip") {
        "" => it.text("/hostname"),
        ip => ip,
    });
    let shown: BTreeSet<&str> = shown.filter(|it| !it.is_empty()).collect();
    shown.into_iter().collect::<Vec<_>>().join(",")
}

/// The first three hosts, and how many more rules there are behind the third.
fn hosts(ingress: &Object) -> String {
    const SHOWN: usize = 3;
    let rules = ingress.list("/spec/rules");
    let with_host = rules.iter().enumerate();
    let mut with_host = with_host.filter(|(_, rule)| !rule.text("/host").is_empty());
    let first: Vec<_> = with_host.by_ref().take(SHOWN).collect();
    let names: Vec<_> = first.iter().map(|(_, rule)| rule.text("/host")).collect();
    match first.get(SHOWN - 1) {
        Some((third, _)) if third + 1 < rules.len() => {
            format!("{} + {} more...", names.join(","), rules.len() - SHOWN)
        }
        _ if names.is_empty() => "*".into(),
        _ => names.join(","),
    }
}

/// Every address at every port.
fn endpoints(endpoints: &Object) -> Vec<String> {
    let of_one = |subset: &Value| -> Vec<String> {
        let addresses = || subset.list("/addresses").iter().map(|it| it.text("/ip"));
        let ports = subset.list("/ports").iter();
        let ports: Vec<i64> = ports.map(|port| port.int("/port").unwrap_or(0)).collect();
        if ports.is_empty() {
            return addresses().map(str::to_owned).collect();
        }
        let at = |port: i64| {
            addresses().map(move |ip| {
                if ip.contains(':') {
                    format!("[{ip}]:{port}")
                } else {
                    format!("{ip}:{port}")
                }
            })
        };
        ports.into_iter().flat_map(at).collect()
    };
    let subsets = endpoints.list("/subsets").iter();
    subsets.flat_map(of_one).collect()
}
