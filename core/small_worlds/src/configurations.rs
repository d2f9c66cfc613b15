//! The small worlds that are explored.

use statefulset::{
    Keep, Limit, LostNodes, Management, Overdue, PartitionBy, Paused, Profile, Purposes, Ranked,
    Repair, Retention, Ties, Version,
};

use crate::configuration::{Ask, Configuration, Way};

const BOTH: [Management; 2] = [Management::OrderedReady, Management::Parallel];

const ROLLING: Way = Way::Rolling(None);

const WAYS: [Way; 4] = [Way::Blockless, ROLLING, Way::OnDelete, Way::Recreate];

const TWO: Way = Way::Rolling(Some(Limit::Count(2)));

/// All configurations. With `size` 1 they take one or two minutes of one processor; each number above that adds a
/// change to what may be asked for.
pub fn all(size: u8) -> Vec<Configuration> {
    let mut list = List {
        size: size.max(1),
        all: Vec::new(),
    };
    list.strategies();
    list.budgets();
    list.versions();
    list.broken();
    list.repairs();
    list.paces();
    list.deadlines();
    list.exclusions();
    list.ranks();
    list.pauses();
    list.limits();
    list.groups();
    list.storage();
    list.ends();
    list.nodes();
    list.drains();
    list.slow();
    list.questions();
    list.together();
    list.all
}

struct List {
    size: u8,
    all: Vec<Configuration>,
}

impl List {
    fn add(
        &mut self,
        name: &str,
        management: Management,
        way: Way,
        change: impl FnOnce(&mut Configuration),
    ) {
        let mut c = Configuration::new(name, management, way);
        // What must not matter differs from one configuration to the next.
        c.backwards = self.all.len() % 2 == 1;
        c.start = [0, 0, 7][self.all.len() % 3];
        change(&mut c);
        c.profile.recreate |= way == Way::Recreate;
        c.changes = (c.changes + self.size).min(7);
        self.all.push(c);
    }

    fn strategies(&mut self) {
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
    fn budgets(&mut self) {
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

    fn versions(&mut self) {
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
    fn broken(&mut self) {
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

    fn paces(&mut self) {
        for management in BOTH {
            for way in [ROLLING, TWO, Way::Recreate] {
                self.add("paced", management, way, |c| {
                    c.paced = true;
                    c.replicas = 3;
                    c.asks = vec![Ask::Roll, Ask::Scale(2), Ask::Replace(1)];
                    c.faults.fail = false;
                });
            }
            self.add("paced questions", management, TWO, |c| {
                c.paced = true;
                c.ask = Purposes::ROLLOUT.with(Purposes::SCALE_IN);
                c.replicas = 3;
                c.asks = vec![Ask::Roll, Ask::Back, Ask::Scale(2)];
                c.faults.fail = false;
            });
            self.add("paced drains", management, ROLLING, |c| {
                c.paced = true;
                c.profile = Profile::STANDALONE;
                c.nodes = true;
                c.drains = true;
                c.changes = 1;
                c.faults.fail = false;
            });
        }
    }

    fn deadlines(&mut self) {
        for then in Overdue::ALL {
            for management in BOTH {
                for way in [ROLLING, TWO, Way::OnDelete, Way::Recreate] {
                    self.add(&format!("deadline {then:?}"), management, way, |c| {
                        c.deadline = Some(then);
                        c.broken = Some(1);
                        c.revisions = 3;
                        c.changes = 2;
                        c.asks = vec![Ask::Roll, Ask::Back, Ask::Scale(3)];
                        // Containers that end make most of the states, and one of the three is enough for them.
                        c.faults.fail = way == ROLLING && then == Overdue::Halt && c.is_ordered();
                    });
                }
            }
        }
        for management in BOTH {
            self.add("deadline and questions", management, TWO, |c| {
                c.deadline = Some(Overdue::Halt);
                c.ask = Purposes::ROLLOUT;
                c.broken = Some(1);
                c.revisions = 3;
                c.asks = vec![Ask::Roll, Ask::Back];
                c.faults.fail = false;
            });
            self.add("deadline, repair and pace", management, TWO, |c| {
                c.deadline = Some(Overdue::Suggest);
                c.repair = Some(Repair::after(5_000));
                c.paced = true;
                c.broken = Some(1);
                c.revisions = 3;
                c.asks = vec![Ask::Roll, Ask::Back, Ask::Replace(0)];
                c.faults.fail = false;
            });
            self.add("deadline and pause", management, ROLLING, |c| {
                c.deadline = Some(Overdue::Halt);
                c.pauses = Paused::ROLLOUT;
                c.broken = Some(1);
                c.revisions = 3;
                c.asks = vec![Ask::Roll, Ask::Pause];
            });
        }
    }

    fn repairs(&mut self) {
        let kinds = [
            ("repair at once", Repair::after(0)),
            ("repair later", Repair::after(5_000)),
            (
                "repair pending",
                Repair {
                    pending: true,
                    ..Repair::after(5_000)
                },
            ),
            (
                "repair beyond",
                Repair {
                    beyond_budget: 1,
                    ..Repair::after(0)
                },
            ),
            (
                "repair without limit",
                Repair {
                    beyond_budget: u32::MAX,
                    ..Repair::after(5_000)
                },
            ),
            (
                "repair in parallel only",
                Repair {
                    ordered: false,
                    ..Repair::after(0)
                },
            ),
        ];
        for (name, repair) in kinds {
            for management in BOTH {
                for profile in [
                    Profile::UPSTREAM,
                    Profile::KRUISE,
                    Profile::upstream(Version::V1_33),
                ] {
                    let profile_name = match (profile.walk, profile.max_unavailable) {
                        (true, _) => " KRUISE",
                        (_, true) => "",
                        (_, false) => " 1.33",
                    };
                    self.add(&format!("{name}{profile_name}"), management, ROLLING, |c| {
                        c.profile = profile;
                        c.repair = Some(repair);
                        c.broken = Some(1);
                        c.revisions = 3;
                        c.replicas = 2;
                        c.changes = 3;
                        c.asks = vec![Ask::Roll, Ask::Back, Ask::Partition(1)];
                        c.faults.fail = false;
                    });
                }
                if repair.beyond_budget > 0 {
                    self.add(&format!("{name}, three pods"), management, TWO, |c| {
                        c.repair = Some(repair);
                        c.replicas = 3;
                        c.asks = vec![Ask::Roll];
                        c.changes = 1;
                        c.faults.fail = false;
                    });
                }
            }
        }
    }

    fn exclusions(&mut self) {
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

    fn ranks(&mut self) {
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

    fn pauses(&mut self) {
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

    fn limits(&mut self) {
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

    fn groups(&mut self) {
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

    fn storage(&mut self) {
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
    fn ends(&mut self) {
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
    fn nodes(&mut self) {
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

    fn drains(&mut self) {
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

    /// Plans whose requests are slow, so that they are carried out on what was seen a while ago.
    fn slow(&mut self) {
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

    /// Pods that are asked before they go, that are held, or that are to be replaced.
    fn questions(&mut self) {
        let all = Purposes::ALL;
        for management in BOTH {
            for way in WAYS {
                self.add("questions", management, way, |c| {
                    c.ask = all;
                    c.asks = vec![Ask::Scale(1), Ask::Scale(2), Ask::Roll, Ask::Back];
                    c.faults.fail = way == Way::Recreate;
                });
            }
            self.add("questions without answers", management, ROLLING, |c| {
                c.ask = all;
                c.mute = true;
                c.asks = vec![Ask::Scale(1), Ask::Scale(2), Ask::Roll, Ask::Back];
                c.changes = 3;
            });
            self.add("questions to leave only", management, ROLLING, |c| {
                c.ask = Purposes::SCALE_IN;
                c.scale_in_limit = Some(Limit::Count(1));
                c.asks = vec![Ask::Scale(0), Ask::Scale(2), Ask::Roll, Ask::Exclude(0)];
            });
            self.add("questions and repairs", management, TWO, |c| {
                c.ask = Purposes::REPAIR.with(Purposes::ROLLOUT);
                c.repair = Some(Repair::after(0));
                c.broken = Some(1);
                c.revisions = 3;
                c.asks = vec![Ask::Roll, Ask::Back];
                c.faults.fail = false;
            });
            for (name, hold) in [
                ("held", all),
                ("held for scale-in", Purposes::SCALE_IN),
                ("held for rollouts", Purposes::ROLLOUT),
                ("held for repairs", Purposes::REPAIR),
            ] {
                for way in [Way::Blockless, ROLLING, Way::Recreate] {
                    self.add(name, management, way, |c| {
                        c.hold = hold;
                        c.asks = vec![Ask::Roll, Ask::Scale(1)];
                        c.changes = 1;
                        c.faults.unready = way != Way::Recreate;
                    });
                }
            }
            for way in [ROLLING, Way::OnDelete] {
                self.add("replacements", management, way, |c| {
                    c.asks = vec![
                        Ask::Replace(0),
                        Ask::Replace(1),
                        Ask::Roll,
                        Ask::Partition(1),
                    ];
                });
                self.add("replacements with questions", management, way, |c| {
                    c.ask = all;
                    c.asks = vec![Ask::Replace(0), Ask::Replace(1), Ask::Scale(1), Ask::Roll];
                    c.changes = 1;
                });
            }
            self.add("questions on drained nodes", management, ROLLING, |c| {
                c.profile = Profile::STANDALONE;
                c.ask = all;
                c.nodes = true;
                c.drains = true;
                c.budget = Some(1);
                c.asks = vec![Ask::Roll];
                c.changes = 0;
                c.faults.fail = false;
            });
        }
    }

    /// Several policies in one set.
    fn together(&mut self) {
        let profiles = [
            ("all policies", Profile::UPSTREAM),
            ("all policies, KRUISE", Profile::KRUISE),
            ("all policies, STANDALONE", Profile::STANDALONE),
            ("all policies, 1.38", Profile::upstream(Version::V1_38)),
        ];
        for (name, profile) in profiles {
            for management in BOTH {
                self.add(name, management, ROLLING, |c| {
                    c.profile = profile;
                    c.broken = Some(1);
                    c.revisions = 3;
                    c.repair = Some(Repair {
                        beyond_budget: 1,
                        ..Repair::after(0)
                    });
                    c.ranked = Ranked::Tiers;
                    c.ranks = [1, 0, 0, 1];
                    c.scale_out_limit = Some(Limit::Count(1));
                    c.scale_in_limit = Some(Limit::Count(1));
                    c.stand_in_first = true;
                    c.pauses = Paused::SCALE_IN;
                    c.group = profile == Profile::UPSTREAM;
                    c.faults.fail = false;
                    c.asks = vec![
                        Ask::Roll,
                        Ask::Exclude(0),
                        Ask::Include(0),
                        Ask::Pause,
                        Ask::Partition(1),
                        Ask::Scale(1),
                    ];
                });
            }
        }
        for management in BOTH {
            self.add("a silent node in a broken rollout", management, TWO, |c| {
                c.profile = Profile::STANDALONE;
                c.broken = Some(1);
                c.repair = Some(Repair::after(0));
                c.nodes = true;
                c.outages = true;
                c.asks = vec![Ask::Roll, Ask::Back];
                c.changes = 1;
                c.faults.fail = false;
                c.faults.unready = false;
            });
        }
    }
}
