//! A cluster under test, and objects to tell it of.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{
    Cluster, Key, Kind, Method, Outcome, Request, Requests, Tail, default_stateful_set,
};

/// What most tests say the time is.
pub(crate) const NOW: i64 = 1_800_000_000_000;

/// The set `default/web`: three replicas of one container.
pub(crate) fn web() -> Value {
    let mut set = json!({
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": "web", "namespace": "default", "uid": "set-1", "resourceVersion": "10", "generation": 1},
        "spec": {
            "replicas": 3,
            "serviceName": "nginx",
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{"name": "nginx", "image": "nginx:1.12"}]},
            },
        },
    });
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    set
}

/// The same with a claim template `www`.
pub(crate) fn web_with_claims() -> Value {
    let mut set = web();
    set["spec"]["volumeClaimTemplates"] = json!([{
        "metadata": {"name": "www"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    }]);
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    set
}

/// A running, ready pod that the set owns, at a revision.
pub(crate) fn pod(name: &str, revision: &str) -> Value {
    let ordinal = name.rsplit('-').next().expect("a dash");
    json!({
        "metadata": {
            "name": name,
            "namespace": "default",
            "uid": format!("uid-of-{name}"),
            "resourceVersion": "20",
            "labels": {
                "app": "web",
                "apps.kubernetes.io/pod-index": ordinal,
                "controller-revision-hash": revision,
                "statefulset.kubernetes.io/pod-name": name,
            },
            "ownerReferences": [owner("StatefulSet", "web", "set-1")],
        },
        "spec": {"containers": [{"name": "nginx", "image": "nginx:1.12"}]},
        "status": {
            "phase": "Running",
            "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-11-21T07:37:00Z"}],
        },
    })
}

pub(crate) fn owner(kind: &str, name: &str, uid: &str) -> Value {
    let version = if kind == "Pod" { "v1" } else { "apps/v1" };
    json!({"apiVersion": version, "kind": kind, "name": name, "uid": uid, "controller": true, "blockOwnerDeletion": true})
}

/// A claim of the template `www` without owners.
pub(crate) fn claim(ordinal: u32) -> Value {
    json!({
        "metadata": {
            "name": format!("www-web-{ordinal}"),
            "namespace": "default",
            "uid": format!("claim-{ordinal}"),
            "resourceVersion": "30",
        },
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}, "storageClassName": "standard"},
        "status": {"phase": "Pending"},
    })
}

/// A cluster in which these objects, and nothing else, have been listed.
pub(crate) struct World {
    pub(crate) cluster: Cluster,
    version: u64,
}

impl World {
    pub(crate) fn new(profile: Profile) -> Self {
        Self::of(Cluster::new(profile))
    }

    pub(crate) fn of(mut cluster: Cluster) -> Self {
        for kind in [
            Kind::StatefulSet,
            Kind::Pod,
            Kind::PersistentVolumeClaim,
            Kind::ControllerRevision,
        ] {
            cluster.begin_list(kind);
            cluster.end_list(kind, "1");
        }
        Self {
            cluster,
            version: 100,
        }
    }

    /// A world with a set whose revision is there already. Gives the revision's name.
    pub(crate) fn with_set(set: &Value) -> (Self, String) {
        Self::with_profile(Profile::UPSTREAM, set)
    }

    pub(crate) fn with_profile(profile: Profile, set: &Value) -> (Self, String) {
        let mut world = Self::new(profile);
        let name = world.introduce(set);
        (world, name)
    }

    /// Takes in a new set and the revision that it makes. Gives the revision's name.
    pub(crate) fn introduce(&mut self, set: &Value) -> String {
        let (name, revision) = self.revision_of(set);
        self.see(Kind::ControllerRevision, &revision);
        name
    }

    /// Takes in a new set. Gives the name of the revision that it makes, and the revision, which is not there yet.
    pub(crate) fn revision_of(&mut self, set: &Value) -> (String, Value) {
        self.see(Kind::StatefulSet, set);
        let requests = self.plan();
        let revision = requests
            .requests
            .iter()
            .find(|request| request.path.ends_with("/controllerrevisions"))
            .map(body)
            .expect("a new set has no revision yet");
        let name = revision["metadata"]["name"].as_str().expect("a name");
        (name.to_string(), revision)
    }

    /// Gives an object the next version.
    pub(crate) fn renew(&mut self, object: &mut Value) {
        self.version += 1;
        object["metadata"]["resourceVersion"] = self.version.to_string().into();
    }

    /// Takes in an object; one without a version gets a new one, and one without a uid its name.
    pub(crate) fn see(&mut self, kind: Kind, object: &Value) {
        let mut object = object.clone();
        let name = object["metadata"]["name"].clone();
        let meta = &mut object["metadata"];
        if meta["resourceVersion"].is_null() {
            self.version += 1;
            meta["resourceVersion"] = self.version.to_string().into();
        }
        if meta["uid"].is_null() {
            meta["uid"] = name;
        }
        self.cluster
            .apply(kind, object.to_string().as_bytes())
            .expect("a good object");
    }

    pub(crate) fn plan(&self) -> Requests {
        self.cluster.plan(&key(), NOW).expect("a good set")
    }

    /// The requests of the plan, as `METHOD path`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.plan().requests.iter().map(line).collect()
    }

    /// Finishes a plan, all of whose requests had one outcome.
    pub(crate) fn finish(&mut self, requests: &Requests, outcome: &Outcome) -> Tail {
        let outcomes = vec![outcome.clone(); requests.requests.len()];
        self.cluster.finish(&key(), requests.id, &outcomes, NOW)
    }

    pub(crate) fn is_due(&self) -> bool {
        self.cluster.due(NOW).sets == [key()]
    }
}

pub(crate) fn done() -> Outcome {
    Outcome::Done {
        resource_version: String::new(),
    }
}

pub(crate) fn key() -> Key {
    Key::new("default", "web")
}

pub(crate) fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).expect("JSON")
}

/// A request as `METHOD path`, without the part of the path that all share.
pub(crate) fn line(request: &Request) -> String {
    let path = request.path.replace("/namespaces/default", "");
    let path = path.strip_prefix("/api/v1/").unwrap_or(&path);
    format!("{} {path}", request.method.name())
}

/// The body of the only request with this method.
pub(crate) fn only(requests: &Requests, method: Method) -> Value {
    let mut matching = requests.requests.iter().filter(|it| it.method == method);
    match (matching.next(), matching.next()) {
        (Some(one), None) => body(one),
        _ => panic!("not one {method:?} in {:#?}", requests.requests),
    }
}
