//! A claim as the caller last saw it.

use crate::all::all;
use crate::desired::Ordinal;
use crate::time::Millis;
use crate::volume::{AccessModes, VolumeMode};

/// One claim whose name is that of a template of the set and an ordinal.
///
/// Records sort by ordinal, then template.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Claim {
    /// The ordinal in its name.
    pub ordinal: Ordinal,
    /// Index of its template in [`Desired::templates`](crate::Desired::templates).
    pub template: u16,
    /// Whether it is bound to a volume.
    pub phase: ClaimPhase,
    /// State of the owner reference that names the set.
    pub set_owner: OwnerRef,
    /// State of the owner reference that names the pod.
    pub pod_owner: OwnerRef,
    /// Whether some other owner reference has `controller: true`.
    pub foreign_controller: bool,
    /// When its volume is chosen.
    pub binding: Binding,
    /// The access modes that it asks for.
    pub modes: AccessModes,
    /// Filesystem or block device.
    pub volume_mode: VolumeMode,
    /// The storage class, as a number of the caller's choice. 0 is the empty class.
    pub class: u32,
    /// Index in [`Observed::volumes`](crate::Observed::volumes) of the volume that it names, bound to it or not yet.
    pub volume: Option<u32>,
    /// Index in [`Observed::nodes`](crate::Observed::nodes) of the node that its pod was scheduled to. The planner
    /// reads it only with [`Binding::WaitForFirstConsumer`].
    pub node: Option<u32>,
    /// Since when it is terminating, in milliseconds since the Unix epoch; `None` if it is not.
    pub terminating_since: Option<Millis>,
    /// The size that it asks for, in bytes.
    pub request: u64,
}

impl Claim {
    /// A bound claim without owners.
    pub const fn bound(ordinal: Ordinal, template: u16) -> Self {
        Self {
            ordinal,
            template,
            phase: ClaimPhase::Bound,
            set_owner: OwnerRef::Absent,
            pod_owner: OwnerRef::Absent,
            foreign_controller: false,
            binding: Binding::Immediate,
            modes: AccessModes::READ_WRITE_ONCE,
            volume_mode: VolumeMode::Filesystem,
            class: 0,
            volume: None,
            node: None,
            terminating_since: None,
            request: 0,
        }
    }

    /// Whether somebody has asked for its deletion.
    pub const fn is_terminating(&self) -> bool {
        self.terminating_since.is_some()
    }
}

/// Where a claim is in its life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum ClaimPhase {
    /// The claim has no volume yet.
    #[default]
    Pending,
    /// The claim has a volume.
    Bound,
    /// The claim had a volume that is gone.
    Lost,
}

all!(
    /// All values.
    ClaimPhase {
        Pending,
        Bound,
        Lost,
    }
);

/// State of one kind of owner reference on a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum OwnerRef {
    /// No owner reference names this owner.
    #[default]
    Absent,
    /// An owner reference names this owner with the right uid and `controller: true`.
    Controller,
    /// An owner reference names this owner with the right uid, and is not a controller reference.
    Plain,
    /// An owner reference names this owner with another uid. Any reference to a pod that does not exist is of this kind.
    OtherUid,
}

all!(
    /// All values.
    OwnerRef {
        Absent,
        Controller,
        Plain,
        OtherUid,
    }
);

/// When a claim's volume is chosen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Binding {
    /// At once, from the existing volumes.
    #[default]
    Immediate,
    /// Once the claim's pod has a node.
    WaitForFirstConsumer,
}

all!(
    /// All values.
    Binding {
        Immediate,
        WaitForFirstConsumer,
    }
);
