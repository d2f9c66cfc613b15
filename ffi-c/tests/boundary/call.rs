//! A call of `sts_plan`, to be spoilt.

use core::ffi::{CStr, c_char};
use core::slice;

use statefulset_c::*;

pub(crate) const UNTOUCHED: u32 = 0xdead_beef;

/// A good call of three pods, to be spoilt in one place.
pub(crate) struct Call {
    pub(crate) desired: sts_desired,
    pub(crate) pods: Vec<sts_pod>,
    pub(crate) claims: Vec<sts_claim>,
    pub(crate) volumes: Vec<sts_volume>,
    pub(crate) nodes: Vec<sts_node>,
    pub(crate) budgets: Vec<sts_budget>,
    pub(crate) reach: Vec<sts_reach>,
    pub(crate) flags: u32,
}

impl Call {
    pub(crate) fn good() -> Self {
        let pod = |ordinal| sts_pod {
            ordinal,
            phase: STS_PHASE_RUNNING,
            flags: STS_POD_READY | STS_POD_IDENTITY | STS_POD_STORAGE,
            revision: 1,
            ..sts_pod::default()
        };
        let claim = |ordinal| sts_claim {
            ordinal,
            phase: STS_CLAIM_BOUND,
            modes: STS_ACCESS_READ_WRITE_ONCE,
            ..sts_claim::default()
        };
        Self {
            desired: sts_desired {
                generation: 1,
                replicas: 3,
                template_count: 1,
                flags: STS_DESIRED_ROLLING,
                current_revision: 1,
                update_revision: 1,
                profile: sts_profile_upstream(),
                ..sts_desired::default()
            },
            pods: (0..3).map(pod).collect(),
            claims: (0..3).map(claim).collect(),
            volumes: vec![sts_volume::default()],
            nodes: vec![sts_node::default()],
            budgets: vec![sts_budget::default()],
            reach: vec![sts_reach::default()],
            flags: STS_OBSERVED_FRESH
                | STS_OBSERVED_CLAIMS
                | STS_OBSERVED_VOLUMES
                | STS_OBSERVED_NODES
                | STS_OBSERVED_BUDGETS,
        }
    }

    pub(crate) fn observed(&self) -> sts_observed {
        sts_observed {
            sizes: sts_sizes::OWN,
            flags: self.flags,
            reserved: 0,
            pods: self.pods.as_ptr(),
            pod_count: self.pods.len(),
            claims: self.claims.as_ptr(),
            claim_count: self.claims.len(),
            volumes: self.volumes.as_ptr(),
            volume_count: self.volumes.len(),
            nodes: self.nodes.as_ptr(),
            node_count: self.nodes.len(),
            budgets: self.budgets.as_ptr(),
            budget_count: self.budgets.len(),
            reach: self.reach.as_ptr(),
            reach_count: self.reach.len(),
        }
    }

    pub(crate) fn run(&self) -> Answer {
        self.run_on(&self.observed(), 16)
    }

    pub(crate) fn run_on(&self, observed: &sts_observed, cap: usize) -> Answer {
        let mut out = [sts_action {
            reserved32: UNTOUCHED,
            ..sts_action::default()
        }; 16];
        let mut report = blank();
        // SAFETY: every pointer is to a live local, `cap` is at most 16, and a test that passes another pointer in
        // `observed` passes one that must be refused before it is followed.
        let code = unsafe {
            sts_plan(
                &raw const self.desired,
                observed,
                0,
                out.as_mut_ptr(),
                cap,
                &raw mut report,
            )
        };
        assert_eq!(report.code, code);
        Answer { code, out, report }
    }
}

pub(crate) struct Answer {
    pub(crate) code: sts_code,
    pub(crate) out: [sts_action; 16],
    pub(crate) report: sts_report,
}

impl Answer {
    pub(crate) fn untouched(&self) -> bool {
        self.out.iter().all(|action| action.reserved32 == UNTOUCHED)
    }

    /// Code, list, index and field.
    pub(crate) fn place(&self) -> (sts_code, u32, u64, &str) {
        assert!(self.untouched(), "a failure wrote to out");
        assert!(!text(&self.report.message).is_empty());
        let report = &self.report;
        (self.code, report.list, report.index, text(&report.field))
    }
}

pub(crate) fn blank() -> sts_report {
    // SAFETY: a report is made of numbers, for which all zeros are good.
    unsafe { core::mem::zeroed() }
}

pub(crate) fn text(room: &[c_char]) -> &str {
    // SAFETY: `c_char` and `u8` have one layout.
    let bytes = unsafe { slice::from_raw_parts(room.as_ptr().cast(), room.len()) };
    let text = CStr::from_bytes_until_nul(bytes).expect("text ends");
    text.to_str().expect("text is UTF-8")
}
