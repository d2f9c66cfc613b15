//! A pod template.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::vec::Vec;

use super::container::{self, Surroundings};
use super::field::{Excuse, Field};
use super::{format, labels, placement, resources, security, volume};

/// A template's labels and annotations.
pub(crate) fn metadata(template: &Field<'_>) {
    let of = |name: &str| template.child(name).of(&template.at(&["metadata", name]));
    labels::labels(&of("labels"));
    let annotations = of("annotations");
    labels::annotations(&annotations);
    let cost = annotations.key("controller.kubernetes.io/pod-deletion-cost");
    if cost.given() {
        deletion_cost(&cost.excusable(Excuse::DeletionCost));
    }
}

/// A number of 32 bits, without a plus sign and zeros before it.
fn deletion_cost(cost: &Field<'_>) {
    let text = cost.text();
    let plain = text == "0" || !text.starts_with(['0', '+']);
    if !plain || text.parse::<i32>().is_err() {
        cost.invalid("must be a 32bit integer");
    }
}

/// The pods of a template, with a volume for each of `claims`.
pub(crate) fn spec(pod: &Field<'_>, claims: &[Field<'_>]) {
    let grace = pod.child("terminationGracePeriodSeconds");
    if !grace.given() {
        grace.required("");
    }
    let volumes = volumes(pod, claims);
    let around = Surroundings {
        empty: volumes
            .iter()
            .map(|it| (it.child("name").text(), it.child("emptyDir").given()))
            .collect(),
        volumes: volume::volumes(&volumes),
        claims: claimed(&pod.child("resourceClaims")),
        grace: grace.number(),
        host_users: !pod.child("hostUsers").no(),
        never_restarts: pod.child("restartPolicy").text() == "Never",
    };
    container::containers(pod, &around);
    container::init_containers(pod, &around);
    let ephemeral = pod.child("ephemeralContainers");
    if !ephemeral.is_empty() {
        ephemeral.forbidden("ephemeral containers not allowed in pod template");
    }
    host_network(pod);
    pod.child("restartPolicy")
        .one_of(&["Always", "OnFailure", "Never"]);
    pod.child("dnsPolicy")
        .one_of(&["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]);
    security::pod(pod);
    let shared = pod.child("shareProcessNamespace");
    if shared.yes() && pod.child("hostPID").yes() {
        shared.invalid("ShareProcessNamespace and HostPID cannot both be enabled");
    }
    placement::all(pod);
    dns(pod);
    for gate in pod.child("readinessGates").items() {
        labels::label_name(&gate.child("conditionType"));
    }
    scheduling_gates(&pod.child("schedulingGates"));
    host_users(pod, around.host_users);
    host_name(pod);
    names(pod);
    let deadline = pod.child("activeDeadlineSeconds");
    deadline.within(1, i64::from(i32::MAX));
    for alias in pod.child("hostAliases").items() {
        address(&alias.child("ip"));
        for name in alias.child("hostnames").items() {
            name.invalid_for(format::dns_subdomain(name.text()));
        }
    }
    let preemption = pod.child("preemptionPolicy");
    if preemption.given() {
        preemption.one_of(&["PreemptLowerPriority", "Never"]);
    }
    let overhead = pod.child("overhead");
    if overhead.given() {
        resources::overhead(&overhead);
    }
    operating_system(pod);
}

/// The volumes that pods have: first those of the claims, then those of the template whose place no claim takes.
fn volumes<'a>(pod: &Field<'a>, claims: &[Field<'a>]) -> Vec<Field<'a>> {
    let list = pod.child("volumes");
    let named = |volume: &Field<'_>| {
        let name = volume.child("name").text();
        claims
            .iter()
            .any(|claim| claim.child("name").text() == name)
    };
    let others: Vec<_> = list.items().filter(|volume| !named(volume)).collect();
    let all = claims.iter().cloned().chain(others).enumerate();
    all.map(|(place, volume)| volume.told_at(std::format!("{}[{place}]", list.path())))
        .collect()
}

/// The names of the pod's claims of resources.
fn claimed<'a>(claims: &Field<'a>) -> BTreeSet<&'a str> {
    const SOURCES: [&str; 2] = ["resourceClaimName", "resourceClaimTemplateName"];
    let mut names = BTreeSet::new();
    for claim in claims.items() {
        let name = claim.child("name");
        if name.text().is_empty() {
            name.required("");
        } else if names.insert(name.text()) {
            name.invalid_for(format::dns_label(name.text()));
        } else {
            name.duplicate();
        }
        let sources = SOURCES.map(|source| claim.child(source));
        match sources.iter().filter(|it| it.given()).count() {
            0 => claim.invalid(
                "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
            ),
            1 => {}
            _ => claim.invalid(
                "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
            ),
        }
        for source in sources.iter().filter(|it| it.given()) {
            source.invalid_for(format::dns_subdomain(source.text()));
        }
    }
    names
}

/// On the machine's network, ports are those of the machine.
fn host_network(pod: &Field<'_>) {
    if !pod.child("hostNetwork").yes() {
        return;
    }
    for container in pod.child("containers").items() {
        for port in container.child("ports").items() {
            let host = port.child("hostPort");
            let number = host.number().unwrap_or(0);
            if number != 0 && Some(number) != port.child("containerPort").number() {
                host.invalid("must match `containerPort` when `hostNetwork` is true");
            }
        }
    }
}

fn address(address: &Field<'_>) {
    let text = address.text();
    let without_zeros: Vec<_> = text
        .split('.')
        .map(|part| match part.trim_start_matches('0') {
            "" if !part.is_empty() => "0",
            rest => rest,
        })
        .collect();
    let problem = match text.parse() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_some() => {
            "must not be an IPv4-mapped IPv6 address"
        }
        Ok(_) => return,
        Err(_) if without_zeros.join(".").parse::<Ipv4Addr>().is_ok() => "must not have leading 0s",
        Err(_) => "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
    };
    address.invalid_as(&super::field::quoted(text), problem);
}

fn dns(pod: &Field<'_>) {
    let config = pod.child("dnsConfig");
    let servers = config.child("nameservers");
    if pod.child("dnsPolicy").text() == "None" {
        if !config.given() {
            return config.required("must provide `dnsConfig` when `dnsPolicy` is None");
        }
        if servers.is_empty() {
            return servers
                .required("must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
    }
    if servers.items().count() > 3 {
        servers.invalid("must not have more than 3 nameservers");
    }
    for server in servers.items() {
        address(&server);
    }
    let searches = config.child("searches");
    let count = searches.items().count();
    if count > 32 {
        searches.invalid("must not have more than 32 search paths");
    }
    let length: usize = searches.items().map(|it| it.text().len() + 1).sum();
    if length > 2049 {
        searches.invalid(
            "must not have more than 2048 characters (including spaces) in the search list",
        );
    }
    for search in searches.items() {
        let text = search.text();
        if text != "." {
            let text = text.strip_suffix('.').unwrap_or(text);
            for problem in format::search_domain(text) {
                search.invalid_as(&super::field::quoted(text), &problem);
            }
        }
    }
    for option in config.child("options").items() {
        if option.child("name").text().is_empty() {
            option.required("must not be empty");
        }
    }
}

fn scheduling_gates(gates: &Field<'_>) {
    let mut seen = BTreeSet::new();
    for gate in gates.items() {
        let name = gate.child("name").told_at(gate.path().into());
        labels::label_name(&name);
        if !seen.insert(name.text()) {
            name.duplicate_as(name.text());
        }
    }
}

/// Users of its own go together with nothing else of the machine.
fn host_users(pod: &Field<'_>, host_users: bool) {
    if host_users {
        return;
    }
    for (field, told) in [
        ("hostNetwork", "hostNetwork"),
        ("hostPID", "HostPID"),
        ("hostIPC", "HostIPC"),
    ] {
        let field = pod.child(field);
        if field.yes() {
            field
                .told_at(pod.path_of(told))
                .forbidden("when `hostUsers` is false");
        }
    }
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for container in pod.child(list).items() {
            let devices = container.child("volumeDevices");
            let devices = devices.excusable(Excuse::UsersAndDevices);
            if !devices.is_empty() {
                devices.forbidden("when `hostUsers` is false");
            }
        }
    }
}

fn host_name(pod: &Field<'_>) {
    let name = pod.child("hostnameOverride");
    if !name.given() {
        return;
    }
    if pod.child("setHostnameAsFQDN").yes() {
        name.forbidden("may not be specified when setHostnameAsFQDN is true");
    }
    if pod.child("hostNetwork").yes() {
        name.forbidden("may not be specified when hostNetwork is true");
    }
    if name.text().len() > 64 {
        name.too_long(64);
    }
    name.invalid_for(format::dns_subdomain(name.text()));
}

/// Other objects, by name.
fn names(pod: &Field<'_>) {
    for name in ["serviceAccountName", "nodeName", "priorityClassName"] {
        let name = pod.child(name);
        if !name.text().is_empty() {
            name.invalid_for(format::dns_subdomain(name.text()));
        }
    }
    let class = pod.child("runtimeClassName");
    if class.given() {
        class.invalid_for(format::dns_subdomain(class.text()));
    }
}

fn operating_system(pod: &Field<'_>) {
    let system = pod.child("os");
    let name = system.child("name");
    match name.text() {
        _ if !system.given() => {}
        "" => name.required(""),
        "linux" => {}
        "windows" => security::windows(pod),
        _ => name
            .told_at(system.path().into())
            .unsupported(&["linux", "windows"]),
    }
}
