//! What a set asks for beyond Kubernetes, through the C functions.

use statefulset_c::*;

use crate::call::{Answer, Call, blank};

/// What a call does: kind and ordinal of each action and wait.
fn deeds(answer: &Answer) -> Vec<(u32, u32)> {
    assert_eq!(answer.code, STS_CODE_OK);
    let count = usize::try_from(answer.report.action_count).expect("few");
    let actions = answer.out[..count].iter();
    actions
        .map(|action| (action.kind, action.ordinal))
        .collect()
}

fn run(change: impl FnOnce(&mut Call)) -> Vec<(u32, u32)> {
    let mut call = Call::good();
    call.desired.management = STS_MANAGEMENT_PARALLEL;
    call.desired.template_count = 0;
    call.claims.clear();
    call.desired.update_revision = 2;
    change(&mut call);
    deeds(&call.run())
}

#[test]
fn an_excluded_ordinal_has_a_stand_in() {
    let excluded = [sts_exclusion {
        first: 1,
        last: 1,
        ..sts_exclusion::default()
    }];
    let done = run(|call| {
        call.desired.update_revision = 1;
        call.desired.exclusions = excluded.as_ptr();
        call.desired.exclusion_count = excluded.len();
    });
    assert_eq!(
        done,
        [(STS_ACTION_CREATE_POD, 3), (STS_ACTION_DELETE_POD, 1)]
    );
    let waits = run(|call| {
        call.desired.update_revision = 1;
        call.desired.flags |= STS_DESIRED_STAND_IN_FIRST;
        call.desired.exclusions = excluded.as_ptr();
        call.desired.exclusion_count = excluded.len();
    });
    assert_eq!(waits, [(STS_ACTION_CREATE_POD, 3), (STS_ACTION_WAIT, 1)]);
}

#[test]
fn a_bad_exclusion_is_named() {
    let bad = |second: sts_exclusion| {
        let first = sts_exclusion {
            first: 1,
            last: 2,
            ..sts_exclusion::default()
        };
        let list = [first, second];
        let mut call = Call::good();
        call.desired.exclusions = list.as_ptr();
        call.desired.exclusion_count = list.len();
        let answer = call.run();
        let (code, list, index, field) = answer.place();
        assert_eq!((list, index), (STS_LIST_EXCLUSIONS, 1));
        (code, field.to_owned())
    };
    let range = |first, last| sts_exclusion {
        first,
        last,
        ..sts_exclusion::default()
    };
    assert_eq!(bad(range(2, 3)), (STS_CODE_DISORDER, "first".into()));
    assert_eq!(bad(range(4, 3)), (STS_CODE_EMPTY_RANGE, "last".into()));
    assert_eq!(bad(range(4, 1 << 31)), (STS_CODE_TOO_LARGE, "last".into()));
    let flags = sts_exclusion {
        flags: 2,
        ..range(4, 4)
    };
    assert_eq!(bad(flags), (STS_CODE_UNKNOWN_NUMBER, "flags".into()));
    let reserved = sts_exclusion {
        reserved: 1,
        ..range(4, 4)
    };
    assert_eq!(bad(reserved), (STS_CODE_RESERVED, "reserved".into()));
    let mut call = Call::good();
    call.desired.exclusion_count = 1;
    assert_eq!(call.run().code, STS_CODE_BAD_POINTER);
}

#[test]
fn each_policy_reaches_the_planner() {
    let delete = |ordinal| (STS_ACTION_DELETE_POD, ordinal);
    let wait = |ordinal| (STS_ACTION_WAIT, ordinal);
    assert_eq!(run(|_| ()), [delete(2), wait(0)]);
    let paused = run(|call| call.desired.paused = STS_PAUSED_ROLLOUT);
    assert_eq!(paused, [wait(0)]);
    let spent = run(|call| call.desired.flags |= STS_DESIRED_ALLOWANCE);
    assert_eq!(spent, [wait(0)]);
    let ranked = |ranked| {
        run(move |call| {
            call.desired.ranked = ranked;
            call.pods[2].rank = 1;
        })
    };
    assert_eq!(ranked(STS_RANKED_OFF), [delete(2), wait(0)]);
    assert_eq!(ranked(STS_RANKED_ORDER), [delete(1), wait(0), wait(2)]);
    let lowest = run(|call| {
        call.desired.ranked = STS_RANKED_TIERS;
        call.desired.flags |= STS_DESIRED_LOWEST_FIRST;
    });
    assert_eq!(lowest, [delete(0), wait(1)]);
    let limited = run(|call| {
        call.pods.clear();
        call.desired.scale_out_limit_kind = STS_LIMIT_COUNT;
        call.desired.scale_out_limit = 2;
    });
    let create = |ordinal| (STS_ACTION_CREATE_POD, ordinal);
    assert_eq!(limited, [create(0), create(1), wait(2)]);
    let leaving = run(|call| {
        call.desired.replicas = 0;
        call.desired.scale_in_limit_kind = STS_LIMIT_COUNT;
        call.desired.scale_in_limit = 1;
    });
    assert_eq!(leaving, [delete(2), wait(0)]);
    let repaired = |flags| {
        run(move |call| {
            call.desired.management = STS_MANAGEMENT_ORDERED_READY;
            call.desired.flags |= flags;
            call.pods[1].flags &= !STS_POD_READY;
        })
    };
    assert_eq!(repaired(STS_DESIRED_REPAIR)[0], wait(0));
    let ordered = STS_DESIRED_REPAIR | STS_DESIRED_REPAIR_ORDERED;
    assert_eq!(repaired(ordered)[0], delete(1));
}

#[test]
fn bad_policies_are_named() {
    let bad = |spoil: fn(&mut sts_desired)| {
        let mut call = Call::good();
        spoil(&mut call.desired);
        let answer = call.run();
        let (code, list, _, field) = answer.place();
        assert_eq!(list, STS_LIST_DESIRED);
        (code, field.to_owned())
    };
    assert_eq!(
        bad(|set| set.paused = 32),
        (STS_CODE_UNKNOWN_NUMBER, "paused".into())
    );
    assert_eq!(
        bad(|set| set.ranked = 3),
        (STS_CODE_UNKNOWN_NUMBER, "ranked".into())
    );
    assert_eq!(
        bad(|set| set.scale_out_limit_kind = 3),
        (STS_CODE_UNKNOWN_NUMBER, "scale_out_limit_kind".into())
    );
    assert_eq!(
        bad(|set| set.scale_in_limit_kind = STS_LIMIT_PERCENT),
        (STS_CODE_NO_LIMIT, "scale_in_limit".into())
    );
    assert_eq!(
        bad(|set| {
            set.flags |= STS_DESIRED_REPAIR;
            set.repair_after_ms = -1;
        }),
        (STS_CODE_NEGATIVE, "repair_after_ms".into())
    );
}

#[test]
fn a_group_is_shared_out() {
    let mut call = Call::good();
    call.desired.update_revision = 2;
    call.pods[0].flags &= !STS_POD_READY;
    let observed = call.observed();
    let mut members = [sts_member::default(); 2];
    let mut allowances = [7; 2];
    let mut report = blank();
    // SAFETY: every pointer is to a live local, and the lists are as long as they are said to be.
    unsafe {
        let code = sts_member_of(
            &raw const call.desired,
            &raw const observed,
            0,
            &raw mut members[1],
            &raw mut report,
        );
        assert_eq!(code, STS_CODE_OK);
        let code = sts_allot(
            members.as_ptr(),
            2,
            allowances.as_mut_ptr(),
            &raw mut report,
        );
        assert_eq!(code, STS_CODE_OK);
        let code = sts_allot(
            core::ptr::null(),
            1,
            allowances.as_mut_ptr(),
            &raw mut report,
        );
        assert_eq!(code, STS_CODE_BAD_POINTER);
    }
    assert_eq!((members[1].unavailable, members[1].outdated), (1, 3));
    assert_eq!(allowances, [0, u32::MAX]);
}
