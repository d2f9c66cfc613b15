//! Sets of words: the planner keeps bits, and Python sees a tuple.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use statefulset::{Gate, Gates};

use crate::error::Fault;
use crate::field::Field;
use crate::word::{Spelled, Word, parse};

/// A set of the planner's. By default it is empty.
pub(crate) trait Set: Copy + Default {
    /// What it is made of.
    type Member: Spelled;

    /// The same set and one more.
    fn and(self, member: Self::Member) -> Self;

    /// Whether the member is in it.
    fn has(self, member: Self::Member) -> bool;
}

impl Set for Gates {
    type Member = Gate;

    fn and(self, gate: Gate) -> Self {
        self.with(gate)
    }

    fn has(self, gate: Gate) -> bool {
        self.contains(gate)
    }
}

/// Sets of the planner's whose members are such sets themselves, each with one bit. Where the planner has a constant for
/// the set of all, it is named, and a member without a spelling fails to compile.
macro_rules! flags {
    ($name:ident $(, all of them $all:ident)? { $($flag:ident = $word:literal),+ $(,)? }) => {
        impl $crate::word::Spelled for $name {
            const ALL: &'static [Self] = &[$(Self::$flag),+];

            fn spelling(self) -> &'static str {
                match self {
                    $(Self::$flag => $word,)+
                    _ => $crate::word::UNKNOWN,
                }
            }
        }

        impl $crate::set::Set for $name {
            type Member = Self;

            fn and(self, member: Self) -> Self {
                self.with(member)
            }

            fn has(self, member: Self) -> bool {
                self.contains(member)
            }
        }

        $(const _: () = assert!($name::$all.bits().count_ones() as usize == <$name as $crate::word::Spelled>::ALL.len());)?
    };
}
pub(crate) use flags;

/// A set that Python sees as a tuple of words, in the planner's order and without repetitions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Words<S>(pub(crate) S);

impl<S: Set> Field<Vec<String>> for Words<S> {
    fn read(words: Vec<String>) -> Result<Self, Fault> {
        words
            .iter()
            .try_fold(S::default(), |set, word| {
                parse(word).map(|member| set.and(member))
            })
            .map(Self)
    }
}

impl<'py, S: Set> IntoPyObject<'py> for Words<S> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let members = S::Member::ALL.iter().copied();
        let members = members.filter(|&member| self.0.has(member)).map(Word);
        PyTuple::new(py, members.collect::<Vec<_>>())
    }
}
