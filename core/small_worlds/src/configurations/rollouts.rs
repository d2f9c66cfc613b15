//! How pods are replaced: strategies, limits, versions of Kubernetes, and revisions that do not start.

use statefulset::{Keep, Limit, Profile, Version};

use super::{BOTH, List, ROLLING, TWO, WAYS};
use crate::configuration::{Ask, Way};

impl List {
    pub(super) fn strategies(&mut self) {
        for management in BOTH {
            for way in WAYS {
                self.add("rollout", management, way, |c| {
                    c.asks = vec![
                        Ask::Scale(0),
                        Ask::Scale(1),
                        Ask::Scale(3),
                        Ask::Roll,
                        Ask::Back,
                    ];
                    c.revisions = 3;
                    c.faults.delete = true;
                });
                self.add("min-ready", management, way, |c| {
                    c.asks = vec![Ask::Scale(1), Ask::Roll];
                    c.min_ready = 1_000;
                });
                self.add("KRUISE", management, way, |c| {
                    c.profile = Profile::KRUISE;
                    c.asks = vec![Ask::Scale(1), Ask::Roll, Ask::Back];
                });
            }
            self.add("three pods", management, ROLLING, |c| {
                c.replicas = 3;
                c.asks = vec![Ask::Scale(2), Ask::Scale(4), Ask::Roll, Ask::Back];
                c.changes = 1;
                c.revisions = 3;
            });
            self.add("one action a plan", management, ROLLING, |c| {
                c.profile.max_actions = 1;
                c.asks = vec![Ask::Scale(1), Ask::Scale(3), Ask::Roll];
                c.claims = true;
            });
            self.add("partition", management, ROLLING, |c| {
                c.partition = 1;
                c.asks = vec![
                    Ask::Partition(0),
                    Ask::Partition(1),
                    Ask::Partition(3),
                    Ask::Scale(3),
                    Ask::Roll,
                ];
            });
        }
    }

    /// `maxUnavailable` with the feature gate on and off, as each version counts.
    pub(super) fn budgets(&mut self) {
        let gated = |version| Profile {
            max_unavailable: true,
            ..Profile::upstream(version)
        };
        let profiles = [
            ("limits of 1.37", Profile::UPSTREAM),
            ("limits of 1.33", gated(Version::V1_33)),
            ("limits of 1.34", gated(Version::V1_34)),
            ("limits of 1.38", gated(Version::V1_38)),
            ("limits of KRUISE", Profile::KRUISE),
            ("PINGCAP", Profile::PINGCAP),
        ];
        for (name, profile) in profiles {
            for management in BOTH {
                for limit in [Limit::Count(2), Limit::Percent(67)] {
                    self.add(name, management, Way::Rolling(Some(limit)), |c| {
                        c.profile = profile;
                        c.replicas = 3;
                        c.asks = vec![Ask::Roll, Ask::Partition(1), Ask::Scale(2)];
                        c.faults.fail = limit == Limit::Count(2);
                    });
                }
                self.add(name, management, ROLLING, |c| {
                    c.profile = profile;
                    c.min_ready = 1_000;
                    c.replicas = 2;
                    c.asks = vec![Ask::Roll, Ask::Scale(3)];
                });
            }
        }
    }

    pub(super) fn versions(&mut self) {
        for version in Version::ALL {
            for management in BOTH {
                for way in [Way::Blockless, ROLLING] {
                    self.add(&format!("version {version}"), management, way, |c| {
                        c.profile = Profile::upstream(version);
                        c.asks = vec![Ask::Scale(1), Ask::Scale(3), Ask::Roll];
                        c.claims = way == ROLLING;
                        c.retention.when_scaled = Keep::Delete;
                        c.faults.fail = way == Way::Blockless;
                    });
                }
            }
        }
    }

    /// The second revision never becomes ready.
    pub(super) fn broken(&mut self) {
        for management in BOTH {
            for way in [Way::Blockless, ROLLING, TWO, Way::OnDelete, Way::Recreate] {
                self.add("broken revision", management, way, |c| {
                    c.broken = Some(1);
                    c.revisions = 3;
                    c.changes = 3;
                    c.asks = vec![Ask::Roll, Ask::Back, Ask::Scale(1)];
                    c.faults.fail = false;
                });
            }
        }
    }

    /// Plans whose requests are slow, so that they are carried out on what was seen a while ago.
    pub(super) fn slow(&mut self) {
        for management in BOTH {
            for way in WAYS {
                self.add("slow", management, way, |c| {
                    c.lag = 2;
                    c.asks = vec![Ask::Scale(1), Ask::Roll];
                    c.changes = 1;
                });
            }
            self.add("slow, claims", management, ROLLING, |c| {
                c.lag = 1;
                c.claims = true;
                c.retention.when_scaled = Keep::Delete;
                c.asks = vec![Ask::Scale(1), Ask::Scale(2)];
                c.revisions = 1;
                c.faults.fail = false;
            });
            self.add("slow, exclusion", management, ROLLING, |c| {
                c.lag = 2;
                c.asks = vec![Ask::Exclude(0), Ask::Include(0), Ask::Scale(1)];
                c.revisions = 1;
            });
            self.add("slow, nodes", management, ROLLING, |c| {
                c.profile = Profile::STANDALONE;
                c.lag = 2;
                c.replicas = 1;
                c.nodes = true;
                c.outages = true;
                c.drains = true;
                c.asks = vec![Ask::Roll, Ask::Delete];
                c.changes = 1;
            });
            self.add("slow, end", management, ROLLING, |c| {
                c.profile = Profile::STANDALONE;
                c.lag = 1;
                c.claims = true;
                c.retention.when_deleted = Keep::Delete;
                c.asks = vec![Ask::Delete, Ask::Scale(1)];
                c.revisions = 1;
                c.faults.unready = false;
                c.faults.fail = false;
            });
        }
    }
}
