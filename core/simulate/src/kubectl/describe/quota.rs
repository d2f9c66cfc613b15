//! How much a namespace may have, and what is allowed in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::allocation::Sum;
use super::moment;
use super::page::Page;
use crate::kubectl::jsonpath::show;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, quota: &Object) {
    page.title(quota);
    scopes(page, 0, " * ", quota);
    let rows = rows(quota, |used, hard| Sum::of(used).like(Sum::of(hard)).text());
    page.table(0, &["Resource", "Used", "Hard"], &rows);
}

pub(super) fn describe_range(page: &mut Page, range: &Object) {
    page.title(range);
    page.table(0, &LIMITS, &limits(range));
}

pub(super) fn describe_namespace(page: &mut Page, store: &Store, namespace: &Object) {
    page.field(0, "Name", namespace.name());
    page.labels(0, namespace);
    page.annotations(0, namespace);
    page.field(0, "Status", namespace.text("/status/phase"));
    let conditions = namespace.list("/status/conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        let rows = conditions.iter().map(|condition| {
            vec![
                condition.text("/type").to_owned(),
                condition.text("/status").into(),
                moment(condition.text("/lastTransitionTime")),
                condition.text("/reason").into(),
                condition.text("/message").into(),
            ]
        });
        let titles = ["Type", "Status", "LastTransitionTime", "Reason", "Message"];
        page.table(1, &titles, &rows.collect::<Vec<_>>());
    }
    let its = |kind: Kind| store.list(kind, Some(namespace.name())).collect::<Vec<_>>();
    page.line(0, "");
    let quotas = its(Kind::ResourceQuota);
    if quotas.is_empty() {
        page.line(0, "No resource quota.");
    } else {
        page.line(0, "Resource Quotas");
    }
    for quota in quotas {
        page.field(1, "Name", quota.name());
        scopes(page, 1, "* ", quota);
        page.line(1, "Resource\tUsed\tHard");
        page.line(1, "--------\t---\t---");
        for row in rows(quota, |used, _| show(used)) {
            page.line(1, &row.join("\t"));
        }
    }
    page.line(0, "");
    let ranges = its(Kind::LimitRange);
    if ranges.is_empty() {
        page.line(0, "No LimitRange resource.");
    } else {
        page.line(0, "Resource Limits");
        let lines: Vec<_> = LIMITS.iter().map(|title| "-".repeat(title.len())).collect();
        page.line(0, &format!(" {}", LIMITS.join("\t")));
        page.line(0, &format!(" {}", lines.join("\t")));
    }
    for row in ranges.into_iter().flat_map(|range| limits(range)) {
        page.line(0, &format!(" {}", row.join("\t")));
    }
}

/// What a scope means.
const MEANINGS: [(&str, &str); 4] = [
    (
        "BestEffort",
        "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
    ),
    (
        "NotBestEffort",
        "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality \
         of service.",
    ),
    (
        "NotTerminating",
        "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container \
         command is not expected to terminate.",
    ),
    (
        "Terminating",
        "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively \
         terminated by the system.",
    ),
];

fn scopes(page: &mut Page, level: usize, mark: &str, quota: &Object) {
    let mut scopes: Vec<_> = quota.list("/spec/scopes").iter().map(show).collect();
    scopes.sort_unstable();
    if scopes.is_empty() {
        return;
    }
    page.field(level, "Scopes", &scopes.join(", "));
    for scope in scopes {
        if let Some((_, meaning)) = MEANINGS.iter().find(|(name, _)| *name == scope) {
            page.line(level, &format!("{mark}{meaning}"));
        }
    }
}

/// Each resource, how much of it is used, and how much may be.
fn rows(quota: &Object, used: impl Fn(&Value, &Value) -> String) -> Vec<Vec<String>> {
    let none = Value::from("0");
    let amounts = quota.pointer("/status/hard").and_then(Value::as_object);
    let rows = amounts.into_iter().flatten().map(|(name, hard)| {
        let its = quota.pointer("/status/used").and_then(|all| all.get(name));
        vec![name.clone(), used(its.unwrap_or(&none), hard), show(hard)]
    });
    rows.collect()
}

const LIMITS: [&str; 7] = [
    "Type",
    "Resource",
    "Min",
    "Max",
    "Default Request",
    "Default Limit",
    "Max Limit/Request Ratio",
];

/// A row for each resource of each limit. kubectl gives those of one limit in no order; here they have one.
fn limits(range: &Object) -> Vec<Vec<String>> {
    const FIELDS: [&str; 5] = [
        "min",
        "max",
        "defaultRequest",
        "default",
        "maxLimitRequestRatio",
    ];
    let mut rows = Vec::new();
    for limit in range.list("/spec/limits") {
        let map = |field: &str| limit.get(field).and_then(Value::as_object);
        let maps = FIELDS.iter().filter_map(|field| map(field));
        let names: BTreeSet<_> = maps.flat_map(|map| map.keys()).collect();
        for name in names {
            let amount = |field: &&str| {
                let amount = map(field).and_then(|map| map.get(name));
                amount.map_or_else(|| "-".to_owned(), show)
            };
            let mut row = vec![limit.text("/type").to_owned(), name.clone()];
            row.extend(FIELDS.iter().map(amount));
            rows.push(row);
        }
    }
    rows
}
