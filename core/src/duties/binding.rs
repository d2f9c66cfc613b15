//! Which volume a claim gets (rules B-1 to B-5).

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
    if !facts.desired.profile.bind_claims {
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

/// The volume for a claim: one reserved for it, else the smallest that fits. `taken` are volumes that others get first.
///
/// `index` is the claim's index in [`Observed::claims`]. `None` where nothing fits, where volumes are not known, or where
/// the claim must wait until its pod has a node.
pub fn choose(index: u32, claim: &Claim, observed: &Observed, taken: &[u32]) -> Option<u32> {
    let volumes = observed.volumes?;
    let free = |volume: u32| !taken.contains(&volume);
    if let Some(named) = claim.volume {
        let volume = volumes.get(named as usize)?;
        return (free(named) && accepts_by_name(index, claim, volume)).then_some(named);
    }
    let node = place(claim);
    if let Some(node) = node {
        // What a node reaches is not known where the node is not.
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
        // Reserved, and out of reach from that node: no other volume will do.
        return None;
    }
    fitting
        .filter(|(_, volume)| reaches(volume))
        .min_by_key(|(i, volume)| {
            // The binder tries sets of access modes with fewer modes first; the scheduler does not group.
            let group = if node.is_none() {
                (volume.modes.count(), volume.modes)
            } else {
                Default::default()
            };
            (group, !is_own(volume), volume.capacity, **volume, *i)
        })
        .map(|(i, _)| i)
}

/// Why [`choose`] finds nothing.
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

/// A claim that names its volume: the claim's own label selector is not asked.
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

/// The node that the claim's volume must be reached from, if that is asked.
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

/// What keeps a claim from having a volume.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Misfit {
    /// It is reserved for another claim.
    Reserved,
    /// It is not available, but in this phase.
    Phase(VolumePhase),
    /// It is of another storage class.
    Class,
    /// It does not have the labels that the claim asks for.
    Labels,
    /// It does not offer all access modes that the claim asks for.
    Modes,
    /// It is smaller than the claim asks for.
    Capacity,
    /// It is a file system where a block device is asked for, or the other way round.
    VolumeMode,
    /// Somebody has asked for its deletion.
    Terminating,
    /// It cannot be reached from the node that the claim's pod is on.
    Reach,
}

impl Misfit {
    /// The first thing that keeps the claim with this index from having a volume; `None` where the volume would do, as
    /// far as the lists tell.
    pub fn of(index: u32, claim: &Claim, volume: &Volume, observed: &Observed) -> Option<Self> {
        let node = place(claim).filter(|_| observed.nodes.is_some());
        misfit(index, claim, volume, node.is_some()).or_else(|| {
            let (node, group) = node.zip(volume.reach)?;
            let is_near = groups(node, observed).any(|near| near == group);
            (!is_near).then_some(Self::Reach)
        })
    }
}

/// Apart from its reach. What is reserved for the claim is asked for less, even more so once the claim's pod has a node.
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

/// What even a volume that the claim names, and that is reserved for nobody, is asked.
fn holds(claim: &Claim, volume: &Volume) -> bool {
    volume.capacity >= claim.request
        && volume.volume_mode == claim.volume_mode
        && !volume.terminating
}
