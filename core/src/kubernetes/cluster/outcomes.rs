//! How the requests of a plan went, and what follows from that.

use std::string::ToString;
use std::vec::Vec;

use super::Cluster;
use crate::kubernetes::turn::draft::SentTail;
use crate::kubernetes::turn::request::{Method, Outcome, PlanId, Purpose, Request, may_try};
use crate::kubernetes::turn::tail::Tail;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::view::freshness::{Unseen, Victim, Write};
use crate::outcome::Next;
use crate::time::Millis;

impl Cluster {
    /// Whether the request with this index may be sent, given the outcomes of those before it: [`Requests::may_try`](crate::kubernetes::Requests::may_try) for
    /// callers that keep no [`Requests`](crate::kubernetes::Requests). After [`finish`](Self::finish) the same for the requests of the [`Tail`].
    ///
    /// False also for a plan that is not the last one made for the set.
    pub fn may_try(&self, set: &Key, id: PlanId, index: usize, outcomes: &[Outcome]) -> bool {
        if let Some(draft) = self.drafts().get(set) {
            return draft.id == id && may_try(&draft.requests, index, outcomes);
        }
        self.tails
            .get(set)
            .is_some_and(|sent| sent.id == id && may_try(&sent.requests, index, outcomes))
    }

    /// What [`finish`](Self::finish) would give, without taking it in.
    pub fn conclude(&self, set: &Key, id: PlanId, outcomes: &[Outcome], now: Millis) -> Tail {
        let drafts = self.drafts();
        let draft = drafts.get(set).filter(|draft| draft.id == id);
        let known = self.objects.sets.get(&set.namespace, &set.name);
        match (draft, known) {
            (Some(draft), Some(known)) => draft.conclude(known, outcomes, now),
            _ => Tail {
                requests: Vec::new(),
                events: Vec::new(),
                next: Next::Again,
            },
        }
    }

    /// Takes in how the requests of a plan went: one outcome for each, [`Outcome::NotTried`] for those that
    /// [`Requests::may_try`](crate::kubernetes::Requests::may_try) ruled out. Gives what is left to do. If the plan is not the last one made for the set,
    /// nothing follows but another look.
    pub fn finish(&mut self, set: &Key, id: PlanId, outcomes: &[Outcome], now: Millis) -> Tail {
        let tail = self.conclude(set, id, outcomes, now);
        let draft = self
            .drafts()
            .swap_remove(set)
            .filter(|draft| draft.id == id);
        self.tails.swap_remove(set);
        self.agenda.put_down(set);
        let is_set = self.objects.is_set(set);
        let Some(draft) = draft.filter(|_| is_set) else {
            self.agenda.tick();
            if is_set {
                self.agenda.touch(set);
            }
            return tail;
        };
        if let Some(writes) = self.writes.get_mut(set).filter(|_| draft.fresh) {
            // All of them have been seen to be terminating or gone.
            writes.victims.clear();
        }
        for (request, outcome) in draft.requests.iter().zip(outcomes) {
            self.note_write(set, request, outcome, now);
        }
        let failures = self.agenda.failures(set);
        match tail.next {
            Next::Rest => self.agenda.rest(set, id.view, draft.plan.next_wake),
            Next::Retry => self.agenda.retry(set, id.view, failures, now),
            Next::Again => self.agenda.rest(set, id.view, Some(now)),
        }
        match draft.lacks {
            _ if !draft.fresh => self.wait_for_view(set, Some(now)),
            Some(kind) if !self.objects.views.is_listed(kind) => {
                let awaited = self.awaits(set, kind, "", Unseen::List, None);
                self.behind.hold(awaited, now);
            }
            _ => drop(self.behind.release(set)),
        }
        if !tail.requests.is_empty() {
            self.tails
                .insert(set.clone(), SentTail::of(id, &tail, failures));
        }
        tail
    }

    /// Takes in how the requests of the plan's [`Tail`] went, so that the next plan waits until the new status has been
    /// seen, and a failed one is tried again. Optional, for those who would rather watch the set.
    pub fn settle(&mut self, set: &Key, id: PlanId, outcomes: &[Outcome], now: Millis) {
        let Some(tail) = self.tails.swap_remove(set).filter(|tail| tail.id == id) else {
            return;
        };
        let mut failed = false;
        for (request, outcome) in tail.requests.iter().zip(outcomes) {
            self.note_write(set, request, outcome, now);
            failed |= !request.succeeded(outcome);
        }
        if failed {
            self.agenda.retry(set, id.view, tail.failures, now);
        }
    }

    /// Releasing a pod is not noted: the pod does not belong to the set any more.
    fn note_write(&mut self, set: &Key, request: &Request, outcome: &Outcome, now: Millis) {
        let Outcome::Done { resource_version } = outcome else {
            return;
        };
        let origin = &request.origin;
        if let Some((pod, uid)) = &origin.victim {
            let writes = self.writes.entry(set.clone()).or_default();
            let victim = Victim {
                uid: uid.clone(),
                since: now,
            };
            writes.victims.insert(pod.clone(), victim);
        } else if request.method != Method::Delete && origin.purpose != Purpose::Release {
            let Ok(version) = resource_version.parse() else {
                return;
            };
            let write = Write {
                name: request.object().to_string(),
                version,
                created: request.method == Method::Post,
                since: now,
            };
            let writes = self.writes.entry(set.clone()).or_default();
            writes.note(origin.kind, write);
        }
    }
}
