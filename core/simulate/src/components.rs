//! What acts in the cluster: scheduler, kubelets, storage, nodes, network, budgets, namespaces, quotas,
//! garbage collection.
//!
//! They speak to each other through the store. Each may import values, the store and what all components share
//! (`component`, `recorder`, `timers`); besides, the scheduler asks the storage, and a kubelet the network's names.

pub(crate) mod budgets;
pub(crate) mod component;
pub(crate) mod definitions;
pub(crate) mod ephemeral;
pub(crate) mod gc;
pub(crate) mod kubelet;
pub(crate) mod namespaces;
pub(crate) mod network;
pub(crate) mod nodes;
pub(crate) mod protection;
pub(crate) mod quotas;
pub(crate) mod recorder;
pub(crate) mod scheduler;
pub(crate) mod storage;
pub(crate) mod timers;
