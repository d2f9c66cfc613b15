//! How many pods a budget expects, and how many of them have to stay healthy.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;

use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What a budget asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Expected {
    /// So many pods there are to be.
    pub(super) count: i64,
    /// So many of them have to be healthy.
    pub(super) desired: i64,
}

/// A number, or a part of what is expected.
#[derive(Clone, Copy)]
enum Amount {
    Number(i64),
    Percent(i64),
}

impl Amount {
    fn of(budget: &Object, field: &str) -> Option<Self> {
        match budget.pointer(field)? {
            Value::String(text) => Some(Self::Percent(text.strip_suffix('%')?.parse().ok()?)),
            number => Some(Self::Number(number.as_i64()?)),
        }
    }

    /// Parts of a pod count whole, other than in `maxUnavailable` of a StatefulSet.
    const fn of_all(self, all: i64) -> i64 {
        match self {
            Self::Number(number) => number,
            Self::Percent(percent) => {
                let hundredths = all.saturating_mul(percent);
                hundredths / 100 + (hundredths % 100 > 0) as i64
            }
        }
    }
}

/// Whether the budget needs to know what the controllers of its pods want, and not only how many pods there are.
pub(super) fn counts_controllers(budget: &Object) -> bool {
    Amount::of(budget, "/spec/maxUnavailable").is_some()
        || matches!(
            Amount::of(budget, "/spec/minAvailable"),
            Some(Amount::Percent(_))
        )
}

/// What the budget asks for with these pods; or why that cannot be said.
pub(super) fn expected(
    store: &Store,
    budget: &Object,
    pods: &BTreeMap<String, Rc<Object>>,
) -> Result<Expected, String> {
    let count = if counts_controllers(budget) {
        wanted_by_controllers(store, pods)?
    } else {
        i64::try_from(pods.len()).unwrap_or(i64::MAX)
    };
    let most = Amount::of(budget, "/spec/maxUnavailable");
    let least = Amount::of(budget, "/spec/minAvailable");
    let desired = match (most, least) {
        (Some(most), _) => (count - most.of_all(count)).max(0),
        (None, Some(least)) => least.of_all(count),
        (None, None) => 0,
    };
    Ok(Expected { count, desired })
}

/// What the controllers of the pods want in all. Pods without one do not count.
fn wanted_by_controllers(
    store: &Store,
    pods: &BTreeMap<String, Rc<Object>>,
) -> Result<i64, String> {
    let mut counted = BTreeSet::new();
    let mut sum = 0_i64;
    for pod in pods.values() {
        let Some(controller) = pod.controller() else {
            continue;
        };
        if !counted.insert(controller.text("/uid")) {
            continue;
        }
        let kind = controller.text("/kind");
        if kind != Kind::StatefulSet.name() {
            let plural = format!("{}s", kind.to_lowercase());
            let group = controller.text("/apiVersion").split_once('/');
            let group = group.map_or(String::new(), |(group, _)| format!(".{group}"));
            return Err(format!(
                "{plural}{group} does not implement the scale subresource"
            ));
        }
        let set = store.get(Kind::StatefulSet, pod.namespace(), controller.text("/name"));
        let set = set.filter(|set| set.uid() == controller.text("/uid"));
        let set = set.ok_or_else(|| format!("found no controllers for pod \"{}\"", pod.name()))?;
        sum += set.int("/spec/replicas").unwrap_or(1);
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_count_whole() {
        assert_eq!(Amount::Percent(50).of_all(3), 2);
        assert_eq!(Amount::Percent(100).of_all(3), 3);
        assert_eq!(Amount::Percent(0).of_all(3), 0);
        assert_eq!(Amount::Number(7).of_all(3), 7);
    }
}
