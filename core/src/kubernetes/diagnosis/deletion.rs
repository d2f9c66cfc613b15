//! Sets that are being deleted and are not gone.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::case::Case;
use super::cause::Cause;
use super::claims::some;
use super::cure::{Cure, quoted};
use super::evidence::field::{list, text, time};
use super::name::CauseName;
use super::terminating_claims;
use crate::kubernetes::object::stateful_set::FINALIZER;
use crate::time::Millis;

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
            FOREGROUND => causes.push(foreground(case, since)),
            FINALIZER => {}
            ORPHAN => {
                let overdue = case
                    .lasts(Some(since))
                    .then(|| orphaning(case).since(Some(since)));
                causes.extend(overdue);
            }
            name => causes.push(held(case, name).since(Some(since))),
        }
    }
    causes
}

fn foreground(case: &Case<'_>, since: Millis) -> Cause {
    let roster = case.turn.snapshot.roster;
    let names = (0..)
        .zip(roster.pods())
        .filter_map(|(i, _)| roster.pod_name(case.set(), i));
    let pods: Vec<String> = names.map(|name| format!("pod {name}")).collect();
    let claims = claims(case);
    let whom = if !pods.is_empty() {
        some(&pods)
    } else if let Some((claim, users)) = claims.first() {
        let users = if users.is_empty() {
            String::new()
        } else {
            format!(", which {} uses", some(users))
        };
        format!("claim {claim}{users}; it has no pods any more")
    } else {
        String::from("what else it owns; it has no pods any more")
    };
    let mut text = format!(
        "the set is deleted in the foreground: it stays until what it owns is gone, and waits for {whom}"
    );
    let is_ignored = case.lasts(Some(since)) && roster.pods().iter().any(|it| !it.is_terminating());
    let end = if is_ignored {
        text.push_str("; the garbage collector is to delete them, and has not");
        collector()
    } else if !pods.is_empty() {
        Cure::new("end the pods that do not end; see the causes that name them")
    } else if let Some((claim, users)) = claims.first().filter(|(_, users)| !users.is_empty()) {
        terminating_claims::end_users(case, claim, users)
    } else {
        Cure::new("see what it owns and what holds that").look(case.kubectl(
            "get",
            "pvc,controllerrevisions",
            "-o yaml",
        ))
    };
    let patch = quoted(r#"{"metadata":{"finalizers":null}}"#);
    let let_go = Cure::new("do not wait for them")
        .but("the set is gone before what it owns is, so that somebody may create it again beside that")
        .run(format!(
            "kubectl patch {} --type=merge -p {patch}",
            case.set_words()
        ));
    Cause::of_set(CauseName::ForegroundDeletion, case.set_place(), text)
        .since(Some(since))
        .seen("metadata.finalizers", FOREGROUND)
        .cure(end)
        .cure(let_go)
}

/// The claims that the set owns, each with the pods that use it.
fn claims(case: &Case<'_>) -> Vec<(String, Vec<String>)> {
    let uid = text(&case.set().object, "/metadata/uid");
    let claims = case
        .evidence
        .objects("PersistentVolumeClaim", case.namespace());
    let own = claims.filter(|(_, claim)| {
        list(claim, "/metadata/ownerReferences").any(|it| text(it, "/uid") == uid)
    });
    own.map(|(name, _)| (name.into(), terminating_claims::users(case, name)))
        .collect()
}

/// The garbage collector lets go of the pods, and then of the set, within seconds.
fn orphaning(case: &Case<'_>) -> Cause {
    let text = "the set is deleted with --cascade=orphan and stays: the garbage collector is to let go of what the set owns, and \
                then to remove the finalizer orphan, and has not";
    let patch = quoted(r#"{"metadata":{"finalizers":null}}"#);
    Cause::of_set(CauseName::SetFinalizer, case.set_place(), text)
        .seen("metadata.finalizers", ORPHAN)
        .cure(collector())
        .cure(
            Cure::new("remove the finalizer by hand, once no pod, claim or revision names the set as its owner")
                .but("what still names the set as its owner is deleted by the garbage collector once that runs again, pods and claims included")
                .look(format!(
                    "kubectl get pods,pvc,controllerrevisions -n {} -o custom-columns=KIND:.kind,NAME:.metadata.name,OWNER:.metadata.ownerReferences[*].name",
                    case.namespace()
                ))
                .run(format!(
                    "kubectl patch {} --type=merge -p {patch}",
                    case.set_words()
                )),
        )
}

/// Where the garbage collector is to be looked for.
fn collector() -> Cure {
    Cure::new("see whether the garbage collector runs: it is a part of kube-controller-manager, whose lease is renewed every few seconds")
        .look("kubectl get lease kube-controller-manager -n kube-system -o yaml")
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
