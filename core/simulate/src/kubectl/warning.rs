//! What is told besides when an object is stored: the API server's warnings, and what of the object nothing here acts on.

use super::session::Session;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::schema;

/// Prints what there is to say of an object that a file has asked for and that was stored as `stored`, in the place of
/// `old` if there was one. What was said of the old one is not said again.
pub(super) fn tell(
    session: &mut Session<'_>,
    kind: Kind,
    asked: &Object,
    old: Option<&Object>,
    stored: &Object,
) {
    if kind.is_at_rest() && old.is_none() {
        let name = stored.name();
        let what = match kind.name() {
            "HorizontalPodAutoscaler" => "scale by it",
            _ => "act on it",
        };
        let resource = kind.resource();
        session.say(format!(
            "warning: {resource}/{name}: stored; the simulator does not {what}"
        ));
    }
    let known = old.map_or_else(Vec::new, |old| schema::ignored(kind, old));
    for path in schema::ignored(kind, asked) {
        if !known.contains(&path) {
            session.say(format!(
                "warning: {path}: stored; the simulator does not act on it"
            ));
        }
    }
    for warning in session.world.store().warnings(kind, old, stored) {
        session.say(format!("Warning: {warning}"));
    }
}
