//! Stories: kubectl's words on the simulated cluster.
#![no_main]

use std::io::{Error, ErrorKind};

use libfuzzer_sys::fuzz_target;
use statefulset_simulate::story::{Settings, run};

/// A story that asks for more than this is about patience, and not about words.
const LONGEST: usize = 4_000;

fuzz_target!(|text: &str| {
    if text.len() > LONGEST || text.lines().any(asks_for_much) {
        return;
    }
    let mut files = |_: &str| Err(Error::from(ErrorKind::NotFound));
    let mut printed = String::new();
    let once = run(
        text,
        "story",
        &Settings::default(),
        &mut files,
        &mut printed,
    );
    let mut again = String::new();
    let twice = run(text, "story", &Settings::default(), &mut files, &mut again);
    assert_eq!(
        (once, printed),
        (twice, again),
        "told twice, it is another story"
    );
});

/// Numbers of pods or nodes that take long, and nothing else.
fn asks_for_much(line: &str) -> bool {
    let mut digits = 0;
    line.bytes().any(|byte| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits > 2
    })
}
