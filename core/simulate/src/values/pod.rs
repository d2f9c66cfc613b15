//! What a pod says of itself: how it stands in a few words, as kubectl tells it, and the claims that it uses.

use std::borrow::Cow;

use serde_json::Value;
use statefulset::Millis;

use super::instant;
use super::object::{Fields, Object};

/// How a pod stands.
#[derive(Debug)]
pub(crate) struct Summary {
    /// The phase, or what is more telling: what an unready container waits for, why it ended, or that the pod is going.
    pub(crate) status: String,
    /// Containers and sidecars that are ready.
    pub(crate) ready: usize,
    /// Containers and sidecars.
    pub(crate) containers: usize,
    /// How often containers were started again; while the pod is initializing, its init containers.
    pub(crate) restarts: Restarts,
}

/// Restarts of some containers.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Restarts {
    pub(crate) count: i64,
    pub(crate) last: Option<Millis>,
}

impl Restarts {
    fn add(&mut self, container: &Value) {
        self.count += container.int("/restartCount").unwrap_or(0);
        let ended = instant::parse(container.text("/lastState/terminated/finishedAt"));
        self.last = self.last.max(ended);
    }
}

/// The pod's status, as one word.
pub(crate) fn status(pod: &Object) -> String {
    Summary::of(pod).status
}

impl Summary {
    pub(crate) fn of(pod: &Object) -> Self {
        let phase = pod.text("/status/phase");
        let given = pod.text("/status/reason");
        let gated = pod.list("/status/conditions").iter().any(|it| {
            it.text("/type") == "PodScheduled" && it.text("/reason") == "SchedulingGated"
        });
        let status = match given {
            _ if gated => "SchedulingGated",
            "" => phase,
            given => given,
        };
        let mut summary = Self {
            status: status.to_owned(),
            ready: 0,
            containers: pod.list("/spec/containers").len(),
            restarts: Restarts::default(),
        };
        let of_sidecars = summary.initialize(pod);
        if let Some(of_sidecars) = of_sidecars {
            summary.restarts = of_sidecars;
            summary.run(pod);
        }
        if pod.is_terminating() && given == "NodeLost" {
            summary.status = "Unknown".into();
        } else if pod.is_terminating() && !matches!(phase, "Succeeded" | "Failed") {
            summary.status = "Terminating".into();
        }
        summary
    }

    /// Looks at the init containers. Restarts of the sidecars where they are through.
    fn initialize(&mut self, pod: &Object) -> Option<Restarts> {
        let specs = pod.list("/spec/initContainers");
        let is_sidecar = |spec: &Value| spec.text("/restartPolicy") == "Always";
        self.containers += specs.iter().filter(|it| is_sidecar(it)).count();
        let mut of_sidecars = Restarts::default();
        let mut initializing = false;
        for (index, container) in pod.list("/status/initContainerStatuses").iter().enumerate() {
            self.restarts.add(container);
            let mut named = specs.iter().rev();
            let spec = named.find(|it| it.text("/name") == container.text("/name"));
            let sidecar = spec.is_some_and(is_sidecar);
            if sidecar {
                of_sidecars.add(container);
            }
            if exit_code(container) == Some(0) {
                continue;
            }
            if sidecar && container.flag("/started") {
                self.ready += usize::from(container.flag("/ready"));
                continue;
            }
            self.status = match stopped(container) {
                Some(reason) if reason != "PodInitializing" || exit_code(container).is_some() => {
                    format!("Init:{reason}")
                }
                _ => format!("Init:{index}/{}", specs.len()),
            };
            initializing = true;
            break;
        }
        let through = !initializing || pod.condition("Initialized") == "True";
        through.then_some(of_sidecars)
    }

    /// Looks at the containers.
    fn run(&mut self, pod: &Object) {
        let mut running = false;
        let mut error = None;
        // The first container has the last word.
        for container in pod.list("/status/containerStatuses").iter().rev() {
            self.restarts.add(container);
            if let Some(reason) = stopped(container) {
                let waits = !container.text("/state/waiting/reason").is_empty();
                if !waits && exit_code(container) != Some(0) {
                    error = Some(reason.clone());
                }
                self.status = reason;
            } else if container.flag("/ready") && has(container, "/state/running") {
                running = true;
                self.ready += 1;
            }
        }
        if self.status == "Completed" {
            let mut conditions = pod.list("/status/conditions").iter();
            let ready =
                conditions.any(|it| it.text("/type") == "Ready" && it.text("/status") == "True");
            if running && ready {
                self.status = "Running".into();
            } else if let Some(error) = error {
                self.status = error;
            } else if running {
                self.status = "NotReady".into();
            }
        }
    }
}

fn has(object: &Value, pointer: &str) -> bool {
    object.pointer(pointer).is_some_and(|it| !it.is_null())
}

/// How a container ended, if it did.
fn exit_code(container: &Value) -> Option<i64> {
    has(container, "/state/terminated")
        .then(|| container.int("/state/terminated/exitCode").unwrap_or(0))
}

/// Why a container does not run.
fn stopped(container: &Value) -> Option<String> {
    let waiting = container.text("/state/waiting/reason");
    if !waiting.is_empty() {
        return Some(waiting.to_owned());
    }
    let exit_code = exit_code(container)?;
    let reason = container.text("/state/terminated/reason");
    let signal = container.int("/state/terminated/signal");
    Some(if !reason.is_empty() {
        reason.to_owned()
    } else if let Some(signal) = signal.filter(|&it| it != 0) {
        format!("Signal:{signal}")
    } else {
        format!("ExitCode:{exit_code}")
    })
}

/// Names of the claims that a pod uses, those that are made for it among them.
pub(crate) fn claim_names(pod: &Object) -> impl Iterator<Item = Cow<'_, str>> {
    let volumes = pod.list("/spec/volumes").iter();
    volumes.filter_map(|volume| claim_name(pod, volume))
}

/// Name of the claim that a volume of a pod uses, if it uses one.
pub(crate) fn claim_name<'a>(pod: &Object, volume: &'a Value) -> Option<Cow<'a, str>> {
    if volume.get("ephemeral").is_some_and(Value::is_object) {
        return Some(format!("{}-{}", pod.name(), volume.text("/name")).into());
    }
    match volume.text("/persistentVolumeClaim/claimName") {
        "" => None,
        name => Some(name.into()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::{Summary, status};

    /// A pod with two containers: one in this state, and one that is well.
    pub(crate) fn pod(state: &Value, ready: bool) -> Value {
        json!({
            "metadata": {"name": "web-0"},
            "spec": {"containers": [{}, {}]},
            "status": {"phase": "Running", "containerStatuses": [
                {"ready": ready, "state": state, "restartCount": 1},
                {"ready": true, "state": {"running": {}}, "restartCount": 0},
            ]},
        })
    }

    #[test]
    fn containers_speak_before_the_phase() {
        let waiting = json!({"waiting": {"reason": "ImagePullBackOff"}});
        assert_eq!(status(&pod(&waiting, false)), "ImagePullBackOff");
        let crashed = json!({"terminated": {"exitCode": 137}});
        assert_eq!(status(&pod(&crashed, false)), "ExitCode:137");
        let completed = json!({"terminated": {"reason": "Completed"}});
        assert_eq!(status(&pod(&completed, false)), "NotReady");
        assert_eq!(status(&pod(&json!({"running": {}}), true)), "Running");
    }

    #[test]
    fn going_pods_are_terminating_until_they_have_ended() {
        let mut going = pod(&json!({"running": {}}), true);
        going["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
        assert_eq!(status(&going), "Terminating");
        going["status"] = json!({"phase": "Failed"});
        assert_eq!(status(&going), "Failed");
    }

    #[test]
    fn init_containers_come_first() {
        let mut starting = json!({
            "spec": {"initContainers": [{}, {}], "containers": [{}]},
            "status": {"phase": "Pending", "initContainerStatuses": [
                {"state": {"terminated": {"exitCode": 0}}}, {"state": {"running": {}}},
            ]},
        });
        assert_eq!(status(&starting), "Init:1/2");
        starting["status"]["initContainerStatuses"][1]["state"] =
            json!({"waiting": {"reason": "CrashLoopBackOff"}});
        assert_eq!(status(&starting), "Init:CrashLoopBackOff");
    }

    #[test]
    fn sidecars_count_among_the_containers() {
        let mut pod = json!({
            "spec": {
                "initContainers": [{"name": "s", "restartPolicy": "Always"}, {"name": "i"}],
                "containers": [{}],
            },
            "status": {"phase": "Pending", "initContainerStatuses": [
                {"name": "s", "started": true, "ready": true, "restartCount": 2, "state": {"running": {}}},
                {"name": "i", "restartCount": 3, "state": {"terminated": {"exitCode": 1, "signal": 9}}},
            ]},
        });
        let starting = Summary::of(&pod);
        assert_eq!((starting.ready, starting.containers), (1, 2));
        assert_eq!(starting.status, "Init:Signal:9");
        // While it initializes, all of them count, and then sidecars only.
        assert_eq!(starting.restarts.count, 5);
        pod["status"]["initContainerStatuses"][1]["state"] = json!({"terminated": {"exitCode": 0}});
        let running = json!({"ready": true, "restartCount": 1, "state": {"running": {}}});
        pod["status"]["containerStatuses"] = json!([running]);
        pod["status"]["phase"] = "Running".into();
        let started = Summary::of(&pod);
        assert_eq!((started.ready, started.restarts.count), (2, 3));
        assert_eq!(started.status, "Running");
    }

    #[test]
    fn a_gated_pod_says_so_and_an_error_outweighs_what_is_completed() {
        let gated = json!({"status": {"phase": "Pending", "conditions": [
            {"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"},
        ]}});
        assert_eq!(status(&gated), "SchedulingGated");
        let ended = |code: i64, reason: &str| json!({"state": {"terminated": {"exitCode": code, "reason": reason}}});
        let pod = json!({"status": {"phase": "Running", "containerStatuses": [
            ended(0, "Completed"), ended(1, "Error"),
        ]}});
        assert_eq!(status(&pod), "Error");
    }
}
