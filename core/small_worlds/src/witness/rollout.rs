//! Rules U, Q and F: what a rollout may take away.

use statefulset::{Limit, Prepared, Purposes, Ranked, Reason, Ties, Version};

use super::{Case, Verdict, ensure};
use crate::configuration::Way;
use crate::member::{Life, Member};

pub(super) fn check(case: &Case) -> Verdict {
    if !case.c.way.is_rolling() {
        return ensure(
            case.deleted(Reason::BrokenRevision).next().is_none(),
            || "a repair without a rollout".into(),
        );
    }
    partition(case)?;
    order(case)?;
    budget(case)?;
    repairs(case)
}

fn gone<'a>(case: &'a Case) -> impl Iterator<Item = (usize, &'a Member)> {
    let rolled = case.deleted(Reason::Rollout);
    rolled.chain(case.deleted(Reason::BrokenRevision))
}

/// The rules U-1 and Q-2.
fn partition(case: &Case) -> Verdict {
    if case.is_ranked() {
        let old = |(_, pod): &(usize, Option<&Member>)| {
            pod.is_some_and(|pod| case.is_old(pod) && !pod.terminating)
        };
        let before = case.slots().filter(old).count();
        let left = before - gone(case).count();
        let empty = case.slots().filter(|(_, pod)| pod.is_none()).count();
        return ensure(left + empty >= case.partition().min(before), || {
            format!(
                "{left} old pods stay, and the partition holds {}",
                case.partition()
            )
        });
    }
    let below = gone(case).find(|&(o, _)| case.is_below_partition(o));
    ensure(below.is_none(), || {
        format!("{below:?} is replaced below the partition")
    })
}

/// A pod's turn: the lowest comes first.
fn turn(case: &Case, ordinal: usize) -> (u32, usize) {
    let rank = if case.is_ranked() {
        case.c.ranks[ordinal]
    } else {
        0
    };
    let lowest_first = case.is_ranked() && case.c.ties == Ties::LowestFirst;
    let place = if lowest_first {
        ordinal
    } else {
        usize::MAX - ordinal
    };
    (rank, place)
}

/// No available pod goes before another available one whose turn it is. With tiers, none goes before an earlier rank is done.
fn order(case: &Case) -> Verdict {
    let goes = |ordinal| gone(case).any(|(o, _)| o == ordinal);
    for (ordinal, pod) in case.deleted(Reason::Rollout) {
        if !case.is_available(pod) {
            continue;
        }
        for (other, pod) in case.slots() {
            let Some(pod) = pod else {
                continue;
            };
            let earlier = turn(case, other) < turn(case, ordinal);
            let held = pod.hold(case.c).overlaps(Purposes::ROLLOUT);
            let told = pod.prepared != Prepared::No;
            let open = case.is_old(pod) && !pod.terminating && !goes(other) && !held && !told;
            let below = !case.is_ranked() && case.is_below_partition(other);
            let passed = earlier && open && !below && case.is_available(pod);
            ensure(!passed, || format!("web-{ordinal} goes before web-{other}"))?;
            let lower = case.is_ranked() && case.c.ranks[other] < case.c.ranks[ordinal];
            let unfinished = case.is_old(pod) || pod.terminating || !case.is_available(pod);
            ensure(
                !(case.c.ranked == Ranked::Tiers && lower && unfinished),
                || format!("web-{ordinal} goes, and web-{other} of an earlier rank is not done"),
            )?;
        }
    }
    Ok(())
}

/// The limit of unavailable pods, as far as the rollout is the cause (rules U-2 to U-4, and U-8).
fn budget(case: &Case) -> Verdict {
    let profile = &case.c.profile;
    // In order, a change that is of no use any more is made again where it holds up everything (rule U-11).
    let again = |pod: &Member| case.c.is_ordered() && pod.changing;
    let rolled = case.deleted(Reason::Rollout);
    let rolled: Vec<(usize, &Member)> = rolled.filter(|(_, pod)| !again(pod)).collect();
    let taken = rolled.iter().filter(|(_, pod)| case.is_available(pod));
    let taken = taken.count();
    if rolled.is_empty() {
        return Ok(());
    }
    let gate = profile.max_unavailable;
    let limit = match case.c.way {
        Way::Rolling(Some(limit)) if gate => limit,
        _ => Limit::Count(1),
    };
    if !gate && !profile.walk {
        ensure(rolled.len() == 1, || {
            format!("{} pods go at once", rolled.len())
        })?;
        // Where ranks decide, what is updated or on its way comes first.
        let mut before = case.slots().filter(|&(other, pod)| {
            if case.is_ranked() {
                pod.is_some_and(|pod| !case.is_old(pod) || pod.terminating)
            } else {
                turn(case, other) < turn(case, rolled[0].0)
            }
        });
        let waits = before.find(|(_, pod)| case.is_down(*pod));
        return ensure(waits.is_none(), || {
            format!("{rolled:?} goes, and {waits:?} comes first")
        });
    }
    let by_partition = profile.kubernetes >= Version::V1_38 && !profile.walk && !case.is_ranked();
    let counted = || {
        case.slots()
            .filter(move |&(o, _)| !(by_partition && case.is_below_partition(o)))
    };
    let down = counted().filter(|(_, pod)| case.is_down(*pod)).count();
    let of = u32::try_from(counted().count()).unwrap_or(u32::MAX);
    let max = if profile.kubernetes >= Version::V1_38 && case.is_ranked() && !profile.walk {
        return Ok(()); // The limit is one of a number of pods that ranks choose.
    } else {
        limit.resolve(of) as usize
    };
    ensure(taken == 0 || down + taken <= max, || {
        format!("{taken} available pods go, {down} are unavailable, and {max} may be")
    })?;
    // Broken pods go freely only in `Parallel`, from 1.37 on; the walk takes them along.
    let free = profile.walk || !case.c.is_ordered() && profile.kubernetes >= Version::V1_37;
    ensure(free || down + rolled.len() <= max, || {
        format!("{rolled:?} go, {down} are unavailable, and {max} may be")
    })
}

/// Rules F-1 to F-3.
fn repairs(case: &Case) -> Verdict {
    let repaired: Vec<(usize, &Member)> = case.deleted(Reason::BrokenRevision).collect();
    if repaired.is_empty() {
        return Ok(());
    }
    let Some(repair) = case.c.repair else {
        return Err("a repair that nobody asked for".into());
    };
    for &(ordinal, pod) in &repaired {
        let long = repair.after == 0
            || repair.pending && pod.life == Life::Pending
            || pod.aged && !pod.ready;
        ensure(long && !case.is_available(pod), || {
            format!("web-{ordinal} is repaired and not broken")
        })?;
    }
    if case.c.is_ordered() {
        return ensure(repair.ordered, || "an ordered repair is not wanted".into());
    }
    let limit = match case.c.way {
        Way::Rolling(Some(limit)) if case.c.profile.max_unavailable => case.limit(limit),
        _ => 1,
    };
    let moving = case.slots().filter(|(_, pod)| {
        case.is_down(*pod) && pod.is_none_or(|pod| pod.terminating || !case.is_old(pod))
    });
    let all = repaired.len() + moving.count();
    let most = limit.saturating_add(repair.beyond_budget as usize);
    ensure(all <= most, || {
        format!(
            "{all} pods are on their way with {} repairs, and {most} may be",
            repaired.len()
        )
    })
}
