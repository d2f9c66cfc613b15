//! What becomes of the world when an action is carried out, and what the API server says to it.

use statefulset::{Action, Change, ClaimOwner, Deletion, Departure, Do, Outcome, Prepared, Reason};

use crate::configuration::{Configuration, SEATS};
use crate::storage::{PodOwner, Store};
use crate::world::World;

/// Carries out one action. `seen` is the world that the plan was made for. There is one pod and one claim of an ordinal, and
/// a plan never deletes a pod and creates the next one of its name, so the ordinal says which object is meant.
pub(crate) fn carry_out(
    c: &Configuration,
    world: &mut World,
    seen: &World,
    action: &Action,
) -> Outcome {
    let ordinal = action.ordinal as usize;
    match action.what {
        Do::HoldFinalizer if world.gone => return Outcome::NotFound,
        // An API server adds no finalizer to what is being deleted.
        Do::HoldFinalizer if world.spec.deletion != Deletion::No => return Outcome::Failed,
        Do::HoldFinalizer => {
            world.finalizer = true;
            return Outcome::Done;
        }
        Do::ReleaseFinalizer => {
            world.finalizer = false;
            world.gone |= world.spec.deletion != Deletion::No;
            return Outcome::Done;
        }
        _ => {}
    }
    if ordinal >= SEATS {
        return Outcome::Failed;
    }
    match action.what {
        Do::CreateClaim { .. } => match &mut world.claims[ordinal] {
            Some(_) => Outcome::AlreadyExists,
            claim => {
                *claim = Some(Store::new(c));
                Outcome::Done
            }
        },
        Do::BindClaim { volume, .. } => bind(world, ordinal, volume),
        Do::CreatePod { revision } => match &mut world.pods[ordinal] {
            Some(_) => Outcome::AlreadyExists,
            pod => {
                let revision = u8::try_from(revision.0).unwrap_or(u8::MAX);
                *pod = Some(crate::member::Member::new(revision));
                Outcome::Done
            }
        },
        Do::SetClaimOwner { owner, .. } => {
            let pod_exists = world.pods[ordinal].is_some();
            let Some(claim) = &mut world.claims[ordinal] else {
                return Outcome::NotFound;
            };
            claim.owned_by_set = owner == ClaimOwner::Set;
            claim.owned_by_pod = match owner {
                ClaimOwner::Pod(_) if pod_exists => PodOwner::Present,
                ClaimOwner::Pod(_) => PodOwner::Former,
                _ => PodOwner::Nobody,
            };
            Outcome::Done
        }
        Do::Prepare { departure, .. } => {
            let asked = match departure {
                Departure::Leave => Prepared::AskedToLeave,
                _ => Prepared::AskedToRestart,
            };
            say(world, seen, ordinal, asked)
        }
        Do::CancelPrepare { .. } => say(world, seen, ordinal, Prepared::Returning),
        Do::DeleteClaim { .. } => match &mut world.claims[ordinal] {
            None => Outcome::NotFound,
            Some(claim) => {
                claim.terminating = true;
                Outcome::Done
            }
        },
        Do::UpdateInPlace { revision, .. } => {
            let revision = u8::try_from(revision.0).unwrap_or(u8::MAX);
            change(c, world, seen, ordinal, revision)
        }
        Do::UpdatePod { .. } if world.pods[ordinal].is_some() => Outcome::Done,
        Do::DeletePod { .. } | Do::EvictPod { .. } | Do::ForceDeletePod { .. } => {
            take_away(c, world, seen, action)
        }
        _ => Outcome::NotFound,
    }
}

/// Says something to a pod, on condition of what was said to it before.
fn say(world: &mut World, seen: &World, ordinal: usize, words: Prepared) -> Outcome {
    let before = seen.pods[ordinal].map(|pod| pod.prepared);
    match &mut world.pods[ordinal] {
        None => Outcome::NotFound,
        Some(pod) if Some(pod.prepared) != before => Outcome::Failed,
        Some(pod) => {
            pod.prepared = words;
            Outcome::Done
        }
    }
}

/// Changes a pod where it runs, on condition that it is as it was seen.
fn change(
    c: &Configuration,
    world: &mut World,
    seen: &World,
    ordinal: usize,
    revision: u8,
) -> Outcome {
    let before = seen.pods[ordinal];
    match &mut world.pods[ordinal] {
        None => Outcome::NotFound,
        Some(pod) if Some(*pod) != before => Outcome::Failed,
        Some(pod) => {
            pod.revision = revision;
            let kind = c.kinds.get(usize::from(revision));
            pod.changing |= kind == Some(&Change::InPlace);
            Outcome::Done
        }
    }
}

fn bind(world: &mut World, ordinal: usize, volume: u32) -> Outcome {
    let Ok(volume) = u8::try_from(volume) else {
        return Outcome::Failed;
    };
    let mut all = world.claims.iter().flatten();
    if all.any(|claim| claim.bound && claim.volume == volume) {
        return Outcome::Failed; // The volume's version is another.
    }
    match &mut world.claims[ordinal] {
        None => Outcome::NotFound,
        Some(claim) => {
            (claim.bound, claim.volume) = (true, volume);
            Outcome::Done
        }
    }
}

fn take_away(c: &Configuration, world: &mut World, seen: &World, action: &Action) -> Outcome {
    let ordinal = action.ordinal as usize;
    let Some(pod) = world.pods[ordinal] else {
        return Outcome::NotFound;
    };
    let for_its_node = matches!(action.reason, Reason::NodeGone | Reason::Drain);
    if for_its_node && seen.site_of(&pod) != world.site_of(&pod) {
        return Outcome::Failed; // The check of rule L-6.
    }
    match action.what {
        Do::EvictPod { .. } if pod.terminating => {}
        Do::EvictPod { .. } if pod.ready && c.budget.is_some() && world.allowed(c) == 0 => {
            return Outcome::Failed;
        }
        Do::ForceDeletePod { .. } => {
            if world.lives(&pod) {
                world.strays[ordinal] = Some(pod.node);
            }
            world.remove_pod(ordinal);
        }
        _ => world.ask_pod_to_go(ordinal),
    }
    Outcome::Done
}
