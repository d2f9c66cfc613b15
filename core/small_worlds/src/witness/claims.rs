//! Rules C and G, B in part, and H-1: claims, volumes, and the finalizer.

use statefulset::{Action, ClaimOwner, Deletion, Do, GiveUp, Keep, Reason, Shutdown};

use super::{Case, Verdict, ensure};
use crate::configuration::SEATS;
use crate::storage::PodOwner;

pub(super) fn check(case: &Case, action: &Action) -> Verdict {
    let Case { c, world, plan } = *case;
    let ordinal = action.ordinal as usize;
    let spec = &world.spec;
    match action.what {
        Do::HoldFinalizer => {
            return ensure(
                c.profile.shutdown == Shutdown::Ordered && !world.finalizer && !case.is_deleted(),
                || "the finalizer is held for nothing".into(),
            );
        }
        Do::ReleaseFinalizer => {
            let empty = world.pods.iter().all(Option::is_none);
            let stays = world
                .claims
                .iter()
                .flatten()
                .any(|claim| !claim.terminating);
            let gives_up = c.retention.when_deleted == Keep::Delete
                && c.profile.give_up == GiveUp::Delete
                && spec.deletion == Deletion::WithPods;
            let over = spec.deletion == Deletion::Orphan
                || spec.deletion == Deletion::WithPods && empty && !(gives_up && stays);
            return ensure(over && world.finalizer, || {
                "the finalizer is released too early".into()
            });
        }
        _ => {}
    }
    ensure(ordinal < SEATS, || {
        format!("ordinal {ordinal} does not exist")
    })?;
    let claim = world.claims[ordinal];
    let keeps = world.is_wanted(ordinal) || c.keep_claims && world.is_excluded(ordinal);
    match action.what {
        Do::CreateClaim { .. } => ensure(
            c.claims && claim.is_none() && world.is_wanted(ordinal) && !case.is_deleted(),
            || format!("data-web-{ordinal} is created: {claim:?}"),
        ),
        Do::BindClaim { volume, .. } => {
            let taken = world
                .claims
                .iter()
                .flatten()
                .any(|claim| claim.bound && u32::from(claim.volume) == volume);
            let twice = plan.deeds().filter(
                |other| matches!(other.what, Do::BindClaim { volume: v, .. } if v == volume),
            );
            let pending = claim.is_some_and(|claim| !claim.bound && !claim.terminating);
            ensure(pending && !taken && twice.count() == 1, || {
                format!("data-web-{ordinal} is bound to volume {volume}")
            })
        }
        Do::SetClaimOwner { owner, .. } => {
            let references = c.profile.give_up == GiveUp::OwnerReferences;
            let scaled = c.retention.when_scaled == Keep::Delete;
            let deleted = c.retention.when_deleted == Keep::Delete;
            let right = match owner {
                ClaimOwner::Set => references && deleted && (keeps || !scaled),
                ClaimOwner::Pod(_) => references && scaled && !keeps,
                _ => !references || !deleted && (keeps || !scaled),
            };
            let former = claim.is_some_and(|claim| claim.owned_by_pod == PodOwner::Former);
            ensure(
                right && claim.is_some() && (!former || before_1_29(case)),
                || format!("data-web-{ordinal} gets the owner {owner:?}: {claim:?}"),
            )
        }
        Do::DeleteClaim { .. } => {
            let pods = if spec.deletion == Deletion::WithPods {
                world.pods.iter().any(Option::is_some)
            } else {
                world.pods[ordinal].is_some()
            };
            let meant = if spec.deletion == Deletion::WithPods {
                c.retention.when_deleted == Keep::Delete
            } else {
                c.retention.when_scaled == Keep::Delete && !keeps && !case.is_deleted()
            };
            let own = c.profile.give_up == GiveUp::Delete && action.reason == Reason::GiveUp;
            let there = claim.is_some_and(|claim| !claim.terminating);
            ensure(own && meant && !pods && there, || {
                format!("data-web-{ordinal} is deleted")
            })
        }
        _ => Ok(()),
    }
}

/// Those do not care about former pods.
fn before_1_29(case: &Case) -> bool {
    case.c.profile.kubernetes < statefulset::Version::V1_28
}
