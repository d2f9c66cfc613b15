//! Causes that a closed gate names by itself.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::case::Case;
use super::cause::{Cause, ObjectName};
use super::cure::{Cure, quoted};
use super::finding::pods;
use super::name::CauseName;
use super::terminating_claims::uses;
use crate::action::Action;
use crate::desired::{Ordinal, Strategy};
use crate::explain::Length;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::template;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::{Operator, Requirement};
use crate::plan::slots::Slots;
use crate::time::Millis;
use crate::wait::{Gate, On, Wait};

/// The causes that the plan's own waits name.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let waits = case.plan.waits();
    waits
        .flat_map(|(action, wait)| wait.gates.iter().map(move |gate| (action, wait, gate)))
        .filter_map(|(action, wait, gate)| behind(case, action, wait, gate))
        .collect()
}

fn behind(case: &Case<'_>, action: &Action, wait: &Wait, gate: Gate) -> Option<Cause> {
    let range = (action.ordinal, wait.through);
    let pod = template::pod_name(case.set(), action.ordinal);
    let place = ObjectName::new("Pod", &*pod);
    match gate {
        // Time ends it: the set asks for repair.
        Gate::BrokenRevision if wait.until.is_some() => None,
        Gate::BrokenRevision => {
            let who = pods(case.name(), range.0, range.1);
            let are = if range.0 == range.1 { "is" } else { "are" };
            let text = format!(
                "{who} {are} broken, and OrderedReady never replaces a broken pod: the rollout goes no further \
                 (kubernetes#67250)"
            );
            let delete = case.kubectl("delete", "pod", &pod);
            let cure = Cure::new(
                "once the template is right, delete the pod by hand: it comes back at that template",
            );
            Some(
                Cause::new(CauseName::BrokenRevision, range, place, text)
                    .since(wait.since)
                    .cure(cure.run(delete)),
            )
        }
        Gate::UnhealthyLeaver => {
            let text = format!(
                "{pod} is to be deleted and is unhealthy, and scale-in waits until it, or an unhealthy one below, recovers"
            );
            let cure = Cure::new("delete it by hand").run(case.kubectl("delete", "pod", &pod));
            Some(Cause::new(CauseName::UnhealthyLeaver, range, place, text).cure(cure))
        }
        Gate::ReadySinceMissing => {
            let text = format!(
                "{pod} does not say since when it is ready, so minReadySeconds never ends by itself"
            );
            let spec = quoted(r#"{"spec":{"minReadySeconds":0}}"#);
            let patch = format!("kubectl patch {} --type=merge -p {spec}", case.set_words());
            let field = "status.conditions[type=Ready].lastTransitionTime";
            Some(
                Cause::new(CauseName::ReadySinceMissing, range, place, text)
                    .seen(field, "(none)")
                    .cure(Cure::new("let whoever writes the pod's status give its Ready condition a lastTransitionTime"))
                    .cure(Cure::new("do without minReadySeconds").run(patch)),
            )
        }
        Gate::PodNotAvailable => min_ready(case, range, place, wait.until),
        Gate::MaxUnavailable => below_partition(case, wait),
        Gate::NameTaken => Some(squatter(case, range, &pod)),
        Gate::BadObject => Some(unreadable(case, range, place)),
        Gate::UnknownStrategy => {
            let text = "the update strategy is not switched on, and nothing is done for the set";
            let spec = quoted(r#"{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}"#);
            let patch = format!("kubectl patch {} --type=merge -p {spec}", case.set_words());
            let cause = Cause::of_set(CauseName::UnknownStrategy, case.set_place(), text);
            Some(
                cause
                    .seen("spec.updateStrategy.type", "Recreate")
                    .cure(Cure::new("choose RollingUpdate or OnDelete").run(patch))
                    .cure(Cure::new("switch on the feature gate StatefulSetRecreateStrategy of the API server and of the controller")),
            )
        }
        _ => None,
    }
}

/// Time alone ends this one, so it is only worth knowing.
fn min_ready(
    case: &Case<'_>,
    range: (Ordinal, Ordinal),
    place: ObjectName,
    until: Option<Millis>,
) -> Option<Cause> {
    let left = Length(until?.saturating_sub(case.now).max(1000));
    let asked = case.set().min_ready / 1000;
    let text = format!(
        "{} has to be ready for {asked} s (minReadySeconds) before it counts as available; {left} more to go",
        place.name
    );
    let cause = Cause::new(CauseName::MinReadySeconds, range, place, text);
    Some(cause.seen_at(case.set_place(), "spec.minReadySeconds", asked.to_string()))
}

/// A pod that the rollout does not touch, and waits for.
fn below_partition(case: &Case<'_>, wait: &Wait) -> Option<Cause> {
    let On::Pod(index) = wait.on else {
        return None;
    };
    let set = case.set();
    let pod = case.turn.snapshot.roster.pods().get(index as usize)?;
    let Strategy::RollingUpdate(Some(rolling)) = set.strategy else {
        return None;
    };
    let desired = case.turn.snapshot.desired();
    let is_held = pod.ordinal < Slots::of(&desired)?.rolled_from;
    if desired.is_ranked() || !is_held || pod.is_available(set.min_ready, case.now) {
        return None;
    }
    let name = case.turn.snapshot.roster.pod_name(set, index)?;
    let text = format!(
        "{name} is below the partition ({}), so the rollout does not replace it, and it is not available, which uses up \
         what maxUnavailable allows",
        rolling.partition
    );
    let delete = case.kubectl("delete", "pod", &name);
    let range = (pod.ordinal, pod.ordinal);
    let cause = Cause::new(
        CauseName::UnavailableBelowPartition,
        range,
        ObjectName::new("Pod", &*name),
        text,
    );
    Some(
        cause
            .since(wait.since)
            .cure(Cure::new("bring it back: see why it is not available"))
            .cure(Cure::new("delete it by hand, if that may help: it comes back at the revision that it had").run(delete)),
    )
}

/// Another object has the pod's name: it differs in its labels or in its owner.
fn squatter(case: &Case<'_>, range: (Ordinal, Ordinal), pod: &str) -> Cause {
    let text = format!("there is a pod {pod} that does not belong to the set");
    let place = ObjectName::new("Pod", pod);
    let mut cause = Cause::new(CauseName::NameSquatter, range, place, text);
    let known = case.turn.objects.pods.get(case.namespace(), pod);
    let facts = known.and_then(Option::as_deref);
    let object = case.evidence.object("Pod", case.namespace(), pod);
    let owner = object.as_ref().and_then(controller);
    let resource = &case.set().resource;
    let own = owner_named(resource.api_version(), resource.kind(), case.name());
    let is_earlier = owner.as_ref() == Some(&own);
    if let Some(owner) = &owner {
        cause.text.push_str(&if is_earlier {
            format!(": an earlier {owner} with another uid controls it, and that one is gone")
        } else {
            format!(": {owner} controls it")
        });
        cause = cause.seen("metadata.ownerReferences", owner);
    }
    if is_earlier {
        cause = cause.cure(Cure::new(
            "wait: the garbage collector deletes what an object that is gone has left behind",
        ));
    }
    let label = |key: &str| -> Option<String> {
        match (facts, &object) {
            (Some(facts), _) => Some(facts.mold.labels.of(pod).get(key)?.into_owned()),
            (None, Some(object)) => Some(
                object
                    .get("metadata")?
                    .get("labels")?
                    .get(key)?
                    .as_str()?
                    .into(),
            ),
            _ => None,
        }
    };
    let mut labels = Vec::new();
    if facts.is_some() || object.is_some() {
        let selector = &case.set().selector;
        for (key, wanted) in &selector.match_labels {
            let found = label(key);
            if found.as_ref() != Some(wanted) {
                let has = found
                    .as_ref()
                    .map_or_else(|| "not at all".into(), |it| format!("as {it:?}"));
                cause.text.push_str(&format!(
                    "; the set selects the label {key} with the value {wanted:?}, and the pod has it {has}"
                ));
                cause = cause.seen(format!("metadata.labels[{key}]"), found.unwrap_or_default());
                labels.push(quoted(&format!("{key}={wanted}")));
            }
        }
        for it in &selector.match_expressions {
            if let Some(wanted) = suits(it, label(&it.key).as_deref()) {
                cause.text.push_str(&format!(
                    "; the set's selector asks for another label {}",
                    it.key
                ));
                labels.push(quoted(&wanted));
            }
        }
    }
    // A pod that is adopted without the volumes can never get them.
    let has_volumes = object.as_ref().is_none_or(|pod| {
        let mut claims = case.set().templates.iter();
        claims.all(|it| uses(pod, &template::claim_name(case.set(), it, range.0)))
    });
    if owner.is_none() && !labels.is_empty() && has_volumes {
        let command = format!(
            "kubectl label pod {pod} -n {} {} --overwrite",
            case.namespace(),
            labels.join(" ")
        );
        let cure =
            "give it the labels: the set adopts it, and replaces it if it is of another revision";
        cause = cause.cure(Cure::new(cure).run(command));
    }
    let mut delete =
        Cure::new("delete it: the set makes its own").run(case.kubectl("delete", "pod", pod));
    if owner.is_none() {
        delete = delete.but("nobody makes that pod again: what it does, and what it has on its own disk, ends with it");
    } else if !is_earlier {
        delete = delete.but(
            "whoever controls it makes it again, unless that is deleted or told otherwise first",
        );
    }
    cause.cure(delete)
}

/// A label that would suit a requirement, if this one does not.
fn suits(it: &Requirement, found: Option<&str>) -> Option<String> {
    let key = &it.key;
    match it.operator {
        Operator::In if !found.is_some_and(|found| it.values.iter().any(|v| v == found)) => {
            Some(format!("{key}={}", it.values.first()?))
        }
        Operator::Exists if found.is_none() => Some(format!("{key}=")),
        Operator::NotIn if found.is_some_and(|found| it.values.iter().any(|v| v == found)) => {
            Some(format!("{key}-"))
        }
        Operator::DoesNotExist if found.is_some() => Some(format!("{key}-")),
        _ => None,
    }
}

/// Kind, group and name of an object's controller.
fn controller(object: &serde_json::Value) -> Option<String> {
    use super::evidence::field::{is_true, list, text};
    let mut owners = list(object, "/metadata/ownerReferences");
    let owner = owners.find(|it| is_true(it, "/controller"))?;
    Some(owner_named(
        text(owner, "/apiVersion"),
        text(owner, "/kind"),
        text(owner, "/name"),
    ))
}

/// An owner by kind and name. Where the group is not Kubernetes' own, it is said, too: others have StatefulSets as well.
fn owner_named(api_version: &str, kind: &str, name: &str) -> String {
    match api_version.split_once('/') {
        Some((group, _)) if group.contains('.') && !group.ends_with(".k8s.io") => {
            format!("{kind}.{group} {name}")
        }
        _ => format!("{kind} {name}"),
    }
}

/// An object of the ordinal that cannot be read.
fn unreadable(case: &Case<'_>, range: (Ordinal, Ordinal), pod: ObjectName) -> Cause {
    let found = find_unreadable(case.set(), case, range.0);
    let (place, problem) = found.unwrap_or((pod, String::new()));
    let text = if problem.is_empty() {
        format!("an object of {} cannot be read", place.name)
    } else {
        format!("cannot be read: {problem}")
    };
    let cure = Cure::new("correct the object, or delete it");
    let cause = Cause::new(CauseName::UnreadableObject, range, place, text);
    cause.cure(cure)
}

fn find_unreadable(
    set: &StatefulSet,
    case: &Case<'_>,
    ordinal: Ordinal,
) -> Option<(ObjectName, String)> {
    let pod = (Kind::Pod, template::pod_name(set, ordinal));
    let claims = set.templates.iter().map(|it| {
        let name = template::claim_name(set, it, ordinal);
        (Kind::PersistentVolumeClaim, name)
    });
    let mut objects = [pod].into_iter().chain(claims);
    objects.find_map(|(kind, name)| {
        let key = Key::new(&*set.key.namespace, &*name);
        let error = case.turn.objects.error(kind, &key)?;
        Some((ObjectName::new(kind.name(), name), error.to_string()))
    })
}
