//! What a pod takes up on its node while it is resized: the most of what it asks for, what it has been promised, and what it has.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Amount, as_a_whole, of_containers, raise, read};
use crate::values::object::{Fields, Object};

/// What the pod takes up (`requests`), or may use at most (`limits`). What cannot be had does not count.
pub(crate) fn held<A: Amount>(pod: &Object, side: &str) -> BTreeMap<String, A> {
    let asked = format!("/resources/{side}");
    let promised = "/allocatedResources";
    let infeasible = is_infeasible(pod);
    // What a container has been promised or has, where that is said; else what it asks for.
    let said = |fields: &[&str]| {
        of_containers(pod, |container| {
            let status = status(pod, container.text("/name"));
            let mut lists = fields.iter().filter_map(|field| status?.pointer(field));
            let asks = || container.pointer(&asked).filter(|_| !infeasible);
            read(lists.next().or_else(asks))
        })
    };
    let is_requested = side == "requests";
    let mut most = BTreeMap::new();
    if !infeasible {
        raise(&mut most, said(&[]));
    }
    if is_requested {
        raise(&mut most, said(&[promised]));
        raise(&mut most, said(&[&asked, promised]));
    } else {
        raise(&mut most, said(&[&asked]));
    }
    as_a_whole(pod, side, most)
}

/// The status of the container of this name.
fn status<'p>(pod: &'p Object, name: &str) -> Option<&'p Value> {
    let lists = ["/status/containerStatuses", "/status/initContainerStatuses"];
    let mut statuses = lists.into_iter().flat_map(|list| pod.list(list));
    statuses.find(|status| status.text("/name") == name)
}

/// Whether its node will never have what the pod asks for.
pub(crate) fn is_infeasible(pod: &Object) -> bool {
    let mut conditions = pod.list("/status/conditions").iter();
    let pending = conditions.find(|it| it.text("/type") == "PodResizePending");
    pending.is_some_and(|it| it.text("/reason") == "Infeasible")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::values::demand::Amounts;

    fn cpu(reason: &str, spec: &str, allocated: &str, has: &str) -> u64 {
        let pod = json!({
            "spec": {"containers": [{"name": "c", "resources": {"requests": {"cpu": spec}}}]},
            "status": {
                "conditions": [{"type": "PodResizePending", "reason": reason}],
                "containerStatuses": [{
                    "name": "c", "allocatedResources": {"cpu": allocated},
                    "resources": {"requests": {"cpu": has}},
                }],
            },
        });
        let held: Amounts = held(&pod, "requests");
        held.get("cpu").copied().unwrap_or(0)
    }

    #[test]
    fn the_most_counts() {
        assert_eq!(cpu("", "3", "1", "1"), 3000);
        assert_eq!(cpu("", "1", "2", "1"), 2000);
        assert_eq!(cpu("", "1", "1", "2"), 2000);
        assert_eq!(cpu("Deferred", "3", "1", "1"), 3000);
        assert_eq!(cpu("Infeasible", "3", "1", "2"), 2000);
    }

    #[test]
    fn the_sums_are_compared_and_not_the_containers() {
        let container =
            |name: &str, cpu: &str| json!({"name": name, "resources": {"requests": {"cpu": cpu}}});
        let status = |name: &str, cpu: &str| {
            let has = json!({"cpu": cpu});
            json!({"name": name, "allocatedResources": has, "resources": {"requests": has}})
        };
        let pod = json!({
            "spec": {"containers": [container("a", "3"), container("b", "1")]},
            "status": {"containerStatuses": [status("a", "1"), status("b", "2")]},
        });
        let held: Amounts = held(&pod, "requests");
        assert_eq!(held.get("cpu"), Some(&4000));
    }

    #[test]
    fn without_a_status_the_specification_counts() {
        let pod = json!({"spec": {"containers": [{"resources": {"limits": {"cpu": "2"}}}]}});
        let held: Amounts = held(&pod, "limits");
        assert_eq!(held.get("cpu"), Some(&2000));
    }
}
