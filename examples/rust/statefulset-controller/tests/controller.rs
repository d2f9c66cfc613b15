//! The controller beside an API server in memory.

mod api;

use api::Api;
use api::web::{EVENTS, PODS, REVISIONS, SETS, WEB, beside, pod, ready, web};
use http::Method;
use serde_json::{Value, json};
use statefulset::{Profile, Version};
use statefulset_controller::{Options, run, version};
use tokio_util::sync::CancellationToken;

/// What the controller did about pods: the verb, and the pod's name.
fn deeds(api: &Api) -> Vec<String> {
    let written = api.written().into_iter();
    let deeds =
        written
            .filter(|(_, path, _)| path.starts_with(PODS))
            .map(|(method, path, body)| {
                let body: Value = serde_json::from_slice(&body).expect("JSON");
                let name = body["metadata"]["name"].as_str().map(ToOwned::to_owned);
                format!(
                    "{method} {}",
                    name.unwrap_or_else(|| path[PODS.len() + 1..].to_owned())
                )
            });
    deeds.collect()
}

#[tokio::test]
async fn the_api_server_says_its_version() {
    let version = version::of_server(&Api::default().client()).await;
    assert_eq!(version, Ok(Version::V1_33));
}

#[tokio::test]
async fn pods_come_in_order_and_go_in_reverse() {
    let api = Api::default();
    api.put(WEB, web(2));
    beside(&api, async {
        api.until("web-0 is made", |api| api.get(&pod(0)).is_some())
            .await;
        assert_eq!(api.names(PODS), ["web-0"]);
        ready(&api, 0);
        api.until("web-1 is made", |api| api.get(&pod(1)).is_some())
            .await;
        ready(&api, 1);
        api.until("the status says so", |api| {
            api.get(WEB).expect("it")["status"]["readyReplicas"] == 2
        })
        .await;
        api.patch(
            WEB,
            &json!({"metadata": {"generation": 2}, "spec": {"replicas": 0}}),
        );
        api.until("web-1 is to go", |api| deeds(api).len() > 2)
            .await;
        api.remove(&pod(1));
        api.until("web-0 is to go", |api| deeds(api).len() > 3)
            .await;
        api.remove(&pod(0));
        api.until("the status says so", |api| {
            api.get(WEB).expect("it")["status"]["replicas"] == 0
        })
        .await;
    })
    .await;
    assert_eq!(
        deeds(&api),
        ["POST web-0", "POST web-1", "DELETE web-1", "DELETE web-0"]
    );
    let events = api.names(EVENTS);
    let messages = events
        .iter()
        .map(|name| api.get(&format!("{EVENTS}/{name}")).expect("it"));
    let messages: Vec<Value> = messages
        .map(|event| {
            assert_eq!(
                event["involvedObject"]["uid"],
                api.get(WEB).expect("it")["metadata"]["uid"]
            );
            event["message"].clone()
        })
        .collect();
    assert!(
        messages.contains(&json!("Create Pod web-0 in StatefulSet web successful")),
        "{messages:?}"
    );
    assert_eq!(messages.len(), 4, "{messages:?}");
}

#[tokio::test]
async fn a_rollout_goes_on_after_all_watches_were_cut() {
    let api = Api::default();
    api.put(WEB, web(1));
    beside(&api, async {
        api.until("web-0 is made", |api| api.get(&pod(0)).is_some()).await;
        ready(&api, 0);
        api.until("the status says so", |api| api.get(WEB).expect("it")["status"]["readyReplicas"] == 1).await;
        let begun = api.begun();
        api.cut();
        // Nobody sees this before the watches are begun anew.
        api.patch(WEB, &json!({"metadata": {"generation": 2}, "spec": {"template": {"spec": {"containers": [{"name": "c", "image": "two"}]}}}}));
        api.until("web-0 is to go", |api| deeds(api).len() == 2).await;
        assert!(api.begun() > begun);
        api.cut();
        api.remove(&pod(0));
        api.until("web-0 is made again", |api| api.get(&pod(0)).is_some_and(|pod| pod["spec"]["containers"][0]["image"] == "two")).await;
    })
    .await;
    assert_eq!(deeds(&api), ["POST web-0", "DELETE web-0", "POST web-0"]);
}

#[tokio::test]
async fn a_revision_arrives_as_the_library_wrote_it() {
    let api = Api::default();
    let mut set = web(1);
    // A parser of JSON would write this otherwise.
    set["spec"]["template"]["metadata"]["annotations"] = json!({"b": "<\u{e9}>", "a": "1"});
    api.put(WEB, set.clone());
    beside(
        &api,
        api.until("web-0 is made", |api| api.get(&pod(0)).is_some()),
    )
    .await;
    let mut cluster = statefulset::kubernetes::Cluster::new(Profile::UPSTREAM);
    let kinds = statefulset::kubernetes::Kind::ALL;
    for kind in kinds {
        cluster.begin_list(kind);
    }
    set["metadata"]["uid"] = "00000000-0000-0000-0000-000000000001".into();
    set["metadata"]["resourceVersion"] = "1".into();
    cluster
        .apply(kinds[0], set.to_string().as_bytes())
        .expect("a set");
    for kind in kinds {
        cluster.end_list(kind, "1");
    }
    let plan = cluster.plan(&"default/web".into(), 0).expect("a plan");
    let (_, path, body) = api.written().remove(0);
    assert_eq!(path, REVISIONS);
    assert_eq!(body, plan.requests[0].body);
}

#[tokio::test]
async fn what_is_refused_is_tried_again() {
    let api = Api::default();
    api.refuse(Method::POST, "/pods", 403, "Forbidden");
    api.refuse(Method::POST, "/pods", 409, "Conflict");
    api.put(WEB, web(1));
    beside(&api, async {
        api.until("web-0 is made", |api| api.get(&pod(0)).is_some())
            .await;
    })
    .await;
    assert_eq!(deeds(&api), ["POST web-0", "POST web-0", "POST web-0"]);
}

#[tokio::test]
async fn a_set_that_cannot_be_read_stops_no_other() {
    let api = Api::default();
    let mut bad = web(1);
    bad["metadata"]["name"] = "bad".into();
    bad["spec"]["replicas"] = "many".into();
    api.put(&format!("{SETS}/bad"), bad);
    api.put(WEB, web(1));
    beside(
        &api,
        api.until("web-0 is made", |api| api.get(&pod(0)).is_some()),
    )
    .await;
}

#[tokio::test]
async fn asked_to_stop_it_sends_nothing_more() {
    let api = Api::default();
    api.put(WEB, web(1));
    let stop = CancellationToken::new();
    stop.cancel();
    let options = Options {
        namespace: "default".to_owned(),
        profile: Profile::UPSTREAM,
    };
    run(api.client(), &options, &stop).await;
    assert!(api.written().is_empty());
}
