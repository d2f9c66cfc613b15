//! Names of pods and claims from ordinals, and back (rules P-1 and C-1 in `RULES.md`).

use core::fmt;

use crate::desired::{MAX_ORDINAL, Ordinal};

/// The name of the pod with `ordinal`: `<set>-<ordinal>`. Formats without allocating.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PodName<'a> {
    /// Name of the set.
    pub set: &'a str,
    /// Ordinal of the pod.
    pub ordinal: Ordinal,
}

impl fmt::Display for PodName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.set, self.ordinal)
    }
}

/// The name of a claim: `<template>-<set>-<ordinal>`.
///
/// Two sets may give the same name: template `a` of set `b-c` and template `a-b` of set `c` collide, as in Kubernetes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClaimName<'a> {
    /// Name of the claim template.
    pub template: &'a str,
    /// Name of the set.
    pub set: &'a str,
    /// Ordinal of the pod that uses the claim.
    pub ordinal: Ordinal,
}

impl fmt::Display for ClaimName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.template, self.set, self.ordinal)
    }
}

/// Splits a pod's name at its last dash into the set's name and the ordinal.
///
/// The result is `None` if the name does not end in `-<decimal digits>`. The ordinal is `None` if the digits exceed
/// 2³¹−1: by its name such a pod belongs to the set, but it has no place in it. Leading zeros parse
/// (`web-01` is an ordinal-1 pod with a wrong identity).
/// ```
/// use statefulset::parse_pod_name;
///
/// assert_eq!(parse_pod_name("my-db-12"), Some(("my-db", Some(12))));
/// assert_eq!(parse_pod_name("my-db"), None);
/// ```
pub fn parse_pod_name(name: &str) -> Option<(&str, Option<Ordinal>)> {
    let (set, digits) = name.rsplit_once('-')?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let ordinal = digits.parse::<u32>().ok().filter(|&n| n <= MAX_ORDINAL);
    Some((set, ordinal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn names_with_dashes_and_zeros_are_told_apart() {
        assert_eq!(parse_pod_name("web-1"), Some(("web", Some(1))));
        assert_eq!(parse_pod_name("a-b-10"), Some(("a-b", Some(10))));
        assert_eq!(parse_pod_name("web-01"), Some(("web", Some(1))));
        assert_eq!(parse_pod_name("web-2147483648"), Some(("web", None)));
        assert_eq!(
            parse_pod_name("web-99999999999999999999"),
            Some(("web", None))
        );
        for odd in [
            "web", "web-", "web-x", "web-1x", "", "-", "web-+1", "web-１",
        ] {
            assert_eq!(parse_pod_name(odd), None, "{odd}");
        }
        assert_eq!(parse_pod_name("-1"), Some(("", Some(1))));
    }

    #[test]
    fn names_are_printed_as_kubernetes_spells_them() {
        let pod = PodName {
            set: "web",
            ordinal: 10,
        };
        let claim = ClaimName {
            template: "www",
            set: "web",
            ordinal: 2,
        };
        assert_eq!(
            (pod.to_string(), claim.to_string()),
            ("web-10".into(), "www-web-2".into())
        );
    }
}
