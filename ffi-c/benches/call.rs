//! What a plan costs in C and Go, beside the same plan in Rust: `make bench-ffi`.

use std::env;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use statefulset::{Claim, ClaimTemplate, Desired, Observed, Pod, Revision, plan};

const COUNTS: [u32; 3] = [3, 100, 1_000];
const RUNS: usize = 9;
const RUN: Duration = Duration::from_millis(30);

/// A program that prints what a call costs, for each number of pods in its arguments.
struct Language {
    name: &'static str,
    program: PathBuf,
    /// What a call may cost on top of the plan, in nanoseconds.
    budget: f64,
}

fn main() {
    let mut languages = vec![Language {
        name: "C",
        program: in_c(),
        budget: 100.0,
    }];
    // Who builds it knows how.
    if let Some(program) = env::var_os("CALL_IN_GO") {
        languages.push(Language {
            name: "Go",
            program: program.into(),
            budget: 200.0,
        });
    }
    println!("      pods     Rust ns      there    on top  on top, per pod");
    for language in languages {
        for (count, there) in COUNTS.into_iter().zip(language.nanoseconds()) {
            let name = language.name;
            let rust = in_rust(count);
            let top = there - rust;
            let per_pod = top / f64::from(count);
            let verdict = language.verdict(count, top);
            println!(
                "{name:<4} {count:>5} {rust:>11.1} {there:>10.1} {top:>9.1} {per_pod:>16.2}{verdict}"
            );
        }
    }
}

impl Language {
    fn nanoseconds(&self) -> Vec<f64> {
        let counts = COUNTS.map(|count| count.to_string());
        let output = Command::new(&self.program).args(counts).output();
        let output = output.expect("it was just built");
        assert!(output.status.success(), "{}", output.status);
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers = text.lines().map(|line| line.parse().expect("a number"));
        numbers.collect()
    }

    /// The budget is for a small set.
    fn verdict(&self, count: u32, top: f64) -> String {
        let budget = self.budget;
        match count {
            3 if top <= budget => format!("  (at most {budget}: yes)"),
            3 => format!("  (at most {budget}: NO)"),
            _ => String::new(),
        }
    }
}

/// Nanoseconds for the plan of a settled set with a claim for each pod.
fn in_rust(count: u32) -> f64 {
    let revision = Revision(1);
    let desired = Desired {
        templates: &[ClaimTemplate { name: "" }],
        ..Desired::new("", count, revision)
    };
    let pods: Vec<Pod> = (0..count).map(|i| Pod::running(i, revision)).collect();
    let claims: Vec<Claim> = (0..count).map(|i| Claim::bound(i, 0)).collect();
    let observed = Observed::pods(&pods).with_claims(&claims);
    let once = || {
        plan(
            black_box(&desired),
            black_box(&observed),
            black_box(1_000_000),
        )
    };
    assert!(once().is_ok_and(|plan| plan.actions.is_empty()));
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| time(|| drop(black_box(once()))))
        .collect();
    runs.sort_by(f64::total_cmp);
    runs[RUNS / 2]
}

/// Nanoseconds for one call.
fn time(mut call: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut calls = 0u32;
    while start.elapsed() < RUN {
        (0..16).for_each(|_| call());
        calls += 16;
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

/// The program in C.
fn in_c() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Cargo puts the archive of this build beside this program.
    let own = env::current_exe().expect("a program is a file");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("call");
    let compiled = Command::new("cc")
        .args(["-std=c99", "-O2", "-I"])
        .arg(folder.join("include"))
        .arg(folder.join("benches/call.c"))
        .arg(own.with_file_name("libstatefulset_c.a"))
        .args(["-lpthread", "-ldl", "-lm", "-o"])
        .arg(&program)
        .status();
    assert!(compiled.is_ok_and(|it| it.success()), "cc is needed");
    program
}
