//! Fields that an API server has in every object, even where nothing is in them.
//!
//! They come with the object around them: nobody adds them, and nobody takes them away. The simulator stores objects as they
//! were written, without them.

use serde_json::{Value, json};

use super::Type;

/// They are listed by their types, in alphabetical order. Those that every kind has (`metadata`, `spec`, `status`) are not.
const NEVER_ABSENT: &[(&str, &str)] = &[
    ("AWSElasticBlockStoreVolumeSource", "volumeID"),
    ("AppArmorProfile", "type"),
    ("AzureDiskVolumeSource", "diskName diskURI"),
    (
        "AzureFilePersistentVolumeSource",
        "secretName secretNamespace shareName",
    ),
    ("AzureFileVolumeSource", "secretName shareName"),
    ("CSIPersistentVolumeSource", "driver volumeHandle"),
    ("CSIVolumeSource", "driver"),
    ("CephFSPersistentVolumeSource", "monitors"),
    ("CephFSVolumeSource", "monitors"),
    ("CinderPersistentVolumeSource", "volumeID"),
    ("CinderVolumeSource", "volumeID"),
    ("ClusterRole", "rules"),
    ("ClusterRoleBinding", "roleRef"),
    ("ClusterTrustBundleProjection", "path"),
    ("ConfigMapKeySelector", "key"),
    ("Container", "name resources"),
    ("ContainerPort", "containerPort"),
    ("ContainerResizePolicy", "resourceName restartPolicy"),
    ("ControllerRevision", "data revision"),
    ("CronJobSpec", "jobTemplate schedule"),
    ("DaemonSetSpec", "selector template updateStrategy"),
    ("DeploymentSpec", "selector strategy template"),
    ("DownwardAPIVolumeFile", "path"),
    ("Endpoint", "addresses conditions"),
    ("EndpointAddress", "ip"),
    ("EndpointSlice", "addressType endpoints ports"),
    ("EnvVar", "name"),
    ("EphemeralContainerCommon", "name resources"),
    (
        "Event",
        "eventTime firstTimestamp involvedObject lastTimestamp reportingComponent reportingInstance source",
    ),
    ("EventSeries", "lastObservedTime"),
    ("EvictionResponder", "name priority"),
    ("FileKeySelector", "key path volumeName"),
    ("FlexPersistentVolumeSource", "driver"),
    ("FlexVolumeSource", "driver"),
    ("ForNode", "name"),
    ("ForZone", "name"),
    ("GCEPersistentDiskVolumeSource", "pdName"),
    ("GRPCAction", "port service"),
    ("GitRepoVolumeSource", "repository"),
    ("GlusterfsPersistentVolumeSource", "endpoints path"),
    ("GlusterfsVolumeSource", "endpoints path"),
    ("HTTPGetAction", "port"),
    ("HTTPHeader", "name value"),
    ("HTTPIngressPath", "backend pathType"),
    ("HTTPIngressRuleValue", "paths"),
    ("HostAlias", "ip"),
    ("HostPathVolumeSource", "path"),
    ("IPBlock", "cidr"),
    ("ISCSIPersistentVolumeSource", "iqn lun targetPortal"),
    ("ISCSIVolumeSource", "iqn lun targetPortal"),
    ("IngressClassParametersReference", "kind name scope"),
    ("IngressServiceBackend", "name port"),
    ("JobSpec", "template"),
    ("JobTemplateSpec", "metadata spec"),
    ("KeyToPath", "key path"),
    ("LabelSelectorRequirement", "key operator"),
    ("LimitRangeItem", "type"),
    ("LimitRangeSpec", "limits"),
    ("LocalVolumeSource", "path"),
    ("MatchCondition", "expression name"),
    (
        "MutatingWebhook",
        "admissionReviewVersions clientConfig name sideEffects",
    ),
    ("NFSVolumeSource", "path server"),
    ("NetworkPolicySpec", "podSelector"),
    ("NodeSelector", "nodeSelectorTerms"),
    ("NodeSelectorRequirement", "key operator"),
    ("NodeStatus", "daemonEndpoints nodeInfo"),
    ("ObjectFieldSelector", "fieldPath"),
    ("OwnerReference", "apiVersion kind name uid"),
    ("PersistentVolumeClaimSpec", "resources"),
    ("PersistentVolumeClaimTemplate", "metadata spec"),
    ("PersistentVolumeClaimVolumeSource", "claimName"),
    ("PhotonPersistentDiskVolumeSource", "pdID"),
    ("PodAffinityTerm", "topologyKey"),
    (
        "PodDisruptionBudgetStatus",
        "currentHealthy desiredHealthy disruptionsAllowed expectedPods",
    ),
    ("PodOS", "name"),
    ("PodReadinessGate", "conditionType"),
    ("PodResourceClaim", "name"),
    ("PodSchedulingGate", "name"),
    ("PodSpec", "containers"),
    ("PodTemplate", "metadata template"),
    ("PodTemplateSpec", "metadata spec"),
    ("PolicyRule", "verbs"),
    ("PortworxVolumeSource", "volumeID"),
    ("PreferredSchedulingTerm", "preference weight"),
    ("PriorityClass", "value"),
    ("ProjectedVolumeSource", "sources"),
    ("QuobyteVolumeSource", "registry volume"),
    ("RBDPersistentVolumeSource", "image monitors"),
    ("RBDVolumeSource", "image monitors"),
    ("ReplicaSetSpec", "selector template"),
    ("ResourceClaim", "name"),
    ("ResourceFieldSelector", "divisor resource"),
    ("Role", "rules"),
    ("RoleBinding", "roleRef"),
    ("RoleRef", "apiGroup kind name"),
    ("RuntimeClass", "handler"),
    ("ScaleIOPersistentVolumeSource", "gateway secretRef system"),
    ("ScaleIOVolumeSource", "gateway secretRef system"),
    ("ScopedResourceSelectorRequirement", "operator scopeName"),
    ("SeccompProfile", "type"),
    ("SecretKeySelector", "key"),
    ("ServiceAccountTokenProjection", "path"),
    ("ServicePort", "port targetPort"),
    ("ServiceReference", "name namespace"),
    ("ServiceStatus", "loadBalancer"),
    ("SleepAction", "seconds"),
    ("StatefulSetOrdinals", "start"),
    (
        "StatefulSetSpec",
        "selector serviceName template updateStrategy",
    ),
    ("StatefulSetStatus", "availableReplicas replicas"),
    ("StorageClass", "provisioner"),
    ("Subject", "kind name"),
    ("Sysctl", "name value"),
    ("TCPSocketAction", "port"),
    ("Taint", "effect key"),
    ("TokenRequest", "audience"),
    ("TopologySelectorLabelRequirement", "key values"),
    (
        "TopologySpreadConstraint",
        "maxSkew topologyKey whenUnsatisfiable",
    ),
    ("TypedLocalObjectReference", "apiGroup kind name"),
    ("TypedObjectReference", "apiGroup kind name"),
    (
        "ValidatingWebhook",
        "admissionReviewVersions clientConfig name sideEffects",
    ),
    ("Volume", "name"),
    ("VolumeAttachmentSpec", "attacher nodeName source"),
    ("VolumeAttachmentStatus", "attached"),
    ("VolumeAttributesClass", "driverName"),
    ("VolumeDevice", "devicePath name"),
    ("VolumeMount", "mountPath name"),
    ("VsphereVirtualDiskVolumeSource", "volumePath"),
    ("WeightedPodAffinityTerm", "podAffinityTerm weight"),
];

/// Those of them that may be absent all the same: they are null then, whatever their type.
const OPTIONAL: &[(&str, &str)] = &[
    ("AzureFilePersistentVolumeSource", "secretNamespace"),
    ("ControllerRevision", "data"),
    ("DaemonSetSpec", "selector"),
    ("DeploymentSpec", "selector"),
    ("EvictionResponder", "priority"),
    ("GRPCAction", "service"),
    ("HTTPIngressPath", "pathType"),
    ("IngressClassParametersReference", "scope"),
    ("MutatingWebhook", "sideEffects"),
    ("ReplicaSetSpec", "selector"),
    ("ScaleIOPersistentVolumeSource", "secretRef"),
    ("ScaleIOVolumeSource", "secretRef"),
    ("StatefulSetSpec", "selector"),
    ("TypedLocalObjectReference", "apiGroup"),
    ("TypedObjectReference", "apiGroup"),
    ("ValidatingWebhook", "sideEffects"),
];

/// The fields of a type that are never absent, with what is in them where nothing is.
pub(crate) fn never_absent(
    holder: &'static str,
) -> impl Iterator<Item = (&'static str, fn(&Type) -> Value)> {
    let optional = of(OPTIONAL, holder);
    of(NEVER_ABSENT, holder)
        .split_whitespace()
        .map(move |field| {
            let is_optional = optional.split_whitespace().any(|it| it == field);
            let value: fn(&Type) -> Value = if is_optional {
                |_| Value::Null
            } else {
                nothing
            };
            (field, value)
        })
}

fn of(table: &'static [(&str, &str)], holder: &str) -> &'static str {
    let place = table.binary_search_by(|(name, _)| (*name).cmp(holder));
    place.map_or("", |place| table[place].1)
}

/// A value of a type with nothing in it.
fn nothing(shape: &Type) -> Value {
    match shape {
        Type::Text | Type::Named(_) => json!(""),
        Type::Bool => json!(false),
        Type::Int32 | Type::Int64 | Type::IntOrText => json!(0),
        Type::Quantity => json!("0"),
        Type::Struct(_) | Type::Whole(_) | Type::Open(_) | Type::Any => json!({}),
        Type::Time | Type::Pairs | Type::Bytes | Type::Quantities | Type::List(..) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_are_in_order() {
        for table in [NEVER_ABSENT, OPTIONAL] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
        assert!(never_absent("Nothing").next().is_none());
        let fields: Vec<_> = never_absent("StatefulSetSpec")
            .map(|(field, value)| (field, value(&Type::Text)))
            .collect();
        let none = || json!("");
        let expected = [
            ("selector", Value::Null),
            ("serviceName", none()),
            ("template", none()),
            ("updateStrategy", none()),
        ];
        assert_eq!(fields, expected);
    }
}
