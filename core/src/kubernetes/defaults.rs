//! What an API server fills into a StatefulSet, for hosts without one.
//!
//! This room knows values. It changes JSON in place, each file one part of it.

mod container;
mod fill;
mod image;
mod volume;

use std::string::String;

use serde_json::{Map, Value, json};

use self::fill::{each, fields, fill, fill_word, quantities};
use super::value::kind::Kind;
use crate::profile::Profile;

/// Fills in the fields that the API server would: those of the set, of its pod template and of its claim templates.
/// Quantities become canonical. What is no object is left as it is.
///
/// Of the profile it matters whether it knows `maxUnavailable`.
pub fn default_stateful_set(object: &mut Value, profile: &Profile) {
    let Some(set) = object.as_object_mut() else {
        return;
    };
    fill(set, "spec", || json!({}));
    fields(set, "spec", |spec| set_spec(spec, profile));
}

fn set_spec(spec: &mut Map<String, Value>, profile: &Profile) {
    fill(spec, "replicas", || 1.into());
    fill_word(spec, "podManagementPolicy", "OrderedReady");
    fill(spec, "revisionHistoryLimit", || 10.into());
    fill(spec, "updateStrategy", || json!({}));
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
        if strategy["type"] == "RollingUpdate" {
            fields(strategy, "rollingUpdate", |block| {
                fill(block, "partition", || 0.into());
                if profile.max_unavailable {
                    fill(block, "maxUnavailable", || 1.into());
                }
            });
        }
    });
    fields(spec, "persistentVolumeClaimRetentionPolicy", |policy| {
        fill_word(policy, "whenDeleted", "Retain");
        fill_word(policy, "whenScaled", "Retain");
    });
    fill(spec, "template", || json!({}));
    fields(spec, "template", template);
    each(spec, "volumeClaimTemplates", claim);
}

/// Fills in the fields of a pod template.
pub(crate) fn pod_template(template: &mut Value) {
    if let Some(fields) = template.as_object_mut() {
        self::template(fields);
    }
}

fn template(template: &mut Map<String, Value>) {
    fill(template, "spec", || json!({}));
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

/// Two names of one field; the newer one counts.
fn service_account(spec: &mut Map<String, Value>) {
    let name = ["serviceAccountName", "serviceAccount"]
        .into_iter()
        .filter_map(|field| spec.get(field))
        .find(|name| !name.is_null() && **name != "")
        .cloned();
    if let Some(name) = name {
        spec.insert("serviceAccount".into(), name.clone());
        spec.insert("serviceAccountName".into(), name);
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
    fill(claim, "spec", || json!({}));
    fields(claim, "spec", claim_spec);
    fill(claim, "status", || json!({}));
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
