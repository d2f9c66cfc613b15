//! The quota controller: says of each quota how much of it is used.

use serde_json::{Value, json};
use statefulset::Millis;

use crate::components::component::Component;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::quota::shown;

/// Counts.
#[derive(Debug, Default)]
pub(crate) struct Quotas {
    cursor: u64,
}

impl Component for Quotas {
    fn act(&mut self, store: &mut Store) {
        let counts = |kind| {
            matches!(
                kind,
                Kind::ResourceQuota | Kind::Pod | Kind::PersistentVolumeClaim | Kind::Service
            )
        };
        let mut changes = store.changes_since(self.cursor).iter();
        let is_due = changes.any(|change| counts(change.key.kind));
        self.cursor = store.version();
        if !is_due {
            return;
        }
        let quotas: Vec<_> = store.list(Kind::ResourceQuota, None).cloned().collect();
        for quota in quotas {
            let (namespace, name) = (quota.namespace(), quota.name());
            let status = status(store, &quota);
            store.edit(Kind::ResourceQuota, namespace, name, |quota| {
                quota.put("/status", status);
            });
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}

fn status(store: &Store, quota: &Object) -> Value {
    let hard = quota.pointer("/spec/hard").cloned().unwrap_or_default();
    let resources = hard.as_object().into_iter().flat_map(|hard| hard.keys());
    let used = resources.map(|resource| {
        let used = store.used(quota.namespace(), resource);
        (resource.clone(), json!(shown(resource, used)))
    });
    json!({"used": Value::Object(used.collect()), "hard": hard})
}
