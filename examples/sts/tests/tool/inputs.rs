//! What `sts explain` reads: the forms in which people have the objects of a cluster.

use serde_json::Value;

use crate::{EVERYTHING, dump, sts, sts_with, text};

const STORY: &str = "apply -f ../manifests/sample.yaml\nsettle";
const SAID: &str = "default/sample-statefulset: up to date: 3 of 3 ready\n";
const FLAGS: [&str; 3] = ["explain", "--now=2026-01-01T01:00:00Z", "--kinds=pv,sc,pdb"];

/// That the input is understood without a remark.
fn assert_read(what: &str, input: &[u8]) {
    let output = sts_with(&FLAGS, input);
    assert_eq!(text(&output.stderr), "", "{what}");
    assert_eq!(text(&output.stdout), SAID, "{what}");
    assert_eq!(output.status.code(), Some(0), "{what}");
}

/// What is complained of, of an input, and the exit status.
fn complaint(input: &str) -> (String, Option<i32>) {
    let output = sts(&FLAGS, input);
    (text(&output.stderr).to_owned(), output.status.code())
}

fn items(dump: &str) -> Vec<Value> {
    let list: Value = serde_json::from_str(dump).expect("JSON");
    list["items"].as_array().expect("items").clone()
}

#[test]
fn objects_come_in_many_forms() {
    let dump = dump(STORY, EVERYTHING);
    let items = items(&dump);
    let one_after_the_other = |between: &str| {
        let texts: Vec<_> = items.iter().map(Value::to_string).collect();
        texts.join(between)
    };
    let half = |from: usize, to: usize| Value::from(items[from..to].to_vec());
    let (first, second) = (half(0, 5), half(5, items.len()));
    let nested =
        serde_json::json!({"kind": "List", "items": [{"kind": "List", "items": first}, second]});
    for (what, input) in [
        ("a list", dump.clone()),
        ("objects", one_after_the_other("\n")),
        ("JSON documents", one_after_the_other("\n---\n")),
        ("two outputs", format!("{dump}---\r\n{dump}")),
        ("an array", Value::from(items.clone()).to_string()),
        ("lists in a list", nested.to_string()),
    ] {
        assert_read(what, input.as_bytes());
    }
}

#[test]
fn yaml_is_read_too() {
    let yaml = dump(STORY, &EVERYTHING.replace("json", "yaml"));
    assert_read("a list", yaml.as_bytes());
    assert_read(
        "with a comment",
        format!("# kubectl get\n---\n{yaml}---\n").as_bytes(),
    );
    assert_read("CRLF", yaml.replace('\n', "\r\n").as_bytes());
    let (sets, others) = (
        "get sts -A -o yaml",
        "get po,pvc,no,controllerrevisions,svc -A -o json",
    );
    let both = format!("{}---\n{}", dump(STORY, sets), dump(STORY, others));
    assert_read("YAML, then JSON", both.as_bytes());
}

#[test]
fn a_byte_order_mark_says_how_the_text_is_written() {
    let dump = dump(STORY, EVERYTHING);
    let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(dump.encode_utf16());
        units.flat_map(bytes).collect()
    };
    assert_read("UTF-8", format!("\u{feff}{dump}").as_bytes());
    assert_read("UTF-16 LE", &wide(u16::to_le_bytes));
    assert_read("UTF-16 BE", &wide(u16::to_be_bytes));
    let output = sts_with(&FLAGS, &[0xff, 0xfe, b'{', 0, 0]);
    let said = "sts: the input begins as UTF-16LE, but not all of it is\n";
    assert_eq!(text(&output.stderr), said);
    let output = sts_with(&FLAGS, b"{\"kind\":\"\xff\"}");
    assert!(text(&output.stderr).contains("neither UTF-8 nor UTF-16"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_is_no_object_gets_the_command_that_prints_objects() {
    let json = dump(STORY, EVERYTHING);
    let command = "; expected what this prints: kubectl get sts,po,pvc,pv,sc,no,pdb,controllerrevisions,svc,volumeattachments,ns,events,quota -A -o json\n";
    for (input, found) in [
        (
            "NAME READY\nweb 3/3\n".to_owned(),
            "document 1: found a table",
        ),
        (
            "Name:  web\nNamespace: a\n".into(),
            "document 1: found what `kubectl describe` prints",
        ),
        (
            format!("$ kubectl get po\n{json}"),
            "document 1: found a command line",
        ),
        (
            "Error from server (Forbidden): no\n".into(),
            "document 1: found a message of kubectl",
        ),
        ("hello\n".into(), "document 1: found text: hello"),
        (
            "\na: b\n c: d\n".into(),
            "document 1: neither JSON nor YAML: mapping values are not allowed in this context at line 3, column 3",
        ),
        (
            "\n{\"items\":\n[".into(),
            "document 1: not JSON: line 3, column 1: EOF while parsing a list",
        ),
        (String::new(), "there is nothing in the input"),
    ] {
        let expected = (format!("sts: {found}{command}"), Some(2));
        assert_eq!(complaint(&input), expected);
    }
    let (said, code) = complaint(&format!("{json}Warning: old\n"));
    let expected =
        format!("sts: set aside: document 2: found a message of kubectl after the JSON{command}");
    assert_eq!((said, code), (expected, Some(2)));
}

#[test]
fn what_cannot_be_read_costs_only_itself_and_is_named_with_its_place() {
    let dump = dump(STORY, EVERYTHING);
    for (bad, problem) in [
        ("[1]", "document 2, [0]: expected an object, found 1"),
        (
            "{\"items\":[{\"metadata\":{}}]}",
            "document 2, items[0]: an object without a kind: {\"metadata\":{}}",
        ),
        (
            "kind: Pod\n",
            "document 2: Pod: metadata.name: expected a name",
        ),
        (
            "kind: Pod\nmetadata: {name: [a]}\n",
            "document 2: metadata.name: invalid type: sequence, expected a string",
        ),
        (
            "kind: PodList\nitems: {}\n",
            "document 2: items: invalid type: map, expected a sequence",
        ),
        (
            "kind: Pod\nmetadata: {name: a, namespace: b}\nspec: {nodeName: 1}",
            "document 2: Pod b/a: spec.nodeName: invalid type: integer `1`, expected ",
        ),
    ] {
        let output = sts(&FLAGS, &format!("{dump}---\n{bad}"));
        let said = text(&output.stderr);
        assert!(
            said.starts_with(&format!("sts: set aside: {problem}")),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(
            text(&output.stdout).lines().next(),
            SAID.lines().next(),
            "{bad}"
        );
    }
    let deep = "[".repeat(50) + &"]".repeat(50);
    assert!(
        complaint(&deep)
            .0
            .contains("more than 16 lists in one another")
    );
}

#[test]
fn a_set_that_cannot_be_read_is_named_and_the_rest_is_told() {
    let story = "apply -f ../manifests/sample.yaml\napply -f ../manifests/ring.yaml\nsettle";
    let bad = dump(story, EVERYTHING).replacen("\"replicas\": 6", "\"replicas\": \"6\"", 1);
    let output = sts(&["explain", "--kinds=pv,pdb"], &bad);
    let said = text(&output.stdout);
    assert!(
        said.starts_with(
            "default/sample-statefulset: up to date: 3 of 3 ready\n\
             default/ring: cannot be read: spec.replicas: invalid type: string \"6\", expected "
        ),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(2));
    let output = sts(&["explain", "--kinds=pv,pdb", "-o", "json"], &bad);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["unreadable"][0]["name"], "ring");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn an_object_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    let dump = dump(STORY, EVERYTHING);
    let bad = dump.replacen("\"nodeName\": \"node-1\"", "\"nodeName\": 1", 1);
    assert_ne!(bad, dump);
    let output = sts(&["explain"], &bad);
    let said = text(&output.stdout);
    assert!(said.contains("cause  unreadable-object: cannot be read: Pod default/sample-statefulset-0: spec.nodeName"), "{said}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn objects_of_other_groups_are_passed_over() {
    let dump = dump(STORY, EVERYTHING);
    let other = |version: &str, kind: &str, name: &str| {
        format!(
            "---\napiVersion: {version}\nkind: {kind}\nmetadata: {{namespace: a, name: {name}}}\n"
        )
    };
    let kruise = "apps.kruise.io/v1beta1";
    let input = dump
        + &other(kruise, "StatefulSet", "web")
        + &other(kruise, "StatefulSet", "db")
        + &other("metrics.k8s.io/v1beta1", "Pod", "sample-statefulset-0")
        + &other("cert-manager.io/v1", "Issuer", "x")
        + &other("cert-manager.io/v1", "Certificate", "x")
        + &other("apps/v1", "Deployment", "x")
        + &other("networking.k8s.io/v1", "Ingress", "x")
        + &other("v1", "Secret", "x");
    let output = sts(&FLAGS, &input);
    assert_eq!(text(&output.stdout), SAID);
    assert_eq!(
        text(&output.stderr),
        "sts: Pod a/sample-statefulset-0 of metrics.k8s.io/v1beta1: not one of v1, passed over\n\
         sts: StatefulSet a/web and 1 more of apps.kruise.io/v1beta1: not one of apps/v1, passed over\n\
         sts: of these kinds nothing depends, they are passed over: Certificate, Issuer\n"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_manifest_is_completed_as_an_api_server_would() {
    let manifest = std::fs::read_to_string("../manifests/sample.yaml").expect("a manifest");
    let dump = dump(STORY, EVERYTHING);
    let others: Vec<Value> = items(&dump)
        .into_iter()
        .filter(|it| it["kind"] != "StatefulSet")
        .collect();
    let remark = "StatefulSet default/sample-statefulset: this is a manifest, and not what the API server holds; what it leaves \
                  out is taken to be what an API server fills in";
    // With the pods of the set, and alone.
    for (input, said) in [
        (
            format!("{manifest}\n---\n{}", Value::from(others)),
            "default/sample-statefulset: up to date: 3 of 3 ready\n",
        ),
        (
            manifest,
            "default/sample-statefulset: in progress: 0 of 3 ready\n",
        ),
    ] {
        let output = sts(&FLAGS, &input);
        assert!(
            text(&output.stderr).contains(remark),
            "{}",
            text(&output.stderr)
        );
        assert!(
            text(&output.stdout).starts_with(said),
            "{}",
            text(&output.stdout)
        );
    }
}
