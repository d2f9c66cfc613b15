//! What the simulator does with each field that it stores.
//!
//! A field that an object may have and on which nothing here acts is told when it is applied, unless nothing could follow from
//! it. This table says which field is which: a test walks through all shapes and finds each field in it once.

mod acting;
mod harmless;
mod idle;

use acting::ACTING;
use harmless::{UNBUILT, UNOWNED, UNSENT, UNSTARTED};
use idle::IDLE;

/// What the simulator does with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Use {
    /// Something acts on it, or on what is in it.
    Acts,
    /// Nothing acts on it, and nothing that can be seen here would follow from it, for this reason.
    Harmless(&'static str),
    /// It is stored, and that is all.
    Idle,
}

use Use::{Acts, Harmless, Idle};

/// Fields by the names of their types, a line for each type.
type Fields = &'static [(&'static str, &'static str)];

const NO_PROCESSES: Use =
    Harmless("no real process runs, so nothing depends on how it is started and what it may do");
const NO_TRAFFIC: Use =
    Harmless("nothing is sent over the network; names are resolved, that is all");
const NO_FILES: Use = Harmless(
    "files are there, but nobody owns them, counts their bytes or looks at how they are mounted",
);
const NO_DISKS: Use =
    Harmless("a volume of any storage system is taken to be there, and to be the same everywhere");
const PULLED: Use = Harmless("every image can be pulled, unless a story breaks it");
const FOR_PEOPLE: Use = Harmless("it is there for people and for other programs to read");
const ONE_VERSION: Use =
    Harmless("each kind is stored in one version, in which every rule means it");
const WRITTEN_HERE: Use = Harmless("the cluster writes it itself, whatever was applied");

pub(super) const USES: &[(Use, Fields)] = &[
    (Acts, ACTING),
    (NO_PROCESSES, UNSTARTED),
    (NO_TRAFFIC, UNSENT),
    (NO_FILES, UNOWNED),
    (NO_DISKS, UNBUILT),
    (
        PULLED,
        &[
            ("Container", "imagePullPolicy"),
            ("EphemeralContainerCommon", "imagePullPolicy"),
            ("ImageVolumeSource", "pullPolicy reference"),
            ("PodSpec", "imagePullSecrets"),
            ("ServiceAccount", "imagePullSecrets"),
        ],
    ),
    (
        FOR_PEOPLE,
        &[
            (
                "Container",
                "terminationMessagePath terminationMessagePolicy",
            ),
            (
                "EphemeralContainerCommon",
                "terminationMessagePath terminationMessagePolicy",
            ),
            ("Event", "eventTime series action related"),
            ("EventSource", "host"),
            ("EventSeries", "count lastObservedTime"),
            ("PriorityClass", "description"),
            ("ServiceAccount", "secrets"),
            ("ObjectReference", "fieldPath"),
            ("CustomResourceColumnDefinition", "type format description"),
        ],
    ),
    (ONE_VERSION, &[("Rule", "apiVersions")]),
    (
        WRITTEN_HERE,
        &[
            ("CSIPersistentVolumeSource", "volumeHandle"),
            ("ObjectMeta", "selfLink managedFields"),
            (
                "ManagedFieldsEntry",
                "manager operation apiVersion time fieldsType fieldsV1 subresource",
            ),
            ("Endpoint", "deprecatedTopology hints"),
            (
                "NodeSpec",
                "podCIDR podCIDRs providerID configSource externalID",
            ),
            (
                "NodeStatus",
                "daemonEndpoints images volumesInUse volumesAttached runtimeHandlers features declaredFeatures nodeInfo phase config",
            ),
            (
                "PersistentVolumeStatus",
                "lastPhaseTransitionTime message reason",
            ),
            (
                "PersistentVolumeClaimStatus",
                "allocatedResources allocatedResourceStatuses currentVolumeAttributesClassName modifyVolumeStatus healthStatus",
            ),
            ("NamespaceStatus", "conditions"),
            ("ServiceStatus", "conditions"),
            ("VolumeHealthStatus", "healthConditions"),
            ("PodVolumeHealth", "healthConditions"),
            (
                "NodeAllocatableResourceClaimStatus",
                "containers mapping overhead",
            ),
            (
                "PodStatus",
                "nominatedNodeName ephemeralContainerStatuses resize resourceClaimStatuses extendedResourceClaimStatus \
             allocatedResources nodeAllocatableResourceClaimStatuses volumeHealth message reason resources",
            ),
        ],
    ),
    (Idle, IDLE),
];

/// Values of idle fields that say what is so anyway.
pub(super) const USUAL: &[(&str, &str, &[&str])] = &[
    (
        "PodSpec",
        "dnsPolicy",
        &["ClusterFirst", "ClusterFirstWithHostNet", "Default"],
    ),
    ("ValidatingWebhook", "matchPolicy", &["Equivalent"]),
    ("MutatingWebhook", "matchPolicy", &["Equivalent"]),
    ("Rule", "scope", &["*"]),
];

/// Values of acting fields on which nothing acts.
pub(super) const UNUSUAL: &[(&str, &str, &str)] = &[
    (
        "TopologySpreadConstraint",
        "whenUnsatisfiable",
        "ScheduleAnyway",
    ),
    (
        "PersistentVolumeSpec",
        "persistentVolumeReclaimPolicy",
        "Recycle",
    ),
];
