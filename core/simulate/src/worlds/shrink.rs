//! A failing world made smaller: fewer steps, fewer and simpler sets, simpler values.

use super::case::{Case, Failure};
use super::pattern::Tally;

/// So many worlds are tried.
const TRIES: u32 = 300;

/// The smallest world to be found that breaks the same promise.
pub fn shrink(failure: Box<Failure>) -> Box<Failure> {
    let mut smallest = failure;
    let mut tries = TRIES;
    while let Some(smaller) = step(&smallest, &mut tries) {
        smallest = smaller;
    }
    smallest
}

fn step(failure: &Failure, tries: &mut u32) -> Option<Box<Failure>> {
    candidates(&failure.case).find_map(|case| {
        *tries = tries.checked_sub(1)?;
        let smaller = case.run(&mut Tally::default()).err()?;
        (smaller.breach.promise == failure.breach.promise).then_some(smaller)
    })
}

/// Smaller worlds, the smallest first.
fn candidates(case: &Case) -> impl Iterator<Item = Case> {
    let count = case.steps.len();
    let halves =
        std::iter::successors(Some(count.div_ceil(2)), |&n| (n > 1).then(|| n.div_ceil(2)));
    let fewer = halves.flat_map(move |size| {
        (0..count).step_by(size.max(1)).rev().map(move |from| {
            let mut smaller = case.clone();
            smaller.steps.drain(from..(from + size).min(count));
            smaller
        })
    });
    let with = move |change: &dyn Fn(&mut Case)| {
        let mut smaller = case.clone();
        change(&mut smaller);
        smaller
    };
    let sets = (0..case.sets.len()).flat_map(move |i| {
        let without = (case.sets.len() > 1).then(|| {
            with(&|case| {
                case.sets.remove(i);
            })
        });
        let simpler = case.sets[i].simpler().into_iter();
        without
            .into_iter()
            .chain(simpler.map(move |set| with(&|case| case.sets[i] = set.clone())))
    });
    let steps = (0..count).flat_map(move |i| {
        let simpler = case.steps[i].simpler().into_iter();
        simpler.map(move |step| with(&|case| case.steps[i] = step.clone()))
    });
    let nodes = (case.nodes > 1).then(|| with(&|case| case.nodes -= 1));
    fewer
        .filter(move |smaller| smaller != case)
        .chain(sets)
        .chain(steps)
        .chain(nodes)
}
