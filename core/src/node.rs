//! A node, and a disruption budget, as the caller last saw them.

use crate::all::all;
use crate::time::Millis;

/// The index of a node that a pod names and that the list does not show. The node may be gone, or the list may be too old,
/// so the pod's processes may still run (rule [L-3](crate::rules#L-3)).
pub const UNLISTED: u32 = u32::MAX;

/// One node. The default one is ready, and takes pods.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Node {
    /// What is known of it.
    pub state: NodeState,
    /// Whether new pods may not go there.
    pub cordoned: bool,
    /// Whether its pods are to be moved elsewhere.
    pub draining: bool,
    /// Since when it is in its state, in milliseconds since the Unix epoch; `None` if that is not known.
    pub since: Option<Millis>,
}

/// What is known of a node. A node is gone only where this says so, never because it is missing from a list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum NodeState {
    /// It reports, and is ready.
    #[default]
    Ready,
    /// It reports, and is not ready.
    NotReady,
    /// It does not report. Its processes may still run.
    Unreachable,
    /// It cannot run anything: it is powered off or cut off from its volumes, and somebody has confirmed this.
    Fenced,
    /// The operator removed it, which confirms that it does not run any more.
    Gone,
}

all!(
    /// All values.
    NodeState {
        Ready,
        NotReady,
        Unreachable,
        Fenced,
        Gone,
    }
);

/// One disruption budget. Other sets may share it, so it must be checked again when a pod is evicted, as the eviction API
/// does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Budget {
    /// How many more pods may be disturbed now.
    pub allowed: u32,
    /// How many pods are healthy.
    pub healthy: u32,
    /// How many must stay healthy.
    pub desired_healthy: u32,
    /// Whether unready pods may always go (`unhealthyPodEvictionPolicy: AlwaysAllow`).
    pub unhealthy_always: bool,
}
