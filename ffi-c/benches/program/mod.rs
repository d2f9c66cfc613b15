//! Programs in C beside this build's own library.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiles `benches/<name>.c`.
pub(crate) fn in_c(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Cargo puts the archive of this build beside this program.
    let own = env::current_exe().expect("a program is a file");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let compiled = Command::new("cc")
        .args(["-std=c99", "-O2", "-I"])
        .arg(folder.join("include"))
        .arg(folder.join(format!("benches/{name}.c")))
        .arg(own.with_file_name("libstatefulset_c.a"))
        .args(["-lpthread", "-ldl", "-lm", "-o"])
        .arg(&program)
        .status();
    assert!(compiled.is_ok_and(|it| it.success()), "cc is needed");
    program
}
