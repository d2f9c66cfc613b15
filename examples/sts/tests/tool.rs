//! The tool's own manners: what it prints where, and how it ends.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs the tool with a story on its standard input.
fn sts(arguments: &[&str], story: &str) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_sts"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let mut input = tool.stdin.take().expect("a pipe");
    // A tool that ends without reading closes the pipe.
    let _ = input.write_all(story.as_bytes());
    drop(input);
    tool.wait_with_output().expect("the tool ends")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_story_from_standard_input() {
    let output = sts(&["simulate", "-"], "# Hello.\n! get sts web\nget no\n");
    let expected = "\
# Hello.
$ get sts web
Error from server (NotFound): statefulsets.apps \"web\" not found
$ get no
NAME     STATUS   ROLES    AGE   VERSION
node-1   Ready    <none>   0s    v1.37.0
node-2   Ready    <none>   0s    v1.37.0
node-3   Ready    <none>   0s    v1.37.0
";
    assert_eq!(text(&output.stdout), expected);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn flags_win_over_the_story() {
    let story = "option nodes a b c d\nget no -o name\n";
    let own = sts(&["simulate", "-"], story);
    assert!(text(&own.stdout).ends_with("node/a\nnode/b\nnode/c\nnode/d\n"));
    let asked = sts(&["simulate", "--nodes", "1", "-"], story);
    assert!(text(&asked.stdout).ends_with("-o name\nnode/node-1\n"));
}

#[test]
fn a_story_that_fails_says_where() {
    let output = sts(&["simulate", "-"], "get no\n\nfrobnicate\nget po\n");
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stdout);
    assert!(
        told.ends_with("$ frobnicate\nerror: unknown command \"frobnicate\" for \"kubectl\"\n")
    );
    let expected = "sts: standard input:3: expected `frobnicate` to succeed\n";
    assert_eq!(text(&output.stderr), expected);
    let output = sts(&["simulate", "-"], "apply -f nowhere.yaml\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).ends_with("error: the path \"nowhere.yaml\" does not exist\n"));
}

#[test]
fn what_cannot_begin_is_a_mistake_of_usage() {
    let missing = sts(&["simulate", "nowhere.story"], "");
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).starts_with("sts: cannot read the story nowhere.story: "));
    for arguments in [
        &["frobnicate"][..],
        &["simulate"],
        &["simulate", "--frob", "-"],
        &["simulate", "--nodes", "many", "-"],
        &["simulate", "--profile", "odd", "-"],
    ] {
        let output = sts(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).starts_with("error: "), "{arguments:?}");
    }
}

#[test]
fn help_names_every_word() {
    let output = sts(&["simulate", "--help"], "");
    let help = text(&output.stdout);
    for word in statefulset_simulate::kubectl::summary().lines() {
        assert!(help.contains(word), "{word}");
    }
    let version = sts(&["--version"], "");
    assert!(text(&version.stdout).starts_with("sts "));
}
