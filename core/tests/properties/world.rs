//! A closed world for the planner: whatever is asked for happens, unless it is made to fail, and time passes.

use statefulset::{
    Action, Binding, Change, Claim, ClaimOwner, ClaimPhase, Deletion, Departure, Do, GiveUp,
    InPlace, Management, Millis, Ordinal, Outcome, OwnerRef, Paused, Phase, Plan, Pod, Prepared,
    Purposes, Revision, Strategy, Volume,
};

use crate::{planned, under_latest};
use statefulset_cases::Case;

/// How long a turn of the world takes: longer than any `min_ready` of the cases.
const TURN: Millis = 100;

/// A case that lives on.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) case: Case,
    /// Pods of this revision never become ready.
    pub(crate) broken: Option<Revision>,
    pub(crate) gone: bool,
}

impl World {
    /// What plans need to know is known, no two pods have one name, and nothing is lost for good.
    pub(crate) fn new(mut case: Case) -> Self {
        case.fresh = true;
        case = under_latest(case);
        case.desired.profile.recreate = true;
        // Upstream's own loop (rule U-7).
        if case.desired.strategy == Strategy::RollingUpdate(None) {
            case.desired.management = Management::OrderedReady;
            case.desired.policies.repair = None;
        }
        // What would be waited for, for ever.
        let policies = &mut case.desired.policies;
        policies.paused = Paused::NOTHING;
        policies.allowance = None;
        if policies.in_place == InPlace::Only {
            policies.in_place = InPlace::IfPossible;
        }
        if let Some(repair) = &mut policies.repair {
            repair.after = repair.after.min(TURN);
        }
        policies.pace = policies.pace.map(|it| it.min(2 * TURN));
        if let Some(deadline) = &mut policies.deadline {
            deadline.after = deadline.after.min(5 * TURN);
        }
        for pod in &mut case.pods {
            pod.hold = Purposes::NONE;
        }
        case.forget_nodes();
        case.pods.sort_unstable();
        case.pods.dedup_by_key(|pod| pod.ordinal);
        case.claims.get_or_insert_default();
        for claim in case.claims.iter_mut().flatten() {
            claim.binding = Binding::Immediate;
            claim.volume = None;
            if claim.phase == ClaimPhase::Lost {
                claim.phase = ClaimPhase::Pending;
            }
        }
        let mut world = Self {
            case,
            broken: None,
            gone: false,
        };
        world.bind_claims();
        world
    }

    /// Plans, carries out what `does` says in the order that the plan prescribes, and publishes the status.
    pub(crate) fn act(&mut self, mut does: impl FnMut(&Action) -> bool) -> Plan {
        let plan = planned(&self.case);
        let mut pods = self.case.pods.clone();
        let conclusion = plan.carry_out(|action| {
            if does(action) {
                self.carry_out(action, &mut pods);
                Outcome::Done
            } else {
                Outcome::Failed
            }
        });
        self.case.pods = pods;
        if let Some(status) = conclusion.status {
            self.case.desired.current = status.current_revision;
            self.case.desired.published = Some(status);
        }
        plan
    }

    /// Carries out any of the plan's actions, in any order whatsoever: an executor that keeps no rule.
    pub(crate) fn act_anyhow(&mut self, mut does: impl FnMut() -> bool) {
        let mut pods = self.case.pods.clone();
        for action in planned(&self.case).deeds().filter(|_| does()) {
            self.carry_out(action, &mut pods);
        }
        self.case.pods = pods;
    }

    /// Indexes are those of the snapshot; what is added comes behind, and what goes only ends at the end of the turn.
    fn carry_out(&mut self, action: &Action, pods: &mut Vec<Pod>) {
        let (ordinal, now) = (action.ordinal, self.case.now);
        let claims = self.case.claims.as_mut().expect("known");
        match action.what {
            Do::CreateClaim { template } => {
                let name = (ordinal, template);
                if claims
                    .iter()
                    .all(|claim| (claim.ordinal, claim.template) != name)
                {
                    claims.push(Claim {
                        phase: ClaimPhase::Pending,
                        ..Claim::bound(ordinal, template)
                    });
                }
            }
            Do::BindClaim { claim, .. } => claims[claim as usize].phase = ClaimPhase::Bound,
            Do::CreatePod { revision } => {
                assert!(
                    pods.iter().all(|pod| pod.ordinal != ordinal),
                    "a second pod: {action:?}"
                );
                pods.push(Pod {
                    phase: Phase::Pending,
                    ready: false,
                    ready_since: None,
                    ..Pod::running(ordinal, revision)
                });
            }
            Do::UpdatePod { pod } => {
                (pods[pod as usize].identity, pods[pod as usize].storage) = (true, true);
            }
            Do::SetClaimOwner { claim, owner } => {
                let claim = &mut claims[claim as usize];
                let reference = |wanted| {
                    if wanted {
                        OwnerRef::Controller
                    } else {
                        OwnerRef::Absent
                    }
                };
                claim.set_owner = reference(owner == ClaimOwner::Set);
                claim.pod_owner = reference(matches!(owner, ClaimOwner::Pod(_)));
            }
            Do::DeletePod { pod } => {
                pods[pod as usize].terminating_since.get_or_insert(now);
            }
            Do::Prepare { pod, departure } => {
                pods[pod as usize].prepared = match departure {
                    Departure::Leave => Prepared::AskedToLeave,
                    _ => Prepared::AskedToRestart,
                };
            }
            Do::UpdateInPlace { pod, revision } => {
                let pod = &mut pods[pod as usize];
                pod.revision = revision;
                pod.changing |= pod.change == Change::InPlace;
            }
            Do::CancelPrepare { pod } => pods[pod as usize].prepared = Prepared::Returning,
            Do::DeleteClaim { claim } => {
                claims[claim as usize].terminating_since.get_or_insert(now);
            }
            Do::HoldFinalizer => self.case.desired.finalizer_held = true,
            Do::ReleaseFinalizer => {
                self.case.desired.finalizer_held = false;
                self.gone = true;
            }
            Do::EvictPod { .. } | Do::ForceDeletePod { .. } | Do::Wait(_) => {}
            other => unreachable!("{other:?}: the test does not know it yet"),
        }
    }

    /// Time passes: what terminates is gone, what was made starts, who was asked answers, and the garbage collector does its
    /// part.
    pub(crate) fn turn(&mut self) {
        self.case.now += TURN;
        self.case.pods.retain(|pod| !pod.is_terminating());
        self.collect_claims();
        self.bind_claims();
        let broken = self.broken;
        for i in 0..self.case.pods.len() {
            let pod = self.case.pods[i];
            let starts = match pod.phase {
                Phase::Pending => self.has_its_claims(pod.ordinal),
                Phase::Running | Phase::Unknown => true,
                Phase::Succeeded | Phase::Failed => false,
                other => unreachable!("{other:?}: the test does not know it yet"),
            };
            let pod = &mut self.case.pods[i];
            pod.prepared = match pod.prepared {
                Prepared::AskedToRestart => Prepared::MayRestart,
                Prepared::AskedToLeave => Prepared::MayLeave,
                Prepared::Returning => Prepared::No,
                other => other,
            };
            if starts {
                pod.phase = Phase::Running;
                pod.changing &= Some(pod.revision) == broken;
                pod.ready &= !pod.changing;
                if !pod.ready && Some(pod.revision) != broken {
                    (pod.ready, pod.ready_since) = (true, Some(self.case.now));
                }
            }
        }
    }

    /// A claim whose owners are all gone goes; it stays as long as a pod that has a node uses it.
    fn collect_claims(&mut self) {
        let of = |ordinal| {
            self.case
                .pods
                .iter()
                .filter(move |pod| pod.ordinal == ordinal)
        };
        let used = |ordinal| of(ordinal).any(|pod| pod.storage && pod.phase != Phase::Pending);
        let claims = self.case.claims.as_mut().expect("known");
        for claim in claims.iter_mut() {
            if of(claim.ordinal).next().is_none() && claim.pod_owner != OwnerRef::Absent {
                claim.pod_owner = OwnerRef::OtherUid;
            }
            let owners = [claim.set_owner, claim.pod_owner];
            let lives = |owner: &OwnerRef| matches!(owner, OwnerRef::Controller | OwnerRef::Plain);
            let orphan = owners.contains(&OwnerRef::OtherUid)
                && !owners.iter().any(lives)
                && !claim.foreign_controller;
            if orphan {
                claim.terminating_since.get_or_insert(self.case.now);
            }
        }
        claims.retain(|claim| !claim.is_terminating() || used(claim.ordinal));
    }

    /// The cluster binds what the planner is not asked to bind; otherwise there is a new volume for whatever needs one.
    fn bind_claims(&mut self) {
        let mut volumes = Vec::new();
        for claim in self.case.claims.iter_mut().flatten() {
            if claim.phase == ClaimPhase::Bound {
                continue;
            }
            if self.case.desired.profile.bind_claims {
                volumes.push(Volume {
                    modes: claim.modes,
                    ..Volume::available(claim.request, claim.class)
                });
            } else {
                claim.phase = ClaimPhase::Bound;
            }
        }
        self.case.volumes = Some(volumes);
    }

    fn has_its_claims(&self, ordinal: Ordinal) -> bool {
        let claims = self.case.claims.iter().flatten();
        let bound =
            claims.filter(|claim| claim.ordinal == ordinal && claim.phase == ClaimPhase::Bound);
        bound.count() == self.case.desired.templates.len()
    }

    /// Somebody else takes the pods of a deleted set away, unless the plan does.
    pub(crate) fn is_left_to_others(&self) -> bool {
        let desired = &self.case.desired;
        desired.deletion == Deletion::Orphan
            || desired.deletion == Deletion::WithPods
                && desired.profile.shutdown == statefulset::Shutdown::Background
    }

    pub(crate) fn gives_up_by_itself(&self) -> bool {
        self.case.desired.profile.give_up == GiveUp::Delete
    }
}
