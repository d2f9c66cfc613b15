//! The controller in C: the walk-throughs are told with it as without, and bad lines do it no harm.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

mod program;

/// Compiled so that misuse of memory ends it.
static CONTROLLER: LazyLock<PathBuf> = LazyLock::new(|| {
    let watched = [
        "-g",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
    ];
    program::compile("examples/c/controller.c", "c99", &watched)
});

/// The tool, built as this test was.
fn sts() -> PathBuf {
    let profile = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--locked",
            "-p",
            "kubectl-sts",
            "--profile",
            profile,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo starts");
    assert!(built.success());
    let test = env::current_exe().expect("a test is a file");
    let tools = test.parent().and_then(Path::parent).expect("a folder");
    tools.join("sts")
}

#[test]
fn the_walk_throughs_are_told_with_a_controller_in_c_as_their_goldens_have_them() {
    let sts = sts();
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/stories");
    let mut told = 0;
    for entry in fs::read_dir(&stories).expect("stories") {
        let story = entry.expect("an entry").path();
        let name = story.file_stem().expect("a name").to_string_lossy();
        // The five walk-throughs, the one in which the controller dies, and the one with policies.
        let walk_through =
            name.starts_with('s') && name[1..].starts_with(|c: char| c.is_ascii_digit());
        let is_told = walk_through || name == "controller-dies" || name == "policies";
        if story.is_dir() || !is_told {
            continue;
        }
        let output = Command::new(&sts)
            .args(["simulate", "--controller"])
            .arg(&*CONTROLLER)
            .arg(&story)
            .output()
            .expect("the tool starts");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
        let golden = stories.join("golden").join(format!("{name}.txt"));
        let golden = fs::read(golden).expect("a golden");
        assert!(output.stdout == golden, "{name} is told otherwise");
        told += 1;
    }
    assert!(told > 10, "only {told} stories");
}

#[test]
fn bad_lines_get_an_error_and_the_controller_goes_on() {
    let mut controller = Command::new(&*CONTROLLER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it was just built");
    let lines = "\
{\"type\":\"TIME\",\"now\":1}
hello

{\"type\":\"TIME\",\"now\":\"soon\"}
{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v2\",\"metadata\":{}}}
{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web-0\",\"namespace\":7}}}
{\"type\":\"TIME\",\"now\":2}
{\"type\":";
    let mut input = controller.stdin.take().expect("a pipe");
    input.write_all(lines.as_bytes()).expect("it reads");
    drop(input);
    let output = controller.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", output.status);
    let idle = "{\"idle\":{}}\n";
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        [idle, idle].concat()
    );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(errors.lines().count(), 6, "{errors}");
    assert!(
        errors.contains(r#"object.apiVersion: expected "v1", found "v2""#),
        "{errors}"
    );
}

const SET: &str = r#"{"type":"ADDED","object":{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"web","namespace":"default","uid":"set-1","resourceVersion":"10","generation":1},"spec":{"replicas":1,"serviceName":"web","revisionHistoryLimit":10,"podManagementPolicy":"OrderedReady","selector":{"matchLabels":{"app":"web"}},"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}}"#;

#[test]
fn where_no_time_is_told_it_looks_at_the_clock_and_tries_again_by_itself() {
    let mut controller = Command::new(&*CONTROLLER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it was just built");
    let mut input = controller.stdin.take().expect("a pipe");
    let output = BufReader::new(controller.stdout.take().expect("a pipe"));
    writeln!(input, "{SET}").expect("it reads");
    for (version, kind) in [
        ("apps/v1", "StatefulSet"),
        ("apps/v1", "ControllerRevision"),
        ("v1", "PersistentVolumeClaim"),
        ("v1", "Pod"),
    ] {
        let end = format!(
            r#"{{"type":"BOOKMARK","object":{{"kind":"{kind}","apiVersion":"{version}","metadata":{{"resourceVersion":"10","annotations":{{"k8s.io/initial-events-end":"true"}}}}}}}}"#
        );
        writeln!(input, "{end}").expect("it reads");
    }
    // Nobody tells it anything but that each request has failed.
    let mut tries = 0;
    for line in output.lines() {
        let line = line.expect("UTF-8");
        if line.contains(r#""method":"#) {
            tries += usize::from(line.contains(r#""method":"POST""#));
            writeln!(input, r#"{{"status":"failed","message":"no"}}"#).expect("it reads");
        }
        if tries == 4 {
            break;
        }
    }
    assert_eq!(tries, 4, "it has ended");
    controller.kill().expect("it runs");
    controller.wait().expect("it ends");
}
