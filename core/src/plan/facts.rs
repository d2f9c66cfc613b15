//! What the phases look at: desired and observed, put in order once.

use crate::claim::Claim;
use crate::desired::{Desired, Limit, Management, Ordinal, Strategy};
use crate::node::Node;
use crate::observed::Observed;
use crate::plan::census::{is_down, is_sound, is_steady};
use crate::plan::change;
use crate::plan::claims::Claims;
use crate::plan::condemned;
use crate::plan::deadline;
use crate::plan::participants::Participants;
#[cfg(any(test, feature = "kubernetes"))]
use crate::plan::parts::Parts;
use crate::plan::parts::Stretch;
use crate::plan::revision;
use crate::plan::roster::Roster;
use crate::plan::slots::Slots;
use crate::pod::Pod;
use crate::policies::Paused;
use crate::purpose::Prepared;
use crate::revision::Revision;
use crate::time::Millis;
use crate::wait::Gate;

/// Everything that the phases look at. Nothing in it changes while they run.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) desired: &'a Desired<'a>,
    pub(crate) observed: &'a Observed<'a>,
    pub(crate) slots: &'a Slots<'a>,
    pub(crate) roster: Roster<'a>,
    /// `None` where claims are not known.
    pub(crate) claims: Option<Claims<'a>>,
    /// Whether any claim's owner references need care; most sets never look.
    pub(crate) claims_astray: bool,
    /// Whether any claim has no volume yet.
    pub(crate) claims_pending: bool,
    /// Whether any claim may be in the way of a new pod: it is terminating, or an earlier pod's.
    pub(crate) claims_in_the_way: bool,
    /// Whether no node asks for anything to be done about its pods.
    pub(crate) calm: bool,
    /// Which pods a rollout replaces, and in which order.
    pub(crate) participants: Participants,
    /// How many slots have a pod of an old revision.
    pub(crate) old: u32,
    /// Empty slots below this ordinal get a pod of the current revision (rules V-2 and Q-3).
    pub(crate) kept_until: Ordinal,
    /// How many slots are unavailable (rule A-3).
    pub(crate) unavailable: u32,
    /// Whether any pod was asked something, or is to be replaced because somebody asks for it (rules J).
    pub(crate) marked: bool,
    /// How many slots have a pod that nothing is the matter with.
    pub(crate) sound: u32,
    /// So many of the first pods fill the first slots, and nothing is the matter with them: who looks for trouble begins
    /// after them. None where the list is not in order.
    pub(crate) sound_lead: u32,
    /// So many of these are at their goal, too. None where ranks decide.
    pub(crate) settled_lead: u32,
    /// When the set last came closer to its goal (rule M-6).
    pub(crate) progressed_at: Option<Millis>,
    /// Parts of the list of pods, where it is kept from one plan to the next.
    #[cfg(any(test, feature = "kubernetes"))]
    pub(crate) parts: Option<&'a Parts>,
    pub(crate) now: Millis,
}

impl<'a> Facts<'a> {
    /// `OrderedReady`, in upstream's word.
    pub(crate) fn is_monotonic(&self) -> bool {
        self.desired.management == Management::OrderedReady
    }

    /// Whether actions of this kind are not taken for now (rule Z-1).
    pub(crate) fn pauses(&self, kind: Paused) -> bool {
        self.desired.policies.paused.contains(kind)
    }

    /// Why no rollout is begun for now, if it is not (rules Z-1 and M-7).
    pub(crate) fn rollout_pause(&self) -> Option<Gate> {
        if self.pauses(Paused::ROLLOUT) {
            Some(Gate::Paused)
        } else {
            deadline::holds(self).then_some(Gate::Deadline)
        }
    }

    /// Whether condemned pods go before slots are filled (rule O-1).
    pub(crate) fn condemned_go_first(&self) -> bool {
        self.desired.profile.kubernetes.condemned_go_first() && !self.is_monotonic()
    }

    /// Whether every slot has a pod and there is nothing to do about any of them but to roll them.
    pub(crate) fn slots_are_sound(&self) -> bool {
        self.sound == self.desired.replicas && !self.claims_astray
    }

    /// Finds out which pods take part in the rollout, and how it goes on. Only where ranks decide, or a deadline is set, does it
    /// take a look at all of them.
    pub(crate) fn find_rollout(&mut self) {
        if self.desired.is_ranked() {
            self.kept_until =
                revision::kept_until(self.desired, self.slots, &self.roster, self.old);
        } else if self.desired.strategy == Strategy::RollingUpdate(None) {
            let kept = condemned::kept(self);
            self.kept_until = revision::kept_without_block(self.desired, self.slots, kept);
        }
        let facts = &*self;
        let is_available = |pod: &Pod| facts.is_available(pod);
        self.participants =
            Participants::of(facts.desired, facts.slots, &facts.roster, is_available);
        self.progressed_at = deadline::progressed_at(self);
    }

    /// All pods but the first `count`, ascending, cut where more is known of some of them than of others.
    pub(crate) fn stretches(&self, count: u32) -> impl Iterator<Item = Stretch> + '_ {
        let first = count as usize;
        #[cfg(any(test, feature = "kubernetes"))]
        let (parts, is_cut) = (
            self.parts.into_iter().flat_map(Parts::stretches),
            self.parts.is_some(),
        );
        #[cfg(not(any(test, feature = "kubernetes")))]
        let (parts, is_cut) = (core::iter::empty(), false);
        let whole = (!is_cut).then(|| Stretch {
            positions: 0..self.roster.len(),
            alike: None,
        });
        let all = parts.chain(whole);
        let left = all.skip_while(move |it| it.positions.end <= first);
        left.map(move |it| Stretch {
            positions: it.positions.start.max(first)..it.positions.end,
            ..it
        })
    }

    /// The pods that fill slots, ascending, if anything was asked of any pod.
    pub(crate) fn slots_if_marked(&self) -> impl DoubleEndedIterator<Item = (u32, &'a Pod)> + '_ {
        let slots = self.marked.then(|| self.roster.slots());
        slots.into_iter().flatten()
    }

    /// The revision that the pod of an empty slot is made from.
    pub(crate) fn revision_for(&self, ordinal: Ordinal) -> Revision {
        revision::revision_for(ordinal, self.desired, self.kept_until)
    }

    /// Whether the strategy means this pod in range to be replaced: it is old, and neither `OnDelete` nor the partition
    /// holds it (rules U-1 and Q-2).
    pub(crate) fn wants_rollout(&self, pod: &Pod) -> bool {
        pod.revision != self.desired.update
            && match self.desired.strategy {
                Strategy::RollingUpdate(_) => self.participants.include(pod, self.desired),
                Strategy::OnDelete => false,
                Strategy::Recreate => true,
            }
    }

    /// Why a rollout cannot get an old pod in range to the update revision, if it cannot (rule U-10).
    pub(crate) fn unchangeable(&self, pod: &Pod) -> Option<Gate> {
        change::obstacle(self, pod).filter(|_| self.rolls())
    }

    /// Whether pods are replaced one after the other, or as many as a limit allows.
    pub(crate) fn rolls(&self) -> bool {
        matches!(self.desired.strategy, Strategy::RollingUpdate(_))
    }

    /// Whether the partition leaves an empty slot to the rollout.
    pub(crate) fn includes_empty(&self, ordinal: Ordinal) -> bool {
        match self.participants {
            Participants::From(first) => ordinal >= first,
            Participants::Ranked { .. } => self.revision_for(ordinal) == self.desired.update,
        }
    }

    pub(crate) fn is_available(&self, pod: &Pod) -> bool {
        pod.is_available(self.desired.ready_for(), self.now)
    }

    /// Not available, or about to go (rule A-3).
    pub(crate) fn is_down(&self, pod: &Pod) -> bool {
        is_down(pod, self.is_available(pod), self.desired)
    }

    /// The same of a pod in range, where one that was asked to go counts, too (rule J-4).
    pub(crate) fn is_unavailable(&self, pod: &Pod) -> bool {
        self.is_down(pod) || pod.prepared != Prepared::No
    }

    /// How many pods may be unavailable in a rollout (rule U-2).
    pub(crate) fn rollout_limit(&self) -> Limit {
        let rolling = match self.desired.strategy {
            Strategy::RollingUpdate(rolling) if self.desired.profile.max_unavailable => rolling,
            _ => None,
        };
        rolling
            .and_then(|rolling| rolling.max_unavailable)
            .unwrap_or(Limit::Count(1))
    }

    /// Whether the pod is what `OrderedReady` waits for before it goes on (rules ).
    pub(crate) fn is_steady(&self, pod: &Pod) -> bool {
        is_steady(pod, self.is_available(pod))
    }

    /// All claims, by ordinal and template; none where claims are not known.
    pub(crate) fn all_claims(&self) -> impl Iterator<Item = (u32, &'a Claim)> + '_ {
        self.claims.iter().flat_map(Claims::iter)
    }

    /// The ordinal's claims; empty where claims are not known.
    pub(crate) fn claims_of(
        &self,
        ordinal: Ordinal,
    ) -> impl Iterator<Item = (u32, &'a Claim)> + '_ {
        self.claims
            .iter()
            .flat_map(move |claims| claims.of(ordinal))
    }

    /// Whether nothing is the matter with a pod in range but, at most, its revision and its claims.
    #[inline]
    pub(crate) fn is_sound(&self, pod: &Pod) -> bool {
        is_sound(pod, self.is_available(pod))
    }

    /// The pod's node, with its index, where nodes are known.
    pub(crate) fn node_of(&self, pod: &Pod) -> Option<(u32, &'a Node)> {
        let node = pod.node?;
        Some((node, self.observed.nodes?.get(node as usize)?))
    }

    /// Whether the claims that pods need cannot be looked up.
    pub(crate) fn lacks_claims(&self) -> bool {
        self.claims.is_none() && !self.desired.templates.is_empty()
    }
}
