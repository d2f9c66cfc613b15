//! The eviction subresource of pods: a deletion that asks the disruption budgets first.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::precondition::check_uid;
use super::{DeleteOptions, Store};
use crate::values::budget::{covers, set_allowed_condition};
use crate::values::condition::{Condition, set_condition};
use crate::values::error::{ApiError, ApiReason};
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// So many pods may be on their way out under one budget.
const MAX_DISRUPTED: usize = 2000;

impl Store {
    /// Evicts a pod: deletes it if its disruption budget allows that. `TooManyRequests` is the budget's refusal.
    pub fn evict(
        &mut self,
        namespace: &str,
        name: &str,
        options: &DeleteOptions,
    ) -> Result<Rc<Object>, ApiError> {
        let pod = self.require(Kind::Pod, namespace, name)?;
        check_uid(Kind::Pod, name, options.uid.as_deref().unwrap_or(""), &pod)?;
        if let Some(budget) = self.asked_budget(&pod)? {
            self.spend(&budget, name);
        }
        if !pod.is_terminating() {
            let now = self.now();
            self.edit(Kind::Pod, namespace, name, |pod| {
                let condition = Condition {
                    kind: "DisruptionTarget",
                    holds: true,
                    reason: "EvictionByEvictionAPI",
                    message: "Eviction API: evicting",
                    generation: None,
                };
                set_condition(pod, condition, now);
            });
        }
        self.delete(Kind::Pod, namespace, name, options)
    }

    /// What [`evict`](Self::evict) would answer, as its dry run in Kubernetes does.
    pub fn may_evict(&self, namespace: &str, name: &str) -> Result<(), ApiError> {
        let pod = self.require(Kind::Pod, namespace, name)?;
        self.asked_budget(&pod).map(|_| ())
    }

    /// The budget that allows one disruption of the pod, if there is a budget and the pod has to ask it.
    fn asked_budget(&self, pod: &Object) -> Result<Option<Rc<Object>>, ApiError> {
        if is_free(pod) {
            return Ok(None);
        }
        let budgets = self.list(Kind::PodDisruptionBudget, Some(pod.namespace()));
        let mut budgets = budgets.filter(|budget| covers(budget, pod));
        let Some(budget) = budgets.next() else {
            return Ok(None);
        };
        let refuse = |reason, message: &str| Err(ApiError::new(reason, message));
        if budgets.next().is_some() {
            let message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not \
                           support.";
            return refuse(ApiReason::InternalError, message);
        }
        if pod.condition("Ready") != "True" && lets_unready_go(budget) {
            return Ok(None);
        }
        let generation = budget.int("/metadata/generation").unwrap_or(0);
        if status(budget, "observedGeneration") < generation {
            let name = budget.name();
            let message =
                format!("The disruption budget {name} is still being processed by the server.");
            return refuse(ApiReason::TooManyRequests, &message);
        }
        let disrupted = budget.pointer("/status/disruptedPods");
        let disrupted = disrupted.and_then(Value::as_object).map_or(0, Map::len);
        if disrupted > MAX_DISRUPTED {
            let message =
                "DisruptedPods map too big - too many evictions not confirmed by PDB controller";
            return refuse(ApiReason::Forbidden, message);
        }
        match status(budget, "disruptionsAllowed") {
            ..0 => refuse(ApiReason::Forbidden, "pdb disruptions allowed is negative"),
            0 => {
                let message = "Cannot evict pod as it would violate the pod's disruption budget.";
                refuse(ApiReason::TooManyRequests, message)
            }
            _ => Ok(Some(Rc::clone(budget))),
        }
    }

    /// Takes one disruption, of this pod, out of a budget.
    fn spend(&mut self, budget: &Object, pod: &str) {
        let now = self.now();
        let (kind, namespace) = (Kind::PodDisruptionBudget, budget.namespace());
        self.edit(kind, namespace, budget.name(), |budget| {
            let allowed = status(budget, "disruptionsAllowed");
            budget.put("/status/disruptionsAllowed", json!(allowed - 1));
            let at = json!(instant::rfc3339(now));
            budget.put(&format!("/status/disruptedPods/{pod}"), at);
            set_allowed_condition(budget, now);
        });
    }
}

fn status(budget: &Object, field: &str) -> i64 {
    budget.int(&format!("/status/{field}")).unwrap_or(0)
}

/// Whether nobody is asked: nothing is disturbed where nothing works yet, or any more.
fn is_free(pod: &Object) -> bool {
    pod.is_terminating()
        || matches!(
            pod.text("/status/phase"),
            "Pending" | "Succeeded" | "Failed"
        )
}

/// Whether a pod that is not ready may go without being counted: always, or where the others suffice.
fn lets_unready_go(budget: &Object) -> bool {
    let desired = budget.int("/status/desiredHealthy").unwrap_or(0);
    budget.text("/spec/unhealthyPodEvictionPolicy") == "AlwaysAllow"
        || (desired > 0 && budget.int("/status/currentHealthy").unwrap_or(0) >= desired)
}
