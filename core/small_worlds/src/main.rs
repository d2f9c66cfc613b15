//! Explores all small worlds, and says what was found.

use std::process::ExitCode;
use std::time::Instant;

use statefulset_small_worlds::{Summary, all, explore, line};

/// The number after this word, if there is one.
fn number(word: &str) -> Option<usize> {
    let mut arguments = std::env::args().skip_while(|argument| argument != word);
    arguments.nth(1)?.parse().ok()
}

fn main() -> ExitCode {
    let size = number("--size").and_then(|size| u8::try_from(size).ok());
    let limit = number("--states").unwrap_or(20_000_000);
    let only = std::env::args()
        .skip_while(|argument| argument != "--only")
        .nth(1);
    let first = std::env::args().any(|argument| argument == "--first");
    let configurations = all(size.unwrap_or(1).max(1));
    let mut summary = Summary::default();
    println!("{}", Summary::head());
    let count = configurations.len();
    for (place, configuration) in configurations.iter().enumerate() {
        if only
            .as_ref()
            .is_some_and(|only| !configuration.name.contains(only))
        {
            continue;
        }
        let start = Instant::now();
        let report = explore(configuration, limit);
        println!("{}", line(&report));
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{} of {count}: {:.1} s", place + 1, seconds);
        if let Some(breach) = &report.breach {
            println!("\n{breach}");
        }
        let is_breach = report.breach.is_some();
        summary.add(report);
        if is_breach && first {
            break;
        }
    }
    println!(
        "{}\n\nWhere worlds end before everything is as it is desired:",
        summary.total()
    );
    print!("{}", summary.endings());
    if summary.breaches().is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
