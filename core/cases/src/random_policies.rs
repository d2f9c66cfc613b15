//! How the policies of a case are thrown: none in about half of the cases, any mix of them in the others.

use quickcheck::{Arbitrary, Gen};
use statefulset::{
    Change, Deadline, Exclusion, InPlace, Limit, Overdue, PartitionBy, Paused, Pod, Policies,
    Prepared, Purposes, Ranked, Repair, Ties,
};

use crate::case::NOW;
use crate::random::{chance, one, up_to};

const fn gone(first: u32, last: u32) -> Exclusion {
    Exclusion::range(first, last)
}

const fn kept(first: u32, last: u32) -> Exclusion {
    Exclusion::range(first, last).keeping_claims()
}

/// Inside of the ordinals of a case, at their edges and outside of them.
const EXCLUDED: [&[Exclusion]; 20] = [
    &[gone(0, 0)],
    &[kept(0, 0)],
    &[gone(1, 1)],
    &[kept(1, 1)],
    &[gone(2, 2)],
    &[kept(3, 3)],
    &[gone(0, 1)],
    &[kept(1, 2)],
    &[gone(2, 4)],
    &[kept(4, 6)],
    &[gone(5, 5)],
    &[kept(6, 9)],
    &[gone(8, 9)],
    &[gone(0, 0), gone(2, 2)],
    &[kept(0, 0), gone(2, 3)],
    &[gone(1, 1), kept(3, 3)],
    &[kept(1, 1), gone(2, 2)],
    &[gone(1, 2), kept(4, 4), gone(6, 6)],
    &[kept(3, 3), gone(5, 5)],
    &[kept(0, 0), gone(1, 1), kept(3, 5), gone(7, 7)],
];

pub(crate) fn policies(g: &mut Gen) -> Policies<'static> {
    let mut policies = Policies::NONE;
    if chance(g, 50) {
        return policies;
    }
    if chance(g, 50) {
        policies.excluded = one(g, &EXCLUDED);
        policies.partition_by = one(g, &PartitionBy::ALL);
        policies.stand_in_first = bool::arbitrary(g);
    }
    if chance(g, 50) {
        policies.paused = paused(g);
    }
    if chance(g, 50) {
        policies.ranked = one(g, &[Ranked::Order, Ranked::Tiers, Ranked::Tiers]);
        policies.ties = one(g, &Ties::ALL);
    }
    if chance(g, 50) {
        policies.scale_out_limit = chance(g, 50).then(|| limit(g));
        policies.scale_in_limit = chance(g, 50).then(|| limit(g));
        policies.allowance = chance(g, 50).then(|| up_to(g, 2));
    }
    if chance(g, 50) {
        policies.repair = Some(repair(g));
    }
    if chance(g, 30) {
        policies.ask = purposes(g);
    }
    if chance(g, 30) {
        policies.pace = Some(one(g, &[1, 30, 31, NOW + 1]));
    }
    if chance(g, 40) {
        policies.deadline = Some(Deadline {
            after: one(g, &[0, 1, 29, 30, 31, NOW]),
            then: one(g, &Overdue::ALL),
        });
    }
    if chance(g, 40) {
        policies.in_place = one(g, &InPlace::ALL);
    }
    policies
}

/// What was said to a pod, what it must not go for, whether it is to be replaced, and how it changes: mostly nothing.
pub(crate) fn mark(g: &mut Gen, policies: &Policies, pod: &mut Pod) {
    if policies.in_place != InPlace::Off || chance(g, 10) {
        pod.change = one(g, &Change::ALL);
        pod.changing = chance(g, 20);
    }
    if policies.ask == Purposes::NONE && chance(g, 90) {
        return;
    }
    if chance(g, 40) {
        pod.prepared = one(g, &Prepared::ALL);
    }
    if chance(g, 20) {
        pod.hold = purposes(g);
    }
    pod.replace = chance(g, 15);
}

fn purposes(g: &mut Gen) -> Purposes {
    let bits = u8::arbitrary(g) & Purposes::ALL.bits();
    Purposes::from_bits(bits).expect("some of the four")
}

/// Mostly one or two kinds, rarely everything.
fn paused(g: &mut Gen) -> Paused {
    if chance(g, 10) {
        return Paused::ALL;
    }
    let kind = |g: &mut Gen| Paused::from_bits(1 << up_to(g, 4)).expect("one of the five kinds");
    kind(g).with(if chance(g, 40) {
        kind(g)
    } else {
        Paused::NOTHING
    })
}

fn limit(g: &mut Gen) -> Limit {
    if chance(g, 60) {
        Limit::Count(1 + up_to(g, 2))
    } else {
        Limit::Percent(one(g, &[1, 20, 34, 50, 67, 100]))
    }
}

/// As long as pods of a case have not been ready, a moment less, a moment more, at once and for ever.
fn repair(g: &mut Gen) -> Repair {
    Repair {
        after: one(g, &[0, 0, 0, 10, 29, 30, 31, NOW, NOW + 1]),
        beyond_budget: one(g, &[0, 1, u32::MAX]),
        ordered: chance(g, 70),
        pending: chance(g, 40),
    }
}
