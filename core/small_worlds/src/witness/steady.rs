//! What must be true of a world at any time, whatever was planned.

use statefulset::{Deletion, Shutdown};

use super::{Verdict, ensure};
use crate::configuration::{Configuration, SEATS};
use crate::world::World;

/// No two processes of one identity, no claim lost that the policy keeps, no volume for two claims, and no pod that outlives
/// a set which was to be shut down.
pub(crate) fn check(c: &Configuration, world: &World) -> Verdict {
    for ordinal in 0..SEATS {
        let lives = world.pods[ordinal].is_some_and(|pod| world.lives(&pod));
        ensure(!(lives && world.strays[ordinal].is_some()), || {
            format!("two processes of web-{ordinal} run")
        })?;
        if let Some(claim) = world.claims[ordinal].filter(|claim| claim.terminating)
            && !c.faults.claims
        {
            let deleted = world.spec.deletion != Deletion::No
                && c.retention.when_deleted == statefulset::Keep::Delete;
            ensure(!c.keeps_scaled() || deleted, || {
                format!("data-web-{ordinal} is lost, which the policy keeps: {claim:?}")
            })?;
        }
    }
    let bound = world.claims.iter().flatten().filter(|claim| claim.bound);
    if c.profile.bind_claims {
        let mut taken = 0u8;
        for claim in bound {
            let bit = 1 << claim.volume;
            ensure(taken & bit == 0, || "one volume has two claims".into())?;
            taken |= bit;
        }
    }
    let shut_down = world.gone
        && c.profile.shutdown == Shutdown::Ordered
        && world.spec.deletion == Deletion::WithPods;
    ensure(!shut_down || world.pods.iter().all(Option::is_none), || {
        "the set is gone, and pods of it are still there".into()
    })
}
