//! Kinds of objects.

use core::ffi::c_char;

use statefulset::kubernetes::Kind;

use crate::code::STS_CODE_UNKNOWN_NUMBER;
use crate::fail::{self, Fail};
use crate::name::{Name, find, terminated};
use crate::total::{total, unknown};

/// `apps/v1`
pub const STS_KIND_STATEFUL_SET: u32 = 1;
/// `v1`
pub const STS_KIND_POD: u32 = 2;
/// `v1`
pub const STS_KIND_PERSISTENT_VOLUME_CLAIM: u32 = 3;
/// `v1`, without a namespace
pub const STS_KIND_PERSISTENT_VOLUME: u32 = 4;
/// `storage.k8s.io/v1`, without a namespace
pub const STS_KIND_STORAGE_CLASS: u32 = 5;
/// `v1`, without a namespace
pub const STS_KIND_NODE: u32 = 6;
/// `policy/v1`
pub const STS_KIND_POD_DISRUPTION_BUDGET: u32 = 7;
/// `apps/v1`
pub const STS_KIND_CONTROLLER_REVISION: u32 = 8;
/// `v1`. Accepted and ignored: no decision depends on it.
pub const STS_KIND_SERVICE: u32 = 9;

const COUNT: usize = Kind::ALL.len();

static NAMES: [Name; COUNT] = {
    let mut names = [[0; 32]; COUNT];
    let mut i = 0;
    while i < COUNT {
        assert!(number(Kind::ALL[i]) as usize == i + 1);
        names[i] = terminated(Kind::ALL[i].name());
        i += 1;
    }
    names
};

/// The name of a kind as objects spell it, such as "StatefulSet"; "unknown" for any other number. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_kind_name(kind: u32) -> *const c_char {
    find(&NAMES, kind, STS_KIND_STATEFUL_SET)
}

pub(crate) fn read(number: u32) -> Result<Kind, Fail> {
    kind(number).ok_or_else(|| {
        let problem = format!("{number} has no meaning here");
        fail::argument(STS_CODE_UNKNOWN_NUMBER, "kind", &problem)
    })
}

/// The kinds k for which bit k is set.
pub(crate) fn read_set(bits: u32) -> Result<Vec<Kind>, Fail> {
    let set = (0..u32::BITS).filter(|bit| bits >> bit & 1 != 0);
    let kinds: Option<Vec<Kind>> = set.map(kind).collect();
    kinds.ok_or_else(|| {
        let problem = format!("0x{bits:x} has unknown bits");
        fail::argument(STS_CODE_UNKNOWN_NUMBER, "kinds", &problem)
    })
}

fn kind(number: u32) -> Option<Kind> {
    Kind::ALL
        .into_iter()
        .find(|&kind| self::number(kind) == number)
}

pub(crate) const fn number(kind: Kind) -> u32 {
    match kind {
        Kind::StatefulSet => STS_KIND_STATEFUL_SET,
        Kind::Pod => STS_KIND_POD,
        Kind::PersistentVolumeClaim => STS_KIND_PERSISTENT_VOLUME_CLAIM,
        Kind::PersistentVolume => STS_KIND_PERSISTENT_VOLUME,
        Kind::StorageClass => STS_KIND_STORAGE_CLASS,
        Kind::Node => STS_KIND_NODE,
        Kind::PodDisruptionBudget => STS_KIND_POD_DISRUPTION_BUDGET,
        Kind::ControllerRevision => STS_KIND_CONTROLLER_REVISION,
        Kind::Service => STS_KIND_SERVICE,
        _ => unknown(),
    }
}

total!(number, Kind);
