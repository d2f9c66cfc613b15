//! A second planner, as plain as it can be: lists are searched, nothing is remembered, every rule is spelled out.
//!
//! It shares the vocabulary with the library and nothing else, so that a mistake has to be made twice to go unseen. It
//! knows no waits, no limit on actions, and nothing of nodes.

use std::collections::BTreeMap;
use std::ops::Range;

use statefulset::{
    Claim, ClaimOwner, Deletion, Desired, Do, GiveUp, Keep, Limit, Management, Millis, NO_ORDINAL,
    Observed, Ordinal, OwnerRef, Phase, Pod, Progress, Revision, Shutdown, Status, Strategy,
};

mod binding;

/// What one ordinal gets, step after step. The actions of a step are sorted.
pub(crate) type Chain = Vec<Vec<Do>>;
/// Chains that may run at the same time, by ordinal. What is done to the set itself counts as ordinal 0.
pub(crate) type Stage = BTreeMap<Ordinal, Chain>;

/// What the naive planner decides.
#[derive(PartialEq, Eq, Debug, Default)]
pub(crate) struct Verdict {
    /// Stages in order; none is empty.
    pub(crate) stages: Vec<Stage>,
    /// Claims and their volumes, in no order.
    pub(crate) bindings: Vec<Do>,
    /// What is published.
    pub(crate) status: Option<Status>,
    /// Whether the pass fails even if every action succeeds.
    pub(crate) failed: bool,
}

/// One pass over a snapshot.
pub(crate) fn judge(desired: &Desired, observed: &Observed, now: Millis) -> Verdict {
    let refused = desired.strategy == Strategy::Recreate && !desired.profile.recreate;
    if !observed.fresh || refused {
        return Verdict {
            failed: true,
            ..Verdict::default()
        };
    }
    let mut pass = Pass {
        desired,
        observed,
        now,
        stages: Vec::new(),
        failed: false,
        rolled: 0,
        progress: desired.published.and_then(|status| status.progressing),
    };
    // How far the pass came shows in what it left behind.
    let _ = pass.run();
    let status = pass.status();
    Verdict {
        bindings: binding::choose_all(desired, observed),
        stages: pass.stages,
        status,
        failed: pass.failed,
    }
}

/// The pass is over.
struct Over;

/// What follows from one slot or one condemned pod.
enum Then {
    GoOn,
    /// In order, nothing comes after this one.
    Stop,
    Fail,
}

struct Pass<'a> {
    desired: &'a Desired<'a>,
    observed: &'a Observed<'a>,
    now: Millis,
    stages: Vec<Stage>,
    failed: bool,
    /// Rolling deletions, those included that were left out because they would have been the second for their pod.
    rolled: u32,
    progress: Option<Progress>,
}

impl<'a> Pass<'a> {
    fn run(&mut self) -> Result<(), Over> {
        if self.desired.deletion != Deletion::No {
            self.shut_down();
            return Err(Over);
        }
        self.give_up_claims();
        self.hold_finalizer();
        if self.desired.strategy == Strategy::Recreate {
            self.recreate()?;
        }
        let slots: Vec<Ordinal> =
            (self.desired.start..self.desired.start + self.desired.replicas).collect();
        self.each(&slots, |pass, &ordinal| {
            let (chain, then) = pass.slot(ordinal);
            (ordinal, chain, then)
        })?;
        let condemned = self.condemned();
        self.each(&condemned, |pass, &pod| pass.claims_of_condemned(pod))?;
        let last = lowest_unavailable(self, &condemned);
        self.each(&condemned, |pass, &pod| pass.condemned_pod(pod, last))?;
        self.roll();
        Ok(())
    }

    /// Items in batches: of one in order, of 1, 2, 4 … otherwise.
    fn each<T>(
        &mut self,
        items: &[T],
        decide: impl Fn(&Self, &T) -> (Ordinal, Chain, Then),
    ) -> Result<(), Over> {
        for batch in self.batches(items.len()) {
            let (mut stage, mut stops) = (Stage::new(), false);
            for item in &items[batch] {
                let (ordinal, chain, then) = decide(self, item);
                append(&mut stage, ordinal, chain);
                self.failed |= matches!(then, Then::Fail);
                stops |= matches!(then, Then::Stop) && self.ordered();
            }
            self.push(stage);
            if self.failed || stops {
                return Err(Over);
            }
        }
        Ok(())
    }

    fn batches(&self, count: usize) -> Vec<Range<usize>> {
        let (mut batches, mut from, mut size) = (Vec::new(), 0, 1);
        while from < count {
            let to = count.min(from + size);
            batches.push(from..to);
            from = to;
            size = if self.ordered() { 1 } else { 500.min(size * 2) };
        }
        batches
    }

    fn push(&mut self, mut stage: Stage) {
        stage.retain(|_, chain| {
            chain.retain(|step| !step.is_empty());
            !chain.is_empty()
        });
        if !stage.is_empty() {
            self.stages.push(stage);
        }
    }

    // Facts.

    fn ordered(&self) -> bool {
        self.desired.management == Management::OrderedReady
    }

    fn wanted(&self, ordinal: Ordinal) -> bool {
        ordinal >= self.desired.start && ordinal - self.desired.start < self.desired.replicas
    }

    fn pod(&self, pod: usize) -> &'a Pod {
        &self.observed.pods[pod]
    }

    /// All pods, the rightful ones of each ordinal first.
    fn pods(&self) -> Vec<usize> {
        let mut pods: Vec<usize> = (0..self.observed.pods.len()).collect();
        pods.sort_by_key(|&pod| (!self.pod(pod).identity, self.pod(pod), pod));
        pods
    }

    fn pod_of(&self, ordinal: Ordinal) -> Option<usize> {
        let mut pods = self.pods().into_iter();
        pods.find(|&pod| self.pod(pod).ordinal == ordinal)
    }

    /// Highest ordinal first. Twins are all there, the rightful one last.
    fn condemned(&self) -> Vec<usize> {
        let mut pods = self.pods();
        pods.reverse();
        pods.retain(|&pod| {
            let ordinal = self.pod(pod).ordinal;
            ordinal != NO_ORDINAL && !self.wanted(ordinal)
        });
        pods.sort_by_key(|&pod| std::cmp::Reverse(self.pod(pod).ordinal));
        pods
    }

    fn available(&self, pod: &Pod) -> bool {
        let wait = self.desired.min_ready;
        let since = pod.ready_since;
        pod.ready && (wait == 0 || since.is_some_and(|t| t.saturating_add(wait) <= self.now))
    }

    fn claim(&self, ordinal: Ordinal, template: usize) -> Option<(usize, &'a Claim)> {
        let mut claims = self.observed.claims?.iter().enumerate();
        claims
            .find(|(_, claim)| (claim.ordinal, usize::from(claim.template)) == (ordinal, template))
    }

    fn claims_of(&self, ordinal: Ordinal) -> Vec<(usize, &'a Claim)> {
        let templates = 0..self.desired.templates.len();
        templates
            .filter_map(|template| self.claim(ordinal, template))
            .collect()
    }

    /// The claims are asked for, and nobody knows them.
    fn lookup_fails(&self) -> bool {
        self.observed.claims.is_none() && !self.desired.templates.is_empty()
    }

    // Slots.

    fn slot(&self, ordinal: Ordinal) -> (Chain, Then) {
        let Some(index) = self.pod_of(ordinal) else {
            return self.empty_slot(ordinal);
        };
        let pod = self.pod(index);
        let terminating = pod.terminating_since.is_some();
        if matches!(pod.phase, Phase::Failed | Phase::Succeeded) {
            let step = if terminating {
                vec![]
            } else {
                vec![delete(index)]
            };
            return (vec![step], Then::Stop);
        }
        let (missing, unusable) = self.missing_claims(ordinal);
        let mut owners = self.owners(ordinal, Some(index));
        let mut chain = Chain::new();
        if pod.phase == Phase::Pending {
            chain.push(missing.clone());
            if unusable {
                return (chain, Then::Fail);
            }
            // Put right here, so that the repair below finds nothing wrong with them.
            chain.push(std::mem::take(&mut owners));
        }
        let runs = pod.phase == Phase::Running && pod.ready;
        if self.ordered() && (terminating || !runs || !self.available(pod)) {
            return (chain, Then::Stop);
        }
        if pod.identity && pod.storage && owners.is_empty() {
            return (chain, Then::GoOn);
        }
        if !pod.storage && pod.phase != Phase::Pending {
            chain.push(missing);
            if unusable {
                return (chain, Then::Fail);
            }
        }
        chain.push(owners);
        chain.push(vec![Do::UpdatePod { pod: short(index) }]);
        (chain, Then::GoOn)
    }

    fn empty_slot(&self, ordinal: Ordinal) -> (Chain, Then) {
        if self.desired.retention.when_scaled == Keep::Delete {
            if self.lookup_fails() {
                return (vec![], Then::Fail);
            }
            // The next pod has no uid yet, so whatever names a pod names an earlier one.
            let mut claims = self.claims_of(ordinal).into_iter();
            if claims.any(|(_, claim)| claim.pod_owner != OwnerRef::Absent) {
                return (vec![], Then::Stop);
            }
        }
        let (missing, unusable) = self.missing_claims(ordinal);
        if unusable {
            return (vec![missing], Then::Fail);
        }
        let mut making = vec![Do::CreatePod {
            revision: self.revision_for(ordinal),
        }];
        making.extend(self.owners(ordinal, None));
        making.sort();
        (vec![missing, making], Then::Stop)
    }

    /// The claims to make, and whether one is in the way, or none can be known.
    fn missing_claims(&self, ordinal: Ordinal) -> (Vec<Do>, bool) {
        if self.lookup_fails() {
            return (vec![], true);
        }
        let claims = self.claims_of(ordinal);
        let terminating = claims.iter().any(|(_, c)| c.terminating_since.is_some());
        let missing = (0..self.desired.templates.len())
            .filter(|&template| self.claim(ordinal, template).is_none())
            .map(|template| Do::CreateClaim {
                template: u16::try_from(template).expect("few templates"),
            });
        (missing.collect(), terminating)
    }

    fn revision_for(&self, ordinal: Ordinal) -> Revision {
        let stored = self.desired.published.map_or(0, |status| status.current);
        let kept = match self.desired.strategy {
            Strategy::RollingUpdate(Some(rolling)) => rolling.partition,
            Strategy::RollingUpdate(None) => stored,
            Strategy::OnDelete | Strategy::Recreate => 0,
        };
        if ordinal - self.desired.start < kept {
            self.desired.current
        } else {
            self.desired.update
        }
    }

    // Owners of claims.

    fn owners(&self, ordinal: Ordinal, pod: Option<usize>) -> Vec<Do> {
        let claims = self.claims_of(ordinal).into_iter();
        let mut steps: Vec<Do> = claims
            .filter_map(|(index, claim)| {
                let owner = self.owner(claim, pod)?;
                Some(Do::SetClaimOwner {
                    claim: short(index),
                    owner,
                })
            })
            .collect();
        steps.sort();
        steps
    }

    /// Whom the claim has to be given to, if it is not his already.
    fn owner(&self, claim: &Claim, pod: Option<usize>) -> Option<ClaimOwner> {
        let (set_ref, pod_ref) = (claim.set_owner, claim.pod_owner);
        let earlier_pod = pod.is_none() && pod_ref != OwnerRef::Absent;
        if set_ref == OwnerRef::OtherUid || pod_ref == OwnerRef::OtherUid || earlier_pod {
            return None;
        }
        let retention = self.desired.retention;
        let by_references = self.desired.profile.give_up == GiveUp::OwnerReferences;
        let scaled = by_references && retention.when_scaled == Keep::Delete;
        let deleted = by_references && retention.when_deleted == Keep::Delete;
        if claim.foreign_controller && (scaled || deleted) {
            let ours = set_ref != OwnerRef::Absent || pod_ref != OwnerRef::Absent;
            return ours.then_some(ClaimOwner::Nobody);
        }
        let wanted = match (scaled, deleted, self.wanted(claim.ordinal)) {
            (false, false, _) | (true, false, true) => ClaimOwner::Nobody,
            (_, true, true) | (false, true, false) => ClaimOwner::Set,
            (true, _, false) => ClaimOwner::Pod(short(pod.expect("condemned means a pod"))),
        };
        let reference = |is_wanted| {
            if is_wanted {
                OwnerRef::Controller
            } else {
                OwnerRef::Absent
            }
        };
        let right = set_ref == reference(wanted == ClaimOwner::Set)
            && pod_ref == reference(matches!(wanted, ClaimOwner::Pod(_)));
        (!right).then_some(wanted)
    }

    // Condemned pods.

    fn claims_of_condemned(&self, index: usize) -> (Ordinal, Chain, Then) {
        let ordinal = self.pod(index).ordinal;
        if self.lookup_fails() {
            return (ordinal, vec![], Then::Fail);
        }
        // Twins share their claims; the rightful one is to own them.
        let owners = if self.pod_of(ordinal) == Some(index) {
            self.owners(ordinal, Some(index))
        } else {
            vec![]
        };
        (ordinal, vec![owners], Then::GoOn)
    }

    fn condemned_pod(&self, index: usize, last: Option<usize>) -> (Ordinal, Chain, Then) {
        let pod = self.pod(index);
        let healthy = pod.phase == Phase::Running && self.available(pod);
        let blocked = self.ordered() && !healthy && last != Some(index);
        let step = if pod.terminating_since.is_some() || blocked {
            vec![]
        } else {
            vec![delete(index)]
        };
        (pod.ordinal, vec![step], Then::Stop)
    }

    // Updates.

    fn recreate(&mut self) -> Result<(), Over> {
        let slots = self.desired.start..self.desired.start + self.desired.replicas;
        let mut old: Vec<usize> = slots.filter_map(|ordinal| self.pod_of(ordinal)).collect();
        old.extend(self.condemned());
        old.retain(|&pod| self.pod(pod).revision != self.desired.update);
        if old.is_empty() {
            if self.desired.current != self.desired.update {
                self.progress = Some(Progress::Creating);
            }
            return Ok(());
        }
        self.progress = Some(Progress::Deleting);
        old.retain(|&pod| self.pod(pod).terminating_since.is_none());
        self.delete_in_bursts(&old);
        Err(Over)
    }

    fn roll(&mut self) {
        let (floor, limit) = match self.desired.strategy {
            Strategy::RollingUpdate(None) => (0, None),
            Strategy::RollingUpdate(Some(rolling)) => (rolling.partition, rolling.max_unavailable),
            Strategy::OnDelete | Strategy::Recreate => return,
        };
        let slots: Vec<Slot> = (0..self.desired.replicas)
            .map(|index| self.look_at(self.desired.start + index))
            .collect();
        let open: Vec<Slot> = (floor..self.desired.replicas)
            .rev()
            .map(|index| slots[index as usize])
            .collect();
        if !self.desired.profile.max_unavailable {
            for slot in open {
                if slot.old && !slot.terminating {
                    return self.replace(slot);
                }
                if slot.terminating || !slot.available {
                    return;
                }
            }
            return;
        }
        let limit = match limit {
            None => 1,
            Some(Limit::Count(count)) => i64::from(count),
            Some(Limit::Percent(share)) => {
                i64::from(share) * i64::from(self.desired.replicas) / 100
            }
        };
        let down = |slot: &&Slot| slot.terminating || !slot.available;
        let broken = |slot: &&Slot| slot.old && !slot.terminating && !slot.available;
        let unavailable = i64::try_from(slots.iter().filter(down).count()).expect("few slots");
        let mut budget = limit.max(1) - unavailable;
        if budget <= 0 && (self.ordered() || slots.iter().filter(broken).count() == 0) {
            return;
        }
        if !self.ordered() {
            for slot in open.iter().filter(broken) {
                self.replace(*slot);
            }
        }
        for slot in open {
            let counts = self.ordered() || slot.available;
            if budget > 0 && slot.old && !slot.terminating && counts {
                self.replace(slot);
                budget -= 1;
            }
        }
    }

    /// A slot without a pod is judged as the pod that it would get.
    fn look_at(&self, ordinal: Ordinal) -> Slot {
        let pod = self.pod_of(ordinal);
        let seen = pod.map(|pod| self.pod(pod));
        let revision = seen.map_or_else(|| self.revision_for(ordinal), |pod| pod.revision);
        Slot {
            pod,
            old: revision != self.desired.update,
            terminating: seen.is_some_and(|pod| pod.terminating_since.is_some()),
            available: seen.is_some_and(|pod| self.available(pod)),
        }
    }

    fn replace(&mut self, slot: Slot) {
        self.rolled += 1;
        let Some(pod) = slot.pod else { return };
        let mut done = self
            .stages
            .iter()
            .flat_map(BTreeMap::values)
            .flatten()
            .flatten();
        if !done.any(|what| *what == delete(pod)) {
            let chain = vec![vec![delete(pod)]];
            self.push(Stage::from([(self.pod(pod).ordinal, chain)]));
        }
    }

    // What the standalone profile adds.

    fn hold_finalizer(&mut self) {
        let ordered = self.desired.profile.shutdown == Shutdown::Ordered;
        if ordered && !self.desired.finalizer_held {
            self.push(Stage::from([(0, vec![vec![Do::HoldFinalizer]])]));
        }
    }

    fn shut_down(&mut self) {
        if self.desired.profile.shutdown != Shutdown::Ordered {
            return;
        }
        let orphaned = self.desired.deletion == Deletion::Orphan;
        if !orphaned && !self.observed.pods.is_empty() {
            let mut pods = self.pods();
            pods.reverse();
            pods.sort_by_key(|&pod| std::cmp::Reverse(self.pod(pod).ordinal));
            // Of wanted twins only the rightful one is seen, here as everywhere.
            pods.retain(|&pod| {
                let ordinal = self.pod(pod).ordinal;
                !self.wanted(ordinal) || self.pod_of(ordinal) == Some(pod)
            });
            if self.ordered() {
                pods.truncate(1);
            }
            pods.retain(|&pod| self.pod(pod).terminating_since.is_none());
            return self.delete_together(&pods);
        }
        let keep = self.desired.retention.when_deleted == Keep::Retain;
        if !orphaned && !keep && self.desired.profile.give_up == GiveUp::Delete {
            // Each claim must be seen to go before nothing holds the set any more.
            let stages = self.stages.len();
            self.delete_claims(|_, _| true);
            if self.lookup_fails() || self.stages.len() > stages {
                return;
            }
        }
        if self.desired.finalizer_held {
            self.push(Stage::from([(0, vec![vec![Do::ReleaseFinalizer]])]));
        }
    }

    fn give_up_claims(&mut self) {
        let delete = self.desired.profile.give_up == GiveUp::Delete;
        if delete && self.desired.retention.when_scaled == Keep::Delete {
            self.delete_claims(|pass, claim| {
                !pass.wanted(claim.ordinal) && pass.pod_of(claim.ordinal).is_none()
            });
        }
    }

    fn delete_claims(&mut self, which: impl Fn(&Self, &Claim) -> bool) {
        let mut stage = Stage::new();
        for (index, claim) in self.observed.claims.unwrap_or_default().iter().enumerate() {
            // Somebody else's claim that happens to have the right name.
            let foreign = claim.foreign_controller || claim.set_owner == OwnerRef::OtherUid;
            if claim.terminating_since.is_none() && !foreign && which(self, claim) {
                let what = Do::DeleteClaim {
                    claim: short(index),
                };
                append(&mut stage, claim.ordinal, vec![vec![what]]);
            }
        }
        self.push(stage);
    }

    fn delete_in_bursts(&mut self, pods: &[usize]) {
        let (mut from, mut size) = (0, 1);
        while from < pods.len() {
            let to = pods.len().min(from + size);
            self.delete_together(&pods[from..to]);
            (from, size) = (to, 500.min(size * 2));
        }
    }

    fn delete_together(&mut self, pods: &[usize]) {
        let mut stage = Stage::new();
        for &pod in pods {
            append(&mut stage, self.pod(pod).ordinal, vec![vec![delete(pod)]]);
        }
        self.push(stage);
    }

    // The status.

    fn status(&self) -> Option<Status> {
        let Desired {
            current, update, ..
        } = *self.desired;
        let counted: Vec<&Pod> = if self.desired.deletion == Deletion::No {
            let slots = self.desired.start..self.desired.start + self.desired.replicas;
            let slots = slots.filter_map(|ordinal| self.pod_of(ordinal));
            slots
                .chain(self.condemned())
                .map(|pod| self.pod(pod))
                .collect()
        } else {
            self.observed.pods.iter().collect()
        };
        let count = |test: &dyn Fn(&Pod) -> bool| {
            let pods = counted.iter().filter(|pod| test(pod));
            u32::try_from(pods.count()).expect("few pods")
        };
        let runs = |pod: &Pod| pod.phase == Phase::Running && pod.ready;
        let at = |pod: &Pod, revision| pod.terminating_since.is_none() && pod.revision == revision;
        let mut status = Status {
            observed_generation: self.desired.generation,
            replicas: count(&|_| true),
            ready: count(&runs),
            available: count(&|pod| runs(pod) && self.available(pod)),
            current: count(&|pod| at(pod, current)).saturating_sub(self.rolled),
            updated: count(&|pod| at(pod, update)),
            current_revision: current,
            update_revision: update,
            progressing: self.progress,
        };
        let wanted = self.desired.replicas;
        if [status.updated, status.ready, status.replicas] == [wanted; 3] {
            status.current = status.updated;
            status.current_revision = update;
            if self.desired.strategy == Strategy::Recreate && status.progressing.is_some() {
                status.progressing = Some(Progress::Completed);
            }
        }
        let Some(published) = self.desired.published else {
            return Some(status);
        };
        // An older generation alone is no news.
        let newer = status.observed_generation > published.observed_generation;
        let same_age = Status {
            observed_generation: published.observed_generation,
            ..status
        };
        (newer || same_age != published).then_some(status)
    }
}

/// One slot as the rolling update sees it.
#[derive(Clone, Copy)]
struct Slot {
    pod: Option<usize>,
    old: bool,
    terminating: bool,
    available: bool,
}

/// Of several unhealthy condemned pods this one may go.
fn lowest_unavailable(pass: &Pass, condemned: &[usize]) -> Option<usize> {
    let unavailable = |&pod: &usize| {
        let pod = pass.pod(pod);
        pod.terminating_since.is_some() || !pass.available(pod)
    };
    condemned.iter().copied().rev().find(unavailable)
}

fn append(stage: &mut Stage, ordinal: Ordinal, chain: Chain) {
    let whole = stage.entry(ordinal).or_default();
    for (step, actions) in chain.into_iter().enumerate() {
        if whole.len() <= step {
            whole.push(vec![]);
        }
        whole[step].extend(actions);
        whole[step].sort();
    }
}

fn delete(pod: usize) -> Do {
    Do::DeletePod { pod: short(pod) }
}

fn short(index: usize) -> u32 {
    u32::try_from(index).expect("short lists")
}
