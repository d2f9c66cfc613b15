//! The queue gives what a walk through all sets would give.

use std::collections::BTreeMap;
use std::vec::Vec;

use quickcheck::{Gen, QuickCheck};

use super::*;

/// The rules of a set's turn, as a walk through all sets knows them.
#[derive(Default, Debug)]
struct Walk {
    clock: u64,
    sets: BTreeMap<Key, Known>,
}

#[derive(Clone, Default, Debug)]
struct Known {
    touched: Option<u64>,
    wake: Option<Millis>,
    failures: u32,
    handed_out: bool,
}

impl Known {
    fn is_due(&self, now: Millis) -> bool {
        self.handed_out || self.touched.is_some() || self.wake.is_some_and(|wake| wake <= now)
    }
}

impl Walk {
    fn due(&self, now: Millis) -> Due {
        let (due, others): (Vec<_>, Vec<_>) =
            self.sets.iter().partition(|(_, set)| set.is_due(now));
        let waking = || others.iter().filter(|(_, set)| set.wake.is_some());
        let next = waking().filter_map(|(_, set)| set.wake).min();
        Due {
            sets: due.into_iter().map(|(key, _)| key.clone()).collect(),
            next,
            retrying: next.is_some() && waking().all(|(_, set)| set.failures > 0),
            awaited: Vec::new(),
        }
    }

    fn take(&mut self, now: Millis) -> Due {
        let mut due = self.due(now);
        due.sets.retain(|key| !self.sets[key].handed_out);
        for key in &due.sets {
            self.sets.entry(key.clone()).or_default().handed_out = true;
        }
        due
    }

    fn deal_with(&mut self, key: &Key, view: u64, wake: Option<Millis>, failures: u32) {
        let set = self.sets.entry(key.clone()).or_default();
        if set.touched.is_some_and(|touched| touched <= view) {
            set.touched = None;
        }
        (set.wake, set.failures) = (wake, failures);
    }
}

/// What happens, to which set, and how: small numbers, taken modulo what there is.
type Step = (u8, u8, u8);

/// So many sets there are.
const SETS: u8 = 7;

fn agree(steps: Vec<Step>) -> bool {
    let (mut agenda, mut walk) = (Agenda::default(), Walk::default());
    let mut now = 0;
    for (what, which, how) in steps {
        let key = Key::new("default", std::format!("web-{}", which % SETS));
        // As old as a plan may be.
        let view = walk.clock.saturating_sub(u64::from(how % 3));
        let wake = (how % 4 > 0).then(|| now + i64::from(how % 16));
        match what % 10 {
            0..=2 => {
                agenda.tick();
                walk.clock += 1;
                agenda.touch(&key);
                walk.sets.entry(key).or_default().touched = Some(walk.clock);
            }
            3 | 4 => {
                // Whether it was due or not, and by whoever it was planned for.
                agenda.put_down(&key);
                agenda.rest(&key, view, wake);
                walk.sets.entry(key.clone()).or_default().handed_out = false;
                walk.deal_with(&key, view, wake, 0);
            }
            5 => {
                let before = agenda.failures(&key).min(3);
                agenda.retry(&key, view, before, now);
                walk.deal_with(&key, view, Some(now + (5 << before)), before + 1);
            }
            6 => {
                agenda.forget(&key);
                walk.sets.remove(&key);
            }
            7 => now += i64::from(how % 16),
            _ => {
                let due = agenda.waiting(now);
                for set in &due.sets {
                    agenda.take(set);
                }
                assert_eq!(due, walk.take(now), "handed out at {now}");
            }
        }
        // A clock may go back.
        for at in [now, now - 3, now + 20] {
            assert_eq!(agenda.due(at), walk.due(at), "due at {at}");
        }
        let places = agenda.in_hand.len() + agenda.ready.len();
        let places = places + agenda.resting.len() + agenda.retrying.len();
        assert!(places <= agenda.turns.len(), "a set has two places");
    }
    true
}

#[test]
fn the_queue_gives_what_a_walk_through_all_sets_gives() {
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse().ok());
    let dice = Gen::from_size_and_seed(80, number("SEED").unwrap_or(1));
    let property: fn(Vec<Step>) -> bool = agree;
    QuickCheck::new()
        .rng(dice)
        .tests(number("CASES").unwrap_or(2_000))
        .quickcheck(property);
}
