//! Pods that have no node.

use std::collections::BTreeSet;
use std::format;
use std::string::String;
use std::vec::Vec;

use serde_json::{Value, json};

use super::case::{Case, Patient};
use super::cause::{Cause, ObjectName};
use super::claims::some;
use super::cure::{Cure, create, quoted};
use super::evidence::field::{self, condition, list, map, text};
use super::name::CauseName;
use super::nodes::{self, Near};
use super::{lack, pods, volumes};
use crate::kubernetes::object::fields::NodeSelector;
use crate::kubernetes::object::template;

/// Why a pod has no node. `None`: nothing is known, or the claims are why, and that has a cause of its own.
pub(super) fn of(case: &Case<'_>, pod: &Patient<'_>, claims_are_named: bool) -> Option<Cause> {
    let (name, range) = (&*pod.name, (pod.ordinal, pod.ordinal));
    let place = ObjectName::new("Pod", name);
    let object = pod.object.as_ref();
    let scheduled = object.and_then(|it| condition(it, "PodScheduled"));
    let said = scheduled.map_or("", |(_, it)| text(it, "/message"));
    let field = scheduled.map_or_else(String::new, |(i, _)| {
        format!("status.conditions[{i}].message")
    });
    if claims_are_named && is_about_claims(said) {
        return None;
    }
    if let Some(cause) = far_volume(case, pod, said) {
        let cause = cause.since(pod.since);
        return Some(if said.is_empty() {
            cause
        } else {
            cause.seen_at(place, field, said)
        });
    }
    let object = object?;
    let gates: Vec<&str> = list(object, "/spec/schedulingGates")
        .map(|it| text(it, "/name"))
        .collect();
    if !gates.is_empty() {
        let held = gates.join(", ");
        let text = format!(
            "{name} is not scheduled as long as it has a scheduling gate, and nobody has removed {held}"
        );
        let patch = format!(
            "kubectl patch pod {name} -n {} --type=merge -p {}",
            case.namespace(),
            quoted(r#"{"spec":{"schedulingGates":null}}"#)
        );
        let see = format!(
            "see why the controller that is to remove the gate {} does not do so",
            gates[0]
        );
        let remove = Cure::new("remove the gates by hand")
            .but("what they were to wait for is not waited for")
            .run(patch);
        return Some(
            Cause::new(CauseName::SchedulingGate, range, place, text)
                .since(pod.since)
                .seen("spec.schedulingGates", held)
                .cure(Cure::new(see))
                .cure(remove),
        );
    }
    if said.is_empty() {
        let scheduler = text(object, "/spec/schedulerName");
        let text = format!("no scheduler has looked at {name}; it asks for {scheduler}");
        let mut cause = Cause::new(CauseName::NoScheduler, range, place, text)
            .since(pod.since)
            .seen("spec.schedulerName", scheduler)
            .cure(Cure::new(format!(
                "see whether the scheduler {scheduler} runs"
            )));
        let correct = "if there is no scheduler of that name, correct it in the template";
        cause.cures.extend(pods::other_template(case, pod, correct));
        return Some(cause);
    }
    if let Some(cause) = lost_claim(case, pod, said) {
        return Some(cause.seen_at(place, field, said));
    }
    let cordoned: Vec<Near<'_>> = nodes::all(case)
        .map(|(_, it)| it)
        .filter(|it| !it.is_open())
        .collect();
    let mut said_more = format!("no node fits {name}: {}", without_preemption(said));
    if said.contains("were unschedulable") && !cordoned.is_empty() {
        said_more.push_str(&format!(
            "; nodes that take no pods: {}",
            nodes::told(&cordoned)
        ));
    }
    let mut cause = Cause::new(CauseName::NoNodeFits, range, place, said_more)
        .since(pod.since)
        .seen(field, said);
    cause.cures = cures(case, object, said, &cordoned);
    Some(cause)
}

/// The scheduler's words without what it says of making room.
fn without_preemption(said: &str) -> &str {
    let end = [" preemption:", " no new claims to deallocate"]
        .iter()
        .filter_map(|it| said.find(it))
        .min();
    said[..end.unwrap_or(said.len())].trim_end_matches([' ', ',', '.'])
}

/// What makes a node fit, for each thing that the scheduler complains about.
fn cures(case: &Case<'_>, pod: &Value, said: &str, closed: &[Near<'_>]) -> Vec<Cure> {
    let mut cures = Vec::new();
    if said.contains("were unschedulable") && !closed.is_empty() {
        cures.extend(nodes::opening(closed));
    }
    if said.contains("Insufficient ") {
        let lacking: BTreeSet<&str> = said
            .split("Insufficient ")
            .skip(1)
            .filter_map(|it| it.split([',', '.', ' ']).next())
            .collect();
        let lacking = lacking.into_iter().collect::<Vec<_>>().join(", ");
        cures.push(Cure::new(format!(
            "add a node with room, make room on one, or ask for less {lacking} in the template"
        )));
    }
    if said.contains("Too many pods") {
        cures.push(Cure::new(
            "add a node, or move other pods away: a node takes no more than a set number of pods",
        ));
    }
    for taint in said.split("untolerated taint").skip(1) {
        // `{key: value}`, without the value `{key: }`; in quotation marks or not.
        let inner = taint.trim_start_matches("(s)").trim_start();
        let inner = inner
            .strip_prefix('{')
            .and_then(|it| it.split('}').next())
            .unwrap_or_default();
        let key = inner.split(':').next().unwrap_or_default().trim();
        let which = if key.is_empty() {
            String::from("the taint")
        } else {
            format!("the taint {key}")
        };
        let see = "kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints";
        let cure = format!("take {which} off a node, or let the template tolerate it");
        cures.push(Cure::new(cure).look(see));
    }
    if said.contains("didn't match Pod's node affinity/selector") {
        let labels: Vec<String> = map(pod, "/spec/nodeSelector")
            .map(|(k, v)| quoted(&format!("{k}={v}")))
            .collect();
        let open = nodes::all(case).map(|(_, it)| it).find(Near::is_open);
        let mut cure =
            Cure::new("give a node the labels that the template asks for, or ask for others");
        if let Some(node) = open.filter(|_| !labels.is_empty()) {
            cure = cure.run(format!(
                "kubectl label node {} {} --overwrite",
                node.name,
                labels.join(" ")
            ));
        }
        cures.push(cure);
    }
    if said.contains("(missing required label)") {
        let constraints = list(pod, "/spec/topologySpreadConstraints");
        let keys: BTreeSet<&str> = constraints.map(|it| text(it, "/topologyKey")).collect();
        let keys = keys.into_iter().collect::<Vec<_>>();
        let cure = format!(
            "give the nodes the label {} that the template spreads pods by, or spread them by another",
            keys.join(" or ")
        );
        let see = format!("kubectl get nodes -L {}", keys.join(","));
        cures.push(Cure::new(cure).look(see));
    }
    if said.contains("pod affinity rules") {
        cures.push(Cure::new(
            "start a pod that the template's podAffinity asks for, or let the template ask for others",
        ));
    }
    if said.contains("topology spread constraints,")
        || said.contains("topology spread constraints.")
        || said.contains("anti-affinity")
    {
        cures.push(Cure::new("add a node in a place that has no pod of the set yet, or let the template ask for less spread"));
    }
    if said.contains("exceed max volume count") {
        cures.push(Cure::new(
            "add a node, or move pods with volumes away: a node can have no more than a set number of volumes",
        ));
    }
    if said.contains("free ports") {
        cures.push(Cure::new(
            "add a node, or do without hostPort in the template: one node can give a port to one pod only",
        ));
    }
    if said.contains("no nodes available") || said.starts_with("0/0 nodes") {
        cures.push(Cure::new("add a node"));
    }
    if said.contains("ReadWriteOncePod") {
        cures.push(alone(case, pod));
    }
    if let Some((_, rest)) = said.split_once("persistentvolumeclaim \"")
        && let Some((claim, state)) = rest.split_once('"')
    {
        let see = case.kubectl("describe", "pvc", claim);
        cures.push(match state {
            it if it.contains("being deleted") => Cure::new(format!(
                "see what keeps the claim {claim} from being gone; after that it can be created again"
            ))
            .look(see),
            _ => Cure::new(format!("see what is wrong with the claim {claim}")).look(see),
        });
    }
    if cures.is_empty() {
        cures.push(Cure::new(
            "make a node fit, or let the template ask for less",
        ));
    }
    cures
}

/// A claim that the pod uses and that does not exist. Those of the set's own templates are made before their pod.
fn lost_claim(case: &Case<'_>, pod: &Patient<'_>, said: &str) -> Option<Cause> {
    let (_, rest) = said.split_once("persistentvolumeclaim \"")?;
    let (claim, rest) = rest.split_once('"')?;
    if !rest.starts_with(" not found") {
        return None;
    }
    let text = format!("{} uses the claim {claim}, which does not exist", pod.name);
    let place = ObjectName::new("PersistentVolumeClaim", claim);
    let mut cures = Vec::from([Cure::new(format!(
        "create the claim {claim}, as large as what it is for needs; the pod is scheduled then"
    ))]);
    if let Some(class) = lack::default_class(case) {
        let object = json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": {"name": claim, "namespace": case.namespace()},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        });
        let name = field::text(&class, "/metadata/name");
        let small = format!("if 1Gi of the default storage class {name} will do, create it so");
        cures.push(Cure::new(small).run(create(&object)));
    }
    let range = (pod.ordinal, pod.ordinal);
    let mut cause = Cause::new(CauseName::UnboundClaim, range, place, text).since(pod.since);
    cause.cures = cures;
    Some(cause)
}

/// A claim that only one pod at a time may use is in use.
fn alone(case: &Case<'_>, pod: &Value) -> Cure {
    let users = volumes::users(case, pod, text(pod, "/metadata/name"));
    let mut cure =
        Cure::new("end the other pod that uses the claim: with ReadWriteOncePod only one pod may");
    let users: Vec<String> = users.into_iter().map(|(user, _)| user).collect();
    for user in &users {
        cure = cure.run(case.kubectl("delete", "pod", user));
    }
    match pods::unmade(case, &users) {
        Some(lost) => cure.but(format!("what these pods do ends with them: {lost}")),
        None => cure,
    }
}

/// A volume of the pod that no node reaches which takes pods.
fn far_volume(case: &Case<'_>, pod: &Patient<'_>, said: &str) -> Option<Cause> {
    let set = case.set();
    let names = set
        .templates
        .iter()
        .map(|it| template::claim_name(set, it, pod.ordinal));
    let mut bound = names.filter_map(|name| {
        let claim = case.turn.objects.claims.get(case.namespace(), &name)?;
        let volume = claim.volume()?;
        let facts = case.turn.objects.volumes.get(&volume)?;
        Some((name, volume, facts.reach.as_deref()?))
    });
    bound.find_map(|(claim, volume, reach)| {
        let near = nodes::within(case, reach);
        let are_known = case.turn.snapshot.observed().nodes.is_some();
        if (near.iter().any(Near::is_open) || !are_known) && !is_about_volumes(said) {
            return None;
        }
        let range = (pod.ordinal, pod.ordinal);
        let mut text = format!(
            "{} cannot be scheduled: its claim {claim} is bound to volume {volume}, which only nodes with {} reach, and ",
            pod.name,
            asked(reach)
        );
        let cures;
        if !are_known {
            text.push_str("which nodes there are is not known");
            cures = Vec::from([Cure::new("ask for them, too").look("kubectl get nodes -o json")]);
        } else if near.is_empty() {
            text.push_str("there is no such node");
            let fresh = Cure::new("give the pod an empty volume: the claim is made again")
                .but(format!("what is on volume {volume} is lost to the set"))
                .run(case.kubectl("delete", "pvc", &claim));
            cures = Vec::from([Cure::new("bring such a node back: then the pod starts with its data"), fresh]);
        } else if near.iter().any(Near::is_open) {
            text.push_str(&format!("none of these has room for the pod: {}", nodes::told(&near)));
            cures = Vec::from([Cure::new("make room on one of these nodes, or add one there")]);
        } else {
            text.push_str(&format!("none of these takes pods: {}", nodes::told(&near)));
            let mut ways = nodes::opening(&near);
            ways.push(Cure::new("add a node there"));
            cures = ways;
        }
        let cause = Cause::new(CauseName::VolumeOutOfReach, range, ObjectName::new("Pod", &*pod.name), text);
        let mut cause = cause
            .seen_at(ObjectName::new("PersistentVolumeClaim", &*claim), "spec.volumeName", &*volume)
            .seen_at(ObjectName::new("PersistentVolume", &*volume), "spec.nodeAffinity", asked(reach));
        cause.cures = cures;
        Some(cause)
    })
}

/// Whether the scheduler complains that volumes are elsewhere.
fn is_about_volumes(said: &str) -> bool {
    said.contains("volume node affinity conflict")
        || said.contains("didn't match PersistentVolume's node affinity")
}

/// Whether the scheduler complains of the pod's own claims.
fn is_about_claims(said: &str) -> bool {
    said.contains("unbound immediate PersistentVolumeClaims")
        || said.contains("available persistent volumes to bind")
        || said.contains("bound to non-existent persistentvolume")
        || said.contains("persistentvolumeclaim \"")
        || said.contains("binding volumes: ")
}

/// What an affinity asks of a node's labels, such as `topology.kubernetes.io/zone in (a, b)`.
fn asked(reach: &NodeSelector) -> String {
    let terms = reach.node_selector_terms.iter().map(|term| {
        let all: Vec<String> = term
            .match_expressions
            .iter()
            .chain(&term.match_fields)
            .map(|it| match (&*it.operator, &it.values[..]) {
                ("In", [one]) => format!("{}={one}", it.key),
                ("Exists", _) => it.key.clone(),
                (operator, values) => format!("{} {operator} ({})", it.key, values.join(", ")),
            })
            .collect();
        all.join(" and ")
    });
    some(&terms.collect::<Vec<_>>())
}
