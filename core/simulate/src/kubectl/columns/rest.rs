//! The columns of kinds on which nothing in the cluster acts.

use super::{
    AGE, Column, NAME, autoscaler, certificate, column, device, ingress, policy, workload,
};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What the API server shows of kinds of which it knows nothing better.
const PLAIN: &[Column] = &[
    NAME,
    column("CREATED AT", |o, _| {
        o.text("/metadata/creationTimestamp").into()
    }),
];
const AGED: &[Column] = &[NAME, AGE];

const LEASE: &[Column] = &[
    NAME,
    column("HOLDER", |o, _| o.text("/spec/holderIdentity").into()),
    AGE,
];

const MIGRATION: &[Column] = &[
    NAME,
    column("RESOURCE", |o, _| {
        let part = |field| o.text(&format!("/spec/resource/{field}"));
        match part("group") {
            "" => part("resource").into(),
            group => format!("{}.{group}", part("resource")),
        }
    }),
    column("STATUS", |o, _| migrated(o).into()),
];

pub(super) fn of(kind: Kind) -> &'static [Column] {
    match kind.name() {
        _ if kind.is_custom() => AGED,
        "Deployment" => workload::DEPLOYMENT,
        "ReplicaSet" => workload::REPLICA_SET,
        "ReplicationController" => workload::REPLICATION_CONTROLLER,
        "DaemonSet" => workload::DAEMON_SET,
        "Job" => workload::JOB,
        "CronJob" => workload::CRON_JOB,
        "PodTemplate" => workload::POD_TEMPLATE,
        "Ingress" => ingress::INGRESS,
        "IngressClass" => ingress::INGRESS_CLASS,
        "NetworkPolicy" => ingress::NETWORK_POLICY,
        "Endpoints" => ingress::ENDPOINTS,
        "ServiceCIDR" => ingress::SERVICE_CIDR,
        "IPAddress" => ingress::IP_ADDRESS,
        "HorizontalPodAutoscaler" => autoscaler::AUTOSCALER,
        "RoleBinding" | "ClusterRoleBinding" => policy::BINDING,
        "ValidatingAdmissionPolicy" => policy::VALIDATING_POLICY,
        "MutatingAdmissionPolicy" => policy::MUTATING_POLICY,
        "ValidatingAdmissionPolicyBinding" | "MutatingAdmissionPolicyBinding" => {
            policy::POLICY_BINDING
        }
        "FlowSchema" => policy::FLOW_SCHEMA,
        "PriorityLevelConfiguration" => policy::PRIORITY_LEVEL,
        "CertificateSigningRequest" => certificate::REQUEST,
        "ClusterTrustBundle" => certificate::BUNDLE,
        "PodCertificateRequest" => certificate::POD_REQUEST,
        "DeviceClass" | "ResourceClaimTemplate" => AGED,
        "ResourceClaim" => device::CLAIM,
        "ResourceSlice" => device::SLICE,
        "DeviceTaintRule" => device::TAINT_RULE,
        "CSIDriver" => device::STORAGE_DRIVER,
        "CSINode" => device::STORAGE_NODE,
        "CSIStorageCapacity" => device::STORAGE_CAPACITY,
        "VolumeAttributesClass" => device::ATTRIBUTES_CLASS,
        "Lease" => LEASE,
        "StorageVersionMigration" => MIGRATION,
        _ => PLAIN,
    }
}

/// How far a migration has come.
fn migrated(migration: &Object) -> &str {
    let last_first = migration.list("/status/conditions").iter().rev();
    let mut true_ones = last_first.filter(|it| it.text("/status") == "True");
    let states = ["Running", "Failed", "Succeeded"];
    let state = true_ones.find(|it| states.contains(&it.text("/type")));
    state.map_or("Unknown", |it| it.text("/type"))
}
