//! Pods that are asked before they go, and everything together.

use statefulset::{Limit, Paused, Profile, Purposes, Ranked, Repair, Version};

use super::{BOTH, List, ROLLING, TWO, WAYS};
use crate::configuration::{Ask, Way};

impl List {
    /// Pods that are asked before they go, that are held, or that are to be replaced.
    pub(super) fn questions(&mut self) {
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
    pub(super) fn together(&mut self) {
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
