//! Known traps: states that a set may not leave until somebody acts.

use std::string::String;

use serde::{Serialize, Serializer};

use crate::all::all;
use crate::desired::Ordinal;
use crate::time::Millis;

/// A trap that the set is in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Trap {
    /// Which trap it is.
    pub name: TrapName,
    /// The first ordinal that it concerns.
    pub first: Ordinal,
    /// The last ordinal that it concerns.
    pub last: Ordinal,
    /// Whether somebody set it on purpose.
    pub on_purpose: bool,
    /// Since when the set is in the trap, for traps that may end by themselves. A recent one of these is normal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// What is wrong.
    pub text: String,
    /// What to do to end it.
    pub cure: String,
}

/// The traps by name. Slugs are never renamed or reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum TrapName {
    /// A broken pod that `OrderedReady` never replaces (kubernetes#67250).
    BrokenRevision,
    /// Scale-in waits for an unhealthy pod: the one that is to be deleted, or one with a lower ordinal (rule D-3).
    UnhealthyLeaver,
    /// It is not known since when a pod is ready, so `minReadySeconds` never ends by itself.
    ReadySinceMissing,
    /// A claim is being deleted, and must be gone before its pod can be created.
    TerminatingClaim,
    /// A claim without a volume.
    UnboundClaim,
    /// Another object has the name of one of the set's pods.
    NameSquatter,
    /// An object of the set cannot be read.
    UnreadableObject,
    /// The update strategy is not switched on.
    UnknownStrategy,
    /// A node with pods of the set does not report.
    UnreachableNode,
    /// A node cannot be drained, because a disruption budget allows no disruption.
    BlockedDrain,
    /// A partition holds pods back.
    Partition,
    /// `OnDelete`: pods stay as they are until somebody deletes them.
    OnDelete,
}

all!(
    /// All values.
    TrapName {
        BrokenRevision,
        UnhealthyLeaver,
        ReadySinceMissing,
        TerminatingClaim,
        UnboundClaim,
        NameSquatter,
        UnreadableObject,
        UnknownStrategy,
        UnreachableNode,
        BlockedDrain,
        Partition,
        OnDelete,
    }
);

impl TrapName {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::BrokenRevision => "broken-revision",
            Self::UnhealthyLeaver => "unhealthy-leaver",
            Self::ReadySinceMissing => "ready-since-missing",
            Self::TerminatingClaim => "terminating-claim",
            Self::UnboundClaim => "unbound-claim",
            Self::NameSquatter => "name-squatter",
            Self::UnreadableObject => "unreadable-object",
            Self::UnknownStrategy => "unknown-strategy",
            Self::UnreachableNode => "unreachable-node",
            Self::BlockedDrain => "blocked-drain",
            Self::Partition => "partition",
            Self::OnDelete => "on-delete",
        }
    }

    /// Whether it may end by itself: a pod may still become ready, and a claim may be bound or deleted.
    pub(crate) const fn may_pass(self) -> bool {
        matches!(
            self,
            Self::BrokenRevision | Self::TerminatingClaim | Self::UnboundClaim
        )
    }

    /// Whether somebody set it on purpose.
    pub(crate) const fn is_on_purpose(self) -> bool {
        matches!(self, Self::Partition | Self::OnDelete)
    }
}

impl Serialize for TrapName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}
