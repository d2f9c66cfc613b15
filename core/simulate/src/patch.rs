//! Patches (stand-in).

use std::rc::Rc;

use serde_json::Value;

use crate::error::ApiError;
use crate::kind::Kind;
use crate::object::{Fields, Object};
use crate::store::Store;

/// How a patch is applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PatchType {
    /// RFC 6902.
    Json,
    /// RFC 7386.
    Merge,
    /// Kubernetes' own.
    Strategic,
}

impl Store {
    /// Patches an object.
    pub fn patch(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        patch: &Value,
        how: PatchType,
        status: bool,
    ) -> Result<Rc<Object>, ApiError> {
        let mut object = Object::clone(&*self.require(kind, namespace, name)?);
        object.take_away("/metadata/resourceVersion");
        let _ = how;
        json_patch::merge(&mut object, patch);
        if status {
            self.update_status(kind, object)
        } else {
            self.update(kind, object)
        }
    }
}

/// What `kubectl apply` makes of an object.
pub fn three_way(_: Kind, _: &Value, modified: &Value, live: &Value) -> Value {
    let mut merged = live.clone();
    json_patch::merge(&mut merged, modified);
    merged
}
