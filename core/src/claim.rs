//! A claim as observed.

use crate::all::all;
use crate::desired::Ordinal;
use crate::time::Millis;
use crate::volume::{AccessModes, VolumeMode};

/// One claim whose name is that of a template of the set and an ordinal.
///
/// Records sort by ordinal, then template.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Claim {
    /// Ordinal in its name.
    pub ordinal: Ordinal,
    /// Index of its template in [`Desired::templates`](crate::Desired::templates).
    pub template: u16,
    /// Bound or not.
    pub phase: ClaimPhase,
    /// State of the owner reference that names the set.
    pub set_owner: OwnerRef,
    /// State of the owner reference that names the pod.
    pub pod_owner: OwnerRef,
    /// Whether some other owner reference has `controller: true`.
    pub foreign_controller: bool,
    /// How its volume is found.
    pub binding: Binding,
    /// Access modes it asks for.
    pub modes: AccessModes,
    /// Filesystem or block device.
    pub volume_mode: VolumeMode,
    /// Storage class, opaque. 0 is the empty class.
    pub class: u32,
    /// Index in [`Observed::volumes`](crate::Observed::volumes) of the volume that it names, bound to it or not yet.
    pub volume: Option<u32>,
    /// Index in [`Observed::nodes`](crate::Observed::nodes) of the node that its pod was scheduled to; asked only
    /// with [`Binding::WaitForFirstConsumer`].
    pub node: Option<u32>,
    /// Since when it is terminating; `None` if it is not.
    pub terminating_since: Option<Millis>,
    /// Bytes it asks for.
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
    /// Has no volume yet.
    #[default]
    Pending,
    /// Has a volume.
    Bound,
    /// Had a volume that is gone.
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
    /// None names this owner.
    #[default]
    Absent,
    /// Right uid, `controller: true`.
    Controller,
    /// Right uid, not a controller.
    Plain,
    /// Names this owner with another uid. For a pod that does not exist, any reference to it is of this kind.
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

/// How a claim's volume is found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Binding {
    /// At once, among the volumes there are.
    #[default]
    Immediate,
    /// Once its pod has a node.
    WaitForFirstConsumer,
}

all!(
    /// All values.
    Binding {
        Immediate,
        WaitForFirstConsumer,
    }
);
