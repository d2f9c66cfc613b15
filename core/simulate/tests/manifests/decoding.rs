//! Objects that the API server cannot read, or whose names it refuses, in its words.

use crate::{printed, set};

/// The one line that is printed when a file is refused.
fn refusal(file: &str) -> String {
    let out = printed(file, "! apply -f a.yaml");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    lines[1].to_owned()
}

fn with(volumes: &str, container: &str) -> String {
    set("db", container, volumes)
}

#[test]
fn a_wrong_type_is_one_error_that_names_the_field_of_the_go_type() {
    let spec = "spec.template.spec";
    let cases = [
        (
            with("[{name: v, configMap: {name: c, defaultMode: '0755'}}]", ""),
            format!(
                "string into Go struct field ConfigMapVolumeSource.{spec}.volumes.VolumeSource.configMap.defaultMode of type int32"
            ),
        ),
        (
            with("[{name: v, secret: {secretName: 5}}]", ""),
            format!(
                "number into Go struct field SecretVolumeSource.{spec}.volumes.VolumeSource.secret.secretName of type string"
            ),
        ),
        (
            with(
                "[{name: v, projected: {sources: [{secret: {name: 5}}]}}]",
                "",
            ),
            format!(
                "number into Go struct field SecretProjection.{spec}.volumes.VolumeSource.projected.sources.secret.LocalObjectReference.name \
                 of type string"
            ),
        ),
        (
            with("[]", "env: [{name: A, value: 5}]"),
            format!(
                "number into Go struct field EnvVar.{spec}.containers.env.value of type string"
            ),
        ),
        (
            with(
                "[]",
                "env: [{name: A, valueFrom: {configMapKeyRef: {name: true, key: k}}}]",
            ),
            format!(
                "bool into Go struct field ConfigMapKeySelector.{spec}.containers.env.valueFrom.configMapKeyRef.LocalObjectReference.name of \
                 type string"
            ),
        ),
        (
            with("[]", "command: sh"),
            format!(
                "string into Go struct field Container.{spec}.containers.command of type []string"
            ),
        ),
        (
            with("[]", "resources: {limits: 3}"),
            format!(
                "number into Go struct field ResourceRequirements.{spec}.containers.resources.limits of type v1.ResourceList"
            ),
        ),
        // A text of which Go has a type of its own.
        (
            with("[]", "ports: [{containerPort: 80, protocol: 6}]"),
            format!(
                "number into Go struct field ContainerPort.{spec}.containers.ports.protocol of type v1.Protocol"
            ),
        ),
        // A value that its type reads by itself is told before what came before it.
        (
            with(
                "[]",
                "env: [{name: A, value: 5}], readinessProbe: {httpGet: {port: true}}",
            ),
            format!(
                "bool into Go struct field HTTPGetAction.{spec}.containers.readinessProbe.ProbeHandler.httpGet.port of type int32"
            ),
        ),
        (
            with("[]", "").replace("serviceName: x", "serviceName: x\n  replicas: '3'"),
            "string into Go struct field StatefulSetSpec.spec.replicas of type int32".into(),
        ),
    ];
    for (file, expected) in cases {
        assert_eq!(
            refusal(&file),
            format!(
                "Error from server (BadRequest): error when creating \"a.yaml\": StatefulSet in version \"v1\" cannot be handled as a \
                 StatefulSet: json: cannot unmarshal {expected}"
            )
        );
    }
}

#[test]
fn bytes_of_a_secret_are_base64() {
    for (data, expected) in [
        ("a: '5%'", "illegal base64 data at input byte 1"),
        ("a: YQ", "illegal base64 data at input byte 0"),
        (
            "a: 5",
            "json: cannot unmarshal number into Go struct field Secret.data of type []uint8",
        ),
    ] {
        let file =
            format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\ndata: {{{data}}}\n");
        let line = refusal(&file);
        let why = format!("Secret in version \"v1\" cannot be handled as a Secret: {expected}");
        assert!(line.ends_with(&why), "{line}");
    }
}

#[test]
fn names_are_refused_in_the_api_servers_words() {
    let long = "a".repeat(64);
    let object = |kind: &str, name: &str| match kind {
        "StatefulSet" => set(name, "", "[]"),
        kind => format!(
            "apiVersion: v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{ports: [{{port: 80}}]}}\n"
        ),
    };
    for kind in ["StatefulSet", "Service"] {
        for (name, why) in [
            ("my.db", "must not contain dots"),
            (&long, "must be no more than 63 characters"),
        ] {
            let file = object(kind, name).replace("app: my.db", "app: x");
            let file = file.replace(&format!("app: {long}"), "app: x");
            let line = refusal(&file);
            let expected =
                format!("{name}\" is invalid: metadata.name: Invalid value: \"{name}\": {why}");
            assert!(line.ends_with(&expected), "{line}");
        }
    }
    let file = format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {}}}\n",
        "a".repeat(254)
    );
    assert!(refusal(&file).ends_with(": must be no more than 253 characters"));
}

#[test]
fn disks_of_storage_systems_are_looked_at() {
    let uri = "diskURI: Unsupported value: \"/subscriptions/x\": supported values: \
               \"https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd\"";
    let managed = "diskURI: Unsupported value: \"https://x\": supported values: \
                   \"/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}\"";
    let eui = "iqn: Invalid value: \"eui.1\": must be valid format";
    let wwns = "targetWWNs: Required value: must specify either targetWWNs or wwids, but not both";
    for (source, field, expected) in [
        (
            "azureDisk: {diskName: x, diskURI: /subscriptions/x}",
            "azureDisk",
            uri,
        ),
        (
            "azureDisk: {diskName: x, diskURI: 'https://x', kind: Managed}",
            "azureDisk",
            managed,
        ),
        (
            "azureDisk: {diskURI: 'https://x'}",
            "azureDisk",
            "diskName: Required value",
        ),
        ("iscsi: {targetPortal: p, iqn: eui.1, lun: 0}", "iscsi", eui),
        (
            "rbd: {image: i, monitors: []}",
            "rbd",
            "monitors: Required value",
        ),
        ("fc: {lun: 1}", "fc", wwns),
        (
            "azureFile: {secretName: s}",
            "azureFile",
            "shareName: Required value",
        ),
        (
            "gcePersistentDisk: {}",
            "persistentDisk",
            "pdName: Required value",
        ),
    ] {
        let line = refusal(&set("db", "", &format!("[{{name: d, {source}}}]")));
        let expected = format!("spec.template.spec.volumes[0].{field}.{expected}");
        assert!(line.ends_with(&expected), "{line}");
    }
    let disk = "[{name: d, azureDisk: {kind: Managed, diskName: x, diskURI: /subscriptions/x}}]";
    let out = printed(&set("db", "", disk), "apply -f a.yaml");
    assert!(out.ends_with("statefulset.apps/db created\n"), "{out}");
}

#[test]
fn a_key_that_is_no_text_becomes_one() {
    let file = set("db", "", "[]").replace(
        "labels: {app: db}",
        "labels: {app: db, y: a, \"n\": b, 0644: c, 1.50: d}",
    );
    let out = printed(
        &file,
        "apply -f a.yaml\nget sts db -o jsonpath={.spec.template.metadata.labels}",
    );
    let expected = "{\"1.5\":\"d\",\"420\":\"c\",\"app\":\"db\",\"n\":\"b\",\"true\":\"a\"}";
    assert!(out.trim_end().ends_with(expected), "{out}");
}
