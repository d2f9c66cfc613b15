//! What the calls cost in Rust: nanoseconds of a plan for three pods, and of a pod's JSON taken in. The pod is in the file
//! that is named first.

use std::env;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use statefulset::kubernetes::{Cluster, Kind};
use statefulset::{Desired, Observed, Pod, Profile, Revision, plan};

/// The best of many rounds: what else the machine does only adds to it.
fn nanoseconds(calls: u32, mut call: impl FnMut()) -> f64 {
    let mut round = || {
        let begin = Instant::now();
        (0..calls).for_each(|_| call());
        begin.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
    };
    (0..50).map(|_| round()).fold(f64::INFINITY, f64::min)
}

fn main() {
    // Cargo adds a flag of its own.
    let path = env::args().skip(1).find(|it| !it.starts_with("--"));
    let json = fs::read(path.expect("a file with a pod")).expect("a pod");
    let web = Desired {
        current: Revision(1),
        ..Desired::new("web", 3, Revision(2))
    };
    let pods = [0, 1, 2].map(|ordinal| Pod::running(ordinal, Revision(1)));
    let observed = Observed::pods(&pods);
    let planning = nanoseconds(1_000, || {
        let _ = black_box(plan(black_box(&web), black_box(&observed), 0));
    });
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let taking = nanoseconds(1_000, || {
        cluster.apply(Kind::Pod, black_box(&json)).expect("a pod");
    });
    println!("{planning} {taking}");
}
