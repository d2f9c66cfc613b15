//! Quotas: what a namespace has used up is refused.

use serde_json::Value;
use statefulset::kubernetes::quantity;

use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;
use crate::values::quota::{Take, shown, take, used};

/// Whether the quotas of its namespace have room for the object, or for what it takes more than the `old` one.
pub(super) fn admit(
    objects: &Objects,
    kind: Kind,
    old: Option<&Object>,
    object: &Object,
) -> Result<(), ApiError> {
    let namespace = object.namespace();
    for quota in objects.list(Kind::ResourceQuota, Some(namespace)) {
        let hard = quota.pointer("/spec/hard").and_then(Value::as_object);
        let (mut requested, mut before, mut limited) = (Vec::new(), Vec::new(), Vec::new());
        let mut unsaid = Vec::new();
        for (resource, limit) in hard.into_iter().flatten() {
            let limit = limit.as_str().unwrap_or_default();
            match take(resource, kind, object) {
                Take::Nothing => {}
                Take::Unsaid(containers) => {
                    unsaid.push(format!("{resource} for: {}", containers.join(",")));
                }
                Take::Amount(amount) => {
                    let before_it = match old.map(|old| take(resource, kind, old)) {
                        Some(Take::Amount(amount)) => amount,
                        _ => 0,
                    };
                    if old.is_some() && amount <= before_it {
                        continue;
                    }
                    let amount = amount - before_it;
                    let used = used(objects, namespace, resource);
                    let allowed = quantity::parse_milli(limit).unwrap_or(0);
                    if used.saturating_add(amount) > allowed {
                        requested.push(format!("{resource}={}", shown(resource, amount)));
                        before.push(format!("{resource}={}", shown(resource, used)));
                        limited.push(format!("{resource}={limit}"));
                    }
                }
            }
        }
        let why = if !unsaid.is_empty() {
            format!(
                "failed quota: {}: must specify {}",
                quota.name(),
                unsaid.join("; ")
            )
        } else if requested.is_empty() {
            continue;
        } else {
            format!(
                "exceeded quota: {}, requested: {}, used: {}, limited: {}",
                quota.name(),
                requested.join(","),
                before.join(","),
                limited.join(",")
            )
        };
        let message = format!(
            "{} \"{}\" is forbidden: {why}",
            kind.resource(),
            object.name()
        );
        return Err(ApiError::new(ApiReason::Forbidden, message));
    }
    Ok(())
}
