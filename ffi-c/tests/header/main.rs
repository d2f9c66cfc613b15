//! The header: equal to what the crate generates, and good C.

use core::ffi::{CStr, c_char};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use statefulset::{Gate, Reason};
use statefulset_c::*;

mod generated;

fn crate_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn header() -> String {
    fs::read_to_string(crate_dir().join("include/statefulset.h")).expect("the header is there")
}

#[test]
fn the_header_is_what_the_crate_generates() {
    let dir = crate_dir();
    let generated = generated::generated(&dir);
    if env::var_os("BLESS").is_some() {
        fs::create_dir_all(dir.join("include")).expect("a folder for the header");
        fs::write(dir.join("include/statefulset.h"), &generated).expect("the header is written");
    }
    assert!(
        header() == generated,
        "include/statefulset.h is out of date: BLESS=1 cargo test -p statefulset-c --test header generates"
    );
}

#[test]
fn reasons_and_gates_have_the_planner_s_own_numbers_and_names() {
    let header = header();
    let define = |prefix: &str, slug: &str, number: u32| {
        let name = slug.to_uppercase().replace('-', "_");
        let line = format!("#define STS_{prefix}_{name} {number}\n");
        assert!(header.contains(&line), "the header lacks: {line}");
    };
    for reason in Reason::ALL {
        define("REASON", reason.slug(), reason as u32);
    }
    for gate in Gate::ALL {
        define("GATE", gate.slug(), gate as u32);
    }
}

/// Names of constants, their numbers, and what the library calls them, one a line: `STS_REASON_SCALE_OUT 1 scale-out`.
/// Whoever has stored or sent one relies on it. One that is `retired` is gone, and its name never comes back.
#[test]
fn numbers_and_names_are_never_changed_or_taken_back() {
    let list = crate_dir().join("tests/numbers.txt");
    let mut known = fs::read_to_string(&list).expect("the list is there");
    let header = header();
    let defines: Vec<(&str, &str)> = header
        .lines()
        .filter_map(|line| line.strip_prefix("#define STS_")?.split_once(' '))
        // STS_SIZES is no number.
        .filter(|(_, value)| value.starts_with(|first: char| first.is_ascii_digit()))
        .collect();
    let lines = defines.iter().map(|(name, number)| {
        let slug = slug(name, number.parse().unwrap_or(u32::MAX));
        format!(
            "STS_{name} {number}{}{slug}\n",
            if slug.is_empty() { "" } else { " " }
        )
    });
    // What grows by itself: the version.
    let lines: Vec<_> = lines
        .filter(|line| !line.starts_with("STS_ABI_VERSION "))
        .collect();
    for line in known.lines() {
        if let Some(retired) = line.strip_suffix(" retired") {
            let name = retired.split(' ').next().unwrap_or_default();
            let back = lines
                .iter()
                .any(|known| known.starts_with(&format!("{name} ")));
            assert!(!back, "{name} was retired");
            continue;
        }
        let there = lines.iter().any(|known| known.trim_end() == line);
        assert!(there, "the header has no longer: {line}");
    }
    let new: String = lines
        .into_iter()
        .filter(|line| !known.contains(line.as_str()))
        .collect();
    if env::var_os("BLESS").is_some() {
        known.push_str(&new);
        fs::write(&list, &known).expect("the list is written");
    } else {
        assert_eq!(new, "", "BLESS=1 adds it to tests/numbers.txt, for ever");
    }
}

/// What the library calls a number; empty where it has no names for its kind.
fn slug(name: &str, number: u32) -> String {
    type Namer = extern "C" fn(u32) -> *const c_char;
    let namers: [(&str, Namer); 8] = [
        ("LIST_", sts_list_name),
        ("CODE_", sts_code_name),
        ("REASON_", sts_reason_name),
        ("GATE_", sts_gate_name),
        ("OUTCOME_", sts_outcome_name),
        ("NEXT_", sts_next_name),
        ("KIND_", sts_kind_name),
        ("ACTION_", sts_action_name),
    ];
    let namer = namers.iter().find(|(prefix, _)| name.starts_with(prefix));
    let namer = namer.filter(|_| !name.starts_with("ACTION_HAS_") && name != "ACTION_MUST_EXIST");
    namer.map_or_else(String::new, |(_, namer)| {
        // SAFETY: names are static text.
        let name = unsafe { CStr::from_ptr(namer(number)) };
        name.to_str().expect("UTF-8").to_string()
    })
}

#[test]
fn every_rule_of_the_first_page_has_a_test_of_its_name() {
    let header = header();
    let (page, _) = header.split_once("*/").expect("a first page");
    let rules = page.lines().filter_map(|line| {
        let (number, rest) = line.strip_prefix(" * ")?.split_once(". ")?;
        let number: u32 = number.parse().ok()?;
        let (title, _) = rest.split_once('.')?;
        Some(format!("fn rule_{number}_{}()", title.to_lowercase()))
    });
    let source = |path: &str| fs::read_to_string(crate_dir().join(path)).expect("a source file");
    let tests = [
        source("tests/boundary/rules.rs"),
        source("src/kubernetes/cluster.rs"),
    ]
    .concat();
    let rules: Vec<_> = rules.collect();
    assert_eq!(rules.len(), 9);
    for rule in rules {
        assert!(tests.contains(&rule), "no test: {rule}");
    }
}

#[test]
fn it_compiles_alone_twice_and_in_every_dialect() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let twice = "#include \"statefulset.h\"\n#include \"statefulset.h\"\nint main(void) { return (int)sts_abi_version(); }\n";
    for (dialects, file) in [
        (["c99", "c11", "c17", "c2x"].as_slice(), "twice.c"),
        (["c++11", "c++17", "c++20"].as_slice(), "twice.cc"),
    ] {
        let source = dir.join(file);
        fs::write(&source, twice).expect("a source file");
        for dialect in dialects {
            let output = Command::new("cc")
                .arg(format!("-std={dialect}"))
                .args([
                    "-Wall",
                    "-Wextra",
                    "-Wpedantic",
                    "-Werror",
                    "-fsyntax-only",
                    "-I",
                ])
                .arg(crate_dir().join("include"))
                .arg(&source)
                .output()
                .expect("cc, a C and C++ compiler, is needed for these tests");
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{dialect}: {errors}");
        }
    }
}
