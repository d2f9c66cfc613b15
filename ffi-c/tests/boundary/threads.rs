//! One cluster, many threads: each call is done whole.

use std::sync::Barrier;
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

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn a_shared_cluster_is_never_confused() {
    let shared = Handle::with_set();
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let shared = &shared;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    let name = format!("web-{}", 10 + thread);
                    let version = 100 + round;
                    shared.apply(STS_KIND_POD, &pod(&name, version)).good();
                    let plan = plan(shared).good();
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
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn who_only_looks_waits_for_nobody_who_looks() {
    let shared = Handle::with_set();
    let expected = plan(&shared).good();
    let start = Barrier::new(THREADS as usize);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                start.wait();
                for _ in 0..ROUNDS {
                    assert_eq!(plan(&shared).good(), expected);
                    assert_eq!(shared.due(NOW).good(), "default/web\n");
                }
            });
        }
    });
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
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
                            STS_CODE_OK => {}
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
