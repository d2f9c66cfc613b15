//! A pod's status, as its kubelet reports it.

use serde_json::{Value, json};
use statefulset::{Millis, Version};

use crate::components::kubelet::container::{Container, Exit, Note, Role, State};
use crate::components::kubelet::worker::{EVICTED, Worker};
use crate::components::recorder::record;
use crate::store::Store;
use crate::values::condition::{Condition, remove_condition, set_condition};
use crate::values::generation::observed;
use crate::values::instant::rfc3339;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Says how the pod is, and what happened to it.
pub(super) fn report(worker: &mut Worker, store: &mut Store) {
    for note in worker.notes.drain(..) {
        let Note {
            normal,
            reason,
            message,
        } = note;
        let kind = Kind::Pod;
        record(
            store,
            "kubelet",
            &worker.pod,
            kind,
            normal,
            reason,
            &message,
        );
    }
    if worker.orphaned {
        return;
    }
    let now = store.now();
    let (namespace, name) = (worker.pod.namespace(), worker.pod.name());
    store.edit(Kind::Pod, namespace, name, |pod| {
        if pod.uid() == worker.pod.uid() {
            write(worker, pod, now);
        }
    });
}

/// Writes what the worker knows into the pod's status.
fn write(worker: &Worker, pod: &mut Object, now: Millis) {
    let generation = observed(&worker.pod, worker.version);
    if let Some(generation) = generation {
        pod.put("/status/observedGeneration", json!(generation));
    }
    let phase = worker.phase();
    pod.put("/status/phase", json!(phase));
    if worker.evicted {
        pod.put("/status/reason", json!("Evicted"));
        pod.put("/status/message", json!(EVICTED));
    }
    pod.put("/status/startTime", json!(rfc3339(worker.since)));
    pod.put("/status/hostIP", json!(worker.host_ip));
    pod.put("/status/hostIPs", json!([{"ip": worker.host_ip}]));
    if let Some(ip) = &worker.ip {
        pod.put("/status/podIP", json!(ip));
        pod.put("/status/podIPs", json!([{"ip": ip}]));
    }
    let initialized = worker.containers.iter().all(|c| match c.role {
        Role::Init => c.ended() == Some(0),
        Role::Sidecar => c.started,
        Role::Main => true,
    });
    let statuses = |wanted: fn(Role) -> bool| {
        let containers = worker.containers.iter().filter(|c| wanted(c.role));
        let told = containers.map(|c| {
            let mut status = container(c, initialized);
            if worker.version >= Version::V1_33 {
                say_resources(c, &mut status);
            }
            status
        });
        Value::Array(told.collect())
    };
    if worker.containers.iter().any(|c| c.role != Role::Main) {
        let init = statuses(|role| role != Role::Main);
        pod.put("/status/initContainerStatuses", init);
    }
    let main = statuses(|role| role == Role::Main);
    pod.put("/status/containerStatuses", main);

    let lagging = |role_counts: fn(Role) -> bool, lags: fn(&Container) -> bool| {
        let containers = worker.containers.iter();
        let names = containers.filter(|c| role_counts(c.role) && lags(c));
        let names: Vec<&str> = names.map(|c| c.name.as_str()).collect();
        names.join(" ")
    };
    say_resizing(worker, pod);
    let unready = lagging(|role| role != Role::Init, |c| !c.ready);
    let incomplete = lagging(|role| role == Role::Init, |c| c.ended() != Some(0));
    let finished = matches!(phase, "Succeeded" | "Failed");
    let gates = closed_gates(pod);
    let mut set = |kind, holds, reason, message: &str| {
        let condition = Condition {
            kind,
            holds,
            reason: if holds { "" } else { reason },
            message: if holds { "" } else { message },
            generation,
        };
        set_condition(pod, condition, now);
    };
    set(
        "PodReadyToStartContainers",
        worker.ip.is_some() && !finished,
        "",
        "",
    );
    // It runs here, so it has its node.
    set("PodScheduled", true, "", "");
    let message = format!("containers with incomplete status: [{incomplete}]");
    set(
        "Initialized",
        initialized,
        "ContainersNotInitialized",
        &message,
    );
    let message = format!("containers with unready status: [{unready}]");
    let (reason, message) = match phase {
        "Succeeded" => ("PodCompleted", ""),
        "Failed" => ("PodFailed", ""),
        _ => ("ContainersNotReady", message.as_str()),
    };
    let ready = initialized && unready.is_empty() && !finished;
    if ready && !gates.is_empty() {
        set("Ready", false, "ReadinessGatesNotReady", &gates);
    } else {
        set("Ready", ready, reason, message);
    }
    set("ContainersReady", ready, reason, message);
}

/// What a container has been promised, and what it has.
fn say_resources(container: &Container, status: &mut Value) {
    if container.run().is_none() {
        return;
    }
    let resources = &container.resources;
    let has = match container.state {
        State::Running { .. } => &resources.actual,
        _ => &resources.allocated,
    };
    status["resources"] = has.clone();
    if let Some(requests) = resources.allocated.get("requests") {
        status["allocatedResources"] = requests.clone();
    }
}

/// Whether the containers wait for other resources, or are getting them.
fn say_resizing(worker: &Worker, pod: &mut Object) {
    const KINDS: [&str; 2] = ["PodResizePending", "PodResizeInProgress"];
    let over = worker.finished().is_some();
    let pending = worker.resizing.pending.as_ref().filter(|_| !over);
    let progress = worker.resizing.progress.filter(|_| !over);
    for kind in KINDS {
        remove_condition(pod, kind);
    }
    let tells = worker.version >= Version::V1_34_0;
    let mut set = |kind, since, generation, reason, message| {
        let condition = Condition {
            kind,
            holds: true,
            reason,
            message,
            generation: Some(generation).filter(|_| tells),
        };
        set_condition(pod, condition, since);
    };
    if let Some(it) = pending {
        set(
            KINDS[0],
            it.since,
            it.generation,
            it.reason,
            it.message.as_str(),
        );
    }
    if let Some(it) = progress {
        set(KINDS[1], it.since, it.generation, "", "");
    }
}

/// The readiness gates of a pod that are not open, in the kubelet's words; empty where all are.
fn closed_gates(pod: &Object) -> String {
    let gates = pod.list("/spec/readinessGates").iter();
    let closed = gates.filter_map(|gate| {
        let name = gate.text("/conditionType");
        match pod.condition(name) {
            "True" => None,
            "" => Some(format!(
                "corresponding condition of pod readiness gate \"{name}\" does not exist."
            )),
            status => Some(format!(
                "the status of pod readiness gate \"{name}\" is not \"True\", but {status}"
            )),
        }
    });
    closed.collect::<Vec<_>>().join(", ")
}

fn container(container: &Container, initialized: bool) -> Value {
    let state = match &container.state {
        // Before the init containers are done the others have another word for waiting.
        State::Waiting { reason, .. }
            if *reason == "ContainerCreating" && !initialized && container.last.is_none() =>
        {
            json!({"waiting": {"reason": "PodInitializing"}})
        }
        State::Waiting { reason, message } if message.is_empty() => {
            json!({"waiting": {"reason": reason}})
        }
        State::Waiting { reason, message } => {
            json!({"waiting": {"reason": reason, "message": message}})
        }
        State::Running { since, .. } => json!({"running": {"startedAt": rfc3339(*since)}}),
        State::Terminated(exit) => terminated(exit),
    };
    let last = container.last.as_ref();
    let last = last.map_or_else(|| json!({}), terminated);
    let ready = match container.role {
        Role::Init => container.ended() == Some(0),
        _ => container.ready,
    };
    let mut status = json!({
        "name": container.name,
        "image": container.recipe.image,
        "imageID": "",
        "lastState": last,
        "ready": ready,
        "restartCount": container.restarts,
        "started": container.started,
        "state": state,
    });
    if let Some(run) = container.run() {
        // Of an image that the pod has got since then nothing is said before it runs.
        status["image"] = json!(run.pulled.name);
        status["imageID"] = json!(run.pulled.id);
        status["containerID"] = json!(run.id);
    }
    status
}

fn terminated(exit: &Exit) -> Value {
    json!({"terminated": {
        "exitCode": exit.code,
        "reason": if exit.code == 0 { "Completed" } else { "Error" },
        "startedAt": rfc3339(exit.started),
        "finishedAt": rfc3339(exit.finished),
        "containerID": exit.run.id,
    }})
}
