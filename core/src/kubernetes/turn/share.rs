//! What a group of sets leaves to one of them (rules M-4 and Y-4).

use std::string::String;
use std::vec::Vec;

use crate::group::{Member, allot};
use crate::kubernetes::value::key::Key;
use crate::time::Millis;

/// What is known of a set of a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) member: Member,
    /// When time alone changes something about it.
    pub(crate) wake: Option<Millis>,
}

/// A set's share of the disruptions that its group allows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Share {
    /// How many available pods the set may take away now.
    pub(crate) allowance: u32,
    /// When time alone may change that.
    pub(crate) wake: Option<Millis>,
    /// The names of the other sets that have unavailable pods; if none has any, that of the set whose turn it is.
    pub(crate) others: Vec<String>,
}

impl Share {
    /// The share of the set with this place in the group. `None` stands for a set of which too little is known: while there
    /// is one, the others stay as they are.
    pub(crate) fn of(names: &[Key], group: &[Option<Seen>], own: usize) -> Self {
        let mut members = Vec::with_capacity(group.len());
        for (place, seen) in group.iter().enumerate() {
            match seen {
                Some(seen) => members.push(seen.member),
                // Its own plan says what it waits for.
                None if place == own => members.push(Member::default()),
                None => members.push(Member::new(1, 0)),
            }
        }
        let elsewhere = group.iter().enumerate().filter(|(place, _)| *place != own);
        let wake = elsewhere.filter_map(|(_, seen)| (*seen)?.wake).min();
        let named = |chosen: &dyn Fn(usize) -> bool| -> Vec<String> {
            let places = names.iter().enumerate();
            let chosen = places.filter(|(place, _)| *place != own && chosen(*place));
            chosen.map(|(_, key)| key.name.clone()).collect()
        };
        let mut others = named(&|place| members[place].unavailable > 0);
        if others.is_empty() {
            let turns: Vec<u32> = allot(&members).collect();
            others = named(&|place| turns[place] > 0);
        }
        Self {
            others,
            allowance: allot(&members).nth(own).unwrap_or(0),
            wake,
        }
    }
}
