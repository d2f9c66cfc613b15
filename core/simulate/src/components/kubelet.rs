//! The kubelets: what really runs on the nodes, and what they report about it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use statefulset::Millis;

use crate::components::component::Component;
use crate::components::timers::{Timers, Urgency};
use crate::store::{Change, DeleteOptions, Happened, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

mod address;
mod attach;
mod container;
mod exec;
mod failure;
mod files;
mod image;
mod known;
mod log;
mod machine;
pub(crate) mod node;
mod probe;
mod program;
mod resizing;
mod session;
mod settings;
mod status;
mod worker;

pub use machine::Failure;

use address::Addresses;
use attach::{Attachments, is_exclusive};
use container::{Lacks, State};
use files::Tree;
use machine::Machines;
use node::internal_address;
use worker::Worker;

/// Namespace and name.
type Name = (String, String);

/// All kubelets: a pod's worker is on the pod's node.
#[derive(Debug, Default)]
pub(crate) struct Kubelets {
    cursor: u64,
    machines: Machines,
    /// By uid.
    workers: BTreeMap<String, Worker>,
    /// The workers of one identity: on one node the next begins when the last has stopped.
    identities: BTreeMap<Name, BTreeSet<String>>,
    timers: Timers<String>,
    /// Workers that wait for a claim.
    waiting: BTreeMap<Name, BTreeSet<String>>,
    attachments: Attachments,
    /// Workers to look at.
    due: BTreeSet<String>,
    /// Nodes that may have more room than before.
    roomier: BTreeSet<String>,
    /// Images that cannot be pulled.
    broken: BTreeSet<String>,
    /// Persistent volumes that cannot be mounted.
    wrecks: BTreeSet<String>,
    /// Pods whose probes fail.
    failing: BTreeSet<Name>,
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
    pub(crate) fn processes(&self) -> impl Iterator<Item = Process<'_>> {
        self.workers.iter().flat_map(|(uid, worker)| {
            worker.containers.iter().filter_map(move |c| match c.state {
                State::Running { since, .. } => Some(Process {
                    namespace: worker.pod.namespace(),
                    pod: worker.pod.name(),
                    uid,
                    node: worker.node(),
                    container: &c.name,
                    since,
                }),
                _ => None,
            })
        })
    }

    fn follow(&mut self, store: &mut Store) {
        let mut nodes = Vec::new();
        for change in store.changes_since(self.cursor) {
            let gone = change.happened == Happened::Deleted;
            match change.key.kind {
                Kind::Pod if !change.object.text("/spec/nodeName").is_empty() => {
                    self.follow_pod(store, change);
                }
                Kind::PersistentVolumeClaim => {
                    let claim = (change.key.namespace.clone(), change.key.name.clone());
                    self.due
                        .extend(self.waiting.remove(&claim).into_iter().flatten());
                }
                Kind::Secret | Kind::ConfigMap => {
                    let here = |worker: &Worker| worker.pod.namespace() == change.key.namespace;
                    let waiting = self.workers.iter();
                    let waiting = waiting.filter(|(_, it)| here(it) && it.is_waiting());
                    self.due.extend(waiting.map(|(uid, _)| uid.clone()));
                }
                // The disk goes with its volume, unless the operator made it and keeps it.
                Kind::PersistentVolume
                    if gone
                        && change.object.text("/spec/persistentVolumeReclaimPolicy")
                            == "Delete" =>
                {
                    self.disks.remove(&change.key.name);
                }
                Kind::Node => {
                    self.roomier.insert(change.key.name.clone());
                    self.due.extend(self.attachments.waiting());
                    if change.happened == Happened::Added {
                        nodes.push(change.key.name.clone());
                    }
                }
                _ => {}
            }
        }
        self.cursor = store.version();
        let mut addresses = node::Addresses::default();
        for name in nodes {
            self.machines.put_up(&name);
            if self.machines.talks(&name) {
                node::report(store, &name, &mut addresses);
            }
        }
    }

    fn follow_pod(&mut self, store: &Store, change: &Change) {
        let gone = change.happened == Happened::Deleted;
        if gone {
            let waiting = self.attachments.forsake(change.object.uid(), store.now());
            self.due.extend(waiting);
        }
        if self.machines.talks(change.object.text("/spec/nodeName")) {
            self.see(store, &change.object, gone);
        }
    }

    /// What the kubelet of the pod's node learns about the pod.
    fn see(&mut self, store: &Store, pod: &Rc<Object>, gone: bool) {
        let now = store.now();
        let asked = pod.int("/metadata/deletionGracePeriodSeconds");
        if !self.workers.contains_key(pod.uid()) {
            let over = matches!(pod.text("/status/phase"), "Succeeded" | "Failed");
            if gone || over || asked == Some(0) {
                return;
            }
            let node = store.get(Kind::Node, "", pod.text("/spec/nodeName"));
            let host = node.map_or("", |node| internal_address(node));
            let mut worker = Worker::new(pod, host.to_owned(), store.kubernetes, now);
            if pod.text("/status/phase") == "Running" {
                worker.resume(now);
            }
            self.workers.insert(pod.uid().to_owned(), worker);
            let same = self.identities.entry(identity(pod)).or_default();
            same.insert(pod.uid().to_owned());
            self.due.insert(pod.uid().to_owned());
        }
        let Some(worker) = self.workers.get_mut(pod.uid()) else {
            return;
        };
        let changed = worker.pod.pointer("/spec") != pod.pointer("/spec");
        worker.follow(pod, now);
        worker.orphaned = gone;
        if gone || pod.is_terminating() {
            let grace = asked.map_or_else(|| worker::grace(pod), |s| s.max(1) * 1000);
            worker.stop(now, grace);
            self.due.insert(pod.uid().to_owned());
        } else if changed || !pod.list("/spec/readinessGates").is_empty() {
            // Its containers may be others now, or somebody may have opened a gate.
            worker.resizing.is_due |= changed;
            self.due.insert(pod.uid().to_owned());
        }
    }

    fn attend(&mut self, store: &mut Store, uid: &String) {
        let now = store.now();
        let Some(worker) = self.workers.get(uid) else {
            return;
        };
        let node = worker.node().to_owned();
        if !self.machines.works(&node) {
            return;
        }
        let talks = self.machines.talks(&node);
        let retry = if talks && !worker.mounted && worker.kill_at.is_none() {
            self.mount(store, uid)
        } else {
            None
        };
        let Some(worker) = self.workers.get_mut(uid) else {
            return;
        };
        if worker.needs_address(now) {
            if worker.pod.flag("/spec/hostNetwork") {
                worker.ip = Some(worker.host_ip.clone());
            } else if self.machines.lacks_plugin(&node) {
                worker.fail_sandbox(now);
            } else {
                worker.ip = self.addresses.take();
            }
        }
        if talks && worker.resizing.is_due {
            self.decide(store, uid);
        }
        let Some(worker) = self.workers.get_mut(uid) else {
            return;
        };
        let failing = self.failing.contains(&identity(&worker.pod));
        let lacks = Lacks {
            images: &self.broken,
            settings: &settings::lacking(store, &worker.pod),
            address: worker.ip.is_none() && self.machines.lacks_plugin(&node),
        };
        worker.tick(now, lacks, failing, &mut self.disks);
        let stopped = worker.kill_at.is_some() && !worker.is_running();
        let next = worker.next(lacks).or(retry);
        if let Some((at, urgency)) = next.filter(|_| !stopped) {
            self.timers.set(uid, at, urgency);
        } else {
            self.timers.clear(uid);
        }
        if worker.finished().is_some() {
            self.roomier.insert(node);
            self.due.extend(self.attachments.release(store, uid));
        }
        if talks {
            status::report(worker, store);
            if stopped {
                self.dismiss(store, uid);
            }
        } else {
            worker.notes.clear();
        }
    }

    /// Mounts what the worker needs, as soon as all of it is there. Gives the moment at which to try again, if time alone
    /// brings one.
    fn mount(&mut self, store: &mut Store, uid: &String) -> Option<(Millis, Urgency)> {
        let worker = self.workers.get_mut(uid)?;
        let node = worker.node().to_owned();
        let same = self.identities.get(&identity(&worker.pod));
        let mut others = same.into_iter().flatten().filter(|other| *other != uid);
        if others.any(|other| self.workers.get(other).is_some_and(|w| w.node() == node)) {
            return None;
        }
        let worker = self.workers.get_mut(uid)?;
        let namespace = worker.pod.namespace().to_owned();
        let claims: Vec<String> = claim_names(&worker.pod).map(Cow::into_owned).collect();
        let mut disks = BTreeMap::new();
        for claim in claims {
            if let Some(disk) = disk_of(store, &namespace, &claim) {
                disks.insert(claim, disk);
            } else {
                let claim = (namespace.clone(), claim);
                self.waiting.entry(claim).or_default().insert(uid.clone());
            }
        }
        for disk in disks.values() {
            let volume = store.get(Kind::PersistentVolume, "", disk);
            if !volume.is_some_and(|volume| is_exclusive(volume)) {
                continue;
            }
            let machines = &self.machines;
            let attached = self
                .attachments
                .attach(store, disk, &node, uid, |n| machines.talks(n));
            if let Err(busy) = attached {
                worker.say_attached_elsewhere(store, disk);
                return Some((busy.until?, Urgency::Busy));
            }
        }
        let wreck = disks.values().find(|disk| self.wrecks.contains(*disk));
        let why = settings::unmountable(store, &worker.pod).or_else(|| {
            let volume = wreck?;
            Some(format!(
                "MountVolume.MountDevice failed for volume \"{volume}\" : rpc error: code = Internal desc = mount failed: \
                 exit status 32"
            ))
        });
        let urgency = if why.is_some() {
            Urgency::Idle
        } else {
            Urgency::Busy
        };
        if worker.mounts_at > store.now() {
            return Some((worker.mounts_at, urgency));
        }
        if let Some(why) = why {
            worker.fail_mount(store.now(), why);
            return Some((worker.mounts_at, urgency));
        }
        worker.mount(|claim| disks.get(claim).cloned());
        None
    }

    /// Everything has stopped: the pod may go from the API, and what waits for its place may begin.
    fn dismiss(&mut self, store: &mut Store, uid: &String) {
        let Some(worker) = self.workers.remove(uid) else {
            return;
        };
        self.roomier.insert(worker.node().to_owned());
        if let Some(ip) = worker.ip.filter(|ip| *ip != worker.host_ip) {
            self.addresses.give_back(&ip);
        }
        self.due.extend(self.attachments.release(store, uid));
        let identity = identity(&worker.pod);
        if let Some(same) = self.identities.get_mut(&identity) {
            same.remove(uid);
            self.due.extend(same.iter().cloned());
            if same.is_empty() {
                self.identities.remove(&identity);
            }
        }
        let options = DeleteOptions {
            uid: Some(uid.clone()),
            grace_seconds: Some(0),
            ..DeleteOptions::default()
        };
        // Gone already, or somebody else's by now: as good.
        let _ = store.delete(Kind::Pod, &identity.0, &identity.1, &options);
    }
}

impl Component for Kubelets {
    fn program(&self) -> &'static str {
        "kubelet"
    }

    fn act(&mut self, store: &mut Store) {
        self.follow(store);
        while let Some(uid) = self.timers.pop_due(store.now()) {
            self.due.insert(uid);
        }
        while !self.due.is_empty() || !self.roomier.is_empty() {
            while let Some(uid) = self.due.pop_first() {
                self.attend(store, &uid);
            }
            self.retry_resizes(store);
        }
    }

    fn next(&self) -> Option<Millis> {
        self.timers.next()
    }

    fn idle_after(&self) -> bool {
        self.timers.is_idle()
    }
}

fn identity(pod: &Object) -> Name {
    (pod.namespace().to_owned(), pod.name().to_owned())
}

/// The volume that a claim is bound to.
fn disk_of(store: &Store, namespace: &str, claim: &str) -> Option<String> {
    let claim = store.get(Kind::PersistentVolumeClaim, namespace, claim)?;
    let bound = claim.text("/status/phase") == "Bound";
    bound.then(|| claim.text("/spec/volumeName").to_owned())
}
