//! Secrets and ConfigMaps that a pod needs and that are missing, or lack a key.

use std::format;
use std::string::String;
use std::vec::Vec;

use serde_json::Value;

use super::case::{Case, Patient};
use super::cause::{Cause, ObjectName};
use super::cure::Cure;
use super::evidence::field::{list, text};
use super::name::CauseName;
use super::pods;

/// What a kubelet's complaint is about: the kind, the name, and the key if only that is missing.
fn subject(pod: &Value, message: &str) -> Option<(&'static str, String, Option<String>)> {
    // couldn't find key password in Secret default/mysql
    if let Some((_, rest)) = message.split_once("couldn't find key ") {
        let (key, rest) = rest.split_once(" in ")?;
        let (kind, name) = rest.split_once(' ')?;
        let kind = if kind == "Secret" {
            "Secret"
        } else {
            "ConfigMap"
        };
        let name = name.split([' ', ',', ':']).next()?;
        let name = name.rsplit('/').next()?;
        return Some((kind, name.into(), Some(key.into())));
    }
    for (word, kind) in [("secret \"", "Secret"), ("configmap \"", "ConfigMap")] {
        if let Some((_, rest)) = message.split_once(word)
            && message.contains("not found")
        {
            return Some((kind, rest.split('"').next()?.into(), None));
        }
    }
    // MountVolume.SetUp failed for volume "app" : references non-existent config key: app.ini
    let (before, key) = message.split_once("references non-existent ")?;
    let (word, key) = key.split_once(" key: ")?;
    let (kind, field) = match word {
        "secret" => ("Secret", "/secret/secretName"),
        "config" => ("ConfigMap", "/configMap/name"),
        _ => return None,
    };
    let (_, volume) = before.split_once("volume \"")?;
    let (volume, _) = volume.split_once('"')?;
    let mut volumes = list(pod, "/spec/volumes");
    let name = text(volumes.find(|it| text(it, "/name") == volume)?, field);
    (!name.is_empty()).then(|| (kind, name.into(), Some(key.trim_end().into())))
}

/// The cause, for a container or a volume that says so.
pub(super) fn missing(
    case: &Case<'_>,
    pod: &Patient<'_>,
    object: &Value,
    who: &str,
    message: &str,
) -> Cause {
    let place = ObjectName::new("Pod", &*pod.name);
    let range = (pod.ordinal, pod.ordinal);
    let Some((kind, name, key)) = subject(object, message) else {
        let said = format!("{who} of {} cannot be configured: {message}", pod.name);
        let mut cause =
            Cause::new(CauseName::ContainerNotCreated, range, place, said).since(pod.since);
        let correction = if message.contains("runAsNonRoot") {
            "let the template name another user than root (runAsUser), or take an image that has one"
        } else if message.contains("subPath") {
            "let the subPath in the template name something that is, or can be made, in its volume"
        } else {
            pods::CORRECT
        };
        cause.cures = pods::other_template(case, pod, correction);
        return cause;
    };
    let (said, make) = if let Some(key) = &key {
        (
            format!(
                "{who} of {} needs the key {key} of the {kind} {name}, which does not have it",
                pod.name
            ),
            format!("give the {kind} {name} the key {key} with the value that the program needs"),
        )
    } else {
        let keys = keys_of(object, kind, &name);
        let keys = if keys.is_empty() {
            String::from(" with the content")
        } else {
            let noun = if keys.len() == 1 { "key" } else { "keys" };
            format!(" with the {noun} {} and the content", keys.join(", "))
        };
        (
            format!(
                "{who} of {} needs the {kind} {name}, which does not exist",
                pod.name
            ),
            format!("create the {kind} {name}{keys} that the program needs"),
        )
    };
    let cure = Cure::new(format!("{make}; the kubelet tries again by itself"));
    let mut cause = Cause::new(CauseName::ConfigurationMissing, range, place, said)
        .since(pod.since)
        .cure(cure);
    cause
        .cures
        .extend(pods::other_template(case, pod, pods::CORRECT));
    cause
}

/// The keys of a Secret or ConfigMap that the containers' variables come from.
fn keys_of(pod: &Value, kind: &str, name: &str) -> Vec<String> {
    let source = if kind == "Secret" {
        "secretKeyRef"
    } else {
        "configMapKeyRef"
    };
    let lists = ["/spec/initContainers", "/spec/containers"];
    let containers = lists.into_iter().flat_map(|it| list(pod, it));
    let mut keys: Vec<String> = containers
        .flat_map(|it| list(it, "/env"))
        .filter_map(|it| it.pointer(&format!("/valueFrom/{source}")))
        .filter(|it| text(it, "/name") == name)
        .map(|it| text(it, "/key").into())
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// A Secret or ConfigMap that is mounted and known not to exist.
pub(super) fn unmounted(case: &Case<'_>, pod: &Value) -> Option<String> {
    let mounted = list(pod, "/spec/volumes").filter_map(|it| {
        let secret = (
            "Secret",
            text(it, "/secret/secretName"),
            it.pointer("/secret/optional"),
        );
        let config = (
            "ConfigMap",
            text(it, "/configMap/name"),
            it.pointer("/configMap/optional"),
        );
        let (kind, name, optional) = [secret, config]
            .into_iter()
            .find(|(_, name, _)| !name.is_empty())?;
        (optional != Some(&Value::Bool(true))).then_some((kind, name))
    });
    let mut lost = mounted.filter(|(kind, name)| {
        case.evidence.knows_all(kind) && !case.evidence.has(kind, case.namespace(), name)
    });
    let (kind, name) = lost.next()?;
    Some(format!("{} \"{name}\" not found", kind.to_lowercase()))
}
