//! What an API server makes of a StatefulSet before it stores it, for hosts without one: the walk over its fields, and
//! then what is filled in.
//!
//! This room knows values and the schema. It changes JSON in place, each file one part of it.

mod container;
mod fill;
mod image;
mod volume;

use std::string::String;

use serde_json::{Map, Value, json};

use self::fill::{each, fields, fill, fill_word, quantities};
use super::schema;
use super::value::kind::Kind;
use crate::profile::Profile;
use crate::version::Version;

/// Changes a set into what an API server would store: the set, its pod template and its claim templates.
///
/// - Fields that an API server does not know are dropped, and so are those of them that say nothing: `false`, 0, an empty
///   text, list or map, and `null`, where that means the same as an absent field.
/// - Fields that are always written are there, such as `serviceName: ""`, `resources: {}` and a divisor of `"0"`.
/// - Defaults are filled in.
/// - Quantities and moments become canonical, and `2.0` becomes `2`.
///
/// A value of the wrong type stays as it is, and [`validate_stateful_set`](crate::kubernetes::validate_stateful_set) reports
/// it. A value that is not an object is not changed. In an object of another resource, `spec.shutdown` and
/// `spec.policies` are kept.
///
/// Of the profile only [`max_unavailable`](Profile::max_unavailable) is read.
///
/// ```
/// use serde_json::json;
/// use statefulset::{Profile, kubernetes::default_stateful_set};
///
/// let mut set = json!({"spec": {"minReadySeconds": 0, "replicas": 2.0, "template": {"spec": {"hostIPC": false}}}});
/// default_stateful_set(&mut set, &Profile::UPSTREAM);
/// assert_eq!(set["spec"]["replicas"], json!(2));
/// assert_eq!(set["spec"]["serviceName"], "");
/// assert_eq!(set["spec"].get("minReadySeconds"), None);
/// assert_eq!(set["spec"]["template"]["spec"].get("hostIPC"), None);
/// ```
pub fn default_stateful_set(object: &mut Value, profile: &Profile) {
    let names = |field: &str, name: &str| object.get(field).is_none_or(|it| *it == name);
    let kind = Kind::StatefulSet;
    let is_own = !(names("kind", kind.name()) && names("apiVersion", kind.api_version()));
    complete(object, is_own, profile);
}

/// The same for an object of another resource. Fields that a StatefulSet does not have are left alone.
pub(crate) fn default_own_set(object: &mut Value, profile: &Profile) {
    complete(object, true, profile);
}

fn complete(object: &mut Value, is_own: bool, profile: &Profile) {
    let Some(set) = object.as_object_mut() else {
        return;
    };
    let mut spec = set.get_mut("spec").map(Value::take).unwrap_or_default();
    if spec.is_null() {
        spec = json!({});
    }
    if let Some(fields) = spec.as_object_mut() {
        let own = OWN.map(|name| (name, fields.remove(name).unwrap_or_default()));
        let own = own.into_iter().filter(|(_, it)| is_own && !it.is_null());
        schema::settle(schema::STATEFUL_SET_SPEC, fields);
        set_spec(fields, profile);
        fields.extend(own.map(|(name, value)| (name.into(), value)));
    }
    if is_own {
        fields(set, "metadata", |it| schema::settle(schema::METADATA, it));
    } else {
        schema::settle(schema::STATEFUL_SET, set);
    }
    set.insert("spec".into(), spec);
}

/// The fields that only other resources have.
const OWN: [&str; 2] = ["policies", "shutdown"];

fn set_spec(spec: &mut Map<String, Value>, profile: &Profile) {
    fill(spec, "replicas", || 1.into());
    fill_word(spec, "podManagementPolicy", "OrderedReady");
    fill(spec, "revisionHistoryLimit", || 10.into());
    fill(spec, "persistentVolumeClaimRetentionPolicy", || json!({}));
    fields(spec, "updateStrategy", |strategy| {
        let unnamed = strategy
            .get("type")
            .is_none_or(|it| *it == "" || it.is_null());
        if unnamed {
            strategy.insert("type".into(), "RollingUpdate".into());
            fill(strategy, "rollingUpdate", || json!({}));
        }
        // A block that was left out on purpose stays out.
        let rolls = strategy["type"] == "RollingUpdate";
        fields(strategy, "rollingUpdate", |block| {
            fill(block, "partition", || 0.into());
            if rolls && profile.max_unavailable {
                fill(block, "maxUnavailable", || 1.into());
            }
        });
    });
    fields(spec, "persistentVolumeClaimRetentionPolicy", |policy| {
        fill_word(policy, "whenDeleted", "Retain");
        fill_word(policy, "whenScaled", "Retain");
    });
    fields(spec, "template", template);
    each(spec, "volumeClaimTemplates", claim);
}

/// Fills into the pod template of a revision what the controller of a version fills in before it compares.
pub(crate) fn pod_template_of(template: &mut Value, version: Version) {
    let Some(fields) = template.as_object_mut() else {
        return;
    };
    schema::settle(schema::POD_TEMPLATE, fields);
    let given = SERVICE_ACCOUNT.map(|name| fields.get("spec")?.get(name).cloned());
    self::template(fields);
    if version.defaults_service_account() {
        return;
    }
    if let Some(Value::Object(spec)) = fields.get_mut("spec") {
        for (name, given) in SERVICE_ACCOUNT.into_iter().zip(given) {
            match given {
                Some(value) => spec.insert(name.into(), value),
                None => spec.remove(name),
            };
        }
    }
}

fn template(template: &mut Map<String, Value>) {
    fields(template, "spec", pod);
}

fn pod(spec: &mut Map<String, Value>) {
    fill_word(spec, "dnsPolicy", "ClusterFirst");
    fill_word(spec, "restartPolicy", "Always");
    fill_word(spec, "schedulerName", "default-scheduler");
    fill(spec, "securityContext", || json!({}));
    fill(spec, "terminationGracePeriodSeconds", || 30.into());
    service_account(spec);
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        each(spec, list, container::container);
    }
    each(spec, "volumes", volume::volume);
    fields(spec, "overhead", quantities);
    fields(spec, "resources", resources);
}

/// Two names of one field; the newer one, which is the first here, counts.
const SERVICE_ACCOUNT: [&str; 2] = ["serviceAccountName", "serviceAccount"];

fn service_account(spec: &mut Map<String, Value>) {
    let name = SERVICE_ACCOUNT
        .into_iter()
        .filter_map(|field| spec.get(field))
        .find(|name| !name.is_null() && **name != "")
        .cloned();
    if let Some(name) = name {
        for field in SERVICE_ACCOUNT {
            spec.insert(field.into(), name.clone());
        }
    }
}

/// Only in pods, not in their templates, is a limit also a request, and a port of the host's network one of the host.
fn resources(resources: &mut Map<String, Value>) {
    for list in ["limits", "requests"] {
        fields(resources, list, quantities);
    }
}

fn claim(claim: &mut Map<String, Value>) {
    let kind = Kind::PersistentVolumeClaim;
    claim.insert("apiVersion".into(), kind.api_version().into());
    claim.insert("kind".into(), kind.name().into());
    fields(claim, "spec", claim_spec);
    fields(claim, "status", |status| {
        fill_word(status, "phase", "Pending");
        for list in ["capacity", "allocatedResources"] {
            fields(status, list, quantities);
        }
    });
}

fn claim_spec(spec: &mut Map<String, Value>) {
    fill(spec, "volumeMode", || "Filesystem".into());
    fields(spec, "resources", resources);
}
