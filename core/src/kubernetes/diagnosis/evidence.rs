//! What a diagnosis may look at: objects as the API server shows them.
//!
//! Decisions depend on few fields of few kinds, and the view keeps no more than those. Why a pod does not start stands
//! elsewhere: in what its containers say, in events, in a volume's node affinity.

pub(super) mod field;
pub(super) mod notice;

use std::borrow::Cow;
use std::boxed::Box;
use std::collections::{BTreeMap, BTreeSet};
use std::format;
use std::string::String;
use std::vec::Vec;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use self::notice::Notice;
use crate::kubernetes::value::input::{WireError, read, read_object, within};
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;

/// The kinds that are looked at, each with its group.
const KINDS: &[(&str, &str)] = &[
    ("StatefulSet", "apps"),
    ("ControllerRevision", "apps"),
    ("Pod", ""),
    ("PersistentVolumeClaim", ""),
    ("PersistentVolume", ""),
    ("Node", ""),
    ("Namespace", ""),
    ("Service", ""),
    ("Secret", ""),
    ("ConfigMap", ""),
    ("ServiceAccount", ""),
    ("ResourceQuota", ""),
    ("StorageClass", "storage.k8s.io"),
    ("VolumeAttachment", "storage.k8s.io"),
    ("PodDisruptionBudget", "policy"),
];

/// Of these kinds, those that are not in namespaces and that the planner does not know.
const CLUSTER_WIDE: [&str; 2] = ["Namespace", "VolumeAttachment"];

/// Objects for [`Cluster::diagnose`](crate::kubernetes::Cluster::diagnose) to look at, events included. The more there are,
/// the more can be said; none is needed. What is not looked at is passed over.
///
/// The JSON is borrowed, and read only when a set is diagnosed that it matters to.
///
/// ```
/// use statefulset::kubernetes::Evidence;
///
/// let mut evidence = Evidence::new();
/// evidence.add(br#"{"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"default","name":"web-0"}}"#)?;
/// evidence.add(br#"{"apiVersion":"v1","kind":"List","items":[]}"#)?;
/// evidence.add(br#"[{"kind":"Event"},{"kind":"PodList","items":[]}]"#)?;
/// // That there are no Secrets at all is worth knowing, too. A `SecretList` without items says the same.
/// evidence.complete("Secret");
/// # Ok::<(), statefulset::kubernetes::WireError>(())
/// ```
#[derive(Clone, Default, Debug)]
pub struct Evidence<'a> {
    objects: BTreeMap<(&'static str, Key), &'a [u8]>,
    /// Events by the object that they are about.
    events: BTreeMap<(String, Key), Vec<&'a [u8]>>,
    /// Kinds that all objects are here of.
    complete: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    #[serde(borrow)]
    api_version: Option<Cow<'a, str>>,
    #[serde(borrow)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    metadata: Option<Name<'a>>,
    #[serde(borrow)]
    items: Option<Vec<&'a RawValue>>,
    /// What an event of `v1` is about.
    #[serde(borrow)]
    involved_object: Option<About<'a>>,
    /// The same in `events.k8s.io/v1`.
    #[serde(borrow)]
    regarding: Option<About<'a>>,
}

#[derive(Deserialize)]
struct Name<'a> {
    #[serde(borrow)]
    namespace: Option<Cow<'a, str>>,
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct About<'a> {
    #[serde(borrow)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    namespace: Option<Cow<'a, str>>,
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
}

impl<'a> Head<'a> {
    fn read(json: &'a [u8], place: &str) -> Result<Self, WireError> {
        read_object(json).map_err(|(path, why)| WireError::form(within(place, &path), why))
    }
}

impl<'a> Evidence<'a> {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in an object, a list as an API server or kubectl gives it (`{"items": […]}`), or an array of such. Objects say
    /// their kind. A list of one kind, such as a `SecretList`, says it for its items, and that there are no others.
    ///
    /// # Errors
    ///
    /// The text is no JSON of this form, or the `kind` or a name of an object is not a text. What stands before that place
    /// has been taken in.
    pub fn add(&mut self, json: &'a [u8]) -> Result<(), WireError> {
        if !json.trim_ascii_start().starts_with(b"[") {
            return self.open(json, "");
        }
        let entries: Vec<&RawValue> =
            read(json).map_err(|(path, why)| WireError::form(path, why))?;
        for (index, entry) in entries.into_iter().enumerate() {
            self.open(entry.get().as_bytes(), &format!("[{index}]"))?;
        }
        Ok(())
    }

    /// Takes in an object or a list that stands at a place.
    fn open(&mut self, json: &'a [u8], place: &str) -> Result<(), WireError> {
        let head = Head::read(json, place)?;
        let Some(items) = &head.items else {
            self.take(&head, json, "");
            return Ok(());
        };
        let kind = head.kind.as_deref().unwrap_or_default();
        let of = kind.strip_suffix("List").unwrap_or_default();
        if KINDS.iter().any(|(known, _)| *known == of) || of == "Event" {
            self.complete(of);
        }
        for (index, item) in items.iter().enumerate() {
            let json = item.get().as_bytes();
            let head = Head::read(json, &within(place, &format!("items[{index}]")))?;
            self.take(&head, json, of);
        }
        Ok(())
    }

    fn take(&mut self, head: &Head<'a>, json: &'a [u8], listed: &str) {
        let text = |text: &Option<Cow<'a, str>>| text.as_deref().unwrap_or_default().into();
        let kind: &str = head.kind.as_deref().unwrap_or(listed);
        let version = head.api_version.as_deref();
        let group = version.map(|it| it.split_once('/').map_or("", |(group, _)| group));
        if kind == "Event" {
            let about = head.involved_object.as_ref().or(head.regarding.as_ref());
            if let Some(about) = about {
                let key = Key::new(
                    text(&about.namespace) as String,
                    text(&about.name) as String,
                );
                let events = self.events.entry((text(&about.kind), key)).or_default();
                events.push(json);
            }
            return;
        }
        let known = KINDS.iter().find(|(name, _)| *name == kind);
        let Some(&(kind, _)) = known.filter(|(_, its)| group.is_none_or(|group| group == *its))
        else {
            return;
        };
        if let Some(meta) = &head.metadata {
            let is_namespaced = Kind::from_name(kind).is_none_or(Kind::is_namespaced)
                && !CLUSTER_WIDE.contains(&kind);
            let namespace: String = if is_namespaced {
                text(&meta.namespace)
            } else {
                String::new()
            };
            let key = Key::new(namespace, text(&meta.name) as String);
            self.objects.insert((kind, key), json);
        }
    }

    /// Says that all objects of a kind are here, even if there are none: `Event`, `Secret`, `Service`.
    pub fn complete(&mut self, kind: &str) {
        self.complete.insert(kind.into());
    }

    /// Whether anything is here.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty() && self.events.is_empty()
    }

    /// Whether an object that is not here is taken not to exist: who shows some of a kind shows all.
    pub(super) fn knows_all(&self, kind: &'static str) -> bool {
        let first = (kind, Key::default());
        let mut found = self.objects.range(first..);
        self.complete.contains(kind) || found.next().is_some_and(|((other, _), _)| *other == kind)
    }

    /// Whether there are any events.
    pub(super) fn has_events(&self) -> bool {
        !self.events.is_empty() || self.complete.contains("Event")
    }

    pub(super) fn has(&self, kind: &'static str, namespace: &str, name: &str) -> bool {
        let key = (kind, Key::new(namespace, name));
        self.objects.contains_key(&key)
    }

    /// An object, if it is here and can be read.
    pub(super) fn object(&self, kind: &'static str, namespace: &str, name: &str) -> Option<Value> {
        let json = self.objects.get(&(kind, Key::new(namespace, name)))?;
        serde_json::from_slice(json).ok()
    }

    /// All objects of a kind in a namespace, by name.
    pub(super) fn objects(
        &self,
        kind: &'static str,
        namespace: &str,
    ) -> impl Iterator<Item = (&str, Value)> {
        let from = (kind, Key::new(namespace, ""));
        let rest = self.objects.range(from..);
        let namespace: Box<str> = namespace.into();
        rest.take_while(move |((other, key), _)| *other == kind && *key.namespace == *namespace)
            .filter_map(|((_, key), json)| Some((&*key.name, serde_json::from_slice(json).ok()?)))
    }

    /// The events about an object, the oldest first. Those about an earlier object of that name are left out, where both
    /// say their uid.
    pub(super) fn notices(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
        uid: &str,
    ) -> Vec<Notice> {
        // Events about what has no namespace say none, or the default one.
        let namespaces: &[&str] = if namespace.is_empty() {
            &["", "default"]
        } else {
            &[namespace]
        };
        let keys = namespaces
            .iter()
            .map(|it| (kind.into(), Key::new(*it, name)));
        let found = keys.filter_map(|key| self.events.get(&key)).flatten();
        let mut notices: Vec<Notice> = found
            .filter_map(|json| Notice::read(json))
            .filter(|it| uid.is_empty() || it.uid.is_empty() || it.uid == uid)
            .collect();
        notices.sort_by_key(|it| it.last);
        notices
    }
}
