//! What pods ask of a node, added up.

use std::collections::BTreeMap;

use serde_json::Value;
use statefulset::kubernetes::quantity;

use super::page::Page;
use crate::kubectl::jsonpath::show;
use crate::values::demand::{self, Amount};
use crate::values::object::Object;

/// An amount in thousandths, which is written as the first of those that were added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Sum {
    milli: u64,
    family: Family,
}

/// The suffixes of an amount: `k`, `Ki` or `e3`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Family {
    #[default]
    Decimal,
    Binary,
    Exponent,
}

impl Amount for Sum {
    fn read(quantity: &Value) -> Self {
        let text = show(quantity);
        let family = match text.rfind(['e', 'E']) {
            _ if text.ends_with('i') => Family::Binary,
            Some(at) if at + 1 < text.len() => Family::Exponent,
            _ => Family::Decimal,
        };
        let milli = quantity::parse_milli(&text).unwrap_or(0);
        Self { milli, family }
    }

    fn add(&mut self, more: &Self) {
        if self.milli == 0 {
            self.family = more.family;
        }
        self.milli = self.milli.saturating_add(more.milli);
    }

    fn is_more_than(&self, other: &Self) -> bool {
        self.milli > other.milli
    }
}

impl Sum {
    /// The amount that a field holds.
    pub(super) fn of(quantity: &Value) -> Self {
        Self::read(quantity)
    }

    /// Rounded up and written as another amount, unless it is written so already.
    pub(super) const fn like(self, other: Self) -> Self {
        if self.family as u8 == other.family as u8 {
            return self;
        }
        Self {
            milli: self.milli.div_ceil(1000).saturating_mul(1000),
            family: other.family,
        }
    }

    /// `1536Mi`
    pub(super) fn text(self) -> String {
        let milli = self.milli;
        match self.family {
            Family::Binary if milli >= 1_024_000 && milli.is_multiple_of(1_024_000) => {
                quantity::of_bytes(milli / 1000)
            }
            Family::Binary if milli >= 1_024_000 && milli.is_multiple_of(1000) => {
                (milli / 1000).to_string()
            }
            Family::Exponent => written(&format!("{milli}e-3")),
            _ => written(&format!("{milli}m")),
        }
    }

    /// As kubectl compares it: processors in thousandths, all else in whole units.
    fn measured(self, resource: &str) -> u64 {
        if resource == "cpu" {
            self.milli
        } else {
            self.milli.div_ceil(1000)
        }
    }

    /// `100m (1%)`, as a part of all that there is.
    fn part(self, all: Self, resource: &str) -> String {
        format!("{} ({}%)", self.text(), self.percent(all, resource))
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "kubectl counts in this way"
    )]
    fn percent(self, all: Self, resource: &str) -> i64 {
        match all.measured(resource) {
            0 => 0,
            all => (self.measured(resource) as f64 / all as f64 * 100.0) as i64,
        }
    }
}

fn written(text: &str) -> String {
    quantity::canonical(text).unwrap_or_else(|| text.to_owned())
}

/// Amounts of resources by their names.
type Sums = BTreeMap<String, Sum>;

fn sum(sums: &Sums, resource: &str) -> Sum {
    sums.get(resource).copied().unwrap_or_default()
}

/// What a node has to give.
pub(super) fn allocatable(node: &Object) -> Sums {
    let read = |field: &str| -> Sums {
        let list = node.pointer(&format!("/status/{field}"));
        let list = list.and_then(Value::as_object).into_iter().flatten();
        list.map(|(name, amount)| (name.clone(), Sum::read(amount)))
            .collect()
    };
    match read("allocatable") {
        none if none.is_empty() => read("capacity"),
        allocatable => allocatable,
    }
}

/// What one pod asks for and is limited to.
pub(super) fn cells(pod: &Object, node: &Sums) -> String {
    let (requests, limits): (Sums, Sums) =
        (demand::held(pod, "requests"), demand::held(pod, "limits"));
    let one = |sums: &Sums, resource: &str| sum(sums, resource).part(sum(node, resource), resource);
    [
        one(&requests, "cpu"),
        one(&limits, "cpu"),
        one(&requests, "memory"),
        one(&limits, "memory"),
    ]
    .join("\t")
}

/// What all pods ask for and are limited to.
pub(super) fn total(page: &mut Page, pods: &[&Object], node: &Sums) {
    let (mut requests, mut limits) = (Sums::new(), Sums::new());
    for pod in pods {
        demand::add(&mut requests, &demand::counted(pod, "requests"));
        demand::add(&mut limits, &demand::counted(pod, "limits"));
    }
    let huge = |name: &&String| name.starts_with("hugepages-");
    let parts = ["cpu", "memory", "ephemeral-storage"]
        .into_iter()
        .chain(node.keys().filter(huge).map(String::as_str));
    let mut rows: Vec<Vec<String>> = parts
        .map(|name| {
            let part = |of: &Sums| sum(of, name).part(sum(node, name), name);
            vec![name.to_owned(), part(&requests), part(&limits)]
        })
        .collect();
    let counted = |name: &&String| {
        !huge(name)
            && !matches!(
                name.as_str(),
                "cpu" | "memory" | "ephemeral-storage" | "pods"
            )
    };
    rows.extend(node.keys().filter(counted).map(|name| {
        let amount = |of: &Sums| sum(of, name).text();
        vec![name.clone(), amount(&requests), amount(&limits)]
    }));
    page.table(1, &["Resource", "Requests", "Limits"], &rows);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Amount as _, Sum, allocatable, cells};

    #[test]
    fn amounts_are_added_and_compared_with_the_node() {
        let node = json!({"status": {"allocatable": {"cpu": "8", "memory": "32Gi"}}});
        let pod = json!({"spec": {
            "containers": [
                {"resources": {"requests": {"cpu": "250m", "memory": "1Gi"}}},
                {"resources": {"requests": {"cpu": 1, "memory": "512Mi"}}},
                {},
            ],
            "initContainers": [{"resources": {"requests": {"cpu": "2"}}}],
        }});
        assert_eq!(
            cells(&pod, &allocatable(&node)),
            "2 (25%)\t0 (0%)\t1536Mi (4%)\t0 (0%)"
        );
    }

    #[test]
    fn a_sum_is_written_as_its_first_amount() {
        for (first, second, expected) in [
            ("1Gi", "100m", "1073741824100m"),
            ("1500Ki", "12e6", "13536000"),
            ("1", "1Gi", "1073741825"),
            ("0", "1Gi", "1Gi"),
            ("12e6", "1M", "13e6"),
            ("1k", "1k", "2k"),
            ("64Ki", "1Mi", "1088Ki"),
        ] {
            let mut sum = Sum::read(&json!(first));
            sum.add(&Sum::read(&json!(second)));
            assert_eq!(sum.text(), expected, "{first} + {second}");
        }
    }
}
