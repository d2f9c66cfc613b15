//! Findings: what is done for some ordinals, and what they wait for.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::{Serialize, Serializer};

use crate::action::Action;
use crate::all::all;
use crate::desired::{NO_ORDINAL, Ordinal};
use crate::kubernetes::turn::Turn;
use crate::kubernetes::value::ranges::joined;
use crate::plan::Plan;
use crate::time::Millis;
use crate::wait::{Gate, Wait};

/// What is done for a range of ordinals, or what they wait for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// The first ordinal. It is [`NO_ORDINAL`], and left out of the JSON, if the finding is about the set itself, or about
    /// pods that have no ordinal.
    #[serde(skip_serializing_if = "is_none")]
    pub first: Ordinal,
    /// The last ordinal, with the same exception.
    #[serde(skip_serializing_if = "is_none")]
    pub last: Ordinal,
    /// The slug of the action that is done; `wait` for a wait.
    pub action: &'static str,
    /// The slug of the reason why it is done, or of what cannot be done yet.
    pub reason: &'static str,
    /// The slugs of all gates that are closed, not only of the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<&'static str>,
    /// Since when it waits, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// When the wait ends, if time alone ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    /// The same as a sentence, without the names of the pods.
    pub text: String,
    /// What becomes of it, as far as can be told.
    pub fate: Fate,
}

/// What becomes of what is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Fate {
    /// Nothing speaks against it. This is so of waits, too.
    Open,
    /// It is refused each time. A cause says why.
    Refused,
    /// It is not reached, because something before it is refused.
    Unreached,
}

all!(
    /// All values.
    Fate {
        Open,
        Refused,
        Unreached,
    }
);

impl Fate {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Refused => "refused",
            Self::Unreached => "unreached",
        }
    }
}

impl Serialize for Fate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

impl Finding {
    /// The names of its pods, such as `web-2` or `web-2 … web-5`. It is the name of the set if the finding has no
    /// ordinal.
    pub fn pods(&self, set: &str) -> String {
        pods(set, self.first, self.last)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_none(ordinal: &Ordinal) -> bool {
    *ordinal == NO_ORDINAL
}

pub(super) fn pods(set: &str, first: Ordinal, last: Ordinal) -> String {
    if first == NO_ORDINAL {
        return set.to_string();
    }
    match last.saturating_sub(first) {
        0 => format!("{set}-{first}"),
        1 => format!("{set}-{first}, {set}-{last}"),
        _ => format!("{set}-{first} … {set}-{last}"),
    }
}

/// The same of several ranges, the first few of them. Neighbours are put together.
pub(super) fn ranges(set: &str, ranges: Vec<(Ordinal, Ordinal)>) -> String {
    const SHOWN: usize = 8;
    let joined = joined(ranges);
    let shown = joined.iter().take(SHOWN);
    let mut text: Vec<String> = shown
        .map(|(first, last)| pods(set, *first, *last))
        .collect();
    if joined.len() > SHOWN {
        text.push("…".into());
    }
    text.join(", ")
}

/// What is waited for, by ordinal.
pub(super) fn waits(turn: &Turn<'_>, plan: &Plan, now: Millis) -> Vec<Finding> {
    let waits = plan.waits();
    let mut waits = together(waits.map(|(it, wait)| waiting(finding(turn, plan, it, now), wait)));
    waits.sort_by_key(|it| it.first);
    waits
}

pub(super) fn finding(turn: &Turn<'_>, plan: &Plan, action: &Action, now: Millis) -> Finding {
    let mut alone = plan.clone();
    alone.actions.clear();
    alone.actions.push(*action);
    let told = turn.tell(&alone, now);
    let text = told.split_once(": ").map_or(&*told, |(_, text)| text);
    Finding {
        first: action.ordinal,
        last: action.ordinal,
        action: action.what.slug(),
        reason: action.reason.slug(),
        gates: Vec::new(),
        since: None,
        until: None,
        text: text.to_string(),
        fate: Fate::Open,
    }
}

fn waiting(finding: Finding, wait: &Wait) -> Finding {
    Finding {
        last: wait.through,
        gates: wait.gates.iter().map(Gate::slug).collect(),
        since: wait.since,
        until: wait.until,
        ..finding
    }
}

/// Neighbouring ordinals with the same finding become one.
pub(super) fn together(findings: impl Iterator<Item = Finding>) -> Vec<Finding> {
    let mut groups: Vec<Finding> = Vec::new();
    for next in findings {
        let alike = |group: &&mut Finding| {
            let touches = next.first.checked_sub(1) == Some(group.last)
                || next.last.checked_add(1) == Some(group.first);
            touches
                && (group.action, group.reason) == (next.action, next.reason)
                && group.gates == next.gates
                && group.fate == next.fate
        };
        // Claims come between pods, each for its own ordinal.
        if let Some(group) = groups.iter_mut().rev().take(4).find(alike) {
            group.take(&next);
        } else {
            groups.push(next);
        }
    }
    groups
}

pub(super) const LIKEWISE: &str = ", and likewise for the others";

impl Finding {
    fn take(&mut self, next: &Self) {
        if self.text != next.text && !self.text.ends_with(LIKEWISE) {
            self.text.push_str(LIKEWISE);
        }
        self.first = self.first.min(next.first);
        self.last = self.last.max(next.last);
        self.since = [self.since, next.since].into_iter().flatten().min();
        self.until = [self.until, next.until].into_iter().flatten().max();
    }
}
