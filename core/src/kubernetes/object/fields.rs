//! Reading objects: borrowed structs that name only what decisions need.

use std::collections::BTreeMap;
use std::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::input::{self, or_default};
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::{LabelMap, Text};
use crate::kubernetes::value::quantity;
use crate::time::Millis;

/// Reads an object of a kind.
pub(crate) fn read<'a, T: Deserialize<'a>>(kind: Kind, json: &'a [u8]) -> Result<T, ObjectError> {
    input::read(json)
        .map_err(|(path, problem)| ObjectError::new(kind, key_of(kind, json), &path, problem))
}

/// Namespace and name of an object that may be broken elsewhere.
fn key_of(kind: Kind, json: &[u8]) -> Key {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        metadata: Option<Name<'a>>,
    }
    #[derive(Deserialize)]
    struct Name<'a> {
        #[serde(borrow)]
        namespace: Option<Text<'a>>,
        #[serde(borrow)]
        name: Option<Text<'a>>,
    }
    let named = serde_json::from_slice::<Named<'_>>(json);
    let meta = named.ok().and_then(|object| object.metadata);
    let (namespace, name) = meta.map_or((None, None), |meta| (meta.namespace, meta.name));
    let text = |text: Option<Text<'_>>| text.map(|text| text.0.into_owned());
    let namespace = if kind.is_namespaced() {
        text(namespace)
    } else {
        None
    };
    Key {
        namespace: namespace.unwrap_or_default(),
        name: text(name).unwrap_or_else(|| "(no name)".to_string()),
    }
}

/// A name that can stand in a path: an object with another one could not be told from its neighbours, nor written to.
fn segment<'de, D: Deserializer<'de>>(input: D) -> Result<Text<'de>, D::Error> {
    in_a_path(Text::deserialize(input)?)
}

fn in_a_path<E: serde::de::Error>(name: Text<'_>) -> Result<Text<'_>, E> {
    let text = &*name.0;
    if matches!(text, "" | "." | "..") || text.contains(['/', '%']) {
        return Err(E::custom(format_args!(
            "expected a name that can stand in a path, found {text:?}"
        )));
    }
    Ok(name)
}

/// The same, where there may be none.
fn namespace<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Text<'de>>, D::Error> {
    let name = Option::<Text<'de>>::deserialize(input)?;
    let name = name.filter(|name| !name.0.is_empty());
    name.map(in_a_path).transpose()
}

/// A moment as the API writes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Time(pub(crate) Millis);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(input)?;
        let time: jiff::Timestamp = text.0.parse().map_err(serde::de::Error::custom)?;
        Ok(Self(time.as_millisecond()))
    }
}

/// The moment as the API writes it: whole seconds, UTC.
pub(crate) fn format_time(at: Millis) -> String {
    // Milliseconds of any i64 beyond year 9999 are out of the format's range, too.
    let limit = jiff::Timestamp::MAX.as_second();
    let second = at.div_euclid(1000).clamp(-limit, limit);
    jiff::Timestamp::from_second(second)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_string()
}

/// A moment that the API wrote.
pub(crate) fn parse_time(text: &str) -> Option<Millis> {
    let time: jiff::Timestamp = text.parse().ok()?;
    Some(time.as_millisecond())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Meta<'a> {
    #[serde(borrow, deserialize_with = "segment")]
    pub(crate) name: Text<'a>,
    #[serde(borrow, default, deserialize_with = "namespace")]
    namespace: Option<Text<'a>>,
    #[serde(borrow)]
    uid: Option<Text<'a>>,
    #[serde(borrow)]
    resource_version: Option<Text<'a>>,
    pub(crate) creation_timestamp: Option<Time>,
    pub(crate) deletion_timestamp: Option<Time>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) labels: LabelMap<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) annotations: LabelMap<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) owner_references: Vec<OwnerReference<'a>>,
    pub(crate) generation: Option<i64>,
}

impl Meta<'_> {
    pub(crate) fn namespace(&self) -> &str {
        self.namespace.as_ref().map_or("", |text| &text.0)
    }

    pub(crate) fn uid(&self) -> &str {
        self.uid.as_ref().map_or("", |text| &text.0)
    }

    pub(crate) fn resource_version(&self) -> &str {
        self.resource_version.as_ref().map_or("", |text| &text.0)
    }

    pub(crate) fn annotation(&self, key: &str) -> Option<&str> {
        self.annotations.get(key).map(|text| &*text.0)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OwnerReference<'a> {
    #[serde(borrow)]
    pub(crate) api_version: Text<'a>,
    #[serde(borrow)]
    pub(crate) kind: Text<'a>,
    #[serde(borrow)]
    pub(crate) name: Text<'a>,
    #[serde(borrow)]
    pub(crate) uid: Text<'a>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) controller: bool,
}

#[derive(Deserialize)]
pub(crate) struct PodObject<'a> {
    #[serde(borrow)]
    pub(crate) metadata: Meta<'a>,
    #[serde(borrow)]
    pub(crate) spec: PodSpec<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) status: PodStatus<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PodSpec<'a> {
    #[serde(borrow)]
    pub(crate) node_name: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) volumes: Vec<PodVolume<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PodVolume<'a> {
    #[serde(borrow)]
    pub(crate) name: Text<'a>,
    #[serde(borrow)]
    pub(crate) persistent_volume_claim: Option<ClaimSource<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClaimSource<'a> {
    #[serde(borrow)]
    pub(crate) claim_name: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PodStatus<'a> {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) phase: PodPhase,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) conditions: Vec<Condition<'a>>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) container_statuses: Vec<ContainerStatus<'a>>,
    pub(crate) observed_generation: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ContainerStatus<'a> {
    #[serde(borrow)]
    pub(crate) name: Text<'a>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) restart_count: u32,
    #[serde(borrow, rename = "containerID")]
    pub(crate) id: Option<Text<'a>>,
}

#[derive(Deserialize, Clone, Copy, Default)]
pub(crate) enum PodPhase {
    #[default]
    #[serde(alias = "")]
    Pending,
    Running,
    Succeeded,
    Failed,
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Condition<'a> {
    #[serde(borrow, rename = "type")]
    pub(crate) name: Text<'a>,
    #[serde(borrow)]
    pub(crate) status: Text<'a>,
    pub(crate) last_transition_time: Option<Time>,
}

#[derive(Deserialize)]
pub(crate) struct ClaimObject<'a> {
    #[serde(borrow)]
    pub(crate) metadata: Meta<'a>,
    #[serde(borrow)]
    pub(crate) spec: ClaimSpec<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) status: PhaseStatus<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClaimSpec<'a> {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) access_modes: Vec<AccessMode>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) resources: Resources<'a>,
    #[serde(borrow)]
    pub(crate) storage_class_name: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(crate) volume_attributes_class_name: Option<Text<'a>>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) volume_mode: Mode,
    #[serde(borrow)]
    pub(crate) volume_name: Option<Text<'a>>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Resources<'a> {
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) requests: BTreeMap<Text<'a>, Amount>,
}

/// A quantity in whole units. The API also takes plain numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Amount(pub(crate) u64);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Quantity;

        impl Visitor<'_> for Quantity {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a quantity such as 1Gi")
            }

            fn visit_u64<E>(self, number: u64) -> Result<Amount, E> {
                Ok(Amount(number))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Amount, E> {
                quantity::parse(text).map(Amount).ok_or_else(|| {
                    E::custom(format_args!(
                        "expected a quantity such as 1Gi, found {text:?}"
                    ))
                })
            }
        }

        input.deserialize_any(Quantity)
    }
}

#[derive(Deserialize, Clone, Copy)]
#[expect(clippy::enum_variant_names, reason = "the names are Kubernetes'")]
pub(crate) enum AccessMode {
    ReadWriteOnce,
    ReadOnlyMany,
    ReadWriteMany,
    ReadWriteOncePod,
}

#[derive(Deserialize, Clone, Copy, Default)]
pub(crate) enum Mode {
    #[default]
    Filesystem,
    Block,
}

#[derive(Deserialize, Default)]
pub(crate) struct PhaseStatus<'a> {
    #[serde(borrow)]
    pub(crate) phase: Option<Text<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct VolumeObject<'a> {
    #[serde(borrow)]
    pub(crate) metadata: Meta<'a>,
    #[serde(borrow)]
    pub(crate) spec: VolumeSpec<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) status: PhaseStatus<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VolumeSpec<'a> {
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) capacity: BTreeMap<Text<'a>, Amount>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) access_modes: Vec<AccessMode>,
    #[serde(borrow)]
    pub(crate) storage_class_name: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(crate) volume_attributes_class_name: Option<Text<'a>>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) volume_mode: Mode,
    #[serde(borrow)]
    pub(crate) claim_ref: Option<ClaimRef<'a>>,
    pub(crate) node_affinity: Option<NodeAffinity>,
}

#[derive(Deserialize)]
pub(crate) struct ClaimRef<'a> {
    #[serde(borrow)]
    pub(crate) namespace: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) uid: Option<Text<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct NodeAffinity {
    pub(crate) required: Option<NodeSelector>,
}

/// Terms about nodes, of which one has to hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NodeSelector {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) node_selector_terms: Vec<NodeTerm>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NodeTerm {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) match_expressions: Vec<NodeRequirement>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) match_fields: Vec<NodeRequirement>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
pub(crate) struct NodeRequirement {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) key: String,
    /// As it stands there: an unknown one makes the term hold nowhere, not the volume unreadable.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) operator: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClassObject<'a> {
    #[serde(borrow)]
    pub(crate) metadata: Meta<'a>,
    #[serde(borrow)]
    pub(crate) volume_binding_mode: Option<Text<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct NodeObject<'a> {
    #[serde(borrow)]
    pub(crate) metadata: Meta<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) spec: NodeSpec<'a>,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) status: NodeStatus<'a>,
}

#[derive(Deserialize, Default)]
pub(crate) struct NodeSpec<'a> {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) unschedulable: bool,
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) taints: Vec<Taint<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct Taint<'a> {
    #[serde(borrow)]
    pub(crate) key: Text<'a>,
}

#[derive(Deserialize, Default)]
pub(crate) struct NodeStatus<'a> {
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub(crate) conditions: Vec<Condition<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct BudgetObject<'a> {
    #[serde(borrow)]
    pub(crate) metadata: Meta<'a>,
    #[serde(borrow)]
    pub(crate) spec: BudgetSpec<'a>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) status: BudgetStatus,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BudgetSpec<'a> {
    pub(crate) selector: Option<crate::kubernetes::value::labels::Selector>,
    #[serde(borrow)]
    pub(crate) unhealthy_pod_eviction_policy: Option<Text<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BudgetStatus {
    pub(crate) observed_generation: i64,
    pub(crate) disruptions_allowed: i64,
    pub(crate) current_healthy: i64,
    pub(crate) desired_healthy: i64,
}

#[derive(Deserialize)]
pub(crate) struct RevisionObject<'a> {
    #[serde(borrow)]
    pub(crate) metadata: Meta<'a>,
    pub(crate) revision: i64,
    #[serde(borrow)]
    pub(crate) data: &'a RawValue,
}
