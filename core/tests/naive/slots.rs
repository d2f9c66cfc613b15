//! What each wanted ordinal gets, what each condemned pod gets, and who owns their claims.

use statefulset::{
    Claim, ClaimOwner, Do, GiveUp, Keep, Ordinal, OwnerRef, Paused, Phase, Purposes, Revision,
    Strategy, Version,
};

use super::change::Means;
use super::leave::has_ended;
use super::{Chain, Pass, Then, short};

impl Pass<'_> {
    pub(super) fn slot(&mut self, ordinal: Ordinal) -> (Chain, Then) {
        let Some(index) = self.pod_of(ordinal) else {
            if self.paused(Paused::CREATION) || !self.may_come(ordinal) {
                return (vec![], Then::GoOn);
            }
            return self.empty_slot(ordinal);
        };
        let pod = self.pod(index);
        let terminating = pod.terminating_since.is_some();
        if has_ended(pod) {
            let stays = self.paused(Paused::REPLACEMENT) || !self.may_come(ordinal);
            let step = if terminating || stays {
                vec![]
            } else {
                self.send_ended_off(index).into_iter().collect()
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
            // What somebody asks for comes before a repair.
            let replaced = self.send_requested_off(index);
            let replaced = replaced.filter(|_| self.spare(pod));
            let repaired = self.send_off(index, Purposes::REPAIR);
            let repaired = repaired.filter(|_| self.repairs_in_order(ordinal));
            let changed = self.change_again(index);
            if replaced.is_none() {
                let counts = !matches!(changed.or(repaired), None | Some(Do::Prepare { .. }));
                self.rolled += u32::from(counts);
            }
            let what = replaced.or(changed).or(repaired);
            chain.push(what.into_iter().collect());
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

    /// In order, a broken pod is replaced where it ends the pass.
    fn repairs_in_order(&self, ordinal: Ordinal) -> bool {
        let Some(repair) = self.repair().filter(|repair| repair.ordered) else {
            return false;
        };
        self.participants().contains(&ordinal) && self.broken(repair, ordinal)
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

    pub(super) fn revision_for(&self, ordinal: Ordinal) -> Revision {
        let mut stored = self.desired.published.map_or(0, |status| status.current);
        // Those that only a policy keeps were counted, and fill no slot.
        let stays = |&pod: &usize| {
            let paused = self.paused(Paused::SCALE_IN);
            let pod = self.pod(pod);
            pod.revision == self.desired.current
                && pod.terminating_since.is_none()
                && (paused || self.stands_in(pod.ordinal) || pod.hold.contains(Purposes::SCALE_IN))
        };
        let held = |slot: Ordinal| {
            self.pod_of(slot).is_some_and(|pod| {
                let pod = self.pod(pod);
                pod.revision == self.desired.current
                    && pod.terminating_since.is_none()
                    && (pod.hold.contains(Purposes::ROLLOUT) || self.means(pod) == Means::Nothing)
            })
        };
        let kept = self.condemned().into_iter().filter(stays).count()
            + self.slots().into_iter().filter(|&slot| held(slot)).count();
        stored = stored.saturating_sub(short(kept));
        let is_kept = match self.desired.strategy {
            _ if self.ranked() => self.old_pods() + self.empty_below(ordinal) < self.partition(),
            Strategy::RollingUpdate(Some(_)) => self.below_partition(ordinal),
            Strategy::RollingUpdate(None) => self.index(ordinal) < stored,
            Strategy::OnDelete | Strategy::Recreate => false,
            other => unreachable!("{other:?}: the test does not know it yet"),
        };
        if is_kept {
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
        let plain = !self.since(Version::V1_28);
        let earlier_pod = pod.is_none() && pod_ref != OwnerRef::Absent;
        let strange = set_ref == OwnerRef::OtherUid || pod_ref == OwnerRef::OtherUid;
        if !plain && (strange || earlier_pod) {
            return None;
        }
        let retention = self.desired.retention;
        let by_references = self.desired.profile.give_up == GiveUp::OwnerReferences;
        let scaled = by_references && retention.when_scaled == Keep::Delete;
        let deleted = by_references && retention.when_deleted == Keep::Delete;
        if !plain && claim.foreign_controller && (scaled || deleted) {
            let ours = set_ref != OwnerRef::Absent || pod_ref != OwnerRef::Absent;
            return ours.then_some(ClaimOwner::Nobody);
        }
        let stays = self.wanted(claim.ordinal) || self.keeps_claims(claim.ordinal);
        let wanted = match (scaled, deleted, stays) {
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
        let is = |found, is_wanted| {
            if plain {
                matches!(found, OwnerRef::Plain | OwnerRef::Controller) == is_wanted
            } else {
                found == reference(is_wanted)
            }
        };
        let right = is(set_ref, wanted == ClaimOwner::Set)
            && is(pod_ref, matches!(wanted, ClaimOwner::Pod(_)));
        (!right).then_some(wanted)
    }

    // Condemned pods.

    pub(super) fn claims_of_condemned(&self, index: usize) -> (Ordinal, Chain, Then) {
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

    pub(super) fn condemned_pod(
        &self,
        index: usize,
        last: Option<usize>,
    ) -> (Ordinal, Chain, Then) {
        let pod = self.pod(index);
        let healthy = pod.phase == Phase::Running && self.available(pod);
        let blocked = self.ordered() && !healthy && last != Some(index);
        let stays = pod.terminating_since.is_some() || blocked || self.waits_for_another(index);
        // Once it was asked to leave, it goes at the end of the pass, or waits.
        let what = if stays || self.was_asked_to_leave(index) {
            None
        } else {
            self.send_off(index, Purposes::SCALE_IN)
        };
        (pod.ordinal, vec![what.into_iter().collect()], Then::Stop)
    }

    /// Of several unhealthy condemned pods this one may go.
    pub(super) fn lowest_unavailable(&self, condemned: &[usize]) -> Option<usize> {
        let mut rising = condemned.iter().copied().rev();
        rising.find(|&pod| self.down(self.pod(pod)))
    }
}
