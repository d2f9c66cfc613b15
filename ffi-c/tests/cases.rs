//! The common cases, asked through the C API by a C program: its answers are Rust's, byte for byte.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

mod program;

fn text() -> String {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/stories");
    let stories = statefulset_cases::stories(&stories).expect("stories that come to their end");
    statefulset_cases::text() + &stories
}

/// The first line that differs.
fn difference(wanted: &str, found: &str) -> String {
    let mut lines = (1..).zip(wanted.lines().zip(found.lines()));
    match lines.find(|(_, (wanted, found))| wanted != found) {
        Some((line, (wanted, found))) => format!("line {line}\n  Rust: {wanted}\n  C:    {found}"),
        None => format!("{} bytes in Rust, {} in C", wanted.len(), found.len()),
    }
}

#[test]
fn c_answers_the_common_cases_as_rust_does() {
    let text = text();
    let mut asked = Command::new(program::compile("ffi-c/tests/cases.c", "c99", &[]))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it was just built");
    let mut questions = asked.stdin.take().expect("a pipe");
    let answers = thread::scope(|scope| {
        scope.spawn(|| {
            // Where the program ends early, what it printed tells more than the broken pipe.
            let _ = questions.write_all(text.as_bytes());
            drop(questions);
        });
        asked.wait_with_output().expect("an output")
    });
    assert!(answers.status.success(), "{}", answers.status);
    let answers = String::from_utf8(answers.stdout).expect("UTF-8");
    assert!(answers == text, "{}", difference(&text, &answers));
}
