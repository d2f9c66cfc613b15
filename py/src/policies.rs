//! What a set asks for beyond Kubernetes.

use pyo3::prelude::*;
use statefulset::{InPlace, Limit, Overdue, PartitionBy, Paused, Purposes, Ranked, Ties};

use crate::desired::{LimitArgument, MaxUnavailable, StatefulSet};
use crate::error::{guard, refused};
use crate::field::{Field, Int, List, NO_NAMES, ZERO, as_passed};
use crate::moment::{HowLong, Length, Moment, When};
use crate::observed::{Facts, ObservedArgument};
use crate::set::{Words, flags};
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    /// Ordinals that get no pod, from the first to the last.
    Exclusion in "excluded" {
        /// The first one.
        first: Int => u32,
        /// The last one, at most `MAX_ORDINAL`.
        last: Int => u32,
        /// Whether their claims stay, whatever `when_scaled` says.
        keep_claims: bool = false => bool,
    }
}

value_class! {
    /// How broken pods of old revisions are replaced out of turn. Pods of the update revision are never touched.
    Repair in "desired" {
        /// How long a pod must have been not ready: a timedelta, or milliseconds; 0 or more. With 0 a pod that is not
        /// available is broken at once.
        after: HowLong => Length,
        /// By how many pods `max_unavailable` may be exceeded; 4294967295 sets no limit.
        beyond_budget: Int = ZERO => u32,
        /// Whether "OrderedReady" does so, too. Kubernetes' never does (kubernetes#67250).
        ordered: bool = true => bool,
        /// Whether a pod that has not started is broken at once.
        pending: bool = false => bool,
    }
}

value_class! {
    /// How long a set may be without an available pod in one of its places and without progress. Progress is a desired pod
    /// that becomes available and that no rollout would replace.
    Deadline in "desired" {
        /// How long: a timedelta, or milliseconds; 0 or more.
        after: HowLong => Length,
        /// What follows beside the condition `Progressing`: nothing ("report"), the rollout is held ("halt"), or that and
        /// `Plan.suggests` ("suggest").
        then: &str = "report" => Word<Overdue>,
    }
}

value_class! {
    /// What a set asks for beyond Kubernetes. Each policy is off by default, and with all of them off the decisions are
    /// Kubernetes' own.
    Policies in "desired" {
        /// Ordinals that get no pod, in ascending order and without overlaps.
        excluded: Vec<Exclusion> = NO_EXCLUSIONS => List<Exclusion>,
        /// What the partition counts where ordinals are excluded: desired ordinals ("rank"), or all ("ordinal").
        partition_by: &str = "rank" => Word<PartitionBy>,
        /// Whether the pod of an excluded ordinal stays until every desired pod is available.
        stand_in_first: bool = false => bool,
        /// What is not done for now. With all five kinds nothing at all is done, and the status is still published.
        paused: Vec<String> = NO_NAMES => Words<Paused>,
        /// Whether the pods' ranks decide the order of a rollout.
        ranked: &str = "off" => Word<Ranked>,
        /// Which of two pods of one rank is replaced first.
        ties: &str = "highest-first" => Word<Ties>,
        /// How many slots may be on their way to a new pod at a time, in "Parallel": a number, or a percentage such as
        /// "25%". None sets no limit.
        scale_out_limit: Option<LimitArgument> = None => Option<MaxUnavailable>,
        /// How many pods that are not desired may be leaving at a time, in "Parallel": a number, or a percentage such as
        /// "25%". None sets no limit.
        scale_in_limit: Option<LimitArgument> = None => Option<MaxUnavailable>,
        /// How many available pods may be taken away now, as a group of sets allows it; `allot` gives it. None sets no
        /// limit.
        allowance: Option<Int> = None => Option<u32>,
        /// Whether, and when, broken pods of old revisions are replaced out of turn.
        repair: Option<Repair> = None => Option<Repair>,
        /// The shortest time between two disruptions: so long after an available pod was taken away, no other one is. A
        /// timedelta, or milliseconds; 0 or more.
        pace: Option<HowLong> = None => Option<Length>,
        /// How long the set may take for its next step.
        deadline: Option<Deadline> = None => Option<Deadline>,
        /// Whether a rollout changes pods where they run: an `UpdateInPlace` comes in the place of a deletion where
        /// `Pod.change` says that this is possible. The others are made again ("if-possible"), or left as they are ("only").
        in_place: &str = "off" => Word<InPlace>,
        /// For which purposes a pod is asked before it goes: a `Prepare` comes first, and its deletion once the answer is in
        /// `Pod.prepared`.
        ask: Vec<String> = NO_NAMES => Words<Purposes>,
    }
}

as_passed!(Repair, Deadline, Policies);

const NO_EXCLUSIONS: Vec<Exclusion> = Vec::new();

/// All of them off.
pub(crate) const NO_POLICIES: Policies = Policies {
    excluded: List(Vec::new()),
    partition_by: Word(PartitionBy::Rank),
    stand_in_first: false,
    paused: Words(Paused::NOTHING),
    ranked: Word(Ranked::Off),
    ties: Word(Ties::HighestFirst),
    scale_out_limit: None,
    scale_in_limit: None,
    allowance: None,
    repair: None,
    pace: None,
    deadline: None,
    in_place: Word(InPlace::Off),
    ask: Words(Purposes::NONE),
};

impl Policies {
    /// What `fact` borrows.
    pub(crate) fn exclusions(&self) -> Vec<statefulset::Exclusion> {
        let exclusions = self.excluded.0.iter();
        exclusions
            .map(|it| statefulset::Exclusion {
                first: it.first,
                last: it.last,
                keep_claims: it.keep_claims,
            })
            .collect()
    }

    pub(crate) fn fact<'a>(
        &self,
        excluded: &'a [statefulset::Exclusion],
    ) -> statefulset::Policies<'a> {
        let limit = |limit: Option<MaxUnavailable>| -> Option<Limit> { limit.map(|it| it.0) };
        statefulset::Policies {
            excluded,
            partition_by: self.partition_by.0,
            stand_in_first: self.stand_in_first,
            paused: self.paused.0,
            ranked: self.ranked.0,
            ties: self.ties.0,
            scale_out_limit: limit(self.scale_out_limit),
            scale_in_limit: limit(self.scale_in_limit),
            allowance: self.allowance,
            repair: self.repair.as_ref().map(|it| statefulset::Repair {
                after: it.after.0,
                beyond_budget: it.beyond_budget,
                ordered: it.ordered,
                pending: it.pending,
            }),
            pace: self.pace.as_ref().map(|it| it.0),
            deadline: self.deadline.as_ref().map(|it| statefulset::Deadline {
                after: it.after.0,
                then: it.then.0,
            }),
            in_place: self.in_place.0,
            ask: self.ask.0,
        }
    }
}

flags!(Paused, all of them ALL {
    CREATION = "creation",
    SCALE_IN = "scale-in",
    ROLLOUT = "rollout",
    REPAIR = "repair",
    REPLACEMENT = "replacement",
});
spelled!(planner PartitionBy { Rank = "rank", Ordinal = "ordinal" });
spelled!(planner InPlace { Off = "off", IfPossible = "if-possible", Only = "only" });
spelled!(planner Overdue { Report = "report", Halt = "halt", Suggest = "suggest" });
spelled!(planner Ranked { Off = "off", Order = "order", Tiers = "tiers" });
spelled!(planner Ties { HighestFirst = "highest-first", LowestFirst = "lowest-first" });

value_class! {
    /// A set of a group, such as one of a database's zones, as far as the others are concerned.
    Member in "members" {
        /// How many of its desired pods are unavailable, missing ones among them.
        unavailable: Int => u32,
        /// How many of its pods a rollout or a scale-in is going to take away.
        outdated: Int => u32,
    }
}

#[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
/// The member of a group that a set is.
///
/// Args:
///     desired: the set.
///     observed: what the caller sees of the cluster, or only the set's pods, if nothing else is known.
///     now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
///
/// Raises:
///     PlanError: the input breaks the contract.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "Python passes an object")]
pub(crate) fn member(
    py: Python<'_>,
    desired: &Bound<'_, StatefulSet>,
    observed: ObservedArgument<'_, '_>,
    now: When,
) -> PyResult<Member> {
    let Moment(now) = Moment::read(now).map_err(|fault| fault.of_argument(py, "now"))?;
    let facts = Facts::of(&observed);
    let member = guard(|| {
        desired
            .get()
            .lend(|set| statefulset::Member::of(set, &facts.observed(), now))
    })?;
    let member = member.map_err(|error| refused(py, error))?;
    Ok(Member {
        unavailable: member.unavailable,
        outdated: member.outdated,
    })
}

/// Shares a group's disruptions between its sets: the `allowance` of each, in the order of the members.
///
/// The set that may be disturbed gets 4294967295, and its own limits apply; the others get 0. If pods of one set are
/// unavailable, that set is the one. If pods of several sets are, none is. If there are none, it is the first that has pods
/// to take away.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "Python passes a list")]
pub(crate) fn allot(members: Vec<Member>) -> Vec<u32> {
    let members = members.iter();
    let members = members.map(|it| statefulset::Member::new(it.unavailable, it.outdated));
    statefulset::allot(&members.collect::<Vec<_>>()).collect()
}
