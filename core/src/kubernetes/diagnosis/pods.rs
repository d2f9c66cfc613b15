//! Why a pod that something waits for is not well: the first thing that explains it.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::case::{Case, Patient};
use super::cause::{Cause, ObjectName, Weight};
use super::claims::some;
use super::cure::{Cure, quoted};
use super::evidence::field::{self, condition};
use super::name::CauseName;
use super::{running, scheduling, starting, terminating};
use crate::desired::{Management, Strategy};
use crate::node::NodeState;
use crate::plan;
use crate::plan::slots::Slots;
use crate::policies::{InPlace, Paused};

/// One cause for each pod that something waits for, where one is found that its claims do not have already.
pub(super) fn of(case: &Case<'_>, claims: &[Cause]) -> Vec<Cause> {
    let patients = case.patients();
    let causes = patients.iter().filter_map(|pod| cause(case, pod, claims));
    causes.collect()
}

fn cause(case: &Case<'_>, pod: &Patient<'_>, claims: &[Cause]) -> Option<Cause> {
    if pod.facts.is_terminating() {
        return terminating::of(case, pod);
    }
    let (_, facts) = case.turn.snapshot.pod(pod.index)?;
    let Some(home) = facts.node.as_deref() else {
        let mut claims = claims.iter();
        let is_known = claims.any(|it| {
            it.weight == Weight::Hindrance && (it.first..=it.last).contains(&pod.ordinal)
        });
        return scheduling::of(case, pod, is_known);
    };
    let node = case.turn.objects.nodes.get(home);
    if node.is_some_and(|node| node.state == NodeState::Unreachable) {
        // That has a cause of its own.
        return None;
    }
    if let Some(object) = &pod.object {
        let found = starting::of(case, pod, object).or_else(|| running::of(case, pod, object));
        if found.is_some() {
            return found;
        }
    }
    let is_down = node.is_some_and(|node| node.state == NodeState::NotReady);
    (is_down && !pod.facts.ready).then(|| {
        let mut text = format!("node {home}, where {} is, is not ready", pod.name);
        let object = case.evidence.object("Node", "", home);
        let says = object.as_ref().and_then(|it| condition(it, "Ready"));
        let says = says.map_or("", |(_, it)| field::text(it, "/message"));
        if !says.is_empty() {
            text.push_str(&format!(": {says}"));
        }
        Cause::new(
            CauseName::NodeNotReady,
            (pod.ordinal, pod.ordinal),
            ObjectName::new("Node", home),
            text,
        )
        .since(pod.since)
        .seen("status.conditions[type=Ready].status", "False")
        .cure(
            Cure::new("see what the node says is wrong")
                .look(format!("kubectl describe node {home}")),
        )
    })
}

/// What ends with these pods, because they have no controller that makes them again.
pub(super) fn unmade(case: &Case<'_>, pods: &[String]) -> Option<String> {
    let is_alone = |name: &&String| {
        let object = case.evidence.object("Pod", case.namespace(), name);
        object.is_some_and(|it| {
            let mut owners = field::list(&it, "/metadata/ownerReferences");
            !owners.any(|owner| field::is_true(owner, "/controller"))
        })
    };
    let alone: Vec<String> = pods.iter().filter(is_alone).cloned().collect();
    (!alone.is_empty()).then(|| format!("nobody makes {} again", some(&alone)))
}

/// What to do about a pod that its template makes fail. `correction` is what is to be done to the template.
pub(super) fn other_template(case: &Case<'_>, pod: &Patient<'_>, correction: &str) -> Vec<Cure> {
    let desired = case.turn.snapshot.desired();
    let history = &case.turn.history;
    let observed = case.turn.snapshot.observed();
    let next = plan::with_facts(&desired, &observed, case.now, |facts| {
        facts.revision_for(pod.ordinal)
    });
    let next = next.unwrap_or(desired.update);
    let is_held = next != desired.update;
    // Otherwise the rollout replaces it by itself, or the repair of broken pods does.
    let policies = &desired.policies;
    let repairs =
        policies.repair.is_some_and(|it| it.ordered) && !policies.paused.contains(Paused::REPAIR);
    let waits =
        desired.management == Management::OrderedReady || policies.paused.contains(Paused::ROLLOUT);
    // A change that is of no use any more is made again (rule U-11).
    let is_changed = policies.in_place != InPlace::Off && pod.facts.changing;
    let by_hand =
        waits && !repairs && !is_changed || desired.strategy == Strategy::OnDelete || is_held;
    let delete = case.kubectl("delete", "pod", &pod.name);
    let run = |cure: Cure| if by_hand { cure.run(&*delete) } else { cure };
    if pod.facts.revision != next {
        let revision = if is_held {
            &history.current
        } else {
            &history.update
        };
        return Vec::from([if is_changed && !by_hand {
            Cure::new(format!(
                "wait: the template has been changed since, and the pod is changed to revision {revision} where it runs, or replaced"
            ))
        } else if by_hand {
            run(Cure::new(format!(
                "delete the pod: it comes back at revision {revision}, which is another than the one that fails"
            )))
        } else {
            Cure::new(format!(
                "wait: the template has been changed since, and the pod is replaced by one at revision {revision}"
            ))
        }]);
    }
    if is_held {
        let slots = Slots::of(&desired);
        let partition = slots.map_or(0, |slots| slots.place(pod.ordinal));
        let spec = format!(
            r#"{{"spec":{{"updateStrategy":{{"rollingUpdate":{{"partition":{partition}}}}}}}}}"#
        );
        let patch = format!(
            "kubectl patch {} --type=merge -p {}",
            case.set_words(),
            quoted(&spec)
        );
        let lower = Cure::new(format!(
            "lower the partition to {partition}, and then delete the pod: it comes back at revision {}",
            history.update
        ));
        let lower = lower.but("all pods with a higher ordinal are replaced, too");
        return Vec::from([lower.run(patch).run(delete)]);
    }
    let after = match desired.management {
        _ if is_changed && !by_hand => {
            format!("{correction}: the pod is changed again by itself, or replaced")
        }
        _ if !by_hand => format!("{correction}: the pod is replaced by itself"),
        Management::OrderedReady => {
            format!("{correction}, and then delete the pod, since OrderedReady does not replace it")
        }
        Management::Parallel => {
            format!("{correction}, and then delete the pod, since OnDelete does not replace it")
        }
    };
    let mut cures = Vec::from([run(Cure::new(after))]);
    if desired.current != desired.update {
        let undo = format!("kubectl rollout undo {}", case.set_words());
        cures.push(run(Cure::new("go back to the template before").run(undo)));
    }
    cures
}

/// What is to be done to a template about which nothing more is known.
pub(super) const CORRECT: &str = "correct the template";
