//! The StatefulSet controller: feeds the library what the store shows, and does what the library says. It decides
//! nothing.
//!
//! It knows the library, the store and what all components share. What goes wrong between it and the API server is in
//! here too.

use std::fmt::Write;

use statefulset::kubernetes::{
    Cluster, Diagnosis, Event, EventType, Evidence, Key, Method, ObjectError, Outcome, PATIENCE,
    PlanId, Request, Requests, Tail,
};
use statefulset::{Action, Do, Millis, Profile};

use crate::components::component::Component;
use crate::components::recorder::record;
use crate::store::Store;
use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key as Stored;
use crate::values::kind::Kind;
use crate::values::object::Fields;
use crate::values::taint::is_out_of_service;

mod audience;
pub mod faults;
mod journal;
mod line;
mod remote;
mod send;
mod view;

pub(crate) use journal::{Planned, Waiting};
pub use remote::Program;

use audience::Reader;
use faults::{Call, Faults, Pass, Upset};
use journal::Journal;
use line::Idle;
use remote::Remote;
use send::Ask;
use view::View;

const SOURCE: &str = "statefulset-controller";

/// The controller.
#[derive(Debug)]
pub(crate) struct Controller {
    profile: Profile,
    cluster: Cluster,
    /// Objects on their way to the library.
    json: Vec<u8>,
    /// What it is shown.
    view: View,
    faults: Faults,
    next: Option<Millis>,
    /// Whether it does not run.
    stopped: bool,
    /// Whether a set will be looked at again at a known time, not for a failure.
    resting: bool,
    /// Whether there was more to do than one turn allows.
    pressed: bool,
    /// What it does, for those who want to follow it.
    pub(crate) journal: Journal,
    /// The program that decides in its place. The library is shown the same, and only asked to explain.
    remote: Option<Remote>,
    /// Why that program does not work any more; nothing is done then.
    failure: Option<String>,
}

/// Why it could not end its work.
enum Trouble {
    /// It died, and starts again.
    Died,
    /// The program that it is has failed, in words.
    Lost(String),
}

impl Controller {
    pub(crate) fn new(profile: Profile) -> Self {
        Self {
            profile,
            cluster: Cluster::new(profile),
            json: Vec::new(),
            view: View::new(),
            faults: Faults::default(),
            next: None,
            stopped: false,
            resting: false,
            pressed: false,
            journal: Journal::default(),
            remote: None,
            failure: None,
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

    /// From now on this program decides.
    pub(crate) fn hand_over(&mut self, program: Box<dyn Program>, store: &Store) {
        self.remote = Some(Remote::new(program));
        self.failure = None;
        self.begin_anew(store);
    }

    /// Why the program that decides in its place does not work any more.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// It forgets all that it kept in memory, and starts again by listing.
    pub(crate) fn crash(&mut self, store: &Store) {
        self.journal.died(store.now());
        if let Some(remote) = &mut self.remote {
            self.failure = remote.restart().err();
        }
        self.begin_anew(store);
    }

    /// It does not run any more.
    pub(crate) const fn stop(&mut self) {
        self.stopped = true;
    }

    /// It runs again.
    pub(crate) fn start(&mut self, store: &Store) {
        if std::mem::replace(&mut self.stopped, false) {
            self.crash(store);
        }
    }

    fn begin_anew(&mut self, store: &Store) {
        self.cluster = Cluster::new(self.profile);
        self.view.forget(store, &mut self.faults);
        self.resting = false;
        self.pressed = true;
        self.next = Some(store.now());
    }

    fn sync(&mut self, store: &mut Store, set: &Key) -> Result<(), Trouble> {
        let now = store.now();
        self.journal.looks(now, set, &self.cluster);
        let Ok(requests) = self.cluster.plan(set, now) else {
            return Ok(());
        };
        if self.journal.is_open()
            && let Ok(told) = self.cluster.explain(set, now)
        {
            self.journal.planned(now, set, &requests, &told);
        }
        let key = Stored::new(Kind::StatefulSet, &set.namespace, &set.name);
        self.faults.begin(|| Pass {
            at: now,
            version: store.version(),
            set: set.clone(),
            seen: self.view.get(&key).cloned(),
            informed: self.view.is_true(),
            behind: self.view.behind(),
            planned: requests.requests.len(),
            calls: Vec::new(),
        });
        let outcomes = self.send(store, &requests.requests, |i, outcomes| {
            requests.may_try(i, outcomes)
        })?;
        let tail = self.cluster.finish(set, requests.id, &outcomes, now);
        self.wind_up(store, set, requests.id, &tail)?;
        Ok(())
    }

    fn wind_up(
        &mut self,
        store: &mut Store,
        set: &Key,
        id: PlanId,
        tail: &Tail,
    ) -> Result<(), Trouble> {
        for Event {
            kind,
            reason,
            message,
            ..
        } in &tail.events
        {
            report(store, set, *kind == EventType::Normal, reason, message);
        }
        let may_try = |i, outcomes: &[Outcome]| tail.may_try(i, outcomes);
        let outcomes = self.send(store, &tail.requests, may_try)?;
        self.cluster.settle(set, id, &outcomes, store.now());
        Ok(())
    }

    /// Sends the requests that may be sent, in order.
    fn send(
        &mut self,
        store: &mut Store,
        requests: &[Request],
        may_try: impl Fn(usize, &[Outcome]) -> bool,
    ) -> Result<Vec<Outcome>, Trouble> {
        let mut outcomes = Vec::with_capacity(requests.len());
        for (i, request) in requests.iter().enumerate() {
            let ask = Ask::from(request);
            let outcome = if may_try(i, &outcomes) {
                self.call(store, &ask)?
            } else {
                Outcome::NotTried
            };
            self.journal.sent(store.now(), &ask, &outcome);
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }

    fn call(&mut self, store: &mut Store, request: &Ask<'_>) -> Result<Outcome, Trouble> {
        let upset = self.faults.next_call();
        let before = store.version();
        let target = send::target(request.path);
        let seen = target.as_ref().and_then(|key| self.view.get(key).cloned());
        let home = seen.as_ref().map_or("", |seen| seen.text("/spec/nodeName"));
        let vouched = match store.get(Kind::Node, "", home) {
            Some(node) => is_out_of_service(node),
            None => self.view.saw_removed(home),
        };
        let failed = |message: &str| Some(Outcome::Failed(message.into()));
        let verb = match request.method {
            Method::Post => "create",
            Method::Put => "update",
            Method::Patch => "patch",
            Method::Delete => "delete",
            _ => "get",
        };
        let refusal = target.and_then(|key| self.faults.refusal(verb, &key));
        let outcome = match upset {
            None => Some(match refusal {
                Some(refusal) => Outcome::Failed(refusal),
                None => send::send(store, request),
            }),
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
            path: request.path.to_owned(),
            seen,
            vouched,
            versions: (before, store.version()),
            upset,
            outcome: outcome.clone(),
        });
        outcome.ok_or(Trouble::Died)
    }

    /// How a set stands. What the controller has seen of the set decides, and what lies in the store is looked at.
    pub(crate) fn diagnose(
        &self,
        store: &Store,
        namespace: &str,
        set: &str,
    ) -> Result<Diagnosis, ApiError> {
        store.require(Kind::StatefulSet, namespace, set)?;
        let key = Key::new(namespace, set);
        let objects: Vec<String> = Kind::built_in()
            .flat_map(|kind| store.list(kind, None))
            .map(ToString::to_string)
            .collect();
        let mut evidence = Evidence::new();
        // Sets are often tried without their Services.
        for kind in Kind::built_in().filter(|kind| *kind != Kind::Service) {
            evidence.complete(kind.name());
        }
        for object in &objects {
            let added = evidence.add(object.as_bytes());
            debug_assert!(added.is_ok(), "the store holds objects: {added:?}");
        }
        self.cluster
            .diagnose(&key, &evidence, store.now(), PATIENCE)
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

impl Controller {
    /// Looks at what is new, and does what is due.
    fn look(&mut self, store: &mut Store) -> Result<(), Trouble> {
        let faults = &mut self.faults;
        let mut reader = Reader {
            cluster: &mut self.cluster,
            json: &mut self.json,
        };
        let Some(mut remote) = self.remote.take() else {
            self.view
                .follow(store, &mut reader, faults, &mut self.journal);
            let due = self.cluster.due(store.now()).sets;
            return due.iter().try_for_each(|set| self.sync(store, set));
        };
        let mut both = (reader, &mut remote);
        self.view
            .follow(store, &mut both, faults, &mut self.journal);
        let mut done = Ok(());
        if remote.is_due(store.now()) {
            self.shadow(store.now());
            done = self.converse(store, &mut remote);
        }
        self.remote = Some(remote);
        done
    }

    /// Notes what the library would have planned in the program's place.
    fn shadow(&mut self, now: Millis) {
        if !self.journal.is_open() {
            return;
        }
        for set in self.cluster.due(now).sets {
            if let (Ok(requests), Ok(told)) = (
                self.cluster.plan(&set, now),
                self.cluster.explain(&set, now),
            ) {
                self.journal.planned(now, &set, &requests, &told);
            }
        }
    }

    /// Takes down when it has to look again.
    fn rest(&mut self, now: Millis) {
        let next = if let Some(remote) = &self.remote {
            let idle = remote.idle();
            self.pressed = idle.is_some_and(Idle::is_pressed);
            self.resting = idle.is_some_and(|idle| idle.next.is_some() && !idle.retrying);
            idle.and_then(|idle| idle.next)
        } else {
            let due = self.cluster.due(now);
            self.pressed = !due.sets.is_empty();
            self.resting = due.next.is_some() && !due.retrying;
            due.next
        };
        let news = self.view.next(&self.faults);
        self.next = if self.pressed {
            Some(now)
        } else {
            next.into_iter().chain(news).min()
        };
    }
}

impl Component for Controller {
    fn act(&mut self, store: &mut Store) {
        for _ in 0..LOOKS {
            if self.stopped || self.failure.is_some() {
                self.view.take_over(store);
                (self.pressed, self.resting, self.next) = (false, false, None);
                return;
            }
            match self.look(store) {
                Ok(()) => {}
                Err(Trouble::Died) => return self.crash(store),
                Err(Trouble::Lost(why)) => self.failure = Some(why),
            }
        }
        self.rest(store.now());
    }

    fn next(&self) -> Option<Millis> {
        self.next
    }

    fn idle_after(&self) -> bool {
        !self.resting && !self.pressed && self.view.is_true()
    }
}

/// Records an event about a set.
fn report(store: &mut Store, set: &Key, is_normal: bool, reason: &str, message: &str) {
    let kind = Kind::StatefulSet;
    if let Some(about) = store.get(kind, &set.namespace, &set.name).cloned() {
        record(store, SOURCE, &about, kind, is_normal, reason, message);
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
            ..
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
