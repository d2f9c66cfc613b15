//! Kinds that make pods and on which nothing here acts: what they leave out, and what cannot be.

use serde_json::{Value, json};

use super::faults::Faults;
use super::template;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Where such a kind has its pod template.
fn template_of(kind: Kind) -> Option<&'static str> {
    match (kind.group(), kind.name()) {
        ("apps", "Deployment" | "DaemonSet" | "ReplicaSet") | ("batch", "Job") => {
            Some("/spec/template")
        }
        ("batch", "CronJob") => Some("/spec/jobTemplate/spec/template"),
        _ => None,
    }
}

pub(super) fn default(kind: Kind, object: &mut Object) {
    if kind.group() == "autoscaling" {
        return old_metric(object);
    }
    let Some(at) = template_of(kind) else {
        return;
    };
    let rolls = |object: &Object, field: &str| {
        matches!(
            object.text(&format!("/spec/{field}/type")),
            "" | "RollingUpdate"
        )
    };
    let fields = match kind.name() {
        "Deployment" if rolls(object, "strategy") => vec![
            ("/spec/replicas", json!(1)),
            ("/spec/strategy/type", json!("RollingUpdate")),
            ("/spec/strategy/rollingUpdate/maxUnavailable", json!("25%")),
            ("/spec/strategy/rollingUpdate/maxSurge", json!("25%")),
            ("/spec/revisionHistoryLimit", json!(10)),
            ("/spec/progressDeadlineSeconds", json!(600)),
        ],
        "Deployment" => vec![
            ("/spec/replicas", json!(1)),
            ("/spec/revisionHistoryLimit", json!(10)),
            ("/spec/progressDeadlineSeconds", json!(600)),
        ],
        "ReplicaSet" => vec![("/spec/replicas", json!(1))],
        "DaemonSet" if rolls(object, "updateStrategy") => vec![
            ("/spec/updateStrategy/type", json!("RollingUpdate")),
            (
                "/spec/updateStrategy/rollingUpdate/maxUnavailable",
                json!(1),
            ),
            ("/spec/updateStrategy/rollingUpdate/maxSurge", json!(0)),
            ("/spec/revisionHistoryLimit", json!(10)),
        ],
        "DaemonSet" => vec![("/spec/revisionHistoryLimit", json!(10))],
        "Job" => {
            let counts = ["completions", "parallelism"];
            let is_plain = counts
                .iter()
                .all(|it| object.int(&format!("/spec/{it}")).is_none());
            let one = is_plain.then_some(("/spec/completions", json!(1)));
            let mut fields = vec![
                ("/spec/parallelism", json!(1)),
                ("/spec/backoffLimit", json!(6)),
                ("/spec/completionMode", json!("NonIndexed")),
                ("/spec/suspend", json!(false)),
            ];
            fields.extend(one);
            fields
        }
        _ => vec![
            ("/spec/concurrencyPolicy", json!("Allow")),
            ("/spec/suspend", json!(false)),
            ("/spec/successfulJobsHistoryLimit", json!(3)),
            ("/spec/failedJobsHistoryLimit", json!(1)),
        ],
    };
    for (pointer, value) in fields {
        if object.pointer(pointer).is_none() {
            object.put(pointer, value);
        }
    }
    if object.pointer(at).is_some() {
        template::default_pod_at(object, &format!("{at}/spec"));
    }
}

/// The one metric that the first version of autoscalers had, as the second one has it.
fn old_metric(autoscaler: &mut Object) {
    let Some(goal) = autoscaler.take_away("/spec/targetCPUUtilizationPercentage") else {
        return;
    };
    let target = json!({"type": "Utilization", "averageUtilization": goal});
    let metric = json!({"type": "Resource", "resource": {"name": "cpu", "target": target}});
    autoscaler.put("/spec/metrics", json!([metric]));
}

pub(super) fn validate(kind: Kind, object: &Object, faults: &mut Faults) {
    let Some(at) = template_of(kind) else {
        return;
    };
    if kind.group() == "apps" {
        match object.pointer("/spec/selector") {
            None => faults.required("spec.selector", ""),
            Some(selector) => {
                let labels = object.pointer(&format!("{at}/metadata/labels"));
                let pairs = selector.get("matchLabels").and_then(Value::as_object);
                let mut pairs = pairs.into_iter().flatten();
                let fits =
                    pairs.all(|(key, value)| labels.and_then(|it| it.get(key)) == Some(value));
                if !fits {
                    let path = "spec.template.metadata.labels";
                    let labels = labels.unwrap_or(&Value::Null);
                    faults.invalid(path, labels, "`selector` does not match template `labels`");
                }
            }
        }
    }
    let pod = object.pointer(at).cloned().unwrap_or_default();
    let path = at.trim_start_matches('/').replace('/', ".");
    template::validate_pod_at(&pod, &format!("{path}."), faults);
    let restarts = pod.text("/spec/restartPolicy");
    let path = format!("{path}.spec.restartPolicy");
    let allowed: &[&str] = match kind.group() {
        "apps" => &["Always"],
        _ => &["OnFailure", "Never"],
    };
    if !allowed.contains(&restarts) {
        if kind.group() == "batch" && restarts == "Always" {
            let detail = "valid values: \"OnFailure\", \"Never\"";
            faults.required(&path, detail);
        } else {
            faults.unsupported(&path, restarts, allowed);
        }
    }
}
