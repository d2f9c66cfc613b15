//! One cluster, many threads: each call is done whole, or answers BUSY and was not done at all.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use statefulset_c::*;

use crate::handle::{Handle, NOW, Said, ask_once, text};

const THREADS: u32 = 8;
const ROUNDS: u32 = 60;

fn pod(name: &str, version: u32) -> String {
    format!(
        r#"{{"metadata":{{"name":"{name}","namespace":"default","uid":"{name}","resourceVersion":"{version}",
            "labels":{{"app":"web"}}}},"spec":{{"containers":[]}},"status":{{"phase":"Pending"}}}}"#
    )
}

fn plan(cluster: &Handle) -> Said {
    // SAFETY: the text is static.
    ask_once(|out, cap, report| unsafe {
        sts_cluster_plan(cluster.0, text("default/web"), NOW, out, cap, report)
    })
}

/// Calls until it is served.
fn insist(busy: &AtomicU32, call: impl Fn() -> Said) -> Said {
    loop {
        let said = call();
        if said.code != STS_CODE_BUSY {
            return said;
        }
        assert_eq!(said.message(), "cluster is being used by another thread");
        busy.fetch_add(1, Ordering::Relaxed);
        thread::yield_now();
    }
}

#[test]
fn a_shared_cluster_is_busy_and_never_confused() {
    let shared = Handle::with_set();
    let busy = AtomicU32::new(0);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (shared, busy) = (&shared, &busy);
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    let name = format!("web-{}", 10 + thread);
                    let version = 100 + round;
                    insist(busy, || shared.apply(STS_KIND_POD, &pod(&name, version))).good();
                    let plan = insist(busy, || plan(shared)).good();
                    assert!(plan.starts_with("{\"id\":") && plan.ends_with('}'));
                }
            });
        }
    });
    // All that was told by all threads is there, as if one had told it.
    let alone = Handle::with_set();
    for thread in 0..THREADS {
        let name = format!("web-{}", 10 + thread);
        alone
            .apply(STS_KIND_POD, &pod(&name, 100 + ROUNDS - 1))
            .good();
    }
    let without_id = |plan: &str| plan.split_once(',').map(|(_, rest)| rest.to_string());
    assert_eq!(
        without_id(&plan(&shared).good()),
        without_id(&plan(&alone).good())
    );
    assert!(busy.into_inner() > 0, "the threads never met");
}

#[test]
fn a_cluster_that_is_freed_under_a_call_ends_after_it() {
    for _ in 0..50 {
        let shared = Handle::with_set();
        let cluster = shared.0;
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let said = plan(&shared);
                        match said.code {
                            STS_CODE_OK | STS_CODE_BUSY => {}
                            code => {
                                assert_eq!(code, STS_CODE_NO_SUCH_CLUSTER);
                                return;
                            }
                        }
                    }
                });
            }
            scope.spawn(move || assert_eq!(sts_cluster_free(cluster), STS_CODE_OK));
        });
    }
}
