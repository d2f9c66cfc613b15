//! The columns of kinds on which nothing in the cluster acts.

use serde_json::Value;

use super::{AGE, Column, NAME, column, containers_at, or_none, pairs, since, wide};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What the API server shows of kinds of which it knows nothing better.
const PLAIN: &[Column] = &[
    NAME,
    column("CREATED AT", |o, _| {
        o.text("/metadata/creationTimestamp").into()
    }),
];
const AGED: &[Column] = &[NAME, AGE];

const TEMPLATE: &str = "/spec/template/spec/containers";
const JOB_TEMPLATE: &str = "/spec/jobTemplate/spec/template/spec/containers";
const CONTAINERS: Column = wide("CONTAINERS", |o, _| containers_at(o, TEMPLATE, "name"));
const IMAGES: Column = wide("IMAGES", |o, _| containers_at(o, TEMPLATE, "image"));
const SELECTOR: Column = wide("SELECTOR", |o, _| {
    selector_text(o.pointer("/spec/selector"))
});

const DEPLOYMENT: &[Column] = &[
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
    SELECTOR,
];

const REPLICA_SET: &[Column] = &[
    NAME,
    column("DESIRED", |o, _| number(o, "/spec/replicas")),
    column("CURRENT", |o, _| number(o, "/status/replicas")),
    column("READY", |o, _| number(o, "/status/readyReplicas")),
    AGE,
    CONTAINERS,
    IMAGES,
    SELECTOR,
];

const DAEMON_SET: &[Column] = &[
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

const JOB: &[Column] = &[
    NAME,
    column("STATUS", |o, _| {
        let text = if o.is_terminating() {
            "Terminating"
        } else if o.flag("/spec/suspend") {
            "Suspended"
        } else {
            "Running"
        };
        text.into()
    }),
    column("COMPLETIONS", |o, _| {
        let done = number(o, "/status/succeeded");
        match (o.int("/spec/completions"), o.int("/spec/parallelism")) {
            (Some(all), _) => format!("{done}/{all}"),
            (None, Some(many @ 2..)) => format!("{done}/1 of {many}"),
            (None, _) => format!("{done}/1"),
        }
    }),
    column("DURATION", |_, _| String::new()),
    AGE,
    CONTAINERS,
    IMAGES,
    SELECTOR,
];

const CRON_JOB: &[Column] = &[
    NAME,
    column("SCHEDULE", |o, _| o.text("/spec/schedule").into()),
    column("TIMEZONE", |o, _| or_none(o.text("/spec/timeZone"))),
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

const INGRESS: &[Column] = &[
    NAME,
    column("CLASS", |o, _| or_none(o.text("/spec/ingressClassName"))),
    column("HOSTS", |o, _| hosts(o)),
    column("ADDRESS", |_, _| String::new()),
    column("PORTS", |o, _| match o.list("/spec/tls") {
        [] => "80".into(),
        _ => "80, 443".into(),
    }),
    AGE,
];

const AUTOSCALER: &[Column] = &[
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

const NETWORK_POLICY: &[Column] = &[
    NAME,
    column("POD-SELECTOR", |o, _| {
        selector_text(o.pointer("/spec/podSelector"))
    }),
    AGE,
];

const BINDING: &[Column] = &[
    NAME,
    column("ROLE", |o, _| {
        format!("{}/{}", o.text("/roleRef/kind"), o.text("/roleRef/name"))
    }),
    AGE,
    wide("USERS", |o, _| subjects(o, "User")),
    wide("GROUPS", |o, _| subjects(o, "Group")),
    wide("SERVICEACCOUNTS", |o, _| subjects(o, "ServiceAccount")),
];

const LEASE: &[Column] = &[
    NAME,
    column("HOLDER", |o, _| o.text("/spec/holderIdentity").into()),
    AGE,
];

const ENDPOINTS: &[Column] = &[
    NAME,
    column("ENDPOINTS", |o, _| super::a_few_or(&endpoints(o), "<none>")),
    AGE,
];

const INGRESS_CLASS: &[Column] = &[
    NAME,
    column("CONTROLLER", |o, _| o.text("/spec/controller").into()),
    column("PARAMETERS", |o, _| {
        let part = |field| o.text(&format!("/spec/parameters/{field}"));
        match (part("kind"), part("apiGroup")) {
            ("", _) => "<none>".into(),
            (kind, "") => format!("{kind}/{}", part("name")),
            (kind, group) => format!("{kind}.{group}/{}", part("name")),
        }
    }),
    AGE,
];

pub(super) fn of(kind: Kind) -> &'static [Column] {
    match (kind.group(), kind.name()) {
        ("apps", "Deployment") => DEPLOYMENT,
        ("apps", "ReplicaSet") | ("", "ReplicationController") => REPLICA_SET,
        ("apps", "DaemonSet") => DAEMON_SET,
        ("batch", "Job") => JOB,
        ("batch", "CronJob") => CRON_JOB,
        ("networking.k8s.io", "Ingress") => INGRESS,
        ("networking.k8s.io", "IngressClass") => INGRESS_CLASS,
        ("networking.k8s.io", "NetworkPolicy") => NETWORK_POLICY,
        ("autoscaling", "HorizontalPodAutoscaler") => AUTOSCALER,
        ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => BINDING,
        ("coordination.k8s.io", "Lease") => LEASE,
        ("", "Endpoints") => ENDPOINTS,
        _ => match kind {
            Kind::AtRest(resource) if resource.is_custom => AGED,
            _ => PLAIN,
        },
    }
}

/// A selector as `a=b,c in (d,e)`, or `<none>`.
fn selector_text(selector: Option<&Value>) -> String {
    let Some(selector) = selector else {
        return "<none>".into();
    };
    let labels = selector.pointer("/matchLabels").and_then(Value::as_object);
    let mut terms: Vec<String> = labels
        .into_iter()
        .flatten()
        .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or("")))
        .collect();
    for term in selector.list("/matchExpressions") {
        let key = term.text("/key");
        let values: Vec<_> = term
            .list("/values")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let values = values.join(",");
        terms.push(match term.text("/operator") {
            "In" => format!("{key} in ({values})"),
            "NotIn" => format!("{key} notin ({values})"),
            "Exists" => key.into(),
            _ => format!("!{key}"),
        });
    }
    or_none(&terms.join(","))
}

fn number(object: &Object, pointer: &str) -> String {
    object.int(pointer).unwrap_or(0).to_string()
}

fn hosts(ingress: &Object) -> String {
    let rules = ingress.list("/spec/rules").iter();
    let hosts: Vec<String> = rules
        .map(|rule| rule.text("/host"))
        .filter(|host| !host.is_empty())
        .map(str::to_owned)
        .collect();
    super::a_few_or(&hosts, "*")
}

/// What is measured is not known, since nobody measures.
fn targets(autoscaler: &Object) -> String {
    let shown = |metric: &Value| {
        let target = metric
            .pointer("/resource")
            .or_else(|| metric.pointer("/containerResource"));
        let name = target.map_or("", |it| it.text("/name"));
        let goal = target.and_then(|it| it.int("/target/averageUtilization"));
        match goal {
            Some(goal) => format!("{name}: <unknown>/{goal}%"),
            None => "<unknown>".into(),
        }
    };
    match autoscaler.list("/spec/metrics") {
        [] => "<none>".into(),
        metrics => metrics.iter().map(shown).collect::<Vec<_>>().join(", "),
    }
}

fn subjects(binding: &Object, kind: &str) -> String {
    let subjects = binding.list("/subjects").iter();
    let names: Vec<String> = subjects
        .filter(|it| it.text("/kind") == kind)
        .map(|it| match it.text("/namespace") {
            "" => it.text("/name").into(),
            namespace => format!("{namespace}/{}", it.text("/name")),
        })
        .collect();
    names.join(", ")
}

fn endpoints(endpoints: &Object) -> Vec<String> {
    let subsets = endpoints.list("/subsets").iter();
    let of_one = |subset: &Value| -> Vec<String> {
        let ports = subset.list("/ports");
        let addresses = subset.list("/addresses").iter().map(|it| it.text("/ip"));
        addresses
            .flat_map(|ip| match ports {
                [] => vec![ip.to_owned()],
                ports => {
                    let ports = ports.iter().filter_map(|port| port.int("/port"));
                    ports.map(|port| format!("{ip}:{port}")).collect()
                }
            })
            .collect()
    };
    subsets.flat_map(of_one).collect()
}
