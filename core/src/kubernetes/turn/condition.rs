//! The conditions of a set's status: `Progressing`, and those that remember a time for the policies (rules U-6, M-5 to M-7, Y-11).

use std::string::ToString;
use std::vec::Vec;

use serde_json::{Value, json};

use crate::kubernetes::object::fields::{format_time, parse_time};
use crate::status::{Progress, Status};
use crate::time::Millis;

const PROGRESSING: &str = "Progressing";
/// Since when the set waits for a pod to become available.
const WAITING: &str = "statefulset.dev/Waiting";
/// When an available pod was last taken away.
const DISRUPTED: &str = "statefulset.dev/Disrupted";

/// Status, reason and message of `Progressing`.
const fn words(progress: Progress) -> (&'static str, &'static str, &'static str) {
    match progress {
        Progress::Deleting => ("True", "RecreateInProgress", "Deleting old revision pods"),
        Progress::Creating => (
            "True",
            "RecreateInProgress",
            "Waiting for new-revision pods to be created",
        ),
        Progress::Completed => (
            "False",
            "RecreateCompleted",
            "All pods recreated successfully",
        ),
        Progress::Advancing => (
            "True",
            "RolloutInProgress",
            "Some pods are missing, not available or not updated yet",
        ),
        Progress::Overdue => (
            "False",
            "ProgressDeadlineExceeded",
            "No pod has become available before the deadline",
        ),
        Progress::Arrived => (
            "False",
            "RolloutCompleted",
            "All pods are available and up to date",
        ),
    }
}

/// What the conditions say of a published status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Said {
    pub(crate) progressing: Option<Progress>,
    pub(crate) progressed_at: Option<Millis>,
    pub(crate) disrupted_at: Option<Millis>,
}

/// Reads them.
pub(crate) fn read(stored: &[Value]) -> Said {
    let condition = find(stored, PROGRESSING);
    let time = |name| parse_time(find(stored, name)?["lastTransitionTime"].as_str()?);
    Said {
        progressing: condition.and_then(|condition| {
            let mut all = Progress::ALL.into_iter();
            all.find(|&progress| says(condition, progress))
        }),
        progressed_at: time(WAITING),
        disrupted_at: time(DISRUPTED),
    }
}

fn find<'a>(conditions: &'a [Value], name: &str) -> Option<&'a Value> {
    conditions
        .iter()
        .find(|condition| condition["type"] == name)
}

fn says(condition: &Value, progress: Progress) -> bool {
    let (status, reason, message) = words(progress);
    condition["status"] == status
        && condition["reason"] == reason
        && condition["message"] == message
}

/// The conditions that a status gives, where they are others than the stored ones. `keeps` says whether those of others stay;
/// `completes`, that an update is completed in the pass in which it began: it has been in progress for a moment, as upstream has
/// it.
pub(crate) fn renewed(
    stored: &[Value],
    status: &Status,
    keeps: bool,
    completes: bool,
    now: Millis,
) -> Option<Vec<Value>> {
    let old = find(stored, PROGRESSING);
    let is_ours = old.is_none_or(|old| {
        let mut all = Progress::ALL.into_iter();
        all.any(|progress| progress.is_of_a_deadline() && says(old, progress))
    });
    let progressing = match status.progressing {
        Some(progress) if keeps || progress.is_of_a_deadline() => {
            Some(progressing(old, progress, completes, now))
        }
        _ => old.filter(|_| keeps && !is_ours).cloned(),
    };
    let ours = [
        (PROGRESSING, progressing),
        (WAITING, status.progressed_at.map(waiting)),
        (DISRUPTED, status.disrupted_at.map(disrupted)),
    ];
    let is_same = ours
        .iter()
        .all(|(name, condition)| find(stored, name) == condition.as_ref());
    let is_one_of_ours =
        |condition: &&Value| ours.iter().any(|(name, _)| condition["type"] == *name);
    let is_emptied = !keeps && !stored.iter().all(|it| is_one_of_ours(&it));
    if is_same && !is_emptied {
        return None;
    }
    let others = stored.iter().filter(|it| keeps && !is_one_of_ours(it));
    let others: Vec<Value> = others.cloned().collect();
    let ours = ours.into_iter().filter_map(|(_, condition)| condition);
    Some(others.into_iter().chain(ours).collect())
}

/// The time of the last transition is kept while the condition's status stays.
fn progressing(old: Option<&Value>, progress: Progress, completes: bool, now: Millis) -> Value {
    let old = old.filter(|_| !completes);
    if let Some(old) = old.filter(|old| says(old, progress)) {
        return old.clone();
    }
    let (status, reason, message) = words(progress);
    let kept = old.filter(|old| old["status"] == status);
    let since = kept.map_or_else(
        || format_time(now).into(),
        |old| old["lastTransitionTime"].clone(),
    );
    condition(PROGRESSING, status, reason, message, &since)
}

fn waiting(since: Millis) -> Value {
    let message = "No other pod has become available since";
    condition(
        WAITING,
        "True",
        "PodNotAvailable",
        message,
        &not_before(since),
    )
}

fn disrupted(at: Millis) -> Value {
    let message = "The last available pod was taken away then";
    condition(DISRUPTED, "True", "PodTakenAway", message, &not_before(at))
}

fn condition(name: &str, status: &str, reason: &str, message: &str, since: &Value) -> Value {
    json!({
        "lastTransitionTime": since,
        "message": message.to_string(),
        "reason": reason,
        "status": status,
        "type": name,
    })
}

/// Times are whole seconds there; an earlier one would let a pace or a deadline end too soon.
fn not_before(at: Millis) -> Value {
    format_time(at.saturating_add(999)).into()
}
