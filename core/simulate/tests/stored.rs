//! What `kubectl apply` and the API server make of a manifest before it is stored.

use std::io;

use statefulset_simulate::story::{self, Settings};

/// A set with these fields of its specification, and with these of its pod's and its container's.
fn set(spec: &str, pod: &str, container: &str) -> String {
    format!(
        "
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db, annotations: {{owner: }}}}
spec:
  serviceName: db
  selector: {{matchLabels: {{app: db}}}}
  {spec}
  template:
    metadata: {{labels: {{app: db, tier: }}}}
    spec:
      {pod}
      containers:
      - name: db
        image: db:1
        {container}
"
    )
}

/// What a story prints with these files.
fn printed(text: &str, files: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut read = |path: &str| {
        let file = files.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    };
    let ended = story::run(
        text,
        "test.story",
        &Settings::default(),
        &mut read,
        &mut out,
    );
    assert_eq!(ended.map_err(|error| error.to_string()), Ok(()), "{out}");
    out
}

#[test]
fn what_says_nothing_makes_no_other_revision() {
    let wordy = set(
        "minReadySeconds: 0",
        "hostNetwork: false\n      volumes: []\n      securityContext: {fsGroup: 1, sysctls: []}",
        "env: [{name: EXTRA, value: \"\"}]",
    );
    let plain = set("", "securityContext: {fsGroup: 1}", "env: [{name: EXTRA}]");
    let out = printed(
        "apply -f wordy.yaml\nsettle\napply -f plain.yaml\nsettle\nget controllerrevisions -o name\n",
        &[("wordy.yaml", &wordy), ("plain.yaml", &plain)],
    );
    assert_eq!(
        out.matches("controllerrevision.apps/db-").count(),
        1,
        "{out}"
    );
}

#[test]
fn a_key_without_a_value_is_not_sent_and_an_item_is_empty() {
    let text = set(
        "",
        "nodeSelector:\n        disk:",
        "args: [--config, null]\n        resources: {limits: {cpu: }}",
    );
    let out = printed(
        "apply -f set.yaml\nsettle\nget sts db -o jsonpath='{.metadata.annotations.owner}|{.spec.template.metadata.labels}|{.spec.template.spec.nodeSelector}|{.spec.template.spec.containers[0].args}|{.spec.template.spec.containers[0].resources}|{.status.readyReplicas}'\n",
        &[("set.yaml", &text)],
    );
    let stored = r#"|{"app":"db"}||["--config",""]|{}|1"#;
    assert!(out.contains(stored), "{out}");
}

#[test]
fn whole_numbers_may_have_a_point() {
    let text = set("replicas: 2.0\n  minReadySeconds: 1e1", "", "");
    let out = printed(
        "apply -f set.yaml\nget sts db -o jsonpath='{.spec.replicas} {.spec.minReadySeconds}'\n",
        &[("set.yaml", &text)],
    );
    assert!(out.contains("2 10"), "{out}");
}

#[test]
fn a_claim_has_both_fields_for_its_source() {
    let claims = "volumeClaimTemplates:
  - metadata: {name: a}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: s}}
  - metadata: {name: b}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, dataSourceRef: {kind: PersistentVolumeClaim, name: p}}
  - metadata: {name: c}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, dataSource: {apiGroup: example.com, kind: Odd, name: o}}";
    let out = printed(
        "apply -f set.yaml\nadvance 1s\nget pvc a-db-0 b-db-0 c-db-0 -o jsonpath='{range .items[*]}{.spec.dataSource.name}={.spec.dataSourceRef.name};{end}'\n",
        &[("set.yaml", &set(claims, "", ""))],
    );
    assert!(out.contains("s=s;p=p;=;"), "{out}");
}
