//! What a group of sets leaves to one of them (rules M-4 and Y-4).

use std::vec::Vec;

use crate::group::{Member, allot};
use crate::time::Millis;

/// What is known of a set of a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) member: Member,
    /// When time alone changes something about it.
    pub(crate) wake: Option<Millis>,
}

/// A set's share of the disruptions that its group allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Share {
    /// How many available pods the set may take away now.
    pub(crate) allowance: u32,
    /// When time alone may change that.
    pub(crate) wake: Option<Millis>,
}

impl Share {
    /// The share of the set with this place in the group. `None` stands for a set of which too little is known: while there
    /// is one, the others stay as they are.
    pub(crate) fn of(group: &[Option<Seen>], own: usize) -> Self {
        let mut members = Vec::with_capacity(group.len());
        for (place, seen) in group.iter().enumerate() {
            match seen {
                Some(seen) => members.push(seen.member),
                // Its own plan says what it waits for.
                None if place == own => members.push(Member::default()),
                None => members.push(Member::new(1, 0)),
            }
        }
        let others = group.iter().enumerate().filter(|(place, _)| *place != own);
        Self {
            allowance: allot(&members).nth(own).unwrap_or(0),
            wake: others.filter_map(|(_, seen)| (*seen)?.wake).min(),
        }
    }
}
