//! Stories: kubectl's words on the simulated cluster. Files are the repository's example manifests.
#![no_main]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use statefulset_simulate::story::{Settings, StoryError, run};

/// A story that asks for more than this is about patience, and not about words.
const LONGEST: usize = 4_000;

static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/manifests");
    let files = fs::read_dir(folder).expect("the manifests");
    let files = files.map(|file| {
        let path = file.expect("a manifest").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a text");
        (format!("../manifests/{name}"), text)
    });
    files.collect()
});

fuzz_target!(|text: &str| {
    if text.len() > LONGEST || text.lines().any(asks_for_much) {
        return;
    }
    let (once, printed) = tell(text);
    if let Err(error) = &once {
        let lines = text.lines().count().max(1);
        assert!(
            (1..=lines).contains(&error.line),
            "{error} in {lines} lines"
        );
    }
    assert_eq!(
        (once, printed),
        tell(text),
        "told twice, it is another story"
    );
});

fn tell(text: &str) -> (Result<(), StoryError>, String) {
    let mut files = |path: &str| {
        let file = FILES.get(path).cloned();
        file.ok_or_else(|| Error::from(ErrorKind::NotFound))
    };
    let mut printed = String::new();
    let settings = Settings::default();
    let told = run(text, "story", &settings, &mut files, &mut printed);
    (told, printed)
}

/// Numbers of pods or nodes that take long, and nothing else.
fn asks_for_much(line: &str) -> bool {
    let mut digits = 0;
    line.bytes().any(|byte| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits > 2
    })
}
