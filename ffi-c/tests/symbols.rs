//! What the shared library gives and takes: its exports are the header's functions, and it needs nothing of the system
//! but memory, threads and the means to print a panic.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// What `nm` says of the shared library that cargo puts beside this test.
fn symbols(which: &str) -> BTreeSet<String> {
    let test = env::current_exe().expect("a test is a file");
    let library = test.with_file_name("libstatefulset_c.so");
    let output = Command::new("nm")
        .args(["--dynamic", "--format=posix", which])
        .arg(&library)
        .output()
        .expect("nm, of binutils, is needed for these tests");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    // Without the version of the system's library.
    let names = names.map(|name| name.split('@').next().unwrap_or(name));
    names.map(String::from).collect()
}

fn file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn it_exports_the_header_s_functions_and_nothing_else() {
    let header = fs::read_to_string(file("include/statefulset.h")).expect("a header");
    let code = header
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    // A declaration begins at the start of a line and has its name before the first parenthesis.
    let declared = code.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let declared = declared.filter_map(|line| {
        let (head, _) = line.split_once('(')?;
        head.rsplit([' ', '*']).next().map(String::from)
    });
    let declared: BTreeSet<_> = declared.filter(|name| name.starts_with("sts_")).collect();
    assert!(declared.len() > 30, "{declared:?}");
    assert_eq!(symbols("--defined-only"), declared);
}

#[test]
fn it_needs_what_the_list_says_and_nothing_else() {
    let list = file("tests/needed.txt");
    let known = fs::read_to_string(&list).expect("the list is there");
    let mut known: BTreeSet<String> = known.lines().map(String::from).collect();
    let needed = symbols("--undefined-only");
    if env::var_os("BLESS").is_some() {
        known.extend(needed.iter().cloned());
        let lines: Vec<_> = known.iter().map(String::as_str).collect();
        fs::write(&list, lines.join("\n") + "\n").expect("the list is written");
    }
    let new: Vec<_> = needed.difference(&known).collect();
    assert!(
        new.is_empty(),
        "the library needs {new:?}; BLESS=1 adds it to tests/needed.txt"
    );
    // No network, no other programs, no clock.
    for never in [
        "socket",
        "connect",
        "fork",
        "execve",
        "posix_spawn",
        "clock_gettime",
        "gettimeofday",
        "time",
    ] {
        assert!(!known.contains(never), "{never}");
    }
}
