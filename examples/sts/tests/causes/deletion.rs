//! Sets that are being deleted, and sets that become smaller.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{container, set, with_spec};

fn good() -> String {
    set(3, &container("nginx:1.27", ""))
}

#[test]
fn a_set_that_a_finalizer_holds() {
    let patch =
        r#"patch sts web --type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'"#;
    let story =
        format!("apply -f good.yaml\nsettle\n{patch}\ndelete sts web --wait=false\nadvance 20m");
    Case::new(CauseName::SetFinalizer, story.leak())
        .file("good.yaml", good())
        .cure(1)
        .end("gone")
        .run();
}

#[test]
fn scale_in_past_a_pod_that_is_not_healthy() {
    let probe = "        readinessProbe: {httpGet: {path: /, port: 80}}\n";
    let story = "apply -f set.yaml\nsettle\nfail probe web-1\nfail probe web-2\nadvance 1m\nscale sts web --replicas=1\nadvance 20m";
    Case::new(CauseName::UnhealthyLeaver, story)
        .file("set.yaml", set(3, &container("nginx:1.27", probe)))
        .after("settle\ndelete pod web-1 --ignore-not-found")
        .run();
}

#[test]
fn a_claim_that_cannot_be_given_up() {
    let mount = "        volumeMounts: [{name: data, mountPath: /d}]\n";
    let policy =
        "  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Retain}\n";
    let spec = format!(
        "{policy}{}",
        crate::manifest::claims("storageClassName: standard")
    );
    let story = "apply -f set.yaml\nsettle\nfault forbid delete pvc\ndelete sts web --wait=false\nadvance 20m";
    Case::new(CauseName::NotPermitted, story)
        .standalone()
        .file("set.yaml", with_spec(2, &spec, &container("db:1", mount)))
        .person("fault none")
        .after("advance 20m")
        .end("gone")
        .run();
}
