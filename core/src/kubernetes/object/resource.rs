//! What sets are called in the API: StatefulSets, or objects of another resource with the same fields.

use std::boxed::Box;
use std::format;
use std::string::String;
use std::vec::Vec;

use serde_json::Value;
use thiserror::Error;

use super::owner::Owner;
use super::version::Uid;
use crate::kubernetes::defaults::default_own_set;
use crate::kubernetes::value::kind::{self, Kind};
use crate::profile::Profile;

/// The resource whose objects are the sets: by default `statefulsets` of `apps/v1`.
///
/// Another resource must have the fields of a StatefulSet, `status` as a subresource, and the same rules for names. When
/// such a set is read, the library fills in the defaults that an API server fills into a StatefulSet, so that the same
/// template gives the same revision. The resource may have two more fields. `spec.shutdown` is `Ordered` or `Background`, and
/// replaces [`Profile::shutdown`](crate::Profile::shutdown) for that set. `spec.policies` is what the set asks for beyond
/// Kubernetes (rule [Y-1](crate::rules#Y-1)).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SetResource {
    api_version: Box<str>,
    kind: Box<str>,
    plural: Box<str>,
}

/// The error for texts that do not describe a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{field}: expected {expected}")]
pub struct NoSetResource {
    /// Which of the texts is wrong: `api_version`, `kind` or `plural`.
    pub field: &'static str,
    /// What was expected there.
    pub expected: &'static str,
}

/// The error for an object of a kind that no decision depends on.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{field}: {problem}")]
pub struct UnknownKind {
    /// Which of the object's fields says so: `kind` or `apiVersion`.
    pub field: &'static str,
    /// What was expected.
    pub problem: String,
}

impl Default for SetResource {
    fn default() -> Self {
        let kind = Kind::StatefulSet;
        Self {
            api_version: kind.api_version().into(),
            kind: kind.name().into(),
            plural: kind.resource().into(),
        }
    }
}

impl SetResource {
    /// A resource. `api_version` is its group and version as in an object's `apiVersion`, `kind` is as in an object's `kind`,
    /// and `plural` is its name in paths.
    /// ```
    /// use statefulset::Profile;
    /// use statefulset::kubernetes::{Cluster, SetResource};
    ///
    /// let databases = SetResource::new("example.com/v1", "Database", "databases")?;
    /// let cluster = Cluster::of(Profile::UPSTREAM, databases);
    /// # Ok::<(), statefulset::kubernetes::NoSetResource>(())
    /// ```
    pub fn new(api_version: &str, kind: &str, plural: &str) -> Result<Self, NoSetResource> {
        let is_name = |text: &str| {
            let plain =
                |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"-.".contains(&it);
            text.bytes().all(plain) && text.starts_with(|it: char| it.is_ascii_alphanumeric())
        };
        let fail = |field, expected| Err(NoSetResource { field, expected });
        let parts: Vec<&str> = api_version.split('/').collect();
        if parts.len() > 2 || !parts.into_iter().all(is_name) {
            return fail(
                "api_version",
                "a version such as v1 or a group and a version such as apps/v1",
            );
        }
        if kind.is_empty() || !kind.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return fail("kind", "letters and digits");
        }
        if !is_name(plural) {
            return fail("plural", "a name in small letters");
        }
        let taken = Kind::from_name(kind).filter(|it| it.api_version() == api_version);
        if taken.is_some_and(|it| it != Kind::StatefulSet) {
            return fail("kind", "none of the kinds that a set is made of");
        }
        Ok(Self {
            api_version: api_version.into(),
            kind: kind.into(),
            plural: plural.into(),
        })
    }

    /// Group and version, as in an object's `apiVersion`.
    pub fn api_version(&self) -> &str {
        &self.api_version
    }

    /// The kind, as in an object's `kind`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The kind's name in paths.
    pub fn plural(&self) -> &str {
        &self.plural
    }

    /// The kind that an object says it is, where sets are objects of this resource. Without a version any will do.
    pub fn kind_of(&self, api_version: Option<&str>, kind: &str) -> Result<Kind, UnknownKind> {
        let version_of = |known: Kind| match known {
            Kind::StatefulSet => self.api_version(),
            known => known.api_version(),
        };
        // Sets come first: their kind may have the name of another one.
        let is = |known: &Kind| self.name_of(*known) == kind;
        let versions = Kind::ALL
            .into_iter()
            .filter(is)
            .map(|known| (known, version_of(known)));
        let versions: Vec<(Kind, &str)> = versions.collect();
        let Some(&(_, expected)) = versions.last() else {
            let known = Kind::ALL.map(|known| self.name_of(known)).join(", ");
            return Err(UnknownKind {
                field: "kind",
                problem: format!("expected one of {known}, found {kind:?}"),
            });
        };
        let fits = |(_, version): &&(Kind, &str)| api_version.is_none_or(|it| it == *version);
        let found = versions.iter().find(fits).map(|(known, _)| *known);
        found.ok_or_else(|| UnknownKind {
            field: "apiVersion",
            problem: format!(
                "expected {expected:?}, found {:?}",
                api_version.unwrap_or("")
            ),
        })
    }

    /// The path of a set.
    pub fn path(&self, namespace: &str, name: &str) -> String {
        let collection = kind::collection(&self.api_version, Some(namespace), &self.plural);
        format!("{collection}/{name}")
    }

    /// What a kind is called, as in an object's `kind`.
    pub(crate) fn name_of(&self, kind: Kind) -> &str {
        match kind {
            Kind::StatefulSet => self.kind(),
            kind => kind.name(),
        }
    }

    pub(crate) fn is_stateful_sets(&self) -> bool {
        *self.kind == *Kind::StatefulSet.name()
            && *self.api_version == *Kind::StatefulSet.api_version()
    }

    fn group(api_version: &str) -> &str {
        api_version.rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// Whether an owner with this kind is a set. For StatefulSets the group is not compared, as in Kubernetes; of others
    /// there may be namesakes.
    pub(crate) fn is_kind(&self, api_version: &str, kind: &str) -> bool {
        let same_group = || Self::group(api_version) == Self::group(&self.api_version);
        kind == &*self.kind && (self.is_stateful_sets() || same_group())
    }

    /// Whether an owner reference names a set, with whatever uid.
    pub(crate) fn names(&self, owner: &Owner, set: &str) -> bool {
        owner.names(&self.api_version, &self.kind, set)
    }

    /// A controller reference to a set.
    pub(crate) fn controller(&self, name: &str, uid: &Uid) -> Value {
        super::owner::controller(&self.api_version, &self.kind, name, uid)
    }

    /// A set as JSON, with what the API server of StatefulSets would have filled in; `None` where the object has that
    /// already, or is no JSON.
    pub(crate) fn completed(&self, set: &[u8]) -> Option<Vec<u8>> {
        if self.is_stateful_sets() {
            return None;
        }
        let mut object: Value = serde_json::from_slice(set).ok()?;
        // A `maxUnavailable` that is left out means 1 under every profile.
        default_own_set(&mut object, &Profile::UPSTREAM);
        serde_json::to_vec(&object).ok()
    }
}
