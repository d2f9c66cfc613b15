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
use crate::kubernetes::view::reach;
use crate::node::{Node, NodeState};
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
        let (why, cure) = misfits(turn, index, claim, &observed, class);
        let lack = Lack {
            lost: claim.phase == ClaimPhase::Lost,
            asked: claim.request,
            why,
            cure,
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
    cure: String,
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
            trap(TrapName::UnboundClaim, range, text, &*self.cure)
        }
    }
}

/// Whether a pod waits for it.
fn is_used(turn: &Turn<'_>, claim: &Claim) -> bool {
    let mut pods = turn.snapshot.roster.pods().iter();
    pods.any(|pod| pod.ordinal == claim.ordinal && !pod.is_terminating())
}

/// Why a claim has no volume, and what ends that.
fn misfits(
    turn: &Turn<'_>,
    index: u32,
    claim: &Claim,
    observed: &Observed<'_>,
    class: Option<&str>,
) -> (String, String) {
    let unfit = |why: String| {
        let cure = "create a volume that fits, or give its storage class a provisioner";
        (why, cure.to_string())
    };
    let known = turn.objects.views.is_listed(Kind::StorageClass);
    if let Some(class) = class.filter(|name| !name.is_empty() && known)
        && turn.objects.classes.get("", class).is_none()
    {
        return unfit(format!("there is no storage class {class}"));
    }
    let Some(volumes) = observed.volumes else {
        return unfit("why cannot be told, because the volumes are not known".to_string());
    };
    // Why not, and which volumes for that reason.
    let mut reasons: BTreeMap<Misfit, Vec<String>> = BTreeMap::new();
    // Those that fit, and that no node reaches that takes pods.
    let mut shut: Option<(String, String)> = None;
    for (place, volume) in (0u32..).zip(volumes) {
        let name = Names::volume(&turn.snapshot, place).unwrap_or_default();
        match Misfit::of(index, claim, volume, observed) {
            Some(misfit) => reasons
                .entry(misfit)
                .or_default()
                .push(named(name, volume, misfit)),
            None if claim.binding == Binding::WaitForFirstConsumer && claim.node.is_none() => {
                match closed(turn, place) {
                    Some(closed) => shut = shut.or(Some(closed)),
                    None => {
                        return (
                            format!("volume {name} fits, and is bound once the pod has a node"),
                            "see why the pod has no node: its events say what its scheduler found"
                                .to_string(),
                        );
                    }
                }
            }
            None => {
                return (
                    format!("volume {name} fits and is about to be bound"),
                    "check that the controller that binds claims to volumes is running".to_string(),
                );
            }
        }
    }
    if let Some(shut) = shut {
        return shut;
    }
    if reasons.is_empty() {
        return unfit("there is no free volume".to_string());
    }
    let told: Vec<String> = reasons
        .iter()
        .map(|(misfit, volumes)| told(*misfit, volumes))
        .collect();
    unfit(told.join("; "))
}

/// What keeps a volume that fits from being bound for as long as no node that reaches it takes pods, and what ends that.
fn closed(turn: &Turn<'_>, volume: u32) -> Option<(String, String)> {
    let (name, facts) = turn.snapshot.volume(volume)?;
    let reach = facts.reach.as_deref()?;
    let nodes = turn.snapshot.observed().nodes?;
    let near: Vec<(&str, &Node)> = (0u32..)
        .zip(nodes)
        .filter_map(|(place, node)| {
            let (called, facts) = turn.snapshot.node(place)?;
            reach::admits(reach, facts.labels.of("")).then_some((called, node))
        })
        .collect();
    if near.is_empty() {
        return Some((
            format!("volume {name} fits, and no node reaches it"),
            "add a node that can reach it, or create a volume that the nodes can reach".to_string(),
        ));
    }
    let why = |node: &Node| {
        if node.state == NodeState::Ready {
            node.cordoned.then_some("cordoned")
        } else {
            Some("not ready")
        }
    };
    let shut = near.iter().map(|(called, node)| {
        let why = why(node)?;
        Some(format!("{called} ({why})"))
    });
    let shut: Vec<String> = shut.collect::<Option<_>>()?;
    let cordoned = near.iter().find(|(_, node)| why(node) == Some("cordoned"));
    let cure = cordoned.map_or_else(
        || "bring one of these nodes back".to_string(),
        |(called, _)| format!("allow new pods there again: kubectl uncordon {called}"),
    );
    let text = format!(
        "volume {name} fits, and no node that reaches it takes pods: {}",
        some(&shut)
    );
    Some((text, cure))
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
