//! For each pattern a world that provokes it on purpose.

use super::case::Case;
use super::manifest::Manifest;
use super::pattern::Pattern;
use super::step::Step;

/// A world that provokes a pattern.
#[derive(Debug)]
pub struct Named {
    /// The pattern.
    pub pattern: Pattern,
    /// What is done, in words.
    pub text: &'static str,
    /// Its set `web`, made from a plain one.
    set: fn(&mut Manifest),
    /// What happens.
    steps: fn() -> Vec<Step>,
}

impl Named {
    /// The world, under one of the two profiles.
    pub fn case(&self, upstream: bool) -> Case {
        let mut set = Manifest::plain("web");
        (self.set)(&mut set);
        Case {
            seed: 1,
            upstream,
            nodes: 3,
            sets: vec![
                set,
                Manifest {
                    replicas: 1,
                    ..Manifest::plain("db-2")
                },
            ],
            steps: (self.steps)(),
        }
    }
}
/// One for each pattern.
pub const NAMED: &[Named] = &[];
