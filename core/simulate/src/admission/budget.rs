//! Pod disruption budgets.

use serde_json::Value;

use super::faults::Faults;
use crate::values::object::{Fields, Object};

pub(super) fn validate(budget: &Object, faults: &mut Faults) {
    if let Some(spec) = budget.pointer("/spec")
        && spec.pointer("/minAvailable").is_some()
        && spec.pointer("/maxUnavailable").is_some()
    {
        faults.invalid(
            "spec",
            spec,
            "minAvailable and maxUnavailable cannot be both set",
        );
    }
    for field in ["minAvailable", "maxUnavailable"] {
        let path = format!("spec.{field}");
        match budget.pointer(&format!("/spec/{field}")) {
            Some(Value::String(text)) => match percentage(text) {
                None => faults.invalid(
                    &path,
                    &Value::from(text.as_str()),
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', \
                     regex used for validation is '[0-9]+%')",
                ),
                Some(over) if over > 100 => faults.invalid(
                    &path,
                    &Value::from(text.as_str()),
                    "must not be greater than 100%",
                ),
                Some(_) => {}
            },
            number => faults.not_negative(&path, number),
        }
    }
    let policy = budget.text("/spec/unhealthyPodEvictionPolicy");
    if !policy.is_empty() {
        faults.one_of(
            "spec.unhealthyPodEvictionPolicy",
            policy,
            &["AlwaysAllow", "IfHealthyBudget"],
        );
    }
}

/// `93%` as 93.
fn percentage(text: &str) -> Option<u64> {
    let digits = text.strip_suffix('%')?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // More digits than fit are more than all.
    Some(digits.parse().unwrap_or(u64::MAX))
}
