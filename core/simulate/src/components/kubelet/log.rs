//! What the programs in containers say. They are not really there, so it is little: that they start, and how they end.

use statefulset::Millis;

use super::Kubelets;
use super::container::{Exit, Run, State};
use crate::store::Store;
use crate::values::error::{ApiError, ApiReason};
use crate::values::instant::rfc3339;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

impl Kubelets {
    /// The lines that a container has printed in its last run, or (`previous`) in the one before; the first container unless
    /// it is named.
    pub(crate) fn log(
        &self,
        store: &Store,
        namespace: &str,
        name: &str,
        container: Option<&str>,
        previous: bool,
    ) -> Result<Vec<String>, ApiError> {
        let pod = store.require(Kind::Pod, namespace, name)?;
        let wanted = declared(&pod, container)?;
        let refused = |message| Err(ApiError::new(ApiReason::BadRequest, message));
        if pod.text("/spec/nodeName").is_empty() {
            return refused(format!("pod {name} does not have a host assigned"));
        }
        self.reach(store, pod.text("/spec/nodeName"))?;
        let worker = self.workers.get(pod.uid());
        let found = worker.and_then(|it| it.containers.iter().find(|c| c.name == wanted));
        let Some(container) = found else {
            // The pod is over, and its kubelet has cleaned up.
            return Ok(Vec::new());
        };
        let ended = match (&container.state, previous) {
            (State::Running { run, since, .. }, false) => {
                return Ok(vec![begins(run, *since)]);
            }
            (State::Terminated(exit), false) => Some(exit),
            (State::Waiting { reason, .. }, false) if container.last.is_none() => {
                return refused(format!(
                    "container \"{wanted}\" in pod \"{name}\" is waiting to start: {reason}"
                ));
            }
            _ => container.last.as_ref(),
        };
        match ended {
            Some(exit) => Ok(tells(exit)),
            None => refused(format!(
                "previous terminated container \"{wanted}\" in pod \"{name}\" not found"
            )),
        }
    }
}

/// The name of a container that the pod has.
pub(super) fn declared<'p>(
    pod: &'p Object,
    container: Option<&'p str>,
) -> Result<&'p str, ApiError> {
    let first = pod.list("/spec/containers").first();
    let wanted = container.unwrap_or_else(|| first.map_or("", |c| c.text("/name")));
    let lists = ["/spec/containers", "/spec/initContainers"].into_iter();
    let mut all = lists.flat_map(|list| pod.list(list));
    if all.any(|c| c.text("/name") == wanted) {
        return Ok(wanted);
    }
    let message = format!("container {wanted} is not valid for pod {}", pod.name());
    Err(ApiError::new(ApiReason::BadRequest, message))
}

fn begins(run: &Run, at: Millis) -> String {
    let at = rfc3339(at);
    format!("{at} simulated program of {} starts", run.image)
}

fn tells(exit: &Exit) -> Vec<String> {
    let (at, code) = (rfc3339(exit.finished), exit.code);
    let how = match code {
        0 => "ends well".to_owned(),
        137 => "is killed".to_owned(),
        255 => "ends with its machine".to_owned(),
        code => format!("ends with exit code {code}"),
    };
    let ends = format!("{at} simulated program of {} {how}", exit.run.image);
    vec![begins(&exit.run, exit.started), ends]
}
