//! Breaks the contract of a case in one place (rule I-1).

use quickcheck::{Arbitrary, Gen};
use statefulset::{Deadline, Exclusion, Limit, MAX_ORDINAL, Overdue, Repair, Reserved, Version};

use crate::case::Case;

/// One way to break it. False where the case has nothing that could be broken so.
type Break = fn(&mut Case, at: usize) -> bool;

/// An index that no list has.
const BEYOND: u32 = 1000;

const BREAKS: [Break; 20] = [
    |case, at| {
        case.desired.replicas = MAX_ORDINAL + 1 + u32::try_from(at % 2).unwrap_or(0);
        true
    },
    |case, _| {
        case.desired.start = u32::MAX;
        true
    },
    |case, _| {
        case.desired.start = MAX_ORDINAL;
        case.desired.replicas = 2;
        true
    },
    |case, _| {
        case.desired.min_ready = -1;
        true
    },
    |case, at| change(&mut case.pods, at, |pod| pod.ordinal = MAX_ORDINAL + 1),
    |case, at| change(&mut case.pods, at, |pod| pod.node = Some(BEYOND)),
    |case, at| change(&mut case.pods, at, |pod| pod.budget = Some(BEYOND)),
    |case, at| {
        let claims = case.claims.as_deref_mut().unwrap_or_default();
        change(claims, at, |claim| claim.ordinal = MAX_ORDINAL + 1)
    },
    |case, at| {
        let claims = case.claims.as_deref_mut().unwrap_or_default();
        change(claims, at, |claim| claim.template = 9)
    },
    |case, at| {
        let claims = case.claims.as_deref_mut().unwrap_or_default();
        change(claims, at, |claim| {
            if at % 2 == 0 {
                claim.volume = Some(BEYOND);
            } else {
                claim.node = Some(BEYOND);
            }
        })
    },
    |case, at| {
        let Some(claims) = case.claims.as_mut().filter(|claims| !claims.is_empty()) else {
            return false;
        };
        claims.push(claims[at % claims.len()]);
        true
    },
    |case, at| {
        let volumes = case.volumes.as_deref_mut().unwrap_or_default();
        change(volumes, at, |volume| {
            volume.reserved = Reserved::Claim(BEYOND);
        })
    },
    |case, at| change(&mut case.reach, at, |reach| reach.node = BEYOND),
    |case, _| {
        case.desired.profile.kubernetes = Version::V1_33;
        true
    },
    |case, at| {
        case.desired.policies.excluded = EXCLUSIONS[at % EXCLUSIONS.len()];
        true
    },
    |case, at| {
        case.desired.policies.scale_out_limit = Some(LIMITS[at % LIMITS.len()]);
        true
    },
    |case, at| {
        case.desired.policies.scale_in_limit = Some(LIMITS[at % LIMITS.len()]);
        true
    },
    |case, _| {
        case.desired.policies.repair = Some(Repair::after(-1));
        true
    },
    |case, _| {
        case.desired.policies.pace = Some(-1);
        true
    },
    |case, _| {
        let (after, then) = (-1, Overdue::Halt);
        case.desired.policies.deadline = Some(Deadline { after, then });
        true
    },
];

/// Too large, empty, and out of order.
const EXCLUSIONS: [&[Exclusion]; 4] = [
    &[Exclusion::range(1, MAX_ORDINAL + 1)],
    &[Exclusion::range(0, 1), Exclusion::range(3, 2)],
    &[
        Exclusion::range(2, 4),
        Exclusion::range(4, 5).keeping_claims(),
    ],
    &[Exclusion::range(6, 6), Exclusion::range(1, 1)],
];

/// None of anything, and more than all.
const LIMITS: [Limit; 3] = [Limit::Count(0), Limit::Percent(0), Limit::Percent(101)];

/// Breaks the contract somewhere. Claims are compared with each other only where anything is decided at all.
pub(crate) fn break_contract(case: &mut Case, g: &mut Gen) {
    case.fresh = true;
    case.desired.profile.kubernetes = Version::LATEST;
    case.desired.profile.recreate = true;
    loop {
        let (way, at) = (u8::arbitrary(g), u8::arbitrary(g));
        if BREAKS[usize::from(way) % BREAKS.len()](case, usize::from(at)) {
            return;
        }
    }
}

fn change<T>(list: &mut [T], at: usize, change: impl FnOnce(&mut T)) -> bool {
    let Some(at) = at.checked_rem(list.len()) else {
        return false;
    };
    change(&mut list[at]);
    true
}
