//! Cases for the planner: a set and the world that it is planned for, and the text form in which C, Go and Python are asked
//! the same (see the README beside this crate).

mod broken;
mod case;
mod check;
mod random;
mod random_policies;
mod shrink;
#[cfg(feature = "stories")]
mod stories;
mod text;
mod trace;

use quickcheck::{Arbitrary, Gen};
use statefulset::Outcome;

pub use case::{Case, NOW};
pub use check::check;
#[cfg(feature = "stories")]
pub use stories::stories;
pub use text::write;
pub use trace::{TRACES, Trace};

/// The program of the README on the front page is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// So many random cases keep the contract.
const RANDOM: usize = 3000;
/// So many break it.
const BROKEN: usize = 500;

/// The worked traces, and random cases of which some break the contract: always the same text.
pub fn text() -> String {
    let mut out = String::new();
    for trace in TRACES {
        let case = Case::drawn(trace.settings, trace.snapshot);
        write(
            &mut out,
            trace.name,
            &case.desired,
            &case.observed(),
            case.now,
        );
    }
    let mut g = Gen::from_size_and_seed(8, 1);
    for i in 0..RANDOM {
        let case = Case::arbitrary(&mut g);
        let name = format!("random {i}");
        write(&mut out, &name, &case.desired, &case.observed(), case.now);
    }
    for i in 0..BROKEN {
        let mut case = Case::arbitrary(&mut g);
        broken::break_contract(&mut case, &mut g);
        let name = format!("broken {i}");
        write(&mut out, &name, &case.desired, &case.observed(), case.now);
    }
    out
}

/// What may become of the actions of a plan: all is done; then, where there is something to do, whatever comes.
fn courses(actions: usize) -> Vec<Vec<Outcome>> {
    const OUTCOMES: [Outcome; 5] = [
        Outcome::Done,
        Outcome::NotFound,
        Outcome::Failed,
        Outcome::AlreadyExists,
        Outcome::NotTried,
    ];
    let done = vec![Outcome::Done; actions];
    let mixed = (0..actions).map(|i| OUTCOMES[(i * 7 + actions) % OUTCOMES.len()]);
    match actions {
        0 => vec![done],
        _ => vec![done, mixed.collect()],
    }
}
