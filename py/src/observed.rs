//! The cluster as it was last seen.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::claim::Claim;
use crate::field::List;
use crate::node::{Budget, Node};
use crate::pod::Pod;
use crate::value::value_class;
use crate::volume::{Reach, Volume};

value_class! {
    /// What the caller sees of the cluster. The lists may be in any order. Actions refer to their entries by index.
    ///
    /// Unknown is not the same as empty. A list other than `pods` is None where it is not known. It never leads to an
    /// eviction, a forced deletion or a deleted claim.
    Observed in "observed" {
        /// The set's pods.
        pods: Vec<Pod> => List<Pod>,
        /// Claims named after the set's templates, of any ordinal.
        claims: Option<Vec<Claim>> = None => Option<List<Claim>>,
        /// Volumes that claims may be bound to.
        volumes: Option<Vec<Volume>> = None => Option<List<Volume>>,
        /// Nodes.
        nodes: Option<Vec<Node>> = None => Option<List<Node>>,
        /// Disruption budgets.
        budgets: Option<Vec<Budget>> = None => Option<List<Budget>>,
        /// Whether the lists are at least as new as the caller's own writes. If not, the plan is one wait.
        fresh: bool = true => bool,
        /// The nodes of each group that a volume's `reach` names, as `Reach` objects. A node may be in several groups.
        /// A group without an entry is reached from no node. Nodes that no claim refers to may be left out.
        reach: Vec<Reach> = NOTHING => List<Reach>,
    }
}

const NOTHING: Vec<Reach> = Vec::new();

/// What Python passes: all that was seen, or the pods alone.
pub(crate) enum ObservedArgument<'a, 'py> {
    All(Borrowed<'a, 'py, Observed>),
    Pods(Vec<Bound<'py, Pod>>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for ObservedArgument<'a, 'py> {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(all) = object.cast::<Observed>() {
            return Ok(Self::All(all));
        }
        object.extract().map(Self::Pods).map_err(|_| {
            let message = "expected an Observed, or a sequence of Pod";
            PyTypeError::new_err(message)
        })
    }
}

/// The planner's own records.
pub(crate) struct Facts {
    fresh: bool,
    pods: Vec<statefulset::Pod>,
    claims: Option<Vec<statefulset::Claim>>,
    volumes: Option<Vec<statefulset::Volume>>,
    nodes: Option<Vec<statefulset::Node>>,
    budgets: Option<Vec<statefulset::Budget>>,
    reach: Vec<statefulset::Reach>,
}

impl Facts {
    pub(crate) fn of(argument: &ObservedArgument<'_, '_>) -> Self {
        fn each<T, F>(list: Option<&List<T>>, fact: impl Fn(&T) -> F) -> Option<Vec<F>> {
            list.map(|list| list.0.iter().map(fact).collect())
        }
        match argument {
            ObservedArgument::Pods(pods) => Self {
                fresh: true,
                pods: pods.iter().map(|pod| pod.get().fact()).collect(),
                claims: None,
                volumes: None,
                nodes: None,
                budgets: None,
                reach: Vec::new(),
            },
            ObservedArgument::All(all) => {
                let all = all.get();
                Self {
                    fresh: all.fresh,
                    pods: all.pods.0.iter().map(Pod::fact).collect(),
                    claims: each(all.claims.as_ref(), Claim::fact),
                    volumes: each(all.volumes.as_ref(), Volume::fact),
                    nodes: each(all.nodes.as_ref(), Node::fact),
                    budgets: each(all.budgets.as_ref(), Budget::fact),
                    reach: all.reach.0.iter().map(Reach::fact).collect(),
                }
            }
        }
    }

    /// How many records there are of what sets have themselves.
    pub(crate) fn size(&self) -> usize {
        self.pods.len() + self.claims.as_ref().map_or(0, Vec::len)
    }

    pub(crate) fn observed(&self) -> statefulset::Observed<'_> {
        statefulset::Observed {
            fresh: self.fresh,
            pods: &self.pods,
            claims: self.claims.as_deref(),
            volumes: self.volumes.as_deref(),
            nodes: self.nodes.as_deref(),
            budgets: self.budgets.as_deref(),
            reach: &self.reach,
        }
    }
}
