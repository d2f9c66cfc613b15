//! The whole cluster: a store, the components around it, and a virtual clock that jumps from event to event.
//!
//! It knows every component and the controller, and nothing of the commands that people type.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use statefulset::kubernetes::Diagnosis;
use statefulset::{Millis, Profile};

use crate::components::budgets::Budgets;
use crate::components::component::Component;
use crate::components::definitions::Definitions;
use crate::components::ephemeral::EphemeralVolumes;
use crate::components::gc::GarbageCollector;
use crate::components::kubelet::{Kubelets, Process};
use crate::components::namespaces::Namespaces;
use crate::components::network::{Endpoints, dns};
use crate::components::nodes::Nodes;
use crate::components::protection::Protection;
use crate::components::quotas::Quotas;
use crate::components::scheduler::Scheduler;
use crate::components::storage::VolumeController;
use crate::controller::Controller;
use crate::controller::faults::Faults;
use crate::store::{Author, Store};
use crate::timeline::Timeline;
use crate::values::error::ApiError;
use crate::values::exec::Exec;

mod failing;
mod founding;
mod restoring;
mod watching;

/// After so many rounds within one moment the rest goes on later: two parties that answer each other
/// for ever must not stop the clock.
const ROUNDS: u32 = 100;
/// How much time passes after a moment that was cut. Upstream's rules can create a pod and delete it again and again without
/// waiting for anything; a real API server takes its time for that.
const RESTLESS: Millis = 1000;

/// For so long a wait without limit goes on while there is nothing but heartbeats and back-off.
const PATIENCE: Millis = 3_600_000;

/// How a cluster begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// Names of its nodes.
    pub nodes: Vec<String>,
    /// Whether there is a default storage class, and a provisioner that makes volumes.
    pub provisioner: bool,
    /// Behaviour of its StatefulSet controller.
    pub profile: Profile,
    /// Whether its API server takes the update strategy `Recreate` also where the controller does not know it.
    pub recreate: bool,
    /// What is drawn at random comes from here.
    pub seed: u64,
    /// Time of the beginning.
    pub start: Millis,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            nodes: (1..=3).map(|i| format!("node-{i}")).collect(),
            provisioner: true,
            profile: Profile::STANDALONE,
            recreate: false,
            seed: 0,
            // 2026-01-01T00:00:00Z
            start: 1_767_225_600_000,
        }
    }
}

/// How [`World::settle`] ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// Nothing would change any more but heartbeats and back-off.
    Quiet,
    /// The time was over first.
    Limit,
}

/// A cluster.
#[derive(Debug)]
pub struct World {
    options: Options,
    store: Store,
    controller: Controller,
    storage: VolumeController,
    scheduler: Scheduler,
    kubelets: Kubelets,
    nodes: Nodes,
    budgets: Budgets,
    endpoints: Endpoints,
    garbage_collector: GarbageCollector,
    protection: Protection,
    namespaces: Namespaces,
    definitions: Definitions,
    ephemeral: EphemeralVolumes,
    quotas: Quotas,
    /// Whether the last moment was cut at [`ROUNDS`].
    restless: bool,
    /// The store's version after the last round.
    read: u64,
    timeline: Option<Timeline>,
    stop: Arc<AtomicBool>,
}

impl World {
    /// A cluster with its nodes, and with its default storage class where it has a provisioner.
    pub fn new(options: Options) -> Self {
        let mut store = Store::new(options.start, options.seed);
        store.kubernetes = options.profile.kubernetes;
        founding::found(&mut store, &options);
        Self::with_store(options, store)
    }

    fn with_store(options: Options, mut store: Store) -> Self {
        store.kubernetes = options.profile.kubernetes;
        store.gates.recreate = options.recreate || options.profile.recreate;
        // As a webhook would that comes with such a controller.
        store.gates.policies = options.profile.policies;
        Self {
            controller: Controller::new(options.profile),
            storage: VolumeController::new(options.provisioner, options.profile),
            scheduler: Scheduler::new(options.profile.bind_claims),
            kubelets: Kubelets::default(),
            nodes: Nodes::new(options.start, options.profile),
            budgets: Budgets::default(),
            endpoints: Endpoints::default(),
            garbage_collector: GarbageCollector::default(),
            protection: Protection::default(),
            namespaces: Namespaces::default(),
            definitions: Definitions::default(),
            ephemeral: EphemeralVolumes::default(),
            quotas: Quotas::default(),
            restless: false,
            read: 0,
            timeline: None,
            stop: Arc::default(),
            options,
            store,
        }
    }

    /// How it began.
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// Its API store.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Its API store, to write to.
    pub const fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Its time.
    pub const fn now(&self) -> Millis {
        self.store.now()
    }

    /// Everything that happens at this very moment.
    pub fn quiesce(&mut self) {
        self.restless = true;
        let author = self.store.write_as(Author::default());
        self.rounds();
        self.store.write_as(author);
    }

    fn rounds(&mut self) {
        for _ in 0..ROUNDS {
            let (before, read) = (self.store.version(), self.read);
            let ([others @ .., last], store) = self.components_mut();
            for component in others {
                store.write_as(Author::Component(component.program()));
                component.act(store);
            }
            // So far the others have read by now, and what the last one has not read of that it has written itself.
            store.trim(read);
            store.write_as(Author::Component(last.program()));
            last.act(store);
            self.record();
            // So far all of them have read.
            self.store.trim(before);
            self.read = self.store.version();
            if self.store.version() == before {
                self.restless = false;
                return;
            }
        }
    }

    /// Lets this moment end, jumps to the next one at which something happens, and lets that end too. False where
    /// nothing happens up to `until`; the clock then stands there.
    pub fn step(&mut self, until: Millis) -> bool {
        self.quiesce();
        let next = self.next_moment().filter(|&at| at <= until);
        self.store.set_now(next.unwrap_or(until));
        self.quiesce();
        next.is_some()
    }

    /// Lets time pass.
    pub fn advance(&mut self, by: Millis) {
        let until = self.now().saturating_add(by);
        while !self.is_stopped() && self.step(until) {}
    }

    /// Lets time pass until `done` holds (true), or (false) until `limit` is over. Without a limit it gives up where
    /// nothing can happen any more, and where for an hour nothing but heartbeats and back-off has.
    pub fn wait_for(&mut self, limit: Option<Millis>, mut done: impl FnMut(&Self) -> bool) -> bool {
        self.quiesce();
        let end = limit.map(|limit| self.now().saturating_add(limit));
        let mut busy_at = self.now();
        loop {
            if done(self) {
                return true;
            }
            if self.is_stopped() {
                return false;
            }
            if self.is_busy() {
                busy_at = self.now();
            }
            let until = match end {
                Some(end) => end,
                None if self.next_moment().is_none() => return false,
                None if self.is_busy() => Millis::MAX,
                None => busy_at.saturating_add(PATIENCE),
            };
            if !self.step(until) {
                return done(self);
            }
        }
    }

    /// Lets time pass until nothing would change any more but heartbeats and back-off, at most `limit`.
    pub fn settle(&mut self, limit: Millis) -> Settled {
        let end = self.now().saturating_add(limit);
        self.quiesce();
        while self.is_busy() {
            if self.is_stopped() {
                return Settled::Limit;
            }
            if !self.step(end) && self.is_busy() {
                return Settled::Limit;
            }
        }
        Settled::Quiet
    }

    /// The lines that a container has printed in its last run, or (`previous`) in the one before.
    pub fn log(
        &mut self,
        namespace: &str,
        pod: &str,
        container: Option<&str>,
        previous: bool,
    ) -> Result<Vec<String>, ApiError> {
        self.quiesce();
        self.kubelets
            .log(&self.store, namespace, pod, container, previous)
    }

    /// Runs a program in a container.
    pub fn exec(
        &mut self,
        namespace: &str,
        pod: &str,
        container: Option<&str>,
        argv: &[String],
    ) -> Result<Exec, ApiError> {
        self.quiesce();
        self.kubelets
            .exec(&self.store, namespace, pod, container, argv)
    }

    /// What `nslookup NAME` prints in a pod of `namespace`.
    pub fn nslookup(&self, namespace: &str, name: &str) -> Exec {
        dns::nslookup(&self.store, namespace, name)
    }

    /// What really runs, as against what the API says.
    pub fn processes(&self) -> impl Iterator<Item = Process<'_>> {
        self.kubelets.processes()
    }

    /// Its StatefulSet controller.
    pub(crate) const fn controller(&self) -> &Controller {
        &self.controller
    }

    /// What goes wrong between the StatefulSet controller and the API server.
    pub const fn faults_mut(&mut self) -> &mut Faults {
        self.controller.faults_mut()
    }

    /// How a set stands: what is due, what is waited for, why, and what ends that.
    pub fn diagnose(&self, namespace: &str, set: &str) -> Result<Diagnosis, ApiError> {
        self.controller.diagnose(&self.store, namespace, set)
    }

    /// The raw actions of a set's plan: one a line, fields separated by tabs.
    pub fn planned(&self, namespace: &str, set: &str) -> Result<String, ApiError> {
        self.controller.planned(&self.store, namespace, set)
    }

    /// In an order in which what one writes the next one sees in the same round. The controller comes late: it then sees at
    /// once what all the others made of its last words, and need not think as often. Endpoints are last, and nobody else
    /// still looks at the large lists that they wrote in the round before.
    fn components_mut(&mut self) -> ([&mut dyn Component; 13], &mut Store) {
        let components: [&mut dyn Component; 13] = [
            &mut self.ephemeral,
            &mut self.storage,
            &mut self.scheduler,
            &mut self.kubelets,
            &mut self.nodes,
            &mut self.budgets,
            &mut self.garbage_collector,
            &mut self.protection,
            &mut self.namespaces,
            &mut self.definitions,
            &mut self.quotas,
            &mut self.controller,
            &mut self.endpoints,
        ];
        (components, &mut self.store)
    }

    fn components(&self) -> [&dyn Component; 13] {
        [
            &self.ephemeral,
            &self.storage,
            &self.scheduler,
            &self.kubelets,
            &self.nodes,
            &self.budgets,
            &self.endpoints,
            &self.garbage_collector,
            &self.protection,
            &self.namespaces,
            &self.definitions,
            &self.quotas,
            &self.controller,
        ]
    }

    fn next_moment(&self) -> Option<Millis> {
        if self.restless {
            return Some(self.now() + RESTLESS);
        }
        let later = self.now() + 1;
        let next = self.components().into_iter().filter_map(Component::next);
        next.min().map(|at| at.max(later))
    }

    fn is_busy(&self) -> bool {
        let mut components = self.components().into_iter();
        self.restless || components.any(|c| c.next().is_some() && !c.idle_after())
    }
}
