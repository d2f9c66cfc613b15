//! A disruption budget.

use super::page::Page;
use crate::kubectl::jsonpath::show;
use crate::kubectl::selector;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, budget: &Object) {
    page.title(budget);
    if let Some(least) = budget.pointer("/spec/minAvailable") {
        page.field(0, "Min available", &show(least));
    } else if let Some(most) = budget.pointer("/spec/maxUnavailable") {
        page.field(0, "Max unavailable", &show(most));
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
