//! A revision: which version of the pod template a pod was made from.

/// An opaque name of a pod template's version. Compared for equality, nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Revision(pub u64);
