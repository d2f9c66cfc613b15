//! A pod, as few bits as decisions depend on. What a pod is given in addition is added here: a field, its bits, and what
//! the planner is told of it.

use statefulset::{Change, Phase, Pod, Prepared, Purposes, Revision};

use crate::bits::{Reader, Writer};
use crate::configuration::{Configuration, NOW};

/// Where a pod is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Life {
    /// The object exists, and no kubelet has started anything.
    Pending,
    /// Its process runs, unless its node is gone.
    Running,
    /// Its containers have ended.
    Failed,
}

/// A pod.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Member {
    pub(crate) life: Life,
    pub(crate) ready: bool,
    pub(crate) terminating: bool,
    pub(crate) revision: u8,
    /// Whether it has been ready, or not ready, for as long as the configuration asks for. Always false where nothing asks.
    pub(crate) aged: bool,
    /// The node that it runs on; 0 where it has none, or where the configuration has no nodes.
    pub(crate) node: u8,
    /// Whether it must not go for what the configuration names.
    pub(crate) held: bool,
    /// Whether it is to be replaced.
    pub(crate) replace: bool,
    /// What was said to it about its end.
    pub(crate) prepared: Prepared,
    /// Whether it was changed where it runs, and its kubelet has not done that yet.
    pub(crate) changing: bool,
}

impl Member {
    /// A pod that has just been created.
    pub(crate) const fn new(revision: u8) -> Self {
        Self {
            life: Life::Pending,
            ready: false,
            terminating: false,
            revision,
            aged: false,
            node: 0,
            held: false,
            replace: false,
            prepared: Prepared::No,
            changing: false,
        }
    }

    /// What it must not go for.
    pub(crate) const fn hold(&self, c: &Configuration) -> Purposes {
        if self.held { c.hold } else { Purposes::NONE }
    }

    /// Becomes ready, or not ready, now.
    pub(crate) const fn turn(&mut self, ready: bool) {
        self.ready = ready;
        self.aged = false;
    }

    pub(crate) const fn is_running(&self) -> bool {
        matches!(self.life, Life::Running)
    }

    /// Whether it has been ready for as long as the set asks for.
    pub(crate) const fn is_available(&self, c: &Configuration) -> bool {
        self.ready && !self.changing && (c.min_ready == 0 || self.aged)
    }

    /// What the planner is told of it.
    pub(crate) fn seen(&self, ordinal: u32, c: &Configuration, update: u8) -> Pod {
        let index = ordinal as usize;
        Pod {
            phase: match self.life {
                Life::Pending => Phase::Pending,
                Life::Running => Phase::Running,
                Life::Failed => Phase::Failed,
            },
            ready: self.ready,
            hold: self.hold(c),
            replace: self.replace,
            prepared: self.prepared,
            change: if self.revision == update {
                Change::Recreate
            } else {
                c.kinds[usize::from(update)]
            },
            changing: self.changing,
            rank: c.ranks[index],
            ready_since: Some(if self.aged { 0 } else { NOW }),
            terminating_since: self.terminating.then_some(NOW),
            node: (c.nodes && self.life != Life::Pending).then_some(u32::from(self.node)),
            budget: c.budget.map(|_| 0),
            ..Pod::running(ordinal, Revision(u64::from(self.revision)))
        }
    }

    pub(crate) fn write(this: Option<Self>, to: &mut Writer) {
        let Some(pod) = this else {
            return to.put(0, 2);
        };
        let life = match pod.life {
            Life::Pending => 1,
            Life::Running => 2,
            Life::Failed => 3,
        };
        to.put(life, 2);
        to.flag(pod.ready);
        to.flag(pod.terminating);
        to.put(pod.revision, 2);
        to.flag(pod.aged);
        to.put(pod.node, 1);
        to.flag(pod.held);
        to.flag(pod.replace);
        let said = Prepared::ALL.iter().position(|&said| said == pod.prepared);
        to.put(
            said.and_then(|said| u8::try_from(said).ok()).unwrap_or(0),
            3,
        );
        to.flag(pod.changing);
    }

    pub(crate) fn read(from: &mut Reader) -> Option<Self> {
        let life = match from.take(2) {
            0 => return None,
            1 => Life::Pending,
            2 => Life::Running,
            _ => Life::Failed,
        };
        Some(Self {
            life,
            ready: from.flag(),
            terminating: from.flag(),
            revision: from.take(2),
            aged: from.flag(),
            node: from.take(1),
            held: from.flag(),
            replace: from.flag(),
            prepared: Prepared::ALL
                .get(usize::from(from.take(3)))
                .copied()
                .unwrap_or_default(),
            changing: from.flag(),
        })
    }
}
