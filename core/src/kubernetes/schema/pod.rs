//! Shapes of pods and their templates.

use super::container::{CONTAINER, EPHEMERAL_CONTAINER, RESOURCE_REQUIREMENTS};
use super::meta::{LOCAL_OBJECT_REFERENCE, OBJECT_META};
use super::placement::{AFFINITY, TOLERATION, TOPOLOGY_SPREAD_CONSTRAINT};
use super::security::POD_SECURITY_CONTEXT;
use super::volume::VOLUME;
use super::{
    Field,
    Type::{Fields, Flag, List, Map, Quantity, Text, Whole},
    kept, nullable, omitted, pointer,
};

const HOST_ALIAS: &[Field] = &[kept("ip", Text), omitted("hostnames", List(&Text))];

const POD_DNS_CONFIG_OPTION: &[Field] = &[omitted("name", Text), pointer("value", Text)];

const POD_DNS_CONFIG: &[Field] = &[
    omitted("nameservers", List(&Text)),
    omitted("searches", List(&Text)),
    omitted("options", List(&Fields(POD_DNS_CONFIG_OPTION))),
];

const POD_READINESS_GATE: &[Field] = &[kept("conditionType", Text)];

const POD_OS: &[Field] = &[kept("name", Text)];

const POD_SCHEDULING_GATE: &[Field] = &[kept("name", Text)];

const POD_RESOURCE_CLAIM: &[Field] = &[
    kept("name", Text),
    pointer("resourceClaimName", Text),
    pointer("resourceClaimTemplateName", Text),
];

const POD_SCHEDULING_GROUP: &[Field] = &[pointer("podGroupName", Text)];

const EVICTION_RESPONDER: &[Field] = &[kept("name", Text), nullable("priority", Whole)];

const POD_SPEC: &[Field] = &[
    omitted("volumes", List(&Fields(VOLUME))),
    omitted("initContainers", List(&Fields(CONTAINER))),
    kept("containers", List(&Fields(CONTAINER))),
    omitted("ephemeralContainers", List(&Fields(EPHEMERAL_CONTAINER))),
    omitted("restartPolicy", Text),
    pointer("terminationGracePeriodSeconds", Whole),
    pointer("activeDeadlineSeconds", Whole),
    omitted("dnsPolicy", Text),
    omitted("nodeSelector", Map(&Text)),
    omitted("serviceAccountName", Text),
    omitted("serviceAccount", Text),
    pointer("automountServiceAccountToken", Flag),
    omitted("nodeName", Text),
    omitted("hostNetwork", Flag),
    omitted("hostPID", Flag),
    omitted("hostIPC", Flag),
    pointer("shareProcessNamespace", Flag),
    pointer("securityContext", Fields(POD_SECURITY_CONTEXT)),
    omitted("imagePullSecrets", List(&Fields(LOCAL_OBJECT_REFERENCE))),
    omitted("hostname", Text),
    omitted("subdomain", Text),
    pointer("affinity", Fields(AFFINITY)),
    omitted("schedulerName", Text),
    omitted("tolerations", List(&Fields(TOLERATION))),
    omitted("hostAliases", List(&Fields(HOST_ALIAS))),
    omitted("priorityClassName", Text),
    pointer("priority", Whole),
    pointer("dnsConfig", Fields(POD_DNS_CONFIG)),
    omitted("readinessGates", List(&Fields(POD_READINESS_GATE))),
    pointer("runtimeClassName", Text),
    pointer("enableServiceLinks", Flag),
    pointer("preemptionPolicy", Text),
    omitted("overhead", Map(&Quantity)),
    omitted(
        "topologySpreadConstraints",
        List(&Fields(TOPOLOGY_SPREAD_CONSTRAINT)),
    ),
    pointer("setHostnameAsFQDN", Flag),
    pointer("os", Fields(POD_OS)),
    pointer("hostUsers", Flag),
    omitted("schedulingGates", List(&Fields(POD_SCHEDULING_GATE))),
    omitted("resourceClaims", List(&Fields(POD_RESOURCE_CLAIM))),
    pointer("resources", Fields(RESOURCE_REQUIREMENTS)),
    pointer("hostnameOverride", Text),
    pointer("schedulingGroup", Fields(POD_SCHEDULING_GROUP)),
    omitted("evictionResponders", List(&Fields(EVICTION_RESPONDER))),
];

pub(super) const POD_TEMPLATE_SPEC: &[Field] = &[
    kept("metadata", Fields(OBJECT_META)),
    kept("spec", Fields(POD_SPEC)),
];
