//! What a quota counts, and how much of it an object takes. Amounts are in thousandths, so that parts of a processor are whole.

use statefulset::kubernetes::quantity;

use super::demand::{self, Amounts};
use super::kind::Kind;
use super::object::{Fields, Object};
use super::objects::Objects;

/// What an object takes of something that a quota limits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Take {
    /// The quota does not count it.
    Nothing,
    /// So much.
    Amount(u64),
    /// These of its containers do not say how much.
    Unsaid(Vec<String>),
}

/// What an object takes of a resource, as `spec.hard` of a quota names it.
pub(crate) fn take(resource: &str, kind: Kind, object: &Object) -> Take {
    match (kind, resource) {
        (Kind::Pod, _) if matches!(object.text("/status/phase"), "Succeeded" | "Failed") => {
            Take::Nothing
        }
        (Kind::Pod, "pods")
        | (Kind::PersistentVolumeClaim, "persistentvolumeclaims")
        | (Kind::Service, "services") => Take::Amount(1000),
        (Kind::PersistentVolumeClaim, "requests.storage") => {
            let asked = object.text("/spec/resources/requests/storage");
            Take::Amount(quantity::parse_milli(asked).unwrap_or(0))
        }
        (Kind::Pod, _) => {
            let (side, what) = resource.split_once('.').unwrap_or(("requests", resource));
            if matches!((side, what), ("requests" | "limits", "cpu" | "memory")) {
                of_containers(object, side, what)
            } else {
                Take::Nothing
            }
        }
        _ => Take::Nothing,
    }
}

fn of_containers(pod: &Object, side: &str, what: &str) -> Take {
    let pointer = format!("/resources/{side}/{what}");
    let containers = pod.list("/spec/containers").iter();
    let unsaid = containers.filter(|it| quantity::parse_milli(it.text(&pointer)).is_none());
    let unsaid: Vec<String> = unsaid.map(|it| it.text("/name").to_owned()).collect();
    if unsaid.is_empty() {
        let held: Amounts = demand::held(pod, side);
        Take::Amount(held.get(what).copied().unwrap_or(0))
    } else {
        Take::Unsaid(unsaid)
    }
}

/// How much all objects of a namespace take of a resource.
pub(crate) fn used(objects: &Objects, namespace: &str, resource: &str) -> u64 {
    let kinds = [Kind::Pod, Kind::PersistentVolumeClaim, Kind::Service];
    let all = kinds.into_iter().flat_map(|kind| {
        let here = objects.list(kind, Some(namespace));
        here.map(move |object| take(resource, kind, object))
    });
    all.map(|take| match take {
        Take::Amount(amount) => amount,
        _ => 0,
    })
    .sum()
}

/// An amount of a resource, as the API server writes it.
pub(crate) fn shown(resource: &str, amount: u64) -> String {
    if resource.ends_with("storage") || resource.ends_with("memory") {
        quantity::of_bytes(amount / 1000)
    } else {
        quantity::canonical(&format!("{amount}m")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_taken_and_what_is_not_said() {
        let pod = json!({"spec": {"containers": [
            {"name": "a", "resources": {"requests": {"cpu": "500m"}}}, {"name": "b"},
        ]}});
        assert_eq!(take("pods", Kind::Pod, &pod), Take::Amount(1000));
        assert_eq!(
            take("requests.cpu", Kind::Pod, &pod),
            Take::Unsaid(vec!["b".into()])
        );
        assert_eq!(take("services", Kind::Pod, &pod), Take::Nothing);
        assert_eq!(shown("cpu", 1500), "1500m");
        assert_eq!(shown("pods", 2000), "2");
        assert_eq!(shown("requests.storage", 1_073_741_824_000), "1Gi");
    }
}
