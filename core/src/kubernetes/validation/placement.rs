//! Where a pod may run.

use std::collections::BTreeSet;

use super::field::{Excuse, Field, quoted};
use super::{format, labels};

/// Everything about a pod's place.
pub(crate) fn all(pod: &Field<'_>) {
    labels::labels(&pod.child("nodeSelector"));
    let affinity = pod.child("affinity");
    node_affinity(&affinity.child("nodeAffinity"));
    for kind in ["podAffinity", "podAntiAffinity"] {
        let affinity = affinity.child(kind);
        for term in affinity
            .child("requiredDuringSchedulingIgnoredDuringExecution")
            .items()
        {
            pod_term(&term);
        }
        for term in affinity
            .child("preferredDuringSchedulingIgnoredDuringExecution")
            .items()
        {
            weight(&term.child("weight"));
            pod_term(&term.child("podAffinityTerm"));
        }
    }
    spread(&pod.child("topologySpreadConstraints"));
    for toleration in pod.child("tolerations").items() {
        self::toleration(&toleration);
    }
}

fn weight(weight: &Field<'_>) {
    let number = weight.number().unwrap_or(0);
    if !(1..=100).contains(&number) {
        weight.invalid_as(&std::format!("{number}"), "must be in the range 1-100");
    }
}

fn node_affinity(affinity: &Field<'_>) {
    let required = affinity.child("requiredDuringSchedulingIgnoredDuringExecution");
    if required.given() {
        let terms = required.child("nodeSelectorTerms");
        if terms.is_empty() {
            terms.required("must have at least one node selector term");
        }
        for term in terms.items() {
            node_term(&term, true);
        }
    }
    for term in affinity
        .child("preferredDuringSchedulingIgnoredDuringExecution")
        .items()
    {
        weight(&term.child("weight"));
        node_term(&term.child("preference"), false);
    }
}

/// A term about nodes. Values are looked at only where the term is required.
fn node_term(term: &Field<'_>, required: bool) {
    for requirement in term.child("matchExpressions").items() {
        let (operator, values) = (requirement.child("operator"), requirement.child("values"));
        let count = values.items().count();
        match operator.text() {
            "In" | "NotIn" if count == 0 => {
                values.required("must be specified when `operator` is 'In' or 'NotIn'");
            }
            "Exists" | "DoesNotExist" if count > 0 => values
                .forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
            "Gt" | "Lt" if count != 1 => {
                values.required("must be specified single value when `operator` is 'Lt' or 'Gt'");
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" => {}
            other => operator.invalid_as(&quoted(other), "not a valid selector operator"),
        }
        labels::label_name(&requirement.child("key"));
        for value in values.items().filter(|_| required) {
            let value = value.excusable(Excuse::NodeValues);
            value.invalid_for(format::label_value(value.text()));
        }
    }
    for requirement in term.child("matchFields").items() {
        let (operator, values) = (requirement.child("operator"), requirement.child("values"));
        match operator.text() {
            "In" | "NotIn" if values.items().count() != 1 => values.required(
                "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
            ),
            "In" | "NotIn" => {}
            other => operator.invalid_as(&quoted(other), "not a valid selector operator"),
        }
        let key = requirement.child("key");
        if key.text() == "metadata.name" {
            for value in values.items() {
                value.invalid_for(format::dns_subdomain(value.text()));
            }
        } else {
            key.invalid_as(&quoted(key.text()), "not a valid field selector key");
        }
    }
}

/// A term about other pods.
fn pod_term(term: &Field<'_>) {
    for selector in ["labelSelector", "namespaceSelector"] {
        labels::selector_with(&term.child(selector), Some(Excuse::PodSelector));
    }
    for name in term.child("namespaces").items() {
        let told = name.told_at(term.path_of("namespace"));
        told.invalid_for(format::dns_label(name.text()));
    }
    label_keys(term);
    let key = term.child("topologyKey");
    if key.text().is_empty() {
        key.required("can not be empty");
    }
    labels::label_name(&key);
}

/// Keys whose values are taken from the pod's own labels.
fn label_keys(term: &Field<'_>) {
    let selector = term.child("labelSelector");
    let (same, other) = (
        term.child("matchLabelKeys"),
        term.child("mismatchLabelKeys"),
    );
    for keys in [&same, &other] {
        if keys.is_empty() {
        } else if !selector.given() {
            keys.forbidden("must not be specified when labelSelector is not set");
        } else {
            for key in keys.items() {
                labels::label_name(&key);
            }
        }
    }
    let mut named: BTreeSet<_> = selector
        .child("matchLabels")
        .entries()
        .map(|(key, _)| key)
        .collect();
    let of_pod: std::vec::Vec<_> = same.items().map(|it| it.text()).collect();
    for expression in selector.child("matchExpressions").items() {
        let key = expression.child("key").text();
        // Of a key that is there twice, the last place is told.
        if let Some(at) = of_pod.iter().rposition(|it| *it == key)
            && named.contains(key)
        {
            let told = term.told_at(std::format!("{}[{at}]", term.path()));
            told.invalid_as(
                &quoted(key),
                "exists in both matchLabelKeys and labelSelector",
            );
        }
        named.insert(key);
    }
    for key in same.items() {
        if other.items().any(|it| it.text() == key.text()) {
            key.invalid("exists in both matchLabelKeys and mismatchLabelKeys");
        }
    }
}

fn spread(constraints: &Field<'_>) {
    const ACTIONS: [&str; 2] = ["DoNotSchedule", "ScheduleAnyway"];
    let pairs: std::vec::Vec<_> = constraints
        .items()
        .map(|it| {
            let text = |name: &str| it.child(name).text();
            (text("topologyKey"), text("whenUnsatisfiable"))
        })
        .collect();
    for (place, constraint) in constraints.items().enumerate() {
        positive(&constraint.child("maxSkew"));
        let (key, action) = pairs[place];
        if key.is_empty() {
            constraint.child("topologyKey").required("can not be empty");
        }
        if !ACTIONS.contains(&action) {
            constraint.child("whenUnsatisfiable").unsupported(&ACTIONS);
        }
        if pairs[place + 1..].contains(&pairs[place]) {
            constraint
                .told_at(constraint.path_of("{topologyKey, whenUnsatisfiable}"))
                .duplicate_as(&std::format!("{{{key}, {action}}}"));
        }
        let domains = constraint.child("minDomains");
        if domains.given() {
            positive(&domains);
            if action != "DoNotSchedule" {
                domains.invalid(&std::format!(
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}"
                ));
            }
        }
        for policy in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
            constraint
                .child(policy)
                .one_of_if_given(&["Honor", "Ignore"]);
        }
        label_keys(&constraint.excusable(Excuse::SpreadKeys));
        labels::selector(
            &constraint
                .child("labelSelector")
                .excusable(Excuse::SpreadSelector),
        );
    }
}

fn positive(field: &Field<'_>) {
    let number = field.number().unwrap_or(0);
    if number <= 0 {
        field.invalid_as(&std::format!("{number}"), "must be greater than zero");
    }
}

fn toleration(toleration: &Field<'_>) {
    let text = |name: &str| toleration.child(name).text();
    let (key, value, effect) = (text("key"), text("value"), text("effect"));
    let operator = toleration.child("operator");
    if !key.is_empty() {
        labels::label_name(&toleration.child("key"));
    }
    if key.is_empty() && operator.text() != "Exists" {
        operator.invalid_as(
            &quoted(operator.text()),
            "operator must be Exists when `key` is empty, which means \"match all values and all keys\"",
        );
    }
    let effect_field = toleration.child("effect");
    if toleration.child("tolerationSeconds").given() && effect != "NoExecute" {
        effect_field.invalid_as(
            &quoted(effect),
            "effect must be 'NoExecute' when `tolerationSeconds` is set",
        );
    }
    match operator.text() {
        "" | "Equal" => {
            let problems = format::label_value(value);
            if !problems.is_empty() {
                operator.invalid_as(&quoted(value), &problems.join(";"));
            }
        }
        "Exists" if !value.is_empty() => operator.invalid_as(
            &quoted(value),
            "value must be empty when `operator` is 'Exists'",
        ),
        "Exists" => {}
        "Lt" | "Gt" => operator
            .excusable(Excuse::ComparingToleration)
            .unsupported(&["Equal", "Exists", "Lt", "Gt"]),
        _ => operator.unsupported(&["Equal", "Exists"]),
    }
    let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
    if !effect.is_empty() && !effects.contains(&effect) {
        effect_field.unsupported(&effects);
    }
}
