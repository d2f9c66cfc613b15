//! The kubelets: what really runs on the nodes, and what they report about it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use statefulset::Millis;

use crate::component::Component;
use crate::error::{ApiError, ApiReason};
use crate::kind::Kind;
use crate::network::dns;
use crate::object::{Fields, Object};
use crate::recorder::record;
use crate::scheduler::claim_names;
use crate::store::{Change, DeleteOptions, Happened, Store};
use crate::timers::Timers;

mod address;
mod container;
mod exec;
mod files;
mod probe;
mod program;
mod status;
mod worker;

pub use exec::Exec;

use address::Addresses;
use container::State;
use exec::{Inside, Signal};
use files::Tree;
use worker::Worker;

/// All kubelets: a pod's worker is on the pod's node.
#[derive(Debug, Default)]
pub(crate) struct Kubelets {
    cursor: u64,
    /// By uid.
    workers: BTreeMap<String, Worker>,
    timers: Timers<String>,
    /// Workers that wait for a claim, by namespace and name.
    waiting: BTreeMap<(String, String), BTreeSet<String>>,
    /// Workers to look at.
    due: BTreeSet<String>,
    broken: BTreeSet<String>,
    /// What is on the persistent volumes, by their names.
    disks: BTreeMap<String, Tree>,
    addresses: Addresses,
}

/// One process: a container that runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Process<'a> {
    /// Namespace of its pod.
    pub namespace: &'a str,
    /// Name of its pod.
    pub pod: &'a str,
    /// Identity of its pod.
    pub uid: &'a str,
    /// Where it runs.
    pub node: &'a str,
    /// Its container.
    pub container: &'a str,
    /// Since when.
    pub since: Millis,
}

impl Kubelets {
    pub(crate) fn break_image(&mut self, image: &str) {
        self.broken.insert(image.to_owned());
    }

    pub(crate) fn mend_image(&mut self, image: &str) {
        self.broken.remove(image);
        // What waits for it is now worth waiting for.
        let waiting = self.workers.iter().filter(|(_, worker)| worker.uses(image));
        self.due.extend(waiting.map(|(uid, _)| uid.clone()));
    }

    pub(crate) fn processes(&self) -> impl Iterator<Item = Process<'_>> {
        self.workers.iter().flat_map(|(uid, worker)| {
            worker.containers.iter().filter_map(move |c| match c.state {
                State::Running { since, .. } => Some(Process {
                    namespace: worker.pod.namespace(),
                    pod: worker.pod.name(),
                    uid,
                    node: worker.pod.text("/spec/nodeName"),
                    container: &c.name,
                    since,
                }),
                _ => None,
            })
        })
    }

    /// Runs a program in a container; the first one unless it is named.
    pub(crate) fn exec(
        &mut self,
        store: &Store,
        namespace: &str,
        name: &str,
        container: Option<&str>,
        argv: &[String],
    ) -> Result<Exec, ApiError> {
        let pod = store.require(Kind::Pod, namespace, name)?;
        let wanted = container.unwrap_or_else(|| {
            let first = pod.list("/spec/containers").first();
            first.map_or("", |c| c.text("/name"))
        });
        let refused = |reason, message| Err(ApiError::new(reason, message));
        let declared = ["/spec/containers", "/spec/initContainers"].into_iter();
        let mut declared = declared.flat_map(|list| pod.list(list));
        if !declared.any(|c| c.text("/name") == wanted) {
            let message = format!("container {wanted} is not valid for pod {name}");
            return refused(ApiReason::BadRequest, message);
        }
        if pod.text("/spec/nodeName").is_empty() {
            let message = format!("pod {name} does not have a host assigned");
            return refused(ApiReason::BadRequest, message);
        }
        let phase = pod.text("/status/phase");
        if matches!(phase, "Succeeded" | "Failed") {
            let message = format!(
                "cannot exec into a container in a completed pod; current phase is {phase}"
            );
            return refused(ApiReason::BadRequest, message);
        }
        let worker = self.workers.get_mut(pod.uid());
        let running = worker.and_then(|worker| {
            let Worker {
                containers,
                scratch,
                ..
            } = worker;
            let container = containers.iter_mut().find(|c| c.name == wanted)?;
            container.is_running().then_some((container, scratch))
        });
        let Some((container, scratch)) = running else {
            let message = format!(
                "Internal error occurred: unable to upgrade connection: container not found (\"{wanted}\")"
            );
            return refused(ApiReason::InternalError, message);
        };
        let host = match pod.text("/spec/hostname") {
            "" => name,
            host => host,
        };
        let full_host = match pod.text("/spec/subdomain") {
            "" => host.to_owned(),
            service => format!("{host}.{service}.{namespace}.svc.cluster.local"),
        };
        let mut inside = Inside {
            files: container.view(&mut self.disks, scratch),
            host,
            full_host: &full_host,
            resolve: &|name| dns::nslookup(store, namespace, name),
            signal: None,
        };
        let exec = exec::run(&mut inside, argv);
        if inside.signal == Some(Signal::Terminate) {
            container.signal(store.now());
            self.due.insert(pod.uid().to_owned());
        }
        Ok(exec)
    }

    fn follow(&mut self, store: &Store) {
        for change in store.changes_since(self.cursor) {
            match change.key.kind {
                Kind::Pod if !change.object.text("/spec/nodeName").is_empty() => {
                    self.follow_pod(store, change);
                }
                Kind::PersistentVolumeClaim => {
                    let claim = (change.key.namespace.clone(), change.key.name.clone());
                    self.due
                        .extend(self.waiting.remove(&claim).into_iter().flatten());
                }
                // The disk goes with its volume, unless the operator made it and keeps it.
                Kind::PersistentVolume
                    if change.happened == Happened::Deleted
                        && change.object.text("/spec/persistentVolumeReclaimPolicy")
                            == "Delete" =>
                {
                    self.disks.remove(&change.key.name);
                }
                _ => {}
            }
        }
        self.cursor = store.version();
    }

    fn follow_pod(&mut self, store: &Store, change: &Change) {
        let pod = &change.object;
        let now = store.now();
        let gone = change.happened == Happened::Deleted;
        let asked = pod.int("/metadata/deletionGracePeriodSeconds");
        if !self.workers.contains_key(pod.uid()) {
            let over = matches!(pod.text("/status/phase"), "Succeeded" | "Failed");
            if gone || over || asked == Some(0) {
                return;
            }
            let node = store.get(Kind::Node, "", pod.text("/spec/nodeName"));
            let host = node.map_or("", |node| internal_address(node));
            let worker = Worker::new(pod, host.to_owned(), now);
            self.workers.insert(pod.uid().to_owned(), worker);
            self.due.insert(pod.uid().to_owned());
        }
        let Some(worker) = self.workers.get_mut(pod.uid()) else {
            return;
        };
        worker.pod = Rc::clone(pod);
        worker.orphaned = gone;
        if gone || pod.is_terminating() {
            let grace = asked.map_or_else(|| worker::grace(pod), |s| s.max(1) * 1000);
            worker.stop(now, grace);
            self.due.insert(pod.uid().to_owned());
        }
    }

    fn attend(&mut self, store: &mut Store, uid: &String) {
        let now = store.now();
        let Some(worker) = self.workers.get_mut(uid) else {
            return;
        };
        if !worker.mounted && worker.kill_at.is_none() {
            let namespace = worker.pod.namespace().to_owned();
            worker.mount(|claim| disk_of(store, &namespace, claim));
            if !worker.mounted {
                for claim in claim_names(&worker.pod) {
                    let claim = (namespace.clone(), claim.to_owned());
                    self.waiting.entry(claim).or_default().insert(uid.clone());
                }
            }
        }
        if worker.needs_address(now) {
            worker.ip = if worker.pod.flag("/spec/hostNetwork") {
                Some(worker.host_ip.clone())
            } else {
                self.addresses.take()
            };
        }
        worker.tick(now, &self.broken, &mut self.disks);
        for note in worker.notes.drain(..) {
            let (reason, message) = (note.reason, &note.message);
            let kind = Kind::Pod;
            record(
                store,
                "kubelet",
                &worker.pod,
                kind,
                note.normal,
                reason,
                message,
            );
        }
        if !worker.orphaned {
            let (namespace, name) = (worker.pod.namespace(), worker.pod.name());
            store.edit(Kind::Pod, namespace, name, |pod| {
                if pod.uid() == uid {
                    status::report(worker, pod, now);
                }
            });
        }
        if worker.kill_at.is_some() && !worker.is_running() {
            self.dismiss(store, uid);
        } else if let Some((at, urgency)) = worker.next(&self.broken) {
            self.timers.set(uid, at, urgency);
        } else {
            self.timers.clear(uid);
        }
    }

    /// Everything has stopped: the pod may go from the API.
    fn dismiss(&mut self, store: &mut Store, uid: &String) {
        self.timers.clear(uid);
        let Some(worker) = self.workers.remove(uid) else {
            return;
        };
        if let Some(ip) = worker.ip.filter(|ip| *ip != worker.host_ip) {
            self.addresses.give_back(&ip);
        }
        let options = DeleteOptions {
            uid: Some(uid.clone()),
            grace_seconds: Some(0),
            ..DeleteOptions::default()
        };
        // Gone already, or somebody else's by now: as good.
        let _ = store.delete(
            Kind::Pod,
            worker.pod.namespace(),
            worker.pod.name(),
            &options,
        );
    }
}

impl Component for Kubelets {
    fn act(&mut self, store: &mut Store) {
        self.follow(store);
        while let Some(uid) = self.timers.pop_due(store.now()) {
            self.due.insert(uid);
        }
        while let Some(uid) = self.due.pop_first() {
            self.attend(store, &uid);
        }
    }

    fn next(&self) -> Option<Millis> {
        self.timers.next()
    }

    fn idle_after(&self) -> bool {
        self.timers.is_idle()
    }
}

/// The volume that a claim is bound to.
fn disk_of(store: &Store, namespace: &str, claim: &str) -> Option<String> {
    let claim = store.get(Kind::PersistentVolumeClaim, namespace, claim)?;
    let bound = claim.text("/status/phase") == "Bound";
    bound.then(|| claim.text("/spec/volumeName").to_owned())
}

fn internal_address(node: &Object) -> &str {
    let addresses = node.list("/status/addresses").iter();
    let mut internal = addresses.filter(|a| a.text("/type") == "InternalIP");
    internal.next().map_or("", |a| a.text("/address"))
}
