//! A node.

use statefulset::{Node, NodeState};

use crate::bits::{Reader, Writer};

/// What is the matter with a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Signal {
    Ready,
    /// It does not report; what runs there goes on.
    Silent,
    /// An operator removed it; nothing runs there.
    Removed,
    /// It was powered off, and somebody has confirmed that.
    Fenced,
}

/// A node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Site {
    pub(crate) signal: Signal,
    pub(crate) draining: bool,
}

impl Site {
    pub(crate) const READY: Self = Self {
        signal: Signal::Ready,
        draining: false,
    };

    /// Whether a process there may still run.
    pub(crate) const fn lives(self) -> bool {
        matches!(self.signal, Signal::Ready | Signal::Silent)
    }

    /// Whether pods are started there.
    pub(crate) const fn takes_pods(self) -> bool {
        matches!(self.signal, Signal::Ready) && !self.draining
    }

    pub(crate) fn seen(self) -> Node {
        Node {
            state: match self.signal {
                Signal::Ready => NodeState::Ready,
                Signal::Silent => NodeState::Unreachable,
                Signal::Removed => NodeState::Gone,
                Signal::Fenced => NodeState::Fenced,
            },
            cordoned: self.draining,
            draining: self.draining,
            since: Some(0),
        }
    }

    pub(crate) fn write(self, to: &mut Writer) {
        to.put(self.signal as u8, 2);
        to.flag(self.draining);
    }

    pub(crate) fn read(from: &mut Reader) -> Self {
        Self {
            signal: match from.take(2) {
                0 => Signal::Ready,
                1 => Signal::Silent,
                2 => Signal::Removed,
                _ => Signal::Fenced,
            },
            draining: from.flag(),
        }
    }
}
