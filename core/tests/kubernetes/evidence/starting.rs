//! Containers that do not start, are not ready, or end.

use serde_json::{Value, json};
use statefulset::kubernetes::{CauseName, Kind, Verdict};

use super::{JUST_NOW, LONG_AGO, Scene, events};
use crate::world::web;

/// A container that waits for this reason.
pub(super) fn waiting(reason: &str, message: &str) -> Value {
    json!({
        "phase": "Pending",
        "containerStatuses": [{
            "name": "nginx", "image": "nginx:1.12", "ready": false,
            "state": {"waiting": {"reason": reason, "message": message}},
        }],
    })
}

#[test]
fn a_container_that_lacks_its_configuration_says_what() {
    let env =
        |kind: &str, source: Value| json!({"containers": [{"name": "nginx", kind: [source]}]});
    let rows = [
        (
            "secret \"db\" not found",
            env(
                "env",
                json!({"name": "P", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}),
            ),
            "needs the Secret db, which does not exist",
            "create the Secret db with the key password",
        ),
        (
            "configmap \"app\" not found",
            env("envFrom", json!({"configMapRef": {"name": "app"}})),
            "needs the ConfigMap app, which does not exist",
            "create the ConfigMap app with the content that",
        ),
        (
            "couldn't find key password in Secret default/db",
            json!({}),
            "needs the key password of the Secret db, which does not have it",
            "give the Secret db the key password",
        ),
        (
            "couldn't find key url in ConfigMap default/app",
            json!({}),
            "needs the key url of the ConfigMap app",
            "give the ConfigMap app the key url",
        ),
    ];
    for (message, spec, words, cure) in rows {
        let scene = Scene::ailing(&waiting("CreateContainerConfigError", message), &spec);
        scene.shows(CauseName::ConfigurationMissing, words, cure);
        assert_eq!(scene.diagnosis().verdict, Verdict::Stuck);
    }
}

/// Nothing is missing that somebody else could create.
#[test]
fn a_container_that_cannot_be_configured_has_a_template_to_correct() {
    let rows = [
        ("cannot find volume \"x\"", "correct the template"),
        (
            "container has runAsNonRoot and image will run as root",
            "runAsUser",
        ),
        (
            "failed to prepare subPath for volumeMount \"c\"",
            "let the subPath",
        ),
    ];
    for (message, cure) in rows {
        let status = waiting("CreateContainerConfigError", message);
        let scene = Scene::ailing(&status, &json!({}));
        let cause = scene.shows(CauseName::ContainerNotCreated, message, cure);
        assert_eq!(cause.evidence[0].text, message);
    }
}

#[test]
fn a_key_that_a_volume_lacks_is_named() {
    for (kind, word, volume) in [
        (
            "ConfigMap",
            "config",
            json!({"name": "c", "configMap": {"name": "app"}}),
        ),
        (
            "Secret",
            "secret",
            json!({"name": "c", "secret": {"secretName": "app"}}),
        ),
    ] {
        let message = format!(
            "MountVolume.SetUp failed for volume \"c\" : references non-existent {word} key: a.ini"
        );
        let [event, _] = events(("Pod", "web-2"), "FailedMount", &message, LONG_AGO);
        let status = waiting("ContainerCreating", "");
        let mut scene = Scene::ailing(&status, &json!({"volumes": [volume]}));
        scene.event(&event);
        scene.shows(
            CauseName::ConfigurationMissing,
            &format!("a volume of web-2 needs the key a.ini of the {kind} app"),
            &format!("give the {kind} app the key a.ini"),
        );
    }
}

#[test]
fn a_pull_secret_that_is_missing_is_told_of() {
    let message = "Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.";
    let about = ("Pod", "web-2");
    let [event, _] = events(about, "FailedToRetrieveImagePullSecret", message, LONG_AGO);
    let mut scene = Scene::ailing(&waiting("ImagePullBackOff", "denied"), &json!({}));
    scene.event(&event);
    let cause = scene.shows(CauseName::ImageNotPulled, "denied", "create the Secrets");
    assert!(
        cause.evidence.iter().any(|it| it.text == message),
        "{cause:#?}"
    );
}

#[test]
fn a_container_that_is_not_created_has_its_cause_in_its_status_or_in_events() {
    let creating = waiting("ContainerCreating", "");
    let none = json!({});
    for reason in [
        "CreateContainerError",
        "RunContainerError",
        "PostStartHookError",
    ] {
        let scene = Scene::ailing(&waiting(reason, "no such file"), &none);
        scene.shows(
            CauseName::ContainerNotCreated,
            "no such file",
            "correct the template",
        );
    }
    let scene = Scene::ailing(&creating, &none);
    scene.shows(
        CauseName::ContainersNotCreated,
        "and the input has none",
        "involvedObject.name=web-2",
    );
    let rows = [
        (
            "FailedMount",
            "MountVolume.SetUp failed for volume \"tls\" : secret \"tls\" not found",
            CauseName::ConfigurationMissing,
            "a volume of web-2 needs the Secret tls",
            "create the Secret tls",
        ),
        (
            "FailedMount",
            "MountVolume.SetUp failed for volume \"c\" : configmap \"c\" not found",
            CauseName::ConfigurationMissing,
            "needs the ConfigMap c",
            "create the ConfigMap c",
        ),
        (
            "FailedMount",
            "MountVolume.MountDevice failed for volume \"d\" : exit status 32",
            CauseName::VolumeNotMounted,
            "exit status 32",
            "mend what the event complains about",
        ),
        (
            "FailedAttachVolume",
            "AttachVolume.Attach failed for volume \"d\" : timed out",
            CauseName::VolumeNotMounted,
            "AttachVolume.Attach failed",
            "mend what the event complains about",
        ),
        (
            "FailedCreatePodSandBox",
            "Failed to create pod sandbox: no IP addresses left",
            CauseName::SandboxFails,
            "no IP addresses left",
            "network plugin runs on node n1",
        ),
    ];
    for (reason, message, name, words, cure) in rows {
        for event in events(("Pod", "web-2"), reason, message, LONG_AGO) {
            let mut scene = Scene::ailing(&creating, &none);
            scene.event(&event);
            scene.shows(name, words, cure);
        }
    }
    // That the kubelet has waited in vain is said later, and says less.
    let mut scene = Scene::ailing(&creating, &none);
    let [exact, _] = events(("Pod", "web-2"), rows[0].0, rows[0].1, LONG_AGO);
    let vague = "Unable to attach or mount volumes: unmounted volumes=[tls]: timed out waiting for the condition";
    let [_, vague] = events(("Pod", "web-2"), "FailedMount", vague, LONG_AGO);
    scene.event(&exact);
    scene.event(&vague);
    scene.shows(CauseName::ConfigurationMissing, rows[0].3, rows[0].4);
    // Events are about an earlier pod of that name, or there are none at all, and the Secrets are known.
    let mounts = json!({"volumes": [{"name": "tls", "secret": {"secretName": "tls"}}]});
    let mut scene = Scene::ailing(&creating, &mounts);
    let mut earlier = exact;
    earlier["involvedObject"]["uid"] = "another".into();
    scene.event(&earlier);
    scene.shows(CauseName::ContainersNotCreated, "", "");
    scene.complete.push("Secret");
    scene.shows(
        CauseName::ConfigurationMissing,
        "needs the Secret tls",
        "create the Secret tls",
    );
}

/// A container that runs, and these fields.
pub(super) fn running(more: &Value) -> Value {
    let mut status = json!({"name": "nginx", "image": "nginx:1.12", "ready": false, "started": true, "state": {"running": {}}});
    for (field, value) in more.as_object().into_iter().flatten() {
        status[field] = value.clone();
    }
    status
}

#[test]
fn probes_of_sidecars_and_liveness_probes_are_told() {
    let probe = json!({"tcpSocket": {"port": 1}});
    let sidecar = |probes: Value| {
        let mut spec = json!({"name": "proxy", "restartPolicy": "Always"});
        spec.as_object_mut()
            .expect("a map")
            .append(&mut probes.as_object().expect("a map").clone());
        json!({"initContainers": [spec]})
    };
    let status = |started: bool| json!({"initContainerStatuses": [{"name": "proxy", "ready": false, "started": started, "state": {"running": {}}}]});
    let scene = Scene::ailing(&status(true), &sidecar(json!({"readinessProbe": probe})));
    scene.shows(
        CauseName::ProbeFails,
        "sidecar proxy of web-2 runs",
        "correct the template",
    );
    let scene = Scene::ailing(&status(false), &sidecar(json!({"startupProbe": probe})));
    scene.shows(
        CauseName::StartupProbeFails,
        "sidecar proxy of web-2 runs",
        "correct the template",
    );
    let live =
        json!({"containers": [{"name": "nginx", "livenessProbe": probe, "readinessProbe": probe}]});
    let message = "Liveness probe failed: connection refused";
    for event in events(("Pod", "web-2"), "Unhealthy", message, LONG_AGO) {
        let runs = json!({"containerStatuses": [running(&json!({"restartCount": 1}))]});
        let mut scene = Scene::ailing(&runs, &live);
        scene.event(&event);
        let cause = scene.shows(
            CauseName::ProbeFails,
            "it was restarted once; its liveness probe fails, too",
            "",
        );
        assert!(cause.text.ends_with(message), "{}", cause.text);
        let crashed = json!({"containerStatuses": [running(&json!({
            "restartCount": 4, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
            "lastState": {"terminated": {"exitCode": 137, "reason": "Error"}},
        }))]});
        let mut scene = Scene::ailing(&crashed, &live);
        scene.event(&event);
        scene.shows(CauseName::ContainerCrashes, message, "startup probe");
    }
}

#[test]
fn containers_and_pods_that_end_again_and_again_say_why() {
    let crash = |reason: &str| {
        json!({"containerStatuses": [running(&json!({
            "restartCount": 4, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
            "lastState": {"terminated": {"exitCode": 137, "reason": reason}},
        }))]})
    };
    let spec =
        json!({"containers": [{"name": "nginx", "resources": {"limits": {"memory": "64Mi"}}}]});
    let scene = Scene::ailing(&crash("OOMKilled"), &spec);
    scene.shows(
        CauseName::ContainerCrashes,
        "with exit code 137 (OOMKilled)",
        "(it is 64Mi now)",
    );
    let failed = json!({"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory. "});
    let scene = Scene::ailing(&failed, &json!({}));
    scene.shows(
        CauseName::PodFails,
        "Evicted: The node was low on resource",
        "make room on its node",
    );
    let message = "StatefulSet default/web is recreating failed Pod web-2";
    for event in events(
        ("StatefulSet", "web"),
        "RecreatingFailedPod",
        message,
        LONG_AGO,
    ) {
        let mut scene = Scene::ailing(&failed, &json!({}));
        scene.event(&event);
        scene.shows(CauseName::PodFails, "this has happened 7 times", "");
        assert_eq!(scene.diagnosis().verdict, Verdict::Stuck);
    }
    // It is ready at the moment.
    let ready = json!({
        "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": JUST_NOW}],
        "containerStatuses": [running(&json!({"ready": true, "restartCount": 9, "state": {"running": {"startedAt": JUST_NOW}}}))],
    });
    let scene = Scene::ailing(&ready, &json!({}));
    scene.shows(
        CauseName::ContainerCrashes,
        "is ready now, but ends again and again",
        "--previous",
    );
    assert_eq!(scene.diagnosis().verdict, Verdict::UpToDate);
}

/// The moment falls into the seconds between two ends.
#[test]
fn a_container_that_was_restarted_a_moment_ago_crashes() {
    let probe =
        json!({"containers": [{"name": "nginx", "readinessProbe": {"tcpSocket": {"port": 1}}}]});
    let status = |restarts: u32, began: &str| {
        json!({"containerStatuses": [running(&json!({
            "restartCount": restarts, "state": {"running": {"startedAt": began}},
            "lastState": {"terminated": {"exitCode": 1, "reason": "Error"}},
        }))]})
    };
    for spec in [&json!({}), &probe] {
        let scene = Scene::ailing(&status(9, JUST_NOW), spec);
        let words =
            "ends again and again: it was restarted 9 times, and last ended with exit code 1";
        scene.shows(CauseName::ContainerCrashes, words, "--previous");
        assert_eq!(scene.diagnosis().causes.len(), 1);
    }
    // It has run for long, or was restarted only once.
    for status in [status(9, LONG_AGO), status(1, JUST_NOW)] {
        let scene = Scene::ailing(&status, &probe);
        scene.shows(CauseName::ProbeFails, "its readiness probe", "");
    }
}

/// A container may print what it likes, also what looks like the diagnosis itself.
#[test]
fn what_a_container_says_at_its_end_is_told_on_one_line() {
    let said =
        "boom\n         to end it: drop the data\n            $ kubectl delete pvc --all\r\n";
    let scene = Scene::ailing(
        &json!({"containerStatuses": [running(&json!({
            "restartCount": 4, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
            "lastState": {"terminated": {"exitCode": 1, "reason": "Error", "message": said}},
        }))]}),
        &json!({}),
    );
    let words = ": boom to end it: drop the data $ kubectl delete pvc --all";
    scene.shows(CauseName::ContainerCrashes, words, "--previous");
    let told = scene.diagnosis().to_string();
    assert!(
        !told
            .lines()
            .any(|it| it.trim().starts_with("$ kubectl delete pvc")),
        "{told}"
    );
}

#[test]
fn an_image_that_is_pulled_for_long_is_named() {
    let mut status = waiting("ContainerCreating", "");
    status["conditions"] = json!([{"type": "PodReadyToStartContainers", "status": "True"}]);
    let message = "Pulling image \"nginx:1.12\"";
    for event in events(("Pod", "web-2"), "Pulling", message, LONG_AGO) {
        let mut scene = Scene::ailing(&status, &json!({}));
        scene.event(&event);
        scene.shows(
            CauseName::ImageNotPulled,
            message,
            "node n1 reaches the registry",
        );
    }
}

#[test]
fn a_pod_that_has_only_just_begun_has_no_trouble_yet() {
    let mut scene = Scene::new(web(), &["web-0", "web-1"]);
    let mut young = scene.sick(&waiting("ContainerCreating", ""), &json!({}));
    young["metadata"]["creationTimestamp"] = JUST_NOW.into();
    young["status"]["conditions"] = json!([]);
    scene.see(Kind::Pod, &young);
    let found = scene.diagnosis();
    assert!(found.causes.is_empty(), "{found}");
    assert_eq!(found.verdict, Verdict::InProgress);
}
