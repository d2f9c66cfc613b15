//! Whether a plan may be. The rules are said here once more, from `RULES.md` and in terms of a small world; nothing of the
//! planner is used.

mod asking;
mod claims;
pub(crate) mod coverage;
mod in_place;
mod leaving;
mod nodes;
mod pods;
mod rollout;
mod status;
mod steady;
mod tempo;

use statefulset::{
    Action, Change, Deletion, Departure, Do, Limit, PartitionBy, Paused, Plan, Prepared, Ranked,
    Version,
};

pub(crate) use self::steady::check as check_world;
use crate::configuration::{Configuration, SEATS, Way};
use crate::member::Member;
use crate::world::World;

/// What is wrong; `Ok` where nothing is.
pub(crate) type Verdict = Result<(), String>;

/// Says what is wrong unless the condition holds.
pub(crate) fn ensure(holds: bool, wrong: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(wrong()) }
}

/// A world, its settings, and the plan that was made for it.
pub(crate) struct Case<'a> {
    pub(crate) c: &'a Configuration,
    pub(crate) world: &'a World,
    pub(crate) plan: &'a Plan,
}

/// Everything that is said of a plan.
pub(crate) fn check(c: &Configuration, world: &World, plan: &Plan) -> Verdict {
    let case = Case { c, world, plan };
    if case.pauses(Paused::ALL) {
        let idle = plan.deeds().next().is_none();
        ensure(idle, || "something is done although all is paused".into())?;
    }
    for action in plan.deeds() {
        claims::check(&case, action)?;
        pods::check(&case, action)?;
        leaving::check(&case, action)?;
        nodes::check(&case, action)?;
        asking::check(&case, action)?;
        in_place::check(&case, action)?;
    }
    pods::check_all(&case)?;
    leaving::check_all(&case)?;
    nodes::check_all(&case)?;
    asking::check_all(&case)?;
    in_place::check_all(&case)?;
    tempo::check(&case)?;
    if case.world.spec.deletion == Deletion::No {
        rollout::check(&case)?;
        status::check(&case)?;
        coverage::check(&case)?;
    }
    Ok(())
}

impl Case<'_> {
    pub(crate) fn pauses(&self, kind: Paused) -> bool {
        self.world.spec.paused && self.c.pauses.contains(kind)
    }

    pub(crate) fn pod(&self, ordinal: usize) -> Option<&Member> {
        self.world.pods[ordinal].as_ref()
    }

    pub(crate) fn is_deleted(&self) -> bool {
        self.world.spec.deletion != Deletion::No
    }

    /// The desired ordinals and their pods.
    pub(crate) fn slots(&self) -> impl Iterator<Item = (usize, Option<&Member>)> + '_ {
        self.world
            .wanted()
            .map(|ordinal| (ordinal, self.pod(ordinal)))
    }

    /// The pods that are not desired.
    pub(crate) fn condemned(&self) -> impl DoubleEndedIterator<Item = (usize, &Member)> + '_ {
        (0..SEATS)
            .filter(|&ordinal| !self.world.is_wanted(ordinal))
            .filter_map(|ordinal| Some((ordinal, self.pod(ordinal)?)))
    }

    pub(crate) fn is_available(&self, pod: &Member) -> bool {
        pod.is_available(self.c)
    }

    /// What `OrderedReady` waits for.
    pub(crate) fn is_steady(&self, pod: &Member) -> bool {
        pod.is_running() && self.is_available(pod) && !pod.terminating
    }

    /// Unavailable, as this version of Kubernetes says it (rule A-3).
    pub(crate) fn is_unhealthy(&self, pod: &Member) -> bool {
        let up = if self.c.profile.kubernetes >= Version::V1_34_0 {
            self.is_available(pod)
        } else {
            pod.is_running() && pod.ready
        };
        !up || pod.terminating || pod.changing
    }

    /// Whether a slot is unavailable: it is empty, or its pod is unhealthy or has been told something (rule J-4).
    pub(crate) fn is_down(&self, pod: Option<&Member>) -> bool {
        pod.is_none_or(|pod| self.is_unhealthy(pod) || pod.prepared != Prepared::No)
    }

    /// Whether the pod was asked to go, or is on its way back (rule J-4).
    pub(crate) fn is_in_motion(&self, ordinal: usize, pod: &Member) -> bool {
        if self.world.is_wanted(ordinal) {
            pod.prepared != Prepared::No
        } else {
            pod.prepared.asked() == Some(Departure::Leave)
        }
    }

    pub(crate) fn is_old(&self, pod: &Member) -> bool {
        pod.revision != self.world.spec.update
    }

    pub(crate) fn is_ranked(&self) -> bool {
        self.c.ranked != Ranked::Off && self.c.way.is_rolling()
    }

    /// How many pods the partition holds.
    pub(crate) fn partition(&self) -> usize {
        match self.c.way {
            Way::Rolling(_) => usize::from(self.world.spec.partition),
            _ => 0,
        }
    }

    /// Whether the partition holds this slot, where ranks do not decide.
    pub(crate) fn is_below_partition(&self, ordinal: usize) -> bool {
        match self.c.partition_by {
            PartitionBy::Ordinal => ordinal < self.partition(),
            _ => self.world.place(ordinal) < self.partition(),
        }
    }

    pub(crate) fn limit(&self, limit: Limit) -> usize {
        let replicas = u32::from(self.world.spec.replicas);
        limit.resolve(replicas) as usize
    }

    /// Whether no available pod may be taken away for the group's sake.
    pub(crate) fn group_holds(&self) -> bool {
        self.c.group && self.world.other_disturbed
    }

    /// Whether a pod is deleted or evicted, or changed where it runs with a restart, or asked to prepare for that.
    pub(crate) fn takes_away(&self, action: &Action) -> bool {
        let kind = self.c.kinds[usize::from(self.world.spec.update)];
        match action.what {
            Do::Prepare { .. } => true,
            Do::UpdateInPlace { .. } => kind == Change::InPlace,
            what => what.is_delete() && !is_of_claim(action),
        }
    }

    /// The deletions for this reason, and the questions in their place, with their pods. What was asked before is finished under
    /// other rules.
    pub(crate) fn deleted(
        &self,
        reason: statefulset::Reason,
    ) -> impl Iterator<Item = (usize, &Member)> + '_ {
        self.plan.deeds().filter_map(move |action| {
            let ordinal = action.ordinal as usize;
            let is_meant = action.reason == reason && self.takes_away(action);
            let pod = (ordinal < SEATS).then(|| self.pod(ordinal)).flatten()?;
            (is_meant && !self.is_in_motion(ordinal, pod)).then_some((ordinal, pod))
        })
    }
}

pub(crate) const fn is_of_claim(action: &Action) -> bool {
    matches!(action.what, Do::DeleteClaim { .. })
}
