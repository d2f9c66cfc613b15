//! What is due and not done: it is refused each time, or nobody does it.

use std::collections::BTreeSet;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::case::{Case, noticed};
use super::cause::{Cause, ObjectName};
use super::cure::Cure;
use super::evidence::field::{number, time};
use super::evidence::notice::Notice;
use super::finding::{Fate, finding, pods};
use super::name::CauseName;
use super::quota;
use crate::action::{Action, Do};
use crate::desired::{NO_ORDINAL, Ordinal};
use crate::explain::Length;
use crate::kubernetes::object::fields::format_time;
use crate::kubernetes::object::template;
use crate::outcome::Outcome;
use crate::time::Millis;

/// What becomes of the actions of a plan, as far as can be told.
pub(super) struct Fates {
    /// Why some are refused, or not done.
    pub(super) causes: Vec<Cause>,
    /// What is refused, by its place in the plan.
    refused: BTreeSet<usize>,
    /// What is not reached because of that.
    unreached: BTreeSet<usize>,
}

impl Fates {
    /// What becomes of the action at this place of the plan.
    pub(super) fn of(&self, place: usize) -> Fate {
        if self.refused.contains(&place) {
            Fate::Refused
        } else if self.unreached.contains(&place) {
            Fate::Unreached
        } else {
            Fate::Open
        }
    }
}

/// Looks for the causes.
pub(super) fn of(case: &Case<'_>) -> Fates {
    let actions = case.plan.actions.iter().enumerate();
    let deeds: Vec<_> = actions
        .filter(|(_, action)| !action.what.is_wait())
        .collect();
    let mut fates = Fates {
        causes: Vec::new(),
        refused: BTreeSet::new(),
        unreached: BTreeSet::new(),
    };
    let namespace = case.evidence.object("Namespace", "", case.namespace());
    let leaving = namespace.and_then(|it| time(&it, "/metadata/deletionTimestamp"));
    let creates = deeds.iter().any(|(_, action)| is_creation(action));
    if let Some(since) = leaving.filter(|_| !creates) {
        fates.causes.push(with_its_namespace(case, since));
    }
    if deeds.is_empty() {
        return fates;
    }
    let notices = case.notices(
        case.set().resource.kind(),
        case.name(),
        Some(&case.set().object),
    );
    for (place, action) in &deeds {
        let refusal = match leaving {
            Some(since) if is_creation(action) => Some(leaving_namespace(case, action, since)),
            _ => refusal(case, action, &notices),
        };
        if let Some(mut cause) = refusal {
            fates.refused.insert(*place);
            // Pods that run are to be deleted one at a time.
            if fates
                .causes
                .iter()
                .any(|it| it.name == CauseName::ImmutableVolumes)
            {
                cause.cures.clear();
            }
            fates.causes.push(cause);
        }
    }
    fates.unreached = unreached(case, &fates.refused);
    if fates.refused.is_empty() {
        let since = case.last_change();
        if case.lasts(since) {
            let due: Vec<&Action> = deeds.iter().map(|(_, action)| *action).collect();
            fates.causes.push(not_acted_on(case, &due, since));
        }
    }
    fates
}

fn is_creation(action: &Action) -> bool {
    matches!(action.what, Do::CreatePod { .. } | Do::CreateClaim { .. })
}

/// A namespace that is going takes nothing new, and no event that would say so.
fn leaving_namespace(case: &Case<'_>, action: &Action, since: Millis) -> Cause {
    let namespace = case.namespace();
    let pod = template::pod_name(case.set(), action.ordinal);
    let text = format!(
        "the namespace {namespace} is being deleted, and nothing can be created in it: {pod} is not"
    );
    let place = ObjectName::new("Namespace", namespace);
    let range = (action.ordinal, action.ordinal);
    Cause::new(CauseName::NamespaceTerminating, range, place, text)
        .since(Some(since))
        .seen("metadata.deletionTimestamp", format_time(since))
        .cure(Cure::new(ELSEWHERE).look(format!("kubectl describe namespace {namespace}")))
}

/// All that is in a namespace goes with it, the set and its pods, too.
fn with_its_namespace(case: &Case<'_>, since: Millis) -> Cause {
    let namespace = case.namespace();
    let text = format!(
        "the namespace {namespace} is being deleted, and all that is in it: nothing of the set is made again"
    );
    let place = ObjectName::new("Namespace", namespace);
    Cause::of_set(CauseName::NamespaceTerminating, place, text)
        .since(Some(since))
        .seen("metadata.deletionTimestamp", format_time(since))
        .cure(Cure::new(ELSEWHERE).look(format!("kubectl describe namespace {namespace}")))
}

/// The way out of a namespace that is being deleted.
const ELSEWHERE: &str =
    "create the set in another namespace, or wait until this one is gone and create both again";

/// What is not tried once these have failed (rule E-3).
fn unreached(case: &Case<'_>, refused: &BTreeSet<usize>) -> BTreeSet<usize> {
    if refused.is_empty() {
        return BTreeSet::new();
    }
    let mut execution = case.plan.execution();
    let mut started = BTreeSet::new();
    while let Some(index) = execution.start() {
        started.insert(index);
        let outcome = if refused.contains(&index) {
            Outcome::Failed
        } else {
            Outcome::Done
        };
        execution.end(index, outcome);
    }
    debug_assert!(execution.is_over(), "everything has ended");
    let actions = case.plan.actions.iter().enumerate();
    actions
        .filter(|(index, action)| !action.what.is_wait() && !started.contains(index))
        .map(|(index, _)| index)
        .collect()
}

/// Why an action is refused each time, if that shows.
fn refusal(case: &Case<'_>, action: &Action, notices: &[Notice]) -> Option<Cause> {
    if action.ordinal == NO_ORDINAL {
        return None;
    }
    let pod = template::pod_name(case.set(), action.ordinal);
    let (bad, good) = match action.what {
        Do::CreatePod { .. } | Do::CreateClaim { .. } => ("FailedCreate", "SuccessfulCreate"),
        Do::UpdatePod { .. } => ("FailedUpdate", "SuccessfulUpdate"),
        what if what.is_delete() => ("FailedDelete", "SuccessfulDelete"),
        _ => return None,
    };
    let about = |it: &&Notice| it.message.split([' ', ',']).any(|word| word == pod);
    let last_of = |reason: &str| notices.iter().filter(|it| it.reason == reason).rfind(about);
    let notice = last_of(bad).filter(|bad| {
        // What has gone well since then has been mended.
        last_of(good).is_none_or(|good| good.last < bad.last)
    });
    let cause = match (action.what, notice) {
        (Do::UpdatePod { pod: index }, _) if has_other_volumes(case, index) => {
            Some(immutable(case, action.ordinal, &pod))
        }
        (what, Some(notice)) => {
            let place = match what {
                Do::DeleteClaim { claim } => case.turn.snapshot.claim(claim),
                _ => None,
            };
            let place = place.map_or_else(
                || ObjectName::new("Pod", &*pod),
                |(claim, _)| ObjectName::new("PersistentVolumeClaim", &*claim),
            );
            Some(said_by(case, action.ordinal, place, notice))
        }
        _ => None,
    }?;
    Some(match notice {
        Some(notice) => noticed(cause, case.set_place(), notice),
        None => cause,
    })
}

/// The API server allows no change of a pod's volumes, so putting them right in place never succeeds.
fn has_other_volumes(case: &Case<'_>, pod: u32) -> bool {
    let pod = case.turn.snapshot.roster.pods().get(pod as usize);
    pod.is_some_and(|pod| !pod.storage)
}

fn immutable(case: &Case<'_>, ordinal: Ordinal, pod: &str) -> Cause {
    let text = format!(
        "the volumes of {pod} are not those of the claim templates, and the volumes of a pod cannot be changed: the API server \
         refuses that each time, and nothing else is done for the set before"
    );
    let cure = Cure::new("delete the pod by hand: it comes back with its volumes; do the same for the others, one after the other, once it is ready")
        .run(case.kubectl("delete", "pod", pod));
    let cause = Cause::new(
        CauseName::ImmutableVolumes,
        (ordinal, ordinal),
        ObjectName::new("Pod", pod),
        text,
    );
    cause
        .seen("spec.volumes", "not those of the claim templates")
        .cure(cure)
}

/// What the API server has said when it was tried.
fn said_by(case: &Case<'_>, ordinal: Ordinal, place: ObjectName, notice: &Notice) -> Cause {
    let message = error_of(&notice.message);
    let (name, why, cures) = classified(case, message, &notice.reason);
    let count = if notice.count == 1 {
        String::new()
    } else {
        format!(", {} times", notice.count)
    };
    let verb = match &*notice.reason {
        "FailedUpdate" => "the update of",
        "FailedDelete" => "the deletion of",
        _ => "the creation of",
    };
    let text = format!("{verb} {} is refused{count}: {why}", place.name);
    let mut cause = Cause::new(name, (ordinal, ordinal), place, text);
    // A refusal that is long ago and was never repeated shows that nobody tries any more.
    cause = cause.since(notice.first);
    cause.cures = cures;
    cause
}

/// The error in the message of an event.
pub(super) fn error_of(message: &str) -> &str {
    message
        .split_once(" failed error: ")
        .map_or(message, |(_, error)| error)
}

/// The name in quotation marks after a phrase.
fn quoted_after<'a>(message: &'a str, phrase: &str) -> Option<&'a str> {
    let (_, rest) = message.split_once(phrase)?;
    let rest = rest.strip_prefix('"')?;
    Some(rest.split_once('"')?.0)
}

/// What an API server's refusal means.
fn classified(case: &Case<'_>, message: &str, reason: &str) -> (CauseName, String, Vec<Cure>) {
    let namespace = case.namespace();
    let by_itself = "the next try succeeds by itself, within 17 minutes";
    if let Some(found) = quota::of(case, message) {
        return found;
    }
    if let Some(account) = quoted_after(message, "serviceaccount ")
        && message.contains("not found")
    {
        let cure = Cure::new(format!("create the service account; {by_itself}")).run(format!(
            "kubectl create serviceaccount {account} -n {namespace}"
        ));
        let why = format!("the service account {account} does not exist");
        return (CauseName::ServiceAccountMissing, why, Vec::from([cure]));
    }
    let webhook = quoted_after(message, "failed calling webhook ")
        .or_else(|| quoted_after(message, "admission webhook "));
    if let Some(webhook) = webhook {
        let see = "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations";
        let silent = message.contains("failed calling webhook");
        let (why, mend) = if silent {
            (
                format!("the admission webhook {webhook} cannot be called: {message}"),
                Cure::new(format!("bring the server of the webhook back; {by_itself}")),
            )
        } else {
            (
                message.to_string(),
                Cure::new(if reason == "FailedDelete" {
                    format!(
                        "see what the webhook {webhook} asks for before it allows the deletion; {by_itself}"
                    )
                } else {
                    format!("change what the webhook {webhook} objects to in the pod template")
                }),
            )
        };
        let remove = Cure::new(format!("find the configuration that has the webhook {webhook}, and exempt this namespace or delete it"))
            .but("what it was to keep out, or to add, is no longer kept out or added")
            .look(see);
        return (CauseName::WebhookRefuses, why, Vec::from([mend, remove]));
    }
    if message.contains("violates PodSecurity") {
        let label = format!(
            "kubectl label namespace {namespace} pod-security.kubernetes.io/enforce=privileged --overwrite"
        );
        let change = Cure::new("change the pod template so that it keeps to the standard");
        let relax = Cure::new(format!("let the namespace allow such pods; {by_itself}"))
            .but("any pod of this namespace may then do what the standard forbids")
            .run(label);
        return (
            CauseName::PodSecurity,
            message.to_string(),
            Vec::from([change, relax]),
        );
    }
    if message.contains("because it is being terminated") {
        let why =
            format!("the namespace {namespace} is being deleted, and nothing can be created in it");
        let cures = Vec::from([Cure::new(ELSEWHERE)]);
        return (CauseName::NamespaceTerminating, why, cures);
    }
    if message.contains("User \"") && message.contains("cannot ") {
        let cure = Cure::new(format!(
            "give the controller's user the permission that it lacks; {by_itself}"
        ));
        return (
            CauseName::NotPermitted,
            message.to_string(),
            Vec::from([cure]),
        );
    }
    if message.contains(" is invalid: ") {
        let cure = Cure::new(correction(case, message));
        return (
            CauseName::InvalidObject,
            message.to_string(),
            Vec::from([cure]),
        );
    }
    let cure = Cure::new(format!(
        "mend what the API server complains about; {by_itself}"
    ));
    (CauseName::Refused, message.to_string(), Vec::from([cure]))
}

/// What makes an object valid, by where it comes from.
fn correction(case: &Case<'_>, message: &str) -> &'static str {
    if message.contains("PersistentVolumeClaim \"") {
        "correct the claim template; it cannot be changed in place, so delete the set with --cascade=orphan, and create it again"
    } else if case.name().len() > MAX_NAME && message.contains("metadata.labels: ") {
        "create the set again under a shorter name: a label of its pods holds the name and the hash of a revision, and may have \
         63 characters, so that 52 are left for the name"
    } else {
        "correct the pod template"
    }
}

/// What a label value may have, without a dash and the longest hash.
const MAX_NAME: usize = 52;

/// Nothing in the set's rules holds the action back, and it is not done.
fn not_acted_on(case: &Case<'_>, due: &[&Action], since: Option<Millis>) -> Cause {
    let ordinals = || {
        due.iter()
            .map(|it| it.ordinal)
            .filter(|it| *it != NO_ORDINAL)
    };
    let range = (
        ordinals().min().unwrap_or(NO_ORDINAL),
        ordinals().max().unwrap_or(NO_ORDINAL),
    );
    let ago = Length(case.ago(since).unwrap_or_default());
    let set = &case.set().object;
    let generation = number(set, "/metadata/generation").unwrap_or_default();
    let observed = number(set, "/status/observedGeneration").unwrap_or_default();
    // Claims are made for pods: what is due for the pod says more.
    let is_of_pod = |it: &&&Action| !matches!(it.what, Do::CreateClaim { .. });
    let first = due.iter().find(is_of_pod).unwrap_or(&due[0]);
    let told = finding(case.turn, case.plan, first, case.now).text;
    let what = told.split(':').next().unwrap_or_default();
    let who = pods(case.name(), range.0, range.1);
    let mut said = format!(
        "{who}: to {what} is due, nothing in the set's own rules speaks against it, and nothing has happened for {ago}: either \
         it is refused each time, or nobody carries it out"
    );
    let place = case.set_place();
    let mut cause = Cause::new(CauseName::NotActedOn, range, place, "").since(since);
    if observed < generation {
        said.push_str(&format!(
            "; the controller has not seen the set as it is now (generation {generation}, it has seen {observed}), so it is \
             switched off, does not run, or has lost its lease"
        ));
        // kubectl leaves out who changed the set when, unless it is asked for that.
        if set.pointer("/metadata/managedFields").is_none() {
            said.push_str(
                ", unless the set was changed a moment ago, which the input would not say",
            );
        }
        cause = cause.seen("status.observedGeneration", observed.to_string());
    }
    if !case.evidence.has_events() {
        said.push_str("; the input has no events, and a refusal would stand there");
        cause =
            cause.cure(Cure::new("look at the set's events").look(case.ask_events(case.name())));
    }
    cause.text = said;
    let lease = "kubectl get lease kube-controller-manager -n kube-system -o yaml";
    cause.cure(if case.set().resource.is_stateful_sets() {
        Cure::new("see whether the controller runs: its lease is renewed every few seconds")
            .look(lease)
    } else {
        Cure::new("see whether the controller runs")
    })
}
