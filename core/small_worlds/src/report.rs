//! What was found, as text.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::ending::Final;
use crate::explore::Report;

/// One line about one configuration.
pub fn line(report: &Report) -> String {
    let found = match (&report.breach, report.loops) {
        (Some(_), _) => "BREACH".to_string(),
        (None, 0) => "ok".to_string(),
        (None, loops) => format!("ok, but for U-7 ({loops} states)"),
    };
    format!(
        "{:56} {:>9} {:>11} {:>4} {:>9}  {:5}  {found}",
        report.name,
        report.states,
        report.transitions,
        report.depth,
        report.merged,
        if report.whole { "whole" } else { "cut" },
    )
}

/// All configurations together.
#[derive(Debug, Default)]
pub struct Summary {
    states: usize,
    transitions: u64,
    configurations: usize,
    cut: usize,
    breaches: Vec<String>,
    finals: BTreeSet<Final>,
}

impl Summary {
    /// The columns of the lines.
    pub fn head() -> String {
        format!(
            "{:56} {:>9} {:>11} {:>4} {:>9}  {:5}  found",
            "configuration", "states", "steps", "deep", "merged", ""
        )
    }

    /// Counts one configuration in.
    pub fn add(&mut self, report: Report) {
        self.states += report.states;
        self.transitions += report.transitions;
        self.configurations += 1;
        self.cut += usize::from(!report.whole);
        self.breaches.extend(report.breach);
        self.finals.extend(report.finals);
    }

    /// What must not be, each with the way there.
    pub fn breaches(&self) -> &[String] {
        &self.breaches
    }

    /// Whether every state of every configuration was seen.
    pub const fn is_whole(&self) -> bool {
        self.cut == 0
    }

    /// Why worlds end before everything is as it is desired.
    pub fn endings(&self) -> String {
        let mut text = String::new();
        for (order, gate, cause) in &self.finals {
            let _ = writeln!(text, "{order:8}  {:18}  {cause}", gate.slug());
        }
        text
    }

    /// All of it in one line.
    pub fn total(&self) -> String {
        format!(
            "{} configurations, {} states, {} steps; {} cut; {} breaches",
            self.configurations,
            self.states,
            self.transitions,
            self.cut,
            self.breaches.len()
        )
    }
}
