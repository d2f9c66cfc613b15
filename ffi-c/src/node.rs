//! Nodes.

use core::mem::{offset_of, size_of};

use statefulset::{Node, NodeState};

use crate::fail::Fail;
use crate::place::Place;

/// It reports, and is ready.
pub const STS_NODE_READY: u32 = 0;
/// It reports, and is not ready.
pub const STS_NODE_NOT_READY: u32 = 1;
/// It does not report. Its processes may still run.
pub const STS_NODE_UNREACHABLE: u32 = 2;
/// It cannot run anything: it is powered off or cut off from its volumes, and somebody has confirmed that.
pub const STS_NODE_FENCED: u32 = 3;
/// The operator removed it, and so vouches that nothing runs on it. A node that is only missing from `nodes` does not
/// count as gone.
pub const STS_NODE_GONE: u32 = 4;

/// No new pod is placed there.
pub const STS_NODE_CORDONED: u32 = 1;
/// Its pods are to be moved elsewhere.
pub const STS_NODE_DRAINING: u32 = 2;
/// `since_ms` is present.
pub const STS_NODE_SINCE: u32 = 4;

const FLAGS: u32 = 7;

/// One node.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_node {
    /// STS_NODE_READY … STS_NODE_GONE
    pub state: u32,
    /// STS_NODE_CORDONED, STS_NODE_DRAINING, STS_NODE_SINCE
    pub flags: u32,
    /// Since when it is in its state. Optional.
    pub since_ms: i64,
    /// Must be 0.
    pub reserved: [u64; 2],
}

const _: () = assert!(size_of::<sts_node>() == 32 && offset_of!(sts_node, since_ms) == 8);

impl sts_node {
    pub(crate) fn read(&self, place: Place) -> Result<Node, Fail> {
        let has = |flag| self.flags & flag != 0;
        place.flags("flags", self.flags, FLAGS)?;
        place.reserved("reserved", self.reserved)?;
        Ok(Node {
            state: place.number("state", self.state, state)?,
            cordoned: has(STS_NODE_CORDONED),
            draining: has(STS_NODE_DRAINING),
            since: place.optional("since_ms", has(STS_NODE_SINCE), self.since_ms)?,
        })
    }
}

const fn state(number: u32) -> Option<NodeState> {
    Some(match number {
        STS_NODE_READY => NodeState::Ready,
        STS_NODE_NOT_READY => NodeState::NotReady,
        STS_NODE_UNREACHABLE => NodeState::Unreachable,
        STS_NODE_FENCED => NodeState::Fenced,
        STS_NODE_GONE => NodeState::Gone,
        _ => return None,
    })
}
