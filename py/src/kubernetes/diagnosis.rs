//! How a set stands, for people and for scripts.

use pyo3::prelude::*;
use statefulset::kubernetes::{self, Fate, Verdict};
use statefulset::{Gates, NO_ORDINAL, Ordinal, Reason};

use super::cause::Cause;
use crate::error::{Fault, bug};
use crate::field::{Int, List};
use crate::moment::{Moment, When};
use crate::set::Words;
use crate::value::value_class;
use crate::word::{Word, parse, spelled};

value_class! {
    kubernetes;
    /// How a set stands, why, and what ends that. `str` gives it as text.
    Diagnosis in "diagnosis" {
        /// The set's namespace.
        namespace: String => String,
        /// The set's name.
        name: String => String,
        /// How the set stands. "up-to-date": there is nothing to do and nothing to wait for. "in-progress": it is on its
        /// way. "stuck": it stays as it is until somebody acts.
        verdict: &str => Word<Verdict>,
        /// Since when it has stood so, as far as that can be told.
        since: Option<When> = None => Option<Moment>,
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
        /// What pods wait for, by ordinal.
        waits: Vec<Finding> => List<Finding>,
        /// Why the set is not as it is wanted: first what holds it back, then what somebody wants so (a partition,
        /// "OnDelete"), then what is worth knowing.
        causes: Vec<Cause> => List<Cause>,
        /// Whether there is more to do than one plan may hold.
        more: bool => bool,
        /// The moment that all this is about.
        now: When => Moment,
        /// The same as text of several lines, as `sts explain` prints it. Later versions may word it differently.
        text: String => String,
    }
    more {
        fn __str__(&self) -> &str {
            &self.text
        }
    }
}

value_class! {
    kubernetes;
    /// What is done, or waited for, for a range of ordinals.
    Finding in "findings" {
        /// The first ordinal. None if this is about the set itself.
        first: Option<Int> = None => Option<u32>,
        /// The last ordinal. None if this is about the set itself.
        last: Option<Int> = None => Option<u32>,
        /// What is done; "wait" for a wait.
        action: &str => Word<ActionName>,
        /// Why, or what cannot be done yet.
        reason: &str => Word<Reason>,
        /// All conditions that are not met, not only the first.
        gates: Vec<String> => Words<Gates>,
        /// Since when it waits, where that is known.
        since: Option<When> = None => Option<Moment>,
        /// When it ends by itself, if nothing else happens.
        until: Option<When> = None => Option<Moment>,
        /// The same in words, without the names of the pods.
        text: String => String,
        /// What becomes of it, as far as can be told. "open": nothing speaks against it; waits have this, too.
        /// "refused": the API server refuses it each time, and a cause says why. "unreached": something before it is
        /// refused.
        fate: &str => Word<Fate>,
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
    Prepare,
    CancelPrepare,
    UpdateInPlace,
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
    Prepare = "prepare",
    CancelPrepare = "cancel-prepare",
    UpdateInPlace = "update-in-place",
    DeleteClaim = "delete-claim",
    HoldFinalizer = "hold-finalizer",
    ReleaseFinalizer = "release-finalizer",
    Wait = "wait",
});

impl Diagnosis {
    pub(super) fn of(diagnosis: kubernetes::Diagnosis) -> PyResult<Self> {
        Ok(Self {
            text: diagnosis.to_string(),
            namespace: diagnosis.namespace,
            name: diagnosis.name,
            verdict: Word(diagnosis.verdict),
            since: diagnosis.since.map(Moment),
            at_goal: diagnosis.at_goal,
            wanted: diagnosis.wanted,
            ready: diagnosis.ready,
            updated: diagnosis.updated,
            current_revision: diagnosis.current_revision,
            update_revision: diagnosis.update_revision,
            actions: findings(diagnosis.actions)?,
            waits: findings(diagnosis.waits)?,
            causes: List(diagnosis.causes.into_iter().map(Cause::from).collect()),
            more: diagnosis.more,
            now: Moment(diagnosis.now),
        })
    }
}

/// Their words are slugs of the library's own.
fn findings(found: Vec<kubernetes::Finding>) -> PyResult<List<Finding>> {
    let found = found.into_iter().map(Finding::of);
    let found = found.collect::<Result<_, _>>();
    found.map(List).map_err(|fault| bug(&fault.problem))
}

/// An ordinal, or none where the set itself is meant.
pub(super) fn ordinal(ordinal: Ordinal) -> Option<u32> {
    (ordinal != NO_ORDINAL).then_some(ordinal)
}

impl Finding {
    fn of(finding: kubernetes::Finding) -> Result<Self, Fault> {
        let mut gates = Gates::NONE;
        for slug in finding.gates {
            gates = gates.with(parse(slug)?);
        }
        Ok(Self {
            first: ordinal(finding.first),
            last: ordinal(finding.last),
            action: Word(parse(finding.action)?),
            reason: Word(parse(finding.reason)?),
            gates: Words(gates),
            since: finding.since.map(Moment),
            until: finding.until.map(Moment),
            text: finding.text,
            fate: Word(finding.fate),
        })
    }
}
