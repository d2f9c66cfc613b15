//! Secrets and ConfigMaps that are missing, and images that say nothing of what to run.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{container, set};

const VARIABLE: &str =
    "        env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}]\n";

fn missing(manifest: String, make: &'static str) -> Case {
    Case::new(
        CauseName::ConfigurationMissing,
        "apply -f set.yaml\nadvance 20m",
    )
    .file("set.yaml", manifest)
    .person(make)
    .after("advance 3m")
}

#[test]
fn a_secret_that_a_variable_comes_from() {
    let manifest = set(2, &container("nginx:1.27", VARIABLE));
    let make = "create secret generic login --from-literal=password=secret";
    missing(manifest.clone(), make).run();
    // One that has not the key.
    let story =
        "create secret generic login --from-literal=user=me\napply -f set.yaml\nadvance 20m";
    Case::new(CauseName::ConfigurationMissing, story)
        .file("set.yaml", manifest)
        .person(r#"patch secret login -p '{"stringData":{"password":"secret"}}'"#)
        .after("advance 1m")
        .run();
}

#[test]
fn a_config_map_that_all_variables_come_from() {
    let more = "        envFrom: [{configMapRef: {name: settings}}]\n";
    missing(
        set(2, &container("nginx:1.27", more)),
        "create configmap settings --from-literal=LEVEL=debug",
    )
    .run();
}

#[test]
fn a_secret_that_is_mounted() {
    let mount = "        volumeMounts: [{name: keys, mountPath: /keys}]\n";
    let volume = "      volumes: [{name: keys, secret: {secretName: keys}}]\n";
    let manifest = set(2, &format!("{}{volume}", container("nginx:1.27", mount)));
    missing(
        manifest,
        "create secret generic keys --from-literal=key=secret",
    )
    .run();
}

#[test]
fn a_config_map_that_is_mounted() {
    let mount = "        volumeMounts: [{name: conf, mountPath: /conf}]\n";
    let volume = "      volumes: [{name: conf, configMap: {name: settings, items: [{key: main, path: main}]}}]\n";
    let manifest = set(2, &format!("{}{volume}", container("nginx:1.27", mount)));
    missing(manifest, "create configmap settings --from-literal=main=on").run();
}

#[test]
fn an_image_without_a_command() {
    let story = "apply -f bad.yaml\nadvance 20m";
    Case::new(CauseName::ContainerNotCreated, story)
        .file(
            "bad.yaml",
            set(2, &container("gcr.io/distroless/static", "")),
        )
        .file("good.yaml", set(2, &container("nginx:1.27", "")))
        .person("apply -f good.yaml")
        .run();
}
