//! Volumes, and the nodes that reach them.

use core::mem::{offset_of, size_of};

use statefulset::{AccessModes, Reach, Reserved, Volume, VolumeMode, VolumePhase};

use crate::fail::Fail;
use crate::place::Place;

/// One node reads and writes.
pub const STS_ACCESS_READ_WRITE_ONCE: u32 = 1;
/// Many nodes read.
pub const STS_ACCESS_READ_ONLY_MANY: u32 = 2;
/// Many nodes read and write.
pub const STS_ACCESS_READ_WRITE_MANY: u32 = 4;
/// One pod reads and writes.
pub const STS_ACCESS_READ_WRITE_ONCE_POD: u32 = 8;

/// A directory.
pub const STS_VOLUME_MODE_FILESYSTEM: u32 = 0;
/// A block device.
pub const STS_VOLUME_MODE_BLOCK: u32 = 1;

/// Not usable yet.
pub const STS_VOLUME_PENDING: u32 = 0;
/// Free.
pub const STS_VOLUME_AVAILABLE: u32 = 1;
/// In use.
pub const STS_VOLUME_BOUND: u32 = 2;
/// Its claim is gone.
pub const STS_VOLUME_RELEASED: u32 = 3;
/// Could not be reclaimed.
pub const STS_VOLUME_FAILED: u32 = 4;

/// Somebody has deleted it, and it still exists.
pub const STS_VOLUME_TERMINATING: u32 = 1;
/// It is reserved for the claim number `claim`, by name and, where the volume has one, by uid.
pub const STS_VOLUME_CLAIM: u32 = 4;
/// It is reserved for a claim that is not in `claims`, or for an earlier claim of the same name.
pub const STS_VOLUME_TAKEN: u32 = 8;
/// `reach` is present. Without this flag every node reaches the volume.
pub const STS_VOLUME_REACH: u32 = 16;

// 2 said something that is said no more.
const FLAGS: u32 = STS_VOLUME_TERMINATING | STS_VOLUME_CLAIM | STS_VOLUME_TAKEN | STS_VOLUME_REACH;

/// One volume that claims may be bound to. When you carry out a binding, make the write conditional on the volume's
/// version.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_volume {
    /// Bytes.
    pub capacity: u64,
    /// Bit i says that the claim selector of template i matches this volume. A template without a selector matches
    /// every volume.
    pub matches: u64,
    /// STS_VOLUME_PENDING … STS_VOLUME_FAILED
    pub phase: u32,
    /// STS_VOLUME_TERMINATING, STS_VOLUME_REACH, and one of STS_VOLUME_CLAIM and STS_VOLUME_TAKEN
    pub flags: u32,
    /// Index in `claims` of the claim that it is reserved for. Optional.
    pub claim: u32,
    /// Storage class, as in sts_claim.
    pub storage_class: u32,
    /// STS_ACCESS_*: what it offers.
    pub modes: u32,
    /// STS_VOLUME_MODE_*
    pub volume_mode: u32,
    /// The group of nodes that reach this volume, a number of your own. `reach` in sts_observed lists the nodes of each
    /// group. Optional.
    pub reach: u32,
    /// Must be 0.
    pub reserved32: u32,
    /// Must be 0.
    pub reserved: [u64; 2],
}

/// One node of a group of nodes that reach a volume. A zone with three nodes has three of these records.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_reach {
    /// The group, as in sts_volume.
    pub group: u32,
    /// Index in `nodes`.
    pub node: u32,
    /// Must be 0.
    pub reserved: u64,
}

const _: () = assert!(size_of::<sts_reach>() == 16 && offset_of!(sts_reach, reserved) == 8);

impl sts_reach {
    pub(crate) fn read(&self, place: Place) -> Result<Reach, Fail> {
        place.reserved("reserved", self.reserved)?;
        Ok(Reach {
            group: self.group,
            node: self.node,
        })
    }
}

const _: () = assert!(size_of::<sts_volume>() == 64 && offset_of!(sts_volume, phase) == 16);

impl sts_volume {
    pub(crate) fn read(&self, place: Place) -> Result<Volume, Fail> {
        let has = |flag| self.flags & flag != 0;
        // Reserved for one claim and for another is a contradiction, so an unknown number.
        let contradiction = if has(STS_VOLUME_CLAIM) {
            STS_VOLUME_TAKEN
        } else {
            0
        };
        place.flags("flags", self.flags, FLAGS & !contradiction)?;
        place.reserved("reserved32", self.reserved32)?;
        place.reserved("reserved", self.reserved)?;
        let claim = place.optional("claim", has(STS_VOLUME_CLAIM), self.claim)?;
        Ok(Volume {
            capacity: self.capacity,
            reserved: match claim {
                Some(claim) => Reserved::Claim(claim),
                None if has(STS_VOLUME_TAKEN) => Reserved::Other,
                None => Reserved::Nobody,
            },
            class: self.storage_class,
            modes: place.number("modes", self.modes, access_modes)?,
            volume_mode: place.number("volume_mode", self.volume_mode, volume_mode)?,
            phase: place.number("phase", self.phase, phase)?,
            terminating: has(STS_VOLUME_TERMINATING),
            reach: place.optional("reach", has(STS_VOLUME_REACH), self.reach)?,
            matches: self.matches,
        })
    }
}

const fn phase(number: u32) -> Option<VolumePhase> {
    Some(match number {
        STS_VOLUME_PENDING => VolumePhase::Pending,
        STS_VOLUME_AVAILABLE => VolumePhase::Available,
        STS_VOLUME_BOUND => VolumePhase::Bound,
        STS_VOLUME_RELEASED => VolumePhase::Released,
        STS_VOLUME_FAILED => VolumePhase::Failed,
        _ => return None,
    })
}

pub(crate) const fn volume_mode(number: u32) -> Option<VolumeMode> {
    Some(match number {
        STS_VOLUME_MODE_FILESYSTEM => VolumeMode::Filesystem,
        STS_VOLUME_MODE_BLOCK => VolumeMode::Block,
        _ => return None,
    })
}

pub(crate) fn access_modes(bits: u32) -> Option<AccessModes> {
    const ALL: u32 = STS_ACCESS_READ_WRITE_ONCE
        | STS_ACCESS_READ_ONLY_MANY
        | STS_ACCESS_READ_WRITE_MANY
        | STS_ACCESS_READ_WRITE_ONCE_POD;
    // The planner's bits are the same ones.
    const _: () = assert!(
        AccessModes::READ_WRITE_ONCE.0 as u32 == STS_ACCESS_READ_WRITE_ONCE
            && AccessModes::READ_ONLY_MANY.0 as u32 == STS_ACCESS_READ_ONLY_MANY
            && AccessModes::READ_WRITE_MANY.0 as u32 == STS_ACCESS_READ_WRITE_MANY
            && AccessModes::READ_WRITE_ONCE_POD.0 as u32 == STS_ACCESS_READ_WRITE_ONCE_POD
    );
    if bits & !ALL != 0 {
        return None;
    }
    u8::try_from(bits).ok().map(AccessModes)
}
