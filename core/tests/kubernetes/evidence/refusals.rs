//! What is refused, and what nobody does.

use serde_json::json;
use statefulset::kubernetes::{CauseName, Kind, Verdict};

use super::{JUST_NOW, LONG_AGO, Scene, events};
use crate::world::web;

/// What the API server says, the cause, and words of its text and of its cures.
const REFUSALS: &[(&str, CauseName, &str, &str)] = &[
    (
        "pods \"web-2\" is forbidden: exceeded quota: compute, requested: pods=1,limits.memory=512Mi, used: \
         pods=2,limits.memory=1Gi, limited: pods=2,limits.memory=1Gi",
        CauseName::QuotaExceeded,
        "the quota compute is used up",
        r#"{"spec":{"hard":{"pods":"3","limits.memory":"1536Mi"}}}"#,
    ),
    (
        "pods \"web-2\" is forbidden: failed quota: compute: must specify limits.cpu for: nginx",
        CauseName::QuotaExceeded,
        "the quota compute asks every container to say its limits.cpu",
        "LimitRange",
    ),
    (
        "admission webhook \"policy.example.com\" denied the request: no latest tags",
        CauseName::WebhookRefuses,
        "denied the request: no latest tags",
        "change what the webhook policy.example.com objects to",
    ),
    (
        "Internal error occurred: failed calling webhook \"policy.example.com\": connection refused",
        CauseName::WebhookRefuses,
        "the admission webhook policy.example.com cannot be called",
        "bring the server of the webhook back",
    ),
    (
        "pods \"web-2\" is forbidden: error looking up service account default/app: serviceaccount \"app\" not found",
        CauseName::ServiceAccountMissing,
        "the service account app does not exist",
        "kubectl create serviceaccount app -n default",
    ),
    (
        "pods \"web-2\" is forbidden: violates PodSecurity \"restricted:latest\": privileged",
        CauseName::PodSecurity,
        "violates PodSecurity",
        "change the pod template",
    ),
    (
        "pods \"web-2\" is forbidden: unable to create new content in namespace default because it is being terminated",
        CauseName::NamespaceTerminating,
        "the namespace default is being deleted",
        "in another namespace",
    ),
    (
        "pods is forbidden: User \"system:x\" cannot create resource \"pods\" in API group \"\" in the namespace \"default\"",
        CauseName::NotPermitted,
        "cannot create resource",
        "permission",
    ),
    (
        "Pod \"web-2\" is invalid: spec.containers[0].image: Required value",
        CauseName::InvalidObject,
        "Required value",
        "correct the pod template",
    ),
    (
        "etcdserver: request is too large",
        CauseName::Refused,
        "request is too large",
        "mend what the API server complains about",
    ),
];

#[test]
fn what_the_api_server_refuses_is_told_with_its_reason() {
    for (message, name, words, cure) in REFUSALS {
        let said = format!("create Pod web-2 in StatefulSet web failed error: {message}");
        for (first, verdict) in [(LONG_AGO, Verdict::Stuck), (JUST_NOW, Verdict::InProgress)] {
            for event in events(("StatefulSet", "web"), "FailedCreate", &said, first) {
                let mut scene = Scene::new(web(), &["web-0", "web-1"]);
                scene.event(&event);
                let cause = scene.shows(*name, words, cure);
                assert!(cause.text.contains("is refused, 7 times"), "{}", cause.text);
                assert_eq!(scene.diagnosis().verdict, verdict, "{message}");
            }
        }
    }
}

/// The template is not what a webhook objects to that guards deletions.
#[test]
fn a_deletion_that_a_webhook_refuses_is_not_mended_in_the_template() {
    let mut set = web();
    set["spec"]["replicas"] = json!(2);
    let mut scene = Scene::new(set, &["web-0", "web-1", "web-2"]);
    let said = "delete Pod web-2 in StatefulSet web failed error: admission webhook \"guard.example.com\" denied the request: quorum at risk";
    let [event, _] = events(("StatefulSet", "web"), "FailedDelete", said, LONG_AGO);
    scene.event(&event);
    let cause = scene.shows(
        CauseName::WebhookRefuses,
        "the deletion of web-2 is refused",
        "see what the webhook guard.example.com asks for before it allows the deletion",
    );
    let cures = format!("{:?}", cause.cures);
    assert!(!cures.contains("template"), "{cures}");
}

#[test]
fn a_refusal_that_is_over_or_of_an_earlier_set_is_not_told() {
    let said = "create Pod web-2 in StatefulSet web failed error: timeout";
    let [mut earlier, _] = events(("StatefulSet", "web"), "FailedCreate", said, JUST_NOW);
    earlier["involvedObject"]["uid"] = "another".into();
    let [good, _] = events(
        ("StatefulSet", "web"),
        "SuccessfulCreate",
        "create Pod web-2 in StatefulSet web successful",
        JUST_NOW,
    );
    let [refused, _] = events(("StatefulSet", "web"), "FailedCreate", said, JUST_NOW);
    for events in [&[earlier][..], &[refused, good]] {
        let mut scene = Scene::new(web(), &["web-0", "web-1"]);
        for event in events {
            scene.event(event);
        }
        let found = scene.diagnosis();
        assert!(
            found.causes.iter().all(|it| it.name != CauseName::Refused),
            "{found}"
        );
    }
}

#[test]
fn what_is_due_and_not_done_is_told_once_that_lasts() {
    let scene = Scene::new(web(), &["web-0", "web-1"]);
    let words = "nothing has happened for 30 min";
    let cause = scene.shows(CauseName::NotActedOn, words, "kube-controller-manager");
    assert!(cause.text.contains("the input has no events"));
    assert_eq!(scene.diagnosis().verdict, Verdict::Stuck);
    // The controller has not seen the set as it is now.
    let change = |managed: Option<&str>| {
        let mut set = web();
        set["metadata"]["creationTimestamp"] = LONG_AGO.into();
        set["metadata"]["generation"] = json!(2);
        set["metadata"]["resourceVersion"] = json!("11");
        set["status"] = json!({"observedGeneration": 1, "replicas": 2});
        if let Some(time) = managed {
            set["metadata"]["managedFields"] = json!([{"manager": "kubectl", "time": time}]);
        }
        let mut scene = Scene::new(web(), &["web-0", "web-1"]);
        scene.see(Kind::StatefulSet, &set);
        scene
    };
    let unsaid = "unless the set was changed a moment ago";
    for (managed, is_told) in [(None, true), (Some(LONG_AGO), false)] {
        let cause = change(managed).shows(CauseName::NotActedOn, "generation 2, it has seen 1", "");
        assert_eq!(cause.text.contains(unsaid), is_told, "{}", cause.text);
    }
    let fresh = change(Some(JUST_NOW)).diagnosis();
    assert_eq!(fresh.verdict, Verdict::InProgress, "{fresh}");
    assert!(fresh.causes.is_empty(), "{fresh}");
}
