//! What is made from the definitions of the commands, and what the README promises to scripts.

use std::collections::BTreeSet;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

use super::explain::refused;
use super::{dump, sts, text};

const COMMANDS: [&str; 5] = ["simulate", "shell", "explain", "completion", "manual"];

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = sts(&["completion", shell], "");
        assert_eq!(output.status.code(), Some(0), "{shell}");
        let script = text(&output.stdout);
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
        assert!(
            script.contains("--timeline") || script.contains("timeline"),
            "{shell}"
        );
    }
}

#[test]
fn bash_takes_the_script() {
    let script = sts(&["completion", "bash"], "");
    let ask = "COMP_WORDS=(sts expl); COMP_CWORD=1; _sts sts expl sts; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let output = Command::new("bash")
        .args(["-c", &format!("{}\n{ask}", text(&script.stdout))])
        .output()
        .expect("bash starts");
    assert_eq!(
        text(&output.stdout),
        "explain\n",
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn there_is_a_page_for_each_command() {
    let folder = env::temp_dir().join(format!("sts-manual-{}", std::process::id()));
    fs::create_dir(&folder).expect("a folder");
    let output = sts(&["manual", folder.to_str().expect("a path")], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for command in COMMANDS {
        let page = fs::read_to_string(folder.join(format!("sts-{command}.1")));
        assert!(page.expect("a page").contains(".SH SYNOPSIS"), "{command}");
    }
    assert!(folder.join("sts.1").exists());
    fs::remove_dir_all(&folder).expect("a folder");

    let output = sts(&["manual", "/nowhere"], "");
    assert_eq!(output.status.code(), Some(2));
    let problem = "sts: /nowhere: expected an existing folder for the pages\n";
    assert_eq!(text(&output.stderr), problem);
}

/// Runs the installer, for a prefix under another root.
fn install(prefix: &str, root: &str) -> std::process::Output {
    let profile = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
    Command::new("sh")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/install.sh"))
        .env("PREFIX", prefix)
        .env("DESTDIR", root)
        // What is being tested is built already.
        .env("PROFILE", profile)
        .output()
        .expect("the shell starts")
}

#[test]
fn it_is_installed_with_completions_and_pages() {
    let root = env::temp_dir().join(format!("sts-installed-{}", std::process::id()));
    let output = install("/usr", root.to_str().expect("a path"));
    assert!(output.status.success(), "{}", text(&output.stderr));
    for file in [
        "bin/sts",
        "bin/kubectl-sts",
        "share/bash-completion/completions/sts",
        "share/zsh/site-functions/_kubectl-sts",
        "share/fish/vendor_completions.d/sts.fish",
        "share/man/man1/sts.1",
        "share/man/man1/kubectl-sts-explain.1",
    ] {
        assert!(root.join("usr").join(file).is_file(), "{file}");
    }
    fs::remove_dir_all(&root).expect("a folder");
}

#[test]
fn a_wrong_prefix_is_said_in_one_line() {
    for (prefix, begin) in [
        ("here", "install: PREFIX=here: expected an absolute path"),
        ("/proc/here", "install: /proc/here cannot be written"),
    ] {
        let output = install(prefix, "");
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(
            said.starts_with(begin) && said.lines().count() == 1,
            "{said}"
        );
    }
}

/// The names of all fields in a value.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields_of) => {
            for (name, value) in fields_of {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        _ => {}
    }
}

#[test]
fn the_readme_names_every_field_of_the_json_and_no_other() {
    let mut found = BTreeSet::new();
    for dump in [
        refused(),
        dump(
            "apply -f ../manifests/sample-two-at-once.yaml\nsettle\nbreak image nginx:1.13\n\
             set image sts/sample-statefulset nginx-container=nginx:1.13\nadvance 40m",
            super::EVERYTHING,
        ),
    ] {
        let output = sts(
            &["explain", "-o", "json", "--now", "2026-01-01T01:00:00Z"],
            &dump,
        );
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        fields(&json, &mut found);
    }
    let readme = include_str!("../../README.md");
    let (_, table) = readme.split_once("| field | is |").expect("the table");
    let (table, _) = table.split_once("\n\n").expect("its end");
    let documented: BTreeSet<String> = table
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(|path| path.split('.'))
        .map(|name| name.trim_end_matches("[]").to_owned())
        .collect();
    // Values, and fields that these sets have no reason to have.
    let others = [
        "up-to-date",
        "in-progress",
        "stuck",
        "open",
        "refused",
        "unreached",
        "event",
        "hindrance",
        "choice",
        "remark",
        "sts explain --list",
        "until",
        "warning",
        "unreadable",
        "problem",
    ];
    let others = others.map(str::to_owned);
    let expected: BTreeSet<String> = found.iter().cloned().chain(others).collect();
    assert_eq!(documented, expected);
}
