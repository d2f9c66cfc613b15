//! The ways in which controllers of stateful sets are known to go wrong, each to be provoked.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! patterns {
    ($($name:ident $text:literal,)*) => {
        /// A way in which controllers of stateful sets are known to go wrong: S for a stale view, I for a state in
        /// between, U for what was not noticed, R for the logic of rollouts, L for lost nodes.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Pattern {
            $(#[doc = $text] $name,)*
        }

        impl Pattern {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What it is.
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

patterns! {
    S1 "an earlier set of the same name is seen, or has left things behind",
    S2 "the number of replicas is seen as it was before it grew",
    S3 "a claim is larger than the set asks for",
    S4 "a turn while a deletion of one's own has not been seen",
    S5 "a view torn between sets, pods and claims",
    S6 "a deletion meets the successor of its victim",
    S7 "a turn while the list of revisions is old",
    I1 "the controller dies between two calls",
    I2 "the set is changed while one of its pods is on its way out",
    I3 "the controller forgets calls that it does not see yet",
    I4 "a call fails and a later one of the same turn goes well",
    I5 "a set that is stuck gets out again",
    U1 "a change is never heard of",
    U2 "a moment is named at which to wake",
    U3 "a pod's readiness flaps in the middle of a rollout",
    R1 "a broken revision is mended",
    R2 "old pods that are broken or terminating, in the middle of a rollout",
    R3 "a partition, a first ordinal above 0, and holes",
    R4 "a pod below the partition dies in the middle of a rollout",
    R5 "a percentage that is nothing, or more unavailable than there is to update",
    R6 "the template changes before the first revision is complete",
    R7 "a partition that leaves nothing to update",
    R8 "the same template in other words",
    R9 "a lower ordinal is missing while a higher one is not ready",
    R10 "a pod's processes have ended for good",
    R11 "ordinals of two digits, names that end in digits",
    R12 "a pod is lost without anybody having asked for it",
    R13 "two sets in motion at the same time",
    R14 "a claim that is terminating or missing under its pod",
    R15 "a claim of an earlier incarnation is used again",
    R16 "a goal is reached, and nothing more is done",
    L1 "a pod on its way out, whose node no list shows",
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// How often each pattern was provoked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally(BTreeMap<Pattern, u64>);

impl Tally {
    /// None yet.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Once more.
    pub fn count(&mut self, pattern: Pattern) {
        *self.0.entry(pattern).or_default() += 1;
    }

    /// So often more.
    pub fn add(&mut self, other: &Self) {
        for (&pattern, times) in &other.0 {
            *self.0.entry(pattern).or_default() += times;
        }
    }

    /// How often.
    pub fn times(&self, pattern: Pattern) -> u64 {
        self.0.get(&pattern).copied().unwrap_or(0)
    }
}
