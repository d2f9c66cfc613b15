//! A claim as observed.

use statefulset::{AccessModes, Binding, ClaimPhase, OwnerRef, VolumeMode};

use crate::field::{Int, ZERO};
use crate::moment::{Moment, When};
use crate::set::Words;
use crate::value::value_class;
use crate::volume::READ_WRITE_ONCE;
use crate::word::Word;

value_class! {
    /// One claim whose name is made of a template of the set, the set and an ordinal. Actions refer to it by its index
    /// in the list.
    Claim in "claims" {
        /// Ordinal in its name, from 0 to `MAX_ORDINAL`.
        ordinal: Int => u32,
        /// Index of its template in `StatefulSet.templates`.
        template: Int = ZERO => u16,
        /// The claim's phase.
        phase: &str = "Bound" => Word<ClaimPhase>,
        /// State of the owner reference that names the set.
        set_owner: &str = "absent" => Word<OwnerRef>,
        /// State of the owner reference that names the pod.
        pod_owner: &str = "absent" => Word<OwnerRef>,
        /// Whether some other owner reference has `controller: true`.
        foreign_controller: bool = false => bool,
        /// When its volume is chosen: at once, or when its pod has a node.
        binding: &str = "Immediate" => Word<Binding>,
        /// Access modes that it asks for.
        modes: Option<Vec<String>> = READ_WRITE_ONCE => Words<AccessModes>,
        /// Filesystem or block device.
        volume_mode: &str = "Filesystem" => Word<VolumeMode>,
        /// Storage class: a number of the caller's. 0 is the empty class.
        storage_class: Int = ZERO => u32,
        /// Index in `Observed.volumes` of the volume that the claim names, whether it is bound already or not.
        volume: Option<Int> = None => Option<u32>,
        /// Index in `Observed.nodes` of the node that its pod was scheduled to. Only used with "WaitForFirstConsumer".
        node: Option<Int> = None => Option<u32>,
        /// Since when it is terminating; None if it is not.
        terminating_since: Option<When> = None => Option<Moment>,
        /// How many bytes it asks for.
        request: Int = ZERO => u64,
    }
}

impl Claim {
    pub(crate) fn fact(&self) -> statefulset::Claim {
        statefulset::Claim {
            ordinal: self.ordinal,
            template: self.template,
            phase: self.phase.0,
            set_owner: self.set_owner.0,
            pod_owner: self.pod_owner.0,
            foreign_controller: self.foreign_controller,
            binding: self.binding.0,
            modes: self.modes.0,
            volume_mode: self.volume_mode.0,
            class: self.storage_class,
            volume: self.volume,
            node: self.node,
            terminating_since: self.terminating_since.map(|moment| moment.0),
            request: self.request,
        }
    }
}
