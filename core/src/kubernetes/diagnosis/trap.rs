//! A known trap.

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
    /// Which one.
    pub name: TrapName,
    /// The first ordinal that it concerns.
    pub first: Ordinal,
    /// The last one.
    pub last: Ordinal,
    /// Whether somebody wants it so.
    pub on_purpose: bool,
    /// Since when, for what may pass by itself: a young one is nothing but the ordinary course of things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// What is wrong.
    pub text: String,
    /// What ends it.
    pub cure: String,
}

/// The traps by name. Slugs are never renamed or reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum TrapName {
    /// A broken pod that `OrderedReady` never replaces (kubernetes#67250).
    BrokenRevision,
    /// Two unhealthy pods, and scale-in waits for the lower one.
    UnhealthyLeaver,
    /// A pod that does not say since when it is ready.
    ReadySinceMissing,
    /// A claim that is being deleted, and must be gone before its pod can be made.
    TerminatingClaim,
    /// A claim without a volume.
    UnboundClaim,
    /// Something else has the name of a pod.
    NameSquatter,
    /// An object of the set cannot be read.
    UnreadableObject,
    /// A strategy that is not switched on.
    UnknownStrategy,
    /// A node that does not report.
    UnreachableNode,
    /// A node that cannot be emptied, because a disruption budget allows nothing.
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

    /// Whether it may pass by itself: a pod may become ready yet, a claim may be bound or go.
    pub(crate) const fn may_pass(self) -> bool {
        matches!(
            self,
            Self::BrokenRevision | Self::TerminatingClaim | Self::UnboundClaim
        )
    }

    /// Whether somebody wants it so.
    pub(crate) const fn is_on_purpose(self) -> bool {
        matches!(self, Self::Partition | Self::OnDelete)
    }
}

impl Serialize for TrapName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}
