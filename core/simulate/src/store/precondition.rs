//! What a write may ask of the object that it meets.

use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// An empty `wanted` asks for nothing.
pub(super) fn check_version(
    kind: Kind,
    name: &str,
    wanted: &str,
    old: &Object,
) -> Result<(), ApiError> {
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

/// An empty `wanted` asks for nothing.
pub(super) fn check_uid(
    kind: Kind,
    name: &str,
    wanted: &str,
    old: &Object,
) -> Result<(), ApiError> {
    if wanted.is_empty() || wanted == old.uid() {
        return Ok(());
    }
    let found = old.uid();
    let message = format!(
        "Operation cannot be fulfilled on {} \"{name}\": Precondition failed: UID in precondition: {wanted}, UID in \
         object meta: {found}",
        kind.resource()
    );
    Err(ApiError::new(ApiReason::Conflict, message))
}

/// Nothing of this name is there.
pub(crate) fn not_found(kind: Kind, name: &str) -> ApiError {
    ApiError::new(
        ApiReason::NotFound,
        format!("{} \"{name}\" not found", kind.resource()),
    )
}
