//! The header: equal to what the crate generates, and good C.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use statefulset::{Gate, Reason};

fn crate_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn header() -> String {
    fs::read_to_string(crate_dir().join("include/statefulset.h")).expect("the header is there")
}

#[test]
fn the_header_is_what_the_crate_generates() {
    let dir = crate_dir();
    let config = cbindgen::Config::from_file(dir.join("cbindgen.toml")).expect("a good config");
    let mut generated = Vec::new();
    cbindgen::Builder::new()
        .with_config(config)
        .with_crate(&dir)
        .generate()
        .expect("cbindgen understands the crate")
        .write(&mut generated);
    let generated = String::from_utf8(generated).expect("UTF-8");
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
