//! What sets wait to see of the cluster.

use statefulset::kubernetes::{self, Unseen};

use crate::field::Int;
use crate::moment::{Moment, When};
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    kubernetes;
    /// What a set waits to see of the cluster. Until then nothing is decided for it.
    Awaited in "awaited" {
        /// The set that waits, as "namespace/name".
        set: String => String,
        /// Kind of what it waits for.
        kind: String => String,
        /// Name of the object that it waits for, in the set's namespace; empty for a list.
        name: String => String,
        /// What has not been seen: "list", that no list of the kind has ever been complete, which `begin_list` and
        /// `end_list` end; "write", a write of the caller's; "deletion", that a pod which the caller has deleted or
        /// evicted is terminating or gone.
        unseen: &str => Word<UnseenName>,
        /// The resource version of the write.
        version: Option<Int> = None => Option<u64>,
        /// The resource version up to which the kind has been seen.
        seen: Option<Int> = None => Option<u64>,
        /// When the write was done, or when the set was first held up.
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
