//! `make install`, and the smallest program built from what it installed, in the three ways that people use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PRINTED: &str = "\
create-claim web-0 (scale-out)
create-pod web-0 (scale-out)
wait web-1 (scale-out) order
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs a command that must succeed, and gives what it printed.
fn run(command: &mut Command) -> String {
    let output = command.output().expect("the command starts");
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Installs into a folder of its own, as a package is staged: for `/usr`, under another root.
fn install(name: &str) -> PathBuf {
    let stage = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if stage.exists() {
        fs::remove_dir_all(&stage).expect("a folder of this test");
    }
    run(Command::new("make")
        .args(["--silent", "install", "PREFIX=/usr"])
        .arg(format!("DESTDIR={}", stage.display()))
        // What is being tested is built already.
        .env(
            "PROFILE",
            if cfg!(debug_assertions) {
                "dev"
            } else {
                "release"
            },
        )
        .current_dir(root()));
    stage.join("usr")
}

/// What `pkg-config` says, as words.
fn pkg_config(tree: &Path, options: &[&str]) -> Vec<String> {
    let words = run(Command::new("pkg-config")
        .args(options)
        .args(["--cflags", "--libs", "statefulset"])
        .env("PKG_CONFIG_PATH", tree.join("lib/pkgconfig")));
    words.split_whitespace().map(str::to_owned).collect()
}

/// Compiles the smallest program with these options and runs it.
fn first(program: &Path, options: &[String]) -> String {
    run(Command::new("cc")
        .args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
            "-o",
        ])
        .arg(program)
        .arg(root().join("examples/c/first.c"))
        .args(options));
    run(&mut Command::new(program))
}

#[test]
fn the_smallest_program_builds_from_the_installed_tree_in_three_ways() {
    let tree = install("installed");
    let programs = tree.join("programs");
    fs::create_dir_all(&programs).expect("a folder");

    // The shared library, found by its SONAME.
    let mut shared = pkg_config(&tree, &[]);
    shared.push(format!("-Wl,-rpath,{}", tree.join("lib").display()));
    assert_eq!(first(&programs.join("shared"), &shared), PRINTED);

    // No shared library at all, the system's own included.
    let mut all_static = pkg_config(&tree, &["--static"]);
    all_static.push("-static".into());
    assert_eq!(first(&programs.join("static"), &all_static), PRINTED);

    // CMake, both ways.
    let build = programs.join("cmake");
    run(Command::new("cmake")
        .arg("-S")
        .arg(root().join("examples/c"))
        .arg("-B")
        .arg(&build)
        .arg(format!("-DCMAKE_PREFIX_PATH={}", tree.display())));
    run(Command::new("cmake").arg("--build").arg(&build));
    assert_eq!(run(&mut Command::new(build.join("first"))), PRINTED);
    assert_eq!(run(&mut Command::new(build.join("first_static"))), PRINTED);
}

#[test]
fn the_installed_tree_has_what_a_package_needs_and_nothing_else() {
    let tree = install("package");
    let mut files = Vec::new();
    list(&tree, "", &mut files);
    files.sort();
    let version = env!("CARGO_PKG_VERSION");
    let abi = format!(
        "{}.{}",
        env!("CARGO_PKG_VERSION_MAJOR"),
        env!("CARGO_PKG_VERSION_MINOR")
    );
    let wanted = [
        "include/statefulset.h".to_owned(),
        "lib/cmake/statefulset/statefulset-config-version.cmake".to_owned(),
        "lib/cmake/statefulset/statefulset-config.cmake".to_owned(),
        "lib/libstatefulset.a".to_owned(),
        format!("lib/libstatefulset.so -> libstatefulset.so.{abi}"),
        format!("lib/libstatefulset.so.{abi} -> libstatefulset.so.{version}"),
        format!("lib/libstatefulset.so.{version}"),
        "lib/pkgconfig/statefulset.pc".to_owned(),
    ];
    assert_eq!(files, wanted);
    let said = run(Command::new("pkg-config")
        .args(["--modversion", "statefulset"])
        .env("PKG_CONFIG_PATH", tree.join("lib/pkgconfig")));
    assert_eq!(said.trim(), version);
    for filled in [
        "lib/pkgconfig/statefulset.pc",
        "lib/cmake/statefulset/statefulset-config.cmake",
    ] {
        let text = fs::read_to_string(tree.join(filled)).expect("it is installed");
        assert!(!text.contains('@'), "something is left open in {filled}");
    }
}

/// Files under a folder, links with what they point at.
fn list(folder: &Path, place: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!("{place}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else if kind.is_symlink() {
            let target = fs::read_link(entry.path()).expect("a link");
            files.push(format!("{name} -> {}", target.display()));
        } else {
            files.push(name);
        }
    }
}

#[test]
fn the_readme_shows_the_smallest_program_as_it_is() {
    let readme = fs::read_to_string(root().join("ffi-c/README.md")).expect("a README");
    let program = fs::read_to_string(root().join("examples/c/first.c")).expect("an example");
    assert!(
        readme.contains(&program),
        "examples/c/first.c is not in ffi-c/README.md"
    );
}
