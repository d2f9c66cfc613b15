//! A cluster behind its handle, and one set to tell it of.

use core::ffi::{CStr, c_char};
use core::ptr::null_mut;

use statefulset_c::*;

use crate::call::{blank, text as message};

pub(crate) const NOW: i64 = 1_800_000_000_000;

/// The set `default/web`, of two pods.
pub(crate) const SET: &str = r#"{"apiVersion":"apps/v1","kind":"StatefulSet",
    "metadata":{"name":"web","namespace":"default","uid":"set-1","resourceVersion":"10","generation":1},
    "spec":{"replicas":2,"serviceName":"web","revisionHistoryLimit":10,"podManagementPolicy":"OrderedReady",
        "selector":{"matchLabels":{"app":"web"}},
        "updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},
        "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}"#;

/// The kinds that the upstream profile looks at.
pub(crate) const KINDS: [u32; 4] = [
    STS_KIND_STATEFUL_SET,
    STS_KIND_POD,
    STS_KIND_PERSISTENT_VOLUME_CLAIM,
    STS_KIND_CONTROLLER_REVISION,
];

pub(crate) fn text(text: &str) -> sts_text {
    bytes(text.as_bytes())
}

pub(crate) fn bytes(bytes: &[u8]) -> sts_text {
    sts_text {
        data: bytes.as_ptr().cast(),
        size: bytes.len(),
    }
}

/// What a call said: its code, its report, and the text that it wrote, empty after a failure.
pub(crate) struct Said {
    pub(crate) code: sts_code,
    pub(crate) report: sts_report,
    pub(crate) text: String,
}

impl Said {
    pub(crate) fn message(&self) -> &str {
        message(&self.report.message)
    }

    pub(crate) fn field(&self) -> &str {
        message(&self.report.field)
    }

    /// The text of a call that went well.
    pub(crate) fn good(self) -> String {
        assert_eq!(self.code, STS_CODE_OK, "{}", self.message());
        self.text
    }
}

/// Makes a call without a text.
pub(crate) fn tell(call: impl FnOnce(*mut sts_report) -> sts_code) -> Said {
    let mut report = blank();
    let code = call(&raw mut report);
    assert_eq!(report.code, code);
    Said {
        code,
        report,
        text: String::new(),
    }
}

/// Makes a call that writes text, with more than enough room.
pub(crate) fn ask_once(call: impl FnOnce(*mut c_char, usize, *mut sts_report) -> sts_code) -> Said {
    let mut out = vec![0; 1 << 16];
    let said = tell(|report| call(out.as_mut_ptr(), out.len(), report));
    // SAFETY: the buffer is full of NULs, of which the call leaves one.
    let text = unsafe { CStr::from_ptr(out.as_ptr()) };
    let text = text.to_str().expect("UTF-8").to_string();
    Said { text, ..said }
}

/// Makes a call that writes text: with no room, with too little by one byte, and with just enough.
pub(crate) fn ask(call: impl Fn(*mut c_char, usize, *mut sts_report) -> sts_code) -> Said {
    const UNTOUCHED: c_char = 0x55;
    let first = tell(|report| call(null_mut(), 0, report));
    if first.code != STS_CODE_CAPACITY {
        return first;
    }
    let size = usize::try_from(first.report.size).expect("a size of memory");
    let mut out = vec![UNTOUCHED; size + 2];
    let short = tell(|report| call(out.as_mut_ptr(), size, report));
    assert_eq!(short.code, STS_CODE_CAPACITY);
    assert!(out.iter().all(|&byte| byte == UNTOUCHED));
    let said = tell(|report| call(out.as_mut_ptr(), size + 1, report));
    assert_eq!(
        out[size + 1],
        UNTOUCHED,
        "more was written than there is room for"
    );
    if said.code != STS_CODE_OK {
        assert!(out.iter().all(|&byte| byte == UNTOUCHED));
        return said;
    }
    assert_eq!(said.report.size, first.report.size);
    // SAFETY: the call has written `size` bytes and a NUL.
    let text = unsafe { CStr::from_ptr(out.as_ptr()) };
    let text = text.to_str().expect("UTF-8").to_string();
    assert_eq!(text.len(), size);
    Said { text, ..said }
}

/// A cluster that is freed at the end.
pub(crate) struct Handle(pub(crate) sts_cluster);

impl Drop for Handle {
    fn drop(&mut self) {
        sts_cluster_free(self.0);
    }
}

// SAFETY (of all calls below): every pointer is to a live local, and every text borrows one.
impl Handle {
    /// An empty cluster.
    pub(crate) fn new() -> Self {
        Self::of(sts_profile_upstream())
    }

    /// An empty cluster that decides as a profile says.
    pub(crate) fn of(profile: sts_profile) -> Self {
        let mut cluster = sts_cluster { id: 0 };
        // SAFETY: see above.
        let made =
            tell(|report| unsafe { sts_cluster_new(&raw const profile, &raw mut cluster, report) });
        assert_eq!(made.code, STS_CODE_OK);
        Self(cluster)
    }

    /// A cluster in which nothing but the set has been listed.
    pub(crate) fn with_set() -> Self {
        let cluster = Self::new();
        for kind in KINDS {
            cluster.begin_list(kind).good();
        }
        cluster.apply(STS_KIND_STATEFUL_SET, SET).good();
        for kind in KINDS {
            cluster.end_list(kind, "10").good();
        }
        cluster
    }

    pub(crate) fn apply(&self, kind: u32, json: &str) -> Said {
        // SAFETY: see above.
        tell(|report| unsafe { sts_cluster_apply(self.0, kind, text(json), report) })
    }

    pub(crate) fn remove(&self, kind: u32, object: &str, uid: &str) -> Said {
        // SAFETY: see above.
        tell(|report| unsafe { sts_cluster_remove(self.0, kind, text(object), text(uid), report) })
    }

    pub(crate) fn begin_list(&self, kind: u32) -> Said {
        // SAFETY: see above.
        tell(|report| unsafe { sts_cluster_begin_list(self.0, kind, report) })
    }

    pub(crate) fn end_list(&self, kind: u32, version: &str) -> Said {
        // SAFETY: see above.
        tell(|report| unsafe { sts_cluster_end_list(self.0, kind, text(version), report) })
    }

    pub(crate) fn bookmark(&self, kind: u32, version: &str) -> Said {
        // SAFETY: see above.
        tell(|report| unsafe { sts_cluster_bookmark(self.0, kind, text(version), report) })
    }

    pub(crate) fn watch(&self, event: &str) -> Said {
        // SAFETY: see above.
        tell(|report| unsafe { sts_cluster_watch(self.0, text(event), report) })
    }

    pub(crate) fn due(&self, now: i64) -> Said {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe { sts_cluster_due(self.0, now, out, cap, report) })
    }

    pub(crate) fn take_due(&self, now: i64) -> Said {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe { sts_cluster_take_due(self.0, now, out, cap, report) })
    }

    pub(crate) fn awaited(&self) -> Said {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe { sts_cluster_awaited(self.0, out, cap, report) })
    }

    pub(crate) fn plan(&self, set: &str) -> Said {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_cluster_plan(self.0, text(set), NOW, out, cap, report)
        })
    }

    pub(crate) fn explain(&self, set: &str) -> Said {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_cluster_explain(self.0, text(set), NOW, out, cap, report)
        })
    }

    pub(crate) fn diagnose(&self, set: &str, evidence: &str, patience: i64) -> Said {
        let (set, evidence) = (text(set), text(evidence));
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_cluster_diagnose(self.0, set, evidence, NOW, patience, out, cap, report)
        })
    }

    pub(crate) fn diagnose_text(&self, set: &str, evidence: &str, patience: i64) -> Said {
        let (set, evidence) = (text(set), text(evidence));
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_cluster_diagnose_text(self.0, set, evidence, NOW, patience, out, cap, report)
        })
    }

    pub(crate) fn upgrade(&self, set: &str, from: u32, to: u32) -> Said {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_cluster_upgrade(self.0, text(set), from, to, NOW, out, cap, report)
        })
    }

    pub(crate) fn upgrade_text(&self, set: &str, from: u32, to: u32) -> Said {
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_cluster_upgrade_text(self.0, text(set), from, to, NOW, out, cap, report)
        })
    }

    pub(crate) fn may_try(&self, plan: sts_plan_id, index: u64, outcomes: &str) -> Said {
        let set = text("default/web");
        // SAFETY: see above.
        tell(|report| unsafe {
            sts_cluster_may_try(self.0, set, plan, index, text(outcomes), report)
        })
    }

    pub(crate) fn finish(&self, plan: sts_plan_id, outcomes: &str) -> Said {
        let set = text("default/web");
        // SAFETY: see above.
        ask(|out, cap, report| unsafe {
            sts_cluster_finish(self.0, set, plan, text(outcomes), NOW, out, cap, report)
        })
    }

    pub(crate) fn settle(&self, plan: sts_plan_id, outcomes: &str) -> Said {
        let set = text("default/web");
        // SAFETY: see above.
        tell(|report| unsafe { sts_cluster_settle(self.0, set, plan, text(outcomes), NOW, report) })
    }
}

/// The text that a record shows.
pub(crate) fn shown(text: sts_text) -> String {
    // SAFETY: what the library promises of the texts of a record.
    let bytes = unsafe { core::slice::from_raw_parts(text.data.cast(), text.size) };
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// `sts_reconcile` for a set.
pub(crate) fn reconcile(set: &str, kinds: u32, objects: &str) -> Said {
    let profile = sts_profile_upstream();
    // SAFETY: the pointer is to a live local, and so are the texts.
    ask(|out, cap, report| unsafe {
        sts_reconcile(
            &raw const profile,
            text(set),
            kinds,
            text(objects),
            NOW,
            out,
            cap,
            report,
        )
    })
}

/// `sts_normalize` of a set.
pub(crate) fn normalize(set: &str) -> Said {
    let profile = sts_profile_upstream();
    // SAFETY: the pointer is to a live local, and so is the text.
    ask(|out, cap, report| unsafe {
        sts_normalize(&raw const profile, text(set), out, cap, report)
    })
}

/// `sts_validate` of a set.
pub(crate) fn validate(set: &str) -> Said {
    let profile = sts_profile_upstream();
    // SAFETY: as above.
    ask(|out, cap, report| unsafe { sts_validate(&raw const profile, text(set), out, cap, report) })
}

/// `sts_validate_update` of two sets.
pub(crate) fn validate_update(old: &str, set: &str) -> Said {
    let profile = sts_profile_upstream();
    // SAFETY: as above.
    ask(|out, cap, report| unsafe {
        sts_validate_update(&raw const profile, text(old), text(set), out, cap, report)
    })
}
