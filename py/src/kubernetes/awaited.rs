//! What sets wait to see of the cluster.

use statefulset::kubernetes::{self, Unseen};

use crate::field::Int;
use crate::moment::{Moment, When};
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    kubernetes;
    /// What a set waits to see of the cluster. Nothing is decided for the set before.
    Awaited in "awaited" {
        /// The set that waits, as "namespace/name".
        set: String => String,
        /// Kind of the object that it waits for.
        kind: String => String,
        /// Name of the object that it waits for, in the set's namespace; empty for a list.
        name: String => String,
        /// What has not been seen. "list": the kind was never listed completely, so call `begin_list`, apply its
        /// objects, and call `end_list`. "write": a write of the caller's that no watch has shown yet. "deletion": a
        /// pod that the caller has deleted or evicted, and that no watch has shown as terminating or gone yet. If a
        /// write or a deletion has been missing for 30 seconds or more, the watch of that kind may have ended without
        /// notice: list the kind again.
        unseen: &str => Word<UnseenName>,
        /// The resource version of the write.
        version: Option<Int> = None => Option<u64>,
        /// The resource version up to which the kind has been seen.
        seen: Option<Int> = None => Option<u64>,
        /// When the write was made, or when the set first had to wait.
        since: Option<When> = None => Option<Moment>,
        /// The same in words.
        text: String => String,
    }
}

pub(super) const NONE_AWAITED: Vec<Awaited> = Vec::new();

/// What has not been seen, in a word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum UnseenName {
    List,
    Write,
    Deletion,
}
spelled!(UnseenName {
    List = "list",
    Write = "write",
    Deletion = "deletion",
});

impl UnseenName {
    /// Its name; what this version does not know is a write of some sort.
    pub(super) const fn of(unseen: Unseen) -> Self {
        match unseen {
            Unseen::List => Self::List,
            Unseen::Deletion { .. } => Self::Deletion,
            _ => Self::Write,
        }
    }
}

impl From<&kubernetes::Awaited> for Awaited {
    fn from(awaited: &kubernetes::Awaited) -> Self {
        Self {
            set: awaited.set.to_string(),
            kind: awaited.kind.name().into(),
            name: awaited.name.clone(),
            unseen: Word(UnseenName::of(awaited.unseen)),
            version: awaited.unseen.version(),
            seen: awaited.unseen.seen(),
            since: awaited.since.map(Moment),
            text: awaited.to_string(),
        }
    }
}
