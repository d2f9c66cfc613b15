//! Lists that are kept between plans: of their parts that have not changed, the last census still holds.
//!
//! A creation and a rollout plan some ten times for each pod, and between two of these plans hardly more than one pod changes.
//! A look at all pods in each plan would make the time of a set grow with the square of its size.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Range;

use crate::desired::{Desired, Ordinal};
use crate::error::PlanError;
use crate::observed::Observed;
use crate::plan::census::{Census, ClaimCensus, Lens};
use crate::plan::slots::Slots;
use crate::policies::{Exclusion, Policies};
use crate::time::Millis;

/// So many ordinals are one part. To look at one part again then costs about as much as to add up the parts of a large set.
const SPAN: Ordinal = 128;

/// The censuses of the parts of lists that are in order.
///
/// The caller keeps the lists. It says which ordinals have changed, and begins anew when its nodes or budgets have.
#[derive(Default, Debug)]
pub(crate) struct Parts {
    basis: Option<Basis>,
    /// When they were looked at last.
    seen: Millis,
    pods: BTreeMap<Ordinal, Census>,
    claims: BTreeMap<Ordinal, ClaimCensus>,
}

/// What a census depends on beside the lists and the time.
#[derive(PartialEq, Debug)]
struct Basis {
    /// All but what is left out because no census depends on it, or because it is borrowed.
    desired: Desired<'static>,
    templates: usize,
    excluded: Vec<Exclusion>,
}

impl Basis {
    fn of(desired: &Desired) -> Self {
        Self {
            desired: Desired {
                name: "",
                generation: 0,
                templates: &[],
                published: None,
                policies: Policies {
                    excluded: &[],
                    allowance: None,
                    ..desired.policies
                },
                ..*desired
            },
            templates: desired.templates.len(),
            excluded: desired.policies.excluded.into(),
        }
    }
}

/// Neighbours in the list of pods.
pub(crate) struct Stretch {
    pub(crate) positions: Range<usize>,
    /// What holds for each of them.
    pub(crate) alike: Option<Alike>,
}

/// What pods have in common that fill neighbouring slots and that nothing is the matter with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Alike {
    /// They are at their goal.
    Settled,
    /// They wait for their turn in a rollout, and nobody holds them.
    Old,
}

impl Parts {
    /// Something of this ordinal has changed.
    #[cfg(any(test, feature = "kubernetes"))]
    pub(crate) fn forget(&mut self, ordinal: Ordinal) {
        self.pods.remove(&(ordinal / SPAN));
        self.claims.remove(&(ordinal / SPAN));
    }

    /// The censuses of both lists.
    pub(crate) fn take(
        &mut self,
        desired: &Desired,
        slots: &Slots,
        observed: &Observed,
        now: Millis,
    ) -> Result<(Census, ClaimCensus), PlanError> {
        let basis = Some(Basis::of(desired));
        // Pods become available as time passes. Where it goes back, some may not be so any more.
        if self.basis != basis || now < self.seen {
            *self = Self {
                basis,
                ..Self::default()
            };
        }
        self.seen = now;
        let lens = Lens::new(desired, slots, now);
        let pods = sum(
            observed.pods,
            |pod| pod.ordinal,
            &mut self.pods,
            |kept| kept.wake.is_none_or(|at| now < at),
            |range| Census::of_part(range, &lens, observed),
        )?;
        let claims = sum(
            observed.claims.unwrap_or_default(),
            |claim| claim.ordinal,
            &mut self.claims,
            // For each plan such a claim is told anew of the volumes that it may get.
            |kept| !kept.pending,
            |range| ClaimCensus::of_part(range, desired, slots, observed),
        )?;
        Ok((pods, claims))
    }

    /// All pods, cut into the parts that were last looked at.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = Stretch> + '_ {
        let mut end = 0;
        self.pods.values().map(move |census| {
            let start = end;
            end += census.count;
            Stretch {
                positions: start..end,
                alike: census.alike(),
            }
        })
    }
}

/// A census that others are added to.
pub(crate) trait Sum: Copy {
    const NOTHING: Self;
    /// How many entries it is about.
    fn count(&self) -> usize;
    /// Adds what follows in the list.
    fn append(&mut self, next: &Self);
}

/// The census of a list, of which only those parts are looked at whose last one does not hold any more.
fn sum<E, C: Sum>(
    entries: &[E],
    ordinal: impl Fn(&E) -> Ordinal,
    kept: &mut BTreeMap<Ordinal, C>,
    holds: impl Fn(&C) -> bool,
    take: impl Fn(Range<usize>) -> Result<C, PlanError>,
) -> Result<C, PlanError> {
    let mut all = C::NOTHING;
    let mut next = 0;
    while let Some(first) = entries.get(next) {
        let part = ordinal(first) / SPAN;
        let census = match kept.get(&part) {
            Some(census) if holds(census) => *census,
            _ => {
                let is_in = |entry: &E| ordinal(entry) / SPAN == part;
                let length = entries[next..].partition_point(is_in);
                let census = take(next..next + length)?;
                kept.insert(part, census);
                census
            }
        };
        next += census.count();
        all.append(&census);
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
