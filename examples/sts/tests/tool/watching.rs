//! `sts explain --watch` and `-A`: many sets, and many looks.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::asking::Fake;
use crate::{EVERYTHING, dump, sts, text};

/// A tool that watches, until the test is over, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().expect("it still runs");
        self.0.wait().expect("it ends");
    }
}

const GOOD: &str = "apply -f ../manifests/sample.yaml\nsettle";

#[test]
fn only_a_changed_answer_is_shown() {
    // It changes after the third call. Then it goes on as it was.
    let script =
        "[ $(wc -l < \"$here/calls\") -lt 4 ] && cat \"$here/before\" || cat \"$here/after\"\n";
    let fake = Fake::new("watch", script);
    fake.write("before", &dump(GOOD, EVERYTHING));
    let scaled = format!("{GOOD}\nscale sts sample-statefulset --replicas=2\nsettle");
    fake.write("after", &dump(&scaled, EVERYTHING));
    let mut tool = fake.plugin(&["--watch=1"]);
    let tool = tool.stdout(Stdio::piped()).spawn();
    let mut tool = Running(tool.expect("the tool starts"));
    let mut lines = BufReader::new(tool.0.stdout.take().expect("a pipe"))
        .lines()
        .map(|it| it.expect("text"));
    let first: Vec<_> = lines.by_ref().take(4).collect();
    assert_eq!(
        first,
        [
            "01:00:00Z",
            "default/sample-statefulset: up to date: 3 of 3 ready",
            "01:00:00Z",
            "default/sample-statefulset: up to date: 2 of 2 ready"
        ]
    );
    assert!(fake.calls().len() >= 4);
}

/// A look that fails does not end it.
#[test]
fn a_cluster_may_be_out_of_reach_for_a_while() {
    let script = "[ $(wc -l < \"$here/calls\") -eq 1 ] && exec cat \"$here/answer\"\necho 'Unable to connect' >&2\nexit 1\n";
    let fake = Fake::new("away", script);
    fake.write("answer", &dump(GOOD, EVERYTHING));
    let mut tool = fake.plugin(&["--watch=1"]);
    let tool = tool.stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut tool = Running(tool.expect("the tool starts"));
    let mut lines = BufReader::new(tool.0.stderr.take().expect("a pipe"))
        .lines()
        .map(|it| it.expect("text"));
    assert_eq!(lines.next().as_deref(), Some("01:00:00Z"));
    let said = lines.next().expect("a second line");
    assert!(said.starts_with("sts: kubectl get sts failed"), "{said}");
}

#[test]
fn standard_input_cannot_be_watched() {
    let output = sts(&["explain", "--watch"], "");
    assert!(text(&output.stderr).starts_with("sts: standard input ends and cannot be watched"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn all_namespaces_begin_with_the_oldest_trouble() {
    let story = "apply -f ../manifests/ring.yaml\napply -f ../manifests/sample.yaml\nsettle\nbreak image nginx:1.99\n\
                 set image sts/sample-statefulset nginx-container=nginx:1.99\nadvance 5m\n\
                 set image sts/ring member=nginx:1.99\nadvance 5m";
    let dump = dump(story, EVERYTHING);
    let output = sts(
        &[
            "explain",
            "-A",
            "--now=2026-01-01T01:00:00Z",
            "--kinds=pv,sc,pdb",
        ],
        &dump,
    );
    let said = text(&output.stdout);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], "not up to date: 2 of 2 sets");
    assert!(
        lines[1].starts_with("  default/sample-statefulset: stuck: 2 of 3 ready, for "),
        "{said}"
    );
    assert!(
        lines[2].starts_with("  default/ring: stuck: 5 of 6 ready, for "),
        "{said}"
    );
    assert_eq!(lines[3], "");
    assert!(
        lines[4].starts_with("default/ring: stuck for 54 min: 5 of 6 ready"),
        "{said}"
    );
}

#[test]
fn there_are_colours_only_for_eyes() {
    let dump = dump(GOOD, EVERYTHING);
    let painted = |variable: &str| {
        let file =
            std::env::temp_dir().join(format!("sts-colours-{variable}-{}", std::process::id()));
        std::fs::write(&file, &dump).expect("a file");
        let output = Command::new(env!("CARGO_BIN_EXE_sts"))
            .arg("explain")
            .arg(&file)
            .env(variable, "1")
            .output()
            .expect("the tool starts");
        std::fs::remove_file(file).expect("no more file");
        text(&output.stdout).contains("\u{1b}[")
    };
    assert!(!painted("STS_NOTHING"));
    assert!(painted("CLICOLOR_FORCE"));
}
