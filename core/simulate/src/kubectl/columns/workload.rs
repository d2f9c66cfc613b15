//! The columns of kinds that have pod templates.

use serde_json::Value;
use statefulset::Millis;

use super::{AGE, Column, NAME, column, given, number, pairs, since, wide};
use crate::values::duration;
use crate::values::instant;
use crate::values::object::{Fields, Object};

const TEMPLATE: &str = "/spec/template/spec/containers";
const JOB_TEMPLATE: &str = "/spec/jobTemplate/spec/template/spec/containers";
const CONTAINERS: Column = wide("CONTAINERS", |o, _| containers_at(o, TEMPLATE, "name"));
const IMAGES: Column = wide("IMAGES", |o, _| containers_at(o, TEMPLATE, "image"));
const SELECTOR: Column = wide("SELECTOR", |o, _| {
    selector_text(o.pointer("/spec/selector"))
});

pub(super) const STATEFUL_SET: &[Column] = &[
    NAME,
    column("READY", |o, _| {
        let ready = o.int("/status/readyReplicas").unwrap_or(0);
        format!("{ready}/{}", o.int("/spec/replicas").unwrap_or(0))
    }),
    AGE,
    CONTAINERS,
    IMAGES,
];

pub(super) const REVISION: &[Column] = &[
    NAME,
    column("CONTROLLER", |o, _| {
        o.controller()
            .map_or_else(|| "<none>".into(), controller_name)
    }),
    column("REVISION", |o, _| {
        o.int("/revision").unwrap_or(0).to_string()
    }),
    AGE,
];

pub(super) const DEPLOYMENT: &[Column] = &[
    NAME,
    column("READY", |o, _| {
        format!(
            "{}/{}",
            number(o, "/status/readyReplicas"),
            number(o, "/spec/replicas")
        )
    }),
    column("UP-TO-DATE", |o, _| number(o, "/status/updatedReplicas")),
    column("AVAILABLE", |o, _| number(o, "/status/availableReplicas")),
    AGE,
    CONTAINERS,
    IMAGES,
    // Here nothing is shown as nothing.
    wide("SELECTOR", |o, _| terms(o.pointer("/spec/selector"))),
];

pub(super) const REPLICA_SET: &[Column] = &[
    NAME,
    column("DESIRED", |o, _| number(o, "/spec/replicas")),
    column("CURRENT", |o, _| number(o, "/status/replicas")),
    column("READY", |o, _| number(o, "/status/readyReplicas")),
    AGE,
    CONTAINERS,
    IMAGES,
    SELECTOR,
];

pub(super) const REPLICATION_CONTROLLER: &[Column] = &[
    NAME,
    column("DESIRED", |o, _| number(o, "/spec/replicas")),
    column("CURRENT", |o, _| number(o, "/status/replicas")),
    column("READY", |o, _| number(o, "/status/readyReplicas")),
    AGE,
    CONTAINERS,
    IMAGES,
    wide("SELECTOR", |o, _| pairs(o.pointer("/spec/selector"))),
];

pub(super) const DAEMON_SET: &[Column] = &[
    NAME,
    column("DESIRED", |o, _| {
        number(o, "/status/desiredNumberScheduled")
    }),
    column("CURRENT", |o, _| {
        number(o, "/status/currentNumberScheduled")
    }),
    column("READY", |o, _| number(o, "/status/numberReady")),
    column("UP-TO-DATE", |o, _| {
        number(o, "/status/updatedNumberScheduled")
    }),
    column("AVAILABLE", |o, _| number(o, "/status/numberAvailable")),
    column("NODE SELECTOR", |o, _| {
        pairs(o.pointer("/spec/template/spec/nodeSelector"))
    }),
    AGE,
    CONTAINERS,
    IMAGES,
    SELECTOR,
];

pub(super) const JOB: &[Column] = &[
    NAME,
    column("STATUS", |o, _| job_status(o).into()),
    column("COMPLETIONS", |o, _| {
        let done = number(o, "/status/succeeded");
        match (o.int("/spec/completions"), o.int("/spec/parallelism")) {
            (Some(all), _) => format!("{done}/{all}"),
            (None, Some(many @ 2..)) => format!("{done}/1 of {many}"),
            (None, _) => format!("{done}/1"),
        }
    }),
    column("DURATION", job_duration),
    AGE,
    CONTAINERS,
    IMAGES,
    SELECTOR,
];

pub(super) const CRON_JOB: &[Column] = &[
    NAME,
    column("SCHEDULE", |o, _| o.text("/spec/schedule").into()),
    column("TIMEZONE", |o, _| given(o, "/spec/timeZone")),
    column("SUSPEND", |o, _| {
        if o.flag("/spec/suspend") {
            "True"
        } else {
            "False"
        }
        .into()
    }),
    column("ACTIVE", |o, _| o.list("/status/active").len().to_string()),
    column("LAST SCHEDULE", |o, now| {
        match o.text("/status/lastScheduleTime") {
            "" => "<none>".into(),
            _ => since(o, "/status/lastScheduleTime", now),
        }
    }),
    AGE,
    wide("CONTAINERS", |o, _| containers_at(o, JOB_TEMPLATE, "name")),
    wide("IMAGES", |o, _| containers_at(o, JOB_TEMPLATE, "image")),
    wide("SELECTOR", |o, _| {
        selector_text(o.pointer("/spec/jobTemplate/spec/selector"))
    }),
];

pub(super) const POD_TEMPLATE: &[Column] = &[
    NAME,
    column("CONTAINERS", |o, _| {
        containers_at(o, "/template/spec/containers", "name")
    }),
    column("IMAGES", |o, _| {
        containers_at(o, "/template/spec/containers", "image")
    }),
    column("POD LABELS", |o, _| {
        pairs(o.pointer("/template/metadata/labels"))
    }),
];

fn containers_at(object: &Object, pointer: &str, field: &str) -> String {
    let containers = object.list(pointer).iter();
    let texts: Vec<_> = containers
        .map(|c| c.text(&format!("/{field}")).to_owned())
        .collect();
    texts.join(",")
}

fn controller_name(owner: &Value) -> String {
    let (version, kind) = (owner.text("/apiVersion"), owner.text("/kind"));
    let kind = match version.rsplit_once('/') {
        Some((group, _)) => format!("{kind}.{group}").to_lowercase(),
        None => kind.to_lowercase(),
    };
    match (kind.as_str(), owner.text("/name")) {
        ("", name) => name.to_owned(),
        (kind, name) => format!("{kind}/{name}"),
    }
}

fn job_status(job: &Object) -> &'static str {
    let is = |kind: &&str| job.condition(kind) == "True";
    let first = |kinds: [&'static str; 2]| kinds.into_iter().find(|kind| is(kind));
    if let Some(ended) = first(["Complete", "Failed"]) {
        ended
    } else if job.is_terminating() {
        "Terminating"
    } else if is(&"Suspended") {
        "Suspended"
    } else {
        first(["FailureTarget", "SuccessCriteriaMet"]).unwrap_or("Running")
    }
}

fn job_duration(job: &Object, now: Millis) -> String {
    let moment = |field: &str| instant::parse(job.text(&format!("/status/{field}")));
    moment("startTime").map_or_else(String::new, |start| {
        duration::age(moment("completionTime").unwrap_or(now) - start)
    })
}

/// A selector as `a=b,c in (d,e)`, or `<none>`.
pub(super) fn selector_text(selector: Option<&Value>) -> String {
    super::or_none(&terms(selector))
}

/// What a selector asks for, in the order of the labels' keys.
fn terms(selector: Option<&Value>) -> String {
    let Some(selector) = selector else {
        return String::new();
    };
    let labels = selector.pointer("/matchLabels").and_then(Value::as_object);
    let labels = labels.into_iter().flatten();
    let mut terms: Vec<(&str, String)> = labels
        .map(|(key, value)| (&**key, format!("{key}={}", value.as_str().unwrap_or(""))))
        .collect();
    for term in selector.list("/matchExpressions") {
        let key = term.text("/key");
        let values = term.list("/values").iter();
        let mut values: Vec<_> = values.filter_map(Value::as_str).collect();
        values.sort_unstable();
        let values = values.join(",");
        let text = match term.text("/operator") {
            "In" => format!("{key} in ({values})"),
            "NotIn" => format!("{key} notin ({values})"),
            "Exists" => key.into(),
            _ => format!("!{key}"),
        };
        terms.push((key, text));
    }
    terms.sort_by_key(|(key, _)| *key);
    let terms: Vec<_> = terms.into_iter().map(|(_, text)| text).collect();
    terms.join(",")
}
