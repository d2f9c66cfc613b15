//! What a pod asks of its node, added up over its containers.

use std::collections::BTreeMap;

use serde_json::Value;
use statefulset::kubernetes::quantity;

use super::object::{Fields, Object};

/// Amounts by the name of the resource, in thousandths.
pub(crate) type Amounts = BTreeMap<String, u64>;

/// What the pod asks for (`requests`), or may use at most (`limits`).
///
/// Its containers run beside each other and beside its sidecars. An init container runs alone, beside the sidecars that
/// were started before it, so only the largest need of them counts.
pub(crate) fn of(pod: &Object, side: &str) -> Amounts {
    let pointer = format!("/resources/{side}");
    let mut all = Amounts::new();
    for container in pod.list("/spec/containers") {
        add(&mut all, &amounts(container.pointer(&pointer)));
    }
    let (mut sidecars, mut starting) = (Amounts::new(), Amounts::new());
    for container in pod.list("/spec/initContainers") {
        let mut need = amounts(container.pointer(&pointer));
        if container.text("/restartPolicy") == "Always" {
            add(&mut all, &need);
            add(&mut sidecars, &need);
            need.clone_from(&sidecars);
        } else {
            add(&mut need, &sidecars);
        }
        raise(&mut starting, need);
    }
    raise(&mut all, starting);
    // What is said for the pod as a whole stands above what its containers say.
    all.extend(amounts(pod.pointer(&format!("/spec/resources/{side}"))));
    let mut overhead = amounts(pod.pointer("/spec/overhead"));
    if side == "limits" {
        // Where there is no limit, the overhead is none either.
        overhead.retain(|name, _| all.contains_key(name));
    }
    add(&mut all, &overhead);
    all
}

/// A list of resources, read.
pub(crate) fn amounts(list: Option<&Value>) -> Amounts {
    let list = list.and_then(Value::as_object).into_iter().flatten();
    list.map(|(name, amount)| (name.clone(), milli(amount)))
        .collect()
}

fn milli(amount: &Value) -> u64 {
    let read = match amount {
        Value::String(text) => quantity::parse_milli(text),
        number => quantity::parse_milli(&number.to_string()),
    };
    read.unwrap_or(0)
}

/// Adds each of the amounts.
pub(crate) fn add(to: &mut Amounts, what: &Amounts) {
    for (name, amount) in what {
        let sum = to.entry(name.clone()).or_default();
        *sum = sum.saturating_add(*amount);
    }
}

/// Raises each amount to at least this.
fn raise(all: &mut Amounts, least: Amounts) {
    for (name, amount) in least {
        let now = all.entry(name).or_default();
        *now = amount.max(*now);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of;

    #[test]
    fn init_containers_count_alone_and_sidecars_beside_all() {
        let ask = |cpu: &str| json!({"resources": {"requests": {"cpu": cpu}}});
        let mut sidecar = ask("1");
        sidecar["restartPolicy"] = "Always".into();
        let cpu = |init: &[&serde_json::Value], more: serde_json::Value| {
            let mut pod =
                json!({"spec": {"containers": [ask("2"), ask("500m")], "initContainers": init}});
            for (field, value) in more.as_object().into_iter().flatten() {
                pod["spec"][field] = value.clone();
            }
            of(&pod, "requests")["cpu"]
        };
        let none = json!({});
        assert_eq!(cpu(&[], none.clone()), 2500);
        assert_eq!(cpu(&[&ask("3")], none.clone()), 3000);
        assert_eq!(cpu(&[&sidecar], none.clone()), 3500);
        // Before the sidecar the init container is alone, after it the two run together.
        assert_eq!(cpu(&[&ask("3"), &sidecar], none.clone()), 3500);
        assert_eq!(cpu(&[&sidecar, &ask("3")], none), 4000);
        assert_eq!(cpu(&[], json!({"overhead": {"cpu": "250m"}})), 2750);
        assert_eq!(
            cpu(&[], json!({"resources": {"requests": {"cpu": 4}}})),
            4000
        );
    }
}
