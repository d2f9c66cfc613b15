//! Names inside the cluster.

use std::fmt::Write;
use std::net::Ipv4Addr;

use crate::components::network::SERVICE_NAME;
use crate::store::Store;
use crate::values::exec::Exec;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

const ZONE: &str = "cluster.local";

/// The name server's own address and name.
const SERVER: (&str, &str) = ("10.96.0.10", "kube-dns.kube-system.svc.cluster.local");

/// What busybox' `nslookup` prints in a pod of `namespace`.
pub(crate) fn nslookup(store: &Store, namespace: &str, name: &str) -> Exec {
    let mut stdout = format!(
        "Server:    {}\nAddress 1: {} {}\n\n",
        SERVER.0, SERVER.0, SERVER.1
    );
    let addresses = match name.parse::<Ipv4Addr>() {
        Ok(address) => vec![address],
        Err(_) => look_up(store, namespace, name),
    };
    if addresses.is_empty() {
        let stderr = format!("nslookup: can't resolve '{name}'\n");
        return Exec {
            stdout,
            stderr,
            code: 1,
        };
    }
    stdout.extend(["Name:      ", name, "\n"]);
    for (i, address) in addresses.iter().enumerate() {
        let known_as = reverse(store, *address).map_or(String::new(), |name| format!(" {name}"));
        // Writing to a string has no way to fail.
        let _ = writeln!(stdout, "Address {}: {address}{known_as}", i + 1);
    }
    Exec {
        stdout,
        ..Exec::default()
    }
}

/// The addresses of a name, lowest first: through the search path of a pod, unless the name ends in a dot.
fn look_up(store: &Store, namespace: &str, name: &str) -> Vec<Ipv4Addr> {
    if let Some(absolute) = name.strip_suffix('.') {
        return resolve(store, absolute);
    }
    let relative = [
        format!("{name}.{namespace}.svc.{ZONE}"),
        format!("{name}.svc.{ZONE}"),
        format!("{name}.{ZONE}"),
    ];
    // A name with five dots or more is tried as it is first.
    let absolute_first = name.matches('.').count() >= 5;
    let whole = [name.to_owned()];
    let (before, after) = if absolute_first {
        (&whole[..], &relative[..])
    } else {
        (&relative[..], &whole[..])
    };
    let answers = before.iter().chain(after).map(|name| resolve(store, name));
    let mut answers = answers.filter(|addresses| !addresses.is_empty());
    answers.next().unwrap_or_default()
}

/// The addresses of a fully qualified name.
fn resolve(store: &Store, name: &str) -> Vec<Ipv4Addr> {
    let name = name.to_ascii_lowercase();
    let Some(name) = name.strip_suffix(&format!(".svc.{ZONE}")) else {
        return Vec::new();
    };
    let parts: Vec<&str> = name.split('.').collect();
    let (host, service, namespace) = match parts[..] {
        [service, namespace] => (None, service, namespace),
        [host, service, namespace] => (Some(host), service, namespace),
        _ => return Vec::new(),
    };
    let well_known = match (host, service, namespace) {
        (None, "kubernetes", "default") => Some("10.96.0.1"),
        (None, "kube-dns", "kube-system") => Some(SERVER.0),
        _ => None,
    };
    if let Some(address) = well_known.and_then(|address| address.parse().ok()) {
        return vec![address];
    }
    let Some(object) = store.get(Kind::Service, namespace, service) else {
        return Vec::new();
    };
    if host.is_none()
        && let Ok(address) = object.text("/spec/clusterIP").parse()
    {
        return vec![address];
    }
    let mut addresses: Vec<Ipv4Addr> = endpoints(store, Some(namespace))
        .filter(|(slice, endpoint)| {
            slice.text(SERVICE_NAME) == service
                && host.is_none_or(|host| {
                    let named = endpoint.text("/hostname");
                    named == host || (named.is_empty() && dashed(endpoint) == host)
                })
        })
        .filter_map(|(_, endpoint)| address(endpoint))
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// The name of an address: of a cluster IP, or of a pod behind a headless service.
fn reverse(store: &Store, wanted: Ipv4Addr) -> Option<String> {
    let text = wanted.to_string();
    match text.as_str() {
        "10.96.0.1" => return Some(format!("kubernetes.default.svc.{ZONE}")),
        address if address == SERVER.0 => return Some(SERVER.1.to_owned()),
        _ => {}
    }
    let mut services = store.list(Kind::Service, None);
    if let Some(service) = services.find(|s| s.text("/spec/clusterIP") == text) {
        let (name, namespace) = (service.name(), service.namespace());
        return Some(format!("{name}.{namespace}.svc.{ZONE}"));
    }
    let (slice, endpoint) = endpoints(store, None)
        .filter(|(_, endpoint)| address(endpoint) == Some(wanted))
        // A pod that a service names is better known by that name.
        .min_by_key(|(_, endpoint)| endpoint.text("/hostname").is_empty())?;
    let host = match endpoint.text("/hostname") {
        "" => dashed(endpoint),
        host => host.to_owned(),
    };
    let (service, namespace) = (slice.text(SERVICE_NAME), slice.namespace());
    Some(format!("{host}.{service}.{namespace}.svc.{ZONE}"))
}

/// Endpoints that take traffic, with their slices.
fn endpoints<'a>(
    store: &'a Store,
    namespace: Option<&'a str>,
) -> impl Iterator<Item = (&'a Object, &'a Object)> {
    let slices = store.list(Kind::EndpointSlice, namespace);
    slices.flat_map(|slice| {
        let endpoints = slice.list("/endpoints").iter();
        let ready = endpoints.filter(|e| e.flag("/conditions/ready"));
        ready.map(move |endpoint| (&**slice, endpoint))
    })
}

fn address(endpoint: &Object) -> Option<Ipv4Addr> {
    endpoint.text("/addresses/0").parse().ok()
}

/// `10-64-0-1`: the host name of a pod that has none.
fn dashed(endpoint: &Object) -> String {
    endpoint.text("/addresses/0").replace('.', "-")
}
