//! Sets that are being deleted and are not gone.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::case::Case;
use super::cause::Cause;
use super::claims::some;
use super::cure::{Cure, quoted};
use super::evidence::field::time;
use super::name::CauseName;
use crate::kubernetes::object::stateful_set::FINALIZER;

/// Kubernetes' own: the set stays until what it owns is gone.
const FOREGROUND: &str = "foregroundDeletion";
/// Kubernetes' own: its pods are let go of first.
const ORPHAN: &str = "orphan";

/// Why the set is not gone.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let set = case.set();
    let Some(since) = time(&set.object, "/metadata/deletionTimestamp") else {
        return Vec::new();
    };
    let mut causes = Vec::new();
    for name in &set.finalizers {
        match &**name {
            FOREGROUND => causes.push(foreground(case).since(Some(since))),
            ORPHAN | FINALIZER => {}
            name => causes.push(held(case, name).since(Some(since))),
        }
    }
    causes
}

fn foreground(case: &Case<'_>) -> Cause {
    let roster = case.turn.snapshot.roster;
    let pods = (0..)
        .zip(roster.pods())
        .filter_map(|(i, _)| roster.pod_name(case.set(), i));
    let pods: Vec<String> = pods.map(|name| format!("pod {name}")).collect();
    let whom = if pods.is_empty() {
        String::from("what else it owns; it has no pods any more")
    } else {
        some(&pods)
    };
    let text = format!(
        "the set is deleted in the foreground: it stays until what it owns is gone, and waits for {whom}"
    );
    let patch = quoted(r#"{"metadata":{"finalizers":null}}"#);
    let cure = Cure::new("end the pods that do not end; see the causes that name them");
    let let_go = Cure::new("do not wait for them")
        .but(
            "the set is gone before its pods are, so that somebody may create it again beside them",
        )
        .run(format!(
            "kubectl patch {} --type=merge -p {patch}",
            case.set_words()
        ));
    Cause::of_set(CauseName::ForegroundDeletion, case.set_place(), text)
        .seen("metadata.finalizers", FOREGROUND)
        .cure(cure)
        .cure(let_go)
}

fn held(case: &Case<'_>, finalizer: &str) -> Cause {
    let text = format!("the set is being deleted and cannot go: it is held by {finalizer}");
    let patch = quoted(r#"{"metadata":{"finalizers":null}}"#);
    Cause::of_set(CauseName::SetFinalizer, case.set_place(), text)
        .seen("metadata.finalizers", finalizer)
        .cure(Cure::new(format!(
            "see why the controller that set the finalizer {finalizer} does not remove it"
        )))
        .cure(
            Cure::new("remove the finalizers by hand")
                .but("what they were to clean up stays behind")
                .run(format!(
                    "kubectl patch {} --type=merge -p {patch}",
                    case.set_words()
                )),
        )
}
