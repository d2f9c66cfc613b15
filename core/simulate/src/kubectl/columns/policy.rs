//! The columns of roles, of admission policies, and of the API server's flows.

use serde_json::Value;

use super::{AGE, Column, NAME, column, number, wide};
use crate::values::object::{Fields, Object};

pub(super) const BINDING: &[Column] = &[
    NAME,
    column("ROLE", |o, _| {
        format!("{}/{}", o.text("/roleRef/kind"), o.text("/roleRef/name"))
    }),
    AGE,
    wide("USERS", |o, _| subjects(o, "User")),
    wide("GROUPS", |o, _| subjects(o, "Group")),
    wide("SERVICEACCOUNTS", |o, _| subjects(o, "ServiceAccount")),
];

pub(super) const VALIDATING_POLICY: &[Column] = &[
    NAME,
    column("VALIDATIONS", |o, _| {
        o.list("/spec/validations").len().to_string()
    }),
    PARAM_KIND,
    AGE,
];

pub(super) const MUTATING_POLICY: &[Column] = &[
    NAME,
    column("MUTATIONS", |o, _| {
        o.list("/spec/mutations").len().to_string()
    }),
    PARAM_KIND,
    AGE,
];

const PARAM_KIND: Column = column("PARAMKIND", |o, _| {
    let kind = o.pointer("/spec/paramKind");
    kind.map_or_else(
        || "<unset>".into(),
        |kind| format!("{}/{}", kind.text("/apiVersion"), kind.text("/kind")),
    )
});

pub(super) const POLICY_BINDING: &[Column] = &[
    NAME,
    column("POLICYNAME", |o, _| o.text("/spec/policyName").into()),
    column("PARAMREF", |o, _| parameters(o)),
    AGE,
];

pub(super) const FLOW_SCHEMA: &[Column] = &[
    NAME,
    column("PRIORITYLEVEL", |o, _| {
        o.text("/spec/priorityLevelConfiguration/name").into()
    }),
    column("MATCHINGPRECEDENCE", |o, _| {
        number(o, "/spec/matchingPrecedence")
    }),
    column("DISTINGUISHERMETHOD", |o, _| {
        match o.pointer("/spec/distinguisherMethod") {
            None => "<none>".into(),
            Some(method) => method.text("/type").into(),
        }
    }),
    AGE,
    column("MISSINGPL", |o, _| {
        let mut conditions = o.list("/status/conditions").iter();
        let dangling = conditions.find(|it| it.text("/type") == "Dangling");
        dangling.map_or("?", |it| it.text("/status")).into()
    }),
];

pub(super) const PRIORITY_LEVEL: &[Column] = &[
    NAME,
    column("TYPE", |o, _| o.text("/spec/type").into()),
    column("NOMINALCONCURRENCYSHARES", |o, _| {
        within(o, "/spec/limited", "nominalConcurrencyShares")
    }),
    column("QUEUES", |o, _| within(o, QUEUING, "queues")),
    column("HANDSIZE", |o, _| within(o, QUEUING, "handSize")),
    column("QUEUELENGTHLIMIT", |o, _| {
        within(o, QUEUING, "queueLengthLimit")
    }),
    AGE,
];

const QUEUING: &str = "/spec/limited/limitResponse/queuing";

/// A number where what it is in is there.
fn within(object: &Object, pointer: &str, field: &str) -> String {
    let holder = object.pointer(pointer);
    holder.map_or_else(
        || "<none>".into(),
        |_| number(object, &format!("{pointer}/{field}")),
    )
}

fn subjects(binding: &Object, kind: &str) -> String {
    let subjects = binding.list("/subjects").iter();
    let of_kind = subjects.filter(|it| it.text("/kind") == kind);
    let names: Vec<String> = of_kind
        .map(|it| match kind {
            "ServiceAccount" => format!("{}/{}", it.text("/namespace"), it.text("/name")),
            _ => it.text("/name").into(),
        })
        .collect();
    names.join(", ")
}

/// What a policy is bound to: one object, or a selector as the API server's own type writes itself.
fn parameters(binding: &Object) -> String {
    let unset = || "<unset>".into();
    let Some(reference) = binding.pointer("/spec/paramRef") else {
        return unset();
    };
    match (reference.text("/name"), reference.text("/namespace")) {
        ("", _) => reference.get("selector").map_or_else(unset, selector),
        (name, "") => format!("*/{name}"),
        (name, namespace) => format!("{namespace}/{name}"),
    }
}

fn selector(selector: &Value) -> String {
    let labels = selector.pointer("/matchLabels").and_then(Value::as_object);
    let mut labels: Vec<_> = labels.into_iter().flatten().collect();
    labels.sort_by_key(|(key, _)| *key);
    let labels: Vec<String> = labels
        .iter()
        .map(|(key, value)| format!("{key}: {},", value.as_str().unwrap_or("")))
        .collect();
    let terms = selector.list("/matchExpressions").iter();
    let terms: Vec<String> = terms
        .map(|it| {
            let values = it.list("/values").iter().filter_map(Value::as_str);
            format!(
                "LabelSelectorRequirement{{Key:{},Operator:{},Values:[{}],}},",
                it.text("/key"),
                it.text("/operator"),
                values.collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    format!(
        "&LabelSelector{{MatchLabels:map[string]string{{{}}},MatchExpressions:[]LabelSelectorRequirement{{{}}},}}",
        labels.concat(),
        terms.concat()
    )
}
