//! The machines under the nodes: whether they have power, and whether their kubelets reach the API server.

use std::collections::BTreeMap;

use crate::store::not_found;
use crate::values::error::ApiError;
use crate::values::kind::Kind;

/// How a node fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// No power: everything on it stops at once.
    Power,
    /// No network: everything on it goes on, and nobody hears of it.
    Network,
}

/// The machines, by the names of their nodes. A machine outlives its node object.
#[derive(Debug, Default)]
pub(super) struct Machines {
    failures: BTreeMap<String, Option<Failure>>,
}

impl Machines {
    /// There is a machine of this name.
    pub(super) fn put_up(&mut self, name: &str) {
        self.failures.entry(name.to_owned()).or_default();
    }

    /// Whether its kubelet reaches the API server.
    pub(super) fn talks(&self, name: &str) -> bool {
        self.failure(name).is_none()
    }

    /// Whether anything can run on it.
    pub(super) fn has_power(&self, name: &str) -> bool {
        self.failure(name) != Some(Failure::Power)
    }

    /// What is wrong with it.
    pub(super) fn failure(&self, name: &str) -> Option<Failure> {
        self.failures.get(name).copied().flatten()
    }

    /// Sets what is wrong with it, and says what was before.
    pub(super) fn change(
        &mut self,
        name: &str,
        failure: Option<Failure>,
    ) -> Result<Option<Failure>, ApiError> {
        let machine = self.failures.get_mut(name);
        let machine = machine.ok_or_else(|| not_found(Kind::Node, name))?;
        Ok(std::mem::replace(machine, failure))
    }
}
