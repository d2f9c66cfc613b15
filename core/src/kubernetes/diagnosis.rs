//! How a set stands, for people: what is done now, what is waited for, and which known traps it is in.
//!
//! This room knows a turn, and says what it finds in words. It decides nothing.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::Serialize;

use super::turn::Turn;
use super::value::key::Key;
use crate::action::Action;
use crate::desired::{NO_ORDINAL, Ordinal};
use crate::plan::Plan;
use crate::time::Millis;
use crate::wait::{Gate, Wait};

mod claims;
mod trap;
mod traps;

pub use trap::{Trap, TrapName};

/// How a set stands.
///
/// Serialized with fields in camel case; times are milliseconds since the Unix epoch, reasons, gates and traps their slugs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Diagnosis {
    /// The set.
    pub namespace: String,
    /// The set.
    pub name: String,
    /// Whether there is nothing to do and nothing to wait for.
    pub at_goal: bool,
    /// How many pods are wanted.
    pub wanted: u32,
    /// How many of them are ready.
    pub ready: u32,
    /// How many pods are at the update revision.
    pub updated: u32,
    /// The revision that was last rolled out in full.
    pub current_revision: String,
    /// The revision of the set's template now.
    pub update_revision: String,
    /// What the planner would do now, in order. Neighbours with the same lot are told of together.
    pub actions: Vec<Finding>,
    /// What is waited for.
    pub waits: Vec<Finding>,
    /// Known traps, those on purpose (a partition, `OnDelete`) included.
    pub traps: Vec<Trap>,
    /// Whether there is more to do than one plan may hold.
    pub more: bool,
}

/// What is done, or waited for, for a range of ordinals.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// The first ordinal; [`NO_ORDINAL`], and left out of the JSON, where it is about the set itself.
    #[serde(skip_serializing_if = "is_none")]
    pub first: Ordinal,
    /// The last ordinal; likewise.
    #[serde(skip_serializing_if = "is_none")]
    pub last: Ordinal,
    /// What is done: the slug of the action; `wait` for a wait.
    pub action: &'static str,
    /// Why, or what cannot be done yet: a slug.
    pub reason: &'static str,
    /// All gates that are closed, not only the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<&'static str>,
    /// Since when it waits, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// Until when, where time alone ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    /// The same in words, without the names of the pods.
    pub text: String,
}

impl Finding {
    /// The names of its pods: `web-2`, or `web-2 … web-5`; the set's own name where it is about the set itself.
    pub fn pods(&self, set: &str) -> String {
        pods(set, self.first, self.last)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_none(ordinal: &Ordinal) -> bool {
    *ordinal == NO_ORDINAL
}

fn pods(set: &str, first: Ordinal, last: Ordinal) -> String {
    if first == NO_ORDINAL {
        return set.to_string();
    }
    match last.saturating_sub(first) {
        0 => format!("{set}-{first}"),
        1 => format!("{set}-{first}, {set}-{last}"),
        _ => format!("{set}-{first} … {set}-{last}"),
    }
}

impl Diagnosis {
    pub(crate) fn of(turn: &Turn<'_>, now: Millis) -> Self {
        let Key { namespace, name } = turn.set.key.clone();
        let plan = turn.unobstructed();
        let status = turn.status();
        Self {
            namespace,
            name,
            at_goal: plan.actions.is_empty() && !plan.more,
            wanted: turn.set.replicas,
            ready: status.ready,
            updated: status.updated,
            current_revision: turn.history.current.clone(),
            update_revision: turn.history.update.clone(),
            actions: together(plan.deeds().map(|it| finding(turn, &plan, it, now))),
            waits: waits(turn, &plan, now),
            traps: traps::of(turn, &plan, now),
            more: plan.more,
        }
    }

    /// Whether something stands in its way that neither goes by itself nor is there on purpose: a known trap, or a wait
    /// that has lasted for longer than `patience`. A trap that may pass by itself counts after that time, too.
    pub fn is_stuck(&self, now: Millis, patience: Millis) -> bool {
        let lasts = |since: Millis| now.saturating_sub(since) > patience;
        let mut traps = self.traps.iter().filter(|trap| !trap.on_purpose);
        traps.any(|trap| trap.since.is_none_or(lasts))
            || self.waits.iter().any(|it| it.since.is_some_and(lasts))
    }
}

/// What is waited for, by ordinal.
fn waits(turn: &Turn<'_>, plan: &Plan, now: Millis) -> Vec<Finding> {
    let waits = plan.waits();
    let mut waits = together(waits.map(|(it, wait)| waiting(finding(turn, plan, it, now), wait)));
    waits.sort_by_key(|it| it.first);
    waits
}

fn finding(turn: &Turn<'_>, plan: &Plan, action: &Action, now: Millis) -> Finding {
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

/// Neighbours with the same lot become one finding.
fn together(findings: impl Iterator<Item = Finding>) -> Vec<Finding> {
    let mut groups: Vec<Finding> = Vec::new();
    for next in findings {
        let alike = |group: &&mut Finding| {
            let touches = next.first.checked_sub(1) == Some(group.last)
                || next.last.checked_add(1) == Some(group.first);
            touches
                && (group.action, group.reason) == (next.action, next.reason)
                && group.gates == next.gates
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

const LIKEWISE: &str = ", and likewise for the others";

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
