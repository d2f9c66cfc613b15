//! What a pod goes for, and what it has been told about it.

use crate::all::all;
use crate::bits::bits;

/// What pods go for, as a set: to be out of the set's way for good, or to come back changed, repaired or on another node.
/// The deletion of the whole set and the loss of a node are none of these.
/// ```
/// use statefulset::Purposes;
///
/// let careful = Purposes::SCALE_IN.with(Purposes::ROLLOUT);
/// assert!(careful.contains(Purposes::ROLLOUT) && !careful.contains(Purposes::DRAIN));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Purposes(u8);

impl Purposes {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// The pod's ordinal is not desired (rules [D](crate::rules#D-1)).
    pub const SCALE_IN: Self = Self(1);
    /// The pod is replaced by one of the update revision (rules [U](crate::rules#U-1)), or because
    /// [somebody asks for it](crate::Pod::replace).
    pub const ROLLOUT: Self = Self(1 << 1);
    /// The pod is replaced because it has ended (rule [R-1](crate::rules#R-1)) or is broken (rules [F](crate::rules#F-1)).
    pub const REPAIR: Self = Self(1 << 2);
    /// The pod's node is being drained (rules [N](crate::rules#N-1)).
    pub const DRAIN: Self = Self(1 << 3);
    /// All of them.
    pub const ALL: Self = Self((1 << 4) - 1);

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

bits!(
    /// ```
    /// use statefulset::Purposes;
    ///
    /// assert_eq!(Purposes::from_bits(0b101), Some(Purposes::SCALE_IN.with(Purposes::REPAIR)));
    /// assert_eq!(Purposes::from_bits(0b1_0000), None);
    /// ```
    Purposes
);

/// What a pod is asked to prepare for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Departure {
    /// It goes and comes back under the same name with the same claims: it hands over what it leads, say.
    #[default]
    Restart,
    /// It goes and does not come back: its data move elsewhere, say.
    Leave,
}

all!(
    /// All values.
    Departure {
        Restart,
        Leave,
    }
);

impl Departure {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Leave => "leave",
        }
    }
}

/// What has been said between the caller's program and a pod about its end (rules [J](crate::rules#J-1)). The caller keeps
/// it: [`Do::Prepare`](crate::Do::Prepare) and [`Do::CancelPrepare`](crate::Do::CancelPrepare) ask for the changes that
/// the planner wants, and the answers are the program's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Prepared {
    /// Nothing.
    #[default]
    No,
    /// It was asked to prepare for a restart, and has not answered.
    AskedToRestart,
    /// It is prepared for a restart.
    MayRestart,
    /// It was asked to prepare for its end, and has not answered.
    AskedToLeave,
    /// It is prepared for its end.
    MayLeave,
    /// It was told that it stays, and is not back in service yet.
    Returning,
}

all!(
    /// All values.
    Prepared {
        No,
        AskedToRestart,
        MayRestart,
        AskedToLeave,
        MayLeave,
        Returning,
    }
);

impl Prepared {
    /// What the pod was asked to prepare for, answered or not.
    pub const fn asked(self) -> Option<Departure> {
        match self {
            Self::AskedToRestart | Self::MayRestart => Some(Departure::Restart),
            Self::AskedToLeave | Self::MayLeave => Some(Departure::Leave),
            Self::No | Self::Returning => None,
        }
    }

    /// What the pod is prepared for.
    pub const fn may(self) -> Option<Departure> {
        match self {
            Self::MayRestart => Some(Departure::Restart),
            Self::MayLeave => Some(Departure::Leave),
            Self::No | Self::AskedToRestart | Self::AskedToLeave | Self::Returning => None,
        }
    }
}
