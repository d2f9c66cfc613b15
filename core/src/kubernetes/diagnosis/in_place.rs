//! Pods that are changed where they run: what keeps a change from being made, and from being finished (rules U-10 and Y-13).

use std::format;
use std::string::String;
use std::vec::Vec;

use super::case::Case;
use super::cause::{Cause, ObjectName};
use super::cure::Cure;
use super::name::CauseName;
use super::policies::{place, waiting, with};
use crate::explain::Length;
use crate::kubernetes::object::difference::Difference;
use crate::kubernetes::object::revision;
use crate::kubernetes::object::template;
use crate::kubernetes::value::changed::{self, CHANGED_ANNOTATION};
use crate::wait::Gate;

/// Both kinds.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    unchangeable(case)
        .into_iter()
        .chain(changing(case))
        .collect()
}

/// What differs is nothing that a running pod could be given, and the policy makes no pod again.
fn unchangeable(case: &Case<'_>) -> Option<Cause> {
    let (range, who) = waiting(case, Gate::NotInPlace)?;
    let what = field(case, range.0).map_or_else(String::new, |path| {
        format!("{path} of the template differs, which no running pod can be given: ")
    });
    let text = format!(
        "{what}{who} would have to be made again, and the set's policy only changes pods where they run"
    );
    let cause = Cause::new(CauseName::NotInPlace, range, case.set_place(), text);
    let cure = Cure::new("let the rollout make pods again where it must");
    let cure = with(case, "inPlace", "IfPossible", cure);
    let delete = Cure::new("make them again yourself, one after the other, when it suits you");
    let name = template::pod_name(case.set(), range.0);
    let delete = delete.run(case.kubectl("delete", "pod", &name));
    Some(cause.seen(place(case), "Only").cure(cure).cure(delete))
}

/// The field of the template for which the pod of this ordinal has to be made again.
fn field(case: &Case<'_>, ordinal: u32) -> Option<String> {
    let snapshot = &case.turn.snapshot;
    let mut pods = snapshot.roster.pods().iter();
    let pod = pods.find(|pod| pod.ordinal == ordinal)?;
    let name = snapshot.roster.revisions().name(pod.revision);
    let old = revision::template(snapshot.revision_data(name)?)?;
    let new = revision::template(case.turn.history.update_data(case.set()))?;
    Difference::between(&old, &new, case.set().kubernetes).err()
}

/// Pods that do not run yet as they were told to.
fn changing(case: &Case<'_>) -> Vec<Cause> {
    let set = case.set();
    let pods = case.turn.snapshot.roster.pods().iter();
    let pods = pods.filter(|pod| pod.changing && case.waits_at(pod.ordinal, Gate::PodChanging));
    pods.filter_map(|pod| {
        let name = template::pod_name(set, pod.ordinal);
        let object = case.evidence.object("Pod", case.namespace(), &name)?;
        let note = object["metadata"]["annotations"][CHANGED_ANNOTATION].as_str()?;
        let since = changed::moment_of(note)?;
        let mut conditions = object["status"]["conditions"].as_array().into_iter().flatten();
        let pending = conditions.find(|it| it["type"] == "PodResizePending" && it["status"] == "True");
        // What does not run speaks for itself.
        if !pod.ready && pending.is_none() {
            return None;
        }
        let because = pending.map_or_else(String::new, |it| {
            let text = |field: &str| it[field].as_str().unwrap_or("").trim_end_matches('.');
            format!(": {}: {}", text("reason"), text("message"))
        });
        let text = format!(
            "{name} was changed where it runs {} ago, and does not run as it was told to yet{because}",
            Length(case.now.saturating_sub(since).max(0))
        );
        let range = (pod.ordinal, pod.ordinal);
        let cause = Cause::new(CauseName::Changing, range, ObjectName::new("Pod", &*name), text);
        let cause = cause.since(Some(since)).seen(format!("metadata.annotations[{CHANGED_ANNOTATION}]"), note);
        let Some(_) = pending else {
            let cure = Cure::new("see what its kubelet says").look(case.ask_events(&name));
            return Some(cause.cure(cure));
        };
        let delete = Cure::new("make the pod again, so that it may get another node");
        let delete = delete
            .run(case.kubectl("delete", "pod", &name))
            .but("it stops for that, and waits where no node has room for it");
        let snapshot = case.turn.snapshot.desired();
        let undo = format!("kubectl rollout undo {}", case.set_words());
        let back = Cure::new("ask for no more than its node has, or go back to the template before");
        let back = if snapshot.current == snapshot.update {
            back
        } else {
            back.run(undo)
        };
        Some(cause.cure(back).cure(delete))
    })
    .collect()
}
