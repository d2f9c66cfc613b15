//! Server-side apply.

use std::rc::Rc;

use super::{Store, Written};
use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::managed_fields;
use crate::values::object::{Fields, Object};

impl Store {
    /// Makes the object what a configuration says, in the current author's name: what it has said before and does not say
    /// any more goes, and what others manage is in conflict, unless it is forced.
    pub(crate) fn apply(
        &mut self,
        kind: Kind,
        namespace: &str,
        config: &Object,
        force: bool,
    ) -> Result<Rc<Object>, ApiError> {
        let live = self.get(kind, namespace, config.name()).cloned();
        let uid = config.uid();
        if live.is_none() && !uid.is_empty() {
            let message = format!(
                "Operation cannot be fulfilled on {} \"{}\": uid mismatch: the provided object specified uid {uid}, and no \
                 existing object was found",
                kind.resource(),
                config.name()
            );
            return Err(ApiError::new(ApiReason::Conflict, message));
        }
        let object = self.as_manager(None, |writer| {
            managed_fields::apply(kind, live.as_deref(), config, writer, force)
        })?;
        match live {
            None => self.make(kind, namespace, object, true),
            Some(_) => self.replace(kind, object, Written::Applied),
        }
    }
}
