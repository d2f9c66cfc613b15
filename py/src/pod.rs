//! A pod as observed.

use statefulset::{Phase, Revision};

use crate::field::Int;
use crate::value::value_class;
use crate::word::Word;

value_class! {
    /// One pod of the set, as last seen. Actions name it by its index in the list.
    Pod in "pods" {
        /// Ordinal in its name.
        ordinal: Int => u32,
        /// The revision that it was made from: a number of the caller's, compared for equality only.
        revision: Int => u64,
        /// Where it is in its life.
        phase: &str = "Running" => Word<Phase>,
        /// Whether it says that it is ready.
        ready: bool = false => bool,
        /// When `ready` last changed, in milliseconds since the Unix epoch; None if it does not say.
        ready_since_ms: Option<Int> = None => Option<i64>,
        /// Since when it is terminating, in milliseconds since the Unix epoch; None if it is not.
        terminating_since_ms: Option<Int> = None => Option<i64>,
        /// Whether its name and identity label are as they should be.
        identity: bool = true => bool,
        /// Whether its volumes refer to the claims that they should refer to.
        storage: bool = true => bool,
    }
}

impl Pod {
    pub(crate) const fn fact(&self) -> statefulset::Pod {
        statefulset::Pod {
            ordinal: self.ordinal,
            phase: self.phase.0,
            ready: self.ready,
            identity: self.identity,
            storage: self.storage,
            hold: 0,
            rank: 0,
            revision: Revision(self.revision),
            ready_since: self.ready_since_ms,
            terminating_since: self.terminating_since_ms,
            node: None,
            budget: None,
        }
    }
}
