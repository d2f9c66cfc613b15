//! Volumes that are not where their pod is.

use serde_json::{Value, json};
use statefulset::kubernetes::{CauseName, Kind};

use super::starting::waiting;
use super::{LONG_AGO, Scene};
use crate::world::{claim, web_with_claims};

/// The pod waits for its old node to let go of a volume.
#[test]
fn a_volume_at_another_node_says_who_holds_it() {
    let held = |ready: &str, error: Value, user: bool| {
        let mut scene = Scene::new(web_with_claims(), &["web-0", "web-1"]);
        scene.world.cluster.begin_list(Kind::Node);
        scene.world.cluster.end_list(Kind::Node, "1");
        let node = json!({
            "metadata": {"name": "n2"},
            "status": {"conditions": [{"type": "Ready", "status": ready, "lastTransitionTime": LONG_AGO}]},
        });
        scene.see(Kind::Node, &node);
        let mut bound = claim(2);
        bound["spec"]["volumeName"] = "disk-2".into();
        bound["status"]["phase"] = "Bound".into();
        scene.see(Kind::PersistentVolumeClaim, &bound);
        let volumes = json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-2"}}]);
        let sick = scene.sick(
            &waiting("ContainerCreating", ""),
            &json!({"volumes": volumes}),
        );
        scene.see(Kind::Pod, &sick);
        let attachment = json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "VolumeAttachment", "metadata": {"name": "csi-1"},
            "spec": {"nodeName": "n2", "source": {"persistentVolumeName": "disk-2"}},
            "status": {"attached": true, "detachError": error},
        });
        scene.event(&attachment);
        if user {
            let other = json!({
                "metadata": {"name": "debug", "namespace": "default"},
                "spec": {"nodeName": "n2", "volumes": volumes},
            });
            scene.show(Kind::Pod, &other);
        }
        scene
    };
    let name = CauseName::VolumeAttachedElsewhere;
    let error = json!({"message": "could not detach: timeout"});
    let rows = [
        (
            held("True", Value::Null, true),
            "it is used there by debug on n2",
            "kubectl delete pod debug",
        ),
        (
            held("True", error, false),
            "could not detach: timeout",
            "kubectl describe volumeattachment csi-1",
        ),
        (
            held("True", Value::Null, false),
            "attached to another node: n2",
            "whether the driver of the storage runs",
        ),
        (
            held("Unknown", Value::Null, false),
            "attached to another node: n2",
            "detached by force",
        ),
    ];
    for (scene, words, cure) in rows {
        let cause = scene.shows(name, words, cure);
        let fences = format!("{:?}", cause.cures).contains("out-of-service");
        assert_eq!(fences, cure == "detached by force", "{cause:#?}");
    }
}
