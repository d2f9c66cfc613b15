//! A volume as the caller last saw it.

use crate::all::all;

/// One volume that claims may be bound to. The list is shared with other sets: whoever carries out a
/// [`BindClaim`](crate::Do::BindClaim) must make it conditional on the volume's version.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Volume {
    /// The size, in bytes.
    pub capacity: u64,
    /// The claim that it is reserved for.
    pub reserved: Reserved,
    /// The storage class, as a number of the caller's choice, as in [`Claim::class`](crate::Claim::class).
    pub class: u32,
    /// The access modes that it offers.
    pub modes: AccessModes,
    /// Filesystem or block device.
    pub volume_mode: VolumeMode,
    /// Where it is in its life.
    pub phase: VolumePhase,
    /// Whether somebody has asked for its deletion.
    pub terminating: bool,
    /// The group of nodes that it can be reached from, as a number of the caller's choice. `None` means that
    /// every node can reach it. [`Observed::reach`](crate::Observed::reach) says which nodes are in the group.
    pub reach: Option<u32>,
    /// Bit `i` says that the claim selector of template `i` matches this volume; all ones where claims have no selector.
    pub matches: u64,
}

impl Volume {
    /// An available volume that any claim of its class may use.
    pub const fn available(capacity: u64, class: u32) -> Self {
        Self {
            capacity,
            reserved: Reserved::Nobody,
            class,
            modes: AccessModes::READ_WRITE_ONCE,
            volume_mode: VolumeMode::Filesystem,
            phase: VolumePhase::Available,
            terminating: false,
            reach: None,
            matches: u64::MAX,
        }
    }
}

/// One node of a group that volumes can be reached from: a zone with three nodes has three of these.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Reach {
    /// The group, as in [`Volume::reach`].
    pub group: u32,
    /// Index of the node in [`Observed::nodes`](crate::Observed::nodes).
    pub node: u32,
}

/// Where a volume is in its life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum VolumePhase {
    /// The volume cannot be used yet.
    Pending,
    /// The volume is free.
    #[default]
    Available,
    /// The volume is bound to a claim.
    Bound,
    /// The volume's claim is gone.
    Released,
    /// The volume could not be reclaimed.
    Failed,
}

all!(
    /// All values.
    VolumePhase {
        Pending,
        Available,
        Bound,
        Released,
        Failed,
    }
);

/// The claim that a volume is reserved for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Reserved {
    /// The volume is not reserved.
    #[default]
    Nobody,
    /// The claim with this index in [`Observed::claims`](crate::Observed::claims), by name and, where given, uid.
    Claim(u32),
    /// A claim that is not in the list, or an earlier claim of the same name.
    Other,
}

/// A set of access modes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct AccessModes(pub u8);

impl AccessModes {
    /// One node reads and writes.
    pub const READ_WRITE_ONCE: Self = Self(1);
    /// Many nodes read.
    pub const READ_ONLY_MANY: Self = Self(2);
    /// Many nodes read and write.
    pub const READ_WRITE_MANY: Self = Self(4);
    /// One pod reads and writes.
    pub const READ_WRITE_ONCE_POD: Self = Self(8);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every mode of `other` is among these.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// How many modes there are.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// What a pod sees of the volume.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum VolumeMode {
    /// A directory.
    #[default]
    Filesystem,
    /// A block device.
    Block,
}

all!(
    /// All values.
    VolumeMode {
        Filesystem,
        Block,
    }
);
