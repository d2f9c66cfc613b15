//! `sts explain` on what kubectl printed at a real API server, under the built-in controller, for each cause that one can be
//! led into there. `TestExplain` and `TestExplainRefusals` of examples/go/testbed/e2e recorded it (CAPTURE).

use std::fs;
use std::path::Path;

use crate::{sts, text};

/// Cause, what is said of its set, and what ends it.
const CAPTURED: [(&str, &str, &str); 24] = [
    (
        "blocked-drain",
        "up to date: 3 of 3 ready",
        "let the budget allow one more",
    ),
    (
        "broken-revision",
        "stuck for ",
        "kubectl delete pod web-2 -n broken-revision",
    ),
    (
        "foreground-deletion",
        "stuck for ",
        "kubectl patch statefulset/web -n foreground-deletion",
    ),
    (
        "immutable-volumes",
        "stuck: 3 of 3 ready",
        "kubectl delete pod web-0 -n immutable-volumes",
    ),
    ("invalid-object", "stuck for ", "correct the claim template"),
    (
        "name-squatter",
        "stuck: 1 of 3 ready",
        "kubectl delete pod web-1 -n name-squatter",
    ),
    (
        "no-node-fits",
        "stuck for ",
        "kubectl label node node-1 disk=fast",
    ),
    (
        "not-acted-on",
        "stuck for ",
        "kubectl get lease kube-controller-manager",
    ),
    (
        "on-delete",
        "up to date: 3 of 3 ready, 0 at ",
        "delete the pods by hand",
    ),
    (
        "partition",
        "up to date: 3 of 3 ready, 1 at ",
        "lower the partition",
    ),
    (
        "pod-finalizer",
        "stuck for ",
        "kubectl patch pod web-2 -n pod-finalizer",
    ),
    (
        "pod-security",
        "stuck for ",
        "kubectl label namespace pod-security",
    ),
    (
        "quota-exceeded",
        "stuck for ",
        r#"{"spec":{"hard":{"pods":"2"}}}"#,
    ),
    (
        "ready-since-missing",
        "stuck: 3 of 3 ready",
        "do without minReadySeconds",
    ),
    (
        "refused",
        "stuck for ",
        "mend what the API server complains about",
    ),
    (
        "scheduling-gate",
        "stuck for ",
        "kubectl patch pod web-0 -n scheduling-gate",
    ),
    (
        "service-account-missing",
        "stuck for ",
        "kubectl create serviceaccount robot -n service-account-missing",
    ),
    (
        "set-finalizer",
        "stuck for ",
        "kubectl patch statefulset/web -n set-finalizer",
    ),
    (
        "terminating-claim",
        "stuck for ",
        "kubectl describe pvc data-web-1 -n terminating-claim",
    ),
    ("unbound-claim", "stuck for ", "create a volume that fits"),
    (
        "unhealthy-leaver",
        "stuck for ",
        "kubectl delete pod web-2 -n unhealthy-leaver",
    ),
    (
        "unknown-strategy",
        "stuck: 0 of 3 ready",
        "switch on the feature gate StatefulSetRecreateStrategy",
    ),
    (
        "unreachable-node",
        "stuck for ",
        "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute",
    ),
    (
        "webhook-refuses",
        "stuck for ",
        "find the configuration that has the webhook pods.example.com",
    ),
];

#[test]
fn each_cause_at_a_real_api_server_is_named_with_what_ends_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captured");
    // kubectl was asked for all of them; of some there were none.
    let asked = "--kinds=sts,po,pvc,pv,sc,no,pdb,controllerrevisions";
    for (name, standing, cure) in CAPTURED {
        let file = folder.join(format!("{name}.json"));
        let file = file.to_str().expect("UTF-8");
        let later = "--now=2030-01-01T00:00:00Z";
        let output = sts(&["explain", later, asked, file], "");
        let said = text(&output.stdout);
        let purpose = standing.starts_with("up to date");
        assert_eq!(text(&output.stderr), "", "{name}");
        assert!(
            said.starts_with(&format!("{name}/web: {standing}")),
            "{said}"
        );
        let (_, cause) = said.split_once(&format!(" {name}: ")).expect(said);
        let (_, end) = cause.split_once("to end it").expect(said);
        assert!(end.contains(cure), "{said}");
        assert_eq!(output.status.code(), Some(i32::from(!purpose)), "{said}");

        let output = sts(&["explain", later, asked, "-o", "json", file], "");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let set = &report["sets"][0];
        let verdict = if purpose { "up-to-date" } else { "stuck" };
        assert_eq!(set["verdict"], verdict, "{name}");
        let causes = set["causes"].as_array().expect("causes");
        assert!(causes.iter().any(|it| it["name"] == name), "{said}");
        assert_eq!(output.status.code(), Some(i32::from(!purpose)));
    }
    let kept = fs::read_dir(folder).expect("the folder").count();
    assert_eq!(kept, CAPTURED.len());
}

/// An API server shows a pod that has no node yet without a Ready condition.
#[test]
fn an_unscheduled_pod_waits_since_it_is_there() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captured/unbound-claim.json");
    let file = file.to_str().expect("UTF-8");
    let output = sts(&["explain", "--now=2026-12-01T00:00:00Z", file], "");
    let said = text(&output.stdout);
    assert!(said.starts_with("unbound-claim/web: "), "{said}");
    assert!(
        said.contains("claim data-web-0 is not bound to a volume (for "),
        "{said}"
    );
}
