//! What the API server refuses each time.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{claims, container, set, with_spec};

fn good() -> String {
    set(2, &container("nginx:1.27", ""))
}

#[test]
fn a_permission_that_the_controller_lacks() {
    let story = "fault forbid create pods\napply -f good.yaml\nadvance 30m";
    Case::new(CauseName::NotPermitted, story)
        .file("good.yaml", good())
        .person("fault none")
        .after("advance 20m")
        .run();
}

#[test]
fn a_service_account_that_does_not_exist() {
    let account = "      serviceAccountName: web\n";
    let manifest = set(2, &format!("{account}{}", container("nginx:1.27", "")));
    Case::new(
        CauseName::ServiceAccountMissing,
        "apply -f set.yaml\nadvance 30m",
    )
    .file("set.yaml", manifest)
    .after("advance 20m")
    .run();
}

#[test]
fn a_namespace_that_is_being_deleted() {
    let patch = r#"patch pod web-1 -n shop --type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'"#;
    let story = format!(
        "create namespace shop\napply -n shop -f good.yaml\nsettle\n{patch}\ndelete namespace shop --wait=false\nadvance 20m"
    );
    let release = r#"patch pod web-1 -n shop --type=merge -p '{"metadata":{"finalizers":null}}'"#;
    Case::new(CauseName::NamespaceTerminating, story.leak())
        .file("good.yaml", good())
        .person(
            format!("{release}\nsettle\ncreate namespace shop\napply -n shop -f good.yaml").leak(),
        )
        .run();
}

#[test]
fn a_priority_class_that_does_not_exist() {
    let class = "      priorityClassName: gold\n";
    let manifest = set(2, &format!("{class}{}", container("nginx:1.27", "")));
    Case::new(CauseName::Refused, "apply -f set.yaml\nadvance 30m")
        .file("set.yaml", manifest)
        .person("create priorityclass gold --value=1000")
        .after("advance 20m")
        .run();
}

#[test]
fn a_claim_that_is_not_valid() {
    let claims = claims("storageClassName: standard");
    let bad = claims.replace(
        "{name: data}",
        "{name: data, labels: {owner: the database team}}",
    );
    Case::new(CauseName::InvalidObject, "apply -f bad.yaml\nadvance 30m")
        .file("bad.yaml", with_spec(2, &bad, &container("nginx:1.27", "")))
        .file(
            "good.yaml",
            with_spec(2, &claims, &container("nginx:1.27", "")),
        )
        .person("delete sts web --cascade=orphan\napply -f good.yaml")
        .run();
}

#[test]
fn a_controller_that_does_not_run() {
    let story = "fail controller\napply -f good.yaml\nadvance 30m";
    Case::new(CauseName::NotActedOn, story)
        .file("good.yaml", good())
        .person("restore controller")
        .run();
}

#[test]
fn a_quota_that_is_used_up() {
    let story = "create quota tight --hard=pods=1\napply -f good.yaml\nadvance 30m";
    Case::new(CauseName::QuotaExceeded, story)
        .file("good.yaml", good())
        .after("advance 20m")
        .run();
    let claims = claims("storageClassName: standard");
    let story = "create quota tight --hard=requests.storage=1536Mi\napply -f set.yaml\nadvance 30m";
    Case::new(CauseName::QuotaExceeded, story)
        .file(
            "set.yaml",
            with_spec(2, &claims, &container("nginx:1.27", "")),
        )
        .after("advance 20m")
        .run();
}

#[test]
fn a_quota_on_what_the_pods_do_not_say() {
    let resources = "        resources: {requests: {cpu: 100m}}\n";
    let story = "create quota tight --hard=cpu=1\napply -f good.yaml\nadvance 30m";
    Case::new(CauseName::QuotaExceeded, story)
        .file("good.yaml", good())
        .file("modest.yaml", set(2, &container("nginx:1.27", resources)))
        .person("apply -f modest.yaml")
        .after("advance 20m")
        .run();
}

#[test]
fn a_webhook_that_does_not_answer() {
    let webhook = r#"apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
- name: policy.example.com
  clientConfig: {service: {namespace: policy, name: policy, path: /check}}
  rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]
  failurePolicy: Fail
"#;
    Case::new(
        CauseName::WebhookRefuses,
        "apply -f webhook.yaml -f good.yaml\nadvance 30m",
    )
    .file("webhook.yaml", webhook.into())
    .file("good.yaml", good())
    .cure(1)
    .person("delete validatingwebhookconfiguration policy")
    .after("advance 20m")
    .run();
}

#[test]
fn pods_against_the_standard_of_their_namespace() {
    let story = "label namespace default pod-security.kubernetes.io/enforce=restricted\n\
                 apply -f good.yaml\nadvance 30m";
    Case::new(CauseName::PodSecurity, story)
        .file("good.yaml", good())
        .cure(1)
        .after("advance 20m")
        .run();
}
