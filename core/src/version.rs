//! Which Kubernetes decides, and what each version does otherwise.
//!
//! A version is a row of switches. Each switch is asked in one place, by the phase whose rule it changes; `RULES.md`
//! says there since when the rule is as it is.

use core::fmt;
use core::str::FromStr;

use thiserror::Error;

use crate::all::all;
use crate::desired::Strategy;

/// A version of Kubernetes whose decisions the planner follows.
///
/// Versions that decide alike have one value, that of the newest of them where no patch is named. Patches that decide
/// otherwise than the rest of their minor version have a value of their own.
/// ```
/// use statefulset::{Profile, Version};
///
/// let version: Version = "v1.33.5+k3s1".parse()?;
/// assert_eq!(version, Version::V1_33);
/// assert!(!Profile::upstream(version).max_unavailable);
/// # Ok::<(), statefulset::UnknownVersion>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Version {
    /// 1.28.0 to 1.28.3, in which an update is complete once all pods that there are have been updated. Pods that have
    /// ended are treated otherwise before 1.28.11, 1.29.6 and 1.30.2; that is not followed.
    V1_28_0,
    /// 1.28.4 to 1.28.12, 1.29.0 to 1.29.7 and 1.30.0 to 1.30.3, in which claims are not controlled by their owners.
    V1_28_4,
    /// 1.28, from 1.28.13 on.
    V1_28,
    /// 1.29, from 1.29.8 on.
    V1_29,
    /// 1.30, from 1.30.4 on.
    V1_30,
    /// 1.31
    V1_31,
    /// 1.32
    V1_32,
    /// 1.33
    V1_33,
    /// 1.34.0 and 1.34.1, which do not compare revisions by what they mean.
    V1_34_0,
    /// 1.34, from 1.34.2 on.
    V1_34,
    /// 1.35.0 to 1.35.3, in which the feature gate `MaxUnavailableStatefulSet` is on.
    V1_35_0,
    /// 1.35, from 1.35.4 on.
    V1_35,
    /// 1.36
    V1_36,
    /// 1.37
    #[default]
    V1_37,
    /// 1.38, as far as it is decided: it follows 1.38.0-beta.0.
    V1_38,
}

all!(
    /// All versions, oldest first.
    Version {
        V1_28_0,
        V1_28_4,
        V1_28,
        V1_29,
        V1_30,
        V1_31,
        V1_32,
        V1_33,
        V1_34_0,
        V1_34,
        V1_35_0,
        V1_35,
        V1_36,
        V1_37,
        V1_38,
    }
);

impl Version {
    /// The newest version that is released: 1.37.
    pub const LATEST: Self = Self::V1_37;

    /// Its name, such as `1.33`, the same in all languages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1_28_0 => "1.28.0",
            Self::V1_28_4 => "1.28.4",
            Self::V1_28 => "1.28",
            Self::V1_29 => "1.29",
            Self::V1_30 => "1.30",
            Self::V1_31 => "1.31",
            Self::V1_32 => "1.32",
            Self::V1_33 => "1.33",
            Self::V1_34_0 => "1.34.0",
            Self::V1_34 => "1.34",
            Self::V1_35_0 => "1.35.0",
            Self::V1_35 => "1.35",
            Self::V1_36 => "1.36",
            Self::V1_37 => "1.37",
            Self::V1_38 => "1.38",
        }
    }

    /// Whether this version is `first` or a later one.
    const fn since(self, first: Self) -> bool {
        self as u8 >= first as u8
    }
}

/// The feature gates: whether they are on by default, and in which version they came.
impl Version {
    pub(crate) const fn limits_unavailable(self) -> bool {
        matches!(self, Self::V1_35_0) || self.since(Self::V1_37)
    }

    pub(crate) const fn recreates(self) -> bool {
        self.since(Self::V1_38)
    }

    pub(crate) const fn knows_recreate(self) -> bool {
        self.since(Self::V1_37)
    }

    pub(crate) const fn compares_meaning(self) -> bool {
        self.since(Self::V1_34)
    }

    pub(crate) const fn reads_its_writes(self) -> bool {
        self.since(Self::V1_36)
    }
}

/// How unavailable pods are counted against `maxUnavailable` (rule U-4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Budget {
    /// All of them count, so a set whose pods are all broken is never repaired.
    Counting,
    /// Old pods that are broken anyway cost nothing in `Parallel`.
    BrokenFree,
    /// The same, and neither a percentage nor the count looks below the partition.
    ByPartition,
}

/// The switches. All of them are `const`, so that a fixed version costs nothing.
impl Version {
    /// A pod is unavailable if it is not available, and not only if it is not running and ready (rule A-3).
    pub(crate) const fn asks_for_availability(self) -> bool {
        self.since(Self::V1_34_0)
    }

    /// A pod is available at the very moment at which `min_ready` is over, and not only after it (rule A-2).
    pub(crate) const fn counts_the_last_moment(self) -> bool {
        self.since(Self::V1_34_0)
    }

    pub(crate) const fn budget(self) -> Budget {
        if self.since(Self::V1_38) {
            Budget::ByPartition
        } else if self.since(Self::V1_37) {
            Budget::BrokenFree
        } else {
            Budget::Counting
        }
    }

    /// Whether an update under this strategy is ever completed (rule S-4).
    pub(crate) const fn completes(self, strategy: Strategy) -> bool {
        self.since(Self::V1_37) || matches!(strategy, Strategy::RollingUpdate(_))
    }

    /// An update is complete once the desired number of pods is updated and ready, and not only the number of pods that
    /// there are (rule S-4).
    pub(crate) const fn completes_against_desired(self) -> bool {
        self.since(Self::V1_28_4)
    }

    /// Owner references of claims are controller references, and those of other controllers are respected (rule C-8).
    pub(crate) const fn controls_claims(self) -> bool {
        self.since(Self::V1_28)
    }

    /// A pod that is not found has been deleted, whatever it was to be deleted for (rule E-3).
    pub(crate) const fn takes_gone_for_deleted(self) -> bool {
        self.since(Self::V1_36)
    }

    /// In `Parallel`, condemned pods go before empty slots are filled (rule O-1).
    pub(crate) const fn condemned_go_first(self) -> bool {
        self.since(Self::V1_38)
    }
}

/// The switches of the Kubernetes tier.
#[cfg(feature = "kubernetes")]
impl Version {
    /// A pod whose ordinal is written with leading zeros is no pod of the set (rule P-1).
    pub(crate) const fn wants_plain_ordinals(self) -> bool {
        self.since(Self::V1_38)
    }

    /// The data of a revision say `"creationTimestamp":null` (rule K-11).
    pub(crate) const fn writes_null_times(self) -> bool {
        !self.since(Self::V1_34_0)
    }

    /// The older name of a pod's service account is filled in like other defaults when revisions are compared (rule K-1).
    pub(crate) const fn defaults_service_account(self) -> bool {
        self.since(Self::V1_37)
    }

    /// Conditions of others stay in the status (rule S-5).
    pub(crate) const fn keeps_conditions(self) -> bool {
        self.since(Self::V1_37)
    }

    /// Events begin with a capital letter (rule K-5).
    pub(crate) const fn capitalizes_events(self) -> bool {
        self.since(Self::V1_35_0)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The error for a text that names no version of Kubernetes whose decisions are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("expected a version of Kubernetes from 1.28 to 1.38, such as 1.33 or v1.35.2")]
#[non_exhaustive]
pub struct UnknownVersion;

/// From `1.33`, `v1.33.5`, `v1.33.5-gke.100` or `v1.33.5+k3s1`: a minor version, or one of its patches.
impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        let plain = text.strip_prefix('v').unwrap_or(text);
        // What vendors and previews add says nothing about decisions.
        let end = plain.find(['-', '+']).unwrap_or(plain.len());
        let mut numbers = plain[..end].split('.').map(number);
        let (Some(Some(1)), Some(Some(minor))) = (numbers.next(), numbers.next()) else {
            return Err(UnknownVersion);
        };
        let patch = match (numbers.next(), numbers.next()) {
            (None, _) => u32::MAX,
            (Some(Some(patch)), None) => patch,
            _ => return Err(UnknownVersion),
        };
        Ok(match (minor, patch) {
            (28, ..=3) => Self::V1_28_0,
            (28, ..=12) | (29, ..=7) | (30, ..=3) => Self::V1_28_4,
            (28, _) => Self::V1_28,
            (29, _) => Self::V1_29,
            (30, _) => Self::V1_30,
            (31, _) => Self::V1_31,
            (32, _) => Self::V1_32,
            (33, _) => Self::V1_33,
            (34, ..=1) => Self::V1_34_0,
            (34, _) => Self::V1_34,
            (35, ..=3) => Self::V1_35_0,
            (35, _) => Self::V1_35,
            (36, _) => Self::V1_36,
            (37, _) => Self::V1_37,
            (38, _) => Self::V1_38,
            _ => return Err(UnknownVersion),
        })
    }
}

/// Decimal digits and nothing else.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_is_read_by_its_name() {
        for version in Version::ALL {
            assert_eq!(version.name().parse(), Ok(version));
        }
    }

    #[test]
    fn clusters_say_their_version_in_many_ways() {
        for (text, version) in [
            ("1.28.3", Version::V1_28_0),
            ("v1.28.12", Version::V1_28_4),
            ("v1.28.15", Version::V1_28),
            ("1.29.7", Version::V1_28_4),
            ("1.29.8", Version::V1_29),
            ("1.30.2", Version::V1_28_4),
            ("v1.30.4", Version::V1_30),
            ("v1.33.5-gke.1080000", Version::V1_33),
            ("v1.34.1+k3s1", Version::V1_34_0),
            ("v1.34.2-eks-113cf36", Version::V1_34),
            ("1.35.3", Version::V1_35_0),
            ("1.35.4", Version::V1_35),
            ("1.36+", Version::V1_36),
            ("v1.38.0-beta.0", Version::V1_38),
        ] {
            assert_eq!(text.parse(), Ok(version), "{text}");
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in [
            "",
            "v",
            "1",
            "1.",
            "1.27",
            "1.39",
            "2.33",
            "1.33.x",
            "1.33.1.1",
            "1.+33",
            "latest",
            "1.33.99999999999",
        ] {
            assert_eq!(text.parse::<Version>(), Err(UnknownVersion), "{text}");
        }
    }
}
