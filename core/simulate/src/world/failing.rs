//! What goes wrong in a cluster on purpose, and how it is put right.

use serde_json::{Value, json};
use statefulset::Millis;

use super::World;
use crate::components::kubelet::Failure;
use crate::controller::Program;
use crate::values::error::ApiError;
use crate::values::kind::Kind;
use crate::values::object::Fields;
use crate::values::taint::OUT_OF_SERVICE;

impl World {
    /// From now on this image cannot be pulled.
    pub fn break_image(&mut self, image: &str) {
        self.kubelets.break_image(image);
    }

    /// From now on this image can be pulled again; pods notice it at their next try.
    pub fn mend_image(&mut self, image: &str) {
        self.kubelets.mend_image(image);
    }

    /// From now on the readiness, liveness and startup probes that a pod of this name has fail, in its successors too.
    pub fn fail_probe(&mut self, namespace: &str, pod: &str) {
        self.set_probe(namespace, pod, true);
    }

    /// From now on they succeed again.
    pub fn mend_probe(&mut self, namespace: &str, pod: &str) {
        self.set_probe(namespace, pod, false);
    }

    fn set_probe(&mut self, namespace: &str, pod: &str, fails: bool) {
        self.quiesce();
        self.kubelets.set_probe(&self.store, namespace, pod, fails);
    }

    /// The kubelet ends a pod that runs for good, as it does where memory runs out: its phase is `Failed` from then on.
    pub fn end_pod(&mut self, namespace: &str, pod: &str) {
        self.quiesce();
        self.kubelets.end(&self.store, namespace, pod);
    }

    /// The machine of a node fails. Not found is a name that never was a node's.
    pub fn fail_node(&mut self, name: &str, how: Failure) -> Result<(), ApiError> {
        self.quiesce();
        let how = self.kubelets.fail(&mut self.store, name, how)?;
        if how.is_silent() {
            self.nodes.fall_silent(name, self.now());
        }
        Ok(())
    }

    /// From now on this persistent volume cannot be mounted; where it is mounted, it stays so.
    pub fn break_volume(&mut self, volume: &str) {
        self.kubelets.set_volume(volume, true);
    }

    /// From now on it can be mounted again; pods notice it at their next try.
    pub fn mend_volume(&mut self, volume: &str) {
        self.kubelets.set_volume(volume, false);
    }

    /// From now on no volume can be made for a claim.
    pub const fn break_provisioner(&mut self) {
        self.storage.break_provisioner();
    }

    /// From now on volumes can be made again, also for the claims that wait for one.
    pub fn mend_provisioner(&mut self) {
        self.storage.mend_provisioner();
    }

    /// The machine of a node has all that it needs again, and is back in service. Its kubelet registers the node where its
    /// object was removed.
    pub fn restore_node(&mut self, name: &str) -> Result<(), ApiError> {
        self.quiesce();
        self.kubelets.restore(&mut self.store, name)?;
        self.nodes.resume(name, self.now());
        self.store.edit(Kind::Node, "", name, |node| {
            let taints = node.list("/spec/taints").iter();
            let others = taints.filter(|taint| taint.text("/key") != OUT_OF_SERVICE);
            let others: Vec<Value> = others.cloned().collect();
            if others.len() < node.list("/spec/taints").len() {
                node.put("/spec/taints", Value::Array(others));
            }
        });
        self.quiesce();
        Ok(())
    }

    /// Switches the machine of a node off for certain, and vouches for that: the node gets the taint
    /// `node.kubernetes.io/out-of-service`.
    pub fn fence_node(&mut self, name: &str) -> Result<(), ApiError> {
        self.store.require(Kind::Node, "", name)?;
        self.fail_node(name, Failure::Power)?;
        self.store.edit(Kind::Node, "", name, |node| {
            let mut taints = node.list("/spec/taints").to_vec();
            if !taints.iter().any(|t| t.text("/key") == OUT_OF_SERVICE) {
                taints.push(json!({
                    "key": OUT_OF_SERVICE, "value": "nodeshutdown", "effect": "NoExecute",
                }));
                node.put("/spec/taints", Value::Array(taints));
            }
        });
        Ok(())
    }

    /// When the kubelet of a node was last heard of.
    pub fn last_heard(&self, node: &str) -> Option<Millis> {
        self.nodes.last_heard(node, self.now())
    }

    /// The StatefulSet controller dies and starts again: it forgets all that it knew, and lists everything anew.
    pub fn crash_controller(&mut self) {
        self.controller.crash(&self.store);
    }

    /// The StatefulSet controller does not run any more.
    pub const fn stop_controller(&mut self) {
        self.controller.stop();
    }

    /// The StatefulSet controller runs again: it lists everything anew.
    pub fn start_controller(&mut self) {
        self.controller.start(&self.store);
    }

    /// From now on this program is the StatefulSet controller. The library goes on to explain, from the same view.
    pub fn hand_over(&mut self, program: impl Program + 'static) {
        self.controller.hand_over(Box::new(program), &self.store);
    }

    /// Why the program that is the StatefulSet controller does not work any more, in words.
    pub fn controller_failure(&self) -> Option<&str> {
        self.controller.failure()
    }
}
