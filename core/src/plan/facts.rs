//! What the phases look at: desired and observed, put in order once.

use crate::claim::Claim;
use crate::desired::{Desired, Management, Ordinal};
use crate::node::Node;
use crate::observed::Observed;
use crate::plan::census::{is_sound, is_steady, is_unavailable};
use crate::plan::claims::Claims;
use crate::plan::roster::Roster;
use crate::pod::Pod;
use crate::time::Millis;

/// Everything that the phases look at. Nothing in it changes while they run.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) desired: &'a Desired<'a>,
    pub(crate) observed: &'a Observed<'a>,
    pub(crate) roster: Roster<'a>,
    /// `None` where claims are not known.
    pub(crate) claims: Option<Claims<'a>>,
    /// Whether any claim's owner references need care; most sets never look.
    pub(crate) claims_astray: bool,
    /// Whether no node asks for anything to be done about its pods.
    pub(crate) calm: bool,
    /// How many slots are unavailable (rule A-3).
    pub(crate) unavailable: u32,
    /// How many slots have a pod that nothing is the matter with.
    pub(crate) sound: u32,
    pub(crate) now: Millis,
}

impl<'a> Facts<'a> {
    /// `OrderedReady`, in upstream's word.
    pub(crate) fn is_monotonic(&self) -> bool {
        self.desired.management == Management::OrderedReady
    }

    /// Whether condemned pods go before slots are filled (rule O-1).
    pub(crate) fn condemned_go_first(&self) -> bool {
        self.desired.profile.kubernetes.condemned_go_first() && !self.is_monotonic()
    }

    /// Whether every slot has a pod and there is nothing to do about any of them but to roll them.
    pub(crate) fn slots_are_sound(&self) -> bool {
        self.sound == self.desired.replicas && !self.claims_astray
    }

    /// The ordinal after the last desired one.
    pub(crate) fn end(&self) -> Ordinal {
        self.desired.start + self.desired.replicas
    }

    pub(crate) fn is_available(&self, pod: &Pod) -> bool {
        pod.is_available(self.desired.ready_for(), self.now)
    }

    /// Not available, or about to go (rule A-3).
    pub(crate) fn is_unavailable(&self, pod: &Pod) -> bool {
        is_unavailable(pod, self.is_available(pod), self.desired)
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
