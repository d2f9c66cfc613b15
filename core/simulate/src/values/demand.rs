//! What a pod asks of its node, added up over its containers.

use std::collections::BTreeMap;

use serde_json::Value;
use statefulset::kubernetes::quantity;

use super::object::{Fields, Object};

mod held;

pub(crate) use held::{held, is_infeasible};

/// Amounts by the name of the resource, in thousandths.
pub(crate) type Amounts = BTreeMap<String, u64>;

/// One amount of a resource.
pub(crate) trait Amount: Clone + Default {
    fn read(quantity: &Value) -> Self;
    fn add(&mut self, more: &Self);
    fn is_more_than(&self, other: &Self) -> bool;
}

impl Amount for u64 {
    fn read(quantity: &Value) -> Self {
        milli(quantity)
    }

    fn add(&mut self, more: &Self) {
        *self = self.saturating_add(*more);
    }

    fn is_more_than(&self, other: &Self) -> bool {
        self > other
    }
}

/// What the pod asks for (`requests`), or may use at most (`limits`), in thousandths.
pub(crate) fn of(pod: &Object, side: &str) -> Amounts {
    counted(pod, side)
}

/// What the pod asks for (`requests`), or may use at most (`limits`).
///
/// Its containers run beside each other and beside its sidecars. An init container runs alone, beside the sidecars that
/// were started before it, so only the largest need of them counts.
pub(crate) fn counted<A: Amount>(pod: &Object, side: &str) -> BTreeMap<String, A> {
    let pointer = format!("/resources/{side}");
    let all = of_containers(pod, |container| read(container.pointer(&pointer)));
    as_a_whole(pod, side, all)
}

/// What the containers of a pod need together, where each needs so much.
fn of_containers<A: Amount>(
    pod: &Object,
    need: impl Fn(&Value) -> BTreeMap<String, A>,
) -> BTreeMap<String, A> {
    let mut all = BTreeMap::new();
    for container in pod.list("/spec/containers") {
        add(&mut all, &need(container));
    }
    let (mut sidecars, mut starting) = (BTreeMap::new(), BTreeMap::new());
    for container in pod.list("/spec/initContainers") {
        let mut need = need(container);
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
    all
}

/// What the pod needs whose containers need so much together.
fn as_a_whole<A: Amount>(
    pod: &Object,
    side: &str,
    mut all: BTreeMap<String, A>,
) -> BTreeMap<String, A> {
    // What is said for the pod as a whole stands above what its containers say.
    all.extend(read(pod.pointer(&format!("/spec/resources/{side}"))));
    let mut overhead = read(pod.pointer("/spec/overhead"));
    if side == "limits" {
        // Where there is no limit, the overhead is none either.
        let limited = |limit: &A| limit.is_more_than(&A::default());
        overhead.retain(|name, _| all.get(name).is_some_and(limited));
    }
    add(&mut all, &overhead);
    all
}

/// An amount in thousandths as kubelets write it in sentences: processors by the thousandth, all else whole.
pub(crate) const fn counted_as(resource: &str, amount: u64) -> u64 {
    match resource.as_bytes() {
        b"cpu" => amount,
        _ => amount.div_ceil(1000),
    }
}

/// A list of resources, read, in thousandths.
pub(crate) fn amounts(list: Option<&Value>) -> Amounts {
    read(list)
}

fn read<A: Amount>(list: Option<&Value>) -> BTreeMap<String, A> {
    let list = list.and_then(Value::as_object).into_iter().flatten();
    list.map(|(name, amount)| (name.clone(), A::read(amount)))
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
pub(crate) fn add<A: Amount>(to: &mut BTreeMap<String, A>, what: &BTreeMap<String, A>) {
    for (name, amount) in what {
        to.entry(name.clone()).or_default().add(amount);
    }
}

/// Raises each amount to at least this.
fn raise<A: Amount>(all: &mut BTreeMap<String, A>, least: BTreeMap<String, A>) {
    for (name, amount) in least {
        let now = all.entry(name).or_default();
        if amount.is_more_than(now) {
            *now = amount;
        }
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
