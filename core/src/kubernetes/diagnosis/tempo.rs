//! What a set's pace holds back, and what its deadline makes of a rollout that stands still.

use std::format;
use std::vec::Vec;

use super::case::Case;
use super::cause::Cause;
use super::cure::Cure;
use super::name::CauseName;
use super::policies::{place, waiting, without};
use crate::explain::Length;
use crate::policies::Overdue;
use crate::status::Progress;
use crate::wait::Gate;

/// Both pass, or tell of what other causes explain, so they are no more than remarks.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    paced(case).into_iter().chain(overdue(case)).collect()
}

fn paced(case: &Case<'_>) -> Option<Cause> {
    let (range, who) = waiting(case, Gate::Pace)?;
    let pace = case.set().policies.view().pace?;
    let asked = pace / 1000;
    let published = case.turn.snapshot.desired().published;
    // A pod that goes in this very pass makes the others wait, too.
    let last = published
        .and_then(|it| it.disrupted_at)
        .filter(|last| last.saturating_add(pace) > case.now);
    let text = match last {
        Some(last) => format!(
            "{who}: another pod was taken away less than {asked} s ago (paceSeconds); {} more to go",
            Length(last.saturating_add(pace).saturating_sub(case.now).max(1000))
        ),
        None => format!(
            "{who}: another pod is taken away now, and {asked} s pass before the next one (paceSeconds)"
        ),
    };
    let cause = Cause::new(CauseName::Pace, range, case.set_place(), text);
    let cure = Cure::new("do without the time between two pods");
    Some(
        cause
            .seen(place(case), format!("{asked}"))
            .cure(without(case, "paceSeconds", cure)),
    )
}

fn overdue(case: &Case<'_>) -> Option<Cause> {
    let set = case.set();
    let deadline = set.policies.view().deadline?;
    let now = case
        .plan
        .status
        .or_else(|| case.turn.snapshot.desired().published)?;
    if now.progressing != Some(Progress::Overdue) {
        return None;
    }
    let since = Length(case.now.saturating_sub(now.progressed_at?));
    let asked = deadline.after / 1000;
    let held = match deadline.then {
        Overdue::Report => "",
        Overdue::Halt | Overdue::Suggest => ", so the rollout is held until one does",
    };
    let text =
        format!("no pod has become available for {since}, and the deadline is {asked} s{held}");
    let cause = Cause::of_set(CauseName::Overdue, case.set_place(), text);
    let cause = cause.seen(place(case), format!("{asked}"));
    let Some(good) = case.plan.suggests else {
        let cure = Cure::new("do without the deadline");
        return Some(cause.cure(without(case, "deadline", cure)));
    };
    let good = case.turn.snapshot.roster.revisions().name(good);
    let cure = Cure::new(format!(
        "go back to {good}, the revision that was last rolled out in full"
    ));
    let revision = case.turn.objects.revisions.get(case.namespace(), good);
    Some(cause.cure(match revision {
        Some(it) if set.resource.is_stateful_sets() => cure.run(format!(
            "kubectl rollout undo {} --to-revision={}",
            case.set_words(),
            it.number
        )),
        _ => cure,
    }))
}
