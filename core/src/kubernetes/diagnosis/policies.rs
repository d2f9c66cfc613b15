//! What a set's own policies keep it from, and what they make of it.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::{Map, Value};

use super::case::Case;
use super::cause::{Cause, ObjectName};
use super::cure::{Cure, quoted};
use super::finding::{pods, ranges};
use super::name::CauseName;
use crate::desired::{NO_ORDINAL, Ordinal};
use crate::kubernetes::object::template;
use crate::kubernetes::value::policies::POLICIES_ANNOTATION;
use crate::kubernetes::value::policies::rank::{RANK_LABEL, RankBy};
use crate::policies::{Paused, Ranked};
use crate::profile::PolicySource;
use crate::wait::Gate;

/// How many excluded ordinals are named one by one.
const NAMED: usize = 8;

/// The causes and remarks that the policies give.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let mut found = Vec::new();
    found.extend(paused(case));
    found.extend(group(case));
    found.extend(excluded(case));
    found.extend(ranks(case));
    found
}

/// The ordinals that wait at a gate, from the first to the last, and the names of their pods.
pub(super) fn waiting(case: &Case<'_>, gate: Gate) -> Option<((Ordinal, Ordinal), String)> {
    let slots = case.set().slots()?;
    let waits = case.plan.waits();
    let at = waits.filter(|(_, wait)| wait.gates.iter().any(|it| it == gate));
    let mut found: Vec<(Ordinal, Ordinal)> = Vec::new();
    for (action, wait) in at {
        let (first, last) = (action.ordinal, wait.through);
        // A range may reach over ordinals that are left out.
        let within = slots.within(first..last.saturating_add(1));
        let within: Vec<_> = within.map(|it| (it.start, it.end - 1)).collect();
        if within.is_empty() {
            found.push((first, last));
        }
        found.extend(within);
    }
    let first = found.iter().map(|it| it.0).min()?;
    let last = found.iter().map(|it| it.1).max()?;
    Some(((first, last), ranges(case.name(), found)))
}

/// Where the set says its policies, as a field.
pub(super) fn place(case: &Case<'_>) -> String {
    if case.set().resource.is_stateful_sets() {
        format!("metadata.annotations[{POLICIES_ANNOTATION}]")
    } else {
        "spec.policies".to_string()
    }
}

/// The dialects of others have fields of their own.
fn is_ours(case: &Case<'_>) -> bool {
    !matches!(
        case.turn.snapshot.desired().profile.policies,
        PolicySource::Kruise | PolicySource::PingCap
    )
}

/// A cure that takes a policy back, with the command where the set says its policies in the words of this library.
pub(super) fn without(case: &Case<'_>, policy: &str, cure: Cure) -> Cure {
    changed(case, policy, &Value::Null, cure)
}

/// The same with a word in the place of the one that is there.
pub(super) fn with(case: &Case<'_>, policy: &str, word: &str, cure: Cure) -> Cure {
    changed(case, policy, &word.into(), cure)
}

fn changed(case: &Case<'_>, policy: &str, value: &Value, cure: Cure) -> Cure {
    if !is_ours(case) {
        return cure;
    }
    let set = case.set_words();
    if !case.set().resource.is_stateful_sets() {
        let spec = format!(r#"{{"spec":{{"policies":{{"{policy}":{value}}}}}}}"#);
        return cure.run(format!(
            "kubectl patch {set} --type=merge -p {}",
            quoted(&spec)
        ));
    }
    let annotations = &case.set().object["metadata"]["annotations"];
    let asked = annotations[POLICIES_ANNOTATION].as_str().unwrap_or("");
    let Ok(mut asked) = serde_json::from_str::<Map<String, Value>>(asked) else {
        return cure;
    };
    asked.remove(policy);
    if !value.is_null() {
        asked.insert(policy.into(), value.clone());
    }
    let rest = quoted(&Value::Object(asked).to_string());
    cure.run(format!(
        "kubectl annotate {set} --overwrite {POLICIES_ANNOTATION}={rest}"
    ))
}

fn paused(case: &Case<'_>) -> Option<Cause> {
    let (range, who) = waiting(case, Gate::Paused)?;
    let paused = case.turn.snapshot.desired().policies.paused;
    let kinds = [
        (Paused::CREATION, "creation"),
        (Paused::SCALE_IN, "scale-in"),
        (Paused::ROLLOUT, "the rollout"),
        (Paused::REPAIR, "repair"),
        (Paused::REPLACEMENT, "replacement"),
    ];
    let words: Vec<&str> = kinds
        .iter()
        .filter(|(kind, _)| paused.contains(*kind))
        .map(|(_, word)| *word)
        .collect();
    let text = if paused == Paused::ALL {
        "the set is paused, and nothing is done for it".to_string()
    } else {
        let is = if words.len() == 1 { "is" } else { "are" };
        format!(
            "{who}: {} {is} paused, so nothing of that kind is done",
            words.join(" and ")
        )
    };
    let cure = without(case, "paused", Cure::new("end the pause when it suits you"));
    let cause = Cause::new(CauseName::Paused, range, case.set_place(), text);
    Some(cause.seen(place(case), words.join(", ")).cure(cure))
}

/// Pods of other sets of the group are unavailable, or its turn has not come. It passes, so it is no more than a remark: what keeps
/// the group from going on is told of the set that does.
fn group(case: &Case<'_>) -> Option<Cause> {
    let (range, who) = waiting(case, Gate::Group)?;
    let group = case.set().policies.group.as_deref()?;
    let share = case.turn.share.as_ref()?;
    let why = match &share.others[..] {
        [] => "another of its sets comes first".to_string(),
        [one] => format!("it is the turn of {one}"),
        several => format!(
            "pods of {} are unavailable, and while that is so of more than one set none may be disturbed",
            several.join(" and ")
        ),
    };
    let text = format!("{who} can go once it is this set's turn in the group {group}: {why}");
    let cause = Cause::new(CauseName::GroupDisturbed, range, case.set_place(), text);
    let cause = cause.seen(place(case), group);
    Some(match share.others.first() {
        Some(other) => cause.cure(Cure::new(format!(
            "see what keeps {other} from going on: `sts explain --set {other}`"
        ))),
        None => cause,
    })
}

/// The ordinals that are left out, and those that stand in.
fn excluded(case: &Case<'_>) -> Option<Cause> {
    let set = case.set();
    let policies = set.policies.view();
    let slots = set.slots()?;
    let (start, end) = (set.start, slots.end);
    let inside: Vec<(Ordinal, Ordinal)> = policies
        .excluded
        .iter()
        .map(|it| (it.first.max(start), it.last))
        .filter(|(first, last)| first <= last && *first < end)
        .collect();
    let out: u32 = inside.iter().map(|(first, last)| last - first + 1).sum();
    let (first, last) = (inside.first()?.0, inside.last()?.1);
    let names: Vec<String> = inside
        .iter()
        .take(NAMED)
        .map(|(first, last)| pods(case.name(), *first, *last))
        .collect();
    let more = if inside.len() > NAMED { ", …" } else { "" };
    let are = if out == 1 { "is" } else { "are" };
    let stand_ins = match slots.end.checked_sub(out.min(set.replicas)) {
        Some(from) if set.replicas > 0 && out < set.replicas && slots.contains(from) => format!(
            ", and {} in",
            match slots.end - from {
                1 => format!("{} stands", pods(case.name(), from, from)),
                _ => format!("{} stand", pods(case.name(), from, slots.end - 1)),
            }
        ),
        _ => String::new(),
    };
    let text = format!("{}{more} {are} excluded{stand_ins}", names.join(", "));
    let cause = Cause::new(CauseName::Excluded, (first, last), case.set_place(), text);
    let cure = Cure::new("let all members take part again when it suits you");
    let cure = without(case, "excluded", cure).but(
        "the set keeps the number of its pods, so those with the highest ordinals go; of what is excluded now and lies beyond, \
         whenScaled decides whether the claims stay",
    );
    Some(cause.seen(place(case), out.to_string()).cure(cure))
}

/// Labels that are no ranks.
fn ranks(case: &Case<'_>) -> Vec<Cause> {
    let set = case.set();
    if set.policies.view().ranked == Ranked::Off || set.policies.rank_by != RankBy::Label {
        return Vec::new();
    }
    let pods = case.turn.snapshot.roster.pods().iter();
    pods.filter(|pod| pod.ordinal != NO_ORDINAL)
        .filter_map(|pod| {
            let name = template::pod_name(set, pod.ordinal);
            let facts = case.turn.objects.pods.get(case.namespace(), &name)?;
            let label = facts.as_deref()?.mold.labels.of(&name).get(RANK_LABEL)?;
            if label.parse::<u32>().is_ok() {
                return None;
            }
            let text = format!(
                "{name} says its rank with the label {RANK_LABEL}, and {label:?} is no number from 0 to {}, so it is replaced last",
                u32::MAX
            );
            let command = format!(
                "kubectl label pod {name} -n {} {RANK_LABEL}=0 --overwrite",
                case.namespace()
            );
            let cure = Cure::new("write a number: pods with the lowest one are replaced first");
            let range = (pod.ordinal, pod.ordinal);
            let place = ObjectName::new("Pod", &*name);
            let cause = Cause::new(CauseName::RankUnreadable, range, place, text);
            let field = format!("metadata.labels[{RANK_LABEL}]");
            Some(cause.seen(field, &*label).cure(cure.run(command)))
        })
        .collect()
}
