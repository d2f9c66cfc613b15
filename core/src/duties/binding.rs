//! Which volume a claim gets (rules [B-1](crate::rules#B-1) to [B-5](crate::rules#B-5)).

use alloc::vec::Vec;

use crate::action::{Do, Reason};
use crate::claim::{Binding, Claim, ClaimPhase};
use crate::observed::Observed;
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::volume::{Reserved, Volume, VolumePhase};
use crate::wait::Gate;

/// Binds the set's claims that have no volume yet.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if !facts.desired.profile.bind_claims || !facts.claims_pending {
        return Flow::Continue(());
    }
    let mut pending: Vec<(u32, &Claim)> = facts
        .all_claims()
        .filter(|(_, claim)| claim.phase == ClaimPhase::Pending && !claim.is_terminating())
        .collect();
    // Small requests first, so that they do not take a large claim's only volume.
    pending.sort_by_key(|(_, claim)| (claim.ordinal, claim.request, claim.template));
    let mut taken = Vec::new();
    for (index, claim) in pending {
        if let Some(volume) = choose(index, claim, facts.observed, &taken) {
            draft.open(Part::Duties, 0);
            draft.push(
                claim.ordinal,
                step::CLAIMS,
                Reason::Binding,
                Do::BindClaim {
                    claim: index,
                    volume,
                },
            )?;
            taken.push(volume);
        }
    }
    Flow::Continue(())
}

/// Chooses the volume for a claim: one that is reserved for it, or else the smallest that fits. `taken` are the indexes
/// of volumes that other claims have got already.
///
/// `index` is the claim's index in [`Observed::claims`]. The answer is `None` if nothing fits, if the volumes are not
/// known, or if the claim must wait until its pod has a node.
pub fn choose(index: u32, claim: &Claim, observed: &Observed, taken: &[u32]) -> Option<u32> {
    let volumes = observed.volumes?;
    let free = |volume: u32| !taken.contains(&volume);
    if let Some(named) = claim.volume {
        let volume = volumes.get(named as usize)?;
        return (free(named) && accepts_by_name(index, claim, volume)).then_some(named);
    }
    let node = place(claim);
    if let Some(node) = node {
        // If the node is not known, it is not known either which volumes it reaches.
        observed.nodes?.get(node as usize)?;
    }
    let mut near: Vec<u32> = node.map_or_else(Vec::new, |node| groups(node, observed).collect());
    near.sort_unstable();
    let reaches = |volume: &Volume| {
        let is_near = |group: u32| near.binary_search(&group).is_ok();
        node.is_none() || volume.reach.is_none_or(is_near)
    };
    let is_own = |volume: &Volume| volume.reserved == Reserved::Claim(index);
    let fitting = (0u32..).zip(volumes).filter(|(i, volume)| {
        let in_time = is_own(volume) || node.is_some() || !is_late(claim);
        free(*i) && in_time && misfit(index, claim, volume, node.is_some()).is_none()
    });
    if fitting.clone().any(|(_, v)| is_own(v) && !reaches(v)) {
        // The reserved volume is out of reach from that node, and then no other volume is taken (rule B-4).
        return None;
    }
    fitting
        .filter(|(_, volume)| reaches(volume))
        .min_by_key(|(i, volume)| {
            // There are groups of access modes only if the volume need not be reached from a node (rules B-1 and B-4).
            let group = if node.is_none() {
                (volume.modes.count(), volume.modes)
            } else {
                Default::default()
            };
            (group, !is_own(volume), volume.capacity, **volume, *i)
        })
        .map(|(i, _)| i)
}

/// The condition that keeps [`choose`] from finding a volume.
pub(crate) fn obstacle(claim: &Claim, observed: &Observed) -> Gate {
    let waits_for_pod = is_late(claim) && claim.volume.is_none();
    if observed.volumes.is_none() {
        Gate::VolumesUnknown
    } else if waits_for_pod && claim.node.is_none() {
        Gate::PodUnscheduled
    } else if waits_for_pod && observed.nodes.is_none() {
        Gate::NodesUnknown
    } else {
        Gate::NoVolume
    }
}

/// Whether a claim that names this volume may have it. The label selector of the claim is not checked (rule [B-3](crate::rules#B-3)).
fn accepts_by_name(index: u32, claim: &Claim, volume: &Volume) -> bool {
    match volume.reserved {
        Reserved::Claim(c) => c == index,
        Reserved::Other => false,
        Reserved::Nobody => {
            holds(claim, volume)
                && volume.class == claim.class
                && volume.modes.contains(claim.modes)
        }
    }
}

/// The node from which the claim's volume must be reachable, if the claim waits for its first consumer.
fn place(claim: &Claim) -> Option<u32> {
    claim.node.filter(|_| is_late(claim))
}

/// The groups that a node is in.
fn groups<'a>(node: u32, observed: &Observed<'a>) -> impl Iterator<Item = u32> + use<'a> {
    let entries = observed.reach.iter().filter(move |it| it.node == node);
    entries.map(|it| it.group)
}

/// Whether the claim's volume is chosen only once its pod has a node.
fn is_late(claim: &Claim) -> bool {
    claim.binding == Binding::WaitForFirstConsumer
}

/// Why a claim cannot have a volume.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Misfit {
    /// The volume is reserved for another claim.
    Reserved,
    /// The volume is not available; it is in this phase.
    Phase(VolumePhase),
    /// The volume has another storage class than the claim.
    Class,
    /// The volume does not have the labels that the claim asks for.
    Labels,
    /// The volume does not have all the access modes that the claim asks for.
    Modes,
    /// The volume is smaller than the claim asks for.
    Capacity,
    /// The volume is a file system and the claim asks for a block device, or the other way round.
    VolumeMode,
    /// Somebody has asked for its deletion.
    Terminating,
    /// The volume cannot be reached from the node that the claim's pod is on.
    Reach,
}

impl Misfit {
    /// The first thing that is wrong with this volume for the claim with this index. `None` means that, as far as the
    /// lists show, the claim could have the volume.
    pub fn of(index: u32, claim: &Claim, volume: &Volume, observed: &Observed) -> Option<Self> {
        let node = place(claim).filter(|_| observed.nodes.is_some());
        misfit(index, claim, volume, node.is_some()).or_else(|| {
            let (node, group) = node.zip(volume.reach)?;
            let is_near = groups(node, observed).any(|near| near == group);
            (!is_near).then_some(Self::Reach)
        })
    }
}

/// What is wrong with the volume, apart from its reach. Fewer things are checked of a volume that is reserved for the
/// claim, and fewer still once the claim's pod has a node (rules [B-1](crate::rules#B-1) and [B-4](crate::rules#B-4)).
fn misfit(index: u32, claim: &Claim, volume: &Volume, placed: bool) -> Option<Misfit> {
    let is_own = volume.reserved == Reserved::Claim(index);
    let labels = volume.matches.checked_shr(u32::from(claim.template));
    let asked = [
        (
            !is_own && volume.reserved != Reserved::Nobody,
            Misfit::Reserved,
        ),
        (
            !is_own && volume.phase != VolumePhase::Available,
            Misfit::Phase(volume.phase),
        ),
        (!is_own && volume.class != claim.class, Misfit::Class),
        (!is_own && labels.unwrap_or(0) & 1 == 0, Misfit::Labels),
        (
            !(volume.modes.contains(claim.modes) || is_own && placed),
            Misfit::Modes,
        ),
        (volume.capacity < claim.request, Misfit::Capacity),
        (volume.volume_mode != claim.volume_mode, Misfit::VolumeMode),
        (volume.terminating, Misfit::Terminating),
    ];
    let first = asked.into_iter().find(|(stands, _)| *stands);
    first.map(|(_, misfit)| misfit)
}

/// Whether the volume is large enough, has the right volume mode, and is not being deleted.
fn holds(claim: &Claim, volume: &Volume) -> bool {
    volume.capacity >= claim.request
        && volume.volume_mode == claim.volume_mode
        && !volume.terminating
}
