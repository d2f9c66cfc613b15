//! How server-side apply takes objects apart, where that is not as a strategic merge patch does.
//!
//! A patch merges lists; server-side apply also asks which objects and maps are owned as a whole, and it may tell the items of
//! a list apart by more fields than a patch.

use serde_json::Value;

use super::{Merge, Type};

/// What a value consists of for those who own it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Owned {
    /// One thing.
    Whole,
    /// Its fields or entries.
    Fields,
    /// Items with the same values in these fields, in alphabetical order, are the same.
    Items(&'static [&'static str]),
    /// Plain values.
    Set,
}

/// Types whose objects have one owner.
const WHOLE_TYPES: &[&str] = &[
    "ConfigMapKeySelector",
    "EvictionResponder",
    "FileKeySelector",
    "LabelSelector",
    "LocalObjectReference",
    "MatchResources",
    "NodeSelector",
    "NodeSelectorTerm",
    "ObjectFieldSelector",
    "ObjectReference",
    "OwnerReference",
    "ParamKind",
    "ParamRef",
    "RawExtension",
    "ResourceFieldSelector",
    "RoleRef",
    "ScopeSelector",
    "SecretKeySelector",
    "SecretReference",
    "ServiceBackendPort",
    "TypedLocalObjectReference",
    "Variable",
];

/// Fields that are taken apart in another way than their patches.
const FIELDS: &[(&str, &str, Owned)] = &[
    ("PodSpec", "nodeSelector", Owned::Whole),
    ("ServiceSpec", "selector", Owned::Whole),
    ("ReplicationControllerSpec", "selector", Owned::Whole),
    ("Scheduling", "nodeSelector", Owned::Whole),
    ("PodStatus", "hostIPs", Owned::Whole),
    ("PersistentVolumeSpec", "claimRef", Owned::Fields),
    ("Container", "ports", Owned::Items(CONTAINER_PORT)),
    (
        "EphemeralContainerCommon",
        "ports",
        Owned::Items(CONTAINER_PORT),
    ),
    ("ServiceSpec", "ports", Owned::Items(&["port", "protocol"])),
    (
        "PodSpec",
        "topologySpreadConstraints",
        Owned::Items(&["topologyKey", "whenUnsatisfiable"]),
    ),
    ("ResourceRequirements", "claims", Owned::Items(&["name"])),
    ("PodStatus", "volumeHealth", Owned::Items(&["name"])),
    (
        "VolumeHealthStatus",
        "healthConditions",
        Owned::Items(HEALTH_CONDITION),
    ),
    (
        "PodVolumeHealth",
        "healthConditions",
        Owned::Items(HEALTH_CONDITION),
    ),
    ("ContainerRestartRuleOnExitCodes", "values", Owned::Set),
    ("VolumeMount", "bindMountOptions", Owned::Set),
    (
        "NodePodPreemptionPolicy",
        "disableResizePreemption",
        Owned::Set,
    ),
    (
        "NodeAllocatableResourceClaimStatus",
        "containers",
        Owned::Set,
    ),
    ("Endpoint", "addresses", Owned::Set),
    ("CSIDriverSpec", "volumeLifecycleModes", Owned::Set),
    ("UncountedTerminatedPods", "succeeded", Owned::Set),
    ("UncountedTerminatedPods", "failed", Owned::Set),
    (
        "CertificateSigningRequestStatus",
        "conditions",
        Owned::Items(&["type"]),
    ),
    ("JobStatus", "conditions", Owned::Whole),
    (
        "ValidatingAdmissionPolicyStatus",
        "conditions",
        Owned::Items(&["type"]),
    ),
    (
        "ValidatingAdmissionPolicyBindingSpec",
        "validationActions",
        Owned::Set,
    ),
    ("ResourceSliceSpec", "skipNodeOperations", Owned::Set),
    (
        "ResourceClaimStatus",
        "devices",
        Owned::Items(&["device", "driver", "pool", "shareID"]),
    ),
    (
        "AllocatedDeviceStatus",
        "conditions",
        Owned::Items(&["type"]),
    ),
];

/// Types whose items may lack this key, and then have no value of it.
const KEYLESS: &[(&str, &str)] = &[
    ("AllocatedDeviceStatus", "shareID"),
    ("FlowSchemaCondition", "type"),
    ("ObjectReference", "name"),
    ("PriorityLevelConfigurationCondition", "type"),
];

const HEALTH_CONDITION: &[&str] = &["reason", "status"];
const CONTAINER_PORT: &[&str] = &["containerPort", "protocol"];

/// How the value of a field is taken apart.
pub(crate) fn owned(shape: &'static Type, holder: &str, field: &str) -> Owned {
    let mut exceptions = FIELDS.iter();
    let exception = exceptions.find(|(h, f, _)| (*h, *f) == (holder, field));
    if let Some((.., owned)) = exception {
        return *owned;
    }
    match shape {
        Type::Struct(fields) | Type::Whole(fields) | Type::Open(fields) => {
            if WHOLE_TYPES.contains(&fields.name) {
                Owned::Whole
            } else {
                Owned::Fields
            }
        }
        Type::Pairs | Type::Bytes | Type::Quantities => Owned::Fields,
        Type::List(_, Merge::Set) => Owned::Set,
        Type::List(_, Merge::Key(key) | Merge::KeyRetaining(key)) => Owned::Items(one(key)),
        _ => Owned::Whole,
    }
}

/// A list of the one key that a patch knows.
fn one(key: &'static &'static str) -> &'static [&'static str] {
    std::slice::from_ref(key)
}

/// The value of a key that an item leaves out. None where it then has none.
pub(crate) fn usual_key(item: &Type, key: &str) -> Option<Value> {
    match key {
        _ if matches!(item, Type::Struct(it) if KEYLESS.contains(&(it.name, key))) => None,
        "protocol" => Some("TCP".into()),
        "containerPort" | "port" => Some(0.into()),
        _ => Some("".into()),
    }
}
