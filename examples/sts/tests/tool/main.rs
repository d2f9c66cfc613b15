//! The tool's own manners: what it prints where, and how it ends.

mod asking;
mod captured;
mod explain;
mod inputs;
mod lacking;
mod pages;
mod upgrade;
mod watching;

use std::io::Write;
#[cfg(unix)]
use std::path::Path;
use std::process::{Command, Output, Stdio};

const EVERYTHING: &str = "get sts,po,pvc,pv,sc,no,pdb,controllerrevisions,svc -A -o json";

/// Runs the tool with a story on its standard input.
fn sts(arguments: &[&str], story: &str) -> Output {
    sts_with(arguments, story.as_bytes())
}

fn sts_with(arguments: &[&str], input: &[u8]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_sts"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let mut pipe = tool.stdin.take().expect("a pipe");
    // A tool that ends without reading closes the pipe.
    let _ = pipe.write_all(input);
    drop(pipe);
    tool.wait_with_output().expect("the tool ends")
}

/// What a command prints at the end of a story.
fn dump(story: &str, command: &str) -> String {
    let story = format!("{story}\n{command}\n");
    let output = sts(&["simulate", "--profile", "upstream", "-"], &story);
    let told = text(&output.stdout);
    assert!(output.status.success(), "{told}{}", text(&output.stderr));
    let (_, dump) = told
        .rsplit_once(&format!("$ {command}\n"))
        .expect("the command");
    dump.to_owned()
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
        told.ends_with("$ frobnicate\nError: unknown command \"frobnicate\" for \"kubectl\"\n")
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
fn a_timeline_is_drawn_even_of_a_story_that_fails() {
    let file = std::env::temp_dir().join(format!("sts-timeline-{}.svg", std::process::id()));
    let path = file.to_str().expect("UTF-8");
    let output = sts(
        &["simulate", "--timeline", path, "-"],
        "run one --image=one\nsettle\nadvance 1s\nfrobnicate\n",
    );
    assert_eq!(output.status.code(), Some(1));
    let picture = std::fs::read_to_string(&file).expect("the picture");
    std::fs::remove_file(&file).expect("no more picture");
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    assert!(picture.contains("<title>one ready, Running\nnode node-1\n"));
    let nowhere = sts(
        &["simulate", "--timeline", "/nowhere/x.svg", "-"],
        "get no\n",
    );
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).starts_with("sts: cannot write the timeline /nowhere/x.svg: "));
}

#[test]
fn a_trace_tells_what_was_seen_planned_and_sent() {
    let set = "apply -f web.yaml\nsettle\n";
    let folder = std::env::temp_dir().join(format!("sts-trace-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let manifest = "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, spec: {serviceName: web, selector: \
                    {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}";
    std::fs::write(folder.join("web.yaml"), manifest).expect("a manifest");
    let story = folder.join("web.story");
    std::fs::write(&story, set).expect("a story");
    let path = story.to_str().expect("UTF-8");
    let traced = sts(&["simulate", "--trace", path], "");
    let plain = sts(&["simulate", path], "");
    std::fs::remove_dir_all(&folder).expect("no more folder");
    let traced = text(&traced.stdout);
    for line in [
        "|       0s  saw   statefulset.apps/web new, 0/1 ready\n",
        "|       0s  plan  web-0: create the pod: it is missing\n",
        "|       0s  send  POST /api/v1/namespaces/default/pods: done\n",
        "|       2s  saw   pod/web-0 changed, Running\n",
        "|       2s  plan  web: up to date, nothing to do\n",
    ] {
        assert!(traced.contains(line), "{line}{traced}");
    }
    let told = traced.lines().filter(|line| !line.starts_with('|'));
    assert!(told.eq(text(&plain.stdout).lines()));
}

#[test]
fn the_shell_runs_what_it_is_given_and_goes_on_after_a_mistake() {
    let output = sts(
        &["shell", "--nodes", "1"],
        "# a comment\n\nfrobnicate\nkubectl get no -o name\nexit\nget po\n",
    );
    let expected = "Error: unknown command \"frobnicate\" for \"kubectl\"\nnode/node-1\n";
    assert_eq!(text(&output.stdout), expected);
    assert_eq!(output.status.code(), Some(1));
    let good = sts(&["shell", "--nodes", "1"], "get no -o name\n");
    assert_eq!(good.status.code(), Some(0));
}

#[test]
#[cfg(unix)]
fn the_shell_takes_lines_for_a_command_and_opens_an_editor() {
    let input = "apply -f - <<EOF\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {a: b}\nEOF\n\
                 edit cm m\nget cm m -o jsonpath={.data.a}\n";
    let editor = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor.sh");
    // What this does, somebody could do by hand.
    let script = "sed 's/a: b/a: c/' \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"\n";
    std::fs::write(&editor, script).expect("a file");
    let mut shell = Command::new(env!("CARGO_BIN_EXE_sts"))
        .args(["shell", "--nodes", "1"])
        .env("KUBE_EDITOR", format!("sh '{}'", editor.display()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let mut stdin = shell.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("the tool reads");
    drop(stdin);
    let output = shell.wait_with_output().expect("the tool ends");
    let expected = "configmap/m created\nconfigmap/m edited\nc\n";
    assert_eq!(text(&output.stdout), expected);
}

/// As `| head` does: whoever reads has seen enough.
#[test]
fn output_that_nobody_reads_ends_it_quietly() {
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../stories/demo.story");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_sts"))
        .args(["simulate", story])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    drop(tool.stdout.take());
    let output = tool.wait_with_output().expect("the tool ends");
    assert_eq!((text(&output.stderr), output.status.code()), ("", Some(0)));
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
