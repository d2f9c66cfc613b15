//! Claims that are being deleted.

use std::format;
use std::string::String;
use std::vec::Vec;

use serde_json::Value;

use super::case::Case;
use super::cause::{Cause, ObjectName, Weight};
use super::claims::some;
use super::cure::{Cure, quoted};
use super::evidence::field::{list, text};
use super::name::CauseName;
use super::pods;
use crate::claim::Claim;
use crate::pod::Phase;
use crate::wait::{Gate, On};

/// The causes and remarks, by ordinal.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let mut causes = terminating(case);
    causes.extend(leaving(case));
    causes
}

/// A claim that must be gone before its pod can be created.
fn terminating(case: &Case<'_>) -> Vec<Cause> {
    let waits = case.plan.waits();
    let held = waits.filter(|(_, wait)| wait.gates.contains(Gate::ClaimTerminating));
    let causes = held.filter_map(|(action, wait)| {
        let On::Claim(index) = wait.on else {
            return None;
        };
        let (claim, _) = case.turn.snapshot.claim(index)?;
        let object = case
            .evidence
            .object("PersistentVolumeClaim", case.namespace(), &claim);
        let mut said = format!(
            "claim {claim} is being deleted, and {}-{} cannot have a new one before it is gone",
            case.name(),
            action.ordinal
        );
        let holders: Vec<&str> = object
            .iter()
            .flat_map(|it| list(it, "/metadata/finalizers"))
            .filter_map(|it| it.as_str())
            .collect();
        let users = users(case, &claim);
        if !holders.is_empty() {
            said.push_str(&format!("; it is held by {}", holders.join(", ")));
        }
        if !users.is_empty() {
            said.push_str(&format!("; it is used by {}", some(&users)));
        }
        let range = (action.ordinal, wait.through);
        let place = ObjectName::new("PersistentVolumeClaim", &*claim);
        let mut cause =
            Cause::new(CauseName::TerminatingClaim, range, place, said).since(wait.since);
        if !holders.is_empty() {
            cause = cause.seen("metadata.finalizers", holders.join(", "));
        }
        if !users.is_empty() {
            cause = cause.cure(end_users(case, &claim, &users));
        }
        let see = case.kubectl("describe", "pvc", &claim);
        let foreign: Vec<_> = holders.iter().filter(|it| **it != PROTECTION).collect();
        Some(if let Some(first) = foreign.first() {
            let patch = format!(
                "kubectl patch pvc {claim} -n {} --type=merge -p {}",
                case.namespace(),
                quoted(r#"{"metadata":{"finalizers":null}}"#)
            );
            cause
                .cure(
                    Cure::new(format!(
                        "see why the controller that set the finalizer {first} does not remove it"
                    ))
                    .look(see),
                )
                .cure(
                    Cure::new("remove the finalizers by hand")
                        .but("what they were to clean up stays behind")
                        .run(patch),
                )
        } else if users.is_empty() {
            cause.cure(Cure::new("see who uses it and which finalizers it has").look(see))
        } else {
            cause
        })
    });
    causes.collect()
}

/// Claims that are being deleted and stay only as long as the set's pods run: that is to be known before one of these ends.
fn leaving(case: &Case<'_>) -> Vec<Cause> {
    let claims = (0u32..).zip(case.turn.snapshot.roster.claims());
    let leaving = claims.filter(|(_, claim)| claim.is_terminating() && runs(case, claim));
    let remarks = leaving.filter_map(|(index, claim)| {
        let (name, _) = case.turn.snapshot.claim(index)?;
        let range = (claim.ordinal, claim.ordinal);
        let place = ObjectName::new("PersistentVolumeClaim", &*name);
        let pod = format!("{}-{}", case.name(), claim.ordinal);
        let said = format!(
            "claim {name} is being deleted, and is gone once {pod} ends; then what becomes of the data is up to the reclaim \
             policy of its volume"
        );
        let volume = volume(case, &name);
        let spec = quoted(r#"{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}"#);
        let mut keep = Cure::new("let the volume outlive its claim, and save the data before the pod ends: a deletion cannot be taken back");
        if let Some(volume) = volume {
            keep = keep.run(format!("kubectl patch pv {volume} --type=merge -p {spec}"));
        }
        let remark = Cause::new(CauseName::TerminatingClaim, range, place, said);
        Some(remark.weighing(Weight::Remark).cure(keep))
    });
    remarks.collect()
}

/// The volume of a claim.
fn volume(case: &Case<'_>, claim: &str) -> Option<String> {
    case.turn
        .objects
        .claims
        .get(case.namespace(), claim)?
        .volume()
}

/// Ends the pods that use a claim which is being deleted: after that it is gone, and perhaps the data with it.
pub(super) fn end_users(case: &Case<'_>, claim: &str, users: &[String]) -> Cure {
    let mut warning = format!("once nothing uses claim {claim}, it is gone");
    let mut cure = Cure::new("delete the pods that still use it");
    if let Some(volume) = volume(case, claim) {
        let object = case.evidence.object("PersistentVolume", "", &volume);
        let policy = object
            .as_ref()
            .map_or("", |it| text(it, "/spec/persistentVolumeReclaimPolicy"));
        match policy {
            "Retain" => warning.push_str(&format!(
                "; its volume {volume} stays with its data, and the claim that the set makes has another volume"
            )),
            "" => warning.push_str(&format!(
                ", and what becomes of its volume {volume} with the data is up to the reclaim policy of that"
            )),
            policy => {
                warning.push_str(&format!(
                    ", and its volume {volume} with the data goes, too (reclaim policy {policy}); the first command lets that outlive it"
                ));
                let spec = quoted(r#"{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}"#);
                cure = cure.run(format!("kubectl patch pv {volume} --type=merge -p {spec}"));
            }
        }
    }
    for user in users {
        cure = cure.run(case.kubectl("delete", "pod", user));
    }
    if let Some(lost) = pods::unmade(case, users) {
        warning.push_str(&format!("; {lost}"));
    }
    cure.but(warning)
}

/// Whether a pod with it runs.
fn runs(case: &Case<'_>, claim: &Claim) -> bool {
    let mut pods = case.turn.snapshot.roster.pods().iter();
    pods.any(|pod| {
        pod.ordinal == claim.ordinal && pod.phase == Phase::Running && !pod.is_terminating()
    })
}

/// Kubernetes' own finalizer: it holds a claim for as long as a pod uses it.
const PROTECTION: &str = "kubernetes.io/pvc-protection";

/// The pods of the evidence that use a claim.
pub(super) fn users(case: &Case<'_>, claim: &str) -> Vec<String> {
    let pods = case.evidence.objects("Pod", case.namespace());
    let users = pods.filter(|(_, pod)| uses(pod, claim));
    users.map(|(name, _)| name.into()).collect()
}

/// Whether a pod uses a claim.
pub(super) fn uses(pod: &Value, claim: &str) -> bool {
    list(pod, "/spec/volumes").any(|it| text(it, "/persistentVolumeClaim/claimName") == claim)
}
