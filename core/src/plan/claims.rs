//! The claims by ordinal and template.

use alloc::vec::Vec;

use crate::claim::Claim;
use crate::desired::Ordinal;
use crate::error::{List, PlanError, Problem};
use crate::plan::order::{by_place, first_at};

/// The claims in ascending order of (ordinal, template).
#[derive(Debug)]
pub(crate) struct Claims<'a> {
    claims: &'a [Claim],
    /// `None` where the list is already in order.
    order: Option<Vec<u32>>,
}

impl<'a> Claims<'a> {
    /// Two claims of one name break the contract.
    pub(crate) fn new(
        claims: &'a [Claim],
        templates: usize,
        ascending: bool,
    ) -> Result<Self, PlanError> {
        if ascending {
            return Ok(Self {
                claims,
                order: None,
            });
        }
        let name = |&i: &u32| (claims[i as usize].ordinal, claims[i as usize].template);
        let first = claims.iter().map(|claim| claim.ordinal).min().unwrap_or(0);
        let last = claims.iter().map(|claim| claim.ordinal).max().unwrap_or(0);
        let each = u64::try_from(templates).unwrap_or(u64::MAX);
        let place =
            |i: usize| u64::from(claims[i].ordinal - first) * each + u64::from(claims[i].template);
        let span = (u64::from(last - first) + 1).saturating_mul(each);
        if let Some(order) = by_place(claims.len(), span, place) {
            return Ok(Self {
                claims,
                order: Some(order),
            });
        }
        let mut order: Vec<u32> = (0..).zip(claims).map(|(i, _)| i).collect();
        order.sort_unstable_by_key(|i| (name(i), *i));
        if let Some(twins) = order
            .windows(2)
            .find(|pair| name(&pair[0]) == name(&pair[1]))
        {
            let index = twins[1] as usize;
            return Err(PlanError {
                list: List::Claims,
                index,
                field: "ordinal",
                problem: Problem::Duplicate,
            });
        }
        Ok(Self {
            claims,
            order: Some(order),
        })
    }

    fn at(&self, position: usize) -> (u32, &'a Claim) {
        let index = self.order.as_ref().map_or_else(
            || u32::try_from(position).unwrap_or(u32::MAX),
            |o| o[position],
        );
        (index, &self.claims[index as usize])
    }

    /// All of them, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &'a Claim)> + '_ {
        (0..self.claims.len()).map(|position| self.at(position))
    }

    /// The claims of one ordinal, by template.
    pub(crate) fn of(&self, ordinal: Ordinal) -> impl Iterator<Item = (u32, &'a Claim)> + '_ {
        let low = first_at(self.claims.len(), ordinal, |position| {
            self.at(position).1.ordinal
        });
        (low..self.claims.len())
            .map(|position| self.at(position))
            .take_while(move |(_, c)| c.ordinal == ordinal)
    }
}
