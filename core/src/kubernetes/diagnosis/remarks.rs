//! What is worth knowing of a set and holds nothing back.

use std::format;
use std::vec::Vec;

use super::case::Case;
use super::cause::{Cause, ObjectName};
use super::cure::Cure;
use super::evidence::field::text;
use super::finding::pods;
use super::name::CauseName;
use crate::desired::Ordinal;

/// The remarks about the set's Service and its selector.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let mut remarks = Vec::new();
    remarks.extend(service_missing(case));
    remarks.extend(service_renamed(case));
    remarks.extend(shared_selector(case));
    remarks
}

fn service<'a>(case: &'a Case<'_>) -> Option<&'a str> {
    let name = text(&case.set().object, "/spec/serviceName");
    (!name.is_empty()).then_some(name)
}

fn service_missing(case: &Case<'_>) -> Option<Cause> {
    let name = service(case)?;
    let known = case.evidence.knows_all("Service");
    if !known || case.evidence.has("Service", case.namespace(), name) {
        return None;
    }
    let said = format!(
        "the set's Service {name} does not exist, so its pods have no names in DNS; they run without it"
    );
    let place = case.set_place();
    let labels = case.set().selector.match_labels.iter();
    let labels: Vec<_> = labels
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let cure = Cure::new(format!(
        "create a Service {name} with clusterIP None that selects {}",
        labels.join(",")
    ));
    Some(
        Cause::of_set(CauseName::ServiceMissing, place, said)
            .seen("spec.serviceName", name)
            .cure(cure),
    )
}

fn service_renamed(case: &Case<'_>) -> Option<Cause> {
    let name = service(case)?;
    let roster = case.turn.snapshot.roster;
    let mut old: Vec<(Ordinal, std::string::String)> = Vec::new();
    for (index, pod) in (0..).zip(roster.pods()) {
        let called = roster.pod_name(case.set(), index)?;
        let object = case.evidence.object("Pod", case.namespace(), &called);
        let subdomain = object.map(|it| text(&it, "/spec/subdomain").into());
        if let Some(subdomain) = subdomain.filter(|it: &std::string::String| it != name) {
            old.push((pod.ordinal, subdomain));
        }
    }
    let range = (
        old.iter().map(|(it, _)| *it).min()?,
        old.iter().map(|(it, _)| *it).max()?,
    );
    let who = pods(case.name(), range.0, range.1);
    let other = &old[0].1;
    let is_one = range.0 == range.1;
    let (were, answer, have) = if is_one {
        ("was", "answers", "has no name")
    } else {
        ("were", "answer", "have no names")
    };
    let said = if other.is_empty() {
        format!("{who} {were} made when the set named no Service, and {have} in the Service {name}")
    } else {
        format!(
            "{who} {were} made when the set named the Service {other}, and still {answer} to that name in DNS, not to {name}"
        )
    };
    let restart = format!("kubectl rollout restart {}", case.set_words());
    let place = ObjectName::new("Pod", format!("{}-{}", case.name(), range.0));
    let cause =
        Cause::new(CauseName::ServiceRenamed, range, place, said).seen("spec.subdomain", other);
    Some(
        cause.cure(
            Cure::new("restart the pods, one after the other, as a rollout does").run(restart),
        ),
    )
}

fn shared_selector(case: &Case<'_>) -> Option<Cause> {
    let set = case.set();
    let mut others = case.turn.objects.sets.within(case.namespace());
    let (other, _) =
        others.find(|(name, it)| **name != *set.key.name && it.selector == set.selector)?;
    let said = format!(
        "the set {other} has the same selector: a Service or a disruption budget that selects by it means both, and revisions or \
         pods that one of them lets go of may be adopted by the other"
    );
    let cure = Cure::new(
        "give each set a label of its own in its selector and its template; for that a set has to be created again",
    );
    Some(
        Cause::of_set(CauseName::SharedSelector, case.set_place(), said)
            .seen("spec.selector", other)
            .cure(cure),
    )
}
