//! Limit ranges: what containers of a namespace get that say nothing, and what they and claims may ask for.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::faults::Faults;
use crate::values::demand::{Amounts, amounts, of};
use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

/// Where it is written down what was filled in.
const SAID: &str = "/metadata/annotations/kubernetes.io~1limit-ranger";

/// A container that gets a limit without being given one gets the greatest; its request follows the limit, or the least.
pub(super) fn default(range: &mut Object) {
    let items = range
        .pointer_mut("/spec/limits")
        .and_then(Value::as_array_mut);
    let items = items.into_iter().flatten();
    for item in items.filter(|item| item.text("/type") == "Container") {
        for (to, from) in [
            ("default", "max"),
            ("defaultRequest", "default"),
            ("defaultRequest", "min"),
        ] {
            let given = item.get(from).and_then(Value::as_object).cloned();
            for (name, amount) in given.unwrap_or_default() {
                entry(item, to).entry(name).or_insert(amount);
            }
        }
    }
}

fn entry<'a>(holder: &'a mut Value, field: &str) -> &'a mut Map<String, Value> {
    if !holder[field].is_object() {
        holder[field] = json!({});
    }
    holder[field].as_object_mut().expect("made just above")
}

pub(super) fn validate(range: &Object, faults: &mut Faults) {
    let mut types = BTreeSet::new();
    for (i, item) in range.list("/spec/limits").iter().enumerate() {
        let path = format!("spec.limits[{i}]");
        let kind = item.text("/type");
        if kind.is_empty() {
            faults.required(&format!("{path}.type"), "");
        }
        if !types.insert(kind) {
            faults.duplicate(&format!("{path}.type"), &json!(kind));
        }
        if kind == "Pod" {
            for field in ["default", "defaultRequest"] {
                if item.get(field).is_some() {
                    let field = format!("{path}.{field}");
                    faults.forbidden(&field, "may not be specified when `type` is 'Pod'");
                }
            }
        }
        let storage = |field: &str| item.pointer(&format!("/{field}/storage"));
        if kind == "PersistentVolumeClaim" && storage("min").or(storage("max")).is_none() {
            faults.required(
                &format!("{path}.limits"),
                "either minimum or maximum storage value is required, but neither was provided",
            );
        }
        order(item, &path, faults);
    }
}

/// A field, the field that must not be less, whose value is shown at which of the two, and what both are called.
const ORDER: [(&str, &str, &str, &str, &str, &str); 6] = [
    ("min", "max", "min", "min", "min value", "max value"),
    (
        "min",
        "defaultRequest",
        "defaultRequest",
        "defaultRequest",
        "min value",
        "default request value",
    ),
    (
        "defaultRequest",
        "max",
        "defaultRequest",
        "defaultRequest",
        "default request value",
        "max value",
    ),
    (
        "defaultRequest",
        "default",
        "defaultRequest",
        "defaultRequest",
        "default request value",
        "default limit value",
    ),
    (
        "min",
        "default",
        "default",
        "min",
        "min value",
        "default value",
    ),
    (
        "default",
        "max",
        "default",
        "max",
        "default value",
        "max value",
    ),
];

fn order(item: &Value, path: &str, faults: &mut Faults) {
    let read = |field: &str| amounts(item.get(field));
    let names: BTreeSet<String> = ["min", "max", "default", "defaultRequest"]
        .into_iter()
        .flat_map(|field| read(field).into_keys())
        .collect();
    for name in names {
        for (less, more, at, shown, what, other) in ORDER {
            let amount = |field: &str| read(field).get(&name).copied();
            let text = |field: &str| item[field].text(&pointer(&name)).to_owned();
            if amount(less)
                .zip(amount(more))
                .is_some_and(|(less, more)| less > more)
            {
                let problem = format!(
                    "{what} {} is greater than {other} {}",
                    text(less),
                    text(more)
                );
                faults.invalid(
                    &format!("{path}.{at}[{name}]"),
                    &json!(text(shown)),
                    &problem,
                );
            }
        }
    }
}

/// Gives a pod's containers what the ranges of its namespace give to those that say nothing.
pub(super) fn apply(objects: &Objects, pod: &mut Object) {
    let namespace = pod.namespace().to_owned();
    let ranges: Vec<_> = objects
        .list(Kind::LimitRange, Some(&namespace))
        .cloned()
        .collect();
    for range in ranges {
        let (mut limits, mut requests) = (Map::new(), Map::new());
        for item in items(&range, "Container") {
            limits.extend(map(item, "default"));
            requests.extend(map(item, "defaultRequest"));
        }
        let mut said = Vec::new();
        for (list, what) in [
            ("containers", "container"),
            ("initContainers", "init container"),
        ] {
            let containers = pod
                .pointer_mut(&format!("/spec/{list}"))
                .and_then(Value::as_array_mut);
            for container in containers.into_iter().flatten() {
                let name = container.text("/name").to_owned();
                for (field, defaults) in [("requests", &requests), ("limits", &limits)] {
                    let filled = fill(container, field, defaults);
                    if !filled.is_empty() {
                        let side = field.trim_end_matches('s');
                        said.push(format!("{} {side} for {what} {name}", filled.join(", ")));
                    }
                }
            }
        }
        if !said.is_empty() {
            pod.put(
                SAID,
                json!(format!("LimitRanger plugin set: {}", said.join("; "))),
            );
        }
    }
}

fn fill(container: &mut Value, field: &str, defaults: &Map<String, Value>) -> Vec<String> {
    let mut filled = Vec::new();
    for (name, amount) in defaults {
        if container["resources"][field].get(name).is_none() {
            container.put(
                &format!("/resources/{field}{}", pointer(name)),
                amount.clone(),
            );
            filled.push(name.clone());
        }
    }
    filled
}

/// Whether what a pod or a claim asks for is in the ranges of its namespace.
pub(super) fn admit(objects: &Objects, kind: Kind, object: &Object) -> Result<(), ApiError> {
    for range in objects.list(Kind::LimitRange, Some(object.namespace())) {
        let mut faults = Vec::new();
        if kind == Kind::PersistentVolumeClaim {
            for item in items(range, "PersistentVolumeClaim") {
                claim(item, object, &mut faults);
            }
        } else {
            for item in range.list("/spec/limits") {
                pod(item, object, &mut faults);
            }
        }
        let why = match faults.as_slice() {
            [] => continue,
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
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

fn claim(item: &Value, claim: &Object, faults: &mut Vec<String>) {
    let asked = claim.pointer("/spec/resources/requests");
    for (bound, word) in [("min", "minimum"), ("max", "maximum")] {
        for (name, limit) in map(item, bound) {
            let kind = "PersistentVolumeClaim";
            let (least, is) = (one(&limit), amounts(asked).get(&name).copied());
            let begin = format!("{word} {name} usage per {kind} is {}", text(&limit));
            match is {
                None => faults.push(format!("{begin}.  No request is specified")),
                Some(is) if (bound == "min" && is < least) || (bound == "max" && is > least) => {
                    let asked = asked.and_then(|it| it.get(&name));
                    let asked = asked.map_or_else(String::new, text);
                    faults.push(format!("{begin}, but request is {asked}"));
                }
                Some(_) => {}
            }
        }
    }
}

/// What something asks for, and what it may use at most: amounts and how they are written.
struct Asked {
    requests: (Amounts, Value),
    limits: (Amounts, Value),
}

fn pod(item: &Value, pod: &Object, faults: &mut Vec<String>) {
    match item.text("/type") {
        "Container" => {
            for list in ["/spec/containers", "/spec/initContainers"] {
                for container in pod.list(list) {
                    let side = |side: &str| {
                        let given = container.pointer(&format!("/resources/{side}"));
                        (amounts(given), given.cloned().unwrap_or_default())
                    };
                    let asked = Asked {
                        requests: side("requests"),
                        limits: side("limits"),
                    };
                    bounds(item, "Container", &asked, faults);
                }
            }
        }
        "Pod" => {
            let side = |side: &str| {
                let sum = of(pod, side);
                let shown = sum.iter().map(|(name, amount)| {
                    (
                        name.clone(),
                        json!(crate::values::quota::shown(name, *amount)),
                    )
                });
                let shown = Value::Object(shown.collect());
                (sum, shown)
            };
            let asked = Asked {
                requests: side("requests"),
                limits: side("limits"),
            };
            bounds(item, "Pod", &asked, faults);
        }
        _ => {}
    }
}

fn bounds(item: &Value, kind: &str, asked: &Asked, faults: &mut Vec<String>) {
    let written = |of: &(Amounts, Value), name: &str| text(&of.1[name]);
    for (name, limit) in map(item, "min") {
        let least = one(&limit);
        let begin = format!("minimum {name} usage per {kind} is {}", text(&limit));
        match (asked.requests.0.get(&name), asked.limits.0.get(&name)) {
            (None, _) => faults.push(format!("{begin}.  No request is specified")),
            (Some(is), _) if *is < least => {
                let is = written(&asked.requests, &name);
                faults.push(format!("{begin}, but request is {is}"));
            }
            (_, Some(is)) if *is < least => {
                faults.push(format!(
                    "{begin}, but limit is {}",
                    written(&asked.limits, &name)
                ));
            }
            _ => {}
        }
    }
    for (name, limit) in map(item, "max") {
        let most = one(&limit);
        let begin = format!("maximum {name} usage per {kind} is {}", text(&limit));
        match (asked.limits.0.get(&name), asked.requests.0.get(&name)) {
            (None, _) => faults.push(format!("{begin}.  No limit is specified")),
            (Some(is), _) if *is > most => {
                faults.push(format!(
                    "{begin}, but limit is {}",
                    written(&asked.limits, &name)
                ));
            }
            (_, Some(is)) if *is > most => {
                let is = written(&asked.requests, &name);
                faults.push(format!("{begin}, but request is {is}"));
            }
            _ => {}
        }
    }
    for (name, ratio) in map(item, "maxLimitRequestRatio") {
        let begin = format!(
            "{name} max limit to request ratio per {kind} is {}, but",
            text(&ratio)
        );
        let given = |of: &Amounts| of.get(&name).copied().filter(|it| *it > 0);
        let (request, limit) = (given(&asked.requests.0), given(&asked.limits.0));
        match (request, limit) {
            (None, _) => faults.push(format!("{begin} no request is specified or request is 0")),
            (_, None) => faults.push(format!("{begin} no limit is specified or limit is 0")),
            (Some(request), Some(limit)) => {
                // Both in thousandths, so that the most is in thousandths of the request.
                if u128::from(limit) * 1000 > u128::from(one(&ratio)) * u128::from(request) {
                    faults.push(format!(
                        "{begin} provided ratio is {}",
                        quotient(limit, request)
                    ));
                }
            }
        }
    }
}

/// With six digits after the point, the last one rounded.
fn quotient(of: u64, by: u64) -> String {
    let millionths = (u128::from(of) * 2_000_000 / u128::from(by)).div_ceil(2);
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

fn items<'a>(range: &'a Object, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let items = range.list("/spec/limits").iter();
    items.filter(move |item| item.text("/type") == kind)
}

fn map(item: &Value, field: &str) -> Map<String, Value> {
    let found = item.get(field).and_then(Value::as_object);
    found.cloned().unwrap_or_default()
}

/// One amount, in thousandths.
fn one(amount: &Value) -> u64 {
    let list = json!({"it": amount});
    amounts(Some(&list)).get("it").copied().unwrap_or(0)
}

fn text(amount: &Value) -> String {
    amount
        .as_str()
        .map_or_else(|| amount.to_string(), str::to_owned)
}

fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
