//! Whom the view is shown to.

use std::rc::Rc;

use statefulset::kubernetes::{Cluster, Kind as Known};

use crate::store::{Change, Happened};
use crate::values::object::{Fields, Object};

/// Somebody who follows the objects of the kinds that the planner knows.
pub(crate) trait Audience {
    /// A complete list of a kind begins.
    fn begin_list(&mut self, kind: Known);
    /// An object of the list.
    fn list(&mut self, kind: Known, object: &Rc<Object>);
    /// The list is complete, as of this version.
    fn end_list(&mut self, kind: Known, version: &str);
    /// Something happened to an object.
    fn see(&mut self, kind: Known, change: &Change);
}

impl Audience for Cluster {
    fn begin_list(&mut self, kind: Known) {
        Self::begin_list(self, kind);
    }

    fn list(&mut self, kind: Known, object: &Rc<Object>) {
        // Most objects fit, and need not be moved while they are written.
        let mut json = Vec::with_capacity(8 << 10);
        serde_json::to_writer(&mut json, &**object).expect("keys of JSON objects are text");
        // An object that cannot be read is set aside by the library, which says so in a wait.
        let _ = self.apply(kind, &json);
    }

    fn end_list(&mut self, kind: Known, version: &str) {
        Self::end_list(self, kind, version);
    }

    fn see(&mut self, kind: Known, change: &Change) {
        if change.happened == Happened::Deleted {
            let (namespace, name) = (&change.key.namespace, &change.key.name);
            self.remove(kind, namespace, name, change.object.uid());
            self.bookmark(kind, &change.version.to_string());
        } else {
            self.list(kind, &change.object);
        }
    }
}

/// Both see the same.
impl<A: Audience, B: Audience> Audience for (&mut A, &mut B) {
    fn begin_list(&mut self, kind: Known) {
        self.0.begin_list(kind);
        self.1.begin_list(kind);
    }

    fn list(&mut self, kind: Known, object: &Rc<Object>) {
        self.0.list(kind, object);
        self.1.list(kind, object);
    }

    fn end_list(&mut self, kind: Known, version: &str) {
        self.0.end_list(kind, version);
        self.1.end_list(kind, version);
    }

    fn see(&mut self, kind: Known, change: &Change) {
        self.0.see(kind, change);
        self.1.see(kind, change);
    }
}
