//! What a set may ask for beyond Kubernetes: ordinals without a pod, ranks, pauses, limits and groups.

use statefulset::{
    Keep, Limit, Management, PartitionBy, Paused, Profile, Ranked, Repair, Ties, Version,
};

use super::{BOTH, List, ROLLING, TWO};
use crate::configuration::{Ask, Way};

impl List {
    pub(super) fn exclusions(&mut self) {
        for management in BOTH {
            for stand_in_first in [false, true] {
                let name = if stand_in_first {
                    "exclusion, stand-in first"
                } else {
                    "exclusion"
                };
                self.add(name, management, ROLLING, |c| {
                    c.stand_in_first = stand_in_first;
                    c.changes = 3;
                    c.asks = vec![
                        Ask::Exclude(0),
                        Ask::Exclude(1),
                        Ask::Include(0),
                        Ask::Include(1),
                        Ask::Scale(1),
                        Ask::Roll,
                    ];
                    c.faults.fail = false;
                });
            }
            self.add(
                "exclusion, stand-in first",
                management,
                Way::Blockless,
                |c| {
                    c.stand_in_first = true;
                    c.asks = vec![Ask::Exclude(0), Ask::Exclude(1), Ask::Roll];
                },
            );
            for partition_by in [PartitionBy::Rank, PartitionBy::Ordinal] {
                self.add(
                    &format!("exclusion, partition by {partition_by:?}"),
                    management,
                    ROLLING,
                    |c| {
                        c.partition_by = partition_by;
                        c.partition = 2;
                        c.asks = vec![
                            Ask::Exclude(0),
                            Ask::Include(0),
                            Ask::Partition(1),
                            Ask::Roll,
                        ];
                    },
                );
            }
            for keep_claims in [false, true] {
                for profile in [Profile::UPSTREAM, Profile::STANDALONE] {
                    let name = match (keep_claims, profile.bind_claims) {
                        (false, false) => "exclusion with claims",
                        (true, false) => "exclusion that keeps claims",
                        (false, true) => "exclusion with claims, STANDALONE",
                        (true, true) => "exclusion that keeps claims, STANDALONE",
                    };
                    self.add(name, management, ROLLING, |c| {
                        c.profile = profile;
                        c.keep_claims = keep_claims;
                        c.claims = true;
                        c.retention.when_scaled = Keep::Delete;
                        c.replicas = 1;
                        c.asks = vec![Ask::Exclude(0), Ask::Include(0), Ask::Scale(2)];
                        c.revisions = 1;
                        c.faults.fail = false;
                    });
                }
            }
        }
    }

    pub(super) fn ranks(&mut self) {
        for management in BOTH {
            for ranked in [Ranked::Order, Ranked::Tiers] {
                for ties in [Ties::HighestFirst, Ties::LowestFirst] {
                    for (name, profile) in [
                        ("", Profile::UPSTREAM),
                        (" KRUISE", Profile::KRUISE),
                        (" 1.33", Profile::upstream(Version::V1_33)),
                        (" 1.38", Profile::upstream(Version::V1_38)),
                    ] {
                        self.add(
                            &format!("ranks {ranked:?}, {ties:?}{name}"),
                            management,
                            if name == " 1.33" { ROLLING } else { TWO },
                            |c| {
                                c.profile = profile;
                                c.ranked = ranked;
                                c.ties = ties;
                                c.ranks = [0, 1, 0, 1];
                                c.replicas = 3;
                                c.asks = vec![Ask::Roll, Ask::Partition(1), Ask::Scale(2)];
                                c.faults.fail = false;
                            },
                        );
                    }
                }
            }
        }
    }

    pub(super) fn pauses(&mut self) {
        let kinds = [
            ("creation", Paused::CREATION),
            ("scale-in", Paused::SCALE_IN),
            ("rollout", Paused::ROLLOUT),
            ("repair", Paused::REPAIR),
            ("replacement", Paused::REPLACEMENT),
            (
                "all but creation",
                Paused::SCALE_IN
                    .with(Paused::ROLLOUT)
                    .with(Paused::REPAIR)
                    .with(Paused::REPLACEMENT),
            ),
            ("all", Paused::ALL),
        ];
        for (name, pauses) in kinds {
            for management in BOTH {
                for way in [Way::Blockless, ROLLING, Way::Recreate] {
                    self.add(&format!("pause {name}"), management, way, |c| {
                        c.pauses = pauses;
                        c.changes = 3;
                        c.asks = vec![Ask::Pause, Ask::Roll, Ask::Scale(1)];
                        c.repair = (way == ROLLING).then_some(Repair::after(0));
                        c.claims = way == Way::Recreate;
                    });
                }
            }
        }
        for management in BOTH {
            self.add("pause all, STANDALONE", management, ROLLING, |c| {
                c.profile = Profile::STANDALONE;
                c.pauses = Paused::ALL;
                c.nodes = true;
                c.drains = true;
                c.replicas = 1;
                c.asks = vec![Ask::Pause, Ask::Scale(2), Ask::Delete];
                c.revisions = 1;
            });
        }
    }

    pub(super) fn limits(&mut self) {
        for version in [Version::V1_33, Version::LATEST, Version::V1_38] {
            for (name, out, into) in [
                ("out", Some(Limit::Count(1)), None),
                ("in", None, Some(Limit::Count(1))),
                (
                    "out and in",
                    Some(Limit::Percent(50)),
                    Some(Limit::Percent(50)),
                ),
            ] {
                self.add(
                    &format!("scale {name}, {version}"),
                    Management::Parallel,
                    ROLLING,
                    |c| {
                        c.profile = Profile::upstream(version);
                        c.scale_out_limit = out;
                        c.scale_in_limit = into;
                        c.asks = vec![Ask::Scale(0), Ask::Scale(3), Ask::Roll];
                    },
                );
            }
        }
        self.add("scale in", Management::Parallel, Way::Blockless, |c| {
            c.scale_in_limit = Some(Limit::Count(1));
            c.asks = vec![Ask::Scale(1), Ask::Scale(3), Ask::Roll];
        });
        self.add("scale out, paused", Management::Parallel, ROLLING, |c| {
            c.scale_out_limit = Some(Limit::Count(1));
            c.pauses = Paused::CREATION;
            c.asks = vec![Ask::Scale(1), Ask::Scale(3), Ask::Pause, Ask::Roll];
        });
    }

    pub(super) fn groups(&mut self) {
        for management in BOTH {
            for way in [Way::Blockless, ROLLING, TWO, Way::Recreate] {
                self.add("ZONES", management, way, |c| {
                    c.profile = Profile::ZONES;
                    c.group = true;
                    c.asks = vec![Ask::Scale(1), Ask::Roll];
                    c.repair = (way == TWO).then_some(Repair::after(0));
                });
            }
        }
    }
}
