//! C programs, linked against the archive of this very build.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiles a source, with a path relative to the repository, and gives the program.
pub(crate) fn compile(source: &str, dialect: &str, options: &[&str]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // Cargo puts the archive beside the test.
    let test = env::current_exe().expect("a test is a file");
    let archive = test.with_file_name("libstatefulset_c.a");
    let name = Path::new(source).file_stem().expect("a name");
    // Several programs are made of one source at the same time.
    let name = [name.to_string_lossy().as_ref(), dialect, &options.concat()].join("-");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let compiled = Command::new("cc")
        .arg(format!("-std={dialect}"))
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"])
        .arg(root.join("ffi-c/include"))
        .args(options)
        .arg(root.join(source))
        .arg(archive)
        // Without what Rust says of itself, a program is 1 MB and not 60.
        .arg("-Wl,--gc-sections,--strip-debug")
        .args(["-lpthread", "-ldl", "-lm", "-o"])
        .arg(&program)
        .output()
        .expect("cc, a C compiler, is needed for these tests");
    let errors = String::from_utf8_lossy(&compiled.stderr);
    assert!(compiled.status.success(), "{dialect}: {errors}");
    program
}
