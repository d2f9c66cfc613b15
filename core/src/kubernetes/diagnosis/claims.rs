//! Claims without a volume, and why no volume fits.

use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::trap::{Trap, TrapName};
use super::traps::trap;
use crate::claim::{Binding, Claim, ClaimPhase};
use crate::desired::Ordinal;
use crate::duties::binding::Misfit;
use crate::explain::Names;
use crate::kubernetes::turn::Turn;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::quantity;
use crate::observed::Observed;
use crate::volume::{Volume, VolumePhase};

/// One trap for all claims that have no volume for the same reason.
pub(super) fn unbound(turn: &Turn<'_>) -> Vec<Trap> {
    let observed = turn.snapshot.observed();
    let mut alike: Vec<(Lack, Vec<(Ordinal, String)>)> = Vec::new();
    for (index, claim) in (0u32..).zip(turn.snapshot.roster.claims()) {
        if claim.phase == ClaimPhase::Bound || claim.is_terminating() || !is_used(turn, claim) {
            continue;
        }
        let Some((name, facts)) = turn.snapshot.claim(index) else {
            continue;
        };
        let class = facts.mold.class.as_deref();
        let lack = Lack {
            lost: claim.phase == ClaimPhase::Lost,
            asked: claim.request,
            why: misfits(turn, index, claim, &observed, class),
        };
        match alike.iter_mut().find(|(other, _)| *other == lack) {
            Some((_, claims)) => claims.push((claim.ordinal, name)),
            None => alike.push((lack, Vec::from([(claim.ordinal, name)]))),
        }
    }
    alike
        .iter()
        .map(|(lack, claims)| lack.trap(claims))
        .collect()
}

/// What a claim lacks, and why.
#[derive(PartialEq)]
struct Lack {
    lost: bool,
    asked: u64,
    why: String,
}

impl Lack {
    fn trap(&self, claims: &[(Ordinal, String)]) -> Trap {
        let ordinals = || claims.iter().map(|(ordinal, _)| *ordinal);
        let range = ordinals().min().zip(ordinals().max()).unwrap_or_default();
        let names: Vec<String> = claims.iter().map(|(_, name)| name.clone()).collect();
        let (noun, verb) = if claims.len() == 1 {
            ("claim", ("has", "had"))
        } else {
            ("claims", ("have", "had"))
        };
        let who = format!(
            "{noun} {} ({})",
            some(&names),
            quantity::of_bytes(self.asked)
        );
        if self.lost {
            let text = format!("{who} {} a volume that is gone", verb.1);
            let cure = "restore the volume, or delete the claim, with what was on it";
            trap(TrapName::UnboundClaim, range, text, cure)
        } else {
            let text = format!("{who} {} no volume: {}", verb.0, self.why);
            let cure = "make a volume that fits, or give its storage class a provisioner";
            trap(TrapName::UnboundClaim, range, text, cure)
        }
    }
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
        return "why cannot be told, because the volumes are not known".to_string();
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

/// The first of these names, and how many more there are.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Some volumes that do not fit for the same reason.
fn told(misfit: Misfit, volumes: &[String]) -> String {
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
    format!("{}: {why}", some(volumes))
}
