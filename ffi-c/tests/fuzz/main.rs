//! Random bytes as records, text and JSON through every export: no crash, no panic, nothing written where it must not be.
//!
//! `make fuzz-c N=5000000` makes more calls than `make test`, `SEED=` other ones. Input lies in memory that cannot be
//! written to, between pages that cannot be touched; so does output, which is checked byte by byte.

mod clusters;
mod dice;
mod facts;
mod guarded;
mod json;
mod names;
mod verdict;

use std::env;

use dice::Dice;

fn number(name: &str, otherwise: u64) -> u64 {
    match env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name}={text}: expected a number")),
        Err(_) => otherwise,
    }
}

/// Says which seed failed.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("to see it again: make fuzz-c N=1 SEED={}", self.0);
        }
    }
}

#[test]
fn random_bytes_do_no_harm() {
    let (wanted, first) = (number("N", 20_000), number("SEED", 1));
    let mut facts = facts::Facts::new();
    let mut names = names::Names::new();
    let mut clusters = clusters::Clusters::new();
    let (mut calls, mut good, mut seed) = (0, 0, first);
    let mut told = 0;
    while calls < wanted {
        let current = Seed(seed);
        let dice = &mut Dice::new(current.0);
        let tally = match dice.below(8) {
            0 => names.round(dice),
            1 | 2 => clusters.round(dice),
            _ => facts.round(dice),
        };
        calls += tally.calls;
        good += tally.good;
        seed += 1;
        if calls / 500_000 > told {
            told = calls / 500_000;
            println!("{calls} calls, {good} of them good, up to SEED={seed}");
        }
    }
    println!("{calls} calls, {good} of them good, SEED={first} to {seed}");
    // Calls that are all refused at the door would prove little.
    assert!(wanted < 1_000 || good > calls / 10, "{good} of {calls}");
}
