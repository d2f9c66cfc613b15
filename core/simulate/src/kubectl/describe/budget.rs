//! A disruption budget.

use super::page::Page;
use crate::kubectl::jsonpath::show;
use crate::kubectl::selector;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, budget: &Object) {
    page.title(budget);
    for (title, field) in [
        ("Min available", "minAvailable"),
        ("Max unavailable", "maxUnavailable"),
    ] {
        if let Some(limit) = budget.pointer(&format!("/spec/{field}")) {
            page.field(0, title, &show(limit));
        }
    }
    let selector = budget.pointer("/spec/selector");
    page.field(
        0,
        "Selector",
        &selector.map_or_else(|| "<unset>".into(), selector::shown),
    );
    page.line(0, "Status:");
    for (title, field) in [
        ("Allowed disruptions", "disruptionsAllowed"),
        ("Current", "currentHealthy"),
        ("Desired", "desiredHealthy"),
        ("Total", "expectedPods"),
    ] {
        let count = budget.int(&format!("/status/{field}")).unwrap_or(0);
        page.field(2, title, &count.to_string());
    }
}
