//! Words: enumerations of the planner as Python sees them, strings out of a fixed list.

use std::convert::Infallible;

use pyo3::prelude::*;
use pyo3::types::PyString;
use statefulset::kubernetes::{CauseName, Effect, Fate, Verdict, Weight};
use statefulset::{
    Binding, ClaimPhase, Deletion, Gate, Keep, Management, NodeState, OwnerRef, Phase, Progress,
    Reason, VolumeMode, VolumePhase,
};

use crate::error::Fault;

/// An enumeration that is spelled.
pub(crate) trait Spelled: Copy + 'static {
    /// Every value.
    const ALL: &'static [Self];

    /// What Python calls it.
    fn spelling(self) -> &'static str;
}

/// A variant without a spelling fails to compile. Enumerations of the planner say so first: they may grow, so that a
/// `match` on one of them needs a wildcard, and the lengths are compared instead.
macro_rules! spelled {
    (planner $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $crate::word::Spelled for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn spelling(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                    _ => $crate::word::UNKNOWN,
                }
            }
        }

        const _: () = assert!($name::ALL.len() == [$($word),+].len());
    };
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $crate::word::Spelled for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn spelling(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}
pub(crate) use spelled;

/// Stands for a value that came with a later planner than this module was written for.
pub(crate) const UNKNOWN: &str = "unknown";

// As the Kubernetes API spells them, where it has them.
spelled!(planner Management { OrderedReady = "OrderedReady", Parallel = "Parallel" });
spelled!(planner Keep { Retain = "Retain", Delete = "Delete" });
spelled!(planner Phase {
    Pending = "Pending",
    Running = "Running",
    Succeeded = "Succeeded",
    Failed = "Failed",
    Unknown = "Unknown",
});
spelled!(planner Binding {
    Immediate = "Immediate",
    WaitForFirstConsumer = "WaitForFirstConsumer",
});
spelled!(planner VolumeMode { Filesystem = "Filesystem", Block = "Block" });
spelled!(planner VolumePhase {
    Pending = "Pending",
    Available = "Available",
    Bound = "Bound",
    Released = "Released",
    Failed = "Failed",
});
spelled!(planner ClaimPhase { Pending = "Pending", Bound = "Bound", Lost = "Lost" });
spelled!(planner Deletion { No = "no", WithPods = "with-pods", Orphan = "orphan" });
spelled!(planner OwnerRef {
    Absent = "absent",
    Controller = "controller",
    Plain = "plain",
    OtherUid = "other-uid",
});
spelled!(planner NodeState {
    Ready = "ready",
    NotReady = "not-ready",
    Unreachable = "unreachable",
    Fenced = "fenced",
    Gone = "gone",
});
spelled!(planner Progress {
    Deleting = "deleting",
    Creating = "creating",
    Completed = "completed",
    Advancing = "advancing",
    Overdue = "overdue",
    Arrived = "arrived",
});

/// Those that the planner itself spells.
macro_rules! slugs {
    ($($name:ident),+ $(,)?) => {
        $(impl Spelled for $name {
            const ALL: &'static [Self] = &Self::ALL;

            fn spelling(self) -> &'static str {
                self.slug()
            }
        })+
    };
}
slugs!(Reason, Gate, CauseName, Weight, Verdict, Fate, Effect);

/// The value that `text` spells, or what was expected.
pub(crate) fn parse<T: Spelled>(text: &str) -> Result<T, Fault> {
    T::ALL
        .iter()
        .copied()
        .find(|value| value.spelling() == text)
        .ok_or_else(|| {
            let words: Vec<_> = T::ALL.iter().map(|value| value.spelling()).collect();
            let problem = format!("must be one of {}, not {text:?}", words.join(", "));
            Fault::new("unknown-word", problem)
        })
}

/// A value that Python sees as a string.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Word<T>(pub(crate) T);

impl<'py, T: Spelled> IntoPyObject<'py> for Word<T> {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        self.0.spelling().into_pyobject(py)
    }
}
