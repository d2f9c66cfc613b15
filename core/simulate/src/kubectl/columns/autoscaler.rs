//! The columns of autoscalers.

use serde_json::Value;

use super::{AGE, Column, NAME, column, number};
use crate::values::object::{Fields, Object};

pub(super) const AUTOSCALER: &[Column] = &[
    NAME,
    column("REFERENCE", |o, _| {
        let target = |field| o.text(&format!("/spec/scaleTargetRef/{field}"));
        format!("{}/{}", target("kind"), target("name"))
    }),
    column("TARGETS", |o, _| targets(o)),
    column("MINPODS", |o, _| {
        let least = o.int("/spec/minReplicas");
        least.map_or_else(|| "<unset>".into(), |least| least.to_string())
    }),
    column("MAXPODS", |o, _| number(o, "/spec/maxReplicas")),
    column("REPLICAS", |o, _| number(o, "/status/currentReplicas")),
    AGE,
];

/// The first two metrics: what is measured, where anybody has, and what is wanted.
fn targets(autoscaler: &Object) -> String {
    const SHOWN: usize = 2;
    let measured = autoscaler.list("/status/currentMetrics");
    let metrics = autoscaler.list("/spec/metrics").iter().enumerate();
    let mut shown: Vec<String> = metrics.map(|(i, it)| target(it, measured.get(i))).collect();
    let more = shown.len().saturating_sub(SHOWN);
    shown.truncate(SHOWN);
    match (shown.is_empty(), more) {
        (true, _) => "<none>".into(),
        (_, 0) => shown.join(", "),
        _ => format!("{} + {more} more...", shown.join(", ")),
    }
}

fn target(metric: &Value, measured: Option<&Value>) -> String {
    let (source, is_resource) = match metric.text("/type") {
        "External" => ("external", false),
        "Object" => ("object", false),
        "Pods" => ("pods", false),
        "Resource" => ("resource", true),
        "ContainerResource" => ("containerResource", true),
        _ => return "<unknown type>".into(),
    };
    let wanted = metric.get(source).and_then(|it| it.get("target"));
    let current = measured
        .and_then(|it| it.get(source))
        .map(|it| it.get("current").unwrap_or(&Value::Null));
    let of = |value: Option<&Value>, field: &str| {
        let amount = value.and_then(|it| it.get(field)).and_then(Value::as_str);
        amount.unwrap_or("<nil>").to_owned()
    };
    let has = |value: Option<&Value>, field: &str| value.and_then(|it| it.get(field)).is_some();
    let unknown = || String::from("<unknown>");
    let percent = |value: Option<&Value>, none: &str| {
        let number = value.and_then(|it| it.int("/averageUtilization"));
        number.map_or_else(|| none.to_owned(), |it| format!("{it}%"))
    };
    let name = metric.text(&format!("/{source}/name"));
    let average = has(wanted, "averageValue");
    match (is_resource, average) {
        (true, true) => {
            let now = current.map_or_else(unknown, |it| of(Some(it), "averageValue"));
            format!("{name}: {now}/{}", of(wanted, "averageValue"))
        }
        (true, false) => {
            let now = percent(current, "<unknown>");
            format!("{name}: {now}/{}", percent(wanted, "<auto>"))
        }
        (false, _) if source == "pods" => {
            let now = current.map_or_else(unknown, |it| of(Some(it), "averageValue"));
            format!("{now}/{}", of(wanted, "averageValue"))
        }
        (false, true) => {
            let now = current.filter(|it| has(Some(it), "averageValue"));
            let now = now.map_or_else(unknown, |it| of(Some(it), "averageValue"));
            format!("{now}/{} (avg)", of(wanted, "averageValue"))
        }
        (false, false) => {
            let now = current.map_or_else(unknown, |it| of(Some(it), "value"));
            format!("{now}/{}", of(wanted, "value"))
        }
    }
}
