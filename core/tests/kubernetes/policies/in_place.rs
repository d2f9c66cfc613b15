//! Pods that are changed where they run (rules U-9 to U-11, Y-12 and Y-13).

use statefulset::Gate;
use statefulset::kubernetes::{CHANGED_ANNOTATION, Method, Request};

use super::*;

/// The set, whose pods are all there, when its template has got something else in the place of what this pointer names.
fn changed(policies: &Value, pointer: &str, value: Value, see: impl Fn(&mut Value)) -> World {
    let set = asking(policies);
    let (mut world, before) = World::with_profile(ANNOTATED, &set);
    for ordinal in 0..3 {
        let mut pod = pod(&format!("web-{ordinal}"), &before);
        pod["metadata"]["generation"] = 1.into();
        pod["status"]["observedGeneration"] = 1.into();
        pod["status"]["containerStatuses"] =
            json!([{"name": "nginx", "restartCount": 4, "containerID": "containerd://1"}]);
        see(&mut pod);
        world.see(Kind::Pod, &pod);
    }
    let mut next = set;
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = next["spec"]["template"].pointer_mut(parent).unwrap();
    parent[field] = value;
    next["status"]["currentRevision"] = before.into();
    next["metadata"]["resourceVersion"] = "50".into();
    world.introduce(&next);
    world
}

const IMAGE: &str = "/spec/containers/0/image";

fn if_possible() -> Value {
    json!({"inPlace": "IfPossible"})
}

fn patches(world: &World) -> Vec<Request> {
    let requests = world.plan().requests.into_iter();
    requests
        .filter(|it| it.method == Method::Patch && it.path.contains("/pods/"))
        .collect()
}

#[test]
fn another_image_is_a_patch_of_the_pod_as_it_was_seen() {
    let world = changed(&if_possible(), IMAGE, json!("nginx:1.13"), |_| ());
    let [patch] = &patches(&world)[..] else {
        panic!("{:?}", world.lines());
    };
    assert!(patch.path.ends_with("/pods/web-2"), "{}", patch.path);
    assert_eq!(patch.content_type, "application/strategic-merge-patch+json");
    let patch = body(patch);
    assert_eq!(
        patch["spec"],
        json!({"containers": [{"name": "nginx", "image": "nginx:1.13"}]})
    );
    let metadata = &patch["metadata"];
    assert_eq!(metadata["uid"], pod("web-2", "")["metadata"]["uid"]);
    assert!(metadata["resourceVersion"].is_string());
    let labels = metadata["labels"].as_object().unwrap();
    assert_eq!(
        labels.keys().collect::<Vec<_>>(),
        ["controller-revision-hash"]
    );
    let note = metadata["annotations"][CHANGED_ANNOTATION].as_str();
    assert!(
        note.is_some_and(|it| it.ends_with("Z/1 nginx=4=nginx:1.12")),
        "{note:?}"
    );
    assert!(deleted(&world).is_empty());
}

#[test]
fn resources_go_through_the_subresource_first() {
    let resources = |cpu: &str| json!({"requests": {"cpu": cpu}});
    let set = |cpu: &str| {
        let mut set = asking(&if_possible());
        set["spec"]["template"]["spec"]["containers"][0]["resources"] = resources(cpu);
        set
    };
    let (mut world, before) = World::with_profile(ANNOTATED, &set("1"));
    for ordinal in 0..3 {
        world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &before));
    }
    let mut next = set("2");
    next["status"]["currentRevision"] = before.into();
    next["metadata"]["resourceVersion"] = "50".into();
    world.introduce(&next);
    let [resize, patch] = &patches(&world)[..] else {
        panic!("{:?}", world.lines());
    };
    assert!(
        resize.path.ends_with("/pods/web-2/resize"),
        "{}",
        resize.path
    );
    let containers = json!([{"name": "nginx", "resources": resources("2")}]);
    assert_eq!(body(resize)["spec"]["containers"], containers);
    assert!(body(resize)["metadata"]["resourceVersion"].is_string());
    assert!(resize.step < patch.step);
    // The first one has changed the pod.
    assert_eq!(body(patch)["metadata"].get("resourceVersion"), None);
    assert_eq!(body(patch).get("spec"), None);
}

#[test]
fn labels_are_written_at_once_and_leave_no_note() {
    let labels = json!({"app": "nginx", "tier": "front"});
    let world = changed(&if_possible(), "/metadata/labels", labels, |_| ());
    let patches = patches(&world);
    assert_eq!(patches.len(), 3);
    for patch in &patches {
        let metadata = &body(patch)["metadata"];
        assert_eq!(metadata["labels"]["tier"], "front");
        assert_eq!(metadata.get("annotations"), None);
    }
}

#[test]
fn whatever_else_differs_makes_the_pod_again() {
    let world = |policies: &Value| {
        changed(
            policies,
            "/spec/nodeSelector",
            json!({"disk": "fast"}),
            |_| (),
        )
    };
    assert_eq!(deleted(&world(&if_possible())), ["web-2"]);
    let only = world(&json!({"inPlace": "Only"}));
    assert!(
        only.plan()
            .requests
            .iter()
            .all(|it| it.method != Method::Delete)
    );
    let gates = only.plan().plan.waits().map(|(_, wait)| wait.gates).next();
    assert!(gates.is_some_and(|it| it.contains(Gate::NotInPlace)));
    // Without the policy nothing is changed where it runs, and what is written on pods means nothing.
    let note = |pod: &mut Value| {
        pod["metadata"]["annotations"][CHANGED_ANNOTATION] = "1970-01-01T00:00:01Z nginx=9".into();
    };
    let off = changed(&json!({}), IMAGE, json!("nginx:1.13"), |_| ());
    assert_eq!(deleted(&off), ["web-2"]);
    let upstream = {
        let set = web();
        let (mut world, revision) = World::with_profile(Profile::UPSTREAM, &set);
        for ordinal in 0..3 {
            let mut pod = pod(&format!("web-{ordinal}"), &revision);
            note(&mut pod);
            world.see(Kind::Pod, &pod);
        }
        world.plan()
    };
    assert_eq!(upstream.plan.waits().count(), 0);
}

/// Whether the pods wait for a change to be finished.
fn is_changing(see: impl Fn(&mut Value)) -> bool {
    let set = asking(&if_possible());
    let (mut world, revision) = World::with_profile(ANNOTATED, &set);
    for ordinal in 0..3 {
        let mut pod = pod(&format!("web-{ordinal}"), &revision);
        pod["metadata"]["annotations"][CHANGED_ANNOTATION] = "1970-01-01T00:00:01Z nginx=4".into();
        pod["metadata"]["generation"] = 2.into();
        pod["status"]["observedGeneration"] = 2.into();
        pod["status"]["containerStatuses"] =
            json!([{"name": "nginx", "restartCount": 5, "containerID": "containerd://2"}]);
        see(&mut pod);
        world.see(Kind::Pod, &pod);
    }
    let plan = world.plan().plan;
    let waits = plan.waits().map(|(_, wait)| wait.gates);
    let gates: Vec<_> = waits.collect();
    assert!(
        gates.iter().all(|it| it.contains(Gate::PodChanging)),
        "{gates:?}"
    );
    !gates.is_empty()
}

#[test]
fn a_change_is_finished_once_the_kubelet_has_done_it() {
    assert!(!is_changing(|_| ()));
    // The container runs as before.
    assert!(is_changing(|pod| {
        pod["status"]["containerStatuses"][0]["restartCount"] = 4.into();
    }));
    // It was started again for another reason, before the kubelet has looked.
    assert!(is_changing(
        |pod| pod["status"]["observedGeneration"] = 1.into()
    ));
    // Before 1.34 kubelets do not say how far they have looked.
    assert!(!is_changing(
        |pod| pod["status"]["observedGeneration"] = Value::Null
    ));
    for condition in ["PodResizePending", "PodResizeInProgress"] {
        assert!(is_changing(|pod| {
            let conditions = pod["status"]["conditions"].as_array_mut().unwrap();
            conditions.push(json!({"type": condition, "status": "True"}));
        }));
    }
    // A note that cannot be understood lets nothing go.
    assert!(is_changing(|pod| {
        pod["metadata"]["annotations"][CHANGED_ANNOTATION] = "soon".into();
    }));
}

#[test]
fn open_kruises_field_says_the_same() {
    let set = |policy: &str| {
        let mut set = web();
        set["spec"]["podManagementPolicy"] = "Parallel".into();
        set["spec"]["updateStrategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 0, "podUpdatePolicy": policy}});
        set
    };
    for (policy, patched) in [
        ("ReCreate", 0),
        ("InPlaceIfPossible", 1),
        ("InPlaceOnly", 1),
    ] {
        let set = set(policy);
        let (mut world, before) = World::with_profile(Profile::KRUISE, &set);
        for ordinal in 0..3 {
            world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &before));
        }
        let mut next = set;
        next["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        next["status"]["currentRevision"] = before.into();
        next["metadata"]["resourceVersion"] = "50".into();
        world.introduce(&next);
        assert_eq!(patches(&world).len(), patched, "{policy}");
        assert_eq!(deleted(&world).len(), 1 - patched, "{policy}");
    }
    let error = refused(&set("Sometimes"), Profile::KRUISE).to_string();
    assert!(
        error.contains("expected one of ReCreate, InPlaceIfPossible, InPlaceOnly"),
        "{error}"
    );
}

/// A kubelet starts a container again only if what the pod tells it to run differs from what it runs.
mod what_runs_already {
    use super::*;

    /// The set with this in the place of what the pointer names in its template, and its pods.
    struct Scene {
        set: Value,
        world: World,
        pods: Vec<Value>,
    }

    impl Scene {
        /// All pods run the template, whose container starts again for another amount of cpu.
        fn new() -> Self {
            let mut set = asking(&if_possible());
            let container = &mut set["spec"]["template"]["spec"]["containers"][0];
            container["resources"] = json!({"requests": {"cpu": "1"}});
            container["resizePolicy"] =
                json!([{"resourceName": "cpu", "restartPolicy": "RestartContainer"}]);
            let (mut world, revision) = World::with_profile(ANNOTATED, &set);
            set["status"]["currentRevision"] = revision.clone().into();
            let pods = (0..3).map(|ordinal| {
                let mut pod = pod(&format!("web-{ordinal}"), &revision);
                pod["spec"]["containers"] = set["spec"]["template"]["spec"]["containers"].clone();
                pod["metadata"]["generation"] = 1.into();
                pod["status"]["observedGeneration"] = 1.into();
                pod["status"]["containerStatuses"] =
                    json!([{"name": "nginx", "restartCount": 4, "containerID": "containerd://1"}]);
                world.see(Kind::Pod, &pod);
                pod
            });
            let pods = pods.collect();
            Self { set, world, pods }
        }

        fn tell(&mut self, field: &str, value: Value) {
            self.set["spec"]["template"]["spec"]["containers"][0][field] = value;
            let version = self.set["metadata"]["resourceVersion"].as_str();
            let version = version.and_then(|it| it.parse().ok()).unwrap_or(50) + 1;
            self.set["metadata"]["resourceVersion"] = version.to_string().into();
            self.world.see(Kind::StatefulSet, &self.set);
            // What was there before has its revision.
            let requests = self.world.plan().requests;
            let mut made = requests
                .iter()
                .filter(|it| it.path.ends_with("/controllerrevisions"));
            if let Some(revision) = made.next() {
                self.world.see(Kind::ControllerRevision, &body(revision));
            }
        }

        /// Does what the plan asks to be done to web-2, and no other pod is changed for now.
        fn change(&mut self) {
            let all = patches(&self.world);
            assert!(!all.is_empty(), "{:?}", self.world.lines());
            for patch in all {
                assert!(patch.path.contains("/pods/web-2"), "{}", patch.path);
                let patch = body(&patch);
                for field in ["labels", "annotations"] {
                    for (name, value) in patch["metadata"][field].as_object().into_iter().flatten()
                    {
                        self.pods[2]["metadata"][field][name] = value.clone();
                    }
                }
                let containers = patch["spec"]["containers"].as_array();
                for (field, value) in containers
                    .into_iter()
                    .flatten()
                    .flat_map(|it| it.as_object().unwrap())
                {
                    self.pods[2]["spec"]["containers"][0][field] = value.clone();
                }
            }
            self.see();
        }

        /// The kubelet has looked at web-2, and it runs as it is told to: this often was it started again.
        fn look(&mut self, generation: u32, restarts: u32) {
            self.pods[2]["metadata"]["generation"] = generation.into();
            self.pods[2]["status"]["observedGeneration"] = generation.into();
            self.pods[2]["status"]["containerStatuses"][0]["restartCount"] = restarts.into();
            self.see();
        }

        fn see(&mut self) {
            let pod = &mut self.pods[2];
            pod["metadata"]["resourceVersion"] = Value::Null;
            self.world.see(Kind::Pod, pod);
        }

        fn waits_for_a_change(&self) -> bool {
            let plan = self.world.plan().plan;
            plan.waits().any(|(action, wait)| {
                let is_about = (action.ordinal..=wait.through).contains(&2);
                is_about && wait.gates.contains(Gate::PodChanging)
            })
        }
    }

    #[test]
    fn a_rollout_that_is_taken_back_before_the_kubelet_has_looked() {
        let mut scene = Scene::new();
        let before = scene.set["spec"]["template"]["spec"]["containers"][0]["image"].clone();
        scene.tell("image", "nginx:1.13".into());
        scene.change();
        scene.pods[2]["metadata"]["generation"] = 2.into();
        scene.see();
        scene.tell("image", before);
        scene.change();
        scene.look(3, 4);
        assert!(!scene.waits_for_a_change());
    }

    #[test]
    fn an_image_that_somebody_has_written_on_the_pod() {
        let mut scene = Scene::new();
        scene.pods[2]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        scene.look(2, 5);
        scene.tell("image", "nginx:1.13".into());
        scene.change();
        scene.look(2, 5);
        assert!(!scene.waits_for_a_change());
    }

    /// By somebody else, or by a controller that did not come to the second request.
    #[test]
    fn an_amount_that_the_pod_has_got() {
        let mut scene = Scene::new();
        let resources = json!({"requests": {"cpu": "2"}});
        scene.pods[2]["spec"]["containers"][0]["resources"] = resources.clone();
        scene.look(2, 5);
        scene.tell("resources", resources);
        scene.change();
        scene.look(2, 5);
        assert!(!scene.waits_for_a_change());
    }

    /// It was never given, so nothing was started again.
    #[test]
    fn an_amount_that_could_not_be_given_is_taken_back() {
        let mut scene = Scene::new();
        scene.tell("resources", json!({"requests": {"cpu": "2000"}}));
        scene.change();
        let conditions = scene.pods[2]["status"]["conditions"].clone();
        let pending = json!({"type": "PodResizePending", "status": "True", "reason": "Infeasible"});
        scene.pods[2]["status"]["conditions"]
            .as_array_mut()
            .unwrap()
            .push(pending);
        scene.look(2, 4);
        assert!(scene.waits_for_a_change());
        scene.tell("resources", json!({"requests": {"cpu": "1"}}));
        scene.change();
        scene.pods[2]["status"]["conditions"] = conditions;
        scene.look(3, 4);
        assert!(!scene.waits_for_a_change());
    }

    /// What these stand on.
    #[test]
    fn a_container_that_was_started_again() {
        let mut scene = Scene::new();
        scene.tell("image", "nginx:1.13".into());
        scene.change();
        scene.look(2, 4);
        assert!(scene.waits_for_a_change());
        scene.look(2, 5);
        assert!(!scene.waits_for_a_change());
    }
}
