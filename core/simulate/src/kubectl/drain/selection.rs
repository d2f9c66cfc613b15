//! Which pods of a node `drain` evicts, and which it will not touch.

use std::rc::Rc;

use super::Drain;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What is to be done with one pod.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// It goes; a warning may be due.
    Evict(Option<&'static str>),
    /// It stays, which does not matter.
    Leave(Option<&'static str>),
    /// It must not go, so nothing is done at all.
    Refuse(&'static str),
}

/// The pods of a node, looked through.
#[derive(Debug)]
pub(super) struct Selection {
    /// Those that go.
    pub pods: Vec<Rc<Object>>,
    /// What is worth saying, with the pods of which it holds.
    pub warnings: Vec<String>,
    /// Why nothing can be done.
    pub faults: Vec<String>,
}

impl Selection {
    pub(super) fn of(store: &Store, node: &str, verdict: impl Fn(&Object) -> Verdict) -> Self {
        let here = store
            .list(Kind::Pod, None)
            .filter(|pod| pod.text("/spec/nodeName") == node);
        let mut pods = Vec::new();
        let mut warned = Notes::default();
        let mut refused = Notes::default();
        for pod in here {
            match verdict(pod) {
                Verdict::Evict(warning) => {
                    pods.push(Rc::clone(pod));
                    warned.add(warning, pod);
                }
                Verdict::Leave(warning) => warned.add(warning, pod),
                Verdict::Refuse(why) => refused.add(Some(why), pod),
            }
        }
        Self {
            pods,
            warnings: warned.lines(""),
            faults: refused.lines("cannot delete "),
        }
    }
}

/// What holds of which pods, in the order in which it came up.
#[derive(Debug, Default)]
struct Notes(Vec<(&'static str, Vec<String>)>);

impl Notes {
    fn add(&mut self, what: Option<&'static str>, pod: &Object) {
        let Some(what) = what else {
            return;
        };
        let name = format!("{}/{}", pod.namespace(), pod.name());
        match self.0.iter_mut().find(|(known, _)| *known == what) {
            Some((_, pods)) => pods.push(name),
            None => self.0.push((what, vec![name])),
        }
    }

    fn lines(self, prefix: &str) -> Vec<String> {
        let line =
            |(what, pods): (&str, Vec<String>)| format!("{prefix}{what}: {}", pods.join(", "));
        self.0.into_iter().map(line).collect()
    }
}

impl Drain {
    /// The questions in kubectl's order.
    pub(super) fn verdict(&self, pod: &Object) -> Verdict {
        let over = matches!(pod.text("/status/phase"), "Succeeded" | "Failed");
        let owner = pod.controller();
        if owner.is_some_and(|owner| owner.text("/kind") == "DaemonSet") && !over {
            return if self.ignore_daemonsets {
                Verdict::Leave(Some("ignoring DaemonSet-managed Pods"))
            } else {
                Verdict::Refuse("DaemonSet-managed Pods (use --ignore-daemonsets to ignore)")
            };
        }
        // The kubelet runs it from a file; its object is only a picture of it.
        let mirror = "/metadata/annotations/kubernetes.io~1config.mirror";
        if pod.pointer(mirror).is_some() {
            return Verdict::Leave(None);
        }
        if over {
            return Verdict::Evict(None);
        }
        let mut volumes = pod.list("/spec/volumes").iter();
        let has_local_data = volumes.any(|volume| volume.pointer("/emptyDir").is_some());
        if has_local_data && !self.delete_emptydir_data {
            return Verdict::Refuse(
                "Pods with local storage (use --delete-emptydir-data to override)",
            );
        }
        match (owner, self.force) {
            (Some(_), _) => Verdict::Evict(None),
            (None, true) => Verdict::Evict(Some("deleting Pods that declare no controller")),
            // Together with its prefix kubectl really says it twice.
            (None, false) => Verdict::Refuse(
                "cannot delete Pods that declare no controller (use --force to override)",
            ),
        }
    }
}
