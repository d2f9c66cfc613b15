//! A plan in sentences.

use pyo3::prelude::*;
use statefulset::Names;

use crate::desired::StatefulSet;
use crate::error::guard;
use crate::field::Field;
use crate::moment::{Moment, When};
use crate::observed::{Facts, ObservedArgument};
use crate::plan::Plan;

/// Names that only the caller knows, by the indexes of its lists.
struct Named<'a> {
    pods: &'a [statefulset::Pod],
    nodes: Vec<String>,
    volumes: Vec<String>,
    budgets: Vec<String>,
}

impl Names for Named<'_> {
    fn node(&self, index: u32) -> Option<&str> {
        at(&self.nodes, index)
    }

    fn node_of(&self, pod: u32) -> Option<&str> {
        let pod = self.pods.get(usize::try_from(pod).ok()?)?;
        self.node(pod.node?)
    }

    fn volume(&self, index: u32) -> Option<&str> {
        at(&self.volumes, index)
    }

    fn budget(&self, index: u32) -> Option<&str> {
        at(&self.budgets, index)
    }
}

fn at(names: &[String], index: u32) -> Option<&str> {
    names.get(index as usize).map(String::as_str)
}

#[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
/// Gives a plan in sentences, one line for each action and each wait: what would be done, and what keeps the rest
/// waiting.
///
/// Args:
///     desired: the set that the plan was made from.
///     observed: the `Observed` or the pods that the plan was made from.
///     plan: the plan.
///     now: the moment that the plan was made for.
///     nodes: names of `observed.nodes`. An entry without a name is called by its number.
///     volumes: names of `observed.volumes`.
///     budgets: names of `observed.budgets`.
///
/// Raises:
///     PlanError: `now` is no moment.
#[pyfunction]
#[pyo3(signature = (desired, observed, plan, now, *, nodes=Vec::new(), volumes=Vec::new(), budgets=Vec::new()))]
#[expect(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    reason = "what Python passes is extracted into values"
)]
pub(crate) fn explain(
    py: Python<'_>,
    desired: &StatefulSet,
    observed: ObservedArgument<'_, '_>,
    plan: &Plan,
    now: When,
    nodes: Vec<String>,
    volumes: Vec<String>,
    budgets: Vec<String>,
) -> PyResult<String> {
    let Moment(now) = Moment::read(now).map_err(|fault| fault.of_argument(py, "now"))?;
    let facts = Facts::of(&observed);
    let observed = facts.observed();
    let names = Named {
        pods: observed.pods,
        nodes,
        volumes,
        budgets,
    };
    guard(|| {
        desired.lend(|desired| {
            statefulset::explain(desired, &observed, &plan.decided, now)
                .with_names(&names)
                .to_string()
        })
    })
}
