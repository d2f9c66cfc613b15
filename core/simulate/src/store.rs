//! The API store: objects, versions, graceful deletion, and a log of changes that components follow as a watch.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use statefulset::Millis;

use crate::admission;
use crate::error::{ApiError, ApiReason};
use crate::instant;
use crate::kind::Kind;
use crate::object::{Fields, Object};
use crate::rng::Rng;

/// What names an object.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// Its kind.
    pub kind: Kind,
    /// Its namespace; empty for kinds without.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl Key {
    /// The key with these parts; the namespace is dropped for kinds that have none.
    pub fn new(kind: Kind, namespace: &str, name: &str) -> Self {
        let namespace = if kind.is_namespaced() { namespace } else { "" };
        Self {
            kind,
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    /// The key of `object`.
    pub fn of(kind: Kind, object: &Object) -> Self {
        Self::new(kind, object.namespace(), object.name())
    }
}

/// What happened to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    /// It is new.
    Added,
    /// It is different.
    Modified,
    /// It is gone; the change carries its last state.
    Deleted,
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct Change {
    /// The store's version after it.
    pub version: u64,
    /// When.
    pub at: Millis,
    /// What.
    pub happened: Happened,
    /// To whom.
    pub key: Key,
    /// The object after it (before it, for a deletion).
    pub object: Rc<Object>,
}

/// Conditions and wishes of a deletion.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DeleteOptions {
    /// Only this uid.
    pub uid: Option<String>,
    /// Only this version.
    pub resource_version: Option<String>,
    /// Grace period for pods; `None` is the pod's own.
    pub grace_seconds: Option<i64>,
    /// What becomes of dependents.
    pub propagation: Propagation,
}

/// What becomes of an object's dependents when it is deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Propagation {
    /// They are deleted after it.
    #[default]
    Background,
    /// They are deleted before it.
    Foreground,
    /// They stay.
    Orphan,
}

/// The store. All writes go through it; [`Store::now`] is the cluster's clock.
#[derive(Debug)]
pub struct Store {
    objects: BTreeMap<Key, Rc<Object>>,
    log: Vec<Change>,
    version: u64,
    now: Millis,
    rng: Rng,
    /// Admission settings: gates.
    pub(crate) gates: admission::Gates,
}

impl Store {
    /// An empty store at `now`.
    pub fn new(now: Millis, seed: u64) -> Self {
        Self {
            objects: BTreeMap::new(),
            log: Vec::new(),
            version: 0,
            now,
            rng: Rng::new(seed),
            gates: admission::Gates::default(),
        }
    }

    /// The cluster's time.
    pub const fn now(&self) -> Millis {
        self.now
    }

    /// Moves the clock forward.
    pub(crate) fn set_now(&mut self, now: Millis) {
        self.now = self.now.max(now);
    }

    /// The version after the last write.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Seeded randomness, for what a real cluster draws at random.
    pub(crate) fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// Changes after `version`, oldest first.
    pub fn changes_since(&self, version: u64) -> &[Change] {
        let from = self.log.partition_point(|c| c.version <= version);
        &self.log[from..]
    }

    /// Forgets changes up to `version`.
    pub(crate) fn forget_changes(&mut self, version: u64) {
        let upto = self.log.partition_point(|c| c.version <= version);
        self.log.drain(..upto);
    }

    /// One object.
    pub fn get(&self, kind: Kind, namespace: &str, name: &str) -> Option<&Rc<Object>> {
        self.objects.get(&Key::new(kind, namespace, name))
    }

    /// One object, or the API server's not-found.
    pub fn require(&self, kind: Kind, namespace: &str, name: &str) -> Result<Rc<Object>, ApiError> {
        self.get(kind, namespace, name)
            .cloned()
            .ok_or_else(|| not_found(kind, name))
    }

    /// All objects of a kind, in one namespace or in all (`None`), by namespace and name.
    pub fn list<'a>(
        &'a self,
        kind: Kind,
        namespace: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Rc<Object>> {
        let from = Key::new(kind, namespace.unwrap_or(""), "");
        self.objects
            .range(from..)
            .take_while(move |(key, _)| {
                key.kind == kind
                    && (!kind.is_namespaced() || namespace.is_none_or(|n| key.namespace == n))
            })
            .map(|(_, object)| object)
    }

    /// Creates an object: defaults, validation, uid, version, creation time.
    pub fn create(
        &mut self,
        kind: Kind,
        namespace: &str,
        mut object: Object,
    ) -> Result<Rc<Object>, ApiError> {
        object.put("/apiVersion", json!(kind.api_version()));
        object.put("/kind", json!(kind.name()));
        if kind.is_namespaced() {
            object.put("/metadata/namespace", json!(namespace));
        }
        if object.name().is_empty() && !object.text("/metadata/generateName").is_empty() {
            let name = format!(
                "{}{}",
                object.text("/metadata/generateName"),
                self.rng.suffix(5)
            );
            object.put("/metadata/name", json!(name));
        }
        admission::prepare_create(self, kind, &mut object)?;
        let key = Key::of(kind, &object);
        if self.objects.contains_key(&key) {
            let message = format!("{} \"{}\" already exists", kind.resource(), key.name);
            return Err(ApiError::new(ApiReason::AlreadyExists, message));
        }
        let uid = self.rng.uuid();
        object.put("/metadata/uid", json!(uid));
        object.put(
            "/metadata/creationTimestamp",
            json!(instant::rfc3339(self.now)),
        );
        object.take_away("/metadata/deletionTimestamp");
        if object.pointer("/spec").is_some() {
            object.put("/metadata/generation", json!(1));
        }
        Ok(self.write(key, object, Happened::Added))
    }

    /// Replaces an object's metadata and spec. A `metadata.resourceVersion` in `object` is a precondition.
    /// Nothing is written where nothing changed. An object that is terminating and has lost its last finalizer goes.
    pub fn update(&mut self, kind: Kind, object: Object) -> Result<Rc<Object>, ApiError> {
        self.replace(kind, object, false)
    }

    /// Replaces an object's status only.
    pub fn update_status(&mut self, kind: Kind, object: Object) -> Result<Rc<Object>, ApiError> {
        self.replace(kind, object, true)
    }

    /// Reads, lets `change` edit a copy, and writes it back whole, status included: how the simulator's own components
    /// (kubelet, scheduler, volume controller) write. Silent where the object is gone.
    pub(crate) fn edit(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        change: impl FnOnce(&mut Object),
    ) {
        let key = Key::new(kind, namespace, name);
        let Some(old) = self.objects.get(&key) else {
            return;
        };
        let mut object = Object::clone(old);
        change(&mut object);
        self.finish_write(key, object);
    }

    fn replace(
        &mut self,
        kind: Kind,
        mut object: Object,
        status_only: bool,
    ) -> Result<Rc<Object>, ApiError> {
        let key = Key::of(kind, &object);
        let old = self.require(kind, &key.namespace, &key.name)?;
        check_version(
            kind,
            &key.name,
            object.text("/metadata/resourceVersion"),
            &old,
        )?;
        if !object.uid().is_empty() && object.uid() != old.uid() {
            return Err(uid_conflict(kind, &key.name, object.uid(), old.uid()));
        }
        if status_only {
            let status = object.pointer("/status").cloned().unwrap_or(Value::Null);
            object = Object::clone(&old);
            object.put("/status", status);
            admission::validate_status(kind, &object)?;
        } else {
            for kept in [
                "/status",
                "/metadata/uid",
                "/metadata/creationTimestamp",
                "/metadata/generation",
            ] {
                match old.pointer(kept) {
                    Some(value) => object.put(kept, value.clone()),
                    None => {
                        object.take_away(kept);
                    }
                }
            }
            for kept in [
                "/metadata/deletionTimestamp",
                "/metadata/deletionGracePeriodSeconds",
            ] {
                match old.pointer(kept) {
                    Some(value) => object.put(kept, value.clone()),
                    None => {
                        object.take_away(kept);
                    }
                }
            }
            object.put("/apiVersion", json!(kind.api_version()));
            object.put("/kind", json!(kind.name()));
            admission::prepare_update(self, kind, &old, &mut object)?;
            if object.pointer("/spec") != old.pointer("/spec") {
                object.put(
                    "/metadata/generation",
                    json!(old.int("/metadata/generation").unwrap_or(0) + 1),
                );
            }
        }
        Ok(self.finish_write(key, object))
    }

    fn finish_write(&mut self, key: Key, mut object: Object) -> Rc<Object> {
        let old = &self.objects[&key];
        if let Some(version) = old.pointer("/metadata/resourceVersion") {
            object.put("/metadata/resourceVersion", version.clone());
        }
        if object.list("/metadata/finalizers").is_empty() {
            object.take_away("/metadata/finalizers");
        }
        if object == **old {
            return Rc::clone(old);
        }
        let done = object.is_terminating()
            && object.pointer("/metadata/finalizers").is_none()
            && (key.kind != Kind::Pod
                || object.int("/metadata/deletionGracePeriodSeconds") == Some(0));
        let happened = if done {
            Happened::Deleted
        } else {
            Happened::Modified
        };
        self.write(key, object, happened)
    }

    /// Deletes an object: at once, or – for scheduled pods and for objects with finalizers – by marking it.
    pub fn delete(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        options: &DeleteOptions,
    ) -> Result<Rc<Object>, ApiError> {
        let key = Key::new(kind, namespace, name);
        let old = self.require(kind, namespace, name)?;
        if let Some(uid) = options.uid.as_deref().filter(|&uid| uid != old.uid()) {
            return Err(uid_conflict(kind, name, uid, old.uid()));
        }
        check_version(
            kind,
            name,
            options.resource_version.as_deref().unwrap_or(""),
            &old,
        )?;
        let mut object = Object::clone(&old);
        let grace = if kind == Kind::Pod {
            pod_grace(&object, options.grace_seconds)
        } else {
            0
        };
        let shorter = object
            .int("/metadata/deletionGracePeriodSeconds")
            .is_none_or(|g| grace < g);
        if !object.is_terminating() || (kind == Kind::Pod && shorter) {
            if kind == Kind::Pod {
                // As in Kubernetes, the deletion time is when the grace period ends.
                object.put("/metadata/deletionGracePeriodSeconds", json!(grace));
                object.put(
                    "/metadata/deletionTimestamp",
                    json!(instant::rfc3339(self.now + grace * 1000)),
                );
            } else {
                object.put("/metadata/deletionGracePeriodSeconds", json!(0));
                object.put(
                    "/metadata/deletionTimestamp",
                    json!(instant::rfc3339(self.now)),
                );
            }
            if let Some(generation) = object.int("/metadata/generation") {
                object.put("/metadata/generation", json!(generation + 1));
            }
        }
        let finalizer = match options.propagation {
            Propagation::Background => None,
            Propagation::Foreground => Some("foregroundDeletion"),
            Propagation::Orphan => Some("orphan"),
        };
        if let Some(finalizer) = finalizer {
            let mut finalizers = object.list("/metadata/finalizers").to_vec();
            if !finalizers.contains(&json!(finalizer)) {
                finalizers.push(json!(finalizer));
                object.put("/metadata/finalizers", Value::Array(finalizers));
            }
        }
        Ok(self.finish_write(key, object))
    }

    fn write(&mut self, key: Key, mut object: Object, happened: Happened) -> Rc<Object> {
        self.version += 1;
        object.put("/metadata/resourceVersion", json!(self.version.to_string()));
        let object = Rc::new(object);
        if happened == Happened::Deleted {
            self.objects.remove(&key);
        } else {
            self.objects.insert(key.clone(), Rc::clone(&object));
        }
        self.log.push(Change {
            version: self.version,
            at: self.now,
            happened,
            key,
            object: Rc::clone(&object),
        });
        object
    }
}

/// Grace period of a pod's deletion: none where nothing can be running.
fn pod_grace(pod: &Object, asked: Option<i64>) -> i64 {
    let nothing_runs = pod.text("/spec/nodeName").is_empty()
        || matches!(pod.text("/status/phase"), "Failed" | "Succeeded");
    if nothing_runs {
        return 0;
    }
    let grace = asked
        .or_else(|| pod.int("/spec/terminationGracePeriodSeconds"))
        .unwrap_or(30);
    if grace < 0 { 1 } else { grace }
}

fn check_version(kind: Kind, name: &str, wanted: &str, old: &Object) -> Result<(), ApiError> {
    if wanted.is_empty() || wanted == old.text("/metadata/resourceVersion") {
        return Ok(());
    }
    let message = format!(
        "Operation cannot be fulfilled on {} \"{name}\": the object has been modified; please apply your changes to \
         the latest version and try again",
        kind.resource()
    );
    Err(ApiError::new(ApiReason::Conflict, message))
}

fn uid_conflict(kind: Kind, name: &str, wanted: &str, found: &str) -> ApiError {
    let message = format!(
        "Operation cannot be fulfilled on {} \"{name}\": Precondition failed: UID in precondition: {wanted}, UID in \
         object meta: {found}",
        kind.resource()
    );
    ApiError::new(ApiReason::Conflict, message)
}

pub(crate) fn not_found(kind: Kind, name: &str) -> ApiError {
    ApiError::new(
        ApiReason::NotFound,
        format!("{} \"{name}\" not found", kind.resource()),
    )
}
