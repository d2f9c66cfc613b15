//! Read-your-writes: nothing is decided on a view that is older than the controller's own writes.

use std::boxed::Box;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::format;
use std::string::{String, ToString};

use crate::explain::Length;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::time::Millis;

/// How far one kind has been seen.
#[derive(Clone, Default, Debug)]
pub(crate) struct View {
    /// Whether a list has ever been complete.
    pub(crate) listed: bool,
    /// The newest resourceVersion of the kind, not of any one object.
    pub(crate) newest: u64,
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

    /// The newest resourceVersion of the kind that has been seen.
    pub(crate) fn newest(&self, kind: Kind) -> u64 {
        self.0.get(&kind).map_or(0, |view| view.newest)
    }

    /// Everything up to this version has been seen. A version that is no number says nothing.
    pub(crate) fn reached(&mut self, kind: Kind, version: Option<u64>) {
        if let Some(version) = version {
            let view = self.of(kind);
            view.newest = view.newest.max(version);
        }
    }

    /// Whether a write has been seen. Kinds that are not watched cannot be waited for.
    fn has_seen(&self, kind: Kind, write: &Write) -> bool {
        self.0
            .get(&kind)
            .is_none_or(|view| !view.listed || view.newest >= write.version)
    }

    /// A write that has not been seen yet.
    pub(crate) fn unseen<'a>(&self, writes: &'a Writes) -> Option<(Kind, &'a Write)> {
        let mut newest = writes.newest.iter().map(|(kind, write)| (*kind, write));
        newest.find(|(kind, write)| !self.has_seen(*kind, write))
    }
}

/// What the controller has written for a set.
#[derive(Clone, Default, Debug)]
pub(crate) struct Writes {
    /// The newest write of each kind.
    newest: BTreeMap<Kind, Write>,
    /// Pods that the controller has deleted or evicted, by name. A deletion may leave no version to wait for.
    pub(crate) victims: BTreeMap<String, Victim>,
}

/// One write of the controller's.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub(crate) name: String,
    pub(crate) version: u64,
    /// Whether it created the object.
    pub(crate) created: bool,
    pub(crate) since: Millis,
}

/// A pod that the controller has deleted or evicted.
#[derive(Clone, Debug)]
pub(crate) struct Victim {
    pub(crate) uid: Uid,
    pub(crate) since: Millis,
}

impl Writes {
    pub(crate) fn note(&mut self, kind: Kind, write: Write) {
        let known = self.newest.get(&kind);
        if known.is_none_or(|known| known.version < write.version) {
            self.newest.insert(kind, write);
        }
    }
}

/// What a set waits to see of the cluster. Until then nothing is decided for it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Awaited {
    /// The set that waits.
    pub set: Key,
    /// The kind of what it waits for.
    pub kind: Kind,
    /// The name of the object that it waits for, in the set's namespace; empty for a list.
    pub name: String,
    /// What has not been seen.
    pub unseen: Unseen,
    /// When the write was done, or when the set was first held up, in milliseconds since the Unix epoch. `None` if nothing
    /// has been held up yet.
    pub since: Option<Millis>,
    /// The kind as an object itself says it: sets may be of a [resource](crate::kubernetes::SetResource) of one's own.
    pub kind_name: Box<str>,
}

/// What has not been seen of the cluster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Unseen {
    /// No list of the kind has ever been complete. [`Cluster::end_list`](crate::kubernetes::Cluster::end_list), after
    /// [`Cluster::begin_list`](crate::kubernetes::Cluster::begin_list), ends the wait.
    List,
    /// A write that the caller sent.
    Write {
        /// Whether the write created the object.
        created: bool,
        /// The resource version that it was written at.
        version: u64,
        /// The resource version up to which the kind has been seen.
        seen: u64,
    },
    /// A deletion or an eviction that the caller sent: the watch has not shown yet that the pod is terminating or gone.
    Deletion {
        /// The resource version up to which pods have been seen.
        seen: u64,
    },
}

impl Unseen {
    /// What ends the wait for a list.
    pub(crate) fn no_list(kind: &str) -> String {
        format!(
            "waiting for a complete list of the kind {kind}: there was none yet (begin_list, then end_list)"
        )
    }

    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Write { .. } => "write",
            Self::Deletion { .. } => "deletion",
        }
    }

    /// The resource version of the write, if a write is awaited.
    pub const fn version(self) -> Option<u64> {
        match self {
            Self::Write { version, .. } => Some(version),
            _ => None,
        }
    }

    /// The resource version up to which the kind has been seen.
    pub const fn seen(self) -> Option<u64> {
        match self {
            Self::Write { seen, .. } | Self::Deletion { seen } => Some(seen),
            Self::List => None,
        }
    }
}

/// So long may a watch be late, in milliseconds; then it may have died.
pub(crate) const LATE: Millis = 30_000;

impl Awaited {
    /// Whether the wait has lasted for 30 s or longer. Then the watch of that kind may have died: list the kind again.
    pub fn is_late(&self, now: Millis) -> bool {
        self.waited(now) >= LATE
    }

    /// The same, with the version up to which the kind has been seen by now.
    pub(crate) fn at(mut self, views: &Views) -> Self {
        if let Unseen::Write { seen, .. } | Unseen::Deletion { seen } = &mut self.unseen {
            *seen = views.newest(self.kind);
        }
        self
    }

    /// The kind as people say it in a sentence.
    fn noun(&self) -> &str {
        match self.kind {
            Kind::Pod => "pod",
            Kind::Node => "node",
            _ => &self.kind_name,
        }
    }

    fn waited(&self, now: Millis) -> Millis {
        self.since.map_or(0, |since| now.saturating_sub(since))
    }

    /// When to look again if nothing is seen until then.
    pub(crate) fn look_again(&self, now: Millis) -> Millis {
        let late = self.since.unwrap_or(now).saturating_add(LATE);
        if late > now {
            late
        } else {
            now.saturating_add(LATE)
        }
    }

    /// What is awaited, and what to do where that has lasted for too long.
    pub(crate) fn sentence(&self, now: Millis) -> String {
        let mut text = self.to_string();
        if self.is_late(now) {
            let (waited, noun) = (Length(self.waited(now)), self.noun());
            let hint = match self.unseen {
                Unseen::List => {
                    format!(" (for {waited}; the list may have failed: begin it again)")
                }
                _ => {
                    format!(" (for {waited}; the {noun} watch may have died: list the kind again)")
                }
            };
            text.push_str(&hint);
        }
        text
    }
}

/// Such as "waiting to see our own write: pod web-1 was created at resource version 812, the pod watch is at 805".
impl fmt::Display for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (noun, name) = (self.noun(), &self.name);
        match self.unseen {
            Unseen::List => f.write_str(&Unseen::no_list(&self.kind_name)),
            Unseen::Write {
                created,
                version,
                seen,
            } => {
                let done = if created { "created" } else { "changed" };
                write!(
                    f,
                    "waiting to see our own write: {noun} {name} was {done} at resource version {version}, the {noun} \
                     watch is at {seen}"
                )
            }
            Unseen::Deletion { seen } => write!(
                f,
                "waiting to see our own deletion: {noun} {name} was deleted or evicted, the {noun} watch is at {seen} \
                 and does not show it"
            ),
        }
    }
}
