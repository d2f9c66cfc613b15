//! A property asked of many cases: they are thrown at random, and one that fails is made smaller.

use std::env;

use quickcheck::{Arbitrary, Gen, QuickCheck};

use crate::case::Case;
use crate::{random, shrink};

/// Asks `property` of many cases. `SEED` and `CASES` choose others, or more; what fails is shrunk and printed.
pub fn check<C: Arbitrary + std::fmt::Debug>(cases: u64, property: fn(C) -> Result<(), String>) {
    let number = |name| env::var(name).ok().map(|text| text.parse().expect(name));
    let (seed, cases) = (
        number("SEED").unwrap_or(1),
        number("CASES").unwrap_or(cases),
    );
    eprintln!("SEED={seed} CASES={cases}");
    QuickCheck::new()
        .rng(Gen::from_size_and_seed(8, seed))
        .tests(cases)
        .max_tests(cases)
        .quickcheck(property);
}

impl Arbitrary for Case {
    fn arbitrary(g: &mut Gen) -> Self {
        random::case(g)
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        Box::new(shrink::smaller(self).into_iter())
    }
}
