//! Pods that a rollout changes where they run.

use statefulset::{Change, InPlace, Overdue, Paused, Profile, Purposes, Ranked, Repair, Version};

use super::{BOTH, List, ROLLING, TWO};
use crate::configuration::{Ask, Configuration, Way};

/// A second revision whose image cannot be had, and a third one.
fn changes(c: &mut Configuration, in_place: InPlace, kind: Change) {
    c.in_place = in_place;
    c.kinds = [kind; 3];
    c.broken = Some(1);
    c.revisions = 3;
    c.asks = vec![Ask::Roll, Ask::Back];
    c.faults.fail = false;
}

impl List {
    pub(super) fn changes_in_place(&mut self) {
        for management in BOTH {
            for way in [ROLLING, TWO, Way::Blockless] {
                self.add("in place", management, way, |c| {
                    changes(c, InPlace::IfPossible, Change::InPlace);
                    c.replicas = if way == TWO { 3 } else { 2 };
                    c.asks.push(Ask::Scale(1));
                });
                self.add("only in place", management, way, |c| {
                    changes(c, InPlace::Only, Change::InPlace);
                    c.kinds = [Change::InPlace, Change::InPlace, Change::Recreate];
                    c.asks.push(Ask::Partition(1));
                    c.faults.fail = true;
                });
            }
            self.add("new labels", management, ROLLING, |c| {
                changes(c, InPlace::IfPossible, Change::Nothing);
                c.asks.push(Ask::Replace(1));
                c.faults.delete = true;
            });
            self.add("all kinds of changes", management, ROLLING, |c| {
                changes(c, InPlace::IfPossible, Change::InPlace);
                c.kinds = [Change::Nothing, Change::InPlace, Change::Recreate];
                c.asks.push(Ask::Replace(0));
                c.min_ready = 5_000;
            });
            for (word, profile) in [
                ("KRUISE", Profile::KRUISE),
                ("1.33", Profile::upstream(Version::V1_33)),
                ("1.38", Profile::upstream(Version::V1_38)),
            ] {
                self.add(&format!("in place {word}"), management, TWO, |c| {
                    changes(c, InPlace::IfPossible, Change::InPlace);
                    c.profile = profile;
                    c.asks.push(Ask::Partition(1));
                });
            }
            self.add("in place, by rank", management, ROLLING, |c| {
                changes(c, InPlace::IfPossible, Change::InPlace);
                c.ranked = Ranked::Tiers;
                c.ranks = [0, 1, 0, 1];
            });
            self.add("in place, asked", management, TWO, |c| {
                changes(c, InPlace::IfPossible, Change::InPlace);
                c.kinds = [Change::Nothing, Change::InPlace, Change::Recreate];
                c.ask = Purposes::ROLLOUT.with(Purposes::SCALE_IN);
                c.asks.push(Ask::Scale(1));
            });
            self.add(
                "only in place, asked and repaired",
                management,
                ROLLING,
                |c| {
                    changes(c, InPlace::Only, Change::InPlace);
                    c.kinds = [Change::InPlace, Change::Recreate, Change::Nothing];
                    c.ask = Purposes::ROLLOUT.with(Purposes::REPAIR);
                    c.repair = Some(Repair::after(5_000));
                },
            );
            self.add("in place, held and paused", management, ROLLING, |c| {
                changes(c, InPlace::IfPossible, Change::InPlace);
                c.hold = Purposes::ROLLOUT;
                c.pauses = Paused::ROLLOUT;
                c.asks.push(Ask::Pause);
            });
            self.add(
                "in place, with a pace and a deadline",
                management,
                TWO,
                |c| {
                    changes(c, InPlace::IfPossible, Change::InPlace);
                    c.paced = true;
                    c.deadline = Some(Overdue::Suggest);
                },
            );
            self.add("in place, slowly", management, TWO, |c| {
                changes(c, InPlace::IfPossible, Change::InPlace);
                c.kinds = [Change::Nothing, Change::InPlace, Change::InPlace];
                c.changes = 1;
                c.lag = 2;
            });
        }
    }
}
