//! What the API server does to an object before it stores it: defaults and validation.

use crate::error::ApiError;
use crate::kind::Kind;
use crate::object::Object;
use crate::store::Store;

/// Feature gates that decide what is accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gates {
    /// `StatefulSetRecreateStrategy`
    pub recreate: bool,
}

impl Default for Gates {
    fn default() -> Self {
        Self { recreate: false }
    }
}

/// Before creation.
pub(crate) fn prepare_create(
    _store: &Store,
    _kind: Kind,
    _object: &mut Object,
) -> Result<(), ApiError> {
    Ok(())
}

/// Before an update of metadata and spec.
pub(crate) fn prepare_update(
    _store: &Store,
    _kind: Kind,
    _old: &Object,
    _object: &mut Object,
) -> Result<(), ApiError> {
    Ok(())
}

/// Before an update of the status.
pub(crate) fn validate_status(_kind: Kind, _object: &Object) -> Result<(), ApiError> {
    Ok(())
}
