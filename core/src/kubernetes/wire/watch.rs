//! Events of a watch, as an API server sends them.

use std::format;
use std::string::{String, ToString};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::kubernetes::cluster::Cluster;
use crate::kubernetes::object::resource::SetResource;
use crate::kubernetes::value::input::{WireError, from_map, or_default, read_object, within};
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::{LabelMap, Text};

/// The annotation of a bookmark which says that the watch has shown everything that existed when it began.
const INITIAL_EVENTS_END: &str = "k8s.io/initial-events-end";

#[derive(Deserialize)]
struct WatchEvent<'a> {
    #[serde(borrow, rename = "type")]
    what: Text<'a>,
    #[serde(borrow)]
    object: &'a RawValue,
}

/// The fields that are read of an object of any kind.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Header<'a> {
    #[serde(borrow)]
    pub(super) api_version: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) kind: Option<Text<'a>>,
    #[serde(borrow)]
    metadata: Option<Meta<'a>>,
    /// The message, if the object is a `Status`.
    #[serde(borrow)]
    message: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Meta<'a>(#[serde(borrow, deserialize_with = "from_map")] Metadata<'a>);

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Metadata<'a> {
    #[serde(borrow)]
    namespace: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    uid: Option<Text<'a>>,
    #[serde(borrow)]
    resource_version: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "or_default")]
    annotations: LabelMap<'a>,
}

impl Cluster {
    /// Takes in an event of a watch. `ADDED` and `MODIFIED` do what [`apply`](Self::apply) does, `DELETED` does what
    /// [`remove`](Self::remove) does, and `BOOKMARK` does what [`bookmark`](Self::bookmark) does. If
    /// [`begin_list`](Self::begin_list) has been called, the bookmark after the initial events does what
    /// [`end_list`](Self::end_list) does. The object must name its kind.
    ///
    /// `ERROR` gives an error. Begin the watch anew after it.
    /// ```
    /// use statefulset::Profile;
    /// use statefulset::kubernetes::Cluster;
    ///
    /// let mut cluster = Cluster::new(Profile::UPSTREAM);
    /// cluster.watch(br#"{"type": "BOOKMARK", "object": {"kind": "Pod", "apiVersion": "v1", "metadata": {"resourceVersion": "17"}}}"#)?;
    /// # Ok::<(), statefulset::kubernetes::WireError>(())
    /// ```
    pub fn watch(&mut self, event: &[u8]) -> Result<(), WireError> {
        let event: WatchEvent<'_> =
            read_object(event).map_err(|(path, problem)| WireError::form(path, problem))?;
        let json = event.object.get().as_bytes();
        let header: Header<'_> =
            read_object(json).map_err(|(path, problem)| WireError::form(under(&path), problem))?;
        let kind = || {
            header
                .kind(self.resource())
                .map_err(|(at, why)| WireError::form(under(at), why))
        };
        let nothing = Metadata::default();
        let meta = header.metadata.as_ref().map_or(&nothing, |meta| &meta.0);
        let version = text(meta.resource_version.as_ref());
        match &*event.what.0 {
            "ADDED" | "MODIFIED" => self.apply(kind()?, json)?,
            "DELETED" => {
                let [namespace, name, uid] = [&meta.namespace, &meta.name, &meta.uid];
                let [namespace, name, uid] = [namespace, name, uid].map(|it| text(it.as_ref()));
                let kind = kind()?;
                self.remove(kind, namespace, name, uid);
                self.bookmark(kind, version);
            }
            "BOOKMARK" => {
                let over = meta.annotations.get(INITIAL_EVENTS_END);
                let kind = kind()?;
                if over.is_some_and(|over| over.0 == "true") && self.is_listing(kind) {
                    self.end_list(kind, version);
                } else {
                    self.bookmark(kind, version);
                }
            }
            "ERROR" => {
                let said = text(header.message.as_ref());
                let problem = format!("the watch has ended: {said}");
                return Err(WireError::form("object", problem));
            }
            other => {
                let problem = format!(
                    "expected ADDED, MODIFIED, DELETED, BOOKMARK or ERROR, found {other:?}"
                );
                return Err(WireError::form("type", problem));
            }
        }
        Ok(())
    }
}

impl Header<'_> {
    /// The kind that the object names, or the field that is wrong and what is wrong with it.
    pub(super) fn kind(&self, sets: &SetResource) -> Result<Kind, (&'static str, String)> {
        let name = self
            .kind
            .as_ref()
            .ok_or(("kind", "is missing".to_string()))?;
        let version = text(self.api_version.as_ref());
        sets.kind_of(Some(version), &name.0)
            .map_err(|error| (error.field, error.problem))
    }
}

fn text<'a>(text: Option<&'a Text<'_>>) -> &'a str {
    text.map_or("", |text| &text.0)
}

fn under(path: &str) -> String {
    within("object", path)
}
