//! The disruption controller: how many of the pods of a budget may be disturbed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::{Map, Value, json};
use statefulset::Millis;

use crate::components::component::Component;
use crate::components::recorder::record;
use crate::components::timers::{Timers, Urgency};
use crate::store::{Happened, Store};
use crate::values::budget::{admits, covers, generation, set_allowed_condition, set_condition};
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

mod expected;

use expected::{Expected, expected};

/// A pod that was to be evicted and is not gone after this time counts again.
const DELETION_TIMEOUT: Millis = 120_000;

const SOURCE: &str = "controllermanager";

/// Namespace and name.
type Name = (String, String);

/// The disruption controller.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    cursor: u64,
    covered: BTreeMap<Name, Covered>,
    due: BTreeSet<Name>,
    timers: Timers<Name>,
}

/// The pods that one budget covers.
#[derive(Debug, Default)]
struct Covered {
    selector: Value,
    pods: BTreeMap<String, Rc<Object>>,
}

impl Budgets {
    fn follow(&mut self, store: &Store) {
        for change in store.changes_since(self.cursor) {
            let name = (change.key.namespace.clone(), change.key.name.clone());
            let gone = change.happened == Happened::Deleted;
            match change.key.kind {
                Kind::PodDisruptionBudget if gone => {
                    self.covered.remove(&name);
                    self.timers.clear(&name);
                }
                Kind::PodDisruptionBudget => {
                    let selector = change.object.pointer("/spec/selector");
                    let selector = selector.unwrap_or(&Value::Null);
                    let covered = self.covered.entry(name.clone()).or_default();
                    if change.happened == Happened::Added || covered.selector != *selector {
                        let pods = store.list(Kind::Pod, Some(&name.0));
                        let pods = pods.filter(|pod| covers(&change.object, pod));
                        covered.pods = pods.map(|p| (p.name().to_owned(), Rc::clone(p))).collect();
                        covered.selector = selector.clone();
                    }
                    self.due.insert(name);
                }
                Kind::Pod => self.follow_pod(&name, &change.object, gone),
                Kind::StatefulSet => {
                    let here = of_namespace(&mut self.covered, &name.0);
                    self.due.extend(here.map(|(budget, _)| budget.clone()));
                }
                _ => {}
            }
        }
        self.cursor = store.version();
    }

    fn follow_pod(&mut self, name: &Name, pod: &Rc<Object>, gone: bool) {
        for (budget, covered) in of_namespace(&mut self.covered, &name.0) {
            let before = if !gone && admits(&covered.selector, pod) {
                covered.pods.insert(name.1.clone(), Rc::clone(pod))
            } else {
                covered.pods.remove(&name.1)
            };
            if before.is_some() || covered.pods.contains_key(&name.1) {
                self.due.insert(budget.clone());
            }
        }
    }

    fn sync(&mut self, store: &mut Store, name: &Name) {
        let budget = store.get(Kind::PodDisruptionBudget, &name.0, &name.1);
        let (Some(budget), Some(covered)) = (budget.cloned(), self.covered.get(name)) else {
            return;
        };
        let now = store.now();
        let tell = |store: &mut Store, normal: bool, reason: &str, message: &str| {
            let kind = Kind::PodDisruptionBudget;
            record(store, SOURCE, &budget, kind, normal, reason, message);
        };
        let expected = match expected(store, &budget, &covered.pods) {
            Ok(expected) => expected,
            Err(why) => {
                let message = format!("Failed to calculate the number of expected pods: {why}");
                tell(store, false, "CalculateExpectedPodCountFailed", &message);
                store.edit(Kind::PodDisruptionBudget, &name.0, &name.1, |budget| {
                    budget.put("/status/disruptionsAllowed", json!(0));
                    budget.put("/status/observedGeneration", generation(budget));
                    set_condition(budget, false, "SyncFailed", &why, now);
                });
                return;
            }
        };
        let disrupted = disrupted(&budget, &covered.pods, now);
        let healthy = covered.pods.values().filter(|pod| {
            pod.condition("Ready") == "True"
                && !pod.is_terminating()
                && !disrupted.contains_key(pod.name())
        });
        let healthy = i64::try_from(healthy.count()).unwrap_or(i64::MAX);
        let Expected { count, desired } = expected;
        let allowed = if count <= 0 {
            0
        } else {
            (healthy - desired).max(0)
        };
        if covered.pods.is_empty() && budget.pointer("/status/observedGeneration").is_none() {
            tell(store, true, "NoPods", "No matching pods found");
        }
        if expected::counts_controllers(&budget)
            && budget.pointer("/status/observedGeneration") != Some(&generation(&budget))
            && covered.pods.values().any(|pod| pod.controller().is_none())
        {
            tell(store, false, "UnmanagedPods", UNMANAGED);
        }
        match disrupted.values().min() {
            Some(first) => self
                .timers
                .set(name, first + DELETION_TIMEOUT, Urgency::Busy),
            None => self.timers.clear(name),
        }
        store.edit(Kind::PodDisruptionBudget, &name.0, &name.1, |budget| {
            let list = disrupted
                .iter()
                .map(|(pod, at)| (pod.clone(), json!(instant::rfc3339(*at))));
            let list: Map<String, Value> = list.collect();
            if list.is_empty() {
                budget.take_away("/status/disruptedPods");
            } else {
                budget.put("/status/disruptedPods", Value::Object(list));
            }
            budget.put("/status/currentHealthy", json!(healthy));
            budget.put("/status/desiredHealthy", json!(desired));
            budget.put("/status/disruptionsAllowed", json!(allowed));
            budget.put("/status/expectedPods", json!(count));
            budget.put("/status/observedGeneration", generation(budget));
            set_allowed_condition(budget, now);
        });
    }
}

impl Component for Budgets {
    fn act(&mut self, store: &mut Store) {
        self.follow(store);
        while let Some(budget) = self.timers.pop_due(store.now()) {
            self.due.insert(budget);
        }
        for budget in std::mem::take(&mut self.due) {
            self.sync(store, &budget);
        }
    }

    fn next(&self) -> Option<Millis> {
        self.timers.next()
    }
}

const UNMANAGED: &str = "Pods selected by this PodDisruptionBudget were found to be unmanaged. As a result, the status \
                         of the PDB cannot be calculated correctly, which may result in undefined behavior. To account \
                         for these pods please set \".spec.minAvailable\" field of the PDB to an integer value.";

fn of_namespace<'a>(
    budgets: &'a mut BTreeMap<Name, Covered>,
    namespace: &'a str,
) -> impl Iterator<Item = (&'a Name, &'a mut Covered)> {
    let from = (namespace.to_owned(), String::new());
    let here = budgets.range_mut(from..);
    here.take_while(move |((other, _), _)| other == namespace)
}

/// Pods that were evicted and are not gone yet, and since when. They count as gone for a while.
fn disrupted(
    budget: &Object,
    pods: &BTreeMap<String, Rc<Object>>,
    now: Millis,
) -> BTreeMap<String, Millis> {
    let listed = budget
        .pointer("/status/disruptedPods")
        .and_then(Value::as_object);
    let listed = listed.into_iter().flatten();
    let listed = listed.filter_map(|(pod, at)| Some((pod.clone(), instant::parse(at.as_str()?)?)));
    let stays = |pod: &String, at: Millis| {
        at + DELETION_TIMEOUT > now && pods.get(pod).is_some_and(|pod| !pod.is_terminating())
    };
    listed.filter(|(pod, at)| stays(pod, *at)).collect()
}
