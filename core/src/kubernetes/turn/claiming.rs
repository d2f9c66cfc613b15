//! Requests that take possession of pods, and let go of them.

use std::vec::Vec;

use serde_json::{Value, json};

use super::request::{Origin, Purpose, Request, STRATEGIC_PATCH};
use crate::kubernetes::object::facts::PodFacts;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::claiming::Standing;
use crate::kubernetes::view::objects::Objects;
use crate::kubernetes::view::roster::Roster;

/// Adoptions and releases, in the order that the real controller has.
pub(crate) fn requests(set: &StatefulSet, roster: &Roster, objects: &Objects) -> Vec<Request> {
    let pods = roster.to_claim(set, objects);
    let requests = pods
        .iter()
        .filter_map(|(name, pod, standing)| match standing {
            Standing::Released => Some(release(set, name, pod)),
            Standing::Adopted => Some(adopt(set, name, pod)),
            Standing::Claimed | Standing::Foreign => None,
        });
    requests.collect()
}

/// Changes nothing, and fails if the set is no longer what was seen. What a set adopts that is being deleted in the
/// meantime would be deleted with it.
pub(crate) fn make_sure(set: &StatefulSet) -> Request {
    let origin = Origin::new(Kind::StatefulSet, Purpose::Adoption);
    Request::unchanged(set.path(), &set.version, origin)
}

/// Takes possession of a pod.
fn adopt(set: &StatefulSet, name: &str, pod: &PodFacts) -> Request {
    let patch = json!({"metadata": {
        "ownerReferences": [set.controller_reference()],
        "uid": pod.version.uid,
    }});
    request(set, name, &patch, Purpose::Adoption)
}

/// Lets go of a pod.
fn release(set: &StatefulSet, name: &str, pod: &PodFacts) -> Request {
    let patch = json!({"metadata": {
        "ownerReferences": [{"$patch": "delete", "uid": set.version.uid}],
        "uid": pod.version.uid,
    }});
    request(set, name, &patch, Purpose::Release)
}

fn request(set: &StatefulSet, name: &str, patch: &Value, purpose: Purpose) -> Request {
    let path = Kind::Pod.path(&set.key.namespace, name);
    Request::patch(
        path,
        STRATEGIC_PATCH,
        patch,
        Origin::new(Kind::Pod, purpose),
    )
}
