//! The endpoint controller: which pods are behind which service.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::rc::Rc;

use serde_json::{Value, json};
use statefulset::Millis;

use crate::components::component::Component;
use crate::store::{DeleteOptions, Happened, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object, matches_labels};

pub(crate) mod dns;
mod endpoint;

/// So many pods in one slice, as in Kubernetes: a change rewrites only one of them.
const SLICE: usize = 100;

/// Label of a slice: its service.
pub(crate) const SERVICE_NAME: &str = "/metadata/labels/kubernetes.io~1service-name";

/// Namespace and name.
type Name = (String, String);

/// The endpoint controller.
#[derive(Debug, Default)]
pub(crate) struct Endpoints {
    cursor: u64,
    services: BTreeMap<Name, Members>,
}

/// What is behind one service.
#[derive(Debug, Default)]
struct Members {
    service: Rc<Object>,
    slices: Vec<Slice>,
    /// The slice that each pod is in.
    places: BTreeMap<String, usize>,
}

#[derive(Debug, Default)]
struct Slice {
    /// Name of its object; empty until that is made.
    name: String,
    endpoints: BTreeMap<String, Value>,
    /// The pods whose endpoints its object does not have yet, or has not as they are.
    changed: BTreeSet<String>,
    /// Whether all of its object may have changed.
    stale: bool,
}

impl Members {
    /// Puts the pod in, brings it up to date, or takes it out.
    fn update(&mut self, name: &str, pod: Option<&Object>) {
        let endpoint = pod
            .filter(|pod| matches_labels(self.service.pointer("/spec/selector"), pod))
            .and_then(|pod| endpoint::of(&self.service, pod));
        let Some(endpoint) = endpoint else {
            if let Some(place) = self.places.remove(name) {
                self.slices[place].endpoints.remove(name);
                self.slices[place].changed.insert(name.to_owned());
            }
            return;
        };
        let place = self.places.get(name).copied().unwrap_or_else(|| {
            let free = |slice: &Slice| slice.endpoints.len() < SLICE;
            let place = self.slices.iter().position(free);
            place.unwrap_or_else(|| {
                self.slices.push(Slice::default());
                self.slices.len() - 1
            })
        });
        self.places.insert(name.to_owned(), place);
        let slice = &mut self.slices[place];
        if slice.endpoints.get(name) != Some(&endpoint) {
            slice.endpoints.insert(name.to_owned(), endpoint);
            slice.changed.insert(name.to_owned());
        }
    }
}

impl Slice {
    /// The list of its object.
    fn all(&self) -> Value {
        Value::Array(self.endpoints.values().cloned().collect())
    }

    /// Brings its object up to date for some pods, for most of a hundred endpoints stay as they are. Gives whether
    /// anything has changed.
    fn enter(&self, pods: &BTreeSet<String>, object: &mut Object) -> bool {
        let mut changed = false;
        if let Some(Value::Array(list)) = object.get_mut("endpoints") {
            for name in pods {
                let place = list.binary_search_by(|it| it.text("/targetRef/name").cmp(name));
                changed |= match (place, self.endpoints.get(name)) {
                    (Ok(place), Some(endpoint)) => {
                        let before = mem::replace(&mut list[place], endpoint.clone());
                        before != *endpoint
                    }
                    (Err(place), Some(endpoint)) => {
                        list.insert(place, endpoint.clone());
                        true
                    }
                    (Ok(place), None) => {
                        list.remove(place);
                        true
                    }
                    (Err(_), None) => false,
                };
            }
            if list.len() == self.endpoints.len() {
                return changed;
            }
        }
        // Somebody else has written to it.
        object.put("/endpoints", self.all());
        true
    }
}

impl Endpoints {
    fn follow(&mut self, store: &Store) -> BTreeSet<Name> {
        let mut changed = BTreeSet::new();
        for change in store.changes_since(self.cursor) {
            let key = (change.key.namespace.clone(), change.key.name.clone());
            let exists = change.happened != Happened::Deleted;
            match change.key.kind {
                Kind::Service => {
                    let has_selector = change.object.pointer("/spec/selector").is_some();
                    if exists && has_selector {
                        let members = self.services.entry(key.clone()).or_default();
                        members.service = Rc::clone(&change.object);
                        for pod in store.list(Kind::Pod, Some(&key.0)) {
                            members.update(pod.name(), Some(pod));
                        }
                        if members.slices.is_empty() {
                            // A service without pods has a slice too.
                            members.slices.push(Slice::default());
                        }
                        for slice in &mut members.slices {
                            slice.stale = true;
                        }
                    }
                    changed.insert(key);
                }
                Kind::Pod => {
                    let pod = exists.then_some(&*change.object);
                    let of_namespace = (key.0.clone(), String::new())..;
                    let services = self.services.range_mut(of_namespace);
                    for (service, members) in services.take_while(|((n, _), _)| *n == key.0) {
                        members.update(&key.1, pod);
                        changed.insert(service.clone());
                    }
                }
                _ => {}
            }
        }
        self.cursor = store.version();
        changed
    }

    fn publish(&mut self, store: &mut Store, (namespace, name): &Name) {
        let key = (namespace.clone(), name.clone());
        if store.get(Kind::Service, namespace, name).is_none() {
            for slice in self
                .services
                .remove(&key)
                .into_iter()
                .flat_map(|m| m.slices)
            {
                // Gone already is as good.
                let options = DeleteOptions::default();
                let _ = store.delete(Kind::EndpointSlice, namespace, &slice.name, &options);
            }
            return;
        }
        let Some(members) = self.services.get_mut(&key) else {
            return;
        };
        for slice in &mut members.slices {
            if !slice.stale && slice.changed.is_empty() {
                continue;
            }
            let ports = endpoint::ports(store, &members.service, slice.endpoints.keys());
            let stale = mem::take(&mut slice.stale);
            let changed = mem::take(&mut slice.changed);
            if store
                .get(Kind::EndpointSlice, namespace, &slice.name)
                .is_some()
            {
                if stale {
                    store.edit(Kind::EndpointSlice, namespace, &slice.name, |object| {
                        object.put("/endpoints", slice.all());
                        object.put("/ports", ports);
                    });
                } else {
                    store.revise(Kind::EndpointSlice, namespace, &slice.name, |object| {
                        let changed = slice.enter(&changed, object);
                        let reached = object.get("ports") == Some(&ports);
                        object.put("/ports", ports);
                        changed || !reached
                    });
                }
                continue;
            }
            let object = slice_object(&members.service, &slice.all(), &ports);
            if let Ok(made) = store.create(Kind::EndpointSlice, namespace, object) {
                made.name().clone_into(&mut slice.name);
            }
        }
    }
}

fn slice_object(service: &Object, endpoints: &Value, ports: &Value) -> Object {
    let mut object = json!({
        "metadata": {
            "generateName": format!("{}-", service.name()),
            "labels": {"endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io"},
            "ownerReferences": [{
                "apiVersion": "v1", "kind": "Service", "name": service.name(), "uid": service.uid(),
                "controller": true, "blockOwnerDeletion": true,
            }],
        },
        "addressType": "IPv4",
        "endpoints": endpoints,
        "ports": ports,
    });
    object.put(SERVICE_NAME, json!(service.name()));
    if service.text("/spec/clusterIP") == "None" {
        let headless = "/metadata/labels/service.kubernetes.io~1headless";
        object.put(headless, json!(""));
    }
    object
}

impl Component for Endpoints {
    fn act(&mut self, store: &mut Store) {
        for service in self.follow(store) {
            self.publish(store, &service);
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}
