//! `make install-c`, and the smallest program built from what it installed, in the ways that people use; and which names the
//! libraries show.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

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

/// The installed tree, which all tests share. It is installed as a package is staged: for `/usr`, under another root.
fn tree() -> &'static Path {
    static TREE: LazyLock<PathBuf> = LazyLock::new(|| {
        let stage = Path::new(env!("CARGO_TARGET_TMPDIR")).join("installed");
        if stage.exists() {
            fs::remove_dir_all(&stage).expect("a folder of this test");
        }
        run(Command::new("make")
            .args(["--silent", "install-c", "PREFIX=/usr"])
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
    });
    &TREE
}

/// A folder for what a test makes.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// What `pkg-config` says, as words.
fn pkg_config(tree: &Path, options: &[&str]) -> Vec<String> {
    let words = run(Command::new("pkg-config")
        .args(options)
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
    let (tree, programs) = (tree(), folder("programs"));

    for name in ["statefulset", "statefulset-facts"] {
        // The shared library, found by its SONAME.
        let mut shared = pkg_config(tree, &["--cflags", "--libs", name]);
        shared.push(format!("-Wl,-rpath,{}", tree.join("lib").display()));
        assert_eq!(first(&programs.join("shared"), &shared), PRINTED);

        // The archive.
        let mut archive = pkg_config(tree, &["--cflags", name]);
        archive.extend(pkg_config(tree, &["--variable=archive", name]));
        assert_eq!(first(&programs.join("archive"), &archive), PRINTED);

        // No shared library at all, the system's own included.
        let mut all_static = pkg_config(tree, &["--static", "--cflags", "--libs", name]);
        all_static.push("-static".into());
        assert_eq!(first(&programs.join("static"), &all_static), PRINTED);
    }

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
    let tree = tree();
    let mut files = Vec::new();
    list(tree, "", &mut files);
    files.sort();
    let version = env!("CARGO_PKG_VERSION");
    let abi = statefulset_c::STS_ABI_VERSION;
    let mut wanted = vec![
        "include/statefulset.h".to_owned(),
        "lib/cmake/statefulset/statefulset-config-version.cmake".to_owned(),
        "lib/cmake/statefulset/statefulset-config.cmake".to_owned(),
    ];
    for name in ["statefulset", "statefulset-facts"] {
        wanted.extend([
            format!("lib/lib{name}.a"),
            format!("lib/lib{name}.so -> lib{name}.so.{abi}"),
            format!("lib/lib{name}.so.{abi} -> lib{name}.so.{version}"),
            format!("lib/lib{name}.so.{version}"),
            format!("lib/pkgconfig/{name}.pc"),
        ]);
    }
    wanted.sort();
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
        // CMake fills in the name itself.
        let text = text.replace("@name@", "").replace("@rpath", "");
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

/// The names that `nm` lists.
fn names(options: &[&str], file: &Path) -> BTreeSet<String> {
    let listed = run(Command::new("nm")
        .args(options)
        .arg("--format=posix")
        .arg(file));
    let names = listed.lines().filter(|line| line.contains(' '));
    names
        .filter_map(|line| line.split(' ').next().map(String::from))
        .collect()
}

#[test]
fn the_libraries_show_the_names_of_the_header_and_no_others() {
    let tree = tree();
    let header = fs::read_to_string(tree.join("include/statefulset.h")).expect("a header");
    let (facts, _) = header
        .split_once("#ifndef STATEFULSET_FACTS_ONLY")
        .expect("two tiers");
    for (name, header) in [
        ("statefulset", header.as_str()),
        ("statefulset-facts", facts),
    ] {
        let shared = names(
            &["--dynamic", "--defined-only"],
            &tree.join(format!("lib/lib{name}.so")),
        );
        let archive = names(
            &["--extern-only", "--defined-only"],
            &tree.join(format!("lib/lib{name}.a")),
        );
        let node = format!("@@STATEFULSET_{}", statefulset_c::STS_ABI_VERSION);
        // The linker names the node as well.
        let versioned: BTreeSet<_> = archive.iter().map(|it| format!("{it}{node}")).collect();
        let shared: BTreeSet<_> = shared
            .into_iter()
            .filter(|it| it.starts_with("sts_") || it.contains("@@"))
            .collect();
        assert_eq!(shared, versioned, "{name}");
        for function in &archive {
            assert!(
                header.contains(&format!("{function}(")),
                "{name} shows {function}"
            );
        }
        let declared = header.lines().filter(|line| {
            line.starts_with(|c: char| c.is_ascii_lowercase())
                && line.contains("sts_")
                && line.contains('(')
                && !line.starts_with("typedef")
        });
        assert_eq!(declared.count(), archive.len(), "{name}");
    }
}

/// Both have a runtime of Rust in them, with the same names.
#[test]
fn a_program_may_link_another_archive_of_rust() {
    let folder = folder("beside");
    let own = tree().join("lib/libstatefulset.a");
    let own = own.to_str().expect("a path of UTF-8");
    let other = "#[unsafe(no_mangle)] pub extern \"C\" fn caught(n: u32) -> u32 {
        std::panic::set_hook(Box::new(|_| ()));
        std::panic::catch_unwind(|| [1, 2][n as usize]).unwrap_or(7)
    }";
    let program = "#include <string.h>
        #include \"statefulset.h\"
        unsigned caught(unsigned n);
        int main(void) {
            sts_report report;
            if (caught(5) != 7 || sts_plan(NULL, NULL, 0, NULL, 0, &report) != STS_CODE_BAD_POINTER) return 1;
            return strcmp(report.message, \"\") == 0;
        }";
    fs::write(folder.join("other.rs"), other).expect("a source file");
    fs::write(folder.join("program.c"), program).expect("a source file");
    run(Command::new("rustc")
        .args([
            "--edition=2024",
            "--crate-type=staticlib",
            "-Clto=fat",
            "-Copt-level=1",
            "other.rs",
        ])
        .current_dir(&folder));
    for order in [[own, "libother.a"], ["libother.a", own]] {
        run(Command::new("cc")
            .args(["program.c", "-o", "program", "-I"])
            .arg(tree().join("include"))
            .args(order)
            .args(["-lpthread", "-ldl", "-lm"])
            .current_dir(&folder));
        run(&mut Command::new(folder.join("program")));
    }
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    let says = |variable: &str, value: &str| {
        let output = Command::new("ffi-c/install.sh")
            .env(variable, value)
            .current_dir(root())
            .output();
        let output = output.expect("a shell");
        assert!(!output.status.success(), "{variable}={value}");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong");
    let scratch = scratch.to_str().expect("a path of UTF-8");
    let relative = says("PREFIX", "somewhere");
    assert_eq!(
        relative,
        "install: PREFIX must begin with /, this is somewhere\n"
    );
    let barred = says("PREFIX", "/dev/null/x");
    assert!(
        barred.starts_with("install: cannot write to /dev/null/x; "),
        "{barred}"
    );
    let with = |variables: &[(&str, &str)], wanted: &str| {
        let output = Command::new("ffi-c/install.sh")
            .env("PREFIX", scratch)
            .envs(variables.iter().copied())
            .current_dir(root())
            .output();
        let said = String::from_utf8(output.expect("a shell").stderr).expect("UTF-8");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(wanted), "{said}");
    };
    with(
        &[("CC", "no-such-cc")],
        "no-such-cc (a C compiler, which links) is needed and not installed",
    );
    with(
        &[("TARGET", "sparc64-unknown-linux-gnu")],
        "rustup target add sparc64-unknown-linux-gnu",
    );
    with(
        &[("TARGET", "wasm32-unknown-unknown")],
        "no libraries are made for wasm32-unknown-unknown",
    );
    let zig = [
        ("TARGET", "x86_64-unknown-linux-gnu"),
        ("ZIG", "no-such-zig"),
    ];
    with(
        &zig,
        "Zig is needed to link for x86_64-unknown-linux-gnu: pip install ziglang",
    );
    with(
        &[("CARGO", "no-such-cargo")],
        "no-such-cargo (the Rust toolchain) is needed and not installed",
    );
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
