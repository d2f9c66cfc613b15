//! Whatever part of a plan is carried out, planning again reaches the goal, or a wait that says why it cannot be reached.

use statefulset::{
    Action, Deletion, Do, Gate, Limit, Management, OwnerRef, Phase, Plan, Pod, Ranked, Revision,
    Strategy, Wait,
};

use crate::world::World;
use crate::{ensure, is_available, is_below_partition, is_wanted};
use statefulset_cases::{Case, check};

/// More turns than any world of the cases needs.
const LONG: u32 = 80;

/// Turns until nothing is done and nothing changes any more.
fn settle(world: &mut World) -> Result<Plan, String> {
    for _ in 0..LONG {
        let before = (world.case.clone(), world.gone);
        let plan = world.act(|_| true);
        world.turn();
        let mut after = world.case.clone();
        after.now = before.0.now;
        if plan.deeds().count() == 0 && plan.next_wake.is_none() && (after, world.gone) == before {
            return Ok(plan);
        }
    }
    Err(format!(
        "restless: {:?}\n{world:?}",
        world.act(|_| false).actions
    ))
}

/// The waits that upstream never ends either.
fn is_stuck_upstream(world: &World, wait: &Wait) -> bool {
    let mut gates = vec![
        Gate::UnhealthyLeaver,
        Gate::BrokenRevision,
        Gate::ReadySinceMissing,
    ];
    // Kept by an owner that lives, and in the way of the next pod.
    gates.push(Gate::ClaimStale);
    if world.broken.is_some() {
        gates.extend([
            Gate::PodNotReady,
            Gate::ReplicasNotAvailable,
            Gate::MaxUnavailable,
        ]);
    }
    gates.into_iter().any(|gate| wait.gates.contains(gate))
}

/// The last word: nothing to do, or everything that is not done waits – the first of it for what never ends.
fn is_explained(world: &World, plan: &Plan) -> bool {
    if plan.actions.is_empty() || world.is_left_to_others() {
        return true;
    }
    let mut waits = plan.waits();
    waits.any(|(_, wait)| is_stuck_upstream(world, wait))
}

#[test]
fn any_part_of_a_plan_may_be_carried_out_and_the_goal_is_reached() {
    check(3_000, |(case, mut luck): (Case, u64)| {
        let mut world = World::new(case);
        let mut coin = || {
            luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            luck >> 63 == 0
        };
        for _ in 0..6 {
            if coin() {
                world.act(|_| coin());
            } else {
                world.act_anyhow(&mut coin);
            }
            if coin() {
                world.turn();
            }
        }
        let plan = settle(&mut world)?;
        ensure(is_explained(&world, &plan), || {
            format!("{plan:?}\n{world:?}")
        })
    });
}

#[test]
fn a_bad_revision_ends_in_a_wait_that_says_so() {
    check(3_000, |(case, broken): (Case, u8)| {
        let mut world = World::new(case);
        world.broken = Some(Revision(1 + u64::from(broken % 3)));
        for pod in &mut world.case.pods {
            pod.ready &= Some(pod.revision) != world.broken;
        }
        let plan = settle(&mut world)?;
        ensure(is_explained(&world, &plan), || {
            format!("{plan:?}\n{world:?}")
        })
    });
}

#[test]
fn a_reached_goal_stays_reached() {
    check(3_000, |case: Case| {
        let mut world = World::new(case);
        if !settle(&mut world)?.actions.is_empty() || world.gone {
            return Ok(());
        }
        for later in [1, 1_000_000, i64::MAX / 2] {
            world.case.now += later;
            let plan = world.act(|_| true);
            let quiet =
                plan.actions.is_empty() && plan.status.is_none() && plan.next_wake.is_none();
            ensure(quiet, || format!("{plan:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn what_was_scaled_or_rolled_out_is_there_in_the_end() {
    check(3_000, |case: Case| {
        let mut world = World::new(case);
        let plan = settle(&mut world)?;
        if !plan.actions.is_empty() || world.case.desired.deletion != Deletion::No {
            return Ok(());
        }
        let case = &world.case;
        let mut ordinals: Vec<u32> = case.pods.iter().map(|pod| pod.ordinal).collect();
        ordinals.retain(|&ordinal| ordinal != statefulset::NO_ORDINAL);
        ordinals.sort_unstable();
        ordinals.dedup();
        ensure(ordinals == case.slots(), || format!("{ordinals:?}"))?;
        let status = case.desired.published.expect("it was published");
        let counts = [status.replicas, status.ready, status.available];
        ensure(counts == [case.desired.replicas; 3], || {
            format!("{status:?}")
        })
    });
}

/// All pods there and available at revision 1; revision 2 is wanted.
fn rollout(mut case: Case) -> Option<World> {
    let Strategy::RollingUpdate(_) = case.desired.strategy else {
        return None;
    };
    (case.desired.current, case.desired.update) = (Revision(1), Revision(2));
    (case.desired.deletion, case.desired.published) = (Deletion::No, None);
    case.desired.profile.max_unavailable |= case.desired.management == Management::Parallel;
    // Ranks hold other pods back than the lowest.
    case.desired.policies.ranked = Ranked::Off;
    let slots = case.slots().into_iter();
    case.pods = slots.map(|slot| Pod::running(slot, Revision(1))).collect();
    case.keep_contract();
    let mut world = World::new(case);
    // Claims in the way are another matter.
    world
        .case
        .claims
        .as_mut()
        .expect("known")
        .retain(|claim| !claim.is_terminating());
    Some(world)
}

#[test]
fn a_rollout_never_takes_more_than_max_unavailable_down() {
    check(3_000, |(case, mut luck): (Case, u64)| {
        let Some(mut world) = rollout(case) else {
            return Ok(());
        };
        let Strategy::RollingUpdate(block) = world.case.desired.strategy else {
            return Ok(());
        };
        let max_unavailable = block.and_then(|block| block.max_unavailable);
        let gate = world.case.desired.profile.max_unavailable;
        let limit = max_unavailable.filter(|_| gate).unwrap_or(Limit::Count(1));
        let limit = limit.resolve(world.case.desired.replicas) as usize;
        for _ in 0..LONG {
            let plan = world.act(|_| true);
            let case = &world.case;
            let available = case
                .pods
                .iter()
                .filter(|pod| is_available(case, pod) && is_wanted(case, pod.ordinal));
            let down = case.desired.replicas as usize - available.count();
            ensure(down <= limit, || {
                format!("{down} of {limit}: {plan:?}\n{case:?}")
            })?;
            let held = case
                .pods
                .iter()
                .filter(|pod| is_below_partition(case, pod.ordinal));
            let touched = held
                .filter(|pod| pod.revision != Revision(1) || pod.is_terminating())
                .count();
            ensure(touched == 0, || {
                format!("below the partition: {plan:?}\n{case:?}")
            })?;
            luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if luck >> 63 == 0 {
                world.turn();
            }
        }
        Ok(())
    });
}

/// Two pods in motion: unavailable and there, or on their way.
#[test]
fn ordered_ready_has_never_two_pods_in_motion() {
    check(3_000, |(case, mut luck): (Case, u64)| {
        let Some(mut world) = rollout(case) else {
            return Ok(());
        };
        world.case.desired.management = Management::OrderedReady;
        world.case.desired.profile.max_unavailable = false;
        world.case.desired.replicas = world.case.desired.replicas.saturating_sub(1);
        for _ in 0..LONG {
            world.act(|_| true);
            let case = &world.case;
            let moving = case
                .pods
                .iter()
                .filter(|pod| !is_available(case, pod))
                .count();
            ensure(moving <= 1, || format!("{case:?}"))?;
            luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if luck >> 63 == 0 {
                world.turn();
            }
        }
        Ok(())
    });
}

/// One action that fails for ever.
#[derive(Clone, Copy, Debug)]
enum Curse {
    DeleteClaims,
    PodsOf(u32),
}

impl Curse {
    fn lets(self, action: &Action) -> bool {
        match self {
            Self::DeleteClaims => !matches!(action.what, Do::DeleteClaim { .. }),
            Self::PodsOf(ordinal) => {
                let pod = matches!(
                    action.what,
                    Do::CreatePod { .. } | Do::DeletePod { .. } | Do::UpdatePod { .. }
                );
                !(pod && action.ordinal == ordinal)
            }
        }
    }
}

/// As [`settle`], under a curse.
fn endure(world: &mut World, curse: Curse) -> Plan {
    for _ in 0..LONG {
        world.act(|action| curse.lets(action));
        world.turn();
    }
    world.act(|action| curse.lets(action))
}

#[test]
fn a_claim_that_cannot_be_deleted_hides_nothing() {
    check(2_000, |case: Case| {
        let mut world = World::new(case);
        if !world.gives_up_by_itself() {
            return Ok(());
        }
        let plan = endure(&mut world, Curse::DeleteClaims);
        let other = plan
            .deeds()
            .find(|action| !matches!(action.what, Do::DeleteClaim { .. }));
        let others: Vec<&Wait> = plan
            .waits()
            .map(|(_, wait)| wait)
            .filter(|wait| !wait.gates.contains(Gate::ClaimRemains))
            .collect();
        let known = others.is_empty() || others.iter().any(|wait| is_stuck_upstream(&world, wait));
        ensure(
            other.is_none() && (known || world.is_left_to_others()),
            || format!("{plan:?}"),
        )
    });
}

/// Where upstream itself goes no further: in order, everything behind the pod that fails; in parallel, the batches behind
/// its batch, scale-in and updates. Everything else is done all the same.
#[test]
fn a_pod_that_fails_for_ever_hides_no_more_than_upstream_hides() {
    check(3_000, |(case, cursed): (Case, u8)| {
        let mut world = World::new(case);
        let cursed = u32::from(cursed % 8);
        if world.case.desired.strategy == Strategy::Recreate
            || world.case.desired.deletion != Deletion::No
        {
            return Ok(());
        }
        // Claims that somebody keeps are another matter.
        for claim in world.case.claims.iter_mut().flatten() {
            (claim.set_owner, claim.pod_owner) = (OwnerRef::Absent, OwnerRef::Absent);
        }
        for pod in &mut world.case.pods {
            pod.ready_since = pod.ready_since.or(Some(0));
        }
        // The pod that fails would be on its way for ever.
        world.case.desired.policies.scale_out_limit = None;
        let plan = endure(&mut world, Curse::PodsOf(cursed));
        let case = &world.case;
        let slots = case.slots();
        let place = |ordinal| 1 + slots.iter().filter(|&&slot| slot < ordinal).count();
        let reached = |ordinal: u32| match case.desired.management {
            _ if !is_wanted(case, cursed) => true,
            Management::OrderedReady => ordinal < cursed,
            Management::Parallel => place(ordinal).ilog2() <= place(cursed).ilog2(),
            other => unreachable!("{other:?}: the test does not know it yet"),
        };
        for &ordinal in slots.iter().filter(|&&o| o != cursed && reached(o)) {
            let there = case.pods.iter().any(|pod| {
                pod.ordinal == ordinal && pod.phase == Phase::Running && is_available(case, pod)
            });
            ensure(there, || {
                format!("{ordinal} under {cursed}: {plan:?}\n{case:?}")
            })?;
        }
        Ok(())
    });
}
