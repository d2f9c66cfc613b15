//! Programs that are run in a container from outside.

use super::Kubelets;
use super::exec::{self, Inside, Signal};
use super::log::declared;
use super::node::internal_address;
use super::worker::Worker;
use crate::components::network::dns;
use crate::store::Store;
use crate::values::error::{ApiError, ApiReason};
use crate::values::exec::Exec;
use crate::values::kind::Kind;
use crate::values::object::Fields;

impl Kubelets {
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
        let wanted = declared(&pod, container)?;
        let refused = |reason, message| Err(ApiError::new(reason, message));
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
        self.reach(store, pod.text("/spec/nodeName"))?;
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

    /// Whether the API server can ask the kubelet of a node.
    pub(super) fn reach(&self, store: &Store, node: &str) -> Result<(), ApiError> {
        if self.machines.talks(node) {
            return Ok(());
        }
        let node = store.get(Kind::Node, "", node);
        let address = node.map_or("", |node| internal_address(node));
        let message = format!("error dialing backend: dial tcp {address}:10250: i/o timeout");
        Err(ApiError::new(ApiReason::InternalError, message))
    }
}
