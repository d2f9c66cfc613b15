//! A set `default/web`, and the controller at work on it.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset_controller::{Options, run};
use tokio_util::sync::CancellationToken;

use super::Api;

pub(crate) const SETS: &str = "/apis/apps/v1/namespaces/default/statefulsets";
pub(crate) const WEB: &str = "/apis/apps/v1/namespaces/default/statefulsets/web";
pub(crate) const PODS: &str = "/api/v1/namespaces/default/pods";
pub(crate) const REVISIONS: &str = "/apis/apps/v1/namespaces/default/controllerrevisions";
pub(crate) const EVENTS: &str = "/api/v1/namespaces/default/events";

pub(crate) fn web(replicas: u32) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet",
        "metadata": {"name": "web", "namespace": "default", "generation": 1},
        "spec": {
            "replicas": replicas, "serviceName": "web", "selector": {"matchLabels": {"app": "web"}},
            "podManagementPolicy": "OrderedReady", "revisionHistoryLimit": 10,
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}},
            "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "c", "image": "one"}]}},
        },
        "status": {"replicas": 0},
    })
}

pub(crate) fn pod(ordinal: u32) -> String {
    format!("{PODS}/web-{ordinal}")
}

pub(crate) fn ready(api: &Api, ordinal: u32) {
    let status = json!({"status": {"phase": "Running", "conditions": [
        {"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}});
    api.patch(&pod(ordinal), &status);
}

/// Runs the controller beside what `test` does, and stops it then.
pub(crate) async fn beside<F: Future<Output = ()>>(api: &Api, test: F) {
    let stop = CancellationToken::new();
    let options = Options {
        namespace: "default".to_owned(),
        profile: Profile::UPSTREAM,
    };
    let client = api.client();
    let story = async {
        test.await;
        stop.cancel();
    };
    tokio::join!(run(client, &options, &stop), story);
}
