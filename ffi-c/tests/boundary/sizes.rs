//! Records of programs that were compiled with an earlier header: shorter than the library's own.

use core::mem::size_of;

use statefulset_c::*;

use crate::call::{Call, blank, text};

/// What lies behind the records that are written.
const UNTOUCHED: u64 = 0x5555_5555_5555_5555;

/// As short as each record may be: the set before its exclusions, pods before their rank, actions before their moments, the
/// others without the words that have no meaning yet.
const FIRST: sts_sizes = sts_sizes {
    desired: 192,
    observed: sts_sizes::OWN.observed,
    action: 80,
    pod: 48,
    claim: 64,
    volume: 48,
    node: 16,
    budget: 16,
    names: sts_sizes::OWN.names,
    exclusion: sts_sizes::OWN.exclusion,
    reach: sts_sizes::OWN.reach,
    reserved: [0; 5],
};

/// The first bytes of each record, one behind the other, as words, and not one byte more.
fn cut<T>(records: &[T], size: u16) -> Vec<u64> {
    let words = usize::from(size) / 8;
    let each = records.iter().flat_map(|record| {
        // SAFETY: records are multiples of eight bytes, aligned for words, and made of numbers.
        let all = unsafe {
            core::slice::from_raw_parts((&raw const *record).cast::<u64>(), size_of::<T>() / 8)
        };
        all[..words].to_vec()
    });
    each.collect()
}

struct Lists {
    desired: Vec<u64>,
    pods: Vec<u64>,
    claims: Vec<u64>,
    volumes: Vec<u64>,
    nodes: Vec<u64>,
    budgets: Vec<u64>,
}

/// Plans with records of these sizes; gives the code, the field that is wrong, and the actions as words.
fn plan(call: &Call, sizes: sts_sizes) -> (sts_code, String, Vec<Vec<u64>>) {
    let lists = Lists {
        desired: cut(&[call.desired], sizes.desired),
        pods: cut(&call.pods, sizes.pod),
        claims: cut(&call.claims, sizes.claim),
        volumes: cut(&call.volumes, sizes.volume),
        nodes: cut(&call.nodes, sizes.node),
        budgets: cut(&call.budgets, sizes.budget),
    };
    let observed = sts_observed {
        sizes,
        pods: lists.pods.as_ptr().cast(),
        claims: lists.claims.as_ptr().cast(),
        volumes: lists.volumes.as_ptr().cast(),
        nodes: lists.nodes.as_ptr().cast(),
        budgets: lists.budgets.as_ptr().cast(),
        ..call.observed()
    };
    let desired = lists.desired.as_ptr().cast();
    let mut report = blank();
    let room = 4;
    let words = usize::from(sizes.action) / 8;
    let mut out = vec![UNTOUCHED; room * words + 12];
    // SAFETY: every pointer is to a live local, and the lists have as many records of these sizes as they say.
    let code = unsafe {
        let out = out.as_mut_ptr().cast();
        let code = sts_plan(desired, &raw const observed, 0, out, room, &raw mut report);
        if code == STS_CODE_OK {
            assert!(sts_action_bound(desired, &raw const observed) >= 3);
        }
        code
    };
    assert_eq!(report.code, code);
    let count = if code == STS_CODE_OK {
        usize::try_from(report.action_count).expect("few")
    } else {
        0
    };
    let (written, rest) = out.split_at(count * words);
    assert!(
        rest.iter().all(|&word| word == UNTOUCHED),
        "written too far"
    );
    let actions = written.chunks(words.max(1)).map(<[u64]>::to_vec).collect();
    (code, text(&report.field).to_string(), actions)
}

/// Two pods, the second one not available, and a third to be made: actions, and waits with a moment.
fn call() -> Call {
    let mut call = Call::good();
    call.pods.pop();
    call.claims.pop();
    call.desired.min_ready_ms = 5000;
    for pod in &mut call.pods {
        pod.flags |= STS_POD_READY_SINCE;
    }
    call.pods[1].ready_since_ms = -1000;
    call.pods[0].ready_since_ms = -9000;
    call.desired.management = STS_MANAGEMENT_PARALLEL;
    call
}

type Entry = fn(&mut sts_sizes) -> &mut u16;

const ENTRIES: [(&str, Entry); 11] = [
    ("sizes.desired", |sizes| &mut sizes.desired),
    ("sizes.observed", |sizes| &mut sizes.observed),
    ("sizes.action", |sizes| &mut sizes.action),
    ("sizes.pod", |sizes| &mut sizes.pod),
    ("sizes.claim", |sizes| &mut sizes.claim),
    ("sizes.volume", |sizes| &mut sizes.volume),
    ("sizes.node", |sizes| &mut sizes.node),
    ("sizes.budget", |sizes| &mut sizes.budget),
    ("sizes.names", |sizes| &mut sizes.names),
    ("sizes.exclusion", |sizes| &mut sizes.exclusion),
    ("sizes.reach", |sizes| &mut sizes.reach),
];

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it makes hundreds of calls")]
fn a_record_of_every_length_is_read_and_written_as_far_as_it_goes() {
    let call = call();
    let (code, _, full) = plan(&call, sts_sizes::OWN);
    assert_eq!(code, STS_CODE_OK);
    assert_eq!(full.len(), 3, "a claim, a pod and a wait");
    let until = size_of::<sts_action>() / 8 - 1;
    assert!(full.iter().any(|action| action[until] != 0), "a moment");
    let compare = |sizes: sts_sizes| {
        let (code, field, actions) = plan(&call, sizes);
        assert_eq!((code, &*field), (STS_CODE_OK, ""), "{sizes:?}");
        let words = usize::from(sizes.action) / 8;
        let expected: Vec<_> = full.iter().map(|action| action[..words].to_vec()).collect();
        assert_eq!(actions, expected, "{sizes:?}");
    };
    compare(FIRST);
    for (_, entry) in ENTRIES {
        let mut sizes = sts_sizes::OWN;
        let (first, own) = (*entry(&mut FIRST.clone()), *entry(&mut sizes));
        for size in (first..=own).step_by(8) {
            *entry(&mut sizes) = size;
            compare(sizes);
        }
    }
}

#[test]
fn other_lengths_are_refused() {
    let call = call();
    for (field, entry) in ENTRIES {
        let (first, own) = (
            *entry(&mut FIRST.clone()),
            *entry(&mut sts_sizes::OWN.clone()),
        );
        for size in [0, first - 8, first - 1, own - 1, own + 1, own + 8, u16::MAX] {
            let mut sizes = sts_sizes::OWN;
            *entry(&mut sizes) = size;
            let call = Call {
                flags: call.flags,
                ..Call::good()
            };
            let observed = sts_observed {
                sizes,
                ..call.observed()
            };
            let answer = call.run_on(&observed, 16);
            assert_eq!(
                answer.place(),
                (STS_CODE_BAD_SIZE, STS_LIST_OBSERVED, 0, field),
                "{size}"
            );
        }
    }
    let forgotten = sts_observed {
        sizes: sts_sizes::default(),
        ..call.observed()
    };
    assert_eq!(call.run_on(&forgotten, 16).code, STS_CODE_BAD_SIZE);
    // SAFETY: every pointer is to a live local.
    let bound = unsafe { sts_action_bound(&raw const call.desired, &raw const forgotten) };
    assert_eq!(bound, 0);
    let mut sizes = sts_sizes::OWN;
    sizes.reserved[3] = 8;
    let observed = sts_observed {
        sizes,
        ..call.observed()
    };
    let place = (STS_CODE_RESERVED, STS_LIST_OBSERVED, 0, "sizes.reserved");
    assert_eq!(call.run_on(&observed, 16).place(), place);
}
