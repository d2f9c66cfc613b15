//! Disruption budgets: whom they cover, and the condition that says whether anything is allowed.

use serde_json::{Value, json};
use statefulset::Millis;

use super::affinity::label_selector_admits;
use super::instant;
use super::object::{Fields, Object};

/// Whether the budget covers the pod, of the same namespace.
pub(crate) fn covers(budget: &Object, pod: &Object) -> bool {
    budget
        .pointer("/spec/selector")
        .is_some_and(|selector| admits(selector, pod))
}

/// Whether a budget's selector admits the pod. An empty selector admits every pod, an absent one none.
pub(crate) fn admits(selector: &Value, pod: &Object) -> bool {
    !selector.is_null() && label_selector_admits(Some(selector), pod)
}

/// Its generation, as its status repeats it.
pub(crate) fn generation(budget: &Object) -> Value {
    json!(budget.int("/metadata/generation").unwrap_or(1))
}

/// Says in a condition whether anything is allowed, as the numbers have it.
pub(crate) fn set_allowed_condition(budget: &mut Object, now: Millis) {
    let allowed = budget.int("/status/disruptionsAllowed").unwrap_or(0) > 0;
    let reason = if allowed {
        "SufficientPods"
    } else {
        "InsufficientPods"
    };
    set_condition(budget, allowed, reason, "", now);
}

/// Says in a condition whether anything is allowed, and why.
pub(crate) fn set_condition(
    budget: &mut Object,
    holds: bool,
    reason: &str,
    message: &str,
    now: Millis,
) {
    let status = if holds { "True" } else { "False" };
    let old = budget.list("/status/conditions").iter();
    let mut same = old.filter(|c| c.text("/status") == status);
    let since = same
        .next()
        .map(|c| c.text("/lastTransitionTime").to_owned());
    let condition = json!({
        "type": "DisruptionAllowed",
        "status": status,
        "reason": reason,
        "message": message,
        "observedGeneration": generation(budget),
        "lastTransitionTime": since.unwrap_or_else(|| instant::rfc3339(now)),
    });
    budget.put("/status/conditions", json!([condition]));
}
