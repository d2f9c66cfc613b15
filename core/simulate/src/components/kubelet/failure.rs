//! What goes wrong on purpose: images, probes, power, network.

use super::{Failure, Kubelets, node};
use crate::store::Store;
use crate::values::error::ApiError;
use crate::values::kind::Kind;
use crate::values::object::Fields;

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

    /// The persistent volume cannot be mounted, or can again.
    pub(crate) fn set_volume(&mut self, volume: &str, breaks: bool) {
        if breaks {
            self.wrecks.insert(volume.to_owned());
        } else {
            self.wrecks.remove(volume);
            let waiting = self.workers.iter().filter(|(_, worker)| !worker.mounted);
            self.due.extend(waiting.map(|(uid, _)| uid.clone()));
        }
    }

    /// The probes that the pod has fail, or succeed again.
    pub(crate) fn set_probe(&mut self, store: &Store, namespace: &str, pod: &str, fails: bool) {
        let name = (namespace.to_owned(), pod.to_owned());
        for uid in self.identities.get(&name).into_iter().flatten() {
            if let Some(worker) = self.workers.get_mut(uid) {
                worker.ask_again(store.now());
            }
            self.due.insert(uid.clone());
        }
        if fails {
            self.failing.insert(name);
        } else {
            self.failing.remove(&name);
        }
    }

    /// The pod's kubelet ends it for good, as it does where memory runs out. One that does not run, or whose kubelet
    /// nobody can tell anything, is left alone.
    pub(crate) fn end(&mut self, store: &Store, namespace: &str, pod: &str) {
        let uids = self.identities.get(&(namespace.to_owned(), pod.to_owned()));
        for uid in uids.into_iter().flatten() {
            if let Some(worker) = self.workers.get_mut(uid)
                && worker.is_running()
                && self.machines.failure(worker.node()).is_none()
            {
                worker.evict(store.now());
                self.due.insert(uid.clone());
            }
        }
    }

    /// The node's machine fails. One without power cannot fail any more, and of one without network nobody hears what else
    /// fails. Gives how it fails now.
    pub(crate) fn fail(
        &mut self,
        store: &mut Store,
        node: &str,
        how: Failure,
    ) -> Result<Failure, ApiError> {
        let before = self.machines.failure(node);
        let stays = |before: &Failure| {
            *before == Failure::Power || (before.is_silent() && !how.is_silent())
        };
        let how = before.filter(stays).unwrap_or(how);
        self.machines.change(node, Some(how))?;
        match how {
            Failure::Power => {
                for (uid, worker) in self.workers.iter_mut().filter(|(_, w)| w.node() == node) {
                    worker.lose_power(store.now());
                    self.timers.clear(uid);
                }
            }
            Failure::Runtime => node::report_idle(store, node),
            Failure::Network | Failure::Plugin => {}
        }
        Ok(how)
    }

    /// The node's machine has power and network again. Its kubelet registers the node where its object is gone, finishes
    /// what it was asked to end, ends what is gone from the API, and takes on what is new.
    pub(crate) fn restore(&mut self, store: &mut Store, node: &str) -> Result<(), ApiError> {
        let before = self.machines.change(node, None)?;
        node::register(store, node, &mut node::Addresses::default());
        self.roomier.insert(node.to_owned());
        let mut gone = Vec::new();
        for (uid, worker) in self.workers.iter_mut().filter(|(_, w)| w.node() == node) {
            if before == Some(Failure::Power)
                && let Some(ip) = worker.boot()
            {
                self.addresses.give_back(&ip);
            }
            let pod = store.get(Kind::Pod, worker.pod.namespace(), worker.pod.name());
            if pod.is_none_or(|pod| pod.uid() != uid) {
                gone.push(worker.pod.clone());
            }
            self.due.insert(uid.clone());
        }
        for pod in gone {
            self.see(store, &pod, true);
        }
        for pod in store.list(Kind::Pod, None) {
            if pod.text("/spec/nodeName") == node {
                self.see(store, pod, false);
            }
        }
        Ok(())
    }
}
