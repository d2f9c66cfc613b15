//! A StatefulSet: its own JSON, and what is read from it.

use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::sync::Arc;
use std::vec::Vec;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::fields::{self, Meta};
use super::resource::SetResource;
use super::revision;
use super::version::Version;
use crate::desired::{
    Deletion, Keep, Limit, MAX_ORDINAL, Management, Ordinal, Retention, Rolling, Strategy,
};
use crate::kubernetes::defaults;
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::input::{from_map, or_default, scalar};
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::Selector;
use crate::kubernetes::value::policies::{self, SetPolicies};
use crate::plan::slots::Slots;
use crate::profile::{PolicySource, Profile, Shutdown};
use crate::time::Millis;
use crate::version::Version as Kubernetes;

/// Holds the set until an ordered shutdown has ended.
pub const FINALIZER: &str = "statefulset.dev/ordered-shutdown";
/// Kubernetes' own: whoever deletes the set wants its pods to stay.
const ORPHAN: &str = "orphan";

/// A set as it was last seen.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct StatefulSet {
    /// What it is in the API.
    pub(crate) resource: Arc<SetResource>,
    /// Whose rules it follows.
    pub(crate) kubernetes: Kubernetes,
    pub(crate) key: Key,
    pub(crate) version: Version,
    /// The whole object, so that no field is lost on its way into pods, claims and revisions.
    pub(crate) object: Value,
    /// The data of the revision that its template makes.
    pub(crate) revision_data: Vec<u8>,
    pub(crate) generation: i64,
    pub(crate) deletion: Deletion,
    pub(crate) finalizers: Vec<String>,
    pub(crate) replicas: u32,
    pub(crate) start: u32,
    pub(crate) selector: Selector,
    pub(crate) management: Management,
    pub(crate) strategy: Strategy,
    pub(crate) min_ready: Millis,
    /// Negative: keep everything.
    pub(crate) history_limit: i64,
    pub(crate) retention: Retention,
    /// Where it has a say in that.
    pub(crate) shutdown: Option<Shutdown>,
    /// What it asks for beyond Kubernetes.
    pub(crate) policies: SetPolicies,
    /// Names of the claim templates.
    pub(crate) templates: Vec<String>,
    /// What volumes for their claims must be labelled with.
    pub(crate) claim_selectors: Vec<Option<Selector>>,
    pub(crate) status: Option<StatusObject>,
}

#[derive(Deserialize)]
struct SetObject<'a> {
    #[serde(borrow)]
    metadata: Meta<'a>,
    #[serde(deserialize_with = "from_map")]
    spec: Spec,
    status: Option<StatusObject>,
}

#[derive(Deserialize)]
struct Finalized {
    metadata: Finalizers,
}

#[derive(Deserialize)]
struct Finalizers {
    #[serde(default, deserialize_with = "or_default")]
    finalizers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    replicas: u32,
    ordinals: Option<Ordinals>,
    selector: Selector,
    pod_management_policy: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    update_strategy: UpdateStrategy,
    #[serde(default, deserialize_with = "or_default")]
    min_ready_seconds: u32,
    revision_history_limit: i64,
    persistent_volume_claim_retention_policy: Option<RetentionPolicy>,
    #[serde(default, deserialize_with = "or_default")]
    volume_claim_templates: Vec<Template>,
    #[expect(dead_code, reason = "read to be sure of its shape")]
    #[serde(deserialize_with = "from_map")]
    template: PodTemplate,
}

#[derive(Deserialize)]
struct Ordinals {
    #[serde(default, deserialize_with = "or_default")]
    start: u32,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct UpdateStrategy {
    #[serde(default, deserialize_with = "or_default", rename = "type")]
    name: StrategyType,
    rolling_update: Option<RollingUpdate>,
}

#[derive(Deserialize, Default)]
enum StrategyType {
    #[default]
    RollingUpdate,
    OnDelete,
    Recreate,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RollingUpdate {
    partition: u32,
    #[serde(default, deserialize_with = "max_unavailable")]
    max_unavailable: Option<Limit>,
}

fn max_unavailable<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<Limit>, D::Error> {
    let expected = "a number of pods or a percentage such as 20%";
    let limit = match scalar(input, expected)? {
        Value::Null => return Ok(None),
        Value::Number(number) => number.as_u64().map(|n| Limit::Count(clamp(n))),
        Value::String(text) => text
            .strip_suffix('%')
            .and_then(|number| number.parse().ok())
            .map(Limit::Percent),
        _ => None,
    };
    limit
        .map(Some)
        .ok_or_else(|| serde::de::Error::custom(std::format!("expected {expected}")))
}

fn clamp(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RetentionPolicy {
    when_deleted: Option<String>,
    when_scaled: Option<String>,
}

/// The shape of a pod template, as far as pods are put together from it.
#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be sure of its shape")]
pub(crate) struct PodTemplate {
    #[serde(default, deserialize_with = "or_default")]
    metadata: TemplateMeta,
    #[serde(deserialize_with = "from_map")]
    spec: PodTemplateSpec,
}

#[derive(Deserialize, Default)]
#[expect(dead_code, reason = "read to be sure of its shape")]
struct TemplateMeta {
    #[serde(default, deserialize_with = "or_default")]
    labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be sure of its shape")]
struct PodTemplateSpec {
    #[serde(default, deserialize_with = "or_default")]
    volumes: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Template {
    #[serde(deserialize_with = "from_map")]
    metadata: TemplateName,
    #[serde(default, deserialize_with = "or_default")]
    spec: TemplateSpec,
}

#[derive(Deserialize, Default)]
struct TemplateSpec {
    selector: Option<Selector>,
}

#[derive(Deserialize)]
struct TemplateName {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    #[expect(dead_code, reason = "read to be sure of its shape")]
    labels: BTreeMap<String, String>,
}

/// The stored status. It is an input.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(crate) struct StatusObject {
    pub(crate) observed_generation: i64,
    pub(crate) replicas: u32,
    pub(crate) ready_replicas: u32,
    pub(crate) available_replicas: u32,
    pub(crate) current_replicas: u32,
    pub(crate) updated_replicas: u32,
    pub(crate) current_revision: String,
    pub(crate) update_revision: String,
    #[serde(deserialize_with = "or_default")]
    pub(crate) collision_count: u32,
    #[serde(deserialize_with = "or_default")]
    pub(crate) conditions: Vec<Value>,
    /// What the policies of a set of one's own resource hold back (rule Y-7).
    #[serde(deserialize_with = "or_default")]
    pub(crate) held: String,
}

/// A problem without its line and column.
fn unplaced(error: &ObjectError) -> &str {
    let place = error.problem.rfind(" at line ");
    place.map_or(&*error.problem, |place| &error.problem[..place])
}

/// An error that would not be one in a set with all its defaults names the call that fills them in.
fn hint(error: ObjectError, json: &[u8]) -> ObjectError {
    let Ok(mut object) = serde_json::from_slice(json) else {
        return error;
    };
    defaults::default_stateful_set(&mut object, &Profile::UPSTREAM);
    let completed = object.to_string();
    match fields::read::<SetObject<'_>>(error.kind, completed.as_bytes()) {
        Err(same) if same.path == error.path && unplaced(&same) == unplaced(&error) => error,
        _ => ObjectError {
            problem: format!(
                "{}; this looks like a manifest that no API server has completed: pass it through `normalize` first",
                error.problem
            ),
            ..error
        },
    }
}

impl StatefulSet {
    /// Reads a set. Fields that the API server fills in and that decisions need must be there.
    pub(crate) fn read(
        json: &[u8],
        resource: &Arc<SetResource>,
        profile: &Profile,
    ) -> Result<Self, ObjectError> {
        let kind = Kind::StatefulSet;
        let kubernetes = profile.kubernetes;
        let stored = json;
        let completed = resource.completed(json);
        let json = completed.as_deref().unwrap_or(json);
        let set: SetObject<'_> = fields::read(kind, json).map_err(|error| hint(error, json))?;
        let object: Value = fields::read(kind, json)?;
        let finalized: Finalized = fields::read(kind, json)?;
        let SetObject {
            metadata,
            spec,
            status,
        } = set;
        let key = Key::new(metadata.namespace(), &*metadata.name.0);
        let fail = |path: &str, problem: &str| ObjectError::new(kind, key.clone(), path, problem);
        if metadata.uid().is_empty() {
            return Err(fail("metadata.uid", "expected the uid of a stored object"));
        }
        let policies = if profile.policies == PolicySource::Resource && resource.is_stateful_sets()
        {
            SetPolicies::default()
        } else {
            // Completing a set leaves out fields that others have.
            let stored: Value = fields::read(kind, stored)?;
            policies::read(&stored, profile.policies, !resource.is_stateful_sets())
                .map_err(|mistake| fail(&mistake.path, &mistake.problem))?
        };
        let start = spec.ordinals.map_or(0, |ordinals| ordinals.start);
        if spec.replicas > MAX_ORDINAL {
            return Err(fail("spec.replicas", "expected at most 2147483647"));
        }
        if start > MAX_ORDINAL || Slots::laid(start, spec.replicas, policies.view()).is_none() {
            if !policies.view().excluded.is_empty() {
                let path = policies::exclusions(profile.policies, !resource.is_stateful_sets());
                return Err(fail(&path, policies::NO_ROOM));
            }
            return Err(fail(
                "spec.ordinals.start",
                "expected ordinals of at most 2147483647",
            ));
        }
        if spec.selector.is_empty() {
            return Err(fail("spec.selector", "expected at least one label"));
        }
        let shutdown = match &object["spec"]["shutdown"] {
            // StatefulSets have no such field.
            _ if resource.is_stateful_sets() => None,
            Value::Null => None,
            word if word == "Ordered" => Some(Shutdown::Ordered),
            word if word == "Background" => Some(Shutdown::Background),
            other => {
                let problem = format!("expected Ordered or Background, found {other}");
                return Err(fail("spec.shutdown", &problem));
            }
        };
        let finalizers = finalized.metadata.finalizers;
        let orphans = finalizers.iter().any(|name| name == ORPHAN);
        Ok(Self {
            resource: Arc::clone(resource),
            kubernetes,
            generation: metadata.generation.unwrap_or(0),
            deletion: match (metadata.deletion_timestamp, orphans) {
                (None, _) => Deletion::No,
                (Some(_), true) => Deletion::Orphan,
                (Some(_), false) => Deletion::WithPods,
            },
            finalizers,
            replicas: spec.replicas,
            start,
            selector: spec.selector,
            management: match spec.pod_management_policy.as_deref() {
                Some("Parallel") => Management::Parallel,
                _ => Management::OrderedReady,
            },
            strategy: match spec.update_strategy.name {
                StrategyType::OnDelete => Strategy::OnDelete,
                StrategyType::Recreate => Strategy::Recreate,
                StrategyType::RollingUpdate => {
                    Strategy::RollingUpdate(spec.update_strategy.rolling_update.map(|block| {
                        Rolling {
                            partition: block.partition,
                            max_unavailable: block.max_unavailable,
                        }
                    }))
                }
            },
            min_ready: policies
                .min_ready
                .unwrap_or(Millis::from(spec.min_ready_seconds) * 1000),
            policies,
            history_limit: spec.revision_history_limit,
            shutdown,
            retention: retention(spec.persistent_volume_claim_retention_policy.as_ref()),
            claim_selectors: spec
                .volume_claim_templates
                .iter()
                .map(|template| template.spec.selector.clone())
                .collect(),
            templates: spec
                .volume_claim_templates
                .into_iter()
                .map(|template| template.metadata.name)
                .collect(),
            status,
            version: Version::of(&metadata),
            revision_data: revision::data(&object["spec"]["template"], kubernetes),
            object,
            key,
        })
    }

    /// The ordinals of its pods. None where they would be too large, which reading a set rules out.
    pub(crate) fn slots(&self) -> Option<Slots<'_>> {
        Slots::laid(self.start, self.replicas, self.policies.view())
    }

    /// Whether it has a pod with this ordinal.
    pub(crate) fn wants(&self, ordinal: Ordinal) -> bool {
        self.slots().is_some_and(|slots| slots.contains(ordinal))
    }

    /// The profile that it is looked after by.
    pub(crate) fn profile(&self, all: Profile) -> Profile {
        Profile {
            shutdown: self.shutdown.unwrap_or(all.shutdown),
            ..all
        }
    }

    /// The same set where another version's rules are followed.
    pub(crate) fn following(&self, kubernetes: Kubernetes) -> Self {
        Self {
            kubernetes,
            revision_data: revision::data(self.template(), kubernetes),
            ..self.clone()
        }
    }

    /// Its pod template.
    pub(crate) fn template(&self) -> &Value {
        &self.object["spec"]["template"]
    }

    /// Whether a revision's data, once what the API server would fill in is filled in, are those of the set's template.
    pub(crate) fn makes_anew(&self, data: &[u8]) -> bool {
        revision::template(data).is_some_and(|mut template| {
            defaults::pod_template_of(&mut template, self.kubernetes);
            revision::data(&template, self.kubernetes) == self.revision_data
        })
    }

    pub(crate) fn template_labels(&self) -> Map<String, Value> {
        let labels = self.template().pointer("/metadata/labels");
        labels
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    }

    pub(crate) fn claim_template(&self, index: usize) -> &Value {
        &self.object["spec"]["volumeClaimTemplates"][index]
    }

    pub(crate) fn service_name(&self) -> &str {
        self.object["spec"]["serviceName"].as_str().unwrap_or("")
    }

    /// The reference that makes this set an object's controller.
    pub(crate) fn controller_reference(&self) -> Value {
        self.resource.controller(&self.key.name, &self.version.uid)
    }

    /// Its path in the API.
    pub(crate) fn path(&self) -> String {
        self.resource.path(&self.key.namespace, &self.key.name)
    }

    /// Whether it has a claim template with the name that `claim` begins with; `claim` is a claim's name without its
    /// ordinal.
    pub(crate) fn owns_claim_stem(&self, stem: &str) -> bool {
        self.templates
            .iter()
            .any(|template| stem == format!("{template}-{}", self.key.name))
    }
}

/// A policy with an unknown value keeps everything, as in Kubernetes.
fn retention(policy: Option<&RetentionPolicy>) -> Retention {
    let read = |text: Option<&String>| match text.map_or("Retain", String::as_str) {
        "Retain" => Some(Keep::Retain),
        "Delete" => Some(Keep::Delete),
        _ => None,
    };
    let known = policy.and_then(|policy| {
        Some(Retention {
            when_deleted: read(policy.when_deleted.as_ref())?,
            when_scaled: read(policy.when_scaled.as_ref())?,
        })
    });
    known.unwrap_or_default()
}
