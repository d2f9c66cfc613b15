//! Which Kubernetes: the versions by number and by name.

use core::ffi::c_char;

use statefulset::{Profile, Version};

use crate::name::{Name, find, terminated};
use crate::profile::sts_profile;
use crate::text::sts_text;
use crate::total::{total, unknown};

/// The newest version that is released when the library is: Kubernetes 1.37 in this one.
pub const STS_KUBERNETES_LATEST: u32 = 0;
/// What sts_kubernetes_of() gives for a text that names no known version. No call takes it.
pub const STS_KUBERNETES_UNKNOWN: u32 = 1;
/// Kubernetes 1.28.0 to 1.28.3, in which an update is complete once all pods that there are have been updated.
pub const STS_KUBERNETES_1_28_0: u32 = 12801;
/// Kubernetes 1.28.4 to 1.28.12, 1.29.0 to 1.29.7 and 1.30.0 to 1.30.3, in which claims are not controlled by their owners.
pub const STS_KUBERNETES_1_28_4: u32 = 12804;
/// Kubernetes 1.28, from 1.28.13 on.
pub const STS_KUBERNETES_1_28: u32 = 12800;
/// Kubernetes 1.29, from 1.29.8 on.
pub const STS_KUBERNETES_1_29: u32 = 12900;
/// Kubernetes 1.30, from 1.30.4 on.
pub const STS_KUBERNETES_1_30: u32 = 13000;
/// Kubernetes 1.31.
pub const STS_KUBERNETES_1_31: u32 = 13100;
/// Kubernetes 1.32.
pub const STS_KUBERNETES_1_32: u32 = 13200;
/// Kubernetes 1.33.
pub const STS_KUBERNETES_1_33: u32 = 13300;
/// Kubernetes 1.34.0 and 1.34.1, which do not compare revisions by what they mean.
pub const STS_KUBERNETES_1_34_0: u32 = 13400;
/// Kubernetes 1.34, from 1.34.2 on.
pub const STS_KUBERNETES_1_34: u32 = 13402;
/// Kubernetes 1.35.0 to 1.35.3, in which the gate `MaxUnavailableStatefulSet` is on.
pub const STS_KUBERNETES_1_35_0: u32 = 13500;
/// Kubernetes 1.35, from 1.35.4 on.
pub const STS_KUBERNETES_1_35: u32 = 13504;
/// Kubernetes 1.36.
pub const STS_KUBERNETES_1_36: u32 = 13600;
/// Kubernetes 1.37.
pub const STS_KUBERNETES_1_37: u32 = 13700;
/// Kubernetes 1.38, as far as it is decided: it follows 1.38.0-beta.0.
pub const STS_KUBERNETES_1_38: u32 = 13800;

pub(crate) const fn number(version: Version) -> u32 {
    match version {
        Version::V1_28_0 => STS_KUBERNETES_1_28_0,
        Version::V1_28_4 => STS_KUBERNETES_1_28_4,
        Version::V1_28 => STS_KUBERNETES_1_28,
        Version::V1_29 => STS_KUBERNETES_1_29,
        Version::V1_30 => STS_KUBERNETES_1_30,
        Version::V1_31 => STS_KUBERNETES_1_31,
        Version::V1_32 => STS_KUBERNETES_1_32,
        Version::V1_33 => STS_KUBERNETES_1_33,
        Version::V1_34_0 => STS_KUBERNETES_1_34_0,
        Version::V1_34 => STS_KUBERNETES_1_34,
        Version::V1_35_0 => STS_KUBERNETES_1_35_0,
        Version::V1_35 => STS_KUBERNETES_1_35,
        Version::V1_36 => STS_KUBERNETES_1_36,
        Version::V1_37 => STS_KUBERNETES_1_37,
        Version::V1_38 => STS_KUBERNETES_1_38,
        _ => unknown(),
    }
}

total!(number, Version);

pub(crate) fn version(of: u32) -> Option<Version> {
    if of == STS_KUBERNETES_LATEST {
        return Some(Version::LATEST);
    }
    Version::ALL
        .into_iter()
        .find(|version| number(*version) == of)
}

/// The decisions of a version of Kubernetes (STS_KUBERNETES_*) with its default feature gates. For a number without a
/// meaning it is a profile with that number, which every call refuses (STS_CODE_UNKNOWN_NUMBER).
#[unsafe(no_mangle)]
pub extern "C" fn sts_profile_of(kubernetes: u32) -> sts_profile {
    match version(kubernetes) {
        Some(version) => Profile::upstream(version).into(),
        None => sts_profile {
            kubernetes,
            ..sts_profile::default()
        },
    }
}

/// The STS_KUBERNETES_* of a version. The text is a minor version, such as "1.33", or what a cluster says of itself, such as
/// "v1.33.5-gke.100". For any other text, and for versions before 1.28 and after 1.38, it is STS_KUBERNETES_UNKNOWN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_kubernetes_of(text: sts_text) -> u32 {
    // SAFETY: what the header asks of the caller: the text is NULL or good for its bytes.
    let text = unsafe { text.read("text") }.unwrap_or_default();
    text.parse().map_or(STS_KUBERNETES_UNKNOWN, number)
}

/// The name of an STS_KUBERNETES_*, such as "1.33"; "unknown" for any other number. STS_KUBERNETES_LATEST has the name of the
/// version that it stands for. Static text.
#[unsafe(no_mangle)]
pub extern "C" fn sts_kubernetes_name(kubernetes: u32) -> *const c_char {
    static NAMES: [Name; Version::ALL.len()] = {
        let mut names = [[0; 32]; Version::ALL.len()];
        let mut i = 0;
        while i < names.len() {
            names[i] = terminated(Version::ALL[i].name());
            i += 1;
        }
        names
    };
    let place = version(kubernetes).map(|version| version as u32);
    find(&NAMES, place.unwrap_or(u32::MAX), 0)
}
