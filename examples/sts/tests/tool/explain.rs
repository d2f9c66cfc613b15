//! `sts explain` on what `get -o json` prints in the simulated cluster, cause by cause.

use std::process::Command;

use crate::{EVERYTHING, dump, sts, text};

/// What is said of a dump an hour after the beginning of its story, and the exit status.
fn said(dump: &str) -> (String, Option<i32>) {
    let flags = "explain --now=2026-01-01T01:00:00Z --kinds=pv,sc,pdb";
    let flags: Vec<&str> = flags.split(' ').collect();
    let output = sts(&flags, dump);
    assert_eq!(text(&output.stderr), "");
    (text(&output.stdout).to_owned(), output.status.code())
}

/// The same of the end of a story.
fn explained(story: &str) -> (String, Option<i32>) {
    said(&dump(story, EVERYTHING))
}

fn assert_said(story: &str, status: i32, lines: &[&str]) {
    assert_told(explained(story), status, lines);
}

fn assert_told((said, code): (String, Option<i32>), status: i32, lines: &[&str]) {
    for line in lines {
        assert!(said.contains(line), "{line}\nis not said in\n{said}");
    }
    assert_eq!(code, Some(status), "{said}");
}

#[test]
fn a_set_at_its_goal_is_one_line() {
    let (said, code) = explained("apply -f ../manifests/sample.yaml\nsettle");
    assert_eq!(
        said,
        "default/sample-statefulset: up to date: 3 of 3 ready\n"
    );
    assert_eq!(code, Some(0));
}

/// A rollout to an image that cannot be had, and back.
const BAD_IMAGE: &str = "apply -f ../manifests/sample.yaml\nsettle\nbreak image nginx:1.99\n\
    set image sts/sample-statefulset nginx-container=nginx:1.99\nadvance 2m\n\
    rollout undo sts/sample-statefulset\nsettle";

#[test]
fn a_bad_image_under_ordered_ready() {
    assert_said(
        BAD_IMAGE,
        1,
        &[
            "default/sample-statefulset: stuck for 59 min: 2 of 3 ready",
            "[pod-pending,broken-revision]",
            "  cause  broken-revision: sample-statefulset-2 is broken",
        ],
    );
}

/// A set whose pod an API server refuses, in its words: the service account does not exist (zalando/postgres-operator#661).
pub(super) fn refused() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tool");
    let manifest = format!("{folder}/pg.yaml");
    let story =
        format!("fault calls refuse --skip 1 --times 1000\napply -f {manifest}\nadvance 25m");
    let dump = dump(
        &story,
        &format!("{EVERYTHING},events").replace(" -A -o json,events", ",events -A -o json"),
    );
    let refusal = "pods \\\"pg-0\\\" is forbidden: error looking up service account default/postgres-pod: serviceaccount \
                   \\\"postgres-pod\\\" not found";
    let said = dump.replace(
        "the server is currently unable to handle the request",
        refusal,
    );
    assert!(said != dump, "nothing was refused");
    said
}

#[test]
fn the_readme_shows_what_is_said_of_a_pod_that_is_refused() {
    let readme = include_str!("../../../../README.md");
    let shown = readme
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let now = "--now=2026-01-01T00:25:00Z";
    let output = sts(&["explain", now, "--kinds=po,pvc,pv,pdb"], &refused());
    assert_eq!(Some(text(&output.stdout)), shown);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn kubectl_finds_it_too() {
    let output = Command::new(env!("CARGO_BIN_EXE_kubectl-sts"))
        .args(["explain", "missing.json"])
        .output()
        .expect("the tool starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("sts: cannot read missing.json: "));
}

#[test]
fn a_partition_is_not_stuck() {
    assert_said(
        "apply -f ../manifests/sample.yaml\nsettle\n\
         patch sts sample-statefulset -p '{\"spec\":{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":2}}}}'\n\
         set image sts/sample-statefulset nginx-container=nginx:1.13\nsettle",
        0,
        &[
            "default/sample-statefulset: up to date: 3 of 3 ready, 1 at ",
            "  chosen partition: sample-statefulset-0, sample-statefulset-1: not at revision",
        ],
    );
}

#[test]
fn on_delete_is_not_stuck() {
    assert_said(
        "apply -f ../manifests/sample-ondelete.yaml\nsettle\n\
         set image sts/sample-statefulset nginx-container=nginx:1.13\nsettle",
        0,
        &[
            "default/sample-statefulset: up to date: 3 of 3 ready, 0 at ",
            "  chosen on-delete: sample-statefulset-0 … sample-statefulset-2: not at revision",
            "to end it: delete the pods by hand",
        ],
    );
}

#[test]
fn two_unhealthy_pods_that_are_to_go() {
    assert_said(
        "apply -f ../manifests/sample.yaml\nsettle\nbreak image nginx:1.12\nfail pod sample-statefulset-2\n\
         fail pod sample-statefulset-1\nadvance 1m\nscale sts sample-statefulset --replicas=1\nadvance 1m",
        1,
        &[
            "default/sample-statefulset: stuck for 59 min: 1 of 1 ready",
            "[pod-pending,unhealthy-leaver]",
            "  cause  unhealthy-leaver: sample-statefulset-2 is to be deleted and is unhealthy",
            "kubectl delete pod sample-statefulset-2 -n default",
        ],
    );
}

#[test]
fn a_claim_that_does_not_go() {
    assert_said(
        "apply -f ../manifests/sample.yaml\nsettle\n\
         patch pvc www-sample-statefulset-1 -p '{\"metadata\":{\"finalizers\":[\"example.com/backup\"]}}'\n\
         delete pvc www-sample-statefulset-1 --wait=false\ndelete pod sample-statefulset-1\nadvance 5m",
        1,
        &[
            "default/sample-statefulset: stuck for 59 min: 2 of 3 ready",
            "must be gone before it can be created again (for 59 min) [claim-terminating]",
            "  cause  terminating-claim: claim www-sample-statefulset-1 is being deleted",
            "kubectl describe pvc www-sample-statefulset-1 -n default",
        ],
    );
}

#[test]
fn somebody_else_has_a_name() {
    let (said, code) = explained(
        "run sample-statefulset-1 --image=nginx:1.12\napply -f ../manifests/sample.yaml\nadvance 5m",
    );
    assert_eq!(
        said,
        "default/sample-statefulset: stuck: 1 of 3 ready
  cause  name-squatter: there is a pod sample-statefulset-1 that does not belong to the set; the set selects the label app \
         with the value \"sample-app\", and the pod has it not at all
         to end it: delete it: the set makes its own
            BEFORE YOU DO: nobody makes that pod again: what it does, and what it has on its own disk, ends with it
            $ kubectl delete pod sample-statefulset-1 -n default
  waits  sample-statefulset-1: not created yet: another object has the name [name-taken]
  waits  sample-statefulset-2: not created yet: sample-statefulset-1 comes first [order]
"
    );
    assert_eq!(code, Some(1));
}

/// An API server accepts this where its gate is on, while the controller's is off.
#[test]
fn a_strategy_that_is_not_switched_on() {
    let dump = dump("apply -f ../manifests/sample.yaml\nsettle", EVERYTHING);
    let recreate = dump.replacen("\"type\": \"RollingUpdate\"", "\"type\": \"Recreate\"", 1);
    assert_ne!(recreate, dump);
    let lines = &[
        "default/sample-statefulset: stuck: ",
        "  cause  unknown-strategy: the update strategy is not switched on",
        "switch on the feature gate StatefulSetRecreateStrategy",
    ];
    assert_told(said(&recreate), 1, lines);
}

/// Only who writes a status by hand leaves the time out.
#[test]
fn a_pod_that_does_not_say_since_when_it_is_ready() {
    let dump = dump(
        "apply -f ../manifests/sample.yaml\nsettle\n\
         patch sts sample-statefulset -p '{\"spec\":{\"minReadySeconds\":10}}'\nsettle",
        EVERYTHING,
    );
    let mut objects: serde_json::Value = serde_json::from_str(&dump).expect("JSON");
    let pods = objects["items"].as_array_mut().expect("items").iter_mut();
    for pod in pods.filter(|it| it["kind"] == "Pod") {
        let conditions = pod["status"]["conditions"]
            .as_array_mut()
            .expect("conditions");
        for condition in conditions.iter_mut().filter(|it| it["type"] == "Ready") {
            let fields = condition.as_object_mut().expect("fields");
            fields.remove("lastTransitionTime").expect("a time");
        }
    }
    let lines = &[
        "default/sample-statefulset: stuck: 3 of 3 ready",
        "  cause  ready-since-missing: sample-statefulset-0 does not say since when it is ready",
        "give its Ready condition a lastTransitionTime",
    ];
    assert_told(said(&objects.to_string()), 1, lines);
}

#[test]
fn what_has_only_just_begun_is_not_stuck() {
    let dump = dump(
        "option provisioner none\napply -f ../manifests/ring.yaml\nadvance 1m",
        EVERYTHING,
    );
    for (now, standing, code) in [("00:02:00", "in progress", 0), ("00:12:00", "stuck", 1)] {
        let now = format!("--now=2026-01-01T{now}Z");
        let output = sts(&["explain", &now, "--kinds=pv,sc,pdb"], &dump);
        let said = text(&output.stdout);
        assert!(
            said.starts_with(&format!("default/ring: {standing}")),
            "{said}"
        );
        assert!(said.contains("  cause  unbound-claim: "), "{said}");
        assert_eq!(output.status.code(), Some(code));
    }
}

#[test]
fn claims_for_which_there_is_no_volume() {
    assert_said(
        "option provisioner none\napply -f ../manifests/ring.yaml\nadvance 1m",
        1,
        &[
            "default/ring: stuck for 60 min: 0 of 6 ready",
            "  waits  ring-0 … ring-5: not available yet: the pod has not started; claim data-ring-0 is not bound to a volume \
             (for 60 min), and likewise for the others [pod-pending,claim-unbound]",
            "  cause  unbound-claim: claims data-ring-0, data-ring-1, data-ring-2 and 3 more (1Gi) have no volume: there is no \
             free volume",
        ],
    );
}

#[test]
fn a_silent_node() {
    assert_said(
        "apply -f ../manifests/ring.yaml\nsettle\nfail node node-2 network\nadvance 10m",
        1,
        &[
            "default/ring: stuck for 59 min: 4 of 6 ready",
            "  cause  unreachable-node: node node-2 does not report",
            "kubectl taint node node-2 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute",
        ],
    );
}

#[test]
fn a_drain_that_no_budget_allows() {
    assert_said(
        "apply -f ../manifests/sample.yaml\napply -f ../manifests/sample-pdb.yaml\nsettle\ncordon node-2\nadvance 1m",
        0,
        &[
            "default/sample-statefulset: up to date: 3 of 3 ready",
            "  note   blocked-drain: node node-2 is cordoned, and disruption budget sample does not allow sample-statefulset-1 \
             to be evicted: 3 healthy, 3 must stay",
        ],
    );
}

#[test]
fn json_for_scripts() {
    let dump = dump("apply -f ../manifests/sample.yaml\nadvance 1s", EVERYTHING);
    let output = sts(
        &[
            "explain",
            "-o",
            "json",
            "--now",
            "2026-01-01T00:00:05Z",
            "-",
        ],
        &dump,
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let set = &report["sets"][0];
    assert_eq!(set["name"], "sample-statefulset");
    assert_eq!(
        (&set["verdict"], &set["atGoal"]),
        (&"in-progress".into(), &false.into())
    );
    assert_eq!(set["waits"][0]["gates"][0], "pod-not-ready");
    assert_eq!(report["unknownKinds"][0], "poddisruptionbudgets");
    assert_eq!(output.status.code(), Some(0));
}
