//! Explores the small worlds, and compares why they end early with the list that people have read. The README says what the
//! variables mean.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use statefulset_small_worlds::{Summary, all, explore, line};

/// As many states of each configuration are enough where nothing is optimised.
const FEW: usize = 500;

const MANY: usize = 20_000_000;

/// The number that this variable holds, if it is set.
fn number(name: &str) -> Option<usize> {
    env::var(name).ok()?.parse().ok()
}

fn main() -> ExitCode {
    if env::args().any(|argument| argument == "--list") {
        println!("small_worlds: test");
        return ExitCode::SUCCESS;
    }
    let size = number("N").and_then(|size| u8::try_from(size).ok());
    let limit = number("STATES").unwrap_or(if cfg!(debug_assertions) { FEW } else { MANY });
    let only = env::var("ONLY").unwrap_or_default();
    let mut configurations = all(size.unwrap_or(1));
    configurations.retain(|configuration| configuration.name.contains(&only));
    let mut summary = Summary::default();
    println!("{}", Summary::head());
    for (place, configuration) in configurations.iter().enumerate() {
        let name = &configuration.name;
        eprintln!("{} of {}: {name}", place + 1, configurations.len());
        let report = explore(configuration, limit);
        println!("{}", line(&report));
        if let Some(breach) = &report.breach {
            println!("\n{breach}");
        }
        summary.add(report);
        if env::var_os("FIRST").is_some() && !summary.breaches().is_empty() {
            break;
        }
    }
    println!("{}", summary.total());
    if summary.breaches().is_empty() && endings_are_known(&summary, only.is_empty()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether the worlds end early for no other reasons than those in the list, and, where all of every world was seen, for all
/// of them. `BLESS=1` writes the list.
fn endings_are_known(summary: &Summary, all: bool) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("endings.txt");
    let found = summary.endings();
    if env::var_os("BLESS").is_some() {
        return std::fs::write(&path, found).is_ok();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let without = |these: &str, those: &str| -> Vec<String> {
        let missing = these
            .lines()
            .filter(|line| !those.lines().any(|l| l == *line));
        missing.map(String::from).collect()
    };
    let new = without(&found, &known);
    let mut lost = without(&known, &found);
    lost.retain(|_| all && summary.is_whole());
    for line in &new {
        println!("a world ends like this, and endings.txt does not say so: {line}");
    }
    for line in &lost {
        println!("no world ends like this any more, and endings.txt says so: {line}");
    }
    new.is_empty() && lost.is_empty()
}
