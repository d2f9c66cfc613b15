//! What an API server refuses in a StatefulSet, for hosts without one.
//!
//! This room knows values. It looks at JSON, each file at one part of it, and gives the mistakes with their paths.

mod certificate;
pub(crate) mod claim;
mod container;
mod driver;
mod environment;
pub(crate) mod field;
pub(crate) mod field_error;
pub(crate) mod format;
mod labels;
mod metadata;
mod mounts;
mod placement;
mod pod;
mod probe;
mod resources;
mod sameness;
mod security;
mod volume;

use std::collections::{BTreeMap, BTreeSet};
use std::format;
use std::string::ToString;
use std::vec::Vec;

use serde::Deserialize;
use serde_json::{Value, json};

use self::field::{Errors, Field, quoted};
use self::field_error::FieldError;
use super::value::kind::Kind;
use super::value::labels::{Labels, Selector};
use super::value::policies;
use crate::desired::MAX_ORDINAL;
use crate::plan::slots::Slots;
use crate::profile::Profile;

/// Gives everything that is wrong with a new set whose defaults are filled in. The list is empty if it may be stored.
///
/// Of the profile only [`recreate`](Profile::recreate), [`max_unavailable`](Profile::max_unavailable) and
/// [`policies`](Profile::policies) are read.
/// ```
/// use statefulset::Profile;
/// use statefulset::kubernetes::{normalize, validate_stateful_set};
///
/// let set = normalize(br#"{"metadata": {"namespace": "default", "name": "web"},
///     "spec": {"replicas": -1, "selector": {"matchLabels": {"app": "web"}},
///         "template": {"metadata": {"labels": {"app": "web"}},
///                      "spec": {"containers": [{"name": "web", "image": "web:1"}]}}}}"#, &Profile::UPSTREAM)?;
/// let wrong = validate_stateful_set(&set, &Profile::UPSTREAM);
/// assert_eq!(wrong[0].to_string(), "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
/// # Ok::<(), statefulset::kubernetes::WireError>(())
/// ```
pub fn validate_stateful_set(object: &Value, profile: &Profile) -> Vec<FieldError> {
    let errors = Errors::default();
    let set = Field::root(object, &errors);
    metadata::created(&set.child("metadata"));
    let rules = Rules {
        kind: kind(&set),
        recreate: profile.recreate,
        max_unavailable: profile.max_unavailable,
        update: false,
        template: true,
    };
    rules.spec(&set.child("spec"));
    asked_for(&set, profile);
    errors.into_errors(&BTreeSet::new())
}

/// Everything that is wrong with the change of a set into another, defaults already filled in in both: the new set
/// itself, and fields that may not change.
///
/// Two mistakes that the old set has already are not reported again: a strategy that the profile does not know, and a
/// template that breaks the rules.
/// ```
/// use statefulset::Profile;
/// use statefulset::kubernetes::{normalize, validate_stateful_set_update};
///
/// let old = normalize(br#"{"metadata": {"namespace": "default", "name": "web", "resourceVersion": "1"},
///     "spec": {"selector": {"matchLabels": {"app": "web"}}, "serviceName": "web",
///         "template": {"metadata": {"labels": {"app": "web"}},
///                      "spec": {"containers": [{"name": "web", "image": "web:1"}]}}}}"#, &Profile::UPSTREAM)?;
/// let mut new = old.clone();
/// new["spec"]["replicas"] = 5.into();
/// assert!(validate_stateful_set_update(&old, &new, &Profile::UPSTREAM).is_empty());
/// new["spec"]["serviceName"] = "other".into();
/// assert_eq!(validate_stateful_set_update(&old, &new, &Profile::UPSTREAM)[0].path, "spec.serviceName");
/// # Ok::<(), statefulset::kubernetes::WireError>(())
/// ```
pub fn validate_stateful_set_update(
    old: &Value,
    new: &Value,
    profile: &Profile,
) -> Vec<FieldError> {
    let errors = Errors::default();
    let ignored = Errors::default();
    let (was, is) = (Field::root(old, &ignored), Field::root(new, &errors));
    metadata::updated(&is.child("metadata"), &was.child("metadata"));
    let kind = kind(&is);
    asked_for(&is, profile);
    let (was, is) = (was.child("spec"), is.child("spec"));
    let mut rules = Rules {
        kind,
        recreate: profile.recreate || was.at(&["updateStrategy", "type"]).text() == "Recreate",
        max_unavailable: profile.max_unavailable
            || was
                .at(&["updateStrategy", "rollingUpdate", "maxUnavailable"])
                .given(),
        update: true,
        template: true,
    };
    rules.spec(&was);
    let excused = ignored.excuses();
    rules.template = ignored.into_errors(&excused).is_empty();
    rules.spec(&is);
    let ignored = Errors::default();
    let was = Field::root(old, &ignored).child("spec");
    for field in [
        "selector",
        "volumeClaimTemplates",
        "serviceName",
        "podManagementPolicy",
    ] {
        let (was, is) = (was.child(field), is.child(field));
        if sameness::essence(field, was.value()) != sameness::essence(field, is.value()) {
            let shown = match field {
                "selector" => labels::shown(is.value()),
                "volumeClaimTemplates" => is.value().to_string(),
                _ => quoted(is.text()),
            };
            is.invalid_as(&shown, "field is immutable");
        }
    }
    errors.into_errors(&excused)
}

/// What a set asks for beyond Kubernetes.
fn asked_for(set: &Field<'_>, profile: &Profile) {
    let is_own = kind(set) != Kind::StatefulSet.name();
    match policies::read(set.value(), profile.policies, is_own) {
        Err(mistake) => set.told_at(mistake.path).malformed(&mistake.problem),
        Ok(policies) if policies.view().excluded.is_empty() => {}
        Ok(policies) => {
            // What is no number is complained of elsewhere.
            let number = |field: &str| set.value().pointer(field).and_then(Value::as_u64);
            let small = |field, absent| u32::try_from(number(field).unwrap_or(absent)).unwrap_or(0);
            let (start, replicas) = (small("/spec/ordinals/start", 0), small("/spec/replicas", 1));
            if start <= MAX_ORDINAL && Slots::laid(start, replicas, policies.view()).is_none() {
                let path = policies::exclusions(profile.policies, is_own);
                set.told_at(path).malformed(policies::NO_ROOM);
            }
        }
    }
}

/// Which rules count.
struct Rules<'a> {
    /// What the set is called.
    kind: &'a str,
    /// The strategy `Recreate` is known.
    recreate: bool,
    /// `maxUnavailable` is known.
    max_unavailable: bool,
    /// The set is there already: what may not change is not looked at.
    update: bool,
    /// The pod template is looked at as a whole.
    template: bool,
}

/// The kind that an object says it is: it may be of a resource of one's own.
fn kind<'a>(set: &Field<'a>) -> &'a str {
    set.value()["kind"]
        .as_str()
        .unwrap_or(Kind::StatefulSet.name())
}

impl Rules<'_> {
    fn spec(&self, spec: &Field<'_>) {
        let policy = spec.child("podManagementPolicy");
        match policy.text() {
            "OrderedReady" | "Parallel" => {}
            "" => policy.required(""),
            _ => policy.invalid("must be 'OrderedReady' or 'Parallel'"),
        }
        self.strategy(&spec.child("updateStrategy"));
        let retention = spec.child("persistentVolumeClaimRetentionPolicy");
        if retention.given() {
            for field in ["whenDeleted", "whenScaled"] {
                let field = retention.child(field);
                if !matches!(field.text(), "Retain" | "Delete") {
                    field.unsupported(&["Retain", "Delete"]);
                }
            }
        }
        let claims = spec.child("volumeClaimTemplates");
        if !self.update {
            for claim in claims.items() {
                claim::spec(&claim.child("spec"));
            }
        }
        for field in ["replicas", "minReadySeconds"] {
            spec.child(field).not_negative();
        }
        spec.at(&["ordinals", "start"]).not_negative();
        // Any number will do.
        spec.child("revisionHistoryLimit").number();
        let service = spec.child("serviceName");
        if !self.update && !service.text().is_empty() {
            service.invalid_for(format::dns_label(service.text()));
        }
        if selector(spec, self.kind) {
            self.template(spec);
        }
        let restarts = spec.at(&["template", "spec", "restartPolicy"]);
        if restarts.text() != "Always" {
            restarts.unsupported(&["Always"]);
        }
        let deadline = spec.at(&["template", "spec", "activeDeadlineSeconds"]);
        if deadline.given() {
            deadline.forbidden(&format!(
                "activeDeadlineSeconds in {} is not Supported",
                self.kind
            ));
        }
    }

    fn strategy(&self, strategy: &Field<'_>) {
        let block = strategy.child("rollingUpdate");
        match strategy.child("type").text() {
            "" => strategy.required(""),
            kind if kind == "OnDelete" || (kind == "Recreate" && self.recreate) => {
                if block.given() {
                    block.invalid_as(
                        &rolling_update(block.value()),
                        "only allowed for updateStrategy 'RollingUpdate'",
                    );
                }
            }
            "RollingUpdate" => {
                block.child("partition").not_negative();
                if self.max_unavailable {
                    max_unavailable(&block.child("maxUnavailable"));
                }
            }
            kind => strategy.invalid_as(
                &format!(
                    "{{\"Type\":{},\"RollingUpdate\":{}}}",
                    quoted(kind),
                    rolling_update(block.value())
                ),
                if self.recreate {
                    "must be 'RollingUpdate', 'OnDelete', or 'Recreate'"
                } else {
                    "must be 'RollingUpdate' or 'OnDelete'"
                },
            ),
        }
    }

    fn template(&self, spec: &Field<'_>) {
        let template = spec.child("template");
        pod::metadata(&template);
        if !self.template {
            return;
        }
        // Each claim template is a volume, too; of one name there is one.
        let claims = spec.child("volumeClaimTemplates");
        let names = claims.items().map(|it| it.at(&["metadata", "name"]).text());
        let claims: BTreeMap<_, _> = names
            .map(|name| {
                let source = json!({"claimName": name});
                (name, json!({"name": name, "persistentVolumeClaim": source}))
            })
            .collect();
        let claims: Vec<_> = claims.values().map(|it| template.holding(it)).collect();
        pod::spec(&template.child("spec"), &claims);
    }
}

/// As the API server prints it.
fn rolling_update(block: &Value) -> std::string::String {
    if block.is_null() {
        return "null".into();
    }
    let partition = block["partition"].as_i64().unwrap_or(0);
    let max_unavailable = &block["maxUnavailable"];
    format!("{{\"Partition\":{partition},\"MaxUnavailable\":{max_unavailable}}}")
}

fn max_unavailable(field: &Field<'_>) {
    let number = match field.value() {
        Value::Null => return,
        Value::String(text) => match format::percent(text) {
            Ok(percent) => {
                if percent > 100 {
                    field.invalid("must not be greater than 100%");
                }
                i64::try_from(percent).unwrap_or(i64::MAX)
            }
            Err(problem) => {
                field.invalid(&problem);
                // The number that the text begins with, for what it is worth: none.
                text.parse().unwrap_or(0)
            }
        },
        _ => {
            field.not_negative();
            field.number().unwrap_or(1)
        }
    };
    if number == 0 {
        field.invalid("cannot be 0");
    }
}

/// Whether the selector makes sense, so that it can be compared with the template's labels.
fn selector(spec: &Field<'_>, kind: &str) -> bool {
    let field = spec.child("selector");
    let labels = spec.at(&["template", "metadata", "labels"]);
    let mismatch = || labels.invalid("`selector` does not match template `labels`");
    if !field.given() {
        field.required("");
        mismatch();
        return true;
    }
    let before = field.complaints();
    labels::selector(&field);
    let malformed = field.complaints() != before;
    let selector = Selector::deserialize(field.value());
    if selector.as_ref().is_ok_and(Selector::is_empty) {
        let kind = kind.to_lowercase();
        field.invalid(&format!("empty selector is invalid for {kind}"));
        return true;
    }
    let (false, Ok(selector)) = (malformed, selector) else {
        field.invalid_as(&labels::shown(field.value()), "");
        return false;
    };
    let pairs = labels.entries().map(|(key, value)| (key, value.text()));
    if !selector.matches(Labels::pack(pairs, "").of("")) {
        mismatch();
    }
    true
}
