//! What a cluster has been shown, by which its requests are judged.

use std::collections::BTreeSet;

use serde_json::Value;
use statefulset::kubernetes::{Kind, Method, Request};

/// All objects that were shown at some time. One that is gone may still be asked to go.
#[derive(Default)]
pub struct Shown {
    names: BTreeSet<(Kind, String)>,
    uids: BTreeSet<(Kind, String, String)>,
}

impl Shown {
    /// Notes an object, if it has a name.
    pub fn note(&mut self, kind: Kind, object: &Value) {
        let meta = &object["metadata"];
        if let Some(name) = meta["name"].as_str() {
            self.names.insert((kind, name.into()));
            let uid = meta["uid"].as_str().unwrap_or_default();
            self.uids.insert((kind, name.into(), uid.into()));
        }
    }

    /// # Panics
    ///
    /// If a request is about an object that was neither shown nor made before it, or creates an object twice.
    pub fn judge(&self, requests: &[Request]) {
        let mut created = BTreeSet::new();
        for request in requests {
            let body: Value = serde_json::from_slice(&request.body).expect("a body is JSON");
            let Some((kind, name)) = object_of(&request.path) else {
                panic!("{}: whose path is it?", request.path);
            };
            if request.method == Method::Post && name.is_empty() {
                let name = body["metadata"]["name"].as_str().expect("a name");
                let is_first = created.insert((kind, name.to_owned()));
                assert!(is_first, "{kind} {name} is created twice");
                continue;
            }
            let object = (kind, name.to_owned());
            assert!(
                self.names.contains(&object) || created.contains(&object),
                "{} {}: there is no such object",
                request.method.name(),
                request.path
            );
            let uid = body["preconditions"]["uid"]
                .as_str()
                .or(body["metadata"]["uid"].as_str());
            if let Some(uid) = uid {
                assert!(
                    self.uids.contains(&(kind, name.into(), uid.into())),
                    "{}: none was called so and had the uid {uid:?}",
                    request.path
                );
            }
        }
    }
}

/// The kind and the name in a path. The path of a collection has no name.
fn object_of(path: &str) -> Option<(Kind, &str)> {
    let mut steps = path.split('/');
    let kind = steps.find_map(|step| {
        let kinds = Kind::ALL.into_iter();
        // The sets of another resource.
        (step == "plannedsets")
            .then_some(Kind::StatefulSet)
            .or_else(|| kinds.into_iter().find(|kind| kind.resource() == step))
    })?;
    Some((kind, steps.next().unwrap_or_default()))
}
