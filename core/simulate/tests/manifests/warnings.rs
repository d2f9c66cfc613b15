//! What is taken and told of: the API server's warnings, and what the simulator does not act on.

use crate::{printed, set};

/// The lines before the last one, which says that the object was created.
fn told(file: &str) -> Vec<String> {
    let out = printed(file, "apply -f a.yaml");
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines.last().is_some_and(|line| line.ends_with(" created")),
        "{out}"
    );
    lines[1..lines.len() - 1]
        .iter()
        .map(|line| (*line).to_owned())
        .collect()
}

fn object(kind: &str, spec: &str) -> String {
    format!("apiVersion: v1\nkind: {kind}\nmetadata: {{name: x}}\nspec: {spec}\n")
}

#[test]
fn the_api_server_warns_of_what_it_takes() {
    let template = "spec.template";
    for (container, volumes, expected) in [
        (
            "env: [{name: A, value: '1'}, {name: A, value: '2'}]",
            "[]",
            "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply",
        ),
        (
            "env: [{name: A, value: '1'}, {name: A, value: '$(A)2'}]",
            "[]",
            "",
        ),
        (
            "ports: [{containerPort: 80, name: a}, {containerPort: 80, hostPort: 80, name: b}]",
            "[]",
            "spec.containers[0].ports[1]: overlapping port definition with spec.template.spec.containers[0].ports[0]",
        ),
        (
            "resources: {limits: {memory: 1500m}}",
            "[]",
            "spec.containers[0].resources.limits[memory]: fractional byte value \"1500m\" is invalid, must be an integer",
        ),
        (
            "ports: [{containerPort: 80, hostIP: 1.1.1.1}]",
            "[]",
            "spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.1.1.1}",
        ),
    ] {
        let expected: Vec<String> = match expected {
            "" => Vec::new(),
            text => vec![format!("Warning: {template}.{text}")],
        };
        assert_eq!(told(&set("x", container, volumes)), expected);
    }
    let overlap =
        "[{name: v, configMap: {name: c, items: [{key: a, path: x}, {key: b, path: x/y}]}}]";
    assert_eq!(
        told(&set("x", "", overlap)),
        ["Warning: volume \"v\" (ConfigMap \"c\"): overlapping paths: \"x/y\" with \"x\""]
    );
    let annotated = set("x", "", "[]").replace(
        "metadata: {labels:",
        "metadata: {annotations: {seccomp.security.alpha.kubernetes.io/pod: x}, labels:",
    );
    assert_eq!(
        told(&annotated),
        [
            "Warning: spec.template.metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+; use the \
             \"seccompProfile\" field instead"
        ]
    );
    let spread = set("x", "", "[]").replace(
        "spec:\n      containers",
        "spec:\n      topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule}]\n      \
         nodeSelector: {beta.kubernetes.io/os: linux}\n      containers",
    );
    assert_eq!(
        told(&spread),
        [
            "Warning: spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "Warning: spec.template.spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod",
        ]
    );
}

#[test]
fn services_and_volumes_are_warned_of() {
    let ports = "ports: [{port: 80}]";
    for (spec, expected) in [
        (
            format!("{{{ports}, trafficDistribution: PreferClose}}"),
            vec![
                "Warning: spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"",
            ],
        ),
        (
            format!("{{{ports}, clusterIP: None, sessionAffinity: ClientIP, selector: {{a: b}}}}"),
            vec!["Warning: spec.SessionAffinity is ignored for headless services"],
        ),
        (
            format!("{{{ports}, externalIPs: [1.2.3.4]}}"),
            vec![
                "warning: spec.externalIPs: stored; the simulator does not act on it",
                "Warning: spec.externalIPs is deprecated and may no longer be implemented in some clusters",
            ],
        ),
    ] {
        assert_eq!(told(&object("Service", &spec)), expected);
    }
    let volume = object(
        "PersistentVolume",
        "{capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], rbd: {monitors: [m], image: i}}",
    );
    let expected = ["Warning: spec.rbd: deprecated in v1.28, non-functional in v1.31+"];
    assert_eq!(told(&volume), expected);
}

#[test]
fn a_namespace_may_warn_in_the_place_of_refusing() {
    let file = "apiVersion: v1\nkind: Namespace\nmetadata: {name: team, labels: {pod-security.kubernetes.io/warn: baseline}}\n---\n"
        .to_owned()
        + &set("x", "securityContext: {privileged: true}", "[]").replace("{name: x}", "{name: x, namespace: team}");
    let out = printed(&file, "apply -f a.yaml");
    let expected = "Warning: would violate PodSecurity \"baseline:latest\": privileged (container \"c\" must not set \
                    securityContext.privileged=true)\n";
    assert!(out.contains(expected), "{out}");
}

#[test]
fn a_field_that_nothing_acts_on_is_told_once() {
    let file = set("x", "lifecycle: {stopSignal: SIGINT}", "[]");
    let line = "warning: spec.template.spec.containers[0].lifecycle.stopSignal: stored; the simulator does not act on it\n";
    let out = printed(
        &file,
        "apply -f a.yaml\nlabel sts x a=b\napply -f a.yaml\nscale sts x --replicas 2",
    );
    assert_eq!(out.matches(line).count(), 1, "{out}");
    // What says what is so anyway is no news.
    let usual = set("x", "", "[]").replace(
        "spec:\n      containers",
        "spec:\n      dnsPolicy: ClusterFirst\n      setHostnameAsFQDN: false\n      containers",
    );
    assert_eq!(told(&usual), [""; 0]);
}
