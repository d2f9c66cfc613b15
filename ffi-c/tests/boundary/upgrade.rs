//! What an upgrade of the control plane would do, as JSON and as text.

use serde_json::{Value, json};
use statefulset_c::*;

use crate::handle::{Handle, KINDS, SET, normalize};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The set as an API server would hold it: what compares meaning fills in what an API server does.
fn set() -> Value {
    json(&normalize(SET).good())
}

/// A cluster in which a controller of this version has rolled the set out: its revision is there, and two pods that are
/// ready or not. Then its image may have been changed.
fn rolled_out(kubernetes: u32, set: &Value, ready: bool, image: &str) -> Handle {
    let cluster = Handle::of(sts_profile_of(kubernetes));
    for kind in KINDS {
        cluster.begin_list(kind).good();
        cluster.end_list(kind, "1").good();
    }
    cluster
        .apply(STS_KIND_STATEFUL_SET, &set.to_string())
        .good();
    let plan = json(&cluster.plan("default/web").good());
    let mut revision = plan["requests"][0]["body"].clone();
    revision["metadata"]["uid"] = "revision".into();
    cluster
        .apply(STS_KIND_CONTROLLER_REVISION, &revision.to_string())
        .good();
    let owner = revision["metadata"]["ownerReferences"][0].clone();
    let name = &revision["metadata"]["name"];
    for ordinal in 0..2 {
        let pod = format!("web-{ordinal}");
        let pod = json!({
            "metadata": {
                "name": pod, "namespace": "default", "uid": pod, "ownerReferences": [owner],
                "labels": {"app": "web", "controller-revision-hash": name, "statefulset.kubernetes.io/pod-name": pod},
            },
            "spec": {},
            "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": if ready { "True" } else { "False" }}]},
        });
        cluster.apply(STS_KIND_POD, &pod.to_string()).good();
    }
    let mut set = set.clone();
    set["metadata"]["resourceVersion"] = "20".into();
    set["spec"]["template"]["spec"]["containers"][0]["image"] = image.into();
    set["status"] = json!({"replicas": 2, "availableReplicas": 2, "currentRevision": name, "updateRevision": name});
    cluster
        .apply(STS_KIND_STATEFUL_SET, &set.to_string())
        .good();
    cluster
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn the_restart_of_every_set_by_1_34_0_is_told() {
    let cluster = rolled_out(STS_KUBERNETES_1_33, &set(), true, "nginx");
    let told = cluster.upgrade("default/web", STS_KUBERNETES_1_33, STS_KUBERNETES_1_34_0);
    let told = json(&told.good());
    assert_eq!(
        (&told["namespace"], &told["name"]),
        (&json!("default"), &json!("web"))
    );
    let change = &told["changes"][0];
    assert_eq!(change["effect"], "restarts");
    assert_eq!(change["pods"], json!([0, 1]));
    assert_eq!(change["version"], "1.34.0");
    assert_eq!(change["rule"], "K-11");
    let text = cluster.upgrade_text("default/web", STS_KUBERNETES_1_33, STS_KUBERNETES_1_34_0);
    let text = text.good();
    assert!(
        text.starts_with("default/web: web-0 to web-1 would be replaced"),
        "{text}"
    );
    assert_eq!(told["text"], text);
    // What compares meaning leaves the set alone.
    for to in [STS_KUBERNETES_1_34, STS_KUBERNETES_LATEST] {
        let told = cluster.upgrade("default/web", STS_KUBERNETES_1_33, to);
        assert_eq!(json(&told.good())["changes"], json!([]));
        let text = cluster.upgrade_text("default/web", STS_KUBERNETES_1_33, to);
        assert_eq!(text.good(), "");
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn the_stuck_sets_of_1_35_0_are_told() {
    let mut set = set();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    // All pods are broken, and somebody has corrected the image.
    let cluster = rolled_out(STS_KUBERNETES_1_34, &set, false, "nginx:2");
    let told = cluster.upgrade("default/web", STS_KUBERNETES_1_34, STS_KUBERNETES_1_35_0);
    let told = json(&told.good());
    let change = &told["changes"][0];
    assert_eq!(
        (&change["effect"], &change["pods"]),
        (&json!("stops"), &json!([1]))
    );
    assert_eq!(
        (&change["version"], &change["rule"]),
        (&json!("1.35.0"), &json!("U-4"))
    );
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn versions_are_numbers_of_the_header() {
    let cluster = Handle::with_set();
    for bad in [STS_KUBERNETES_UNKNOWN, 13301, u32::MAX] {
        for said in [
            cluster.upgrade("default/web", bad, STS_KUBERNETES_1_37),
            cluster.upgrade_text("default/web", bad, STS_KUBERNETES_1_37),
        ] {
            assert_eq!((said.code, said.field()), (STS_CODE_UNKNOWN_NUMBER, "from"));
            assert_eq!(said.message(), format!("from {bad} has no meaning here"));
        }
        let said = cluster.upgrade("default/web", STS_KUBERNETES_1_33, bad);
        assert_eq!((said.code, said.field()), (STS_CODE_UNKNOWN_NUMBER, "to"));
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn without_lists_nothing_can_be_said() {
    let cluster = Handle::new();
    cluster.apply(STS_KIND_STATEFUL_SET, SET).good();
    let said = cluster.upgrade("default/web", STS_KUBERNETES_1_33, STS_KUBERNETES_1_37);
    assert_eq!(said.code, STS_CODE_NO_SUCH_SET);
    let message = said.message();
    assert!(message.contains("pods have never been listed"), "{message}");
}
