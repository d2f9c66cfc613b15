//! Errors: input that breaks the contract. No state of a cluster is an error.

use thiserror::Error;

use crate::all::all;

/// The input breaks the contract (rule [I-1](crate::rules#I-1)), and nothing was planned. Trying again with the same input gives the same error.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{list}[{index}].{field}: {problem}")]
#[non_exhaustive]
pub struct PlanError {
    /// Which argument is wrong.
    pub list: List,
    /// The index of the entry in the list; 0 for `desired`.
    pub index: usize,
    /// Which field of the entry is wrong.
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
    /// `desired.policies.excluded`
    Excluded,
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
        Excluded,
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
            Self::Excluded => "excluded",
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
    /// The number is larger than 2³¹−1.
    #[error("must be at most 2147483647")]
    TooLarge,
    /// The last desired ordinal is larger than 2³¹−1.
    #[error("the last desired ordinal must be at most 2147483647")]
    Overflow,
    /// The range ends before it begins.
    #[error("must not be below the first ordinal of the range")]
    EmptyRange,
    /// The range does not begin after the end of the one before it in the list.
    #[error("must be above the last ordinal of the range before it")]
    Disorder,
    /// A limit of 0, or of more than 100 percent.
    #[error("must be at least 1, and at most 100 percent")]
    NoLimit,
    /// The number is below 0.
    #[error("must not be negative")]
    Negative,
    /// The index refers to an entry that does not exist, or to a list that is not known.
    #[error("refers to an entry that does not exist")]
    NoSuchEntry,
    /// A reserved field has another value than its constructor gives it.
    #[error("is reserved and must be 0")]
    Reserved,
    /// Two claims have the same ordinal and template.
    #[error("two entries have the same ordinal and template")]
    Duplicate,
    /// The feature gate is on, and the profile's version of Kubernetes does not have it.
    #[error("is on, and the profile's version of Kubernetes does not have this feature gate")]
    NoSuchGate,
    /// The list has too many entries.
    #[error("a list may have at most 4294967294 entries")]
    TooMany,
}

all!(
    /// All values.
    Problem {
        TooLarge,
        Overflow,
        EmptyRange,
        Disorder,
        NoLimit,
        Negative,
        NoSuchEntry,
        Reserved,
        Duplicate,
        NoSuchGate,
        TooMany,
    }
);
