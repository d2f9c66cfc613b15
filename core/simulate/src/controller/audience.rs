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

/// The library, which reads objects as JSON.
pub(super) struct Reader<'a> {
    pub(super) cluster: &'a mut Cluster,
    /// Where objects are written: to make and to give back so much memory for each of them costs more than the writing.
    pub(super) json: &'a mut Vec<u8>,
}

impl Audience for Reader<'_> {
    fn begin_list(&mut self, kind: Known) {
        self.cluster.begin_list(kind);
    }

    fn list(&mut self, kind: Known, object: &Rc<Object>) {
        self.json.clear();
        serde_json::to_writer(&mut *self.json, &**object).expect("keys of JSON objects are text");
        // An object that cannot be read is set aside by the library, which says so in a wait.
        let _ = self.cluster.apply(kind, self.json);
    }

    fn end_list(&mut self, kind: Known, version: &str) {
        self.cluster.end_list(kind, version);
    }

    fn see(&mut self, kind: Known, change: &Change) {
        if change.happened == Happened::Deleted {
            let (namespace, name) = (&change.key.namespace, &change.key.name);
            let version = change.version.to_string();
            self.cluster
                .remove(kind, namespace, name, change.object.uid());
            self.cluster.bookmark(kind, &version);
        } else {
            self.list(kind, &change.object);
        }
    }
}

/// Both see the same.
impl<A: Audience, B: Audience> Audience for (A, &mut B) {
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
