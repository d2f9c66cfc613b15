//! Plans in sentences.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::ffi::c_char;
use core::mem::{offset_of, size_of};

use statefulset::{ClaimTemplate, Names, Pod};

use crate::code::sts_code;
use crate::desired::sts_desired;
use crate::fail::Fail;
use crate::guard::guard;
use crate::observed::sts_observed;
use crate::pointer::shorter_record_of;
use crate::report::sts_report;
use crate::snapshot::Snapshot;
use crate::text::{TextBuffer, sts_text};

/// The names that sts_explain() writes into its sentences. Each list is one text: names separated by newlines, in the
/// order of the records. An entry without a name is called by its number.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_names {
    /// The set.
    pub set: sts_text,
    /// Its claim templates.
    pub claim_templates: sts_text,
    /// `observed.nodes`
    pub nodes: sts_text,
    /// `observed.volumes`
    pub volumes: sts_text,
    /// `observed.budgets`
    pub budgets: sts_text,
}

const _: () = assert!(
    size_of::<sts_names>() == 5 * size_of::<sts_text>()
        && offset_of!(sts_names, budgets) == 4 * size_of::<sts_text>()
);

/// The names, read.
struct Read<'a> {
    set: &'a str,
    claim_templates: Vec<&'a str>,
    nodes: Vec<&'a str>,
    volumes: Vec<&'a str>,
    budgets: Vec<&'a str>,
}

impl sts_names {
    /// # Safety
    /// Each text is NULL or good for its bytes for as long as `'a`.
    unsafe fn read<'a>(&self) -> Result<Read<'a>, Fail> {
        // SAFETY: by the contract of this function.
        unsafe {
            Ok(Read {
                set: self.set.read("names.set")?,
                claim_templates: lines(self.claim_templates.read("names.claim_templates")?),
                nodes: lines(self.nodes.read("names.nodes")?),
                volumes: lines(self.volumes.read("names.volumes")?),
                budgets: lines(self.budgets.read("names.budgets")?),
            })
        }
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn entry<'a>(names: &[&'a str], index: u32) -> Option<&'a str> {
    names.get(usize::try_from(index).ok()?).copied()
}

/// The names, and the pods that refer to them.
struct Naming<'a> {
    names: &'a Read<'a>,
    pods: &'a [Pod],
}

impl Names for Naming<'_> {
    fn node(&self, index: u32) -> Option<&str> {
        entry(&self.names.nodes, index)
    }

    fn node_of(&self, pod: u32) -> Option<&str> {
        let pod = self.pods.get(usize::try_from(pod).ok()?)?;
        self.node(pod.node?)
    }

    fn volume(&self, index: u32) -> Option<&str> {
        entry(&self.names.volumes, index)
    }

    fn budget(&self, index: u32) -> Option<&str> {
        entry(&self.names.budgets, index)
    }
}

/// Writes the plan in sentences, one line for each action and each wait: what would be done, and what keeps the rest
/// waiting. The first three arguments are those of sts_plan(). Only `out` may be NULL. The codes are those of
/// sts_plan().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_explain(
    desired: *const sts_desired,
    observed: *const sts_observed,
    now_ms: i64,
    names: *const sts_names,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each pointer is NULL or good for its records, each text for its bytes.
        let (snapshot, names, mut out) = unsafe {
            let snapshot = Snapshot::read(desired, observed)?;
            let names = shorter_record_of("names", names, snapshot.sizes.names.into())?.read()?;
            (snapshot, names, TextBuffer::new(out, cap)?)
        };
        let named = names.claim_templates.iter().copied();
        let unnamed = core::iter::repeat("?");
        let templates: Vec<_> = named
            .chain(unnamed)
            .take(snapshot.templates.len())
            .map(|name| ClaimTemplate { name })
            .collect();
        let desired = snapshot
            .desired
            .read(names.set, &templates, &snapshot.excluded)?;
        let observed = snapshot.lists.observed();
        let plan = statefulset::plan(&desired, &observed, now_ms)?;
        let names = Naming {
            names: &names,
            pods: observed.pods,
        };
        let told = statefulset::explain(&desired, &observed, &plan, now_ms).with_names(&names);
        out.say(&told.to_string(), report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
