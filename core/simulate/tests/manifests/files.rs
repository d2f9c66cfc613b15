//! What files hold: objects, lists, mistakes, and probes of all kinds.

use crate::{printed, set};

fn ready(container: &str, volumes: &str) -> bool {
    let out = printed(
        &set("web", container, volumes),
        "apply -f a.yaml\nadvance 10m\nget sts",
    );
    out.contains("web    1/1") && !out.contains("web    0/1")
}

/// Nothing was told to fail, and the simulator does not have what these probes look at.
#[test]
fn a_probe_that_nobody_can_judge_passes() {
    let probes = [
        "readinessProbe: {exec: {command: [mysqladmin, ping]}}",
        "readinessProbe: {exec: {command: [sh, -c, \"mysql -u root -e 'select 1;'\"]}}",
        "readinessProbe: {exec: {command: [/bin/sh, -c, '[ \"imok\" = \"$(echo ruok | nc -w 1 127.0.0.1 2181)\" ]']}}",
        "readinessProbe: {exec: {command: [sh, -c, 'test `redis-cli ping` = PONG']}}",
        "readinessProbe: {exec: {command: [sh, -c, 'redis-cli ping | grep PONG']}}",
        "readinessProbe: {exec: {command: [sh, -c, 'if [ -f /ready ]; then exit 0; fi; exit 1']}}",
        "readinessProbe: {exec: {command: [bash, -ec, 'rabbitmq-diagnostics -q ping && test -f /opt/x']}}",
        "livenessProbe: {exec: {command: [sh, -c, test -d /proc/1]}}",
        "livenessProbe: {exec: {command: [cat, /usr/local/etc/up]}}",
        "readinessProbe: {exec: {command: [/opt/health.sh]}}",
    ];
    for probe in probes {
        assert!(ready(probe, "[]"), "{probe}");
    }
    let projected = "livenessProbe: {exec: {command: [cat, /conf/ca.crt]}}, volumeMounts: [{name: v, mountPath: /conf}]";
    let volume = "[{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]";
    assert!(ready(projected, volume));
}

#[test]
fn a_probe_on_the_pods_own_files_is_judged() {
    assert!(!ready(
        "readinessProbe: {exec: {command: [cat, /tmp/ready]}}",
        "[]"
    ));
    let own = "volumeMounts: [{name: v, mountPath: /v}]";
    let empty = "[{name: v, emptyDir: {}}]";
    let probe = "readinessProbe: {exec: {command: [sh, -c, 'test -f /v/ready && true']}}";
    assert!(!ready(&format!("{probe}, {own}"), empty));
    // What is run in the pod by itself is not played, so it may be there.
    let made = "lifecycle: {postStart: {exec: {command: [touch, /v/ready]}}}";
    assert!(ready(&format!("{probe}, {own}, {made}"), empty));
    assert!(!ready("readinessProbe: {exec: {command: ['false']}}", "[]"));
}

/// Each file, and what `apply` says of it.
#[test]
fn files_of_every_shape_are_read() {
    let map = |name: &str, data: &str| {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata:\n{data}")
    };
    let json = |name: &str| {
        format!(
            r#"{{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"{name}"}},"data":{{"a":"b"}}}}"#
        )
    };
    let b = |name: &str| map(name, "  a: b\n");
    let shapes = [
        ("an anchor", map("x", "  c: &y b\n  a: *y\n")),
        (
            "a merge key",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: &l {a: b}}\ndata:\n  <<: *l\n".into(),
        ),
        ("folded text", map("x", "  a: >-\n    b\n")),
        ("quoted text over lines", map("x", "  a: \"\\\n    b\"\n")),
        ("comments", format!("# one\n--- # two\n{}...\n---\n# three\n", b("x"))),
        ("a byte order mark", format!("\u{feff}{}", b("x"))),
        ("lines of Windows", b("x").replace('\n', "\r\n")),
        ("a key that is there twice", map("x", "  a: c\n  a: b\n")),
        ("JSON", json("x")),
        (
            "a list",
            format!(r#"{{"apiVersion":"v1","kind":"List","items":[{}]}}"#, json("x")),
        ),
        ("braces of YAML", "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: b}}".into()),
    ];
    for (shape, file) in shapes {
        let out = printed(&file, "apply -f a.yaml\nget cm x -o jsonpath={.data.a}");
        let expected = "configmap/x created\n$ get cm x -o jsonpath={.data.a}\nb\n";
        assert!(out.ends_with(expected), "{shape}: {out}");
    }
    let several = [json("x"), json("y")].join("\n") + &json("z");
    let out = printed(&several, "apply -f a.yaml\nget cm -o name");
    assert!(
        out.ends_with("configmap/x\nconfigmap/y\nconfigmap/z\n"),
        "{out}"
    );
    let whole = set("web", "", "[]").replace("serviceName", "replicas: 2.0\n  serviceName");
    let out = printed(
        &whole,
        "apply -f a.yaml\nget sts web -o jsonpath={.spec.replicas}",
    );
    assert!(out.ends_with("\n2\n"), "{out}");
}

#[test]
fn what_cannot_be_read_is_named_and_where() {
    let first = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\n";
    for (file, why) in [
        (
            "apiVersion: v1\nmetadata:\n\tname: y\n",
            "document 2: neither JSON nor YAML: tabs disallowed within this context (block indentation) at line 7, column 2",
        ),
        (
            "{\"apiVersion\": \"v1\",\n \"kind\": [}\n",
            "document 2: not JSON: line 6, column 11: expected value",
        ),
        ("hello\n", "document 2: found text: hello"),
    ] {
        let out = printed(&format!("{first}{file}"), "! apply -f a.yaml");
        let expected =
            format!("$ apply -f a.yaml\nconfigmap/x created\nerror: error parsing a.yaml: {why}\n");
        assert_eq!(out, expected);
    }
}

#[test]
fn one_bad_object_costs_only_itself() {
    let file = format!(
        "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {{name: db}}\n---\n{}\
         apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {{name: db}}\n",
        set("db", "", "[]")
    );
    let expected = "\
$ apply -f a.yaml
statefulset.apps/db created
resource mapping not found for name: \"db\" namespace: \"\" from \"a.yaml\": no matches for kind \"ServiceMonitor\" in version \
                    \"monitoring.coreos.com/v1\"
ensure CRDs are installed first
resource mapping not found for name: \"db\" namespace: \"\" from \"a.yaml\": no matches for kind \"PrometheusRule\" in version \
                    \"monitoring.coreos.com/v1\"
ensure CRDs are installed first
$ delete -f a.yaml
statefulset.apps \"db\" deleted from default namespace
resource mapping not found for name: \"db\" namespace: \"\" from \"a.yaml\": no matches for kind \"ServiceMonitor\" in version \
                    \"monitoring.coreos.com/v1\"
ensure CRDs are installed first
resource mapping not found for name: \"db\" namespace: \"\" from \"a.yaml\": no matches for kind \"PrometheusRule\" in version \
                    \"monitoring.coreos.com/v1\"
ensure CRDs are installed first
";
    assert_eq!(
        printed(&file, "! apply -f a.yaml\n! delete -f a.yaml"),
        expected
    );
}

#[test]
fn several_refusals_are_a_line_each() {
    let file = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec: {}\n---\n\
                apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: b}\nspec: {}\n";
    let out = printed(file, "! apply -f a.yaml");
    let lines: Vec<_> = out.lines().skip(1).collect();
    assert_eq!(lines.len(), 2, "{out}");
    for (line, name) in lines.iter().zip(["a", "b"]) {
        let begin = format!(
            "Error from server (Invalid): error when creating \"a.yaml\": StatefulSet.apps \"{name}\" is invalid: [spec.selector: \
             Required value, "
        );
        assert!(line.starts_with(&begin) && line.ends_with(']'), "{line}");
    }
}

#[test]
fn a_name_is_not_generated_by_apply() {
    let file = set("db", "", "[]").replace("{name: db}", "{generateName: db-}");
    let expected = "$ apply -f a.yaml\nerror: from db-: cannot use generate name with apply\n";
    assert_eq!(printed(&file, "! apply -f a.yaml"), expected);
}

#[test]
fn a_list_of_one_kind_is_a_list() {
    let file = r#"{"apiVersion": "apps/v1", "kind": "StatefulSetList", "items": [
        {"metadata": {"name": "db"}, "spec": {"selector": {"matchLabels": {"a": "b"}}, "template":
            {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "c:1"}]}}}}]}"#;
    let out = printed(file, "apply -f a.yaml");
    assert_eq!(out, "$ apply -f a.yaml\nstatefulset.apps/db created\n");
}

#[test]
fn a_pod_that_is_shut_down_is_waited_for() {
    // It has failed often enough to count as a loop, in which nothing is worth waiting for.
    let file = set("db", "livenessProbe: {exec: {command: ['false']}}", "[]");
    let out = printed(
        &file,
        "apply -f a.yaml\nadvance 66s\ndelete sts db\nsettle\nget po",
    );
    assert!(
        out.ends_with("No resources found in default namespace.\n"),
        "{out}"
    );
}

#[test]
fn claims_of_all_namespaces_can_be_deleted() {
    let claim = |namespace: &str| {
        format!(
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: c, namespace: {namespace}}}\n\
             spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}\n---\n"
        )
    };
    let file = claim("default")
        + "apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n---\n"
        + &claim("b");
    let expected = "\
persistentvolumeclaim \"c\" deleted from b namespace
persistentvolumeclaim \"c\" deleted from default namespace
$ get pvc -A
No resources found
";
    let out = printed(&file, "apply -f a.yaml\ndelete pvc --all -A\nget pvc -A");
    assert!(out.ends_with(expected), "{out}");
    let refused = printed(&file, "apply -f a.yaml\n! delete pvc c -A");
    assert!(
        refused.ends_with("error: a resource cannot be retrieved by name across all namespaces\n"),
        "{refused}"
    );
}
