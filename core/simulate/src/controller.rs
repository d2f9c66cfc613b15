//! The StatefulSet controller: feeds the library what the store shows, and does what the library says. It decides
//! nothing.

use std::collections::BTreeSet;
use std::fmt::Write;

use statefulset::kubernetes::{
    Cluster, Event, EventType, Key, Kind as Known, ObjectError, Outcome, Request, Requests, Tail,
};
use statefulset::{Action, Do, Millis, Next, Profile};

use crate::component::Component;
use crate::error::{ApiError, ApiReason};
use crate::kind::Kind;
use crate::object::Fields;
use crate::recorder::record;
use crate::store::{Change, Happened, Store};

mod journal;
mod send;

pub(crate) use journal::{Journal, Planned};

const SOURCE: &str = "statefulset-controller";

/// The controller.
#[derive(Debug)]
pub(crate) struct Controller {
    cluster: Cluster,
    /// Up to where the log has been followed; `None` before the first list.
    cursor: Option<u64>,
    /// Sets that will be looked at again at a known time, not for a failure.
    resting: BTreeSet<Key>,
    next: Option<Millis>,
    /// Whether there was more to do than one turn allows.
    pressed: bool,
    /// What it does, for those who want to follow it.
    pub(crate) journal: Journal,
}

impl Controller {
    pub(crate) fn new(profile: Profile) -> Self {
        Self {
            cluster: Cluster::new(profile),
            cursor: None,
            resting: BTreeSet::new(),
            next: None,
            pressed: false,
            journal: Journal::default(),
        }
    }

    fn follow(&mut self, store: &Store) {
        if let Some(cursor) = self.cursor {
            for change in store.changes_since(cursor) {
                self.see(store.now(), change);
            }
        } else {
            self.list(store);
        }
        self.cursor = Some(store.version());
    }

    fn list(&mut self, store: &Store) {
        for known in Known::ALL {
            self.cluster.begin_list(known);
            if let Some(kind) = kind_of(known) {
                for object in store.list(kind, None) {
                    self.show(known, object);
                }
            }
            self.cluster.end_list(known, &store.version().to_string());
        }
    }

    fn see(&mut self, now: Millis, change: &Change) {
        let Some(known) = Known::from_name(change.key.kind.name()) else {
            return;
        };
        self.journal.saw(now, change);
        if change.happened == Happened::Deleted {
            let (namespace, name) = (&change.key.namespace, &change.key.name);
            self.cluster
                .remove(known, namespace, name, change.object.uid());
            let version = change.version.to_string();
            self.cluster.bookmark(known, &version);
        } else {
            self.show(known, &change.object);
        }
    }

    /// An object that cannot be read is set aside by the library, which says so in a wait.
    fn show(&mut self, known: Known, object: &serde_json::Value) {
        let json = object.to_string();
        let _ = self.cluster.apply(known, json.as_bytes());
    }

    fn sync(&mut self, store: &mut Store, set: &Key) {
        let now = store.now();
        let Ok(requests) = self.cluster.plan(set, now) else {
            return;
        };
        if self.journal.is_open()
            && let Ok(told) = self.cluster.explain(set, now)
        {
            self.journal.planned(now, set, &requests, &told);
        }
        let outcomes = send(store, &requests.requests, |i, outcomes| {
            requests.may_try(i, outcomes)
        });
        self.journal.sent(now, &requests.requests, &outcomes);
        let tail = self.cluster.finish(set, requests.id, &outcomes, now);
        self.wind_up(store, set, &tail);
        if requests.next_wake.is_some() && tail.next == Next::Rest {
            self.resting.insert(set.clone());
        } else {
            self.resting.remove(set);
        }
    }

    fn wind_up(&mut self, store: &mut Store, set: &Key, tail: &Tail) {
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
        let outcomes = send(store, &tail.requests, |_, outcomes| all_done(outcomes));
        self.cluster.settle(set, tail, &outcomes, store.now());
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
            self.follow(store);
            for set in &self.cluster.due(now).sets {
                self.sync(store, set);
            }
        }
        let due = self.cluster.due(now);
        self.pressed = !due.sets.is_empty();
        self.next = if self.pressed { Some(now) } else { due.next };
    }

    fn next(&self) -> Option<Millis> {
        self.next
    }

    fn idle_after(&self) -> bool {
        self.resting.is_empty() && !self.pressed
    }
}

/// Looks at each set in one turn: one that makes claims, and one that binds them before anybody calls them unbound.
const LOOKS: u32 = 2;

/// Sends the requests that may be sent, in order.
fn send(
    store: &mut Store,
    requests: &[Request],
    may_try: impl Fn(usize, &[Outcome]) -> bool,
) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(requests.len());
    for (i, request) in requests.iter().enumerate() {
        let outcome = if may_try(i, &outcomes) {
            send::send(store, request)
        } else {
            Outcome::NotTried
        };
        outcomes.push(outcome);
    }
    outcomes
}

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

fn kind_of(known: Known) -> Option<Kind> {
    Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == known.name())
}

fn unreadable(error: &ObjectError) -> ApiError {
    ApiError::new(ApiReason::InternalError, error.to_string())
}
