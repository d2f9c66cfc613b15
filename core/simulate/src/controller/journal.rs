//! What the controller saw, decided and sent, for those who want to follow it.

use std::fmt;

use statefulset::kubernetes::{Cluster, Key, Outcome, Requests};
use statefulset::{Desired, Do, Millis, Observed, Ordinal};

use super::send::Ask;
use crate::store::{Change, Happened};
use crate::values::kind::Kind;
use crate::values::object::Fields;
use crate::values::pod;

/// Why nothing is done for some ordinals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Waiting {
    pub(crate) first: Ordinal,
    pub(crate) through: Ordinal,
    pub(crate) text: String,
}

/// What a set waits for, by its latest plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Planned {
    pub(crate) at: Millis,
    pub(crate) set: Key,
    pub(crate) waits: Vec<Waiting>,
}

/// Somebody who is shown what plans are made from.
type Look = Box<dyn FnMut(&Desired, &Observed, Millis)>;

/// Notes, until somebody takes them. Nothing is noted unless it was asked for: it costs a second look at each plan.
#[derive(Default)]
pub(crate) struct Journal {
    /// Lines for people: when, and what.
    pub(crate) trace: Option<Vec<(Millis, String)>>,
    /// Waits for a timeline.
    pub(crate) plans: Option<Vec<Planned>>,
    /// Who wants to see what plans are made from.
    pub(crate) look: Option<Look>,
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut notes = f.debug_struct("Journal");
        let notes = notes
            .field("trace", &self.trace)
            .field("plans", &self.plans);
        notes.finish_non_exhaustive()
    }
}

impl Journal {
    /// Whether plans are to be explained.
    pub(super) const fn is_open(&self) -> bool {
        self.trace.is_some() || self.plans.is_some()
    }

    fn note(&mut self, at: Millis, line: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push((at, line()));
        }
    }

    /// A plan is about to be made.
    pub(super) fn looks(&mut self, at: Millis, set: &Key, cluster: &Cluster) {
        if let Some(look) = &mut self.look {
            // A set that cannot be planned for has no facts.
            let _ = cluster.with_facts(set, at, |desired, observed| look(desired, observed, at));
        }
    }

    /// A change came in.
    pub(crate) fn saw(&mut self, at: Millis, change: &Change) {
        self.note(at, || {
            let happened = match change.happened {
                Happened::Added => "new",
                Happened::Modified => "changed",
                Happened::Deleted => "gone",
            };
            let object = &change.object;
            let state = match change.key.kind {
                Kind::Pod => pod::status(object),
                Kind::StatefulSet => {
                    let count = |pointer| object.int(pointer).unwrap_or(0);
                    let (ready, wanted) = (count("/status/readyReplicas"), count("/spec/replicas"));
                    format!("{ready}/{wanted} ready")
                }
                _ => object.text("/status/phase").to_owned(),
            };
            let state = if state.is_empty() || change.happened == Happened::Deleted {
                String::new()
            } else {
                format!(", {state}")
            };
            let (kind, name) = (change.key.kind.qualified(), &change.key.name);
            format!("saw   {kind}/{name} {happened}{state}")
        });
    }

    /// A plan was made; `told` is it in sentences, one an action.
    pub(super) fn planned(&mut self, at: Millis, set: &Key, requests: &Requests, told: &str) {
        for line in told.lines() {
            self.note(at, || format!("plan  {line}"));
        }
        if let Some(plans) = &mut self.plans {
            // Waits come last, and a plan that was cut has none.
            let waits = requests.waits.iter().rev().zip(told.lines().rev());
            let waiting = |(action, line): (&statefulset::Action, &str)| {
                let Do::Wait(wait) = action.what else {
                    return None;
                };
                Some(Waiting {
                    first: action.ordinal,
                    through: wait.through,
                    text: lasting(line).to_owned(),
                })
            };
            plans.push(Planned {
                at,
                set: set.clone(),
                waits: waits.filter_map(waiting).collect(),
            });
        }
    }

    /// A request was sent, or held back.
    pub(super) fn sent(&mut self, at: Millis, request: &Ask<'_>, outcome: &Outcome) {
        self.note(at, || {
            let outcome = match outcome {
                Outcome::Invalid(text) | Outcome::Failed(text) => text.clone(),
                known => known.slug().replace('-', " "),
            };
            format!(
                "send  {} {}: {outcome}",
                request.method.name(),
                request.path
            )
        });
    }

    /// The controller lost its memory.
    pub(super) fn died(&mut self, at: Millis) {
        self.note(at, || "died  the controller starts again with lists".into());
    }
}

/// A sentence about a wait without the time that has passed or is left: it is the same wait all the while.
fn lasting(line: &str) -> &str {
    match line.rsplit_once(" (") {
        Some((rest, time)) if time.starts_with("for ") || time.ends_with(" to go)") => rest,
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::lasting;

    #[test]
    fn a_wait_stays_the_same_while_it_lasts() {
        assert_eq!(lasting("web-0: not ready (for 5 s)"), "web-0: not ready");
        assert_eq!(lasting("web-0: not ready (5 s to go)"), "web-0: not ready");
        assert_eq!(
            lasting("web-1 first (maxUnavailable)"),
            "web-1 first (maxUnavailable)"
        );
    }
}
