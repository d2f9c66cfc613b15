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
    let late = claim.binding == Binding::WaitForFirstConsumer;
    let node = match claim.node {
        Some(node) if late => Some(observed.nodes?.get(node as usize)?.domain),
        _ => None,
    };
    let reaches =
        |volume: &Volume| node.is_none_or(|domain| volume.domain.is_none_or(|d| d == domain));
    let is_own = |volume: &Volume| volume.reserved == Reserved::Claim(index);
    let fitting = (0u32..).zip(volumes).filter(|(i, volume)| {
        let modes = volume.modes.contains(claim.modes);
        let usable = if is_own(volume) {
            // Once there is a node nobody asks a reserved volume for its modes.
            modes || node.is_some()
        } else {
            modes && (node.is_some() || !late) && is_open(claim, volume)
        };
        free(*i) && usable && holds(claim, volume)
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
    let waits_for_pod = claim.binding == Binding::WaitForFirstConsumer && claim.volume.is_none();
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

/// What even a volume that is reserved for the claim is asked.
fn holds(claim: &Claim, volume: &Volume) -> bool {
    volume.capacity >= claim.request
        && volume.volume_mode == claim.volume_mode
        && !volume.terminating
}

/// Whether a volume may be had by any claim of this class and template.
fn is_open(claim: &Claim, volume: &Volume) -> bool {
    let labels = volume.matches.checked_shr(u32::from(claim.template));
    volume.reserved == Reserved::Nobody
        && volume.phase == VolumePhase::Available
        && volume.class == claim.class
        && labels.unwrap_or(0) & 1 == 1
}
