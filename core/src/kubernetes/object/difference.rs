//! What two pod templates differ in, where a running pod can be changed from one to the other (rule Y-12).

use std::collections::BTreeMap;
use std::format;
use std::string::String;
use std::vec::Vec;

use serde_json::{Map, Value, json};

use super::revision::{self, REVISION_LABEL};
use super::template::IDENTITY_LABELS;
use crate::kubernetes::value::quantity::Quantity;
use crate::pod::Change;
use crate::version::Version;

/// A difference that a running pod can be changed by.
#[derive(Debug, Default)]
pub(crate) struct Difference<'a> {
    /// Labels and annotations that are added or changed, and those that go.
    labels: Texts,
    annotations: Texts,
    /// Containers with another image.
    images: Vec<(&'a str, &'a Value)>,
    /// Containers with other resources.
    resources: Vec<(&'a str, &'a Value)>,
}

type Texts = Map<String, Value>;

impl<'a> Difference<'a> {
    /// The error is the path of the first difference for which the pod has to be made again.
    pub(crate) fn between(
        old: &'a Value,
        new: &'a Value,
        version: Version,
    ) -> Result<Self, String> {
        let mut difference = Self {
            labels: texts(old, new, "labels"),
            annotations: texts(old, new, "annotations"),
            ..Self::default()
        };
        let is_own = |label: &str| label == REVISION_LABEL || IDENTITY_LABELS.contains(&label);
        difference.labels.retain(|label, _| !is_own(label));
        same("", old, new, &["metadata", "spec"])?;
        let texts = ["labels", "annotations"];
        same("metadata", &old["metadata"], &new["metadata"], &texts)?;
        same("spec", &old["spec"], &new["spec"], &["containers"])?;
        let containers = |template: &'a Value| template["spec"]["containers"].as_array();
        let pairs = containers(old).zip(containers(new));
        let (before, after) = pairs
            .filter(|(before, after)| before.len() == after.len())
            .ok_or("spec.containers")?;
        for (index, (before, after)) in before.iter().zip(after).enumerate() {
            let path = format!("spec.containers[{index}]");
            difference.add(&path, before, after, version)?;
        }
        if !difference.resources.is_empty() && is_guaranteed(old) != is_guaranteed(new) {
            return Err("spec.containers[*].resources".into());
        }
        Ok(difference)
    }

    /// A container, before and after.
    fn add(
        &mut self,
        path: &str,
        before: &'a Value,
        after: &'a Value,
        version: Version,
    ) -> Result<(), String> {
        same(path, before, after, &["image", "resources"])?;
        let name = after["name"].as_str().ok_or(path)?;
        if before["image"] != after["image"] {
            self.images.push((name, &after["image"]));
        }
        if before["resources"] != after["resources"] {
            if !is_resizable(before, after, version) {
                return Err(format!("{path}.resources"));
            }
            self.resources.push((name, &after["resources"]));
        }
        Ok(())
    }

    /// What becomes of the pod.
    pub(crate) fn kind(&self) -> Change {
        if self.images.is_empty() && self.resources.is_empty() {
            Change::Nothing
        } else {
            Change::InPlace
        }
    }

    /// The patch of the resources, where there are others.
    pub(crate) fn resize(&self) -> Option<Value> {
        let containers: Vec<Value> = self
            .resources
            .iter()
            .map(|(name, resources)| json!({"name": name, "resources": resources}))
            .collect();
        (!containers.is_empty()).then(|| json!({"spec": {"containers": containers}}))
    }

    /// The patch of everything else. `null` takes away a label or an annotation.
    pub(crate) fn patch(&self) -> Value {
        let mut patch = json!({"metadata": {"labels": self.labels}});
        if !self.annotations.is_empty() {
            patch["metadata"]["annotations"] = self.annotations.clone().into();
        }
        if !self.images.is_empty() {
            let containers = self
                .images
                .iter()
                .map(|(name, image)| json!({"name": name, "image": image}));
            patch["spec"]["containers"] = containers.collect();
        }
        patch
    }
}

/// How a pod gets from the revision with the old data to the one with the new data.
pub(crate) fn kind(old: &[u8], new: &[u8], version: Version) -> Change {
    let templates = revision::template(old).zip(revision::template(new));
    templates
        .and_then(|(old, new)| Some(Difference::between(&old, &new, version).ok()?.kind()))
        .unwrap_or_default()
}

/// Labels or annotations that differ.
fn texts(old: &Value, new: &Value, field: &str) -> Texts {
    let empty = Map::new();
    let all = |template: &'_ Value| template["metadata"][field].as_object().cloned();
    let (old, new) = (all(old), all(new));
    let (old, new) = (
        old.as_ref().unwrap_or(&empty),
        new.as_ref().unwrap_or(&empty),
    );
    let gone = old.keys().filter(|key| !new.contains_key(*key));
    let gone = gone.map(|key| (key.clone(), Value::Null));
    let others = new
        .iter()
        .filter(|(key, value)| old.get(*key) != Some(*value));
    let others = others.map(|(key, value)| (key.clone(), value.clone()));
    gone.chain(others).collect()
}

/// Whether two objects have the same fields but for some. The error is the path of the first one that differs.
fn same(path: &str, old: &Value, new: &Value, left_out: &[&str]) -> Result<(), String> {
    let (old, new) = (without(old, left_out), without(new, left_out));
    let mut names = old.keys().chain(new.keys());
    let dot = if path.is_empty() { "" } else { "." };
    match names.find(|name| old.get(*name) != new.get(*name)) {
        Some(name) => Err(format!("{path}{dot}{name}")),
        None => Ok(()),
    }
}

/// The fields of an object but for some.
fn without<'a>(object: &'a Value, left_out: &[&str]) -> BTreeMap<&'a str, &'a Value> {
    let fields = object.as_object().into_iter().flatten();
    let fields = fields.map(|(name, value)| (name.as_str(), value));
    fields
        .filter(|(name, value)| !left_out.contains(name) && !value.is_null())
        .collect()
}

/// Whether a running container can take these resources: other amounts of cpu and memory of what was named before.
fn is_resizable(before: &Value, after: &Value, version: Version) -> bool {
    let (old, new) = (&before["resources"], &after["resources"]);
    let lists = ["limits", "requests"];
    if version < Version::V1_33 || without(old, &lists) != without(new, &lists) {
        return false;
    }
    lists.into_iter().all(|list| {
        let (old, new) = (without(&old[list], &[]), without(&new[list], &[]));
        let mut changed = new
            .iter()
            .filter(|(name, amount)| old.get(*name) != Some(*amount));
        old.keys().eq(new.keys())
            && changed.all(|(name, amount)| {
                // Only later versions try to take memory away from what runs.
                let lowers = list == "limits" && *name == "memory" && is_less(amount, old[name]);
                let may_lower =
                    version >= Version::V1_34 || policy(after, name) == Some("RestartContainer");
                matches!(*name, "cpu" | "memory") && (may_lower || !lowers)
            })
    })
}

/// How a container takes another amount of a resource.
fn policy<'a>(container: &'a Value, resource: &str) -> Option<&'a str> {
    let mut policies = container["resizePolicy"].as_array()?.iter();
    let policy = policies.find(|it| it["resourceName"] == *resource)?;
    policy["restartPolicy"].as_str()
}

/// Amounts that cannot be read are taken for less.
fn is_less(amount: &Value, than: &Value) -> bool {
    let amounts = Quantity::of(amount).zip(Quantity::of(than));
    amounts.is_none_or(|(amount, than)| amount.worth() < than.worth())
}

/// Whether the pod's class of service is *Guaranteed*, which may not change: each container has limits of both, and requests
/// no less.
fn is_guaranteed(template: &Value) -> bool {
    let lists = ["initContainers", "containers"];
    let mut containers = lists
        .iter()
        .filter_map(|list| template["spec"][list].as_array())
        .flatten();
    containers.all(|container| {
        ["cpu", "memory"].iter().all(|name| {
            let amount = |list: &str| Quantity::of(&container["resources"][list][name]);
            let (limit, request) = (amount("limits"), amount("requests"));
            let is_same = |limit: &Quantity| {
                let request = request.as_ref().map(Quantity::worth);
                request.is_none_or(|it| it == limit.worth())
            };
            limit.as_ref().is_some_and(is_same)
        })
    })
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    const LABELS: Result<Change, &str> = Ok(Change::Nothing);
    const IN_PLACE: Result<Change, &str> = Ok(Change::InPlace);

    fn template() -> Value {
        json!({
            "metadata": {"labels": {"app": "web", "tier": "a"}},
            "spec": {
                "containers": [
                    {"name": "app", "image": "app:1", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}}},
                    {"name": "proxy", "image": "proxy:1"},
                ],
                "nodeSelector": {"disk": "fast"},
            },
        })
    }

    /// What becomes of a pod whose template has this put in place of that.
    fn kind(path: &str, value: Value, version: Version) -> Result<Change, String> {
        let (old, mut new) = (template(), template());
        let place = new
            .pointer_mut(path)
            .expect("the template has such a field");
        *place = value;
        Difference::between(&old, &new, version).map(|it| it.kind())
    }

    #[test]
    fn images_and_amounts_change_in_place_and_labels_disturb_nothing() {
        let cases = [
            ("/metadata/labels/tier", json!("b"), LABELS),
            ("/metadata/labels", json!({"app": "web"}), LABELS),
            ("/spec/containers/1/image", json!("proxy:2"), IN_PLACE),
            (
                "/spec/containers/0/resources/requests/cpu",
                json!("2"),
                IN_PLACE,
            ),
            (
                "/spec/containers/0/resources/limits/memory",
                json!("2Gi"),
                IN_PLACE,
            ),
            (
                "/spec/containers/0/resources/requests",
                json!({"cpu": "1"}),
                Err("spec.containers[0].resources"),
            ),
            (
                "/spec/containers/0/resources",
                json!(null),
                Err("spec.containers[0].resources"),
            ),
            (
                "/spec/containers/1/name",
                json!("other"),
                Err("spec.containers[1].name"),
            ),
            (
                "/spec/containers",
                json!([{"name": "app", "image": "app:1"}]),
                Err("spec.containers"),
            ),
            (
                "/spec/nodeSelector/disk",
                json!("slow"),
                Err("spec.nodeSelector"),
            ),
            (
                "/metadata",
                json!({"finalizers": ["a/b"]}),
                Err("metadata.finalizers"),
            ),
        ];
        for (path, value, expected) in cases {
            let kind = kind(path, value, Version::V1_37);
            assert_eq!(
                kind.as_ref().map(|it| *it).map_err(|it| &**it),
                expected,
                "{path}"
            );
        }
    }

    #[test]
    fn the_version_says_which_amounts_may_change() {
        let cpu = |version| {
            kind(
                "/spec/containers/0/resources/requests/cpu",
                json!("2"),
                version,
            )
        };
        let resources = || Err("spec.containers[0].resources".to_string());
        assert_eq!(cpu(Version::V1_32), resources());
        assert_eq!(cpu(Version::V1_33), Ok(Change::InPlace));
        let memory = |version| {
            let path = "/spec/containers/0/resources/limits/memory";
            kind(path, json!("1000Mi"), version)
        };
        assert_eq!(memory(Version::V1_33), resources());
        assert_eq!(memory(Version::V1_34), Ok(Change::InPlace));
    }

    /// An API server does not let a pod into or out of the class *Guaranteed*.
    #[test]
    fn the_class_of_service_stays() {
        let container = |cpu: &str| {
            let limits = json!({"cpu": "1", "memory": "1Gi"});
            let requests = json!({"cpu": cpu, "memory": "1Gi"});
            json!({"spec": {"containers": [{
                "name": "app",
                "resources": {"limits": limits, "requests": requests},
            }]}})
        };
        let between = |old, new| {
            let (old, new) = (container(old), container(new));
            Difference::between(&old, &new, Version::V1_37).map(|it| it.kind())
        };
        assert_eq!(between("500m", "600m"), Ok(Change::InPlace));
        let class = || Err("spec.containers[*].resources".to_string());
        assert_eq!(between("500m", "1000m"), class());
        assert_eq!(between("1", "500m"), class());
    }

    #[test]
    fn patches_name_what_differs_and_nothing_else() {
        let (old, mut new) = (template(), template());
        new["metadata"]["labels"] = json!({"app": "web", "shard": "1"});
        new["spec"]["containers"][1]["image"] = json!("proxy:2");
        new["spec"]["containers"][0]["resources"]["requests"]["cpu"] = json!("2");
        let difference = Difference::between(&old, &new, Version::V1_37);
        let difference = difference.expect("it can be changed");
        assert_eq!(
            difference.patch(),
            json!({
                "metadata": {"labels": {"shard": "1", "tier": null}},
                "spec": {"containers": [{"name": "proxy", "image": "proxy:2"}]},
            })
        );
        let resources = &new["spec"]["containers"][0]["resources"];
        assert_eq!(
            difference.resize(),
            Some(json!({"spec": {"containers": [{"name": "app", "resources": resources}]}}))
        );
    }
}
