//! The table of kubectl's words in `examples/README.md`: what is done works, and what is refused is refused in these words.
//! `BLESS=1` rewrites the words of the refusals.

use std::fs;
use std::io;
use std::path::Path;

use statefulset_simulate::kubectl::{Kubectl, Output};
use statefulset_simulate::{Options, World};

const SET: &str = "apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: web, image: 'web:1', ports: [{containerPort: 80}]}]
";
const SERVICE: &str = "apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
";
const OTHER: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: other, labels: {app: other}}
";
/// What there is before each line of the table.
const BEFORE: [&str; 4] = [
    "apply -f web.yaml",
    "create secret generic token --from-literal=key=value",
    "settle",
    "advance 1m",
];
const BEGIN: &str = "| line | |\n|---|---|\n";

fn file(path: &str) -> io::Result<String> {
    Ok(match path {
        "web.yaml" => format!("{SET}---\n{SERVICE}"),
        "set.yaml" => SET.into(),
        "service.yaml" => SERVICE.into(),
        "other.yaml" | "folder/other.yaml" => OTHER.into(),
        "folder" => return Err(io::ErrorKind::IsADirectory.into()),
        "folder/" => "other.yaml\nnotes.txt".into(),
        "lines.env" => "A=b\n# a comment\nC=d\n".into(),
        "patch.json" => "{\"spec\": {\"replicas\": 2}}".into(),
        "path.txt" => "{.items[*].metadata.name}".into(),
        "columns.txt" => "NAME  PHASE\n.metadata.name  .status.phase\n".into(),
        _ => return Err(io::ErrorKind::NotFound.into()),
    })
}

fn run(line: &str) -> Output {
    let mut world = World::new(Options::default());
    let mut files = file;
    let mut kubectl = Kubectl::new(&mut files);
    for before in BEFORE {
        let output = kubectl.run(&mut world, before);
        assert!(!output.failed, "{before}: {}", output.text);
    }
    let line = if line.ends_with("<<EOF") {
        format!("{line}\n{OTHER}EOF")
    } else {
        line.to_owned()
    };
    kubectl.run(&mut world, &line)
}

#[test]
fn each_line_of_the_table_does_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(&path).expect("examples/README.md");
    let (before, table) = readme.split_once(BEGIN).expect("the table");
    let end = table.find("\n\n").map_or(table.len(), |at| at + 1);
    let (table, after) = table.split_at(end);
    let mut written = Vec::new();
    let mut wrong = Vec::new();
    for row in table.lines() {
        let cells = row
            .strip_prefix("| `")
            .and_then(|row| row.strip_suffix(" |"));
        let (line, said) = cells
            .and_then(|row| row.split_once("` | "))
            .unwrap_or_else(|| panic!("expected `| `LINE` | done or a refusal |`, found {row}"));
        let output = run(line);
        let first = output.text.lines().next().unwrap_or_default();
        // A difference is no failure, though kubectl's exit status is 1.
        let differs = first.starts_with("diff -u -N ");
        let found = if output.failed && !differs {
            first
        } else {
            "done"
        };
        let found = found.strip_prefix("error: ").unwrap_or(found);
        if found != said {
            wrong.push(format!("{line}\n  table: {said}\n  found: {found}"));
        }
        let is_blessed = said != "done" && output.failed;
        written.push(format!(
            "| `{line}` | {} |\n",
            if is_blessed { found } else { said }
        ));
    }
    if std::env::var_os("BLESS").is_some() {
        let written = written.concat();
        fs::write(path, format!("{before}{BEGIN}{written}{after}")).expect("examples/README.md");
        wrong.retain(|it| it.contains("table: done") || it.contains("found: done"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let rows = |what: &str| {
        let ends = |row: &&str| row.ends_with("| done |") == (what == "done");
        table.lines().filter(ends).count()
    };
    assert!(rows("done") > 100 && rows("refused") > 100, "a short table");
}
