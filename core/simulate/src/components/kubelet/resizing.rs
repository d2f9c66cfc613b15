//! Pods that get other resources while they run.

use std::cmp::Reverse;

use serde_json::Value;
use statefulset::{Millis, Version};

use super::Kubelets;
use super::container::{Note, SECOND, asked};
use super::worker::Worker;
use crate::components::timers::Urgency;
use crate::store::Store;
use crate::values::demand::{self, Amounts};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What a node has room for.
const COUNTED: [&str; 2] = ["cpu", "memory"];

/// How far the containers of a pod have got with what they ask for.
#[derive(Debug, Default)]
pub(super) struct Resizing {
    /// Whether it is to be looked at whether they ask for something else.
    pub(super) is_due: bool,
    /// Why they cannot have it.
    pub(super) pending: Option<Pending>,
    /// They are getting it.
    pub(super) progress: Option<Progress>,
}

/// What cannot be had, or not yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pending {
    /// `Deferred`, `Infeasible`
    pub(super) reason: &'static str,
    pub(super) message: String,
    pub(super) since: Millis,
    /// Of the pod, when it was decided.
    pub(super) generation: i64,
}

/// What has been promised, and is not there yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Progress {
    pub(super) since: Millis,
    pub(super) generation: i64,
    /// Whether the time has not come yet at which all get it that need not start again.
    is_early: bool,
}

impl Resizing {
    /// When what has been promised is there, for all that need not start again.
    pub(super) fn next(&self) -> Option<(Millis, Urgency)> {
        let progress = self.progress.filter(|progress| progress.is_early)?;
        Some((progress.since + SECOND, Urgency::Busy))
    }
}

impl Worker {
    fn generation(&self) -> i64 {
        self.pod.int("/metadata/generation").unwrap_or(0)
    }

    /// Its containers, each as the pod says it now.
    fn specs(pod: &Object) -> impl Iterator<Item = &Value> {
        let lists = ["/spec/initContainers", "/spec/containers"];
        lists.into_iter().flat_map(|list| pod.list(list))
    }

    /// Whether its containers ask for something else than they have been promised.
    fn asks_for_more(&self) -> bool {
        let pairs = self.containers.iter().zip(Self::specs(&self.pod));
        let mut pairs = pairs.map(|(container, spec)| container.resources.allocated != asked(spec));
        pairs.any(|differs| differs)
    }

    /// What it takes up, by what its containers have been promised.
    fn allocated(&self) -> Amounts {
        let mut pod = Object::clone(&self.pod);
        let mut promised = self.containers.iter();
        for list in ["/spec/initContainers", "/spec/containers"] {
            let specs = pod.pointer_mut(list).and_then(Value::as_array_mut);
            for (spec, container) in specs.into_iter().flatten().zip(&mut promised) {
                spec.put("/resources", container.resources.allocated.clone());
            }
        }
        demand::of(&pod, "requests")
    }

    /// Its containers are promised what they ask for.
    fn allocate(&mut self, now: Millis) {
        for (container, spec) in self.containers.iter_mut().zip(Self::specs(&self.pod)) {
            if container.resources.allocated != asked(spec) {
                container.allocate(spec);
            }
        }
        let generation = self.generation();
        self.resizing.pending = None;
        self.resizing.progress = Some(Progress {
            since: now,
            generation,
            is_early: true,
        });
        if self.version >= Version::V1_35_0 {
            self.tell(true, "ResizeStarted", "started", generation, "");
        }
    }

    /// It has to wait for what it asks for.
    fn put_off(&mut self, reason: &'static str, message: String, now: Millis) {
        let generation = self.generation();
        let before = self.resizing.pending.take();
        let since = match &before {
            Some(before) if before.reason == reason => before.since,
            _ => now,
        };
        let is_news = before.is_none_or(|it| it.reason != reason || it.generation != generation);
        if is_news && self.version >= Version::V1_35_0 {
            let event = match reason {
                "Infeasible" => "ResizeInfeasible",
                _ => "ResizeDeferred",
            };
            self.tell(false, event, reason, generation, &message);
        }
        self.resizing.pending = Some(Pending {
            reason,
            message,
            since,
            generation,
        });
    }

    /// What has been promised is there after a second, or when a container that must start again has started.
    pub(super) fn settle_resize(&mut self, now: Millis) {
        let Some(progress) = &mut self.resizing.progress else {
            return;
        };
        if now < progress.since + SECOND {
            return;
        }
        progress.is_early = false;
        let generation = progress.generation;
        for container in &mut self.containers {
            container.settle();
        }
        let mut all = self.containers.iter().map(|it| &it.resources);
        if !all.all(|it| it.actual == it.allocated) {
            return;
        }
        self.resizing.progress = None;
        if self.version >= Version::V1_34_0 {
            self.tell(true, "ResizeCompleted", "completed", generation, "");
        }
    }

    fn tell(
        &mut self,
        normal: bool,
        reason: &'static str,
        how: &str,
        generation: i64,
        error: &str,
    ) {
        let message = format!(
            "Pod resize {how}: {}",
            summary(&self.pod, generation, error)
        );
        self.notes.push(Note {
            normal,
            reason,
            message,
        });
    }
}

impl Kubelets {
    /// Looks whether a pod asks for other resources than it has been promised, and whether its node has room for them.
    pub(super) fn decide(&mut self, store: &Store, uid: &str) {
        let Some(worker) = self.workers.get_mut(uid) else {
            return;
        };
        worker.resizing.is_due = false;
        if worker.kill_at.is_some() || worker.finished().is_some() {
            return;
        }
        if !worker.asks_for_more() {
            worker.resizing.pending = None;
            return;
        }
        let node = worker.node().to_owned();
        let asked = demand::of(&worker.pod, "requests");
        let judged = self.room(store, &node, uid, &asked);
        let Some(worker) = self.workers.get_mut(uid) else {
            return;
        };
        match judged {
            Ok(()) => {
                worker.allocate(store.now());
                // It may have left room for others.
                self.roomier.insert(node);
            }
            Err((reason, message)) => worker.put_off(reason, message, store.now()),
        }
    }

    /// Whether a node has room for a pod that asks for so much, beside all others.
    fn room(
        &self,
        store: &Store,
        node: &str,
        uid: &str,
        asked: &Amounts,
    ) -> Result<(), (&'static str, String)> {
        let has = store.get(Kind::Node, "", node);
        let has = demand::amounts(has.and_then(|node| node.pointer("/status/allocatable")));
        let of = |amounts: &Amounts, resource: &str| amounts.get(resource).copied().unwrap_or(0);
        let shown = demand::counted_as;
        // Later the API server refuses at once what a node will never have.
        if store.kubernetes < Version::V1_36 {
            for resource in COUNTED.into_iter().rev() {
                let (asked, has) = (of(asked, resource), of(&has, resource));
                if asked > has {
                    let message = format!(
                        "Node didn't have enough capacity: {resource}, requested: {}, capacity: {}",
                        shown(resource, asked),
                        shown(resource, has)
                    );
                    return Err(("Infeasible", message));
                }
            }
        }
        let mut used = Amounts::new();
        for (other, worker) in &self.workers {
            if other != uid && worker.node() == node && worker.finished().is_none() {
                demand::add(&mut used, &worker.allocated());
            }
        }
        for resource in COUNTED {
            let (asked, used) = (of(asked, resource), of(&used, resource));
            let has = of(&has, resource);
            if asked > 0 && used.saturating_add(asked) > has {
                let message = format!(
                    "Node didn't have enough resource: {resource}, requested: {}, used: {}, capacity: {}",
                    shown(resource, asked),
                    shown(resource, used),
                    shown(resource, has)
                );
                return Err(("Deferred", message));
            }
        }
        Ok(())
    }

    /// Where there may be more room than before, the pods that wait for it are looked at again: those of the highest
    /// priority first, then those with the better quality of service, then those that have waited longest.
    pub(super) fn retry_resizes(&mut self, store: &Store) {
        while let Some(node) = self.roomier.pop_first() {
            if !self.machines.talks(&node) {
                continue;
            }
            let waits =
                |worker: &Worker| worker.node() == node && worker.resizing.pending.is_some();
            let waiting = self.workers.iter().filter(|(_, worker)| waits(worker));
            let mut waiting: Vec<_> = waiting
                .map(|(uid, worker)| {
                    let pod = &worker.pod;
                    let guaranteed = pod.text("/status/qosClass") == "Guaranteed";
                    let since = worker.resizing.pending.as_ref().map(|it| it.since);
                    let priority = pod.int("/spec/priority").unwrap_or(0);
                    (Reverse(priority), !guaranteed, since, uid.clone())
                })
                .collect();
            waiting.sort();
            for (.., uid) in waiting {
                let before = self.pending(&uid);
                self.decide(store, &uid);
                if self.pending(&uid) != before {
                    self.due.insert(uid);
                }
            }
        }
    }

    fn pending(&self, uid: &str) -> Option<Pending> {
        self.workers.get(uid)?.resizing.pending.clone()
    }
}

/// What the containers of a pod ask for, as the kubelet's events say it.
fn summary(pod: &Object, generation: i64, error: &str) -> String {
    let list = |list: &str| -> String {
        let containers = pod.list(list).iter().map(|container| {
            let resources = asked(container);
            let sides = ["limits", "requests"].into_iter().filter_map(|side| {
                let list = resources.get(side)?;
                Some(format!("\"{side}\":{list}"))
            });
            let sides: Vec<String> = sides.collect();
            let name = &container["name"];
            format!("{{\"name\":{name},\"resources\":{{{}}}}}", sides.join(","))
        });
        containers.collect::<Vec<_>>().join(",")
    };
    let mut parts = Vec::new();
    for field in ["initContainers", "containers"] {
        let list = list(&format!("/spec/{field}"));
        if !list.is_empty() {
            parts.push(format!("\"{field}\":[{list}]"));
        }
    }
    parts.push(format!("\"generation\":{generation}"));
    if !error.is_empty() {
        parts.push(format!("\"error\":{}", Value::from(error)));
    }
    format!("{{{}}}", parts.join(","))
}
