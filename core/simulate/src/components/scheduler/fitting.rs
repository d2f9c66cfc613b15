//! The nodes that can take a pod, and which of them it gets.

use super::census::Room;
use super::claims::{self, Delayed};
use super::filter::{Candidate, Filters};
use super::unfit::Unfit;
use super::{Scheduler, node_affinity};
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Nodes that can take a pod.
pub(super) struct Fitting<'c> {
    /// All of them, by name.
    rooms: Vec<&'c Room>,
    /// The one with the fewest pods.
    pub(super) best: &'c Room,
    /// The claims whose volumes are chosen together with the node.
    pub(super) delayed: Delayed,
}

/// Where a pod could go.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The scheduler does not look at it.
    Waits,
    /// To these nodes, and it would get one of them.
    Fits { fit: Vec<String>, chosen: String },
    /// To no node, in the scheduler's words.
    FitsNowhere(String),
}

impl Scheduler {
    /// The nodes that can take the pod; or why there are none.
    pub(super) fn fitting(&mut self, store: &Store, pod: &Object) -> Result<Fitting<'_>, String> {
        let mut unfit = Unfit::among(self.census.rooms().count(), pod);
        if node_affinity::contradicts_itself(pod) {
            return Err(unfit.anywhere("pod affinity terms conflict"));
        }
        let claims = claims::of(store, pod).map_err(|why| unfit.anywhere(&why))?;
        let candidate = Candidate {
            pod,
            claims: &claims,
            store,
        };
        let filters = Filters::of(&candidate, &mut self.census);
        let mut rooms = Vec::new();
        for room in self.census.rooms() {
            match filters.refusal(room) {
                Some(refusal) => unfit.add(refusal),
                None => rooms.push(room),
            }
        }
        drop(filters);
        // Of several the first by name.
        let best = rooms.iter().min_by_key(|room| room.pods.len());
        match best.copied() {
            Some(best) => Ok(Fitting {
                best,
                rooms,
                delayed: claims.delayed,
            }),
            None => Err(unfit.to_string()),
        }
    }

    /// What it says of a pod, without doing anything.
    pub(crate) fn verdict(&mut self, store: &Store, namespace: &str, name: &str) -> Verdict {
        self.follow(store);
        let key = (namespace.to_owned(), name.to_owned());
        let pod = store.get(Kind::Pod, namespace, name);
        let Some(pod) = pod.filter(|_| self.pending.contains_key(&key)) else {
            return Verdict::Waits;
        };
        match self.fitting(store, pod) {
            Ok(Fitting { rooms, best, .. }) => Verdict::Fits {
                fit: rooms.iter().map(|it| it.node.name().to_owned()).collect(),
                chosen: best.node.name().to_owned(),
            },
            Err(why) => Verdict::FitsNowhere(why),
        }
    }
}
