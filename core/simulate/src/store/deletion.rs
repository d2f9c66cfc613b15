//! Deletion: at once, or in steps where something is still running or held by finalizers.

use std::rc::Rc;

use serde_json::json;
use statefulset::Millis;

use super::Store;
use super::precondition::{check_uid, check_version};
use crate::values::error::{ApiError, ApiReason};
use crate::values::finalizer::{self, FOREGROUND, ORPHAN};
use crate::values::instant;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

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

impl Store {
    /// Deletes an object: at once, or – for scheduled pods and for objects with finalizers – by marking it.
    pub fn delete(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        options: &DeleteOptions,
    ) -> Result<Rc<Object>, ApiError> {
        let old = self.require(kind, namespace, name)?;
        if kind == Kind::Namespace && matches!(name, "default" | "kube-system" | "kube-public") {
            let message =
                format!("namespaces \"{name}\" is forbidden: this namespace may not be deleted");
            return Err(ApiError::new(ApiReason::Forbidden, message));
        }
        check_uid(kind, name, options.uid.as_deref().unwrap_or(""), &old)?;
        check_version(
            kind,
            name,
            options.resource_version.as_deref().unwrap_or(""),
            &old,
        )?;
        let mut object = Object::clone(&old);
        if !object.is_terminating() {
            let grace = if kind == Kind::Pod {
                pod_grace(&object, options.grace_seconds)
            } else {
                0
            };
            mark(&mut object, self.now() + grace * 1000, grace);
            if kind == Kind::Namespace {
                object.put("/status/phase", json!("Terminating"));
            }
            if let Some(generation) = object.int("/metadata/generation") {
                object.put("/metadata/generation", json!(generation + 1));
            }
        } else if let (Kind::Pod, Some(asked)) = (kind, options.grace_seconds) {
            let before = object
                .int("/metadata/deletionGracePeriodSeconds")
                .unwrap_or(0);
            let grace = pod_grace(&object, Some(asked));
            // A deletion under way may be hastened, never put off.
            if grace < before {
                let ends = instant::parse(object.text("/metadata/deletionTimestamp"));
                let ends = ends.unwrap_or(self.now()) - (before - grace) * 1000;
                mark(&mut object, ends, grace);
            }
        }
        let finalizer = match options.propagation {
            Propagation::Background => None,
            Propagation::Foreground => Some(FOREGROUND),
            Propagation::Orphan => Some(ORPHAN),
        };
        if let Some(finalizer) = finalizer {
            finalizer::add(&mut object, finalizer);
        }
        Ok(self.finish_write(Key::new(kind, namespace, name), object))
    }

    /// Takes a finalizer off an object; if that is terminating, it goes with its last one.
    pub(crate) fn drop_finalizer(&mut self, key: &Key, finalizer: &str) {
        self.edit(key.kind, &key.namespace, &key.name, |object| {
            finalizer::remove(object, finalizer);
        });
    }
}

/// As in Kubernetes, the deletion time is when the grace period ends.
fn mark(object: &mut Object, ends: Millis, grace: i64) {
    object.put("/metadata/deletionGracePeriodSeconds", json!(grace));
    object.put("/metadata/deletionTimestamp", json!(instant::rfc3339(ends)));
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
