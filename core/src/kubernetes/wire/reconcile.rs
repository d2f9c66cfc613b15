//! One look without a watch.

use std::format;
use std::string::String;
use std::vec::Vec;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::watch::Header;
use crate::kubernetes::cluster::Cluster;
use crate::kubernetes::object::resource::SetResource;
use crate::kubernetes::turn::request::{Outcome, Requests};
use crate::kubernetes::turn::tail::Tail;
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::input::{WireError, read, read_object, within};
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::Text;
use crate::profile::Profile;
use crate::time::Millis;

/// What to do for one set, from one look at the cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Reconciled {
    /// The requests to send, and the waits.
    pub requests: Requests,
    /// What is left to do if every request succeeds. If one fails, drop this, look at the cluster again and call
    /// [`reconcile`] again.
    pub tail: Tail,
    /// The objects that cannot be read. What depends on them waits.
    pub errors: Vec<ObjectError>,
}

/// Gives what to do for a set now, from all objects at once. Nothing is kept between calls. It is for callers that look at
/// the cluster only once in a while; others use [`Cluster`](crate::kubernetes::Cluster).
///
/// `objects` is JSON: an object, a list as an API server or kubectl gives it (`{"items": […]}`), or an array of such.
/// `complete` names the kinds of which it holds all objects. Other kinds are unknown. Nothing is decided without StatefulSets, pods and
/// ControllerRevisions. Objects of other kinds are ignored.
///
/// An error means that the text cannot be read, that the set does not exist, or that the set cannot be read.
/// ```
/// use statefulset::Profile;
/// use statefulset::kubernetes::{Key, Kind, normalize, reconcile};
///
/// let set = normalize(br#"{"apiVersion": "apps/v1", "kind": "StatefulSet",
///     "metadata": {"namespace": "default", "name": "web", "uid": "1", "resourceVersion": "1"},
///     "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"}}, "serviceName": "web",
///         "template": {"metadata": {"labels": {"app": "web"}},
///                      "spec": {"containers": [{"name": "web", "image": "web:1"}]}}}}"#, &Profile::UPSTREAM)?;
/// let complete = [Kind::StatefulSet, Kind::Pod, Kind::ControllerRevision];
/// let key = Key::new("default", "web");
/// let found = reconcile(Profile::UPSTREAM, &key, &complete, set.to_string().as_bytes(), 0)?;
/// assert_eq!(found.requests.requests[1].path, "/api/v1/namespaces/default/pods");
/// # Ok::<(), statefulset::kubernetes::WireError>(())
/// ```
pub fn reconcile(
    profile: Profile,
    set: &Key,
    complete: &[Kind],
    objects: &[u8],
    now: Millis,
) -> Result<Reconciled, WireError> {
    let mut cluster = Cluster::new(profile);
    let mut errors = Vec::new();
    for &kind in complete {
        cluster.begin_list(kind);
    }
    for (kind, json) in flatten(objects)? {
        errors.extend(cluster.apply(kind, json).err());
    }
    for &kind in complete {
        cluster.end_list(kind, "");
    }
    let requests = cluster.plan(set, now)?;
    let done = Outcome::Done {
        resource_version: String::new(),
    };
    let outcomes: Vec<_> = requests.requests.iter().map(|_| done.clone()).collect();
    Ok(Reconciled {
        tail: cluster.conclude(set, requests.id, &outcomes, now),
        requests,
        errors,
    })
}

/// The objects of known kinds in an object, a list, or an array of such.
fn flatten(json: &[u8]) -> Result<Vec<(Kind, &[u8])>, WireError> {
    let mut found = Vec::new();
    let root: &RawValue = read(json).map_err(|(path, why)| WireError::form(path, why))?;
    if root.get().starts_with('[') {
        let entries: Vec<&RawValue> =
            read(json).map_err(|(path, why)| WireError::form(path, why))?;
        for (index, entry) in entries.into_iter().enumerate() {
            open(entry, &format!("[{index}]"), &mut found)?;
        }
    } else {
        open(root, "", &mut found)?;
    }
    Ok(found)
}

/// A list's items. An API server leaves kind and version out of them where the list says what they are.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    #[serde(borrow)]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    items: Option<Vec<&'a RawValue>>,
}

fn open<'a>(
    entry: &'a RawValue,
    place: &str,
    found: &mut Vec<(Kind, &'a [u8])>,
) -> Result<(), WireError> {
    let json = entry.get().as_bytes();
    let list: List<'_> =
        read_object(json).map_err(|(path, why)| WireError::form(within(place, &path), why))?;
    let Some(items) = list.items else {
        found.extend(named(json, None, place)?.map(|kind| (kind, json)));
        return Ok(());
    };
    let of = list
        .kind
        .as_ref()
        .and_then(|kind| kind.0.strip_suffix("List"));
    for (index, item) in items.into_iter().enumerate() {
        let json = item.get().as_bytes();
        let place = within(place, &format!("items[{index}]"));
        found.extend(named(json, of, &place)?.map(|kind| (kind, json)));
    }
    Ok(())
}

/// The kind of an object; `None` if it is none that matters here.
fn named(json: &[u8], of: Option<&str>, place: &str) -> Result<Option<Kind>, WireError> {
    let header: Header<'_> =
        read_object(json).map_err(|(path, why)| WireError::form(within(place, &path), why))?;
    match (&header.kind, of.filter(|of| !of.is_empty())) {
        (None, Some(of)) => Ok(Kind::from_name(of)),
        (None, None) => Err(WireError::form(within(place, "kind"), "is missing")),
        (Some(kind), _) if Kind::from_name(&kind.0).is_none() => Ok(None),
        (Some(_), _) => {
            let kind = header.kind(&SetResource::default());
            kind.map(Some)
                .map_err(|(at, why)| WireError::form(within(place, at), why))
        }
    }
}
