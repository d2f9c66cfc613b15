//! One pod on its node: its containers in order, from the first start to the last stop.

use std::collections::BTreeMap;
use std::rc::Rc;

use statefulset::{Millis, Version};

use crate::components::kubelet::container::{
    Container, Lacks, Note, Restart, Role, State, Surroundings,
};
use crate::components::kubelet::files::{Mount, Source, Tree, normalised};
use crate::components::kubelet::resizing::Resizing;
use crate::components::recorder::record;
use crate::components::timers::Urgency;
use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_name;

/// What is said of a pod that was ended for want of memory.
pub(super) const EVICTED: &str = "The node was low on resource: memory. ";

/// What the kubelet of a node knows about one pod. It lives until the last process has ended, even where the API has
/// long forgotten the pod.
#[derive(Debug)]
pub(super) struct Worker {
    /// The pod as last seen.
    pub(super) pod: Rc<Object>,
    pub(super) containers: Vec<Container>,
    pub(super) scratch: BTreeMap<String, Tree>,
    pub(super) ip: Option<String>,
    pub(super) host_ip: String,
    /// Of which Kubernetes its kubelet is.
    pub(super) version: Version,
    /// When the kubelet took it on.
    pub(super) since: Millis,
    /// Whether its volumes are mounted.
    pub(super) mounted: bool,
    /// When it is next tried to mount them.
    pub(super) mounts_at: Millis,
    failed_mounts: u32,
    /// When what still runs is killed; set once the pod is to stop.
    pub(super) kill_at: Option<Millis>,
    /// Whether its kubelet has ended it for want of memory.
    pub(super) evicted: bool,
    /// Whether the API object is gone.
    pub(super) orphaned: bool,
    /// Whether it has been said that a disk is attached elsewhere.
    lacks_disk: bool,
    /// How far its containers have got with what they ask for.
    pub(super) resizing: Resizing,
    /// What there is to be told.
    pub(super) notes: Vec<Note>,
}

impl Worker {
    pub(super) fn new(pod: &Rc<Object>, host_ip: String, version: Version, now: Millis) -> Self {
        let restart = match pod.text("/spec/restartPolicy") {
            "Never" => Restart::Never,
            "OnFailure" => Restart::OnFailure,
            _ => Restart::Always,
        };
        let init = pod.list("/spec/initContainers").iter().map(|c| {
            let sidecar = c.text("/restartPolicy") == "Always";
            let role = if sidecar { Role::Sidecar } else { Role::Init };
            Container::new(c, role, restart)
        });
        let main = pod.list("/spec/containers").iter();
        let main = main.map(|c| Container::new(c, Role::Main, restart));
        Self {
            containers: init.chain(main).collect(),
            scratch: BTreeMap::new(),
            ip: None,
            host_ip,
            version,
            since: now,
            mounted: false,
            mounts_at: now,
            failed_mounts: 0,
            kill_at: None,
            evicted: false,
            orphaned: false,
            lacks_disk: false,
            resizing: Resizing::default(),
            notes: Vec::new(),
            pod: Rc::clone(pod),
        }
    }

    /// It has run since before anybody looked, as the pod's status says.
    pub(super) fn resume(&mut self, now: Millis) {
        let pod = Rc::clone(&self.pod);
        let statuses = pod.list("/status/initContainerStatuses").iter();
        let statuses = statuses.chain(pod.list("/status/containerStatuses"));
        for status in statuses {
            let mut containers = self.containers.iter_mut();
            if let Some(container) = containers.find(|it| it.name == status.text("/name")) {
                container.resume(pod.uid(), status, now);
            }
        }
        self.resizing.is_due = true;
        self.since = instant::parse(pod.text("/status/startTime")).unwrap_or(now);
        self.ip = Some(pod.text("/status/podIP").to_owned()).filter(|ip| !ip.is_empty());
    }

    /// Mounts its volumes. `disk` gives the persistent volume behind a claim's name, if the claim is bound.
    pub(super) fn mount(&mut self, disk: impl Fn(&str) -> Option<String>) {
        let mut sources: BTreeMap<&str, (Source, bool)> = BTreeMap::new();
        for volume in self.pod.list("/spec/volumes") {
            let name = volume.text("/name");
            let source = match claim_name(&self.pod, volume) {
                None => Source::Scratch(name.to_owned()),
                Some(claim) => match disk(&claim) {
                    Some(disk) => Source::Disk(disk),
                    None => return,
                },
            };
            let begins_empty = ["persistentVolumeClaim", "emptyDir", "ephemeral"];
            let begins_empty = begins_empty.iter().any(|it| !volume[it].is_null());
            sources.insert(name, (source, begins_empty));
        }
        let specs = self.pod.list("/spec/initContainers").iter();
        let specs = specs.chain(self.pod.list("/spec/containers"));
        let words = specs.clone().flat_map(|spec| {
            let hooks = ["/lifecycle/postStart/exec/command", "/command", "/args"];
            hooks.into_iter().flat_map(|field| spec.list(field))
        });
        let words: Vec<&str> = words.filter_map(|word| word.as_str()).collect();
        let scripts: Rc<str> = words.join("\n").into();
        for (container, spec) in self.containers.iter_mut().zip(specs) {
            container.scripts = Rc::clone(&scripts);
            let mounts = spec.list("/volumeMounts").iter().filter_map(|mount| {
                let below = mount.text("/subPath");
                let (source, begins_empty) = sources.get(mount.text("/name"))?.clone();
                Some(Mount {
                    at: normalised(mount.text("/mountPath")),
                    source,
                    begins_empty,
                    below: if below.is_empty() {
                        String::new()
                    } else {
                        normalised(below)
                    },
                    read_only: mount.flag("/readOnly"),
                })
            });
            container.mounts = mounts.collect();
        }
        self.mounted = true;
    }

    /// The pod is now this one: its containers are to be as it says.
    pub(super) fn follow(&mut self, pod: &Rc<Object>, now: Millis) {
        self.pod = Rc::clone(pod);
        let lists = ["/spec/initContainers", "/spec/containers"];
        let specs = lists.into_iter().flat_map(|list| pod.list(list));
        for (container, spec) in self.containers.iter_mut().zip(specs) {
            container.follow(spec, now);
        }
    }

    /// The pod is to stop, with this grace period from now. A shorter one wins over an earlier one.
    pub(super) fn stop(&mut self, now: Millis, grace: Millis) {
        let kill_at = now + grace;
        if self.kill_at.is_some_and(|earlier| earlier <= kill_at) {
            return;
        }
        let first = self.kill_at.is_none();
        self.kill_at = Some(kill_at);
        for container in &mut self.containers {
            container.abandon();
            if first && container.is_running() {
                self.notes.push(Note {
                    normal: true,
                    reason: "Killing",
                    message: format!("Stopping container {}", container.name),
                });
            }
            container.stop(now, grace);
        }
    }

    /// All its processes are killed, and none is started again, because its node has no memory left.
    pub(super) fn evict(&mut self, now: Millis) {
        for container in &mut self.containers {
            container.kill(now);
        }
        self.evicted = true;
        self.notes.push(Note {
            normal: false,
            reason: "Evicted",
            message: EVICTED.into(),
        });
    }

    /// Does what is to be done at this moment.
    pub(super) fn tick(
        &mut self,
        now: Millis,
        lacks: Lacks<'_>,
        failing: bool,
        disks: &mut BTreeMap<String, Tree>,
    ) {
        let pod = format!(
            "{}_{}({})",
            self.pod.name(),
            self.pod.namespace(),
            self.pod.uid()
        );
        let mut around = Surroundings {
            now,
            lacks,
            failing,
            disks,
            scratch: &mut self.scratch,
            uid: self.pod.uid(),
            pod: &pod,
            grace: grace(&self.pod),
            notes: &mut self.notes,
        };
        for container in &mut self.containers {
            container.tick(&mut around);
        }
        self.settle_resize(now);
        if self.mounted && self.kill_at.is_none() {
            self.start_next(now);
        }
    }

    /// Init containers one after the other, sidecars before what follows them, then all the others together.
    fn start_next(&mut self, now: Millis) {
        for container in &mut self.containers {
            if container.is_fresh() {
                container.begin(now);
            }
            let done = match container.role {
                Role::Init => container.ended() == Some(0),
                Role::Sidecar => container.started,
                Role::Main => true,
            };
            if !done {
                return;
            }
        }
    }

    /// When it next does something.
    pub(super) fn next(&self, lacks: Lacks<'_>) -> Option<(Millis, Urgency)> {
        let moments = self.containers.iter().filter_map(|c| c.next(lacks));
        let moments = moments.chain(self.resizing.next());
        let (at, urgency) = moments.reduce(|(a, x), (b, y)| {
            let busy = x == Urgency::Busy || y == Urgency::Busy;
            (a.min(b), if busy { Urgency::Busy } else { Urgency::Idle })
        })?;
        // What has gone on for ever has an end when the pod is shut down.
        let urgency = if self.kill_at.is_some() {
            Urgency::Busy
        } else {
            urgency
        };
        Some((at, urgency))
    }

    /// Whether a sandbox, and with it an address, is needed.
    pub(super) fn needs_address(&self, now: Millis) -> bool {
        let due = |c: &Container| c.starts_by(now);
        self.ip.is_none()
            && self.mounted
            && self.kill_at.is_none()
            && self.containers.iter().any(due)
    }

    /// No address can be had for it: what was to start is put off.
    pub(super) fn fail_sandbox(&mut self, now: Millis) {
        for container in &mut self.containers {
            container.put_off(now);
        }
        let message = format!(
            "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox \"{}\": plugin \
             type=\"bridge\" failed (add): the plugin does not answer",
            self.pod.uid().replace('-', "")
        );
        self.notes.push(Note {
            normal: false,
            reason: "FailedCreatePodSandBox",
            message,
        });
    }

    /// Its volumes cannot be mounted now: half a second later, and then twice as long each time, at most two minutes.
    pub(super) fn fail_mount(&mut self, now: Millis, message: String) {
        self.mounts_at = now + (500 << self.failed_mounts.min(8)).min(122_000);
        self.failed_mounts += 1;
        self.notes.push(Note {
            normal: false,
            reason: "FailedMount",
            message,
        });
    }

    /// Says once that a disk is attached to another node.
    pub(super) fn say_attached_elsewhere(&mut self, store: &mut Store, disk: &str) {
        if std::mem::replace(&mut self.lacks_disk, true) {
            return;
        }
        let message = format!(
            "Multi-Attach error for volume \"{disk}\" Volume is already exclusively attached to one node and can't be \
             attached to another"
        );
        record(
            store,
            "attachdetach-controller",
            &self.pod,
            Kind::Pod,
            false,
            "FailedAttachVolume",
            &message,
        );
    }

    /// The machine loses its power: everything stops at once.
    pub(super) fn lose_power(&mut self, now: Millis) {
        for container in &mut self.containers {
            container.lose_power(now);
        }
        self.notes.clear();
    }

    /// The machine has power again: the pod needs another address, and its volumes mounted anew. Gives the old address,
    /// if it had one of its own.
    pub(super) fn boot(&mut self) -> Option<String> {
        self.mounted = false;
        let old = self.ip.take();
        old.filter(|ip| *ip != self.host_ip)
    }

    /// Its probes are tried anew, also those that could not fail until now.
    pub(super) fn ask_again(&mut self, now: Millis) {
        for container in &mut self.containers {
            container.ask_again(now);
        }
    }

    /// The node it is on.
    pub(super) fn node(&self) -> &str {
        self.pod.text("/spec/nodeName")
    }

    pub(super) fn uses(&self, image: &str) -> bool {
        self.containers.iter().any(|c| c.recipe.image == image)
    }

    /// Whether something of it is still to be mounted or started.
    pub(super) fn is_waiting(&self) -> bool {
        let waits = |c: &Container| matches!(c.state, State::Waiting { .. });
        !self.mounted || self.containers.iter().any(waits)
    }

    pub(super) fn is_running(&self) -> bool {
        self.containers.iter().any(Container::is_running)
    }

    /// Whether nothing will ever run in it again, by itself; with whether all went well.
    pub(super) fn finished(&self) -> Option<bool> {
        let init = self.containers.iter().filter(|c| c.role == Role::Init);
        if init.filter_map(Container::ended).any(|code| code != 0) {
            return Some(false);
        }
        let main = self.containers.iter().filter(|c| c.role == Role::Main);
        main.map(Container::ended)
            .try_fold(true, |well, code| code.map(|code| well && code == 0))
    }

    /// `Pending`, `Running`, `Succeeded`, `Failed`.
    pub(super) fn phase(&self) -> &'static str {
        let finished = self.finished();
        match finished {
            Some(true) => return "Succeeded",
            Some(false) => return "Failed",
            None => {}
        }
        let mut ended_before = false;
        for container in &self.containers {
            let waits = matches!(container.state, State::Waiting { .. });
            let ready = match container.role {
                Role::Init => container.ended().is_some(),
                Role::Sidecar => container.started,
                Role::Main => !(waits && container.last.is_none()),
            };
            if !ready {
                return "Pending";
            }
            ended_before |= container.role == Role::Main;
        }
        if ended_before { "Running" } else { "Pending" }
    }
}

/// The pod's own grace period.
pub(super) fn grace(pod: &Object) -> Millis {
    let seconds = pod.int("/spec/terminationGracePeriodSeconds");
    seconds.unwrap_or(30).clamp(1, 86_400) * 1000
}
