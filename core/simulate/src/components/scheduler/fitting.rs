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
    /// The one with the fewest pods.
    pub(super) best: &'c Room,
    /// The others, as far as they were looked at.
    others: Vec<&'c Room>,
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
    /// Nodes that can take the pod, `most` of them at most; or why there are none.
    pub(super) fn fitting(
        &mut self,
        store: &Store,
        pod: &Object,
        most: usize,
    ) -> Result<Fitting<'_>, String> {
        let mut unfit = Unfit::among(self.census.len(), pod);
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
        let mut rooms = self.census.rooms_by_load();
        let mut fit = rooms.by_ref().filter(|room| match filters.refusal(room) {
            Some(refusal) => {
                unfit.add(room, refusal);
                false
            }
            None => true,
        });
        let best = fit.next();
        let others = fit.take(most.saturating_sub(1)).collect();
        drop(filters);
        match best {
            Some(best) => Ok(Fitting {
                best,
                others,
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
        match self.fitting(store, pod, usize::MAX) {
            Ok(Fitting { best, others, .. }) => {
                let chosen = best.node.name().to_owned();
                let others = others.iter().map(|room| room.node.name().to_owned());
                let mut fit: Vec<String> = others.chain([chosen.clone()]).collect();
                fit.sort_unstable();
                Verdict::Fits { fit, chosen }
            }
            Err(why) => Verdict::FitsNowhere(why),
        }
    }
}
