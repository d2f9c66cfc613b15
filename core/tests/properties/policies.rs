//! What policies promise, apart from each other and in any mix. That each of them is nothing while it is off, `neutral.rs` asks.

use statefulset::{
    Action, Change, Deletion, Departure, Do, Exclusion, InPlace, Management, NO_ORDINAL, Ordinal,
    Paused, Plan, Pod, Policies, Profile, Ranked, Reason, Repair, Status, Strategy, Version,
};

use crate::{deeds, ensure, holder, is_available, is_below_partition, planned};
use statefulset_cases::{Case, check};

fn with(case: &Case, policies: Policies<'static>) -> Plan {
    let mut case = case.clone();
    case.desired.policies = policies;
    planned(&case)
}

#[test]
fn what_is_paused_is_not_done() {
    check(5_000, |case: Case| {
        let policies = case.desired.policies;
        let is_desired = |ordinal| case.slots().contains(&ordinal);
        let does = |action: &Action, kind: Paused| match kind {
            Paused::CREATION => action.reason == Reason::ScaleOut,
            Paused::SCALE_IN => {
                let owner = matches!(action.what, Do::SetClaimOwner { .. });
                action.reason == Reason::ScaleIn || owner && !is_desired(action.ordinal)
            }
            Paused::ROLLOUT => matches!(action.reason, Reason::Rollout | Reason::Requested),
            Paused::REPAIR => action.reason == Reason::BrokenRevision,
            Paused::REPLACEMENT => action.reason == Reason::TerminalPod,
            other => unreachable!("{other:?}: the test does not know it yet"),
        };
        let kinds = [
            Paused::CREATION,
            Paused::SCALE_IN,
            Paused::ROLLOUT,
            Paused::REPAIR,
            Paused::REPLACEMENT,
        ];
        for kind in kinds {
            let paused = policies.paused.with(kind);
            let plan = with(&case, Policies { paused, ..policies });
            let done = plan.deeds().find(|action| does(action, kind));
            ensure(done.is_none(), || format!("{kind:?}: {done:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn with_everything_paused_nothing_is_done_and_the_status_is_published() {
    check(10_000, |mut case: Case| {
        case.desired.published = None;
        let policies = Policies {
            paused: Paused::ALL,
            ..case.desired.policies
        };
        let plan = with(&case, policies);
        ensure(plan.deeds().count() == 0, || format!("{:?}", plan.actions))?;
        let refused = case.desired.strategy == Strategy::Recreate && !case.desired.profile.recreate;
        let known = case.fresh && !refused;
        ensure(plan.status.is_some() == known, || {
            format!("{:?}", plan.status)
        })
    });
}

fn exclusion(case: &Case, ordinal: Ordinal) -> Option<&Exclusion> {
    let mut excluded = case.desired.policies.excluded.iter();
    excluded.find(|out| (out.first..=out.last).contains(&ordinal))
}

#[test]
fn an_excluded_ordinal_gets_neither_a_pod_nor_a_claim() {
    check(10_000, |case: Case| {
        let plan = planned(&case);
        let made = plan.deeds().find(|action| {
            let makes = matches!(action.what, Do::CreatePod { .. } | Do::CreateClaim { .. });
            makes && exclusion(&case, action.ordinal).is_some()
        });
        ensure(made.is_none(), || format!("{made:?}"))
    });
}

#[test]
fn kept_claims_are_never_given_up_by_scale_in() {
    check(10_000, |case: Case| {
        if case.desired.deletion != Deletion::No {
            return Ok(());
        }
        let plan = planned(&case);
        let lost = plan.deeds().find(|action| {
            let gives_up = match action.what {
                Do::DeleteClaim { .. } => true,
                Do::SetClaimOwner { owner, .. } => {
                    matches!(owner, statefulset::ClaimOwner::Pod(_))
                }
                _ => false,
            };
            gives_up && exclusion(&case, action.ordinal).is_some_and(|out| out.keep_claims)
        });
        ensure(lost.is_none(), || format!("{lost:?}"))
    });
}

/// The pods that are deleted, evicted or asked to prepare for one of these reasons, without those that were asked before.
fn taken<'a>(case: &'a Case, reasons: &[Reason]) -> Vec<&'a Pod> {
    let taken = deeds(&planned(case)).into_iter();
    taken
        .filter(|action| reasons.contains(&action.reason))
        .filter_map(|action| match action.what {
            Do::DeletePod { pod } | Do::EvictPod { pod } | Do::Prepare { pod, .. } => {
                Some(&case.pods[pod as usize])
            }
            Do::UpdateInPlace { pod, .. } => {
                let pod = &case.pods[pod as usize];
                (pod.change == Change::InPlace).then_some(pod)
            }
            _ => None,
        })
        .filter(|pod| pod.prepared.asked().is_none())
        .collect()
}

#[test]
fn a_group_loses_no_more_available_pods_than_it_allows() {
    check(10_000, |mut case: Case| {
        if case.desired.deletion != Deletion::No {
            return Ok(());
        }
        for allowance in [0, 1, 2] {
            case.desired.policies.allowance = Some(allowance);
            let reasons = [
                Reason::ScaleIn,
                Reason::Rollout,
                Reason::Requested,
                Reason::Drain,
            ];
            let mut taken = taken(&case, &reasons);
            taken.retain(|pod| is_available(&case, pod));
            ensure(taken.len() <= allowance as usize, || {
                format!("{allowance}: {taken:?}")
            })?;
        }
        Ok(())
    });
}

#[test]
fn no_more_pods_leave_at_a_time_than_the_limit_of_scale_in() {
    check(10_000, |mut case: Case| {
        case.desired.management = Management::Parallel;
        let Some(limit) = case.desired.policies.scale_in_limit else {
            return Ok(());
        };
        let limit = limit.resolve(case.desired.replicas) as usize;
        let slots = case.slots();
        let leaving = case.pods.iter().filter(|pod| {
            let leaves = pod.is_terminating() || pod.prepared.asked() == Some(Departure::Leave);
            leaves && pod.ordinal != NO_ORDINAL && !slots.contains(&pod.ordinal)
        });
        let leaving = leaving.count();
        let taken = taken(&case, &[Reason::ScaleIn]).len();
        ensure(taken <= limit.saturating_sub(leaving), || {
            format!("{taken} more than {leaving} of {limit}")
        })
    });
}

#[test]
fn a_repair_touches_old_pods_alone_that_are_not_available_and_take_part() {
    check(10_000, |case: Case| {
        let ranked = case.desired.policies.ranked != Ranked::Off;
        for pod in taken(&case, &[Reason::BrokenRevision]) {
            let old = pod.revision != case.desired.update;
            let held = !ranked && is_below_partition(&case, pod.ordinal);
            let right = old && !is_available(&case, pod) && !held;
            ensure(right, || format!("{pod:?}"))?;
        }
        Ok(())
    });
}

/// A partition is a number of slots there, whatever their ordinals.
#[test]
fn a_ranked_rollout_leaves_as_many_slots_as_the_partition() {
    check(10_000, |mut case: Case| {
        let Strategy::RollingUpdate(block) = case.desired.strategy else {
            return Ok(());
        };
        if case.desired.policies.ranked == Ranked::Off {
            case.desired.policies.ranked = Ranked::Order;
        }
        let taken = taken(&case, &[Reason::Rollout, Reason::BrokenRevision]);
        let updated = case.slots().into_iter().filter(|&slot| {
            holder(&case, slot).is_some_and(|pod| pod.revision == case.desired.update)
        });
        let partition = block.map_or(0, |block| block.partition) as usize;
        let may_go = (case.desired.replicas as usize).saturating_sub(partition + updated.count());
        ensure(taken.len() <= may_go, || format!("{may_go}: {taken:?}"))
    });
}

/// What a rollout comes to as this version in `Parallel`, with the feature gate on: everything but why, and whether a pod that
/// is deleted must be there.
fn rolled_out(
    case: &Case,
    version: Version,
    repair: Option<Repair>,
) -> (Vec<(u32, Ordinal, Do)>, Option<Status>) {
    let mut case = case.clone();
    let profile = case.desired.profile;
    case.desired.management = Management::Parallel;
    case.desired.profile = Profile {
        max_unavailable: true,
        recreate: false,
        walk: false,
        ..profile.following(version)
    };
    case.desired.policies.repair = repair;
    case.desired.policies.deadline = None;
    let plan = planned(&case);
    let deeds = plan
        .deeds()
        .map(|deed| (deed.stage, deed.ordinal, deed.what));
    (deeds.collect(), plan.status)
}

const AT_ONCE: Repair = Repair {
    after: 0,
    beyond_budget: u32::MAX,
    ordered: true,
    pending: false,
};

/// The exception that 1.37 makes for broken pods is a repair without conditions and without a limit.
#[test]
fn repair_at_once_and_without_a_limit_is_what_1_37_does() {
    check(10_000, |case: Case| {
        if !matches!(case.desired.strategy, Strategy::RollingUpdate(_)) {
            return Ok(());
        }
        let mut case = case.without_questions();
        case.desired.policies.paused = Paused::NOTHING;
        case.desired.policies.in_place = InPlace::Off;
        let since = rolled_out(&case, Version::V1_37, None);
        // Availability decides since 1.34.
        for version in [
            Version::V1_34,
            Version::V1_35_0,
            Version::V1_35,
            Version::V1_36,
        ] {
            let before = rolled_out(&case, version, Some(AT_ONCE));
            ensure(before == since, || {
                format!("{version}: {before:?} and {since:?}")
            })?;
        }
        Ok(())
    });
}

#[test]
fn repair_at_once_and_without_a_limit_adds_nothing_to_1_37() {
    check(10_000, |case: Case| {
        let mut case = case.without_questions();
        case.desired.policies.paused = Paused::NOTHING;
        case.desired.policies.in_place = InPlace::Off;
        for version in [Version::V1_37, Version::V1_38] {
            let without = rolled_out(&case, version, None);
            let with = rolled_out(&case, version, Some(AT_ONCE));
            ensure(with == without, || {
                format!("{version}: {with:?} and {without:?}")
            })?;
        }
        Ok(())
    });
}

#[test]
fn a_pace_lets_one_available_pod_go_and_none_too_soon() {
    check(20_000, |case: Case| {
        let Some(pace) = case.desired.policies.pace.filter(|it| *it > 0) else {
            return Ok(());
        };
        let voluntary = [
            Reason::ScaleIn,
            Reason::Rollout,
            Reason::Requested,
            Reason::Drain,
        ];
        // In a deleted set, pods go for scale-in whatever there is.
        if case.desired.deletion != Deletion::No {
            return Ok(());
        }
        let taken = taken(&case, &voluntary);
        let available = taken.iter().filter(|pod| is_available(&case, pod)).count();
        let last = case.desired.published.and_then(|it| it.disrupted_at);
        let too_soon = last.is_some_and(|last| case.now < last.saturating_add(pace));
        ensure(available <= usize::from(!too_soon), || {
            format!("{available} at once, too soon: {too_soon}")
        })
    });
}

/// It takes away what a pause of the rollout takes away, and adds nothing; which of the two is up to the moment. Only what was
/// begun with a question goes on (rule M-7).
#[test]
fn a_deadline_does_nothing_but_hold_the_rollout() {
    check(20_000, |case: Case| {
        let case = case.without_questions();
        let policies = case.desired.policies;
        let plan = with(&case, policies);
        let deadline = None;
        let without = with(
            &case,
            Policies {
                deadline,
                ..policies
            },
        );
        let paused = policies.paused.with(Paused::ROLLOUT);
        let halted = with(
            &case,
            Policies {
                deadline,
                paused,
                ..policies
            },
        );
        let same = |other: &Plan| plan.deeds().eq(other.deeds());
        ensure(same(&without) || same(&halted), || {
            format!("{:?}\n{:?}", deeds(&plan), deeds(&without))
        })
    });
}

/// From every state of a set that is overdue, another update revision ends that.
#[test]
fn another_revision_is_never_overdue() {
    check(10_000, |mut case: Case| {
        case.desired.published = planned(&case).status.or(case.desired.published);
        let then = case.desired.policies.deadline.map(|it| it.after);
        if then.is_none_or(|after| after == 0) || case.desired.published.is_none() {
            return Ok(());
        }
        case.desired.update = statefulset::Revision(9);
        let status = planned(&case).status;
        let fresh = case.fresh;
        let progressing = status.and_then(|it| it.progressing);
        let paused = case
            .desired
            .policies
            .paused
            .overlaps(Paused::CREATION.with(Paused::ROLLOUT));
        let counts = fresh && !paused && case.desired.deletion == Deletion::No;
        ensure(
            !counts || progressing != Some(statefulset::Progress::Overdue),
            || format!("{status:?}"),
        )
    });
}
