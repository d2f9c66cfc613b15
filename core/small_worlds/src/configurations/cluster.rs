//! What is around the pods: claims, nodes, drains, and the end of the set.

use statefulset::{Keep, LostNodes, Profile, Retention, Version};

use super::{BOTH, List, ROLLING};
use crate::configuration::{Ask, Way};

impl List {
    pub(super) fn storage(&mut self) {
        let keeps = [Keep::Retain, Keep::Delete];
        for management in BOTH {
            for when_scaled in keeps {
                for when_deleted in keeps {
                    for profile in [
                        Profile::UPSTREAM,
                        Profile::STANDALONE,
                        Profile::upstream(Version::V1_28_4),
                    ] {
                        let name = match profile.kubernetes {
                            Version::V1_28_4 => "claims of 1.28.4",
                            _ if profile.bind_claims => "claims of STANDALONE",
                            _ => "claims",
                        };
                        let name = format!("{name} {when_scaled:?}/{when_deleted:?}");
                        self.add(&name, management, ROLLING, |c| {
                            c.profile = profile;
                            c.claims = true;
                            c.retention = Retention {
                                when_deleted,
                                when_scaled,
                            };
                            c.asks = vec![Ask::Scale(0), Ask::Scale(1), Ask::Scale(2)];
                            c.revisions = 1;
                            c.faults.fail = false;
                        });
                    }
                }
            }
            for profile in [Profile::UPSTREAM, Profile::STANDALONE] {
                let name = if profile.bind_claims {
                    "lost claims, STANDALONE"
                } else {
                    "lost claims"
                };
                self.add(name, management, ROLLING, |c| {
                    c.profile = profile;
                    c.claims = true;
                    c.faults.claims = true;
                    c.changes = 1;
                    c.asks = vec![Ask::Roll, Ask::Scale(1)];
                });
            }
        }
    }

    /// Sets that are deleted.
    pub(super) fn ends(&mut self) {
        for management in BOTH {
            for when_deleted in [Keep::Retain, Keep::Delete] {
                for profile in [Profile::UPSTREAM, Profile::STANDALONE] {
                    let name = if profile.bind_claims {
                        "end of STANDALONE"
                    } else {
                        "end"
                    };
                    self.add(
                        &format!("{name}, claims {when_deleted:?}"),
                        management,
                        ROLLING,
                        |c| {
                            c.profile = profile;
                            c.claims = true;
                            c.retention.when_deleted = when_deleted;
                            c.asks = vec![Ask::Delete, Ask::Orphan, Ask::Scale(1), Ask::Roll];
                            c.faults.unready = false;
                        },
                    );
                }
            }
        }
    }

    /// Nodes fall silent, come back, are removed or fenced.
    pub(super) fn nodes(&mut self) {
        let fenced = Profile {
            lost_nodes: Some(LostNodes {
                require_fence: true,
                ..LostNodes::after(300_000)
            }),
            ..Profile::STANDALONE
        };
        for (name, profile) in [
            ("nodes", Profile::UPSTREAM),
            ("nodes, STANDALONE", Profile::STANDALONE),
            ("fenced nodes", fenced),
        ] {
            for management in BOTH {
                for way in [ROLLING, Way::Recreate] {
                    self.add(name, management, way, |c| {
                        c.profile = profile;
                        c.nodes = true;
                        c.outages = true;
                        c.changes = 1;
                        c.asks = vec![Ask::Roll, Ask::Scale(1), Ask::Delete];
                        c.faults.fail = false;
                        c.faults.unready = false;
                    });
                }
            }
        }
    }

    pub(super) fn drains(&mut self) {
        for budget in [None, Some(0), Some(1)] {
            for management in BOTH {
                self.add(
                    &format!("drains, budget {budget:?}"),
                    management,
                    ROLLING,
                    |c| {
                        c.profile = Profile::STANDALONE;
                        c.nodes = true;
                        c.drains = true;
                        c.budget = budget;
                        c.changes = 1;
                        c.asks = vec![Ask::Roll, Ask::Scale(1)];
                    },
                );
            }
        }
    }
}
