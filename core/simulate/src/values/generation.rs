//! Which generation an object has, and which one of a pod is said to have been seen.

use serde_json::Value;
use statefulset::Version;

use super::kind::Kind;
use super::object::Fields;

/// Whether the API server of this version counts the changes of an object's spec in `metadata.generation`. Those of pods it
/// counts from 1.33 on.
pub(crate) fn is_counted(kind: Kind, version: Version) -> bool {
    kind.has_generation() && (kind != Kind::Pod || version >= Version::V1_33)
}

/// The generation of a pod, as whoever looks at it says in its status and conditions; from 1.34 on, since the feature gate
/// `PodObservedGenerationTracking` was off before.
pub(crate) fn observed(pod: &Value, version: Version) -> Option<i64> {
    let generation = pod.int("/metadata/generation")?;
    (version >= Version::V1_34_0 && generation > 0).then_some(generation)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pods_came_late() {
        assert!(is_counted(Kind::StatefulSet, Version::V1_28));
        assert!(!is_counted(Kind::Pod, Version::V1_32));
        assert!(is_counted(Kind::Pod, Version::V1_33));
        assert!(!is_counted(Kind::Node, Version::V1_33));
        let pod = json!({"metadata": {"generation": 3}});
        assert_eq!(observed(&pod, Version::V1_33), None);
        assert_eq!(observed(&pod, Version::V1_34_0), Some(3));
        assert_eq!(observed(&json!({}), Version::V1_37), None);
    }
}
