//! What an upgrade of the control plane would do.

use super::{EVERYTHING, dump, sts, text};

const WEB: &str = "apply -f ../manifests/sample.yaml\nsettle";

/// The answer to `upgrade` with these versions, and its exit status.
fn upgrade(input: &str, from: &str, to: &str) -> (String, Option<i32>) {
    let output = sts(&["upgrade", "--from", from, "--to", to, "-"], input);
    assert_eq!(text(&output.stderr), "");
    (text(&output.stdout).to_owned(), output.status.code())
}

#[test]
fn the_restart_of_all_pods_is_foreseen() {
    let input = dump(&format!("option kubernetes 1.33\n{WEB}"), EVERYTHING);
    let (told, status) = upgrade(&input, "v1.33.5", "1.34.0");
    assert_eq!(
        told,
        "default/sample-statefulset: sample-statefulset-0 to sample-statefulset-2 would be replaced, though nobody changes the set, because of what 1.34.0 changed: the \
         text of a revision no longer has \"creationTimestamp\":null, so each set gets a new revision [K-11]\n\
         default/sample-statefulset: sample-statefulset-2 would be created or deleted at once, because of what 1.34.0 changed: the text of a revision no \
         longer has \"creationTimestamp\":null, so each set gets a new revision [K-11]\n"
    );
    assert_eq!(status, Some(1));
    let (told, status) = upgrade(&input, "1.33", "1.37");
    assert_eq!(
        told,
        "nothing changes for the one set: Kubernetes 1.37 would do what 1.33 does\n"
    );
    assert_eq!(status, Some(0));
}

#[test]
fn for_scripts_there_is_json() {
    let input = dump(&format!("option kubernetes 1.33\n{WEB}"), EVERYTHING);
    let output = sts(
        &[
            "upgrade", "--from", "1.33", "--to", "1.34.0", "-o", "json", "-",
        ],
        &input,
    );
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told["to"], "1.34.0");
    assert_eq!(told["sets"][0]["changes"][0]["effect"], "restarts");
    assert_eq!(
        told["sets"][0]["changes"][0]["pods"],
        serde_json::json!([0, 1, 2])
    );
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let output = sts(&["upgrade", "--from", "1.27", "--to", "1.37", "-"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains(
            "expected a version of Kubernetes from 1.28 to 1.38, such as 1.33 or v1.35.2"
        ),
        "{}",
        text(&output.stderr)
    );
    let input = dump(WEB, "get sts,po -o json");
    let output = sts(&["upgrade", "--from", "1.33", "--to", "1.37", "-"], &input);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the input has no controllerrevisions"));
}

/// Before 1.35 one pod is replaced at a time whatever `maxUnavailable` says, and `explain` knows it.
#[test]
fn a_cluster_of_another_version_rolls_and_is_explained_as_that_version() {
    const ROLL: &str = "apply -f ../manifests/sample-two-at-once.yaml\nsettle\nbreak image nginx:1.14\n\
        set image sts/sample-statefulset nginx-container=nginx:1.14\nadvance 20m";
    let explain = |rolled: &str, explained: &str| {
        let input = dump(&format!("option kubernetes {rolled}\n{ROLL}"), EVERYTHING);
        let output = sts(&["explain", "--kubernetes", explained, "-"], &input);
        text(&output.stdout).to_owned()
    };
    let told = explain("1.33", "1.33");
    assert!(told.contains("5 of 6 ready"), "{told}");
    assert!(!told.contains("not-acted-on"), "{told}");
    // By the rules of 1.37 a second pod could go, and nobody takes it.
    let told = explain("1.33", "1.37");
    assert!(told.contains("not-acted-on"), "{told}");
    assert!(explain("1.37", "1.37").contains("4 of 6 ready"));
}
