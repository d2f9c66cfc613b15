//! The rules of the header's first page, one test each.

use core::ptr::{null, null_mut};
use std::thread;

use statefulset_c::*;

use crate::call::{Call, blank};
use crate::handle::{Handle, NOW, SET, ask, bytes, tell, text};

/// Plans, and gives the actions.
fn plan(call: &Call, now: i64) -> (sts_code, Vec<sts_action>) {
    let observed = call.observed();
    let mut out = [sts_action::default(); 16];
    let mut report = blank();
    // SAFETY: every pointer is to a live local.
    let code = unsafe {
        sts_plan(
            &raw const call.desired,
            &raw const observed,
            now,
            out.as_mut_ptr(),
            out.len(),
            &raw mut report,
        )
    };
    let count = usize::try_from(report.action_count).expect("few actions");
    (code, out[..count.min(16)].to_vec())
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn rule_1_threads() {
    let mut call = Call::good();
    call.pods.pop();
    let expected = plan(&call, NOW);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let cluster = Handle::with_set();
                let told = cluster.plan("default/web").good();
                for _ in 0..100 {
                    let mut call = Call::good();
                    call.pods.pop();
                    assert_eq!(plan(&call, NOW), expected);
                    assert_eq!(cluster.plan("default/web").good(), told);
                }
            });
        }
    });
}

#[test]
fn rule_2_memory() {
    // Everything that was given may go at once: the cluster keeps facts, not pointers.
    let cluster = Handle::new();
    let mut json = SET.to_string();
    cluster.apply(STS_KIND_STATEFUL_SET, &json).good();
    json.clear();
    json.push_str(&"x".repeat(SET.len()));
    assert!(cluster.explain("default/web").good().starts_with("web"));
    let handle = cluster.0;
    drop(cluster);
    assert_eq!(sts_cluster_free(handle), STS_CODE_NO_SUCH_CLUSTER);
}

#[test]
fn rule_3_null() {
    let mut call = Call::good();
    let mut observed = call.observed();
    observed.pods = null();
    assert_eq!(call.run_on(&observed, 16).code, STS_CODE_BAD_POINTER);
    observed.pod_count = 0;
    assert_eq!(call.run_on(&observed, 16).code, STS_CODE_OK);
    call.pods.clear();
    let cluster = Handle::with_set();
    let nothing = |size| sts_text { data: null(), size };
    let bookmark = |version| {
        // SAFETY: the text is NULL.
        tell(|report| unsafe { sts_cluster_bookmark(cluster.0, STS_KIND_POD, version, report) })
    };
    assert_eq!(bookmark(nothing(0)).code, STS_CODE_OK);
    assert_eq!(bookmark(nothing(1)).code, STS_CODE_BAD_POINTER);
    // SAFETY: NULL is refused.
    let code = unsafe { sts_cluster_begin_list(cluster.0, STS_KIND_POD, null_mut()) };
    assert_eq!(code, STS_CODE_BAD_POINTER);
}

#[test]
fn rule_4_numbers() {
    let mut call = Call::good();
    call.pods[0].phase = STS_PHASE_UNKNOWN + 1;
    assert_eq!(plan(&call, NOW).0, STS_CODE_UNKNOWN_NUMBER);
    call.pods[0].phase = STS_PHASE_RUNNING;
    call.pods[0].flags |= 1 << 31;
    assert_eq!(plan(&call, NOW).0, STS_CODE_UNKNOWN_NUMBER);
    call.pods[0].flags &= !(1 << 31);
    call.pods[0].reserved = 1;
    assert_eq!(plan(&call, NOW).0, STS_CODE_RESERVED);
    call.pods[0].reserved = 0;
    call.pods[0].node = 1;
    assert_eq!(plan(&call, NOW).0, STS_CODE_RESERVED, "without its flag");
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn rule_5_time() {
    let mut call = Call::good();
    call.desired.min_ready_ms = i64::MAX;
    for pod in &mut call.pods {
        pod.flags |= STS_POD_READY_SINCE;
        pod.ready_since_ms = i64::MAX;
    }
    for now in [i64::MIN, -1, 0, NOW, i64::MAX] {
        assert_eq!(plan(&call, now).0, STS_CODE_OK);
    }
    let cluster = Handle::with_set();
    for now in [i64::MIN, i64::MAX] {
        // SAFETY: the text is static.
        let said = ask(|out, cap, report| unsafe {
            sts_cluster_plan(cluster.0, text("default/web"), now, out, cap, report)
        });
        assert_eq!(said.report.plan.now_ms, now);
        assert_eq!(said.code, STS_CODE_OK);
    }
}

#[test]
fn rule_6_text() {
    let cluster = Handle::with_set();
    // No NUL is needed: what follows the text does not matter.
    let long = "default/webmaster";
    let named = |set: sts_text| {
        // SAFETY: the texts are static.
        ask(|out, cap, report| unsafe { sts_cluster_plan(cluster.0, set, NOW, out, cap, report) })
    };
    assert_eq!(named(text(&long[..11])).code, STS_CODE_OK);
    assert_eq!(named(text(long)).code, STS_CODE_NO_SUCH_SET);
    // A NUL inside is a character like any other.
    assert_eq!(named(text("default/web\0")).code, STS_CODE_NO_SUCH_SET);
    assert_eq!(named(bytes(b"default/web\xc3")).code, STS_CODE_BAD_TEXT);
    assert_eq!(cluster.watch("{").code, STS_CODE_BAD_JSON);
    assert_eq!(cluster.apply(STS_KIND_POD, "{").code, STS_CODE_BAD_OBJECT);
    // `ask` checks the rest: the size, the NUL, and that too little room writes nothing.
    assert_eq!(cluster.due(NOW).good(), "default/web\n");
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn rule_7_failure() {
    let mut call = Call::good();
    call.desired.replicas = u32::MAX;
    let answer = call.run();
    assert!(answer.untouched());
    assert_eq!(answer.code, STS_CODE_TOO_LARGE);
    assert_eq!(answer.report.code, STS_CODE_TOO_LARGE);

    let cluster = Handle::with_set();
    let before = cluster.plan("default/web");
    let id = before.report.plan;
    let failures = [
        cluster.finish(id, "nonsense"),
        cluster.settle(id, "nonsense"),
        cluster.watch("nonsense"),
        cluster.begin_list(99),
        cluster.plan("nonsense"),
        // SAFETY: the text is static, and there is no room to write to.
        tell(|report| unsafe {
            let outcomes = text(r#"[{"status":"done"}]"#);
            sts_cluster_finish(
                cluster.0,
                text("default/web"),
                id,
                outcomes,
                NOW,
                null_mut(),
                0,
                report,
            )
        }),
    ];
    for said in failures {
        assert_ne!(said.code, STS_CODE_OK);
        assert!(!said.message().is_empty());
    }
    let after = cluster.plan("default/web");
    assert_eq!(after.report.plan, id);
    assert_eq!(after.good(), before.good());
}

#[test]
fn rule_9_growing() {
    // A program whose pods end before their rank; `sizes.rs` has every record and every length.
    let call = Call::good();
    let mut short = Vec::new();
    for pod in &call.pods {
        let words: [u64; 8] = bytes_as_words(pod);
        short.extend_from_slice(&words[..6]);
    }
    let mut observed = call.observed();
    observed.sizes.pod = 48;
    observed.pods = short.as_ptr().cast();
    assert_eq!(call.run_on(&observed, 16).code, STS_CODE_OK);
    observed.sizes.pod = 44;
    assert_eq!(call.run_on(&observed, 16).code, STS_CODE_BAD_SIZE);
}

fn bytes_as_words(pod: &sts_pod) -> [u64; 8] {
    // SAFETY: a pod is eight words of numbers.
    unsafe { core::mem::transmute_copy(pod) }
}
