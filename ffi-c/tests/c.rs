//! C programs against the static library: the walk-throughs in `plan.c` and `cluster.c`, and the program that the README
//! prints. Each runs as it is, under the address and undefined-behaviour sanitizers, and under Valgrind.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

mod program;

/// Runs a program that must succeed, and gives what it printed.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        panic!("{program}: {error}; it is needed for these tests")
    });
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let errors = String::from_utf8_lossy(&output.stderr);
    let status = output.status;
    assert!(status.success(), "{command:?}: {status}\n{printed}{errors}");
    printed
}

/// What the program prints, whichever way it is run.
fn printed(source: &str) -> String {
    let plain = run(&mut Command::new(program::compile(source, "c99", &[])));
    let newer = run(&mut Command::new(program::compile(source, "c11", &["-O2"])));
    assert_eq!(newer, plain);
    let options = [
        "-g",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
    ];
    let sanitized = program::compile(source, "c11", &options);
    assert_eq!(run(&mut Command::new(sanitized)), plain);
    // Whatever is still allocated at the end and can be reached belongs to Rust's standard library.
    let options = [
        "--quiet",
        "--error-exitcode=9",
        "--leak-check=full",
        "--errors-for-leak-kinds=definite,indirect,possible",
    ];
    let program = program::compile(source, "c99", &["-g"]);
    let watched = run(Command::new("valgrind").args(options).arg(program));
    assert_eq!(watched, plain);
    plain
}

#[test]
fn three_pods_are_planned_in_c() {
    assert_eq!(printed("ffi-c/tests/plan.c"), "");
}

#[test]
fn a_set_is_brought_up_in_c() {
    assert_eq!(printed("ffi-c/tests/cluster.c"), "");
}

#[test]
fn a_program_of_an_earlier_header_plans() {
    assert_eq!(printed("ffi-c/tests/earlier.c"), "");
}

/// The blocks of this language in the README.
fn blocks(language: &str) -> Vec<String> {
    let readme = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("a README");
    let open = format!("```{language}\n");
    let blocks = readme.split(&open).skip(1);
    blocks
        .map(|rest| {
            rest.split_once("```")
                .expect("an end of the block")
                .0
                .to_string()
        })
        .collect()
}

#[test]
fn the_readme_s_programs_print_what_the_readme_says() {
    let (programs, texts) = (blocks("c"), blocks("text"));
    assert_eq!(programs.len(), texts.len());
    for (i, (program, text)) in programs.iter().zip(texts).enumerate() {
        let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readme-{i}.c"));
        fs::write(&source, program).expect("a source file");
        let source = source.to_str().expect("a path of UTF-8");
        assert_eq!(printed(source), text, "program {i}");
    }
}

/// What it prints is tested where it lies.
#[test]
fn the_readme_s_go_program_is_the_example() {
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/go/first/main.go");
    let example = fs::read_to_string(example).expect("the example is there");
    assert_eq!(blocks("go"), [example]);
}
