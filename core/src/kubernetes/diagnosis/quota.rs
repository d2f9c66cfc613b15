//! Quotas: what the API server says when one is used up.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::case::Case;
use super::cure::{Cure, quoted};
use super::name::CauseName;
use crate::kubernetes::value::quantity::{self, Quantity};

/// The cause, if a quota refuses.
pub(super) fn of(case: &Case<'_>, message: &str) -> Option<(CauseName, String, Vec<Cure>)> {
    exceeded(case, message).or_else(|| unspecified(message))
}

fn exceeded(case: &Case<'_>, message: &str) -> Option<(CauseName, String, Vec<Cure>)> {
    let (_, rest) = message.split_once("exceeded quota: ")?;
    let (name, rest) = rest.split_once(", requested: ")?;
    let (requested, rest) = rest.split_once(", used: ")?;
    let (used, limited) = rest.split_once(", limited: ")?;
    let why = format!(
        "the quota {name} is used up (requested {requested}; used {used}; allowed {limited})"
    );
    let mut needed: Vec<String> = Vec::new();
    for (resource, asked) in pairs(requested) {
        let used = pairs(used).find(|(other, _)| *other == resource);
        let sum = used.and_then(|(_, used)| sum(asked, used));
        if let Some(sum) = sum {
            needed.push(format!("{resource:?}:{sum:?}"));
        }
    }
    let namespace = case.namespace();
    let mut raise =
        Cure::new("raise the quota; the next try succeeds by itself, within 17 minutes");
    if !needed.is_empty() {
        let patch = format!("{{\"spec\":{{\"hard\":{{{}}}}}}}", needed.join(","));
        raise = raise.run(format!(
            "kubectl patch resourcequota {name} -n {namespace} --type=merge -p {}",
            quoted(&patch)
        ));
    }
    let free = Cure::new(
        "make room: delete or shrink something else in the namespace, or ask for less in the templates",
    );
    Some((CauseName::QuotaExceeded, why, Vec::from([raise, free])))
}

/// A quota on something that the pods do not state: `cpu for: web,proxy; memory for: web`, or `cpu,memory` from older API
/// servers.
fn unspecified(message: &str) -> Option<(CauseName, String, Vec<Cure>)> {
    let (_, rest) = message.split_once("failed quota: ")?;
    let (name, missing) = rest.split_once(": must specify ")?;
    let mut resources: Vec<&str> = Vec::new();
    let mut containers: Vec<&str> = Vec::new();
    for entry in missing.split(';') {
        let (what, whose) = entry.split_once(" for: ").unwrap_or((entry, ""));
        resources.extend(names(what));
        let new = names(whose).filter(|it| !containers.contains(it));
        containers.extend(new.collect::<Vec<_>>());
    }
    let resources = resources.join(", ");
    let mut why = format!("the quota {name} asks every container to say its {resources}");
    if !containers.is_empty() {
        why.push_str(&format!("; these do not: {}", containers.join(", ")));
    }
    let cure = Cure::new(format!(
        "say {resources} in the pod template, or create a LimitRange with defaults for them"
    ));
    Some((CauseName::QuotaExceeded, why, Vec::from([cure])))
}

/// The names in a list with commas.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|it| !it.is_empty())
}

/// The entries of `pods=1,limits.cpu=500m`.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(',')
        .filter_map(|entry| entry.trim().split_once('='))
}

/// Two amounts together, as the API server writes them: in whole units where both are, in thousandths else.
fn sum(one: &str, two: &str) -> Option<String> {
    let (one, two) = (
        Quantity::parse(one)?.to_string(),
        Quantity::parse(two)?.to_string(),
    );
    let milli = quantity::parse_milli(&one)?.checked_add(quantity::parse_milli(&two)?)?;
    let binary = one.ends_with('i') || two.ends_with('i');
    Some(if binary {
        quantity::of_bytes(milli / 1000)
    } else {
        quantity::canonical(&format!("{milli}m"))?
    })
}
