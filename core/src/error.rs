//! Errors: broken contracts, never states of a cluster.

use thiserror::Error;

use crate::all::all;

/// The input breaks the contract. Retrying cannot help.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{list}[{index}].{field}: {problem}")]
#[non_exhaustive]
pub struct PlanError {
    /// Which argument.
    pub list: List,
    /// Index within it; 0 for `desired`.
    pub index: usize,
    /// Which field.
    pub field: &'static str,
    /// What was expected.
    pub problem: Problem,
}

/// An argument of [`plan`](crate::plan()).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum List {
    /// The desired set.
    Desired,
    /// `observed.pods`
    Pods,
    /// `observed.claims`
    Claims,
    /// `observed.volumes`
    Volumes,
    /// `observed.reach`
    Reach,
}

all!(
    /// All values.
    List {
        Desired,
        Pods,
        Claims,
        Volumes,
        Reach,
    }
);

impl core::fmt::Display for List {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Desired => "desired",
            Self::Pods => "pods",
            Self::Claims => "claims",
            Self::Volumes => "volumes",
            Self::Reach => "reach",
        })
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Error)]
#[non_exhaustive]
pub enum Problem {
    /// Too large.
    #[error("must be at most 2147483647")]
    TooLarge,
    /// `start + replicas − 1` too large.
    #[error("start + replicas - 1 must be at most 2147483647")]
    Overflow,
    /// Below 0.
    #[error("must not be negative")]
    Negative,
    /// Refers to an entry that is not there, or to a list that is not known.
    #[error("refers to an entry that does not exist")]
    NoSuchEntry,
    /// A reserved field is in use.
    #[error("is reserved and must be 0")]
    Reserved,
    /// Two entries claim the same name.
    #[error("two entries have the same ordinal and template")]
    Duplicate,
    /// Too many entries.
    #[error("a list may have at most 4294967294 entries")]
    TooMany,
}

all!(
    /// All values.
    Problem {
        TooLarge,
        Overflow,
        Negative,
        NoSuchEntry,
        Reserved,
        Duplicate,
        TooMany,
    }
);
