//! What a container may ask for, and how much of it.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::format;
use std::string::ToString;
use std::vec::Vec;

use serde_json::Value;

use super::claim::NO_QUANTITY;
use super::field::{Excuse, Field, quoted};
use super::format as names;
use crate::kubernetes::value::quantity::Quantity;

/// Requests, limits, and claims of resources. `claims` are the pod's.
pub(crate) fn requirements(resources: &Field<'_>, claims: &BTreeSet<&str>) {
    let (limits, requests) = (resources.child("limits"), resources.child("requests"));
    amounts(resources, &limits, &requests);
    claim_names(&resources.child("claims"), claims);
}

/// What a pod costs beside its containers.
pub(crate) fn overhead(overhead: &Field<'_>) {
    let limits = overhead.told_at(overhead.path_of("limits"));
    amounts(overhead, &limits, &overhead.holding(&Value::Null));
}

fn amounts(resources: &Field<'_>, limits: &Field<'_>, requests: &Field<'_>) {
    let (mut usual, mut huge) = (false, false);
    let limited = limits.entries().map(|it| (it, false));
    for ((name, amount), of_requests) in limited.chain(requests.entries().map(|it| (it, true))) {
        resource_name(name, &amount);
        huge |= is_huge(name);
        usual |= matches!(name, "cpu" | "memory");
        let Some(quantity) = Quantity::of(amount.value()) else {
            amount.invalid(NO_QUANTITY);
            continue;
        };
        value(name, &amount, &quantity);
        if of_requests {
            within_limit(name, &quantity, limits, requests);
        }
        if is_huge(name) {
            whole_pages(name, &amount, &quantity);
        }
    }
    if huge && !usual {
        resources.forbidden("HugePages require cpu or memory");
    }
}

fn within_limit(name: &str, request: &Quantity, limits: &Field<'_>, requests: &Field<'_>) {
    let limit = limits.child(name);
    let may_differ = is_native(name) && !is_huge(name);
    let Some(limit) = Quantity::of(limit.value()) else {
        if !may_differ && !limit.given() {
            limits.required("Limit must be set for non overcommitable resources");
        }
        return;
    };
    let problem = match request.cmp(&limit) {
        Ordering::Equal => return,
        _ if !may_differ => "must be equal to",
        Ordering::Greater => "must be less than or equal to",
        Ordering::Less => return,
    };
    requests.invalid_as(
        &quoted(&request.to_string()),
        &format!("{problem} {name} limit of {limit}"),
    );
}

/// An amount of a resource: not negative, and whole for what cannot be divided.
fn value(name: &str, amount: &Field<'_>, quantity: &Quantity) {
    let shown = quoted(&quantity.to_string());
    if quantity.is_negative() {
        amount.invalid_as(&shown, "must be greater than or equal to 0");
    }
    if (COUNTED.contains(&name) || is_extended(name)) && !quantity.is_whole() {
        amount.invalid_as(&shown, "must be an integer");
    }
}

fn whole_pages(name: &str, amount: &Field<'_>, quantity: &Quantity) {
    let amount = amount.excusable(Excuse::HugePages);
    let size = name.strip_prefix(HUGE).and_then(Quantity::parse);
    let fits = size.is_some_and(|size| size.is_positive() && quantity.is_multiple_of(&size));
    if !fits {
        let shown = quantity.to_string();
        amount.invalid_as(
            &quoted(&shown),
            &format!("{shown} is not positive integer multiple of {name}"),
        );
    }
}

/// Resources that are counted.
const COUNTED: [&str; 9] = [
    "configmaps",
    "persistentvolumeclaims",
    "pods",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "services",
    "services.loadbalancers",
    "services.nodeports",
];
/// Resources that are measured; the last three are a container's.
const MEASURED: [&str; 11] = [
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
    "requests.storage",
    "storage",
    "cpu",
    "ephemeral-storage",
    "memory",
];
const HUGE: &str = "hugepages-";

fn is_huge(name: &str) -> bool {
    name.starts_with(HUGE)
}

/// Whether a resource is one of Kubernetes' own.
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

fn is_extended(name: &str) -> bool {
    !is_native(name)
        && !name.starts_with("requests.")
        && names::label_key(&format!("requests.{name}")).is_empty()
}

fn resource_name(name: &str, amount: &Field<'_>) {
    let invalid = |problem: &str| amount.invalid_as(&quoted(name), problem);
    let problems = names::label_key(name);
    let malformed = !problems.is_empty();
    for problem in problems {
        invalid(&problem);
    }
    let short = !name.contains('/');
    let known = MEASURED.contains(&name)
        || COUNTED.contains(&name)
        || is_huge(name)
        || name.starts_with("requests.hugepages-");
    if short && !malformed && !known {
        invalid("must be a standard resource type or fully qualified");
    }
    if short && !is_huge(name) && !MEASURED[8..].contains(&name) {
        invalid("must be a standard resource for containers");
    } else if !is_native(name) && !is_extended(name) {
        invalid("doesn't follow extended resource name standard");
    }
}

/// The names of the claims of resources that a container uses.
fn claim_names(claims: &Field<'_>, known: &BTreeSet<&str>) {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for claim in claims.items() {
        let (name, request) = (claim.child("name").text(), claim.child("request"));
        let request_name = request.text();
        if name.is_empty() {
            claim.required("");
            continue;
        }
        if seen.contains(&(name, "")) {
            claim.duplicate_as(name);
        } else {
            if request_name.is_empty() {
                for _ in seen.iter().filter(|(other, _)| *other == name) {
                    claim.duplicate_as(name);
                }
            } else {
                request.invalid_for(names::dns_label(request_name));
                if seen.contains(&(name, request_name)) {
                    claim.duplicate_as(&[name, "/", request_name].concat());
                }
            }
            seen.insert((name, request_name));
        }
        if !known.contains(name) {
            let list: Vec<_> = known.iter().copied().collect();
            let rest = if known.is_empty() {
                " which is empty".to_string()
            } else {
                format!(": {}", list.join(", "))
            };
            claim.not_found_as(
                name,
                &format!("must be one of the names in pod.spec.resourceClaims{rest}"),
            );
        }
    }
}
