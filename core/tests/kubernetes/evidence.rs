//! What the evidence shows: causes that stand in events, in what containers say, in nodes and in finalizers, as rows of tables.

mod refusals;
mod rules;
mod scheduling;
mod starting;
mod volumes;

use serde_json::{Value, json};
use statefulset::kubernetes::{Cause, CauseName, Diagnosis, Evidence, Kind};

use crate::world::{NOW, World, key, pod, web};

const MINUTE: i64 = 60_000;
/// Half an hour before [`NOW`].
const LONG_AGO: &str = "2027-01-15T07:30:00Z";
/// Two minutes before it.
const JUST_NOW: &str = "2027-01-15T07:58:00Z";

/// A cluster, and what is shown of it.
struct Scene {
    world: World,
    revision: String,
    shown: Vec<String>,
    complete: Vec<&'static str>,
}

impl Scene {
    /// The set with these pods, all well.
    fn new(mut set: Value, pods: &[&str]) -> Self {
        set["metadata"]["creationTimestamp"] = LONG_AGO.into();
        set["status"] = json!({"observedGeneration": 1, "replicas": 3});
        let (world, revision) = World::with_set(&set);
        let mut scene = Self {
            world,
            revision,
            shown: Vec::new(),
            complete: Vec::new(),
        };
        scene.show(Kind::StatefulSet, &set);
        for name in pods {
            let mut pod = pod(name, &scene.revision);
            pod["metadata"]["creationTimestamp"] = LONG_AGO.into();
            pod["status"]["conditions"][0]["lastTransitionTime"] = LONG_AGO.into();
            pod["spec"]["subdomain"] = "nginx".into();
            scene.see(Kind::Pod, &pod);
        }
        scene
    }

    /// Three pods, one of which has this status for half an hour, and these fields in its spec.
    fn ailing(status: &Value, spec: &Value) -> Self {
        let mut scene = Self::new(web(), &["web-0", "web-1"]);
        let sick = scene.sick(status, spec);
        scene.see(Kind::Pod, &sick);
        scene
    }

    fn sick(&self, status: &Value, spec: &Value) -> Value {
        let mut sick = pod("web-2", &self.revision);
        sick["metadata"]["creationTimestamp"] = LONG_AGO.into();
        sick["status"] = json!({
            "phase": "Running",
            "conditions": [{"type": "Ready", "status": "False", "lastTransitionTime": LONG_AGO, "message": "not ready"}],
        });
        for (from, to) in [(status, "status"), (spec, "spec")] {
            for (field, value) in from.as_object().into_iter().flatten() {
                sick[to][field] = value.clone();
            }
        }
        sick["spec"]["subdomain"] = "nginx".into();
        if sick["spec"]["nodeName"].is_null() {
            sick["spec"]["nodeName"] = "n1".into();
        }
        sick
    }

    /// Shows an object, which the cluster has, too.
    fn see(&mut self, kind: Kind, object: &Value) {
        self.world.see(kind, object);
        self.show(kind, object);
    }

    fn show(&mut self, kind: Kind, object: &Value) {
        let mut object = object.clone();
        object["kind"] = kind.name().into();
        self.shown.push(object.to_string());
    }

    fn event(&mut self, event: &Value) {
        self.shown.push(event.to_string());
    }

    fn diagnosis(&self) -> Diagnosis {
        let mut evidence = Evidence::new();
        for json in &self.shown {
            evidence.add(json.as_bytes()).expect("good evidence");
        }
        for kind in &self.complete {
            evidence.complete(kind);
        }
        let found = self
            .world
            .cluster
            .diagnose(&key(), &evidence, NOW, 10 * MINUTE);
        found.expect("a good set")
    }

    /// The cause, which has this name, these words in its text, and these in its cures.
    #[track_caller]
    fn shows(&self, name: CauseName, words: &str, cure: &str) -> Cause {
        let found = self.diagnosis();
        let told = found.to_string();
        let cause = found.causes.iter().find(|it| it.name == name);
        let cause = cause.unwrap_or_else(|| panic!("{name:?} is not in\n{told}"));
        assert!(cause.text.contains(words), "{words:?} is not in\n{told}");
        let cures = cause.cures.iter();
        let all: Vec<String> = cures
            .flat_map(|it| [it.text.clone(), it.look.join("\n"), it.commands.join("\n")])
            .collect();
        let all = all.join("\n");
        assert!(all.contains(cure), "{cure:?} is not in\n{told}");
        cause.clone()
    }
}

/// An event of the old API and one of the new that say the same.
fn events(about: (&str, &str), reason: &str, message: &str, first: &str) -> [Value; 2] {
    let about = json!({"kind": about.0, "name": about.1, "namespace": "default"});
    [
        json!({
            "apiVersion": "v1", "kind": "Event", "metadata": {"name": "a"}, "involvedObject": about, "reason": reason,
            "message": message, "count": 7, "firstTimestamp": first, "lastTimestamp": "2027-01-15T07:59:00Z",
        }),
        json!({
            "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "b"}, "regarding": about,
            "reason": reason, "note": message, "eventTime": first,
            "series": {"count": 7, "lastObservedTime": "2027-01-15T07:59:00.000001Z"},
        }),
    ]
}
