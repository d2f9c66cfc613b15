//! A revision: which version of the pod template a pod was made from.

/// A version of the pod template, as a number of the caller's choice. The planner only compares two of them for equality.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Revision(pub u64);
