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
    /// No container runtime: everything on it goes on, and its kubelet can start and end nothing, and says so.
    Runtime,
    /// No network plugin: everything on it goes on, and no new pod gets an address.
    Plugin,
}

impl Failure {
    /// Whether its kubelet is not heard of any more.
    pub(crate) const fn is_silent(self) -> bool {
        matches!(self, Self::Power | Self::Network)
    }
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

    /// Whether its kubelet looks after its pods, and says how they are.
    pub(super) fn talks(&self, name: &str) -> bool {
        matches!(self.failure(name), None | Some(Failure::Plugin))
    }

    /// Whether its kubelet can start and end anything.
    pub(super) fn works(&self, name: &str) -> bool {
        !matches!(self.failure(name), Some(Failure::Power | Failure::Runtime))
    }

    /// Whether new pods get no address there.
    pub(super) fn lacks_plugin(&self, name: &str) -> bool {
        self.failure(name) == Some(Failure::Plugin)
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
