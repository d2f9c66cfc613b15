//! How a set stands, for people and for scripts.

use pyo3::prelude::*;
use statefulset::kubernetes::{self, TrapName};
use statefulset::{Gates, Reason};

use crate::action::GateSet;
use crate::error::{Fault, bug};
use crate::field::{Int, List};
use crate::moment::{Moment, When};
use crate::value::value_class;
use crate::word::{Word, parse, spelled};

value_class! {
    kubernetes;
    /// How a set stands: what is done now, what is waited for, and which known problems it has run into.
    Diagnosis in "diagnosis" {
        /// The set's namespace.
        namespace: String => String,
        /// The set's name.
        name: String => String,
        /// Whether the set is up to date: there is nothing to do and nothing to wait for.
        at_goal: bool => bool,
        /// The desired number of pods.
        wanted: Int => u32,
        /// How many of them are ready.
        ready: Int => u32,
        /// How many pods have the update revision.
        updated: Int => u32,
        /// Name of the revision that was last rolled out in full.
        current_revision: String => String,
        /// Name of the revision of the set's template as it is now.
        update_revision: String => String,
        /// What the planner would do now, in order. Neighbouring ordinals with the same answer share one entry.
        actions: Vec<Finding> => List<Finding>,
        /// What is waited for.
        waits: Vec<Finding> => List<Finding>,
        /// Known problems that the set has run into. Those on purpose (a partition, "OnDelete") are included.
        traps: Vec<Trap> => List<Trap>,
        /// Whether there is more to do than one plan may hold.
        more: bool => bool,
    }
}

value_class! {
    kubernetes;
    /// What is done, or waited for, for a range of ordinals.
    Finding in "findings" {
        /// The first ordinal.
        first: Int => u32,
        /// The last ordinal.
        last: Int => u32,
        /// What is done; "wait" for a wait.
        action: &str => Word<ActionName>,
        /// Why, or what cannot be done yet.
        reason: &str => Word<Reason>,
        /// All conditions that are not met, not only the first.
        gates: Vec<String> => GateSet,
        /// Since when it waits, where that is known.
        since: Option<When> = None => Option<Moment>,
        /// When it ends by itself, if nothing else happens.
        until: Option<When> = None => Option<Moment>,
        /// The same in words, without the names of the pods.
        text: String => String,
    }
}

value_class! {
    kubernetes;
    /// A known problem that a set has run into.
    Trap in "traps" {
        /// Which one.
        name: &str => Word<TrapName>,
        /// The first ordinal that it concerns.
        first: Int => u32,
        /// The last ordinal that it concerns.
        last: Int => u32,
        /// Whether somebody has set it up like this.
        on_purpose: bool => bool,
        /// Since when, if it may end by itself. If that was only a moment ago, it is probably no problem.
        since: Option<When> = None => Option<Moment>,
        /// What is wrong, in words.
        text: String => String,
        /// How to end it, in words.
        cure: String => String,
    }
}

/// What an action is, in a word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum ActionName {
    CreateClaim,
    BindClaim,
    CreatePod,
    UpdatePod,
    SetClaimOwner,
    DeletePod,
    EvictPod,
    ForceDeletePod,
    DeleteClaim,
    HoldFinalizer,
    ReleaseFinalizer,
    Wait,
}
spelled!(ActionName {
    CreateClaim = "create-claim",
    BindClaim = "bind-claim",
    CreatePod = "create-pod",
    UpdatePod = "update-pod",
    SetClaimOwner = "set-claim-owner",
    DeletePod = "delete-pod",
    EvictPod = "evict-pod",
    ForceDeletePod = "force-delete-pod",
    DeleteClaim = "delete-claim",
    HoldFinalizer = "hold-finalizer",
    ReleaseFinalizer = "release-finalizer",
    Wait = "wait",
});

spelled!(planner TrapName {
    BrokenRevision = "broken-revision",
    UnhealthyLeaver = "unhealthy-leaver",
    ReadySinceMissing = "ready-since-missing",
    TerminatingClaim = "terminating-claim",
    UnboundClaim = "unbound-claim",
    NameSquatter = "name-squatter",
    UnreadableObject = "unreadable-object",
    UnknownStrategy = "unknown-strategy",
    UnreachableNode = "unreachable-node",
    BlockedDrain = "blocked-drain",
    Partition = "partition",
    OnDelete = "on-delete",
});

impl Diagnosis {
    pub(super) fn of(diagnosis: kubernetes::Diagnosis) -> PyResult<Self> {
        Ok(Self {
            namespace: diagnosis.namespace,
            name: diagnosis.name,
            at_goal: diagnosis.at_goal,
            wanted: diagnosis.wanted,
            ready: diagnosis.ready,
            updated: diagnosis.updated,
            current_revision: diagnosis.current_revision,
            update_revision: diagnosis.update_revision,
            actions: findings(diagnosis.actions)?,
            waits: findings(diagnosis.waits)?,
            traps: List(diagnosis.traps.into_iter().map(Trap::from).collect()),
            more: diagnosis.more,
        })
    }
}

/// Their words are slugs of the library's own.
fn findings(found: Vec<kubernetes::Finding>) -> PyResult<List<Finding>> {
    let found = found.into_iter().map(Finding::of);
    let found = found.collect::<Result<_, _>>();
    found.map(List).map_err(|fault| bug(&fault.problem))
}

impl Finding {
    fn of(finding: kubernetes::Finding) -> Result<Self, Fault> {
        let mut gates = Gates::NONE;
        for slug in finding.gates {
            gates = gates.with(parse(slug)?);
        }
        Ok(Self {
            first: finding.first,
            last: finding.last,
            action: Word(parse(finding.action)?),
            reason: Word(parse(finding.reason)?),
            gates: GateSet(gates),
            since: finding.since.map(Moment),
            until: finding.until.map(Moment),
            text: finding.text,
        })
    }
}

impl From<kubernetes::Trap> for Trap {
    fn from(trap: kubernetes::Trap) -> Self {
        Self {
            name: Word(trap.name),
            first: trap.first,
            last: trap.last,
            on_purpose: trap.on_purpose,
            since: trap.since.map(Moment),
            text: trap.text,
            cure: trap.cure,
        }
    }
}

#[cfg(test)]
mod tests {
    use statefulset::kubernetes::TrapName;

    use crate::word::Spelled;

    #[test]
    fn traps_have_their_slugs() {
        for trap in TrapName::ALL {
            assert_eq!(trap.spelling(), trap.slug());
        }
    }
}
