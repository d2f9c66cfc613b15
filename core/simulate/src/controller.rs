//! The StatefulSet controller: feeds the library what the store shows, and does what the library says. It decides
//! nothing.

use std::collections::BTreeSet;
use std::fmt::Write;

use statefulset::kubernetes::{
    Cluster, Event, EventType, Key, ObjectError, Outcome, PlanId, Request, Requests, Tail,
};
use statefulset::{Action, Do, Millis, Next, Profile};

use crate::component::Component;
use crate::error::{ApiError, ApiReason};
use crate::faults::{Call, Faults, Pass, Upset, View};
use crate::kind::Kind;
use crate::recorder::record;
use crate::store::{self, Store};

mod journal;
mod send;

pub(crate) use journal::{Journal, Planned};

const SOURCE: &str = "statefulset-controller";

/// The controller.
#[derive(Debug)]
pub(crate) struct Controller {
    profile: Profile,
    cluster: Cluster,
    /// What it is shown.
    view: View,
    faults: Faults,
    /// Sets that will be looked at again at a known time, not for a failure.
    resting: BTreeSet<Key>,
    next: Option<Millis>,
    /// Whether there was more to do than one turn allows.
    pressed: bool,
    /// What it does, for those who want to follow it.
    pub(crate) journal: Journal,
}

/// It died in the middle of its work.
struct Died;

impl Controller {
    pub(crate) fn new(profile: Profile) -> Self {
        Self {
            profile,
            cluster: Cluster::new(profile),
            view: View::new(),
            faults: Faults::default(),
            resting: BTreeSet::new(),
            next: None,
            pressed: false,
            journal: Journal::default(),
        }
    }

    /// What goes wrong between it and the API server.
    pub(crate) const fn faults_mut(&mut self) -> &mut Faults {
        &mut self.faults
    }

    /// What it is shown.
    pub(crate) const fn view(&self) -> &View {
        &self.view
    }

    /// What it knows.
    pub(crate) const fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// It forgets all that it kept in memory, and starts again by listing.
    pub(crate) fn crash(&mut self, store: &Store) {
        self.journal.died(store.now());
        self.cluster = Cluster::new(self.profile);
        self.view.forget(store, &mut self.faults);
        self.resting.clear();
        self.pressed = true;
        self.next = Some(store.now());
    }

    fn sync(&mut self, store: &mut Store, set: &Key) -> Result<(), Died> {
        let now = store.now();
        let Ok(requests) = self.cluster.plan(set, now) else {
            return Ok(());
        };
        if self.journal.is_open()
            && let Ok(told) = self.cluster.explain(set, now)
        {
            self.journal.planned(now, set, &requests, &told);
        }
        let key = store::Key::new(Kind::StatefulSet, &set.namespace, &set.name);
        self.faults.begin(|| Pass {
            at: now,
            version: store.version(),
            set: set.clone(),
            seen: self.view.get(&key).cloned(),
            behind: self.view.behind(),
            planned: requests.requests.len(),
            calls: Vec::new(),
        });
        let outcomes = self.send(store, &requests.requests, |i, outcomes| {
            requests.may_try(i, outcomes)
        })?;
        let tail = self.cluster.finish(set, requests.id, &outcomes, now);
        self.wind_up(store, set, requests.id, &tail)?;
        if requests.next_wake.is_some() && tail.next == Next::Rest {
            self.resting.insert(set.clone());
        } else {
            self.resting.remove(set);
        }
        Ok(())
    }

    fn wind_up(
        &mut self,
        store: &mut Store,
        set: &Key,
        id: PlanId,
        tail: &Tail,
    ) -> Result<(), Died> {
        let about = store
            .get(Kind::StatefulSet, &set.namespace, &set.name)
            .cloned();
        for Event {
            kind,
            reason,
            message,
        } in &tail.events
        {
            if let Some(about) = &about {
                let normal = *kind == EventType::Normal;
                let kind = Kind::StatefulSet;
                record(store, SOURCE, about, kind, normal, reason, message);
            }
        }
        let all_done = |outcomes: &[Outcome]| {
            let mut sent = tail.requests.iter().zip(outcomes);
            sent.all(|(request, outcome)| request.succeeded(outcome))
        };
        let outcomes = self.send(store, &tail.requests, |_, outcomes| all_done(outcomes))?;
        self.cluster.settle(set, id, &outcomes, store.now());
        Ok(())
    }

    /// Sends the requests that may be sent, in order.
    fn send(
        &mut self,
        store: &mut Store,
        requests: &[Request],
        may_try: impl Fn(usize, &[Outcome]) -> bool,
    ) -> Result<Vec<Outcome>, Died> {
        let mut outcomes = Vec::with_capacity(requests.len());
        for (i, request) in requests.iter().enumerate() {
            let outcome = if may_try(i, &outcomes) {
                self.call(store, request)?
            } else {
                Outcome::NotTried
            };
            self.journal.sent(store.now(), request, &outcome);
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }

    fn call(&mut self, store: &mut Store, request: &Request) -> Result<Outcome, Died> {
        let upset = self.faults.next_call();
        let before = store.version();
        let failed = |message: &str| Some(Outcome::Failed(message.into()));
        let outcome = match upset {
            None => Some(send::send(store, request)),
            Some(Upset::Refuse) => failed("the server is currently unable to handle the request"),
            Some(Upset::TimeOut) => {
                send::send(store, request);
                failed("context deadline exceeded")
            }
            Some(Upset::Conflict) => Some(Outcome::Conflict),
            Some(Upset::Crash) => None,
        };
        self.faults.note(|| Call {
            reason: request.reason,
            method: request.method,
            path: request.path.clone(),
            versions: (before, store.version()),
            upset,
            outcome: outcome.clone(),
        });
        outcome.ok_or(Died)
    }

    /// What the planner wants for a set and what it waits for.
    pub(crate) fn explain(
        &self,
        store: &Store,
        namespace: &str,
        set: &str,
    ) -> Result<String, ApiError> {
        store.require(Kind::StatefulSet, namespace, set)?;
        let key = Key::new(namespace, set);
        self.cluster
            .explain(&key, store.now())
            .map_err(|error| unreadable(&error))
    }

    /// The actions of a set's plan and what it waits for: stage, ordinal, step, action, reason, details.
    pub(crate) fn planned(
        &self,
        store: &Store,
        namespace: &str,
        set: &str,
    ) -> Result<String, ApiError> {
        store.require(Kind::StatefulSet, namespace, set)?;
        let key = Key::new(namespace, set);
        let requests = self
            .cluster
            .plan(&key, store.now())
            .map_err(|error| unreadable(&error))?;
        Ok(table(&requests))
    }
}

impl Component for Controller {
    fn act(&mut self, store: &mut Store) {
        let now = store.now();
        for _ in 0..LOOKS {
            let (cluster, faults) = (&mut self.cluster, &mut self.faults);
            self.view.follow(store, cluster, faults, &mut self.journal);
            let due = self.cluster.due(now).sets;
            if let Err(Died) = due.iter().try_for_each(|set| self.sync(store, set)) {
                self.crash(store);
                return;
            }
        }
        let due = self.cluster.due(now);
        self.pressed = !due.sets.is_empty();
        let news = self.view.next(&self.faults);
        self.next = if self.pressed {
            Some(now)
        } else {
            due.next.into_iter().chain(news).min()
        };
    }

    fn next(&self) -> Option<Millis> {
        self.next
    }

    fn idle_after(&self) -> bool {
        self.resting.is_empty() && !self.pressed && self.view.is_true()
    }
}

/// Looks at each set in one turn: one that makes claims, and one that binds them before anybody calls them unbound.
const LOOKS: u32 = 2;

fn table(requests: &Requests) -> String {
    let actions = requests.plan.actions.iter().filter(|a| !a.what.is_wait());
    let mut text = String::new();
    for action in actions.chain(&requests.waits) {
        let Action {
            stage,
            ordinal,
            step,
            reason,
            what,
        } = action;
        let (slug, reason) = (what.slug(), reason.slug());
        let details = match what {
            Do::Wait(wait) => {
                let through = wait.through;
                format!("through {through}\t{}\t{:?}", wait.gates, wait.on)
            }
            what => format!("{what:?}"),
        };
        // Writing to a string has no way to fail.
        let _ = writeln!(
            text,
            "{stage}\t{ordinal}\t{step}\t{slug}\t{reason}\t{details}"
        );
    }
    text
}

fn unreadable(error: &ObjectError) -> ApiError {
    ApiError::new(ApiReason::InternalError, error.to_string())
}
