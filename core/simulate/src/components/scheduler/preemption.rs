//! Room for a pod of a higher priority: which pods have to leave which node, as kube-scheduler's default preemption chooses.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use statefulset::Millis;

use super::filter::{Candidate, Filters, Refusal};
use super::unfit::Attempt;
use super::{Name, SOURCE, Scheduler};
use crate::components::recorder::record;
use crate::store::{DeleteOptions, Store};
use crate::values::budget;
use crate::values::condition::{Condition, set_condition};
use crate::values::generation::observed;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// So many nodes are tried out, or a tenth of all where that is more.
const CANDIDATES: usize = 100;

/// A node that can take the pod once these pods have left it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Choice {
    pub(crate) node: String,
    /// Those that have to leave, the most important first.
    pub(crate) victims: Vec<Rc<Object>>,
    /// How many of them a disruption budget would keep.
    pub(crate) violations: usize,
}

impl Choice {
    /// The node with the lowest is taken: the fewest violations, the least important victims, and of several the ones that
    /// have run for the shortest time.
    fn cost(&self) -> (usize, i64, i64, usize, Reverse<Millis>) {
        let priorities = || self.victims.iter().map(|pod| priority(pod));
        let highest = priorities().max().unwrap_or(0);
        // Each victim counts, those with a priority below 0 too.
        let sum = priorities().map(|it| it + (1 << 31)).sum();
        let important = self.victims.iter().filter(|pod| priority(pod) == highest);
        let since = important.map(|pod| started(pod)).min().unwrap_or(0);
        let count = self.victims.len();
        (self.violations, highest, sum, count, Reverse(since))
    }
}

impl Scheduler {
    /// Looks for the node that the fewest have to leave for the pod. `tried` are the nodes that might take it without
    /// others, by name.
    pub(super) fn make_room(
        &mut self,
        candidate: &Candidate<'_>,
        tried: &BTreeSet<String>,
    ) -> Attempt {
        let pod = candidate.pod;
        if pod.text("/spec/preemptionPolicy") == "Never" {
            return Attempt::Barred("not eligible due to preemptionPolicy=Never");
        }
        if self.is_waiting(pod, tried) {
            return Attempt::Barred("not eligible due to a terminating pod on the nominated node");
        }
        let most = (tried.len() / 10).max(CANDIDATES);
        let mut rooms: Vec<Choice> = Vec::new();
        let mut refusals = Vec::new();
        for node in tried {
            match self.victims(candidate, node) {
                Ok(room) if !room.victims.is_empty() => rooms.push(room),
                Ok(_) => {}
                Err(refusal) => refusals.push(refusal),
            }
            if rooms.len() >= most && rooms.iter().any(|room| room.violations == 0) {
                break;
            }
        }
        let best = rooms.iter().min_by_key(|room| room.cost()).cloned();
        match best {
            Some(best) => Attempt::Found { best, all: rooms },
            None => Attempt::Useless(refusals),
        }
    }

    /// Whether pods are leaving the node that the pod was promised.
    fn is_waiting(&self, pod: &Object, tried: &BTreeSet<String>) -> bool {
        let node = pod.text(NOMINATED);
        if node.is_empty() || !tried.contains(node) {
            return false;
        }
        let room = self.census.room(node);
        room.is_some_and(|room| {
            let mut pods = room.pods.values();
            pods.any(|it| priority(it) < priority(pod) && is_leaving(it))
        })
    }

    /// Those who have to leave this node. First all leave that may, then as many come back as there is room for, those first
    /// whom a budget keeps.
    fn victims(&mut self, candidate: &Candidate<'_>, node: &str) -> Result<Choice, Refusal> {
        let pods = self.census.room(node).map(|room| &room.pods);
        let lower = pods.into_iter().flatten();
        let lower = lower.filter(|(_, pod)| priority(pod) < priority(candidate.pod));
        let mut lower: Vec<(Name, Rc<Object>)> = lower
            .map(|(name, pod)| (name.clone(), Rc::clone(pod)))
            .collect();
        if lower.is_empty() {
            return Err(Refusal::of_node(
                "No preemption victims found for incoming pod",
            ));
        }
        for (name, _) in &lower {
            self.census.remove(name);
        }
        if let Some(refusal) = self.refusal(candidate, node) {
            for (name, pod) in &lower {
                self.census.place(name, pod);
            }
            return Err(refusal);
        }
        lower.sort_by_key(|(_, pod)| (Reverse(priority(pod)), started(pod)));
        let kept = kept_by_budgets(candidate, &lower);
        let mut away: Vec<&(Name, Rc<Object>)> = Vec::new();
        let mut violations = 0;
        for by_budget in [true, false] {
            for victim in lower.iter().filter(|it| kept.contains(&it.0) == by_budget) {
                self.census.place(&victim.0, &victim.1);
                if self.refusal(candidate, node).is_some() {
                    self.census.remove(&victim.0);
                    away.push(victim);
                    violations += usize::from(by_budget);
                }
            }
        }
        for (name, pod) in &away {
            self.census.place(name, pod);
        }
        away.sort_by_key(|(_, pod)| (Reverse(priority(pod)), started(pod)));
        Ok(Choice {
            node: node.to_owned(),
            victims: away.into_iter().map(|(_, pod)| Rc::clone(pod)).collect(),
            violations,
        })
    }
}

impl Scheduler {
    /// Why a node cannot take the pod beside those that were promised it, or as it is.
    pub(super) fn refusal(&mut self, candidate: &Candidate<'_>, node: &str) -> Option<Refusal> {
        let beside = self.beside_guests_on(candidate, node);
        beside.or_else(|| self.refusal_now(candidate, node))
    }

    /// Why nodes cannot take the pod beside those that were promised them.
    pub(super) fn beside_guests(&mut self, candidate: &Candidate<'_>) -> BTreeMap<String, Refusal> {
        let nodes: Vec<String> = self.promised.keys().cloned().collect();
        let refusals = nodes.into_iter().filter_map(|node| {
            let refusal = self.beside_guests_on(candidate, &node)?;
            Some((node, refusal))
        });
        refusals.collect()
    }

    /// Those of a lower priority do not count.
    fn beside_guests_on(&mut self, candidate: &Candidate<'_>, node: &str) -> Option<Refusal> {
        let Candidate { pod, store, .. } = *candidate;
        let guests = self.promised.get(node).into_iter().flatten();
        let guests = guests.filter_map(|name| {
            let guest = store.get(Kind::Pod, &name.0, &name.1)?;
            let counts = priority(guest) >= priority(pod) && guest.uid() != pod.uid();
            counts.then(|| (name.clone(), Rc::clone(guest)))
        });
        let guests: Vec<(Name, Rc<Object>)> = guests.collect();
        if guests.is_empty() {
            return None;
        }
        for (name, guest) in &guests {
            self.census.place_at(name, guest, node);
        }
        let refusal = self.refusal_now(candidate, node);
        for (name, _) in &guests {
            self.census.remove(name);
        }
        refusal
    }

    fn refusal_now(&mut self, candidate: &Candidate<'_>, node: &str) -> Option<Refusal> {
        let filters = Filters::of(candidate, &mut self.census);
        filters.refusal(self.census.room(node)?)
    }

    /// Asks those who have to leave to go, and takes back what was promised to less important pods.
    pub(super) fn preempt(&self, store: &mut Store, pod: &Object, choice: &Choice) {
        let (now, version) = (store.now(), store.kubernetes);
        for victim in choice.victims.iter().filter(|it| !it.is_terminating()) {
            store.edit(Kind::Pod, victim.namespace(), victim.name(), |victim| {
                let generation = observed(victim, version);
                let condition = Condition {
                    kind: "DisruptionTarget",
                    holds: true,
                    reason: "PreemptionByScheduler",
                    message: "default-scheduler: preempting to accommodate a higher priority pod",
                    generation,
                };
                set_condition(victim, condition, now);
            });
            // Gone already is as good.
            let options = DeleteOptions::default();
            let _ = store.delete(Kind::Pod, victim.namespace(), victim.name(), &options);
            let message = format!("Preempted by pod {} on node {}", pod.uid(), choice.node);
            record(
                store,
                SOURCE,
                victim,
                Kind::Pod,
                true,
                "Preempted",
                &message,
            );
        }
        for (namespace, name) in self.promised.get(&choice.node).into_iter().flatten() {
            let guest = store.get(Kind::Pod, namespace, name);
            if guest.is_some_and(|guest| priority(guest) < priority(pod)) {
                store.edit(Kind::Pod, namespace, name, |guest| {
                    guest.take_away(NOMINATED);
                });
            }
        }
    }
}

/// Where a pod says which node it was promised.
pub(super) const NOMINATED: &str = "/status/nominatedNodeName";

/// The pods, of these in this order, that could not all leave without a budget's being overdrawn.
fn kept_by_budgets(candidate: &Candidate<'_>, pods: &[(Name, Rc<Object>)]) -> BTreeSet<Name> {
    let budgets = candidate.store.list(Kind::PodDisruptionBudget, None);
    let mut budgets: Vec<(&Rc<Object>, i64)> = budgets
        .map(|budget| {
            (
                budget,
                budget.int("/status/disruptionsAllowed").unwrap_or(0),
            )
        })
        .collect();
    let mut kept = BTreeSet::new();
    for (name, pod) in pods {
        let labelled = pod.pointer("/metadata/labels").is_some();
        for (budget, left) in &mut budgets {
            let disrupted = budget.pointer("/status/disruptedPods");
            let covers = labelled
                && budget.namespace() == pod.namespace()
                && !selects_all(budget)
                && budget::covers(budget, pod)
                && disrupted.is_none_or(|pods| pods.get(pod.name()).is_none());
            if covers {
                *left -= 1;
                if *left < 0 {
                    kept.insert(name.clone());
                    break;
                }
            }
        }
    }
    kept
}

/// A budget for all pods keeps none from being removed by the scheduler, unlike from eviction.
fn selects_all(budget: &Object) -> bool {
    let selector = budget.pointer("/spec/selector");
    selector.is_some_and(super::pod_term::selects_all)
}

/// Whether the scheduler has removed the pod, and it is still there.
fn is_leaving(pod: &Object) -> bool {
    let conditions = pod.list("/status/conditions").iter();
    let mut disrupted = conditions.filter(|it| it.text("/type") == "DisruptionTarget");
    pod.is_terminating()
        && disrupted.next().is_some_and(|it| {
            it.text("/status") == "True" && it.text("/reason") == "PreemptionByScheduler"
        })
}

pub(super) fn priority(pod: &Object) -> i64 {
    pod.int("/spec/priority").unwrap_or(0)
}

/// Since when the pod runs; one that does not yet has run for the shortest time.
fn started(pod: &Object) -> Millis {
    instant::parse(pod.text("/status/startTime")).unwrap_or(Millis::MAX)
}
