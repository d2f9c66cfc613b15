//! The state of a set, for people: what is done now, what is waited for, and which known traps it is in.
//!
//! This module reads what a reconcile has found and puts it into words. It decides nothing.

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

/// The state of a set.
///
/// In JSON, the names of the fields are in camel case, times are milliseconds since the Unix epoch, and reasons, gates and
/// traps are their slugs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Diagnosis {
    /// The namespace of the set.
    pub namespace: String,
    /// The name of the set.
    pub name: String,
    /// Whether the set is up to date: there is nothing to do and nothing to wait for.
    pub at_goal: bool,
    /// The desired number of pods.
    pub wanted: u32,
    /// How many pods are ready.
    pub ready: u32,
    /// How many pods are at the update revision.
    pub updated: u32,
    /// The revision that was last rolled out in full.
    pub current_revision: String,
    /// The revision of the set's template now.
    pub update_revision: String,
    /// What the planner would do now, in order. Neighbouring ordinals for which the same is done are one finding.
    pub actions: Vec<Finding>,
    /// What pods wait for, by ordinal.
    pub waits: Vec<Finding>,
    /// The known traps that the set is in, including those that somebody set on purpose (a partition, `OnDelete`).
    pub traps: Vec<Trap>,
    /// Whether there is more to do than one plan may hold.
    pub more: bool,
}

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

    /// Whether the set is stuck: it is in a known trap that nobody set on purpose, or it has waited for longer than
    /// `patience`, in milliseconds. A trap that may end by itself counts only after that time, too.
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

/// Neighbouring ordinals with the same finding become one.
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
