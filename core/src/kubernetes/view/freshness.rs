//! Read-your-writes: nothing is decided on a view that is older than one's own writes.

use std::collections::{BTreeMap, BTreeSet};
use std::string::String;

use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;

/// How far one kind has been seen.
#[derive(Clone, Default, Debug)]
pub(crate) struct View {
    /// Whether a list has ever been complete.
    pub(crate) listed: bool,
    /// The newest resourceVersion of the kind, not of any one object.
    newest: u64,
    /// What a list that is under way has shown so far.
    pub(crate) listing: Option<BTreeSet<Key>>,
}

/// The views of all kinds.
#[derive(Clone, Default, Debug)]
pub(crate) struct Views(BTreeMap<Kind, View>);

impl Views {
    pub(crate) fn of(&mut self, kind: Kind) -> &mut View {
        self.0.entry(kind).or_default()
    }

    pub(crate) fn is_listed(&self, kind: Kind) -> bool {
        self.0.get(&kind).is_some_and(|view| view.listed)
    }

    /// Everything up to this version has been seen. A version that is no number says nothing.
    pub(crate) fn reached(&mut self, kind: Kind, version: Option<u64>) {
        if let Some(version) = version {
            let view = self.of(kind);
            view.newest = view.newest.max(version);
        }
    }

    /// Whether all of these writes have been seen. Kinds that are not watched cannot be waited for.
    pub(crate) fn have_seen(&self, writes: &Writes) -> bool {
        writes.versions.iter().all(|(kind, &written)| {
            self.0
                .get(kind)
                .is_none_or(|view| !view.listed || view.newest >= written)
        })
    }
}

/// What one has written oneself.
#[derive(Clone, Default, Debug)]
pub(crate) struct Writes {
    /// The newest version of each kind.
    versions: BTreeMap<Kind, u64>,
    /// Pods that one has asked to go, by name: their uids. A deletion may leave no version to wait for.
    pub(crate) victims: BTreeMap<String, Uid>,
}

impl Writes {
    pub(crate) fn note(&mut self, kind: Kind, resource_version: &str) {
        if let Ok(version) = resource_version.parse::<u64>() {
            let newest = self.versions.entry(kind).or_default();
            *newest = version.max(*newest);
        }
    }
}
