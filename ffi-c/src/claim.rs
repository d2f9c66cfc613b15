//! Claims.

use core::mem::{offset_of, size_of};

use statefulset::{Binding, Claim, ClaimPhase, OwnerRef};

use crate::fail::Fail;
use crate::place::Place;
use crate::volume::{access_modes, volume_mode};

/// Has no volume yet.
pub const STS_CLAIM_PENDING: u32 = 0;
/// Has a volume.
pub const STS_CLAIM_BOUND: u32 = 1;
/// Had a volume that is gone.
pub const STS_CLAIM_LOST: u32 = 2;

/// No owner reference names this owner.
pub const STS_OWNER_ABSENT: u32 = 0;
/// One does, with the right uid and `controller: true`.
pub const STS_OWNER_CONTROLLER: u32 = 1;
/// One does, with the right uid, not as a controller.
pub const STS_OWNER_PLAIN: u32 = 2;
/// One does, with another uid. Any reference to a pod that does not exist is of this kind.
pub const STS_OWNER_OTHER_UID: u32 = 3;

/// A volume is chosen at once.
pub const STS_BINDING_IMMEDIATE: u32 = 0;
/// A volume is chosen once the claim's pod has a node.
pub const STS_BINDING_WAIT_FOR_FIRST_CONSUMER: u32 = 1;

/// Some other owner reference has `controller: true`.
pub const STS_CLAIM_FOREIGN_CONTROLLER: u32 = 1;
/// `volume` is present.
pub const STS_CLAIM_VOLUME: u32 = 2;
/// `node` is present.
pub const STS_CLAIM_NODE: u32 = 4;
/// It is terminating, and `terminating_since_ms` is present.
pub const STS_CLAIM_TERMINATING: u32 = 8;

const FLAGS: u32 = 15;

/// One claim whose name is made of a template of the set, the set and an ordinal.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_claim {
    /// Ordinal in its name.
    pub ordinal: u32,
    /// Index of its template, below `desired.template_count`.
    pub template_index: u32,
    /// STS_CLAIM_PENDING, STS_CLAIM_BOUND or STS_CLAIM_LOST
    pub phase: u32,
    /// STS_CLAIM_FOREIGN_CONTROLLER, STS_CLAIM_VOLUME, STS_CLAIM_NODE, STS_CLAIM_TERMINATING
    pub flags: u32,
    /// STS_OWNER_*: the owner reference that names the set.
    pub set_owner: u32,
    /// STS_OWNER_*: the owner reference that names the pod.
    pub pod_owner: u32,
    /// STS_BINDING_*
    pub binding: u32,
    /// STS_ACCESS_*: the access modes that it asks for.
    pub modes: u32,
    /// STS_VOLUME_MODE_*
    pub volume_mode: u32,
    /// Storage class, a number of your own; 0 is the empty class.
    pub storage_class: u32,
    /// Index in `volumes` of the volume that the claim names, whether it is bound already or not. Optional.
    pub volume: u32,
    /// Index in `nodes` of the node that its pod was scheduled to. Optional.
    pub node: u32,
    /// Since when it is terminating. Optional.
    pub terminating_since_ms: i64,
    /// How many bytes it asks for.
    pub request: u64,
    /// Must be 0.
    pub reserved: [u64; 2],
}

const _: () =
    assert!(size_of::<sts_claim>() == 80 && offset_of!(sts_claim, terminating_since_ms) == 48);

impl sts_claim {
    pub(crate) fn read(&self, place: Place) -> Result<Claim, Fail> {
        let has = |flag| self.flags & flag != 0;
        place.flags("flags", self.flags, FLAGS)?;
        place.reserved("reserved", self.reserved)?;
        Ok(Claim {
            ordinal: self.ordinal,
            template: place.narrow("template_index", self.template_index, u16::MAX.into())?,
            phase: place.number("phase", self.phase, phase)?,
            set_owner: place.number("set_owner", self.set_owner, owner)?,
            pod_owner: place.number("pod_owner", self.pod_owner, owner)?,
            foreign_controller: has(STS_CLAIM_FOREIGN_CONTROLLER),
            binding: place.number("binding", self.binding, binding)?,
            modes: place.number("modes", self.modes, access_modes)?,
            volume_mode: place.number("volume_mode", self.volume_mode, volume_mode)?,
            class: self.storage_class,
            volume: place.optional("volume", has(STS_CLAIM_VOLUME), self.volume)?,
            node: place.optional("node", has(STS_CLAIM_NODE), self.node)?,
            terminating_since: place.optional(
                "terminating_since_ms",
                has(STS_CLAIM_TERMINATING),
                self.terminating_since_ms,
            )?,
            request: self.request,
        })
    }
}

const fn phase(number: u32) -> Option<ClaimPhase> {
    Some(match number {
        STS_CLAIM_PENDING => ClaimPhase::Pending,
        STS_CLAIM_BOUND => ClaimPhase::Bound,
        STS_CLAIM_LOST => ClaimPhase::Lost,
        _ => return None,
    })
}

const fn owner(number: u32) -> Option<OwnerRef> {
    Some(match number {
        STS_OWNER_ABSENT => OwnerRef::Absent,
        STS_OWNER_CONTROLLER => OwnerRef::Controller,
        STS_OWNER_PLAIN => OwnerRef::Plain,
        STS_OWNER_OTHER_UID => OwnerRef::OtherUid,
        _ => return None,
    })
}

const fn binding(number: u32) -> Option<Binding> {
    Some(match number {
        STS_BINDING_IMMEDIATE => Binding::Immediate,
        STS_BINDING_WAIT_FOR_FIRST_CONSUMER => Binding::WaitForFirstConsumer,
        _ => return None,
    })
}
