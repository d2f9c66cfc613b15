//! Claims without a volume.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::case::{Case, noticed};
use super::cause::{Cause, ObjectName, Weight};
use super::cure::Cure;
use super::lack::{self, Lack};
use super::name::CauseName;
use crate::action::Action;
use crate::claim::{Claim, ClaimPhase};
use crate::desired::Ordinal;
use crate::kubernetes::value::quantity;
use crate::wait::Wait;

/// One cause for all claims that have no volume for the same reason.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let mut alike: Vec<(Lack, Vec<(Ordinal, String)>)> = Vec::new();
    for (index, claim) in (0u32..).zip(case.turn.snapshot.roster.claims()) {
        if claim.phase == ClaimPhase::Bound || claim.is_terminating() || !is_used(case, claim) {
            continue;
        }
        let Some((name, facts)) = case.turn.snapshot.claim(index) else {
            continue;
        };
        let mut lack = Lack {
            name: CauseName::UnboundClaim,
            lost: claim.phase == ClaimPhase::Lost,
            asked: claim.request,
            why: String::new(),
            cures: Vec::new(),
            notice: None,
        };
        if lack.lost {
            let delete = Cure::new(
                "delete the claim and the pod: both are made again, with an empty volume",
            )
            .but("what was on the volume is lost")
            .run(format!(
                "{} --wait=false",
                case.kubectl("delete", "pvc", &name)
            ))
            .run(case.kubectl(
                "delete",
                "pod",
                &format!("{}-{}", case.name(), claim.ordinal),
            ));
            lack.cures = Vec::from([Cure::new("restore the volume"), delete]);
        } else {
            match lack::why(case, index, claim, &name, facts.mold.class.as_deref()) {
                Some(found) => {
                    lack = Lack {
                        asked: lack.asked,
                        ..found
                    }
                }
                None => continue,
            }
        }
        match alike.iter_mut().find(|(other, _)| other.is_like(&lack)) {
            Some((_, claims)) => claims.push((claim.ordinal, name)),
            None => alike.push((lack, Vec::from([(claim.ordinal, name)]))),
        }
    }
    alike
        .into_iter()
        .map(|(lack, claims)| lack.cause(case, &claims))
        .collect()
}

impl Lack {
    fn cause(self, case: &Case<'_>, claims: &[(Ordinal, String)]) -> Cause {
        let ordinals = || claims.iter().map(|(ordinal, _)| *ordinal);
        let range = ordinals().min().zip(ordinals().max()).unwrap_or_default();
        let names: Vec<String> = claims.iter().map(|(_, name)| name.clone()).collect();
        let (noun, has, had) = if claims.len() == 1 {
            ("claim", "has", "had a volume that is gone")
        } else {
            ("claims", "have", "had volumes that are gone")
        };
        let who = format!(
            "{noun} {} ({})",
            some(&names),
            quantity::of_bytes(self.asked)
        );
        let said = if self.lost {
            format!("{who} {had}")
        } else {
            format!("{who} {has} no volume: {}", self.why)
        };
        let place = ObjectName::new("PersistentVolumeClaim", &*names[0]);
        let phase = if self.lost { "Lost" } else { "Pending" };
        let mut cause = Cause::new(self.name, range, place.clone(), said)
            .since(waits(case, range).filter_map(|wait| wait.since).min())
            .seen("status.phase", phase);
        if waits(case, range).next().is_none() {
            // The pods run, whatever becomes of their claims.
            cause = cause.weighing(Weight::Remark);
        }
        if let Some(notice) = &self.notice {
            cause = noticed(cause, place, notice);
        }
        cause.cures = self.cures;
        cause
    }
}

/// The waits of a range.
fn waits<'a>(
    case: &'a Case<'_>,
    (first, last): (Ordinal, Ordinal),
) -> impl Iterator<Item = &'a Wait> {
    let waits = case.plan.waits();
    let covers =
        move |(action, wait): &(&Action, &Wait)| action.ordinal <= last && first <= wait.through;
    waits.filter(covers).map(|(_, wait)| wait)
}

/// Whether a pod waits for it.
fn is_used(case: &Case<'_>, claim: &Claim) -> bool {
    let mut pods = case.turn.snapshot.roster.pods().iter();
    pods.any(|pod| pod.ordinal == claim.ordinal && !pod.is_terminating())
}

/// The first of these names, and how many more there are.
pub(super) fn some(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
