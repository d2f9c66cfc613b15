//! Clusters: their handles, and what they are told.

use core::mem::size_of;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use statefulset::kubernetes::{Cluster, Kind, ObjectError, SetResource, WireError};

use super::kind;
use crate::code::{
    STS_CODE_BAD_JSON, STS_CODE_BAD_OBJECT, STS_CODE_INTERNAL, STS_CODE_NO_SUCH_CLUSTER,
    STS_CODE_NOT_A_NAME, STS_CODE_OK, sts_code,
};
use crate::fail::{self, Fail};
use crate::guard::guard;
use crate::place::Place;
use crate::pointer::{Buffer, record_of};
use crate::profile::sts_profile;
use crate::report::{STS_LIST_ARGUMENT, sts_report};
use crate::text::sts_text;

/// The handle of the Kubernetes tier: a cluster as a watch shows it. It is a number. You may copy it, and all copies
/// name one cluster. A handle of zeros names none.
///
/// Feed it what a watch delivers, ask which sets are due, plan, send, and report how that went:
///
///     sts_cluster_new
///     sts_cluster_begin_list, sts_cluster_apply …, sts_cluster_end_list      for each kind
///     sts_cluster_apply, sts_cluster_remove, sts_cluster_bookmark …          as things happen
///     or, instead of both: sts_cluster_begin_list, then sts_cluster_watch … with the events as they come
///         sts_cluster_due          which sets; sts_cluster_take_due for several workers
///         sts_cluster_carry_out    one round for a set; or, step by step:
///             sts_cluster_plan     its requests
///             sts_cluster_may_try  which of them may be sent, as outcomes come in
///             sts_cluster_finish   what is left to do: the status, old revisions, events
///             sts_cluster_settle   how that went
///         sts_cluster_awaited      what sets wait to see, if nothing seems to happen
///     sts_cluster_free
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_cluster {
    /// For the library only.
    pub id: u64,
}

const _: () = assert!(size_of::<sts_cluster>() == 8);

/// A cluster that many threads may look at together, and one may change.
struct Shared {
    cluster: RwLock<Cluster>,
    /// A call has panicked, one that only looks at it included: the lists that it brings up to date may be half done.
    broken: AtomicBool,
}

/// Breaks the cluster unless the call comes to its end.
struct Fuse<'a> {
    broken: &'a AtomicBool,
    ended: bool,
}

impl Drop for Fuse<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.broken.store(true, Ordering::Release);
        }
    }
}

impl Shared {
    fn call<R>(&self, call: impl FnOnce() -> Result<R, Fail>) -> Result<R, Fail> {
        if self.broken.load(Ordering::Acquire) {
            let problem = "is broken by an earlier bug in the library: free it";
            return Err(fail::argument(STS_CODE_INTERNAL, "cluster", problem));
        }
        let mut fuse = Fuse {
            broken: &self.broken,
            ended: false,
        };
        let result = call();
        fuse.ended = true;
        result
    }
}

/// All clusters that there are. A number that is not among them is known to be wrong, which no pointer would be.
static CLUSTERS: RwLock<BTreeMap<u64, Arc<Shared>>> = RwLock::new(BTreeMap::new());

/// Never used twice.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

fn missing() -> Fail {
    let problem = "was never made, or has been freed";
    fail::argument(STS_CODE_NO_SUCH_CLUSTER, "cluster", problem)
}

impl sts_cluster {
    fn shared(self) -> Result<Arc<Shared>, Fail> {
        let clusters = CLUSTERS.read().unwrap_or_else(PoisonError::into_inner);
        clusters.get(&self.id).cloned().ok_or_else(missing)
    }

    /// Lets `call` change the cluster, as soon as nobody else uses it.
    pub(crate) fn with<R>(
        self,
        call: impl FnOnce(&mut Cluster) -> Result<R, Fail>,
    ) -> Result<R, Fail> {
        let shared = self.shared()?;
        let mut cluster = shared
            .cluster
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        shared.call(|| call(&mut cluster))
    }

    /// Lets `call` look at the cluster, as soon as nobody changes it.
    pub(crate) fn look<R>(self, call: impl FnOnce(&Cluster) -> Result<R, Fail>) -> Result<R, Fail> {
        let shared = self.shared()?;
        let cluster = shared
            .cluster
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        shared.call(|| call(&cluster))
    }
}

fn bad_object(argument: &'static str, error: &ObjectError, report: &mut sts_report) -> Fail {
    report.kind = kind::number(error.kind);
    Fail::of_argument(STS_CODE_BAD_OBJECT, argument, error.to_string())
}

pub(crate) fn bad_json(argument: &'static str, error: &WireError, report: &mut sts_report) -> Fail {
    match error {
        WireError::Object(error) => bad_object(argument, error, report),
        _ => Fail::of_argument(STS_CODE_BAD_JSON, argument, error.to_string()),
    }
}

/// The profile behind a pointer.
///
/// # Safety
/// `profile` is NULL, misaligned or good for reading one record.
pub(crate) unsafe fn profile(profile: *const sts_profile) -> Result<statefulset::Profile, Fail> {
    // SAFETY: by the contract of this function.
    let record = unsafe { record_of("profile", profile)? };
    record.read(Place {
        list: STS_LIST_ARGUMENT,
        index: 0,
    })
}

/// Makes an empty cluster that decides as `profile` says, and writes its handle to `out`. Neither may be NULL. Free it
/// with sts_cluster_free(). UNKNOWN_NUMBER and RESERVED for `profile`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_new(
    profile: *const sts_profile,
    out: *mut sts_cluster,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its record.
        let (profile, out) = unsafe { (self::profile(profile)?, Buffer::only("out", out)?) };
        hand_out(Cluster::new(profile), out);
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Makes a cluster, like sts_cluster_new(), for a custom resource that has the fields of a StatefulSet.
/// STS_KIND_STATEFUL_SET then stands for its objects, and requests and owner references name it. `api_version` and
/// `kind` are those of its objects, such as "example.org/v1" and "PlannedSet". `plural` is its name in paths, such as
/// "plannedsets". It must have the subresource `status`. The defaults that an API server fills into a StatefulSet are
/// filled in when a set is read. NOT_A_NAME for one of the three texts, and the codes of sts_cluster_new().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_new_of(
    profile: *const sts_profile,
    api_version: sts_text,
    kind: sts_text,
    plural: sts_text,
    out: *mut sts_cluster,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its record, texts are valid.
        let (profile, [api_version, kind, plural], out) = unsafe {
            let texts = [
                api_version.read("api_version")?,
                kind.read("kind")?,
                plural.read("plural")?,
            ];
            (self::profile(profile)?, texts, Buffer::only("out", out)?)
        };
        let resource = SetResource::new(api_version, kind, plural).map_err(|error| {
            Fail::of_argument(STS_CODE_NOT_A_NAME, error.field, error.to_string())
        })?;
        hand_out(Cluster::of(profile, resource), out);
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

fn hand_out(cluster: Cluster, mut out: Buffer<sts_cluster>) {
    let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
    let shared = Arc::new(Shared {
        cluster: RwLock::new(cluster),
        broken: AtomicBool::new(false),
    });
    let clusters = CLUSTERS.write();
    clusters
        .unwrap_or_else(PoisonError::into_inner)
        .insert(id, shared);
    out.fill(core::iter::once(sts_cluster { id }));
}

/// Frees a cluster. Its handle names nothing from then on. A call that another thread is making on it still runs to its
/// end. The handle of zeros is accepted. STS_CODE_NO_SUCH_CLUSTER for any other handle that names no cluster.
#[unsafe(no_mangle)]
pub extern "C" fn sts_cluster_free(cluster: sts_cluster) -> sts_code {
    let mut clusters = CLUSTERS.write().unwrap_or_else(PoisonError::into_inner);
    let freed = clusters.remove(&cluster.id);
    if clusters.is_empty() {
        // Gives the map's own memory back.
        *clusters = BTreeMap::new();
    }
    drop(clusters);
    if freed.is_some() || cluster.id == 0 {
        STS_CODE_OK
    } else {
        STS_CODE_NO_SUCH_CLUSTER
    }
}

/// Tells the cluster of an object as a watch or a list shows it. `json` is the object, of kind `kind` (STS_KIND_*); it
/// need not repeat its kind. An object that is older than the one known is ignored. UNKNOWN_NUMBER for `kind`.
/// BAD_OBJECT for an object that cannot be read: it is set aside, what depends on it waits, and everything else goes
/// on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_apply(
    cluster: sts_cluster,
    kind: u32,
    json: sts_text,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        let kind = kind::read(kind)?;
        // SAFETY: what the header asks of the caller: the text is NULL or good for its bytes.
        let json = unsafe { json.bytes("json")? };
        cluster.with(|cluster| {
            let applied = cluster.apply(kind, json);
            applied.map_err(|error| bad_object("json", &error, report))
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Tells the cluster that an object was deleted. `object` is "namespace/name", or the name for a kind without a
/// namespace. An object of the same name with another `uid` stays; an empty `uid` stands for any. UNKNOWN_NUMBER for
/// `kind`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_remove(
    cluster: sts_cluster,
    kind: u32,
    object: sts_text,
    uid: sts_text,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        let kind = kind::read(kind)?;
        // SAFETY: what the header asks of the caller: each text is NULL or good for its bytes.
        let (object, uid) = unsafe { (object.read("object")?, uid.read("uid")?) };
        let key = statefulset::kubernetes::Key::from(object);
        cluster.with(|cluster| {
            cluster.remove(kind, &key.namespace, &key.name, uid);
            Ok(())
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Begins a complete list of a kind: apply each of its objects, then call sts_cluster_end_list(). A kind that was never
/// listed completely is unknown, and what depends on it waits. UNKNOWN_NUMBER for `kind`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_begin_list(
    cluster: sts_cluster,
    kind: u32,
    report: *mut sts_report,
) -> sts_code {
    let call = |_: &mut sts_report| {
        let kind = kind::read(kind)?;
        cluster.with(|cluster| {
            cluster.begin_list(kind);
            Ok(())
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Ends a list, at its `resource_version`. Objects that the list did not show are gone. UNKNOWN_NUMBER for `kind`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_end_list(
    cluster: sts_cluster,
    kind: u32,
    resource_version: sts_text,
    report: *mut sts_report,
) -> sts_code {
    // SAFETY: what the header asks of the caller, handed on.
    unsafe { versioned(cluster, kind, resource_version, report, Cluster::end_list) }
}

/// Tells the cluster that everything of a kind up to `resource_version` has been seen. UNKNOWN_NUMBER for `kind`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_bookmark(
    cluster: sts_cluster,
    kind: u32,
    resource_version: sts_text,
    report: *mut sts_report,
) -> sts_code {
    // SAFETY: what the header asks of the caller, handed on.
    unsafe { versioned(cluster, kind, resource_version, report, Cluster::bookmark) }
}

/// # Safety
/// The text is NULL or good for its bytes; `report` is NULL, misaligned or good for one report.
unsafe fn versioned(
    cluster: sts_cluster,
    kind: u32,
    version: sts_text,
    report: *mut sts_report,
    tell: impl FnOnce(&mut Cluster, Kind, &str),
) -> sts_code {
    let call = |_: &mut sts_report| {
        let kind = kind::read(kind)?;
        // SAFETY: by the contract of this function.
        let version = unsafe { version.read("resource_version")? };
        cluster.with(|cluster| {
            tell(cluster, kind, version);
            Ok(())
        })
    };
    // SAFETY: by the contract of this function.
    unsafe { guard(report, call) }
}

/// Tells the cluster of an event of a watch as an API server sends it: {"type":"ADDED","object":{…}}, the object with
/// its kind and apiVersion. ADDED and MODIFIED are sts_cluster_apply(), DELETED is sts_cluster_remove(), and BOOKMARK
/// is sts_cluster_bookmark(). A bookmark that ends the initial events is sts_cluster_end_list(), if
/// sts_cluster_begin_list() was called. ERROR gives BAD_JSON with the server's message: begin that watch anew. An event
/// that cannot be read gives BAD_JSON, too, and changes nothing. BAD_OBJECT as for sts_cluster_apply().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_watch(
    cluster: sts_cluster,
    event: sts_text,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: the text is NULL or good for its bytes.
        let event = unsafe { event.bytes("event")? };
        cluster.with(|cluster| {
            let watched = cluster.watch(event);
            watched.map_err(|error| bad_json("event", &error, report))
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_8_bugs() {
        let profile = statefulset::Profile::UPSTREAM.into();
        let mut cluster = sts_cluster { id: 0 };
        let mut report = sts_report::BLANK;
        for looks in [false, true] {
            // SAFETY: every pointer is to a live local.
            let code =
                unsafe { sts_cluster_new(&raw const profile, &raw mut cluster, &raw mut report) };
            assert_eq!(code, STS_CODE_OK);
            let mut call = |looks: bool, work: fn()| {
                let work = || {
                    work();
                    Ok(())
                };
                let call = |_: &mut sts_report| {
                    if looks {
                        cluster.look(|_| work())
                    } else {
                        cluster.with(|_| work())
                    }
                };
                // SAFETY: the report is a live local.
                unsafe { guard(&raw mut report, call) }
            };
            assert_eq!(call(looks, || {}), STS_CODE_OK);
            assert_eq!(call(looks, || panic!("a bug")), STS_CODE_INTERNAL);
            for later in [false, true] {
                let code = call(later, || {});
                assert_eq!(code, STS_CODE_INTERNAL, "it may be in a bad state");
            }
            assert_eq!(sts_cluster_free(cluster), STS_CODE_OK);
        }
    }
}
