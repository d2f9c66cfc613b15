//! Claims without a volume, and why no volume fits.

use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::super::kind::Kind;
use super::super::quantity;
use super::super::turn::Turn;
use super::trap::{Trap, TrapName};
use super::traps::trap;
use crate::claim::{Binding, Claim, ClaimPhase};
use crate::duties::binding::Misfit;
use crate::explain::Names;
use crate::observed::Observed;
use crate::volume::{Volume, VolumePhase};

pub(super) fn unbound(turn: &Turn<'_>) -> Vec<Trap> {
    let claims = turn.snapshot.roster.claims();
    let observed = turn.snapshot.observed();
    (0u32..)
        .zip(claims)
        .filter(|(_, claim)| claim.phase != ClaimPhase::Bound && !claim.is_terminating())
        .filter(|(_, claim)| is_used(turn, claim))
        .filter_map(|(index, claim)| {
            let (name, facts) = turn.snapshot.claim(index)?;
            let asked = quantity::of_bytes(claim.request);
            let (why, cure) = if claim.phase == ClaimPhase::Lost {
                (
                    "had a volume that is gone".to_string(),
                    "restore the volume, or delete the claim, with what was on it",
                )
            } else {
                let class = facts.mold.class.as_deref();
                let why = misfits(turn, index, claim, &observed, class);
                (
                    format!("has no volume: {why}"),
                    "make a volume that fits, or give its storage class a provisioner",
                )
            };
            let text = format!("claim {name} ({asked}) {why}");
            let range = (claim.ordinal, claim.ordinal);
            Some(trap(TrapName::UnboundClaim, range, text, cure))
        })
        .collect()
}

/// Whether a pod waits for it.
fn is_used(turn: &Turn<'_>, claim: &Claim) -> bool {
    let mut pods = turn.snapshot.roster.pods().iter();
    pods.any(|pod| pod.ordinal == claim.ordinal && !pod.is_terminating())
}

fn misfits(
    turn: &Turn<'_>,
    index: u32,
    claim: &Claim,
    observed: &Observed<'_>,
    class: Option<&str>,
) -> String {
    let known = turn.objects.views.is_listed(Kind::StorageClass);
    if let Some(class) = class.filter(|name| !name.is_empty() && known)
        && turn.objects.classes.get("", class).is_none()
    {
        return format!("there is no storage class {class}");
    }
    let Some(volumes) = observed.volumes else {
        return "the volumes were not given".to_string();
    };
    // Why not, and which volumes for that reason.
    let mut reasons: BTreeMap<Misfit, Vec<String>> = BTreeMap::new();
    for (place, volume) in (0u32..).zip(volumes) {
        let name = Names::volume(&turn.snapshot, place).unwrap_or_default();
        match Misfit::of(index, claim, volume, observed) {
            Some(misfit) => reasons
                .entry(misfit)
                .or_default()
                .push(named(name, volume, misfit)),
            None if claim.binding == Binding::WaitForFirstConsumer && claim.node.is_none() => {
                return format!("volume {name} fits, and is bound once the pod has a node");
            }
            None => return format!("volume {name} fits and is about to be bound"),
        }
    }
    if reasons.is_empty() {
        return "there is no free volume".to_string();
    }
    let told: Vec<String> = reasons
        .iter()
        .map(|(misfit, volumes)| told(*misfit, volumes))
        .collect();
    told.join("; ")
}

fn named(name: &str, volume: &Volume, misfit: Misfit) -> String {
    match misfit {
        Misfit::Capacity => format!("{name} ({})", quantity::of_bytes(volume.capacity)),
        _ => name.to_string(),
    }
}

/// Some volumes that do not fit for the same reason.
fn told(misfit: Misfit, volumes: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = volumes.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let more = match volumes.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let why = match misfit {
        Misfit::Reserved => "reserved for another claim",
        Misfit::Phase(VolumePhase::Released) => "released, and still reserved for the claim it had",
        Misfit::Phase(VolumePhase::Bound) => "in use",
        Misfit::Phase(VolumePhase::Failed) => "failed",
        Misfit::Phase(_) => "not available",
        Misfit::Class => "of another storage class",
        Misfit::Labels => "without the labels that the claim asks for",
        Misfit::Modes => "without the access modes that the claim asks for",
        Misfit::Capacity => "too small",
        Misfit::VolumeMode => "of another volume mode",
        Misfit::Terminating => "being deleted",
        Misfit::Reach => "out of reach from the pod's node",
    };
    format!("{}{more}: {why}", shown.join(", "))
}
