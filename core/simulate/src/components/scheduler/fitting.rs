//! The nodes that can take a pod, and which of them it gets.

use super::claims::{self, Delayed};
use super::filter::{Candidate, Filters};
use super::preemption::{Choice, NOMINATED};
use super::unfit::{Attempt, Unfit};
use super::{Scheduler, node_affinity};
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Nodes that can take a pod.
pub(super) struct Fitting {
    /// The one that the pod was promised, or else the one with the fewest pods.
    pub(super) best: String,
    /// The others, as far as they were looked at.
    others: Vec<String>,
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
    /// To no node, in the scheduler's words; to which one if others left it, and to which it could be then.
    FitsNowhere {
        message: String,
        room: Option<String>,
        choices: Vec<Choice>,
    },
}

/// Why a pod has no node, and who has to leave one for it.
#[derive(Debug)]
pub(super) struct Nowhere {
    /// In the scheduler's words.
    pub(super) message: String,
    /// Whether it was tried to make room, and with what success.
    pub(super) attempt: Option<Attempt>,
}

impl Scheduler {
    /// Nodes that can take the pod, `most` of them at most; or why there are none.
    pub(super) fn fitting(
        &mut self,
        store: &Store,
        pod: &Object,
        most: usize,
    ) -> Result<Fitting, Nowhere> {
        let mut unfit = Unfit::among(self.census.len());
        let anywhere = |unfit: &Unfit, why: &str| Nowhere {
            message: unfit.anywhere(why),
            attempt: None,
        };
        if node_affinity::contradicts_itself(pod) {
            return Err(anywhere(&unfit, "pod affinity terms conflict"));
        }
        let claims = claims::of(store, pod).map_err(|why| anywhere(&unfit, &why))?;
        let candidate = Candidate {
            pod,
            claims: &claims,
            store,
        };
        let promised = pod.text(NOMINATED);
        if self.census.room(promised).is_some() && self.refusal(&candidate, promised).is_none() {
            return Ok(Fitting {
                best: promised.to_owned(),
                others: Vec::new(),
                delayed: claims.delayed,
            });
        }
        let mut beside_guests = self.beside_guests(&candidate);
        let filters = Filters::of(&candidate, &mut self.census);
        let rooms = self.census.rooms_by_load();
        let fit = rooms.filter(|room| {
            let beside_guests = beside_guests.remove(room.node.name());
            match beside_guests.or_else(|| filters.refusal(room)) {
                Some(refusal) => {
                    unfit.add(room, refusal);
                    false
                }
                None => true,
            }
        });
        let mut fit = fit.map(|room| room.node.name().to_owned());
        let best = fit.next();
        let others = fit.take(most.saturating_sub(1)).collect();
        drop(filters);
        if let Some(best) = best {
            return Ok(Fitting {
                best,
                others,
                delayed: claims.delayed,
            });
        }
        let attempt = self.make_room(&candidate, &unfit.for_others);
        Err(Nowhere {
            message: unfit.told(&attempt),
            attempt: Some(attempt),
        })
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
                let mut fit: Vec<String> = others.into_iter().chain([best.clone()]).collect();
                fit.sort_unstable();
                Verdict::Fits { fit, chosen: best }
            }
            Err(Nowhere { message, attempt }) => {
                let (room, choices) = match attempt {
                    Some(Attempt::Found { best, all }) => (Some(best.node), all),
                    _ => (None, Vec::new()),
                };
                Verdict::FitsNowhere {
                    message,
                    room,
                    choices,
                }
            }
        }
    }
}
