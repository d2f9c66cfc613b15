//! The binary interface: every function, and the place and size of every field, as a C compiler sees them, are those that
//! `abi.txt` has recorded.
//!
//! Under one number that list only grows: by functions, by types, and by fields at the end of records that `sts_sizes` names.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use statefulset_c::STS_ABI_VERSION;

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The header without comments and without what is the preprocessor's.
fn header() -> String {
    let header = fs::read_to_string(file("include/statefulset.h")).expect("a header");
    let (_, code) = header.split_once("*/").expect("a first page");
    let mut continued = false;
    let lines = code.lines().filter(|line| {
        let skipped = continued || line.starts_with('#');
        continued = skipped && line.ends_with('\\');
        !skipped && !line.trim_start().starts_with(['/', '}']) && !line.starts_with("extern")
            || line.starts_with("} sts_")
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Functions and types, each in one line.
fn declarations(header: &str) -> Vec<String> {
    let statements = header.split(";\n").map(str::trim_start);
    let outside =
        statements.filter(|it| it.contains('(') || it.starts_with("typedef") && !it.contains('{'));
    outside
        .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// Records with the names of their fields.
fn records(header: &str) -> Vec<(String, Vec<String>)> {
    let records = header.split("typedef struct ").skip(1).map(|rest| {
        let (name, rest) = rest.split_once(" {").expect("a record");
        let (fields, _) = rest.split_once('}').expect("its end");
        let fields = fields.split(';').filter_map(|field| {
            let name = field
                .split('[')
                .next()?
                .trim_end()
                .rsplit([' ', '*'])
                .next()?;
            // A later version may give these a name and a meaning.
            (!name.is_empty() && !name.starts_with("reserved")).then(|| name.to_owned())
        });
        (name.to_owned(), fields.collect())
    });
    records.collect()
}

/// A program that prints where fields lie.
fn program(records: &[(String, Vec<String>)]) -> String {
    let mut source = String::from(
        "#include <stdio.h>\n#include \"statefulset.h\"\n#define SIZE(r) printf(\"record %s has %zu bytes\\n\", #r, sizeof(r))\n\
         #define FIELD(r, f) printf(\"record %s: %s at %zu has %zu\\n\", #r, #f, offsetof(r, f), sizeof(((r *)0)->f))\n\
         int main(void) {\n",
    );
    let (_, growing) = records
        .iter()
        .find(|(name, _)| name == "sts_sizes")
        .expect("sizes");
    for (record, fields) in records {
        if !growing.iter().any(|it| format!("sts_{it}") == *record) {
            writeln!(source, "SIZE({record});").expect("text grows");
        }
        for field in fields {
            writeln!(source, "FIELD({record}, {field});").expect("text grows");
        }
    }
    source + "return 0;\n}\n"
}

fn layouts(header: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, built) = (folder.join("abi.c"), folder.join("abi"));
    fs::write(&source, program(&records(header))).expect("a source file");
    let compiled = Command::new("cc")
        .args(["-std=c99", "-I"])
        .arg(file("include"))
        .arg("-o")
        .args([&built, &source])
        .status();
    assert!(compiled.is_ok_and(|it| it.success()), "cc is needed");
    let printed = Command::new(&built).output().expect("it was just built");
    let printed = String::from_utf8(printed.stdout).expect("UTF-8");
    printed.lines().map(str::to_owned).collect()
}

#[test]
#[cfg(target_pointer_width = "64")]
fn nothing_recorded_has_changed() {
    let header = header();
    let mut now = vec![format!("number {STS_ABI_VERSION}")];
    now.extend(declarations(&header));
    now.extend(layouts(&header));
    assert!(now.len() > 200, "the header was not understood: {now:#?}");

    let list = file("abi.txt");
    let recorded = fs::read_to_string(&list).unwrap_or_default();
    let mut recorded: Vec<&str> = recorded.lines().collect();
    let bless = env::var_os("BLESS").is_some();
    if bless && recorded.first() != Some(&now[0].as_str()) {
        // A new number begins a new list.
        recorded.clear();
    }
    for line in &recorded {
        assert!(
            now.iter().any(|it| it == line),
            "gone, under the same number: {line}"
        );
    }
    let known = recorded.len();
    recorded.extend(
        now.iter()
            .map(String::as_str)
            .filter(|line| !recorded.contains(line))
            .collect::<Vec<_>>(),
    );
    if bless {
        fs::write(&list, recorded.join("\n") + "\n").expect("the list is written");
    } else {
        assert_eq!(recorded[known..], [""; 0], "BLESS=1 adds it to abi.txt");
    }
}
