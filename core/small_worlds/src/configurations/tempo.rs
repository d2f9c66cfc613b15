//! How long it may take: repairs, a pace and a deadline.

use statefulset::{Overdue, Paused, Profile, Purposes, Repair, Version};

use super::{BOTH, List, ROLLING, TWO};
use crate::configuration::{Ask, Way};

impl List {
    pub(super) fn paces(&mut self) {
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

    pub(super) fn deadlines(&mut self) {
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

    pub(super) fn repairs(&mut self) {
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
}
