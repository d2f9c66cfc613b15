//! The API store: objects, versions, graceful deletion, and a log of changes that components follow as a watch.
//!
//! What is written is admitted first. It knows values and admission, and no component that reads or writes it.

mod apply;
mod author;
mod bookmark;
mod change;
mod deletion;
mod eviction;
mod precondition;

use std::cell::Cell;
use std::rc::{Rc, Weak};

use serde_json::{Value, json};
use statefulset::{Millis, Version};

use crate::admission::{self, Admission};
use crate::values::error::{ApiError, ApiReason};
use crate::values::generation;
use crate::values::instant;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::managed_fields;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;
use crate::values::patch::{PatchType, patched};
use crate::values::quota;
use crate::values::rng::Rng;

pub(crate) use author::Author;
pub use bookmark::Bookmark;
pub use change::{Change, Happened};
pub use deletion::{DeleteOptions, Propagation};
pub(crate) use precondition::not_found;

use precondition::{check_uid, check_version};

/// The store. All writes go through it; [`Store::now`] is the cluster's clock.
#[derive(Debug)]
pub struct Store {
    objects: Objects,
    log: Vec<Change>,
    bookmarks: Vec<Weak<Cell<u64>>>,
    version: u64,
    now: Millis,
    rng: Rng,
    /// Whether what is written now is not to be kept.
    rehearsing: bool,
    author: Author,
    /// Admission settings: gates.
    pub(crate) gates: admission::Gates,
    /// Of which Kubernetes the cluster is.
    pub(crate) kubernetes: Version,
}

impl Store {
    /// An empty store at `now`.
    pub fn new(now: Millis, seed: u64) -> Self {
        Self {
            objects: Objects::default(),
            log: Vec::new(),
            bookmarks: Vec::new(),
            version: 0,
            now,
            rng: Rng::new(seed),
            rehearsing: false,
            author: Author::default(),
            gates: admission::Gates::default(),
            kubernetes: Version::default(),
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

    /// Changes after `version`, oldest first; no more than the components have to read. Who reads less often needs a
    /// bookmark.
    pub(crate) fn changes_since(&self, version: u64) -> &[Change] {
        &self.log[self.place(version)..]
    }

    /// Where the changes after `version` begin.
    fn place(&self, version: u64) -> usize {
        self.log.partition_point(|change| change.version <= version)
    }

    /// One object.
    pub fn get(&self, kind: Kind, namespace: &str, name: &str) -> Option<&Rc<Object>> {
        self.objects.find(kind, namespace, name)
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
        self.objects.list(kind, namespace)
    }

    /// The volumes that may become a claim's: those reserved for one of this namespace and name, and those that nobody has.
    pub(crate) fn volumes_for(&self, namespace: &str, claim: &str) -> Vec<&Rc<Object>> {
        self.objects.volumes_for(namespace, claim)
    }

    /// The kinds of which there are objects.
    pub(crate) fn stored_kinds(&self) -> Vec<Kind> {
        self.objects.kinds()
    }

    /// All kinds that may be stored: those of every cluster, and those that definitions have brought.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        let definitions = self.list(Kind::CustomResourceDefinition, None);
        let custom = definitions.filter_map(|it| Kind::custom(it));
        Kind::built_in().chain(custom)
    }

    /// The kind with this `kind:` and `apiVersion:`.
    pub fn kind_of(&self, kind: &str, api_version: &str) -> Option<Kind> {
        Kind::named(self.kinds(), kind, api_version)
    }

    /// The kind that a word on the command line means.
    pub fn kind_called(&self, word: &str) -> Option<Kind> {
        self.kinds().find(|kind| kind.is_called(word))
    }

    /// How much the objects of a namespace take of what a quota limits, in thousandths.
    pub(crate) fn used(&self, namespace: &str, resource: &str) -> u64 {
        quota::used(&self.objects, namespace, resource)
    }

    /// What the API server says of an object that it has just stored, in the place of `old` if there was one.
    pub(crate) fn warnings(&self, kind: Kind, old: Option<&Object>, new: &Object) -> Vec<String> {
        admission::warnings(&self.objects, kind, old, new)
    }

    /// Creates an object: defaults, validation, uid, version, creation time.
    pub fn create(
        &mut self,
        kind: Kind,
        namespace: &str,
        object: Object,
    ) -> Result<Rc<Object>, ApiError> {
        self.make(kind, namespace, object, false)
    }

    /// `applied`: the object says already who manages it.
    fn make(
        &mut self,
        kind: Kind,
        namespace: &str,
        mut object: Object,
        applied: bool,
    ) -> Result<Rc<Object>, ApiError> {
        object.put("/apiVersion", json!(kind.api_version()));
        object.put("/kind", json!(kind.name()));
        if kind.is_namespaced() {
            object.put("/metadata/namespace", json!(namespace));
        }
        admission::decode(kind, &mut object)?;
        if object.name().is_empty() && !object.text("/metadata/generateName").is_empty() {
            let name = format!(
                "{}{}",
                object.text("/metadata/generateName"),
                self.rng.suffix(5)
            );
            object.put("/metadata/name", json!(name));
        }
        if !applied {
            self.manage_new(kind, &mut object);
        }
        self.admission().prepare_create(kind, &mut object)?;
        let key = Key::of(kind, &object);
        if self.objects.get(&key).is_some() {
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
        object.take_away("/metadata/deletionGracePeriodSeconds");
        if generation::is_counted(kind, self.kubernetes) {
            object.put("/metadata/generation", json!(1));
        } else {
            object.take_away("/metadata/generation");
        }
        Ok(self.write(key, object, Happened::Added))
    }

    /// Puts an object there as it stands, but for its version.
    pub(crate) fn put_back(&mut self, kind: Kind, object: Object) {
        self.write(Key::of(kind, &object), object, Happened::Added);
    }

    /// Replaces an object's metadata and spec. A `metadata.resourceVersion` in `object` is a precondition.
    /// Nothing is written where nothing changed. An object that is terminating and has lost its last finalizer goes.
    pub fn update(&mut self, kind: Kind, object: Object) -> Result<Rc<Object>, ApiError> {
        self.replace(kind, object, Written::Whole)
    }

    /// Replaces an object's status only.
    pub fn update_status(&mut self, kind: Kind, object: Object) -> Result<Rc<Object>, ApiError> {
        self.replace(kind, object, Written::Status)
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
        self.manage_edited(kind, old, &mut object);
        self.finish_write(key, object);
    }

    /// Lets `change` edit the object itself where nobody else looks at it any more, and not a copy. It says whether it
    /// changed anything: to compare a large object with what it was takes as long as to copy it.
    pub(crate) fn revise(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        change: impl FnOnce(&mut Object) -> bool,
    ) {
        let key = Key::new(kind, namespace, name);
        let Some(object) = self.objects.remove(&key) else {
            return;
        };
        let mut object = Rc::unwrap_or_clone(object);
        if change(&mut object) {
            self.write(key, object, Happened::Modified);
        } else {
            self.objects.insert(key, Rc::new(object));
        }
    }

    /// Patches an object's metadata and spec, or (`status`) its status. A `metadata.uid` or `metadata.resourceVersion`
    /// in the patch is a precondition.
    pub fn patch(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        patch: &Value,
        how: PatchType,
        status: bool,
    ) -> Result<Rc<Object>, ApiError> {
        let written = if status {
            Written::Status
        } else {
            Written::Whole
        };
        self.patch_part(kind, namespace, name, patch, how, written)
    }

    /// Patches what the containers of a pod ask for and are limited to, and nothing else: the subresource `resize`.
    pub fn resize(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        patch: &Value,
        how: PatchType,
    ) -> Result<Rc<Object>, ApiError> {
        if kind != Kind::Pod || self.kubernetes < Version::V1_33 {
            let message = "the server could not find the requested resource";
            return Err(ApiError::new(ApiReason::NotFound, message));
        }
        self.patch_part(kind, namespace, name, patch, how, Written::Resources)
    }

    fn patch_part(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        patch: &Value,
        how: PatchType,
        written: Written,
    ) -> Result<Rc<Object>, ApiError> {
        let old = self.require(kind, namespace, name)?;
        if kind.is_custom() && how == PatchType::Strategic {
            // Nobody knows how its lists are merged.
            return Err(ApiError::new(
                ApiReason::UnsupportedMediaType,
                "the body of the request was in an unknown format - accepted media types include: \
                 application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
            ));
        }
        let object = patched(kind, &old, patch, how)?;
        for (what, is, was) in [
            ("name", object.name(), old.name()),
            ("namespace", object.namespace(), old.namespace()),
        ] {
            if is != was {
                let message = format!(
                    "the {what} of the object ({is}) does not match the {what} on the URL ({was})"
                );
                return Err(ApiError::new(ApiReason::BadRequest, message));
            }
        }
        self.replace(kind, object, written)
    }

    /// Does `work`, of which nothing is kept: what it is given back is what a write would have made, as after the API
    /// server's dry run.
    pub(crate) fn rehearse<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let rng = self.rng.clone();
        self.rehearsing = true;
        let done = work(self);
        self.rehearsing = false;
        self.rng = rng;
        done
    }

    const fn admission(&mut self) -> Admission<'_> {
        Admission {
            objects: &self.objects,
            gates: self.gates,
            rng: &mut self.rng,
        }
    }

    fn replace(
        &mut self,
        kind: Kind,
        mut object: Object,
        written: Written,
    ) -> Result<Rc<Object>, ApiError> {
        admission::decode(kind, &mut object)?;
        let key = Key::of(kind, &object);
        let old = self.require(kind, &key.namespace, &key.name)?;
        check_uid(kind, &key.name, object.uid(), &old)?;
        check_version(
            kind,
            &key.name,
            object.text("/metadata/resourceVersion"),
            &old,
        )?;
        if written == Written::Status {
            let status = object.take_away("/status").unwrap_or(Value::Null);
            object = Object::clone(&old);
            keep(&mut object, "/status", Some(&status));
            self.manage_status(kind, &old, &mut object);
            admission::prepare_status(kind, &old, &object)?;
        } else {
            // None of these is the client's to write.
            for kept in [
                "/status",
                "/metadata/uid",
                "/metadata/creationTimestamp",
                "/metadata/generation",
                "/metadata/deletionTimestamp",
                "/metadata/deletionGracePeriodSeconds",
            ] {
                keep(&mut object, kept, old.pointer(kept));
            }
            object.put("/apiVersion", json!(kind.api_version()));
            object.put("/kind", json!(kind.name()));
            match written {
                Written::Whole => self.manage_next(kind, &old, &mut object, None),
                Written::Resources => self.manage_next(kind, &old, &mut object, Some("resize")),
                Written::Applied | Written::Status => {}
            }
            if written == Written::Resources {
                let version = self.kubernetes;
                self.admission()
                    .prepare_resize(&old, &mut object, version)?;
            } else {
                self.admission().prepare_update(kind, &old, &mut object)?;
            }
            if let Some(generation) = old.int("/metadata/generation")
                && object.pointer("/spec") != old.pointer("/spec")
            {
                object.put("/metadata/generation", json!(generation + 1));
            }
        }
        Ok(self.finish_write(key, object))
    }

    fn finish_write(&mut self, key: Key, mut object: Object) -> Rc<Object> {
        let old = self.objects.get(&key).expect("it was read just before");
        if let Some(version) = old.pointer("/metadata/resourceVersion") {
            object.put("/metadata/resourceVersion", version.clone());
        }
        if object.list("/metadata/finalizers").is_empty() {
            object.take_away("/metadata/finalizers");
        }
        managed_fields::keep_times(old, &mut object);
        if object == **old {
            return Rc::clone(old);
        }
        let done = object.is_terminating()
            && object.pointer("/metadata/finalizers").is_none()
            && match key.kind {
                Kind::Pod => object.int("/metadata/deletionGracePeriodSeconds") == Some(0),
                Kind::Namespace => object.list("/spec/finalizers").is_empty(),
                _ => true,
            };
        let happened = if done {
            Happened::Deleted
        } else {
            Happened::Modified
        };
        self.write(key, object, happened)
    }

    fn write(&mut self, key: Key, mut object: Object, happened: Happened) -> Rc<Object> {
        if self.rehearsing {
            return Rc::new(object);
        }
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

/// What a request has written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    /// All but the status.
    Whole,
    /// The same, by server-side apply: the object says already who manages it.
    Applied,
    Status,
    /// What the containers of a pod ask for.
    Resources,
}

/// Puts `value` back at `pointer`, or takes away what is there.
fn keep(object: &mut Object, pointer: &str, value: Option<&Value>) {
    match value {
        None | Some(Value::Null) => {
            object.take_away(pointer);
        }
        Some(value) => object.put(pointer, value.clone()),
    }
}
