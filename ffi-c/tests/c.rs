//! C programs against the static library: the walk-through in `plan.c`, and the program that the README prints.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn crate_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Cargo puts the archive of this very build beside this test.
fn archive() -> PathBuf {
    let test = env::current_exe().expect("a test is a file");
    let archive = test.with_file_name("libstatefulset_c.a");
    assert!(archive.is_file(), "no {}", archive.display());
    archive
}

/// Compiles `source`, runs it and returns what it printed.
fn run(source: &Path, dialect: &str, name: &str) -> String {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let compiled = Command::new("cc")
        .arg(format!("-std={dialect}"))
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"])
        .arg(crate_dir().join("include"))
        .arg(source)
        .arg(archive())
        .args(["-lpthread", "-ldl", "-lm", "-o"])
        .arg(&program)
        .output()
        .expect("cc, a C compiler, is needed for these tests");
    let errors = String::from_utf8_lossy(&compiled.stderr);
    assert!(compiled.status.success(), "{dialect}: {errors}");
    let output = Command::new(&program).output().expect("it was just built");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        output.status.success(),
        "{dialect}: {}\n{printed}",
        output.status
    );
    printed
}

#[test]
fn three_pods_are_planned_in_c() {
    for dialect in ["c99", "c11"] {
        let source = crate_dir().join("tests/plan.c");
        assert_eq!(run(&source, dialect, &format!("plan-{dialect}")), "");
    }
}

#[test]
fn a_set_is_brought_up_and_down_in_c() {
    for dialect in ["c99", "c11"] {
        let source = crate_dir().join("tests/cluster.c");
        assert_eq!(run(&source, dialect, &format!("cluster-{dialect}")), "");
    }
}

#[test]
fn the_readme_s_program_prints_what_the_readme_says() {
    let readme = fs::read_to_string(crate_dir().join("README.md")).expect("a README");
    let block = |language: &str| {
        let open = format!("```{language}\n");
        let (_, rest) = readme.split_once(&open).expect("a block of this language");
        rest.split_once("```").expect("an end of the block").0
    };
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join("smallest.c");
    fs::write(&source, block("c")).expect("a source file");
    assert_eq!(run(&source, "c99", "smallest"), block("text"));
}
