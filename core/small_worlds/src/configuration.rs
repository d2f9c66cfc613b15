//! What is fixed while a small world is explored: the kind of the set, its policies, and what may happen to it.

use statefulset::{
    Change, InPlace, Keep, Limit, Management, Millis, Overdue, PartitionBy, Paused, Profile,
    Purposes, Ranked, Repair, Retention, Rolling, Strategy, Ties,
};

/// A small world has ordinals below this number.
pub(crate) const SEATS: usize = 4;

/// The moment at which everything happens. What is said to have lasted long has lasted since 0.
pub(crate) const NOW: Millis = 1_000_000;

/// A pace, and a deadline. What is known to have been before that was so long ago.
pub(crate) const SPELL: Millis = 60_000;

/// A change of the set that somebody asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Ask {
    Scale(u8),
    /// A new template.
    Roll,
    /// The template of an earlier revision.
    Back,
    Partition(u8),
    Exclude(u8),
    Include(u8),
    /// Pauses what the configuration pauses, or ends that.
    Pause,
    /// A pod is to be replaced.
    Replace(u8),
    Delete,
    Orphan,
}

/// The update strategy, without the numbers that change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    /// `RollingUpdate` without a block.
    Blockless,
    /// `RollingUpdate` with a block, and this limit in it.
    Rolling(Option<Limit>),
    OnDelete,
    Recreate,
}

impl Way {
    pub(crate) const fn is_rolling(self) -> bool {
        matches!(self, Self::Blockless | Self::Rolling(_))
    }
}

/// What may happen to pods and claims without anybody having asked the controller for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Faults {
    /// A pod that was ready is not ready any more.
    pub(crate) unready: bool,
    /// The containers of a pod end.
    pub(crate) fail: bool,
    /// Somebody deletes a pod.
    pub(crate) delete: bool,
    /// Somebody deletes a claim.
    pub(crate) claims: bool,
}

/// A small world's settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Configuration {
    /// Its name.
    pub name: String,
    pub(crate) profile: Profile,
    pub(crate) management: Management,
    pub(crate) way: Way,
    /// The set's first ordinal. Everything else here counts from 0.
    pub(crate) start: u32,
    /// Whether the planner is given its lists backwards.
    pub(crate) backwards: bool,
    /// The replicas, partition and exclusions that it begins with.
    pub(crate) replicas: u8,
    pub(crate) partition: u8,
    pub(crate) excluded: u8,
    /// Whether everything is ready at the beginning; otherwise there are no pods yet.
    pub(crate) settled: bool,
    /// How many changes are asked for, at most, and which.
    pub(crate) changes: u8,
    pub(crate) asks: Vec<Ask>,
    /// How many revisions there are, at most 3.
    pub(crate) revisions: u8,
    /// Pods of this revision never become ready.
    pub(crate) broken: Option<u8>,
    pub(crate) faults: Faults,
    /// Whether there are two nodes that things may happen to.
    pub(crate) nodes: bool,
    /// Whether they may fall silent.
    pub(crate) outages: bool,
    /// Whether they may be drained.
    pub(crate) drains: bool,
    /// How many pods a disruption budget wants healthy.
    pub(crate) budget: Option<u8>,
    /// Whether each pod has a claim.
    pub(crate) claims: bool,
    pub(crate) retention: Retention,
    pub(crate) min_ready: Millis,
    pub(crate) repair: Option<Repair>,
    /// Whether some time must pass between two disruptions.
    pub(crate) paced: bool,
    /// What follows when the set waits for a pod for too long.
    pub(crate) deadline: Option<Overdue>,
    pub(crate) keep_claims: bool,
    pub(crate) stand_in_first: bool,
    pub(crate) partition_by: PartitionBy,
    /// What is paused while the set is paused.
    pub(crate) pauses: Paused,
    pub(crate) ranked: Ranked,
    pub(crate) ties: Ties,
    pub(crate) ranks: [u32; SEATS],
    pub(crate) scale_out_limit: Option<Limit>,
    pub(crate) scale_in_limit: Option<Limit>,
    /// Whether a rollout changes pods where they run.
    pub(crate) in_place: InPlace,
    /// How pods of other revisions get to each of the revisions.
    pub(crate) kinds: [Change; 3],
    /// For what a pod is asked before it goes.
    pub(crate) ask: Purposes,
    /// Whether the program never answers.
    pub(crate) mute: bool,
    /// What a pod that is held must not go for; where that is nothing, none is held.
    pub(crate) hold: Purposes,
    /// Whether the set shares its disruptions with another one, to which things happen.
    pub(crate) group: bool,
    /// How many things may happen while a plan is carried out. With 0 a plan is carried out at once, though not always
    /// to its end.
    pub(crate) lag: u8,
}

impl Configuration {
    /// Two pods at one revision, and a little of everything that may happen to pods.
    pub(crate) fn new(name: &str, management: Management, way: Way) -> Self {
        let order = match management {
            Management::OrderedReady => "ordered",
            _ => "parallel",
        };
        let way_word = match way {
            Way::Blockless => "rolling without a block".into(),
            Way::Rolling(None) => "rolling".into(),
            Way::Rolling(Some(Limit::Count(n))) => format!("rolling {n}"),
            Way::Rolling(Some(Limit::Percent(n))) => format!("rolling {n}%"),
            Way::Rolling(Some(limit)) => format!("rolling {limit:?}"),
            Way::OnDelete => "on delete".into(),
            Way::Recreate => "recreate".into(),
        };
        Self {
            name: format!("{name}, {order}, {way_word}"),
            profile: Profile {
                recreate: way == Way::Recreate,
                ..Profile::UPSTREAM
            },
            management,
            way,
            start: 0,
            backwards: false,
            replicas: 2,
            partition: 0,
            excluded: 0,
            settled: false,
            changes: 2,
            asks: vec![Ask::Roll],
            revisions: 2,
            broken: None,
            faults: Faults {
                unready: true,
                fail: true,
                delete: false,
                claims: false,
            },
            nodes: false,
            outages: false,
            drains: false,
            budget: None,
            claims: false,
            retention: Retention::RETAIN,
            min_ready: 0,
            repair: None,
            paced: false,
            deadline: None,
            keep_claims: false,
            stand_in_first: false,
            partition_by: PartitionBy::Rank,
            pauses: Paused::NOTHING,
            ranked: Ranked::Off,
            ties: Ties::HighestFirst,
            ranks: [0; SEATS],
            scale_out_limit: None,
            scale_in_limit: None,
            in_place: InPlace::Off,
            kinds: [Change::Recreate; 3],
            ask: Purposes::NONE,
            mute: false,
            hold: Purposes::NONE,
            group: false,
            lag: 0,
        }
    }

    pub(crate) fn is_ordered(&self) -> bool {
        self.management == Management::OrderedReady
    }

    /// Whether it matters for how long a pod has been ready or not ready.
    pub(crate) fn ages(&self) -> bool {
        self.min_ready > 0
            || self.deadline.is_some()
            || self.repair.is_some_and(|repair| repair.after > 0)
    }

    pub(crate) fn strategy(&self, partition: u8) -> Strategy {
        match self.way {
            Way::Blockless => Strategy::RollingUpdate(None),
            Way::Rolling(max_unavailable) => Strategy::RollingUpdate(Some(Rolling {
                partition: u32::from(partition),
                max_unavailable,
            })),
            Way::OnDelete => Strategy::OnDelete,
            Way::Recreate => Strategy::Recreate,
        }
    }

    pub(crate) fn keeps_scaled(&self) -> bool {
        self.retention.when_scaled == Keep::Retain
    }

    /// Upstream's own loop (rule U-7): a run without an end is no news there.
    pub(crate) fn may_loop(&self) -> bool {
        !self.is_ordered() && self.way == Way::Blockless && self.profile.max_unavailable
    }
}
