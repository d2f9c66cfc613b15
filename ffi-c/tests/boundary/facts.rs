//! Every way to break the facts tier's contract gives a code, a place and a message, and leaves `out` alone.

use core::ptr::{null, null_mut};

use statefulset_c::*;

use crate::call::{Answer, Call, UNTOUCHED, blank, text};

fn spoilt(spoil: impl FnOnce(&mut Call)) -> Answer {
    let mut call = Call::good();
    spoil(&mut call);
    call.run()
}

#[test]
fn the_good_call_is_good() {
    assert_eq!(Call::good().run().code, STS_CODE_OK);
}

#[test]
fn null_is_for_empty_lists_only() {
    let call = Call::good();
    let mut observed = call.observed();
    observed.pods = null();
    assert_eq!(
        call.run_on(&observed, 16).place(),
        (STS_CODE_BAD_POINTER, STS_LIST_PODS, 0, "")
    );
    observed.pod_count = 0;
    assert_eq!(call.run_on(&observed, 16).code, STS_CODE_OK);

    let mut report = blank();
    let (desired, observed) = (&raw const call.desired, &raw const observed);
    let plan = |desired, observed, cap, report| {
        // SAFETY: NULL, or live locals.
        unsafe { sts_plan(desired, observed, 0, null_mut(), cap, report) }
    };
    assert_eq!(
        plan(null(), observed, 0, &raw mut report),
        STS_CODE_BAD_POINTER
    );
    assert_eq!(text(&report.message), "desired is NULL or misaligned");
    assert_eq!(
        plan(desired, null(), 0, &raw mut report),
        STS_CODE_BAD_POINTER
    );
    assert_eq!(text(&report.message), "observed is NULL or misaligned");
    assert_eq!(
        plan(desired, observed, 1, &raw mut report),
        STS_CODE_BAD_POINTER
    );
    assert_eq!(text(&report.message), "out is NULL and its count is not 0");
    assert_eq!(plan(desired, observed, 0, null_mut()), STS_CODE_BAD_POINTER);
}

#[test]
fn misaligned_pointers_and_impossible_counts_are_refused_unread() {
    let call = Call::good();
    let mut observed = call.observed();
    observed.claims = call.claims.as_ptr().wrapping_byte_add(1);
    assert_eq!(
        call.run_on(&observed, 16).place(),
        (STS_CODE_BAD_POINTER, STS_LIST_CLAIMS, 0, "")
    );
    for count in [usize::MAX, isize::MAX.unsigned_abs() / 32 + 1] {
        let mut observed = call.observed();
        observed.node_count = count;
        let answer = call.run_on(&observed, 16);
        assert_eq!(
            answer.place(),
            (STS_CODE_BAD_POINTER, STS_LIST_NODES, 0, "")
        );
        assert_eq!(
            text(&answer.report.message),
            "nodes has an impossible count"
        );
    }
}

#[test]
fn unknown_numbers_are_refused_wherever_they_stand() {
    type Spoil = (fn(&mut Call, u32), u32, u64, &'static str);
    let spoils: [Spoil; 21] = [
        (
            |c, n| c.desired.management = n,
            STS_LIST_DESIRED,
            0,
            "management",
        ),
        (
            |c, n| c.desired.strategy = n,
            STS_LIST_DESIRED,
            0,
            "strategy",
        ),
        (
            |c, n| c.desired.max_unavailable_kind = n,
            STS_LIST_DESIRED,
            0,
            "max_unavailable_kind",
        ),
        (
            |c, n| c.desired.when_deleted = n,
            STS_LIST_DESIRED,
            0,
            "when_deleted",
        ),
        (
            |c, n| c.desired.when_scaled = n,
            STS_LIST_DESIRED,
            0,
            "when_scaled",
        ),
        (
            |c, n| c.desired.deletion = n,
            STS_LIST_DESIRED,
            0,
            "deletion",
        ),
        (|c, n| c.desired.flags = n, STS_LIST_DESIRED, 0, "flags"),
        (
            |c, n| c.desired.profile.flags = n,
            STS_LIST_DESIRED,
            0,
            "profile.flags",
        ),
        (
            |c, n| c.desired.profile.shutdown = n,
            STS_LIST_DESIRED,
            0,
            "profile.shutdown",
        ),
        (
            |c, n| c.desired.profile.give_up = n,
            STS_LIST_DESIRED,
            0,
            "profile.give_up",
        ),
        (|c, n| c.flags = n, STS_LIST_OBSERVED, 0, "flags"),
        (|c, n| c.pods[1].phase = n, STS_LIST_PODS, 1, "phase"),
        (|c, n| c.pods[2].flags = n, STS_LIST_PODS, 2, "flags"),
        (|c, n| c.claims[1].phase = n, STS_LIST_CLAIMS, 1, "phase"),
        (
            |c, n| c.claims[1].set_owner = n,
            STS_LIST_CLAIMS,
            1,
            "set_owner",
        ),
        (
            |c, n| c.claims[1].pod_owner = n,
            STS_LIST_CLAIMS,
            1,
            "pod_owner",
        ),
        (|c, n| c.claims[1].modes = n, STS_LIST_CLAIMS, 1, "modes"),
        (|c, n| c.volumes[0].phase = n, STS_LIST_VOLUMES, 0, "phase"),
        (
            |c, n| c.volumes[0].volume_mode = n,
            STS_LIST_VOLUMES,
            0,
            "volume_mode",
        ),
        (|c, n| c.nodes[0].state = n, STS_LIST_NODES, 0, "state"),
        (|c, n| c.budgets[0].flags = n, STS_LIST_BUDGETS, 0, "flags"),
    ];
    for (spoil, list, index, field) in spoils {
        for number in [1 << 20, u32::MAX] {
            let answer = spoilt(|call| spoil(call, number));
            assert_eq!(
                answer.place(),
                (STS_CODE_UNKNOWN_NUMBER, list, index, field)
            );
        }
    }
}

#[test]
fn reserved_words_must_be_zero() {
    type Spoil = (fn(&mut Call), u32, &'static str);
    let (long, short) = ("reserved", "reserved32");
    let set = STS_LIST_DESIRED;
    let spoils: [Spoil; 20] = [
        // Forgotten flags and kinds are errors, not losses.
        (|c| c.desired.scale_out_limit = 1, set, "scale_out_limit"),
        (|c| c.desired.scale_in_limit = 1, set, "scale_in_limit"),
        (|c| c.desired.allowance = 1, set, "allowance"),
        (|c| c.desired.repair_after_ms = 1, set, "repair_after_ms"),
        (
            |c| c.desired.repair_beyond_budget = 1,
            set,
            "repair_beyond_budget",
        ),
        (
            |c| c.desired.flags |= STS_DESIRED_REPAIR_ORDERED,
            set,
            "flags",
        ),
        (|c| c.desired.pace_ms = 1, set, "pace_ms"),
        (|c| c.desired.deadline_then = 1, set, "deadline_then"),
        (
            |c| c.desired.deadline_after_ms = 1,
            set,
            "deadline_after_ms",
        ),
        (|c| c.desired.reserved32 = 1, set, short),
        (|c| c.pods[0].reserved32 = 1, STS_LIST_PODS, short),
        (
            |c| c.desired.profile.reserved[0] = 1,
            STS_LIST_DESIRED,
            "profile.reserved",
        ),
        (|c| c.pods[0].reserved = 1, STS_LIST_PODS, long),
        (|c| c.pods[0].reserved8 = 1, STS_LIST_PODS, "reserved8"),
        (|c| c.claims[0].reserved[0] = 1, STS_LIST_CLAIMS, long),
        (|c| c.volumes[0].reserved[0] = 1, STS_LIST_VOLUMES, long),
        (|c| c.volumes[0].reserved32 = 1, STS_LIST_VOLUMES, short),
        (|c| c.nodes[0].reserved[1] = 1, STS_LIST_NODES, long),
        (|c| c.budgets[0].reserved[1] = 1, STS_LIST_BUDGETS, long),
        (|c| c.reach[0].reserved = 1, STS_LIST_REACH, long),
    ];
    for (spoil, list, field) in spoils {
        let answer = spoilt(spoil);
        assert_eq!(answer.place(), (STS_CODE_RESERVED, list, 0, field));
    }
    let call = Call::good();
    let observed = sts_observed {
        reserved: 1,
        ..call.observed()
    };
    assert_eq!(
        call.run_on(&observed, 16).place(),
        (STS_CODE_RESERVED, STS_LIST_OBSERVED, 0, "reserved")
    );
}

#[test]
fn a_forgotten_flag_is_an_error() {
    let answer = spoilt(|call| call.pods[1].node = 1);
    assert_eq!(
        answer.place(),
        (STS_CODE_RESERVED, STS_LIST_PODS, 1, "node")
    );
    assert_eq!(
        text(&answer.report.message),
        "pods[1].node: must be 0 without its flag"
    );
    let answer = spoilt(|call| call.desired.published.replicas = 3);
    assert_eq!(
        answer.place(),
        (STS_CODE_RESERVED, STS_LIST_DESIRED, 0, "published")
    );
    let answer = spoilt(|call| call.desired.flags = 0);
    assert_eq!(
        answer.code, STS_CODE_OK,
        "an absent block of zeros is absent"
    );
    let answer = spoilt(|call| {
        call.desired.flags = 0;
        call.desired.partition = 1;
    });
    assert_eq!(
        answer.place(),
        (STS_CODE_RESERVED, STS_LIST_DESIRED, 0, "partition")
    );
    let answer = spoilt(|call| call.flags &= !STS_OBSERVED_VOLUMES);
    assert_eq!(
        answer.place(),
        (STS_CODE_RESERVED, STS_LIST_OBSERVED, 0, "volume_count")
    );
}

#[test]
fn the_planner_s_own_refusals_come_through() {
    let answer = spoilt(|call| call.desired.replicas = 1 << 31);
    assert_eq!(
        answer.place(),
        (STS_CODE_TOO_LARGE, STS_LIST_DESIRED, 0, "replicas")
    );
    let answer = spoilt(|call| call.desired.start = STS_MAX_ORDINAL);
    assert_eq!(answer.code, STS_CODE_OVERFLOW);
    let answer = spoilt(|call| {
        call.pods[2].flags |= STS_POD_NODE;
        call.pods[2].node = 1;
    });
    assert_eq!(
        answer.place(),
        (STS_CODE_NO_SUCH_ENTRY, STS_LIST_PODS, 2, "node")
    );
    let answer = spoilt(|call| call.pods[0].hold = 16);
    assert_eq!(
        answer.place(),
        (STS_CODE_UNKNOWN_NUMBER, STS_LIST_PODS, 0, "hold")
    );
    let answer = spoilt(|call| call.pods[1].prepared = 6);
    assert_eq!(
        answer.place(),
        (STS_CODE_UNKNOWN_NUMBER, STS_LIST_PODS, 1, "prepared")
    );
    let answer = spoilt(|call| call.pods[1].change = 3);
    assert_eq!(
        answer.place(),
        (STS_CODE_UNKNOWN_NUMBER, STS_LIST_PODS, 1, "change")
    );
    let answer = spoilt(|call| call.desired.in_place = 3);
    assert_eq!(
        answer.place(),
        (STS_CODE_UNKNOWN_NUMBER, STS_LIST_DESIRED, 0, "in_place")
    );
    let answer = spoilt(|call| call.claims[2].template_index = 1);
    assert_eq!(
        answer.place(),
        (STS_CODE_NO_SUCH_ENTRY, STS_LIST_CLAIMS, 2, "template_index")
    );
    let answer = spoilt(|call| call.desired.min_ready_ms = -1);
    assert_eq!(
        answer.place(),
        (STS_CODE_NEGATIVE, STS_LIST_DESIRED, 0, "min_ready_ms")
    );
    let answer = spoilt(|call| {
        call.volumes[0].flags = STS_VOLUME_CLAIM;
        call.volumes[0].claim = 3;
    });
    assert_eq!(
        answer.place(),
        (STS_CODE_NO_SUCH_ENTRY, STS_LIST_VOLUMES, 0, "claim")
    );
    let answer = spoilt(|call| call.desired.template_count = 1 << 16);
    assert_eq!(
        answer.place(),
        (STS_CODE_TOO_LARGE, STS_LIST_DESIRED, 0, "template_count")
    );
}

#[test]
fn a_small_buffer_is_told_the_size_and_left_alone() {
    let mut call = Call::good();
    call.pods.clear();
    call.desired.management = STS_MANAGEMENT_PARALLEL;
    let full = call.run();
    assert_eq!(full.code, STS_CODE_OK);
    let count = usize::try_from(full.report.action_count).expect("few actions");
    assert_eq!(count, 3);
    for cap in 0..count {
        let answer = call.run_on(&call.observed(), cap);
        assert_eq!(answer.place(), (STS_CODE_CAPACITY, STS_LIST_NONE, 0, ""));
        assert_eq!(answer.report.action_count, 3);
        assert_eq!(answer.report.flags, 0);
    }
    let exact = call.run_on(&call.observed(), count);
    assert_eq!(exact.code, STS_CODE_OK);
    assert_eq!(exact.out[..count], full.out[..count]);
    assert!(
        exact.out[count..]
            .iter()
            .all(|action| action.reserved32 == UNTOUCHED)
    );
}
