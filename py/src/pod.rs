//! A pod as observed.

use statefulset::{Change, Phase, Prepared, Purposes, Revision};

use crate::field::{Int, NO_NAMES, ZERO};
use crate::moment::{Moment, When};
use crate::set::{Words, flags};
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    /// One pod of the set, as the caller last saw it. Actions refer to it by its index in the list.
    Pod in "pods" {
        /// Ordinal in its name, from 0 to `MAX_ORDINAL`, or `NO_ORDINAL` if the digits there exceed that.
        ordinal: Int => u32,
        /// The revision that it was created from: a number of the caller's, which the planner only compares.
        revision: Int => u64,
        /// The pod's phase.
        phase: &str = "Running" => Word<Phase>,
        /// Whether it is ready.
        ready: bool = false => bool,
        /// When `ready` last changed; None if that is not known.
        ready_since: Option<When> = None => Option<Moment>,
        /// Since when it is terminating; None if it is not.
        terminating_since: Option<When> = None => Option<Moment>,
        /// Whether its name and its identity label are right.
        identity: bool = true => bool,
        /// Whether its volumes refer to the right claims.
        storage: bool = true => bool,
        /// Index of its node in `Observed.nodes`.
        node: Option<Int> = None => Option<u32>,
        /// Index in `Observed.budgets` of the disruption budget that covers it.
        budget: Option<Int> = None => Option<u32>,
        /// Its place in a rollout, lowest first, if `Policies.ranked` says so.
        rank: Int = ZERO => u32,
        /// For which purposes it must not go now. Where it would go for one of them, it gets a `Wait` with "held" among the
        /// gates.
        hold: Vec<String> = NO_NAMES => Words<Purposes>,
        /// Whether it is to be replaced although nothing else asks for it.
        replace: bool = false => bool,
        /// What was said to it about its end, where `Policies.ask` asks. "no": nothing. "asked-to-restart", "asked-to-leave":
        /// it was asked to prepare, and has not answered. "may-restart", "may-leave": it is prepared. "returning": it was
        /// told that it stays, and is not back in service yet. Keep it: a `Prepare` and a `CancelPrepare` say what it
        /// becomes, and the answers are your own.
        prepared: &str = "no" => Word<Prepared>,
        /// How it gets to the update revision, where `Policies.in_place` allows more than one way: it has to be made again
        /// ("recreate"), it can be changed where it runs ("in-place"), or it only gets other labels and annotations ("nothing").
        change: &str = "recreate" => Word<Change>,
        /// Whether it was changed where it runs, and its containers do not run yet as they were told to.
        changing: bool = false => bool,
    }
}

impl Pod {
    pub(crate) fn fact(&self) -> statefulset::Pod {
        statefulset::Pod {
            ordinal: self.ordinal,
            phase: self.phase.0,
            ready: self.ready,
            identity: self.identity,
            storage: self.storage,
            revision: Revision(self.revision),
            ready_since: self.ready_since.map(|moment| moment.0),
            terminating_since: self.terminating_since.map(|moment| moment.0),
            node: self.node,
            budget: self.budget,
            rank: self.rank,
            hold: self.hold.0,
            replace: self.replace,
            prepared: self.prepared.0,
            // Reserved.
            change: self.change.0,
            changing: self.changing,
        }
    }
}

flags!(Purposes, all of them ALL {
    SCALE_IN = "scale-in",
    ROLLOUT = "rollout",
    REPAIR = "repair",
    DRAIN = "drain",
});
spelled!(planner Change { Recreate = "recreate", InPlace = "in-place", Nothing = "nothing" });
spelled!(planner Prepared {
    No = "no",
    AskedToRestart = "asked-to-restart",
    MayRestart = "may-restart",
    AskedToLeave = "asked-to-leave",
    MayLeave = "may-leave",
    Returning = "returning",
});
