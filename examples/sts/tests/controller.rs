//! Programs that are the controller: with one in Rust every story is told as without, and what a program does wrong is told
//! in words.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn stories() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../stories")
}

/// Cargo builds the examples with the tests, into a folder beside the tool.
fn rust() -> String {
    let tool = Path::new(env!("CARGO_BIN_EXE_sts"));
    let controller = tool.with_file_name("examples").join("controller");
    assert!(controller.is_file(), "no {}", controller.display());
    controller.display().to_string()
}

fn simulate(controller: &str, story: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sts"))
        .args(["simulate", "--patience", "5", "--controller", controller])
        .arg(story)
        .output()
        .expect("the tool starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_controller_in_rust_tells_every_story_as_its_golden_has_it() {
    let goldens = stories().join("golden");
    let mut told = 0;
    for entry in fs::read_dir(stories()).expect("stories") {
        let story = entry.expect("an entry").path();
        if story.extension().is_none_or(|it| it != "story") {
            continue;
        }
        let output = simulate(&rust(), &story);
        let name = story.file_stem().expect("a name").to_string_lossy();
        assert_eq!(text(&output.stderr), "", "{name}");
        let golden = fs::read_to_string(goldens.join(format!("{name}.txt"))).expect("a golden");
        assert!(text(&output.stdout) == golden, "{name} is told otherwise");
        told += 1;
    }
    assert!(told >= 10, "only {told} stories");
}

/// The first command that needs a controller is where a story ends without one.
fn failure(controller: &str) -> String {
    let output = simulate(controller, &stories().join("s1-claims.story"));
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr).to_owned();
    let (_, why) = said.split_once("s1-claims.story:4: ").expect(&said);
    why.to_owned()
}

#[test]
fn a_controller_that_ends_is_told_with_its_status() {
    assert_eq!(
        failure("exit 3"),
        "the controller `exit 3` has ended (exit status: 3)\n"
    );
}

#[test]
fn a_controller_that_is_silent_is_not_waited_for_for_ever() {
    let asleep = "cat > /dev/null";
    let output = Command::new(env!("CARGO_BIN_EXE_sts"))
        .args(["simulate", "--patience", "1", "--controller", asleep])
        .arg(stories().join("s1-claims.story"))
        .output()
        .expect("the tool starts");
    let said = text(&output.stderr);
    let why = "the controller `cat > /dev/null` has been silent for 1 s\n";
    assert!(said.ends_with(why), "{said}");
}

#[test]
fn a_line_that_means_nothing_is_shown() {
    let why = "the controller printed a line that means nothing:";
    assert_eq!(
        failure("echo hello; cat > /dev/null"),
        format!("{why} expected value at line 1 column 1\n  hello\n")
    );
    assert_eq!(
        failure("echo '{}'; cat > /dev/null"),
        format!("{why} expected an object with `method`, `event` or `idle`\n  {{}}\n")
    );
}

#[test]
fn what_a_controller_asks_for_is_answered_as_the_api_server_would() {
    // It asks for something impossible as soon as it has been shown the cluster, and shows the answer.
    let request =
        r#"{"method":"DELETE","path":"/api/v1/namespaces/default/pods/nobody","body":{}}"#;
    let controller = format!(
        r#"read first; echo '{{"idle":{{}}}}'
        while read line; do case $line in '{{"type":"TIME"'*)
            echo '{request}'; read answer; echo "$answer" >&2; echo '{{"idle":{{}}}}';; esac; done"#
    );
    let output = simulate(&controller, &stories().join("s1-claims.story"));
    let said = text(&output.stderr);
    assert!(said.contains(r#"{"status":"not-found"}"#), "{said}");
}

#[test]
fn bad_lines_get_an_error_and_the_controller_in_rust_goes_on() {
    let mut controller = Command::new(rust())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = "\
{\"type\":\"TIME\",\"now\":1}
hello
{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v2\",\"metadata\":{}}}
{\"type\":\"TIME\",\"now\":\"soon\"}
{\"type\":\"TIME\",\"now\":2}
";
    let mut input = controller.stdin.take().expect("a pipe");
    input.write_all(lines.as_bytes()).expect("it reads");
    drop(input);
    let output = controller.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let idle = "{\"idle\":{\"sets\":[]}}\n";
    assert_eq!(text(&output.stdout), [idle, idle].concat());
    assert_eq!(text(&output.stderr).lines().count(), 3);
}
