//! A volume as observed.

use pyo3::prelude::*;
use statefulset::{AccessModes, Reserved, VolumeMode, VolumePhase};

use crate::error::Fault;
use crate::field::{Field, Int, ZERO};
use crate::set::{Words, flags};
use crate::value::value_class;
use crate::word::Word;

value_class! {
    /// One volume that claims may be bound to. Other sets may use the same list, so make the write of a `BindClaim`
    /// conditional on the volume's version.
    Volume in "volumes" {
        /// Bytes.
        capacity: Int => u64,
        /// What it is reserved for: nothing (None), the claim with this index in `Observed.claims`, or "other": a claim
        /// that is not in the list, or an earlier claim of the same name.
        reserved: Option<Holder> = None => Reservation,
        /// Storage class: a number of the caller's, as in `Claim.storage_class`.
        storage_class: Int = ZERO => u32,
        /// Access modes that it offers.
        modes: Option<Vec<String>> = READ_WRITE_ONCE => Words<AccessModes>,
        /// Filesystem or block device.
        volume_mode: &str = "Filesystem" => Word<VolumeMode>,
        /// The volume's phase.
        phase: &str = "Available" => Word<VolumePhase>,
        /// Whether somebody has deleted it, and it still exists.
        terminating: bool = false => bool,
        /// The group of nodes that reach it, a number of the caller's. `Observed.reach` lists the nodes of each group.
        /// None: every node reaches it.
        reach: Option<Int> = None => Option<u32>,
        /// Bit i says that the claim selector of template i matches this volume. A template without a selector matches
        /// every volume.
        matches: Int = ALL_ONES => u64,
    }
}

const ALL_ONES: Int = Int(u64::MAX as i128);

impl Volume {
    pub(crate) const fn fact(&self) -> statefulset::Volume {
        statefulset::Volume {
            capacity: self.capacity,
            reserved: self.reserved.0,
            class: self.storage_class,
            modes: self.modes.0,
            volume_mode: self.volume_mode.0,
            phase: self.phase.0,
            terminating: self.terminating,
            reach: self.reach,
            matches: self.matches,
        }
    }
}

value_class! {
    /// One node of a group of nodes that reach a volume. A zone with three nodes has three of these.
    Reach in "reach" {
        /// The group, as in `Volume.reach`.
        group: Int => u32,
        /// Index of the node in `Observed.nodes`.
        node: Int => u32,
    }
}

impl Reach {
    pub(crate) const fn fact(&self) -> statefulset::Reach {
        statefulset::Reach {
            group: self.group,
            node: self.node,
        }
    }
}

/// Whom a volume is reserved for, if it is.
#[derive(FromPyObject)]
pub(crate) enum Holder {
    #[pyo3(transparent, annotation = "int")]
    Claim(Int),
    #[pyo3(transparent, annotation = "str")]
    Word(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Reservation(Reserved);

impl Field<Option<Holder>> for Reservation {
    fn read(holder: Option<Holder>) -> Result<Self, Fault> {
        match holder {
            None => Ok(Reserved::Nobody),
            Some(Holder::Claim(claim)) => u32::read(claim).map(Reserved::Claim),
            Some(Holder::Word(word)) if word == "other" => Ok(Reserved::Other),
            Some(Holder::Word(word)) => Err(Fault::new(
                "unknown-word",
                format!("must be None, the index of a claim or \"other\", not {word:?}"),
            )),
        }
        .map(Self)
    }
}

impl<'py> IntoPyObject<'py> for Reservation {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = std::convert::Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(match self.0 {
            Reserved::Nobody => py.None().into_bound(py),
            Reserved::Claim(claim) => claim.into_pyobject(py)?.into_any(),
            Reserved::Other => "other".into_pyobject(py)?.into_any(),
            // Made by `read`, of one of those.
            _ => unreachable!("reserved in another way"),
        })
    }
}

flags!(AccessModes {
    READ_WRITE_ONCE = "ReadWriteOnce",
    READ_ONLY_MANY = "ReadOnlyMany",
    READ_WRITE_MANY = "ReadWriteMany",
    READ_WRITE_ONCE_POD = "ReadWriteOncePod",
});

/// What Python passes for access modes, or nothing: the usual one.
pub(crate) const READ_WRITE_ONCE: Option<Vec<String>> = None;

impl Field<Option<Vec<String>>> for Words<AccessModes> {
    fn read(words: Option<Vec<String>>) -> Result<Self, Fault> {
        match words {
            None => Ok(Self(AccessModes::READ_WRITE_ONCE)),
            Some(words) => Self::read(words),
        }
    }
}
