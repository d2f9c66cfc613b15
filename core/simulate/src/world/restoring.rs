//! A cluster in the state that somebody has seen another one in.

use super::{Options, World};
use crate::components::kubelet::Failure;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What is put back, in an order in which owners and nodes come before what refers to them. Everything else the
/// cluster makes by itself.
const KINDS: [Kind; 17] = [
    Kind::Namespace,
    Kind::PriorityClass,
    Kind::RuntimeClass,
    Kind::LimitRange,
    Kind::ResourceQuota,
    Kind::ServiceAccount,
    Kind::Secret,
    Kind::ConfigMap,
    Kind::Node,
    Kind::StorageClass,
    Kind::PersistentVolume,
    Kind::PersistentVolumeClaim,
    Kind::Service,
    Kind::PodDisruptionBudget,
    Kind::StatefulSet,
    Kind::ControllerRevision,
    Kind::Pod,
];

impl World {
    /// A cluster with these objects as they stand, uids and status included: what runs there runs here, what is broken
    /// there stays broken here. Its nodes are those among the objects; objects of other kinds are left out.
    ///
    /// A container that cannot start has an image that cannot be pulled here, whatever its trouble was; a pod that
    /// runs and is not ready fails its probes; a node that is not ready is cut off.
    pub fn restore(options: Options, objects: &[Object]) -> Self {
        let mut store = Store::new(options.start, options.seed);
        for kind in KINDS {
            for object in objects.iter().filter(|object| is(kind, object)) {
                store.put_back(kind, object.clone());
            }
        }
        let mut world = Self::with_store(options, store);
        for object in objects {
            if is(Kind::Node, object) && object.condition("Ready") != "True" {
                // It was put back just now.
                let _ = world.fail_node(object.name(), Failure::Network);
            }
            if is(Kind::Pod, object) {
                world.restore_trouble(object);
            }
        }
        world
    }

    fn restore_trouble(&mut self, pod: &Object) {
        let containers = pod.list("/spec/containers");
        for status in pod.list("/status/containerStatuses") {
            let waits = matches!(
                status.text("/state/waiting/reason"),
                "ErrImagePull" | "ImagePullBackOff" | "InvalidImageName" | "CrashLoopBackOff"
            );
            let name = status.text("/name");
            let container = containers.iter().find(|it| it.text("/name") == name);
            if let Some(container) = container.filter(|_| waits) {
                self.break_image(container.text("/image"));
            }
        }
        let runs = pod.text("/status/phase") == "Running" && !pod.is_terminating();
        if runs && pod.condition("Ready") != "True" {
            self.fail_probe(pod.namespace(), pod.name());
        }
    }
}

fn is(kind: Kind, object: &Object) -> bool {
    object.text("/kind") == kind.name() && object.text("/apiVersion") == kind.api_version()
}
