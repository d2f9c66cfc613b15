//! Records.

use core::ffi::{c_char, c_void};
use core::mem::size_of;
use core::ptr::null;

use statefulset_c::*;

use crate::dice::Dice;
use crate::guarded::{Guarded, UNTOUCHED, bytes_of};
use crate::verdict::{Out, Report, Tally};

/// So many entries has a list at most.
const MOST: usize = 12;

/// Memory for all arguments.
pub(crate) struct Facts {
    inputs: [Guarded; 11],
    actions: Guarded,
    text: Out,
    report: Report,
}

impl Facts {
    pub(crate) fn new() -> Self {
        Self {
            inputs: core::array::from_fn(|_| Guarded::new(4096)),
            actions: Guarded::new(1 << 20),
            text: Out::new(1 << 15),
            report: Report::new(),
        }
    }

    /// Lays a list that is mostly good, and gives its place and length.
    fn list<T: Copy>(
        place: &mut Guarded,
        dice: &mut Dice,
        record: impl Fn(&mut Dice) -> T,
    ) -> (*const T, usize) {
        let count = dice.below(MOST);
        let records: Vec<T> = (0..count).map(|_| record(dice)).collect();
        let mut bytes = bytes_of(&records);
        dice.spoil(&mut bytes);
        let start = place.lay::<T>(&bytes);
        match dice.below(200) {
            0 => (null(), count),
            1 => (start.wrapping_byte_add(1), count),
            2 => (start, usize::MAX - dice.below(3)),
            _ => (start, count),
        }
    }

    pub(crate) fn round(&mut self, dice: &mut Dice) -> Tally {
        let mut tally = Tally::default();
        let Self {
            inputs,
            actions,
            text,
            report,
        } = self;
        let [
            desired,
            observed,
            pods,
            claims,
            volumes,
            nodes,
            budgets,
            reach,
            names,
            spoken,
            outcomes,
        ] = inputs;
        let mut record = bytes_of(&[self::desired(dice)]);
        dice.spoil(&mut record);
        let set = desired.lay::<sts_desired>(&record);
        // More actions than memory is no business of these calls.
        // SAFETY: laid just now.
        if unsafe { (*set).profile.max_actions } > 4000 {
            return tally;
        }
        let (pods, pod_count) = Self::list(pods, dice, pod);
        let (claims, claim_count) = Self::list(claims, dice, claim);
        let (volumes, volume_count) = Self::list(volumes, dice, volume);
        let (nodes, node_count) = Self::list(nodes, dice, node);
        let (budgets, budget_count) = Self::list(budgets, dice, budget);
        let (reach, reach_count) = Self::list(reach, dice, self::reach);
        let known = 31 & !dice.small(32) | if dice.one_in(3) { 0 } else { 31 };
        let if_known = |flag: u32, count: usize| if known & flag == 0 { 0 } else { count };
        let lists = sts_observed {
            sizes: sizes(dice),
            flags: known,
            reserved: u32::from(dice.one_in(100)),
            pods,
            pod_count,
            claims,
            claim_count: if_known(STS_OBSERVED_CLAIMS, claim_count),
            volumes,
            volume_count: if_known(STS_OBSERVED_VOLUMES, volume_count),
            nodes,
            node_count: if_known(STS_OBSERVED_NODES, node_count),
            budgets,
            budget_count: if_known(STS_OBSERVED_BUDGETS, budget_count),
            reach,
            reach_count: if_known(STS_OBSERVED_NODES, reach_count),
        };
        let seen = observed.lay::<sts_observed>(&bytes_of(&[lists]));
        let now = if dice.one_in(4) {
            dice.odd_signed()
        } else {
            1000
        };
        desired.seal();
        observed.seal();

        // SAFETY: here as in the calls below, pointers lead to live records or must be refused before they are followed.
        let bound = unsafe { sts_action_bound(set, seen) };
        let cap = if dice.one_in(4) {
            dice.below(8)
        } else {
            bound.min(8000)
        };
        let out = actions.blank::<sts_action>(cap * size_of::<sts_action>());
        // SAFETY: see above.
        let plan = report.take(&mut tally, |it| unsafe {
            sts_plan(set, seen, now, out, cap, it)
        });
        let count = usize::try_from(plan.action_count).expect("a size of memory");
        let written = actions.tail(cap * size_of::<sts_action>());
        let used = if plan.code == STS_CODE_OK { count } else { 0 };
        assert!(
            written[used * size_of::<sts_action>()..]
                .iter()
                .all(|&byte| byte == UNTOUCHED)
        );
        assert!(count <= bound, "{count} actions, and the bound is {bound}");
        if plan.code == STS_CODE_CAPACITY {
            assert!(count > cap);
        }
        for i in 0..used {
            // SAFETY: the call wrote so many actions.
            let action = unsafe { out.add(i).read() };
            assert!(action.flags & STS_ACTION_HAS_POD == 0 || (action.pod as usize) < pod_count);
            assert!(
                action.flags & STS_ACTION_HAS_CLAIM == 0 || (action.claim as usize) < claim_count
            );
            assert!(
                action.flags & STS_ACTION_HAS_VOLUME == 0
                    || (action.volume as usize) < volume_count
            );
            assert!(action.flags & STS_ACTION_HAS_NODE == 0 || (action.node as usize) < node_count);
            assert_eq!(action.reserved32, 0);
        }

        let told: Vec<u32> = (0..dice.below(count.min(50) + 2))
            .map(|_| dice.small(5))
            .collect();
        let mut told = bytes_of(&told);
        dice.spoil(&mut told);
        let (numbers, length) = (outcomes.lay(&told), told.len() / 4);
        outcomes.seal();
        // SAFETY: see above.
        let concluded = report.take(&mut tally, |it| unsafe {
            sts_conclude(set, seen, now, numbers, length, it)
        });
        if concluded.code == STS_CODE_OK {
            assert!((STS_NEXT_REST..=STS_NEXT_RETRY).contains(&concluded.next));
        }
        let (places, states) = (plan_places(out, used), told.len() / 4);
        let places = &places[..used.min(states)];
        // SAFETY: see above; the outcomes are sealed memory of at least so many entries.
        let next = report.take(&mut tally, |it| unsafe {
            sts_may_start(places.as_ptr(), numbers, places.len(), it)
        });
        if next.code == STS_CODE_OK && next.flags & STS_REPORT_MAY_START != 0 {
            assert!(next.index < places.len() as u64);
            assert_eq!(next.flags & STS_REPORT_OVER, 0);
        }
        let mut answers = dice.word();
        let user = (&raw mut answers).cast();
        // SAFETY: see above.
        let carried = report.take(&mut tally, |it| unsafe {
            sts_carry_out(set, seen, now, Some(act), user, it)
        });
        assert_eq!(
            carried.code == STS_CODE_OK,
            plan.code == STS_CODE_OK || plan.code == STS_CODE_CAPACITY
        );
        outcomes.unseal();

        let mut words = *b"web\nwww\ndata\nnode-1\n\nvolume-7 web";
        dice.spoil(&mut words);
        let words = spoken.lay::<c_char>(&words);
        let word = |dice: &mut Dice| {
            let (from, to) = (dice.below(34), dice.below(34));
            sts_text {
                data: words.wrapping_add(from.min(to)),
                size: from.max(to) - from.min(to),
            }
        };
        let called = sts_names {
            set: word(dice),
            claim_templates: word(dice),
            nodes: word(dice),
            volumes: word(dice),
            budgets: word(dice),
        };
        let called = names.lay(&bytes_of(&[called]));
        let cap = if dice.one_in(3) {
            dice.below(100)
        } else {
            1 << 15
        };
        text.take(cap, |out| {
            // SAFETY: see above.
            report.take(&mut tally, |it| unsafe {
                sts_explain(set, seen, now, called, out, cap, it)
            })
        });
        desired.unseal();
        observed.unseal();
        tally
    }
}

/// Mostly the records' own sizes, now and then shorter ones, or such as no record has. Actions are written as they are.
fn sizes(dice: &mut Dice) -> sts_sizes {
    let mut sizes = sts_sizes::OWN;
    let entries = [
        &mut sizes.desired,
        &mut sizes.observed,
        &mut sizes.pod,
        &mut sizes.claim,
        &mut sizes.volume,
        &mut sizes.node,
        &mut sizes.budget,
        &mut sizes.names,
    ];
    for size in entries {
        if dice.one_in(20) {
            *size -= 8 * u16::try_from(dice.small(3)).expect("a small number");
        }
        if dice.one_in(200) {
            *size = u16::try_from(dice.small(300)).expect("a small number");
        }
    }
    sizes
}

/// Where actions stand in the order.
fn plan_places(actions: *const sts_action, count: usize) -> Vec<sts_place> {
    let place = |index| {
        // SAFETY: so many have been written.
        unsafe { sts_action_place(actions.add(index)) }
    };
    (0..count).map(place).collect()
}

/// Some outcome, or none that there is.
unsafe extern "C" fn act(user: *mut c_void, _: *const sts_action, _: usize) -> u32 {
    // SAFETY: what `round` hands out.
    let answers = unsafe { &mut *user.cast::<u64>() };
    *answers = answers
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    u32::try_from(*answers >> 61).expect("three bits")
}

/// A field that is there with its flag.
fn given<T: Default>(flags: u32, flag: u32, value: T) -> T {
    if flags & flag == 0 {
        T::default()
    } else {
        value
    }
}

fn desired(dice: &mut Dice) -> sts_desired {
    let flags = dice.small(8);
    let rolling = flags & STS_DESIRED_ROLLING != 0;
    let kind = if rolling { dice.small(3) } else { 0 };
    let mut profile = if dice.one_in(2) {
        sts_profile_upstream()
    } else {
        sts_profile_standalone()
    };
    if dice.one_in(3) {
        profile.max_actions = dice.small(20);
        profile.flags ^= dice.small(4);
    }
    sts_desired {
        generation: 2,
        min_ready_ms: [0, 10_000][dice.below(2)],
        current_revision: 1,
        update_revision: 1 + dice.word() % 2,
        replicas: if dice.one_in(30) {
            dice.small(u32::MAX)
        } else {
            dice.small(6)
        },
        start: dice.small(3),
        template_count: dice.small(3),
        flags,
        management: dice.small(2),
        strategy: dice.small(3),
        partition: given(flags, STS_DESIRED_ROLLING, dice.small(4)),
        max_unavailable_kind: kind,
        max_unavailable: if kind == 0 { 0 } else { 1 + dice.small(60) },
        when_deleted: dice.small(2),
        when_scaled: dice.small(2),
        deletion: if dice.one_in(4) { dice.small(3) } else { 0 },
        published: given(flags, STS_DESIRED_PUBLISHED, published(dice)),
        profile,
        ..sts_desired::default()
    }
}

fn published(dice: &mut Dice) -> sts_status {
    sts_status {
        observed_generation: 1,
        replicas: dice.small(6),
        ready: dice.small(6),
        current_revision: 1,
        update_revision: 1,
        progressing: dice.small(4),
        ..sts_status::default()
    }
}

fn pod(dice: &mut Dice) -> sts_pod {
    let flags = dice.small(256) & if dice.one_in(2) { 15 } else { 255 };
    sts_pod {
        hold: u8::try_from(dice.small(4)).expect("small"),
        prepared: u8::try_from(dice.small(6)).expect("small"),
        ordinal: if dice.one_in(30) {
            STS_NO_ORDINAL
        } else {
            dice.small(8)
        },
        phase: dice.small(5),
        flags,
        node: given(flags, STS_POD_NODE, dice.small(4)),
        budget: given(flags, STS_POD_BUDGET, dice.small(4)),
        revision: 1 + dice.word() % 2,
        ready_since_ms: given(flags, STS_POD_READY_SINCE, i64::from(dice.small(2000))),
        terminating_since_ms: given(flags, STS_POD_TERMINATING, i64::from(dice.small(2000))),
        ..sts_pod::default()
    }
}

fn claim(dice: &mut Dice) -> sts_claim {
    let flags = dice.small(16);
    sts_claim {
        ordinal: dice.small(40),
        template_index: dice.small(3),
        phase: dice.small(3),
        flags,
        set_owner: dice.small(4),
        pod_owner: dice.small(4),
        binding: dice.small(2),
        modes: dice.small(16),
        volume_mode: dice.small(2),
        storage_class: dice.small(2),
        volume: given(flags, STS_CLAIM_VOLUME, dice.small(4)),
        node: given(flags, STS_CLAIM_NODE, dice.small(4)),
        terminating_since_ms: given(flags, STS_CLAIM_TERMINATING, i64::from(dice.small(2000))),
        request: dice.word() % 4,
        ..sts_claim::default()
    }
}

fn volume(dice: &mut Dice) -> sts_volume {
    let flags = [0, 1, 16, 17, 4, 20, 8, 24][dice.below(8)];
    sts_volume {
        capacity: dice.word() % 8,
        matches: u64::MAX >> dice.below(3),
        phase: dice.small(5),
        flags,
        claim: given(flags, STS_VOLUME_CLAIM, dice.small(4)),
        storage_class: dice.small(2),
        modes: dice.small(16),
        volume_mode: dice.small(2),
        reach: given(flags, STS_VOLUME_REACH, dice.small(2)),
        ..sts_volume::default()
    }
}

fn node(dice: &mut Dice) -> sts_node {
    let flags = dice.small(8);
    sts_node {
        state: dice.small(5),
        flags,
        since_ms: given(flags, STS_NODE_SINCE, i64::from(dice.small(2000))),
        ..sts_node::default()
    }
}

fn reach(dice: &mut Dice) -> sts_reach {
    sts_reach {
        group: dice.small(2),
        node: dice.small(3),
        ..sts_reach::default()
    }
}

fn budget(dice: &mut Dice) -> sts_budget {
    sts_budget {
        allowed: dice.small(3),
        healthy: dice.small(5),
        desired_healthy: dice.small(5),
        flags: dice.small(2),
        ..sts_budget::default()
    }
}
